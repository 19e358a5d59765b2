//! Those who came together, over the time after: a row for each quarter of arrival.

use plotters::style::text_anchor::HPos;

use super::frame::{Cell, Drawing, Frame, Plot};
use super::glyphs;
use super::matrix::step;
use super::role::Role;
use super::sheet::{Sheet, Type};
use crate::plain::{Period, Result};

/// How a chart is cut for a screen, in pixels.
struct Form {
    width: i32,
    row: f64,
    /// Whether there is room for a number in a cell.
    told: bool,
}

const WIDE: Form = Form { width: 720, row: 25.0, told: true };
const NARROW: Form = Form { width: 358, row: 20.0, told: false };

const SIZE: f64 = 12.0;
const HEAD: f64 = 38.0;

/// Those who came in a quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// When they came.
    pub came: Period,
    /// How many they were, as people write it.
    pub count: String,
    /// The share that was active one quarter later, two quarters later, and so on.
    pub later: Vec<Cell>,
}

/// A row per cohort, a column per quarter after its first; the tint says how much against the most.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn cohorts(frame: &Frame, cohorts: &[Cohort]) -> Result<Drawing> {
    let all = cohorts.iter().flat_map(|cohort| cohort.later.iter().map(|cell| (cohort.count.as_str(), cell.value)));
    frame.require_finite(all)?;
    Ok(frame.hang(&draw(cohorts, &WIDE), &draw(cohorts, &NARROW)))
}

fn draw(cohorts: &[Cohort], form: &Form) -> Plot {
    let width = f64::from(form.width);
    let columns = cohorts.iter().map(|cohort| cohort.later.len()).max().unwrap_or(0);
    let size = (form.width, super::canvas::units(HEAD + cohorts.len().max(1) as f64 * form.row + 4.0));
    let most = cohorts.iter().flat_map(|cohort| &cohort.later).filter_map(|cell| cell.value).fold(0.0, f64::max);
    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, size);
    let face = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
    if columns == 0 {
        sheet.text("No figures for these quarters", (0.0, HEAD), face);
        drop(sheet);
        return Plot { size, body };
    }
    let names = glyphs::widest(cohorts.iter().map(|cohort| name(cohort.came)), SIZE, false);
    let counts = glyphs::widest(cohorts.iter().map(|cohort| &cohort.count), SIZE, false).max(26.0);
    let left = names + counts + 20.0;
    let cell = ((width - left) / columns as f64).min(52.0);
    sheet.text("Came in", (0.0, 26.0), face);
    sheet.text("new", (left - 8.0, 26.0), Type { side: HPos::Right, ..face });
    sheet.text("still here so many quarters later", (left + 2.0, 8.0), face);
    for column in (0..columns).filter(|column| form.told || column % 2 == 0) {
        let middle = left + (column as f64 + 0.5) * cell;
        sheet.text(&(column + 1).to_string(), (middle, 26.0), Type { side: HPos::Center, ..face });
    }
    for (row, cohort) in cohorts.iter().enumerate() {
        let top = HEAD + row as f64 * form.row;
        let middle = top + form.row / 2.0;
        sheet.text(&name(cohort.came), (0.0, middle), Type { role: Role::Ink, ..face });
        sheet.text(&cohort.count, (left - 8.0, middle), Type { side: HPos::Right, ..face });
        for (column, one) in cohort.later.iter().enumerate() {
            let (from, to) = (left + column as f64 * cell, left + (column + 1) as f64 * cell);
            let mut role = Role::Muted;
            if let Some(value) = one.value.filter(|value| *value > 0.0) {
                let tint = Role::Heat(step(value, most));
                role = tint.writing();
                sheet.cell((from + 0.5, top + 0.5), (to - 0.5, top + form.row - 0.5), tint);
            }
            if form.told {
                let face = Type { size: 11.0, role, side: HPos::Center, ..face };
                sheet.text(&one.text, (f64::midpoint(from, to), middle), face);
            }
        }
    }
    drop(sheet);
    Plot { size, body }
}

fn name(period: Period) -> String {
    format!("Q{} {}", period.quarter(), period.year())
}
