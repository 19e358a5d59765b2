//! What a whole is made of, quarter by quarter: layers that fill the height.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Note, Plot};
use super::glyphs;
use super::note::{self, Room};
use super::parts::{Part, roles};
use super::push::{Wish, apart};
use super::quarters;
use super::role::Role;
use super::sheet::{Margins, Sheet, Type};
use super::ticks::{label_text, tick_text, ticks};
use crate::plain::{Period, Result};

const SIZE: f64 = 13.0;
const LEADING: f64 = 15.5;
const LABEL: f64 = 10.0;

/// How a chart is cut for a screen, in pixels.
struct Form {
    size: (i32, i32),
    /// The widest name beside a layer.
    names: f64,
}

const WIDE: Form = Form { size: (720, 340), names: 170.0 };
const NARROW: Form = Form { size: (358, 350), names: 112.0 };

/// The layers in the order given, the first at the foot; a value of each part for each of `periods`. A quarter that lacks
/// a part is a gap.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn composition(frame: &Frame, periods: &[Period], parts: &[Part], note: Option<&Note>) -> Result<Drawing> {
    let all = parts.iter().flat_map(|part| part.values.iter().map(|value| (part.label.as_str(), *value)));
    frame.require_finite(all)?;
    let stack = Stack::new(periods, parts);
    Ok(frame.hang(&stack.draw(frame, note, &WIDE), &stack.draw(frame, note, &NARROW)))
}

/// Parts on top of each other.
struct Stack<'a> {
    periods: &'a [Period],
    parts: &'a [Part],
    roles: Vec<Role>,
    /// For each quarter that has all parts, where each layer ends; the foot of the first before it.
    edges: Vec<Option<Vec<f64>>>,
}

impl<'a> Stack<'a> {
    fn new(periods: &'a [Period], parts: &'a [Part]) -> Self {
        let edges = (0..periods.len()).map(|at| {
            let mut edges = vec![0.0];
            for part in parts {
                let below = *edges.last().expect("it has the foot");
                edges.push(below + part.values.get(at).copied().flatten()?.max(0.0));
            }
            Some(edges)
        });
        Self { periods, parts, roles: roles(parts), edges: edges.collect() }
    }

    /// Runs of neighbouring known quarters, as places in `periods`.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
        for (at, edges) in self.edges.iter().enumerate() {
            let follows = at == 0 || self.periods[at].since(self.periods[at - 1]) == 1;
            if edges.is_none() || !follows {
                runs.push(Vec::new());
            }
            if edges.is_some() {
                runs.last_mut().expect("there is a run").push(at);
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    fn draw(&self, frame: &Frame, remark: Option<&Note>, form: &Form) -> Plot {
        let high = self.edges.iter().flatten().filter_map(|edges| edges.last()).fold(0.0, |a: f64, b| a.max(*b));
        let last = self.edges.iter().rposition(Option::is_some).filter(|_| high > 0.0);
        let size = (form.size.0, if last.is_none() { 120 } else { form.size.1 });
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        let grid = ticks(frame.unit, 0.0, high);
        let grid_texts: Vec<String> = grid.iter().map(|&value| tick_text(frame.unit, value)).collect();
        let gutter = glyphs::widest(&grid_texts, SIZE, false) + 12.0;
        let names: Vec<Vec<String>> = self
            .parts
            .iter()
            .map(|part| {
                let value = last.and_then(|at| part.values[at]).map(|value| label_text(frame.unit, value));
                let text = format!("{} {}", value.unwrap_or_default(), part.label);
                glyphs::wrap(text.trim(), SIZE, part.subject, form.names, 2)
            })
            .collect();
        let room = names
            .iter()
            .zip(self.parts)
            .map(|(lines, part)| glyphs::widest(lines, SIZE, part.subject))
            .fold(0.0, f64::max);
        let margins = Margins { top: 10.0, right: room + LABEL + 2.0, bottom: 30.0, left: gutter };
        let right = width - margins.right;
        let span = self.periods.first().zip(self.periods.last());
        let steps = span.map_or(1, |(first, last)| last.since(*first)).max(1);
        let across = if steps == 1 && self.periods.len() == 1 { -1.0..1.0 } else { 0.0..f64::from(steps) };
        let mut body = String::new();
        let sheet = Sheet::new(&mut body, size, margins, across, 0.0..if high > 0.0 { high } else { 1.0 });
        let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
        let (Some(last), Some((first, end))) = (last, span) else {
            let middle = (width / 2.0, height / 2.0 - 12.0);
            sheet.text("No figures for these quarters", middle, Type { side: HPos::Center, ..muted });
            drop(sheet);
            return Plot { size, body };
        };
        for (&value, text) in grid.iter().zip(&grid_texts) {
            let (_, y) = sheet.at((0.0, value));
            sheet.rule((margins.left, y), (right, y), Role::Grid.pen(10));
            sheet.text(text, (0.0, y), muted);
        }
        let place = |period: Period| sheet.at((f64::from(period.since(*first)), 0.0)).0;
        let at = |quarter: usize, level: f64| (place(self.periods[quarter]), sheet.at((0.0, level)).1);
        for run in self.runs() {
            self.layers(&sheet, &run, at);
        }
        let floor = height - margins.bottom;
        sheet.rule((margins.left, floor), (right, floor), Role::Baseline.pen(12));
        for named in quarters::labels(*first, *end, place, SIZE, (0.0, width)) {
            let x = place(named.period);
            sheet.rule((x, floor + 1.0), (x, floor + 6.0), Role::Baseline.pen(10));
            sheet.text(&named.text, (named.middle, height - 11.0), Type { side: HPos::Center, ..muted });
        }
        let edges = self.edges[last].as_ref().expect("the last known quarter has edges");
        let middles: Vec<f64> = edges.windows(2).map(|pair| at(last, f64::midpoint(pair[0], pair[1])).1).collect();
        let wishes: Vec<Wish> = names
            .iter()
            .zip(self.parts)
            .zip(&middles)
            .map(|((lines, part), &middle)| Wish {
                middle,
                height: lines.len() as f64 * LEADING + 1.0,
                keep: part.subject,
            })
            .collect();
        for (part, middle) in apart(&wishes, 2.0, floor + 8.0).into_iter().enumerate() {
            let Some(middle) = middle else { continue };
            if (middle - middles[part]).abs() > LEADING / 2.0 {
                sheet.rule((right + 1.0, middles[part]), (right + LABEL - 2.0, middle), Role::Context.pen(6));
            }
            let subject = self.parts[part].subject;
            let role = if subject { Role::Accent } else { Role::Muted };
            let face = Type { bold: subject, role, ..muted };
            let top = middle - (names[part].len() as f64 - 1.0) * LEADING / 2.0;
            for (line, text) in names[part].iter().enumerate() {
                sheet.text(text, (right + LABEL, top + line as f64 * LEADING), face);
            }
        }
        if let Some(remark) = remark {
            self.remark(&sheet, remark, at, (margins.left, right, floor));
        }
        drop(sheet);
        Plot { size, body }
    }

    fn layers(&self, sheet: &Sheet<'_>, run: &[usize], at: impl Fn(usize, f64) -> (f64, f64)) {
        let edge = |quarter: usize, layer: usize| self.edges[quarter].as_ref().expect("a run is known")[layer];
        for (layer, role) in self.roles.iter().enumerate() {
            let line = |layer: usize| run.iter().map(move |&quarter| (quarter, layer));
            let mut corners: Vec<(f64, f64)> = line(layer + 1).map(|(q, l)| at(q, edge(q, l))).collect();
            let back: Vec<(f64, f64)> = line(layer).rev().map(|(q, l)| at(q, edge(q, l))).collect();
            if let ([(x, top)], [(_, foot)]) = (&corners[..], &back[..]) {
                // A quarter without neighbours is a column.
                sheet.cell((x - 3.0, *top), (x + 3.0, *foot), *role);
                continue;
            }
            corners.extend(back);
            sheet.shape(&corners, *role);
        }
        for layer in 1..self.roles.len() {
            let places: Vec<(f64, f64)> = run.iter().map(|&quarter| at(quarter, edge(quarter, layer))).collect();
            if places.len() > 1 {
                sheet.track(&places, Role::Paper.pen(8));
            }
        }
    }

    /// At the upper edge of the part that the story is about, or of the whole.
    fn remark(
        &self,
        sheet: &Sheet<'_>,
        remark: &Note,
        at: impl Fn(usize, f64) -> (f64, f64),
        (left, right, floor): (f64, f64, f64),
    ) {
        let Some(quarter) = self.periods.iter().position(|period| *period == remark.at) else { return };
        let Some(edges) = &self.edges[quarter] else { return };
        let layer = self.parts.iter().position(|part| part.subject).map_or(edges.len() - 1, |part| part + 1);
        let room = Room { across: (left, right), down: (0.0, floor) };
        note::write(sheet, remark, at(quarter, edges[layer]), &[], room);
    }
}
