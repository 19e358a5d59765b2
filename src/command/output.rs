//! Text for whoever asked for it, on standard output.

use std::io::{self, Write as _};

use crate::plain::{Diagnostic, Kind, Result};

/// Prints a text.
pub fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Diagnostic::new(Kind::Io, format!("cannot print: {error}")).into()),
        Ok(()) => Ok(()),
    }
}

/// Rows under a header, columns aligned, no blanks at the ends of lines. Columns named in `numbers` are set to the right.
#[must_use]
pub fn table<const N: usize>(header: [&str; N], numbers: &[&str], rows: &[[String; N]]) -> String {
    let head = header.map(str::to_owned);
    let all = || std::iter::once(&head).chain(rows);
    let widths: Vec<usize> =
        (0..N).map(|column| all().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in all() {
        let cell = |(column, cell): (usize, &String)| {
            let width = widths[column];
            if numbers.contains(&header[column]) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        };
        let line: Vec<String> = row.iter().enumerate().map(cell).collect();
        text.push_str(line.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A text as a YAML scalar, whatever is in it: every JSON string is one.
#[must_use]
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}

/// A count with its noun, `1 person` or `2 people`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
