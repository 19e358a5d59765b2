//! Then and now: a line for each subject between two uprights.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot, Span};
use super::glyphs;
use super::push::{Wish, apart};
use super::role::Role;
use super::sheet::{Margins, Sheet, Type};
use crate::plain::Result;

const SIZE: f64 = 13.0;
const LEADING: f64 = 15.5;
const TOP: f64 = 30.0;

/// How a chart is cut for a screen, in pixels.
struct Form {
    size: (i32, i32),
    /// The widest name at the right.
    names: f64,
}

const WIDE: Form = Form { size: (720, 380), names: 230.0 };
const NARROW: Form = Form { size: (358, 400), names: 128.0 };

/// A line per subject from what it was to what it is. `times` names the two uprights. A subject that lacks either value
/// has no line, only its dot.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn slope(frame: &Frame, spans: &[Span], times: [&str; 2]) -> Result<Drawing> {
    let values = spans.iter().flat_map(|span| [span.before, span.now].map(|value| (span.label.as_str(), value)));
    frame.require_finite(values)?;
    Ok(frame.hang(&draw(spans, times, &WIDE), &draw(spans, times, &NARROW)))
}

fn draw(spans: &[Span], times: [&str; 2], form: &Form) -> Plot {
    let values = || spans.iter().flat_map(|span| [span.before, span.now]).flatten();
    // Lines are compared by how steep they are, which needs no 0.
    let (low, high) = values().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let empty = values().next().is_none();
    let size = (form.size.0, if empty { 120 } else { form.size.1 });
    let left = glyphs::widest(spans.iter().map(|span| &span.before_text), SIZE, true) + 15.0;
    let names: Vec<Vec<String>> = spans
        .iter()
        .map(|span| glyphs::wrap(&format!("{} {}", span.now_text, span.label), SIZE, span.subject, form.names, 2))
        .collect();
    let right =
        names.iter().zip(spans).map(|(lines, span)| glyphs::widest(lines, SIZE, span.subject)).fold(0.0, f64::max);
    let margins = Margins { top: TOP, right: right + 15.0, bottom: 14.0, left };
    let flat = (high - low).abs() < f64::EPSILON;
    let up = if empty {
        0.0..1.0
    } else if flat {
        low - 1.0..low + 1.0
    } else {
        low..high
    };
    let mut body = String::new();
    let mut sheet = Sheet::new(&mut body, size, margins, 0.0..1.0, up);
    let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
    if empty {
        let middle = (f64::from(size.0) / 2.0, f64::from(size.1) / 2.0);
        sheet.text("No figures for these quarters", middle, Type { side: HPos::Center, ..muted });
        drop(sheet);
        return Plot { size, body };
    }
    let bottom = f64::from(size.1) - 8.0;
    for (at, (time, side)) in times.iter().zip([HPos::Left, HPos::Left]).enumerate() {
        let (x, _) = sheet.at((at as f64, 0.0));
        sheet.rule((x, TOP - 6.0), (x, bottom), Role::Grid.pen(10));
        let half = glyphs::width(time, SIZE, false) / 2.0;
        sheet.text(time, ((x - half).max(0.0), 10.0), Type { side, ..muted });
    }
    for subject in [false, true] {
        for span in spans.iter().filter(|span| span.subject == subject) {
            let role = if subject { Role::Accent } else { Role::Context };
            if let (Some(before), Some(now)) = (span.before, span.now) {
                sheet.line(vec![(0.0, before), (1.0, now)], role.pen(if subject { 26 } else { 16 }));
            }
            for (at, value) in [span.before, span.now].into_iter().enumerate() {
                if let Some(value) = value {
                    sheet.dot((at as f64, value), if subject { 4.2 } else { 3.0 }, role, false);
                }
            }
        }
    }
    // Left: the value then; right: the value now and the name.
    let then: Vec<Vec<String>> = spans.iter().map(|span| vec![span.before_text.clone()]).collect();
    let ends = [
        (0.0, then, spans.iter().map(|span| span.before).collect::<Vec<_>>()),
        (1.0, names, spans.iter().map(|span| span.now).collect()),
    ];
    for (x, texts, values) in ends {
        let known: Vec<usize> = (0..spans.len()).filter(|at| values[*at].is_some()).collect();
        let place = |at: usize| sheet.at((x, values[at].expect("it is one of the known")));
        let wishes: Vec<Wish> = known
            .iter()
            .map(|&at| Wish { middle: place(at).1, height: texts[at].len() as f64 * LEADING, keep: spans[at].subject })
            .collect();
        for (&at, middle) in known.iter().zip(apart(&wishes, TOP - 10.0, bottom + 4.0)) {
            let Some(middle) = middle else { continue };
            let (pixel, level) = place(at);
            let away = if x > 0.5 { 1.0 } else { -1.0 };
            // A label that had to move is tied to its point.
            if (middle - level).abs() > LEADING / 2.0 {
                sheet.rule((pixel + 5.5 * away, level), (pixel + 10.5 * away, middle), Role::Context.pen(6));
            }
            let role = if spans[at].subject { Role::Accent } else { Role::Muted };
            let face = Type { size: SIZE, bold: spans[at].subject, role, side: HPos::Left };
            let first = middle - (texts[at].len() as f64 - 1.0) * LEADING / 2.0;
            for (line, text) in texts[at].iter().enumerate() {
                let y = first + line as f64 * LEADING;
                if x > 0.5 {
                    sheet.text(text, (pixel + 13.0, y), face);
                } else {
                    sheet.text(text, (pixel - 13.0, y), Type { side: HPos::Right, ..face });
                }
            }
        }
    }
    drop(sheet);
    Plot { size, body }
}
