//! What any two have in common: a triangle of cells, with the names on its steps.

use plotters::style::text_anchor::HPos;

use super::frame::{Cell, Drawing, Frame, Plot};
use super::glyphs;
use super::role::{Role, STEPS};
use super::sheet::{Sheet, Type};
use crate::plain::Result;

/// How a chart is cut for a screen, in pixels.
struct Form {
    width: i32,
    row: f64,
    /// The widest cell.
    cell: f64,
    /// What the last name needs at least.
    name: f64,
    size: f64,
}

const WIDE: Form = Form { width: 720, row: 30.0, cell: 46.0, name: 170.0, size: 13.0 };
const NARROW: Form = Form { width: 358, row: 28.0, cell: 40.0, name: 96.0, size: 10.5 };

/// `names` with whether the story is about them; `cells` has, for each, a row of what it has in common with those before
/// it. The tint says how much against the most; a cell without a value has only its text.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn matrix(frame: &Frame, names: &[(String, bool)], cells: &[Vec<Cell>]) -> Result<Drawing> {
    let all = names.iter().zip(cells).flat_map(|((name, _), row)| row.iter().map(|cell| (name.as_str(), cell.value)));
    frame.require_finite(all)?;
    Ok(frame.hang(&draw(names, cells, &WIDE), &draw(names, cells, &NARROW)))
}

/// The step of the scale for a part of the most, from 1.
pub fn step(value: f64, most: f64) -> u8 {
    let steps = f64::from(STEPS);
    let wanted = (value / most * steps).ceil().clamp(1.0, steps);
    (1..=STEPS).rev().find(|step| f64::from(*step) <= wanted).unwrap_or(1)
}

fn draw(names: &[(String, bool)], cells: &[Vec<Cell>], form: &Form) -> Plot {
    let count = names.len().max(1) as f64;
    let size = (form.width, super::canvas::units(count * form.row + 8.0));
    let width = f64::from(form.width);
    let cell = ((width - form.name) / (count - 1.0).max(1.0)).min(form.cell);
    let most = cells.iter().flatten().filter_map(|cell| cell.value).fold(0.0, f64::max);
    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, size);
    for (at, ((name, subject), row)) in names.iter().zip(cells).enumerate() {
        let top = 4.0 + at as f64 * form.row;
        let middle = top + form.row / 2.0;
        for (column, one) in row.iter().enumerate() {
            let (left, right) = (column as f64 * cell, (column + 1) as f64 * cell);
            let mut role = Role::Muted;
            if let Some(value) = one.value.filter(|value| *value > 0.0) {
                let tint = Role::Heat(step(value, most));
                role = tint.writing();
                sheet.cell((left + 1.0, top + 1.0), (right - 1.0, top + form.row - 1.0), tint);
            }
            let of_subject = *subject || names.get(column).is_some_and(|(_, subject)| *subject);
            let face = Type { size: form.size, bold: of_subject && one.value.is_some(), role, side: HPos::Center };
            sheet.text(&one.text, (f64::midpoint(left, right), middle), face);
        }
        let left = row.len() as f64 * cell + if row.is_empty() { 0.0 } else { 8.0 };
        let face = Type {
            size: form.size.max(12.0),
            bold: *subject,
            role: if *subject { Role::Accent } else { Role::Ink },
            side: HPos::Left,
        };
        let lines = glyphs::wrap(name, face.size, *subject, width - left, 2);
        let leading = face.size + 1.0;
        let first = middle - (lines.len() as f64 - 1.0) * leading / 2.0;
        for (line, text) in lines.iter().enumerate() {
            sheet.text(text, (left, first + line as f64 * leading), face);
        }
    }
    if names.is_empty() {
        let face = Type { size: 13.0, bold: false, role: Role::Muted, side: HPos::Left };
        sheet.text("No figures for this quarter", (0.0, 18.0), face);
    }
    drop(sheet);
    Plot { size, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_the_darkest_and_a_little_is_pale() {
        assert_eq!([1.0, 20.0, 21.0, 80.0, 100.0].map(|value| step(value, 100.0)), [1, 1, 2, 4, 5]);
        assert_eq!(step(3.0, 3.0), 5);
    }
}
