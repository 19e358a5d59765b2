//! Rows and columns on their way out.

use std::fmt::Write as _;

use crate::figures::tidy::cell;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Whether its values are numbers.
    pub is_number: bool,
}

impl Column {
    /// Of text.
    pub const fn text(name: &'static str) -> Self {
        Self { name, is_number: false }
    }

    /// Of numbers.
    pub const fn number(name: &'static str) -> Self {
        Self { name, is_number: true }
    }
}

/// Rows of as many fields as there are columns; `None` is what isn't known or isn't there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What the fields are.
    pub columns: Vec<Column>,
    /// The rows; numbers as in tidy rows.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Sheet {
    /// As CSV with a header, escaped as tidy rows are.
    pub fn csv(&self) -> String {
        let mut text = self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",") + "\n";
        for row in &self.rows {
            let fields = self.columns.iter().zip(row).map(|(column, field)| match field {
                None => String::new(),
                Some(number) if column.is_number => number.clone(),
                Some(word) => cell(word).into_owned(),
            });
            text.push_str(&fields.collect::<Vec<_>>().join(","));
            text.push('\n');
        }
        text
    }

    /// As a JSON array of objects, one on a line.
    pub fn json(&self) -> String {
        let mut text = "[".to_owned();
        for (place, row) in self.rows.iter().enumerate() {
            let fields = self.columns.iter().zip(row).map(|(column, field)| {
                let value = match field {
                    None => "null".to_owned(),
                    Some(number) if column.is_number => number.clone(),
                    Some(word) => serde_json::to_string(word).expect("text is JSON"),
                };
                format!("\"{}\":{value}", column.name)
            });
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(text, "{comma}\n{{{}}}", fields.collect::<Vec<_>>().join(","));
        }
        text + if self.rows.is_empty() { "]\n" } else { "\n]\n" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_stays_text() {
        let row = vec![Some("=1+1, \"x\"".to_owned()), Some("3".to_owned()), None];
        let columns = vec![Column::text("name"), Column::number("commits"), Column::text("organisation")];
        let sheet = Sheet { columns, rows: vec![row] };
        assert_eq!(sheet.csv(), "name,commits,organisation\n\"'=1+1, \"\"x\"\"\",3,\n");
        assert_eq!(sheet.json(), "[\n{\"name\":\"=1+1, \\\"x\\\"\",\"commits\":3,\"organisation\":null}\n]\n");
    }
}
