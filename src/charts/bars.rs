//! Bars of change around a zero line.

use plotters::style::text_anchor::HPos;

use super::frame::{Bar, Drawing, Frame, Plot};
use super::glyphs;
use super::role::Role;
use super::rows::{Form, NARROW, SIZE, WIDE};
use super::sheet::{Margins, Sheet, Type};
use crate::plain::Result;

/// From a bar's end to its arrow, the arrow, and from there to its text.
const ARROW: f64 = 17.0;

/// A row per bar, in the order given: growth in blue to the right of the zero line, decline in orange to the left, the
/// text with an arrow at the bar's end, so that neither needs its colour. A bar without a value has only its text.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn bars(frame: &Frame, bars: &[Bar]) -> Result<Drawing> {
    frame.require_finite(bars.iter().map(|bar| (bar.label.as_str(), bar.value)))?;
    Ok(frame.hang(&draw(bars, &WIDE), &draw(bars, &NARROW)))
}

fn draw(bars: &[Bar], form: &Form) -> Plot {
    let value = |bar: &Bar| bar.value.unwrap_or(0.0);
    let (low, high) = bars.iter().map(value).fold((0.0, 0.0), |(a, b): (f64, f64), v| (a.min(v), b.max(v)));
    let text_room = |wanted: fn(f64) -> bool| {
        let widths = bars.iter().filter(|bar| wanted(value(bar))).map(|bar| text_width(bar) + ARROW);
        widths.fold(0.0, f64::max)
    };
    let names = form.column(bars.iter().map(|bar| (bar.label.as_str(), bar.subject)));
    let rows = bars.len().max(1) as f64;
    let margins = Margins {
        top: 4.0,
        right: text_room(|value| value >= 0.0).max(2.0),
        bottom: 4.0,
        left: names + text_room(|value| value < 0.0) + 2.0,
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
        let middle = form.middle(top);
        form.name(&sheet, &bar.label, bar.subject, top);
        let value = value(bar);
        let role = direction(value);
        if role != Role::Muted {
            let scale = (height - margins.top - margins.bottom) / rows;
            let level = |pixel: f64| rows - (pixel - margins.top) / scale;
            let (from, to) = (level(middle - form.thick / 2.0), level(middle + form.thick / 2.0));
            sheet.block((0.0, from), (value, to), role);
        }
        let (end, _) = sheet.at((value, 0.0));
        let (from, to) = form.clear(top);
        sheet.rule((zero, from), (zero, to), Role::Baseline.pen(12));
        tell(&sheet, bar, role, (end, middle));
    }
    if bars.is_empty() {
        let face = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
        sheet.text("No figures for this quarter", (zero + 12.0, height / 2.0), face);
    }
    drop(sheet);
    Plot { size, body }
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
