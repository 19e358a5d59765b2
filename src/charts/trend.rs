//! Lines over the quarters, named where they end.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Note, Plot, Point, Series};
use super::glyphs;
use super::note::{self, Room};
use super::push::{Wish, apart};
use super::quarters;
use super::role::Role;
use super::sheet::{Margins, Sheet, Type};
use super::ticks::{label_text, tick_text, ticks};
use crate::plain::{Period, Result, Unit};

const SIZE: f64 = 13.0;
const LEADING: f64 = 15.5;
/// From the plot to the labels: room for the dots and for what ties a label to its own.
const LABEL: f64 = 15.0;

/// The height of a chart that has nothing to show.
const EMPTY: i32 = 120;

/// How a chart is cut for a screen, in pixels.
struct Form {
    size: (i32, i32),
    /// The widest label at a line's end.
    ends: f64,
}

const WIDE: Form = Form { size: (720, 320), ends: 156.0 };
const NARROW: Form = Form { size: (358, 330), ends: 92.0 };

/// Lines over the periods from the first to the last point. The subject is in the accent and ends in its value; the
/// others are grey. A missing value is a gap; an open period is dashed and its point hollow. A note stands near the point
/// of the subject that it is about.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn trend(frame: &Frame, series: &[Series], note: Option<&Note>) -> Result<Drawing> {
    let points = |one: &Series| one.points.iter().map(|point| point.value).collect::<Vec<_>>();
    frame.require_finite(series.iter().flat_map(|s| points(s).into_iter().map(|value| (s.label.as_str(), value))))?;
    let lines: Vec<Line> = series.iter().map(|series| Line::new(frame.unit, series)).collect();
    Ok(frame.hang(&draw(frame, &lines, note, &WIDE), &draw(frame, &lines, note, &NARROW)))
}

/// A series in the order of its periods.
struct Line<'a> {
    label: &'a str,
    subject: bool,
    points: Vec<Point>,
    /// The last known point, with its value and how it is printed.
    last: Option<(Point, f64, String)>,
}

impl<'a> Line<'a> {
    fn new(unit: Unit, series: &'a Series) -> Self {
        let mut points = series.points.clone();
        points.sort_by_key(|point| point.period);
        let last = points.iter().rev().find_map(|point| point.value.map(|value| (*point, value)));
        let last = last.map(|(point, value)| {
            let so_far = if point.open { " so far" } else { "" };
            (point, value, format!("{}{so_far}", label_text(unit, value)))
        });
        Self { label: &series.label, subject: series.subject, points, last }
    }

    fn role(&self) -> Role {
        if self.subject { Role::Accent } else { Role::Context }
    }

    /// What stands at the end of the line.
    fn texts(&self, room: f64) -> Vec<String> {
        let mut texts = glyphs::wrap(self.label, SIZE, self.subject, room, 3);
        if let (true, Some((_, _, value))) = (self.subject, &self.last) {
            texts.insert(0, value.clone());
        }
        texts
    }

    /// Stretches of neighbouring known quarters, each with whether it is dashed; a point without neighbours is a
    /// stretch of one.
    fn stretches(&self) -> Vec<(Vec<(Period, f64)>, bool)> {
        let mut stretches: Vec<(Vec<(Period, f64)>, bool)> = Vec::new();
        let mut before: Option<Point> = None;
        for point in &self.points {
            let Some(value) = point.value else { continue };
            let here = (point.period, value);
            match (before, stretches.last_mut()) {
                (Some(previous), Some((stretch, dashed))) if point.period.since(previous.period) == 1 => {
                    let open = previous.open || point.open;
                    if stretch.len() == 1 || *dashed == open {
                        *dashed = open;
                        stretch.push(here);
                    } else {
                        let joint = *stretch.last().expect("a stretch has a point");
                        stretches.push((vec![joint, here], open));
                    }
                }
                _ => stretches.push((vec![here], point.open)),
            }
            before = Some(*point);
        }
        stretches
    }
}

fn draw(frame: &Frame, lines: &[Line<'_>], note: Option<&Note>, form: &Form) -> Plot {
    let values = || lines.iter().flat_map(|line| &line.points).filter_map(|point| point.value);
    let (low, high) = values().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
    let grid = ticks(frame.unit, low * 1.05, high * 1.05);
    let grid_texts: Vec<String> = grid.iter().map(|&value| tick_text(frame.unit, value)).collect();
    let gutter = grid_texts.iter().map(|text| glyphs::width(text, SIZE, false)).fold(0.0, f64::max);
    let ends: Vec<Vec<String>> = lines.iter().map(|line| line.texts(form.ends)).collect();
    let end = lines
        .iter()
        .zip(&ends)
        .flat_map(|(line, texts)| texts.iter().map(|text| glyphs::width(text, SIZE, line.subject)))
        .fold(0.0, f64::max);

    let periods = || lines.iter().flat_map(|line| &line.points).map(|point| point.period);
    let span = periods().min().zip(periods().max());
    // A single quarter stands in the middle.
    let across = match span.map(|(first, last)| f64::from(last.since(first))) {
        Some(quarters) if quarters > 0.0 => 0.0..quarters,
        _ => -1.0..1.0,
    };
    let flat = low.abs() < f64::EPSILON && high.abs() < f64::EPSILON;
    let up = low * 1.05..if flat { 1.0 } else { high * 1.05 };
    let margins = Margins { top: 10.0, right: end + LABEL + 2.0, bottom: 30.0, left: gutter + 12.0 };

    let empty = values().next().is_none();
    let size = (form.size.0, if empty { EMPTY } else { form.size.1 });
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let right = width - margins.right;
    let mut body = String::new();
    let mut sheet = Sheet::new(&mut body, size, margins, across, up);
    let label = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };

    for (&value, text) in grid.iter().zip(&grid_texts) {
        let (_, y) = sheet.at((0.0, value));
        let pen = if value.abs() < f64::EPSILON { Role::Baseline.pen(12) } else { Role::Grid.pen(10) };
        sheet.rule((margins.left, y), (right, y), pen);
        sheet.text(text, (0.0, y), label);
    }
    if let Some((first, last)) = span {
        let place = |period: Period| sheet.at((f64::from(period.since(first)), 0.0)).0;
        let floor = height - margins.bottom;
        for named in quarters::labels(first, last, place, SIZE, (0.0, width)) {
            let x = place(named.period);
            sheet.rule((x, floor + 1.0), (x, floor + 6.0), Role::Baseline.pen(10));
            sheet.text(&named.text, (named.middle, height - 11.0), Type { side: HPos::Center, ..label });
        }
        draw_lines(&mut sheet, lines, first);
        name_lines(&sheet, lines, &ends, first, right, (4.0, floor + 8.0));
        if let Some(note) = note {
            let room = Room { across: (margins.left, right + 4.0), down: (0.0, floor) };
            remark(&sheet, lines, note, first, room);
        }
    }
    if empty {
        let middle = (f64::midpoint(margins.left, right), height / 2.0 - 12.0);
        sheet.text("No figures for these quarters", middle, Type { side: HPos::Center, ..label });
    }
    drop(sheet);
    Plot { size, body }
}

/// The context first, so that the subject lies on top.
fn draw_lines(sheet: &mut Sheet<'_>, lines: &[Line<'_>], first: Period) {
    for subject in [false, true] {
        for line in lines.iter().filter(|line| line.subject == subject) {
            let width = if subject { 26 } else { 16 };
            let role = line.role();
            for (stretch, dashed) in line.stretches() {
                let values: Vec<(f64, f64)> =
                    stretch.iter().map(|(period, value)| (f64::from(period.since(first)), *value)).collect();
                if let [alone] = values[..] {
                    sheet.dot(alone, 2.6, role, dashed);
                } else {
                    sheet.line(values, if dashed { role.dashed(width) } else { role.pen(width) });
                }
            }
            if let Some((point, value, _)) = &line.last {
                let radius = if subject { 4.2 } else { 3.0 };
                sheet.dot((f64::from(point.period.since(first)), *value), radius, role, point.open);
            }
        }
    }
}

/// At the subject's point of the note's quarter.
fn remark(sheet: &Sheet<'_>, lines: &[Line<'_>], note: &Note, first: Period, room: Room) {
    let place = |period: Period, value: f64| sheet.at((f64::from(period.since(first)), value));
    let track = |line: &Line<'_>| -> Vec<(f64, f64)> {
        line.points.iter().filter_map(|point| Some(place(point.period, point.value?))).collect()
    };
    let subject = lines.iter().find(|line| line.subject);
    let point = subject.and_then(|line| line.points.iter().find(|point| point.period == note.at));
    if let Some(value) = point.and_then(|point| point.value) {
        let tracks: Vec<Vec<(f64, f64)>> = lines.iter().map(track).collect();
        note::write(sheet, note, place(note.at, value), &tracks, room);
    }
}

fn name_lines(
    sheet: &Sheet<'_>,
    lines: &[Line<'_>],
    ends: &[Vec<String>],
    first: Period,
    right: f64,
    (top, bottom): (f64, f64),
) {
    let named: Vec<(&Line<'_>, &[String], (f64, f64))> = lines
        .iter()
        .zip(ends)
        .filter_map(|(line, texts)| {
            let (point, value, _) = line.last.as_ref()?;
            Some((line, texts.as_slice(), sheet.at((f64::from(point.period.since(first)), *value))))
        })
        .collect();
    let wishes: Vec<Wish> = named
        .iter()
        .map(|(line, texts, (_, y))| Wish {
            middle: *y,
            height: texts.len() as f64 * LEADING + 4.0,
            keep: line.subject,
        })
        .collect();
    for ((line, texts, (x, y)), middle) in named.iter().zip(apart(&wishes, top, bottom)) {
        let Some(middle) = middle else { continue };
        // A label that had to move, or whose line ends early, is tied to its point.
        if (middle - y).abs() > LEADING / 2.0 || right - x > 1.0 {
            sheet.rule((x + 6.5, *y), (right + LABEL - 3.0, middle), Role::Context.pen(6));
        }
        let role = if line.subject { Role::Accent } else { Role::Muted };
        let face = Type { size: SIZE, bold: line.subject, role, side: HPos::Left };
        let first_line = middle - (texts.len() as f64 - 1.0) * LEADING / 2.0;
        for (at, text) in texts.iter().enumerate() {
            sheet.text(text, (right + LABEL, first_line + at as f64 * LEADING), face);
        }
    }
}
