//! The figures of a chart: a table for its page, and the same as files.

use std::fmt::Write as _;

use super::Table;
use crate::figures::{Shown, tidy};
use crate::pages::wording::{self, Style};
use crate::plain::{Period, Unit};

/// What is printed where there is no value, or none that may be published.
const ABSENT: &str = "n/a";

/// So many rows and columns fit into a mail.
const ROWS: usize = 5;
const COLUMNS: usize = 4;

/// A figure as it may be published.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    shown: Shown,
    unit: Unit,
    signed: bool,
}

/// Rows of figures, each with its name.
#[derive(Clone, Debug)]
pub struct Ledger {
    head: Vec<String>,
    rows: Vec<(String, Vec<Entry>)>,
}

impl Entry {
    /// A figure; changes are `signed`.
    pub fn new(shown: Shown, unit: Unit, signed: bool) -> Self {
        Self { shown, unit, signed }
    }

    /// The same with fewer words around it: as a share of something that the chart names.
    pub fn share(shown: Shown) -> Self {
        Self::new(shown, Unit::Share, false)
    }

    /// As people write it.
    pub fn text(&self) -> String {
        match self.shown {
            Shown::Exact(number) => {
                wording::print(number, self.unit, Style { signed: self.signed, ..Style::default() })
            }
            Shown::Below(bound) => wording::below(bound, self.unit),
            Shown::Withheld | Shown::Nothing => ABSENT.to_owned(),
        }
    }

    /// What may be drawn of it.
    pub fn float(&self) -> Option<f64> {
        self.shown.value().map(crate::plain::Number::to_f64)
    }

    /// Whether it is a small count that is masked.
    pub fn is_small(&self) -> bool {
        matches!(self.shown, Shown::Below(_))
    }

    /// As in published tidy rows: a number, null, or an object that says why there is none.
    fn json(&self) -> String {
        match self.shown {
            Shown::Exact(number) => number.tidy(),
            Shown::Below(bound) => format!("{{\"below\":{}}}", bound.tidy()),
            Shown::Withheld => "{\"withheld\":true}".to_owned(),
            Shown::Nothing => "null".to_owned(),
        }
    }
}

impl Ledger {
    /// With the titles of its columns, the first that of the names.
    pub fn new(head: impl IntoIterator<Item = String>) -> Self {
        Self { head: head.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, name: impl Into<String>, entries: Vec<Entry>) {
        self.rows.push((name.into(), entries));
    }

    /// As a page prints it.
    pub fn table(&self) -> Table {
        let rows = self
            .rows
            .iter()
            .map(|(name, entries)| std::iter::once(name.clone()).chain(entries.iter().map(Entry::text)).collect());
        Table { head: self.head.clone(), rows: rows.collect() }
    }

    /// As a mail prints it, and how many rows and columns it leaves out: of quarters the last, of all else the largest
    /// where not all fit.
    pub fn leading(&self) -> (Table, usize) {
        let mut rows: Vec<&(String, Vec<Entry>)> = self.rows.iter().collect();
        let is_over_time = rows.iter().all(|(name, _)| name.parse::<Period>().is_ok());
        let rows_left = rows.len().saturating_sub(ROWS);
        if is_over_time {
            rows.drain(..rows_left);
        } else if rows_left > 0 {
            if self.head.len() == 2 {
                rows.sort_by_key(|(_, entries)| {
                    std::cmp::Reverse(entries.first().and_then(|entry| entry.shown.value()))
                });
            }
            rows.truncate(ROWS);
        }
        let row = |(name, entries): &&(String, Vec<Entry>)| {
            std::iter::once(name.clone()).chain(entries.iter().map(Entry::text)).take(COLUMNS).collect()
        };
        let columns_left = self.head.len().saturating_sub(COLUMNS);
        let head = self.head.iter().take(COLUMNS).cloned().collect();
        (Table { head, rows: rows.iter().map(row).collect() }, rows_left + columns_left)
    }

    /// As CSV, numbers as in tidy rows.
    pub fn csv(&self) -> String {
        let mut text = self.head.iter().map(|title| tidy::cell(title)).collect::<Vec<_>>().join(",");
        for (name, entries) in &self.rows {
            write!(text, "\n{}", tidy::cell(name)).expect("a string takes it");
            for entry in entries {
                write!(text, ",{}", entry.shown.tidy()).expect("a string takes it");
            }
        }
        text + "\n"
    }

    /// As JSON: what the chart says of itself, the columns, and an array for each row.
    pub fn json(&self, about: &[(&str, &str)]) -> String {
        let quoted = |text: &str| serde_json::to_string(text).expect("text is JSON");
        let mut text = "{".to_owned();
        for (name, value) in about {
            writeln!(text, "{}:{},", quoted(name), quoted(value)).expect("a string takes it");
        }
        let columns: Vec<String> = self.head.iter().map(|title| quoted(title)).collect();
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|(name, entries)| {
                let cells: Vec<String> = std::iter::once(quoted(name)).chain(entries.iter().map(Entry::json)).collect();
                format!("[{}]", cells.join(","))
            })
            .collect();
        write!(text, "\"columns\":[{}],\n\"rows\":[\n{}\n]}}\n", columns.join(","), rows.join(",\n"))
            .expect("a string takes it");
        text
    }
}
