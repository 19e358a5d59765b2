//! The same chart, small, for many: all on one scale.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot, Series};
use super::glyphs;
use super::role::Role;
use super::sheet::{Sheet, Type};
use super::ticks::label_text;
use crate::plain::{Period, Result, Unit};

const SIZE: f64 = 12.5;
const LEADING: f64 = 15.0;
const GAP: f64 = 20.0;
const PLOT: f64 = 54.0;
const FOOT: f64 = 24.0;

/// How a chart is cut for a screen.
struct Form {
    width: i32,
    columns: usize,
}

const WIDE: Form = Form { width: 720, columns: 4 };
const NARROW: Form = Form { width: 358, columns: 2 };

/// A small plot per series, in the order given, all from 0 to the largest value of all. Each says its last value.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn multiples(frame: &Frame, series: &[Series]) -> Result<Drawing> {
    let all = series.iter().flat_map(|one| one.points.iter().map(|point| (one.label.as_str(), point.value)));
    frame.require_finite(all)?;
    Ok(frame.hang(&draw(frame.unit, series, &WIDE), &draw(frame.unit, series, &NARROW)))
}

fn draw(unit: Unit, series: &[Series], form: &Form) -> Plot {
    let columns = form.columns as f64;
    let width = (f64::from(form.width) - GAP * (columns - 1.0)) / columns;
    let names: Vec<Vec<String>> =
        series.iter().map(|one| glyphs::wrap(&one.label, SIZE, one.subject, width, 2)).collect();
    let head = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * LEADING + 4.0;
    let panel = head + LEADING + PLOT + 18.0;
    let rows = series.len().div_ceil(form.columns).max(1);
    let size = (form.width, super::canvas::units(rows as f64 * panel + FOOT));
    let points = || series.iter().flat_map(|one| &one.points);
    let (low, high) =
        points().filter_map(|point| point.value).fold((0.0, 0.0), |(a, b): (f64, f64), v| (a.min(v), b.max(v)));
    let span = if high - low > 0.0 { high - low } else { 1.0 };
    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, size);
    let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
    let ends = points().map(|point| point.period).min().zip(points().map(|point| point.period).max());
    let (Some((first, last)), true) = (ends, points().any(|point| point.value.is_some())) else {
        sheet.text("No figures for these quarters", (0.0, 40.0), muted);
        drop(sheet);
        return Plot { size, body };
    };
    let steps = f64::from(last.since(first).max(1));
    for (at, one) in series.iter().enumerate() {
        let (column, row) = (at % form.columns, at / form.columns);
        let (left, top) = (column as f64 * (width + GAP), row as f64 * panel);
        // Names end on the same line, next to their plots.
        let lines = &names[at];
        for (line, text) in lines.iter().enumerate() {
            let y = top + head - (lines.len() - line) as f64 * LEADING + LEADING / 2.0;
            sheet.text(text, (left, y), Type { bold: one.subject, role: Role::Ink, ..muted });
        }
        let floor = top + head + LEADING + PLOT;
        let place = |period: Period, value: f64| {
            (left + f64::from(period.since(first)) / steps * (width - 4.0), floor - (value - low) / span * PLOT)
        };
        let zero = floor + low / span * PLOT;
        sheet.rule((left, zero), (left + width - 4.0, zero), Role::Baseline.pen(10));
        let role = if one.subject { Role::Accent } else { Role::Baseline };
        let mut sorted = one.points.clone();
        sorted.sort_by_key(|point| point.period);
        let mut track: Vec<(f64, f64)> = Vec::new();
        let mut end = None;
        for point in &sorted {
            match point.value {
                Some(value) => {
                    track.push(place(point.period, value));
                    end = Some((place(point.period, value), value, point.open));
                }
                None => stroke(&sheet, &std::mem::take(&mut track), role),
            }
        }
        stroke(&sheet, &track, role);
        if let Some(((x, y), value, open)) = end {
            sheet.disc((x, y), 3.0, role, open);
            let face = Type { bold: one.subject, role: if one.subject { Role::Accent } else { Role::Muted }, ..muted };
            sheet.text(&label_text(unit, value), (left + width - 4.0, y - 11.0), Type { side: HPos::Right, ..face });
        }
        if row + 1 == rows || at + form.columns >= series.len() {
            let name = |period: Period| format!("Q{} {}", period.quarter(), period.year());
            sheet.text(&name(first), (left, floor + 13.0), muted);
            if last != first {
                sheet.text(&name(last), (left + width - 4.0, floor + 13.0), Type { side: HPos::Right, ..muted });
            }
        }
    }
    drop(sheet);
    Plot { size, body }
}

/// A stretch of known quarters; one alone is a point.
fn stroke(sheet: &Sheet<'_>, track: &[(f64, f64)], role: Role) {
    match track {
        [] => {}
        [alone] => sheet.disc(*alone, 1.6, role, false),
        track => sheet.track(track, role.pen(18)),
    }
}
