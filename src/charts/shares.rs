//! What wholes are made of, side by side: a bar of the same length for each.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot};
use super::glyphs;
use super::parts::{Part, roles};
use super::role::Role;
use super::rows::{Form, NARROW, SIZE, WIDE};
use super::sheet::{Sheet, Type};
use super::ticks::label_text;
use crate::plain::{Result, Unit};

/// A line of names above the bars.
const LEVEL: f64 = 17.0;

/// A bar for each of `wholes` (with whether the story is about it), filled by its share of each part. The parts are
/// named above the first bar that is known.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn shares(frame: &Frame, wholes: &[(String, bool)], parts: &[Part]) -> Result<Drawing> {
    let all = parts.iter().flat_map(|part| part.values.iter().map(|value| (part.label.as_str(), *value)));
    frame.require_finite(all)?;
    Ok(frame.hang(&draw(wholes, parts, &WIDE), &draw(wholes, parts, &NARROW)))
}

/// The shares of one whole, when all are known and there is something to share.
fn cut(parts: &[Part], at: usize) -> Option<Vec<f64>> {
    let values: Vec<f64> = parts.iter().map(|part| part.values.get(at).copied().flatten()).collect::<Option<_>>()?;
    let sum: f64 = values.iter().sum();
    (sum > 0.0).then(|| values.iter().map(|value| value / sum).collect())
}

/// The name of a part, above its piece.
struct Name {
    piece: f64,
    left: f64,
    width: f64,
    level: usize,
}

fn draw(wholes: &[(String, bool)], parts: &[Part], form: &Form) -> Plot {
    let width = f64::from(form.width);
    let left = form.column(wholes.iter().map(|(name, subject)| (name.as_str(), *subject)));
    let cuts: Vec<Option<Vec<f64>>> = (0..wholes.len()).map(|at| cut(parts, at)).collect();
    let roles = roles(parts);
    let first = cuts.iter().position(Option::is_some);
    let names = first.map_or_else(Vec::new, |at| place(parts, cuts[at].as_ref().expect("it is known"), (left, width)));
    let levels = names.iter().map(|name| name.level + 1).max().unwrap_or(0) as f64;
    let head = levels * LEVEL + 6.0;
    let size = (form.width, super::canvas::units(head + wholes.len().max(1) as f64 * form.row + 6.0));
    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, size);
    let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
    if first.is_none() {
        sheet.text("No figures for this quarter", (0.0, 14.0), muted);
    }
    // A name above its bar stands above those of the parts too.
    let above = |at: usize| if form.names.is_none() && Some(at) <= first { 0.0 } else { head };
    let bar = first.map_or(0.0, |at| form.middle(head + at as f64 * form.row) - form.thick / 2.0);
    let foot = if form.names.is_some() { head - 6.0 } else { bar - 4.0 };
    for (name, part) in names.iter().zip(parts) {
        let y = foot - (name.level as f64 + 0.5) * LEVEL;
        sheet.rule((name.piece, y + 7.0), (name.piece, bar + 2.0), Role::Context.pen(7));
        let role = if part.subject { Role::Accent } else { Role::Muted };
        for text in glyphs::wrap(&part.label, SIZE, part.subject, width, 1) {
            sheet.text(&text, (name.left, y), Type { bold: part.subject, role, ..muted });
        }
    }
    for (at, (name, subject)) in wholes.iter().enumerate() {
        let row = at as f64 * form.row;
        form.name(&sheet, name, *subject, above(at) + row);
        let middle = form.middle(head + row);
        let Some(cut) = &cuts[at] else {
            sheet.text("n/a", (left, middle), muted);
            continue;
        };
        let mut from = left;
        for (share, role) in cut.iter().zip(&roles) {
            let to = from + share * (width - left);
            if to - from >= 0.3 {
                sheet.cell((from, middle - form.thick / 2.0 - 1.0), (to, middle + form.thick / 2.0 + 1.0), *role);
            }
            let text = label_text(Unit::Share, *share);
            let face = Type { size: 11.0, bold: false, role: role.writing(), side: HPos::Center };
            if glyphs::width(&text, 11.0, false) + 6.0 <= to - from {
                sheet.text(&text, (f64::midpoint(from, to), middle), face);
            }
            from = to;
        }
        let mut edge = left;
        for share in &cut[..cut.len() - 1] {
            edge += share * (width - left);
            let (from, to) = (middle - form.thick / 2.0 - 1.0, middle + form.thick / 2.0 + 1.0);
            sheet.rule((edge, from), (edge, to), Role::Paper.pen(10));
        }
    }
    drop(sheet);
    Plot { size, body }
}

/// Each name begins at its piece, on the lowest line where it meets neither another name nor the line to another's piece.
fn place(parts: &[Part], cut: &[f64], (left, right): (f64, f64)) -> Vec<Name> {
    let mut placed: Vec<Name> = Vec::new();
    let mut from = left;
    for (part, share) in parts.iter().zip(cut) {
        let piece = from + share * (right - left) / 2.0;
        from += share * (right - left);
        let width = glyphs::width(&part.label, SIZE, part.subject).min(right);
        let start = (piece - 3.0).min(right - width).max(0.0);
        let covers = |name: &Name, x: f64| name.left - 5.0 < x && x < name.left + name.width + 5.0;
        let is_free = |level: usize| {
            placed.iter().all(|other| {
                let own = Name { piece, left: start, width, level };
                let apart = start > other.left + other.width + 12.0 || other.left > start + width + 12.0;
                match other.level.cmp(&level) {
                    std::cmp::Ordering::Equal => apart,
                    // Its line goes down through this level; the own line goes down through its level.
                    std::cmp::Ordering::Greater => !covers(&own, other.piece),
                    std::cmp::Ordering::Less => !covers(other, piece),
                }
            })
        };
        // Above all others there is always room, if not always for a line down.
        let above = placed.iter().map(|name| name.level + 1).max().unwrap_or(0);
        let level = (0..=above).find(|level| is_free(*level)).unwrap_or(above);
        placed.push(Name { piece, left: start, width, level });
    }
    placed
}
