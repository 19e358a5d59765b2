//! A dot for what is, a hollow one for what was, and the way between them.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot, Span};
use super::glyphs;
use super::role::Role;
use super::rows::{Form, NARROW, SIZE, WIDE};
use super::sheet::{Margins, Sheet, Type};
use super::ticks::{tick_text, ticks};
use crate::plain::{Result, Unit};

const FOOT: f64 = 26.0;

/// A row per subject, in the order given, on one scale from 0. `times` names the hollow dots and the full ones.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn dots(frame: &Frame, spans: &[Span], times: [&str; 2]) -> Result<Drawing> {
    let values = spans.iter().flat_map(|span| [span.before, span.now].map(|value| (span.label.as_str(), value)));
    frame.require_finite(values)?;
    Ok(frame.hang(&draw(frame.unit, spans, times, &WIDE), &draw(frame.unit, spans, times, &NARROW)))
}

fn draw(unit: Unit, spans: &[Span], times: [&str; 2], form: &Form) -> Plot {
    let values = || spans.iter().flat_map(|span| [span.before, span.now]).flatten();
    let (low, high) = values().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
    let flat = (high - low).abs() < f64::EPSILON;
    let names = form.column(spans.iter().map(|span| (span.label.as_str(), span.subject)));
    let texts = glyphs::widest(spans.iter().map(|span| &span.now_text), SIZE, true);
    let top = 24.0;
    let margins = Margins { top, right: texts + 16.0, bottom: FOOT, left: names + 6.0 };
    let height = (spans.len().max(1) as f64 * form.row + top + FOOT).ceil();
    let size = (form.width, super::canvas::units(height));
    let across = if flat { 0.0..1.0 } else { low..high };
    let mut body = String::new();
    let sheet = Sheet::new(&mut body, size, margins, across, 0.0..1.0);
    let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Center };
    let floor = height - FOOT;
    if values().next().is_none() {
        sheet.text("No figures for this quarter", (f64::from(size.0) / 2.0, height / 2.0), muted);
        drop(sheet);
        return Plot { size, body };
    }
    for value in ticks(unit, low, high) {
        let (x, _) = sheet.at((value, 0.0));
        for row in 0..spans.len() {
            let (from, to) = form.clear(top + row as f64 * form.row);
            let pen = if value.abs() < f64::EPSILON { Role::Baseline.pen(12) } else { Role::Grid.pen(10) };
            sheet.rule((x, from), (x, to), pen);
        }
        sheet.text(&tick_text(unit, value), (x, floor + 14.0), muted);
    }
    for (at, span) in spans.iter().enumerate() {
        let row = top + at as f64 * form.row;
        form.name(&sheet, &span.label, span.subject, row);
        let role = if span.subject { Role::Accent } else { Role::Baseline };
        let y = form.middle(row);
        let place = |value: f64| sheet.at((value, 0.0)).0;
        if let (Some(before), Some(now)) = (span.before, span.now) {
            sheet.rule((place(before), y), (place(now), y), role.pen(20));
        }
        if let Some(before) = span.before {
            sheet.disc((place(before), y), 4.0, role, true);
        }
        if let Some(now) = span.now {
            sheet.disc((place(now), y), 5.0, role, false);
        }
        let end = [span.before, span.now].into_iter().flatten().map(place).fold(place(0.0), f64::max);
        let ink = if span.subject { Role::Accent } else { Role::Ink };
        let face = Type { size: SIZE, bold: span.subject, role: ink, side: HPos::Left };
        sheet.text(&span.now_text, (end + 11.0, y), face);
    }
    // The first row that has both says which dot is which.
    let both = spans.iter().position(|span| span.before.is_some() && span.now.is_some());
    if let Some((first, span)) = both.map(|at| (at, &spans[at])).filter(|(at, _)| *at == 0) {
        let y = if form.names.is_some() { form.middle(top + first as f64 * form.row) - 19.0 } else { 8.0 };
        let ends = [span.before, span.now].map(|value| sheet.at((value.unwrap_or(0.0), 0.0)).0);
        let left = usize::from(ends[0] > ends[1]);
        for (at, time) in times.iter().enumerate() {
            let (anchor, away) = if at == left { (HPos::Right, 3.0) } else { (HPos::Left, -3.0) };
            // Near the left edge both words would not fit on their own sides.
            let wide = glyphs::width(time, SIZE, false);
            let x = ends[at] + away;
            let x = if at == left { x.max(wide) } else { x.min(f64::from(size.0) - wide) };
            sheet.text(time, (x, y), Type { side: anchor, ..muted });
        }
    }
    drop(sheet);
    Plot { size, body }
}
