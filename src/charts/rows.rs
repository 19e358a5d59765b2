//! Charts with a row for each subject: the column of their names, or a line of its own for each name on a phone.

use plotters::style::text_anchor::HPos;

use super::glyphs;
use super::role::Role;
use super::sheet::{Sheet, Type};

/// The size of all text in rows.
pub const SIZE: f64 = 13.0;
const LEADING: f64 = 15.0;
/// Between the names and what is drawn.
const GAP: f64 = 16.0;

/// How rows are cut for a screen, in pixels.
pub struct Form {
    /// The whole chart.
    pub width: i32,
    /// From one row to the next.
    pub row: f64,
    /// What is drawn in a row.
    pub thick: f64,
    /// The widest name beside its row; without one names stand above their rows.
    pub names: Option<f64>,
}

/// For a desk.
pub const WIDE: Form = Form { width: 720, row: 33.0, thick: 15.0, names: Some(232.0) };
/// For a phone.
pub const NARROW: Form = Form { width: 358, row: 45.0, thick: 13.0, names: None };

impl Form {
    /// How much the names take of the width.
    pub fn column<'a>(&self, names: impl Iterator<Item = (&'a str, bool)>) -> f64 {
        let Some(room) = self.names else { return 0.0 };
        let lines = names.flat_map(|(name, subject)| {
            let lines = glyphs::wrap(name, SIZE, subject, room, 2);
            lines.into_iter().map(move |line| glyphs::width(&line, SIZE, subject))
        });
        lines.fold(0.0, f64::max) + GAP
    }

    /// The middle of what is drawn in the row that begins at `top`: beside its name in the middle of the row, under it
    /// near the foot.
    pub fn middle(&self, top: f64) -> f64 {
        if self.names.is_some() { top + self.row / 2.0 } else { top + self.row - 6.0 - self.thick / 2.0 }
    }

    /// From where to where a line that crosses the row may go without striking a name through.
    pub fn clear(&self, top: f64) -> (f64, f64) {
        let middle = self.middle(top);
        match self.names {
            Some(_) => (top, top + self.row),
            None => (middle - self.thick / 2.0 - 3.0, middle + self.thick / 2.0 + 3.0),
        }
    }

    /// Writes the name of the row that begins at `top`.
    pub fn name(&self, sheet: &Sheet<'_>, name: &str, subject: bool, top: f64) {
        let face = Type { size: SIZE, bold: subject, role: Role::Ink, side: HPos::Left };
        if let Some(room) = self.names {
            let lines = glyphs::wrap(name, SIZE, subject, room, 2);
            let first = self.middle(top) - (lines.len() as f64 - 1.0) * LEADING / 2.0;
            for (at, line) in lines.iter().enumerate() {
                sheet.text(line, (0.0, first + at as f64 * LEADING), face);
            }
        } else {
            for line in glyphs::wrap(name, SIZE, subject, f64::from(self.width), 1) {
                sheet.text(&line, (0.0, top + 14.0), face);
            }
        }
    }
}
