//! Bars of change around a zero line.

use plotters::style::text_anchor::HPos;

use super::frame::{Bar, Drawing, Frame};
use super::glyphs;
use super::markup::document;
use super::role::Role;
use super::sheet::{Margins, Sheet, Type};
use crate::plain::Result;

const SIZE: f64 = 13.0;
const LEADING: f64 = 15.0;
/// From a bar's end to its arrow, the arrow, and from there to its text.
const ARROW: f64 = 17.0;

/// How a chart is cut for a screen, in pixels.
struct Form {
    name: &'static str,
    width: i32,
    row: f64,
    bar: f64,
    /// The column of the labels; without one they stand above their bars.
    labels: Option<f64>,
}

const WIDE: Form = Form { name: "wide", width: 720, row: 33.0, bar: 15.0, labels: Some(232.0) };
const NARROW: Form = Form { name: "narrow", width: 358, row: 45.0, bar: 13.0, labels: None };

/// A row per bar, in the order given: growth in blue to the right of the zero line, decline in orange to the left, the
/// text with an arrow at the bar's end, so that neither needs its colour. A bar without a value has only its text.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn bars(frame: &Frame, bars: &[Bar]) -> Result<Drawing> {
    frame.require_finite(bars.iter().map(|bar| (bar.label.as_str(), bar.value)))?;
    Ok(Drawing { wide: draw(frame, bars, &WIDE), narrow: draw(frame, bars, &NARROW) })
}

fn draw(frame: &Frame, bars: &[Bar], form: &Form) -> String {
    let value = |bar: &Bar| bar.value.unwrap_or(0.0);
    let (low, high) = bars.iter().map(value).fold((0.0, 0.0), |(a, b): (f64, f64), v| (a.min(v), b.max(v)));
    let text_room = |wanted: fn(f64) -> bool| {
        let widths = bars.iter().filter(|bar| wanted(value(bar))).map(|bar| text_width(bar) + ARROW);
        widths.fold(0.0, f64::max)
    };
    let labels = form.labels.map_or(0.0, |room| label_column(bars, room) + 16.0);
    let rows = bars.len().max(1) as f64;
    let margins = Margins {
        top: 4.0,
        right: text_room(|value| value >= 0.0).max(2.0),
        bottom: 4.0,
        left: labels + text_room(|value| value < 0.0) + 2.0,
    };
    let height = (rows * form.row + margins.top + margins.bottom).ceil();
    let size = (form.width, super::canvas::units(height));
    let flat = (high - low).abs() < f64::EPSILON;
    let across = if flat { 0.0..1.0 } else { low..high };
    let mut body = String::new();
    let mut sheet = Sheet::new(&mut body, size, margins, across, 0.0..rows);

    let (zero, _) = sheet.at((0.0, 0.0));
    for (at, bar) in bars.iter().enumerate() {
        let top = margins.top + at as f64 * form.row;
        // Beside its label a bar is in the middle of the row, under it near the foot.
        let middle = if form.labels.is_some() { top + form.row / 2.0 } else { top + form.row - 6.0 - form.bar / 2.0 };
        name(&sheet, bar, form, (top, middle));
        let value = value(bar);
        let role = direction(value);
        if role != Role::Muted {
            let scale = (height - margins.top - margins.bottom) / rows;
            let level = |pixel: f64| rows - (pixel - margins.top) / scale;
            let (from, to) = (level(middle - form.bar / 2.0), level(middle + form.bar / 2.0));
            sheet.block((0.0, from), (value, to), role);
        }
        let (end, _) = sheet.at((value, 0.0));
        // Where labels stand above their bars, the zero line must not strike them through.
        let (from, to) = if form.labels.is_some() {
            (top, top + form.row)
        } else {
            (middle - form.bar / 2.0 - 3.0, middle + form.bar / 2.0 + 3.0)
        };
        sheet.rule((zero, from), (zero, to), Role::Baseline.pen(12));
        tell(&sheet, bar, role, (end, middle));
    }
    if bars.is_empty() {
        let face = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
        sheet.text("No figures for this quarter", (zero + 12.0, height / 2.0), face);
    }
    drop(sheet);
    document(frame, form.name, size, &body)
}

fn direction(value: f64) -> Role {
    if value > 0.0 {
        Role::Up
    } else if value < 0.0 {
        Role::Down
    } else {
        Role::Muted
    }
}

fn text_width(bar: &Bar) -> f64 {
    glyphs::width(&bar.text, SIZE, bar.subject)
}

fn label_column(bars: &[Bar], room: f64) -> f64 {
    let lines = bars.iter().flat_map(|bar| {
        let lines = glyphs::wrap(&bar.label, SIZE, bar.subject, room, 2);
        lines.into_iter().map(|line| glyphs::width(&line, SIZE, bar.subject))
    });
    lines.fold(0.0, f64::max)
}

fn name(sheet: &Sheet<'_>, bar: &Bar, form: &Form, (top, middle): (f64, f64)) {
    let face = Type { size: SIZE, bold: bar.subject, role: Role::Ink, side: HPos::Left };
    if let Some(room) = form.labels {
        let lines = glyphs::wrap(&bar.label, SIZE, bar.subject, room, 2);
        let first = middle - (lines.len() as f64 - 1.0) * LEADING / 2.0;
        for (at, line) in lines.iter().enumerate() {
            sheet.text(line, (0.0, first + at as f64 * LEADING), face);
        }
    } else {
        let room = f64::from(form.width);
        for line in glyphs::wrap(&bar.label, SIZE, bar.subject, room, 1) {
            sheet.text(&line, (0.0, top + 14.0), face);
        }
    }
}

/// The text at the bar's end, with the arrow of its direction between them.
fn tell(sheet: &Sheet<'_>, bar: &Bar, role: Role, (end, middle): (f64, f64)) {
    let face = Type { size: SIZE, bold: bar.subject, role, side: HPos::Left };
    match role {
        Role::Up => {
            let (x, y) = (end + 5.0, middle);
            sheet.shape(&[(x, y + 3.5), (x + 4.0, y - 3.5), (x + 8.0, y + 3.5)], role);
            sheet.text(&bar.text, (end + ARROW, middle), face);
        }
        Role::Down => {
            let (x, y) = (end - 5.0, middle);
            sheet.shape(&[(x, y - 3.5), (x - 4.0, y + 3.5), (x - 8.0, y - 3.5)], role);
            sheet.text(&bar.text, (end - ARROW, middle), Type { side: HPos::Right, ..face });
        }
        _ => sheet.text(&bar.text, (end + 6.0, middle), face),
    }
}
