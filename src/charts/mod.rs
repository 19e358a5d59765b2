//! Charts as finished SVG: values go in, two drawings come out, one for a desk and one for a phone.

use std::fmt::Write;

use crate::plain::{Diagnostic, Kind, Period, Result, Unit};

/// What surrounds the marks.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Unique in its page; ids inside the drawings begin with it.
    pub id: String,
    /// The finding.
    pub title: String,
    /// What is measured.
    pub subtitle: String,
    /// What there is to see, in words.
    pub description: String,
    /// What the values are measured in.
    pub unit: Unit,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Its points, by period.
    pub points: Vec<Point>,
    /// Whether it is what the chart is about.
    pub subject: bool,
}

/// A point of a line.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// When.
    pub period: Period,
    /// How much, when known.
    pub value: Option<f64>,
    /// Whether the period isn't over.
    pub open: bool,
}

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// How long it is, when known.
    pub value: Option<f64>,
    /// The value as text.
    pub text: String,
    /// Whether it is what the chart is about.
    pub subject: bool,
}

/// Two complete `<svg>` elements.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// For a desk.
    pub wide: String,
    /// For a phone.
    pub narrow: String,
}

/// Lines over periods.
pub fn trend(frame: &Frame, series: &[Series]) -> Result<Drawing> {
    let lines: Vec<Vec<Option<f64>>> =
        series.iter().map(|one| one.points.iter().map(|point| point.value).collect()).collect();
    drawing(frame, &lines)
}

/// Bars of change around 0.
pub fn bars(frame: &Frame, bars: &[Bar]) -> Result<Drawing> {
    let lines: Vec<Vec<Option<f64>>> = bars.iter().map(|bar| vec![Some(0.0), bar.value]).collect();
    drawing(frame, &lines)
}

/// A line without words.
#[must_use]
pub fn sparkline(values: &[Option<f64>], label: &str) -> String {
    let name = if label.is_empty() { "aria-hidden=\"true\"".to_owned() } else { format!("aria-label=\"{label}\"") };
    format!("<svg class=\"spark\" viewBox=\"0 0 100 24\" {name}>{}</svg>", lines(&[values.to_vec()], 100.0, 24.0))
}

/// A bar in the cell of a table.
#[must_use]
pub fn change_bar(share: Option<f64>, largest: f64) -> String {
    let width = share.map_or(0.0, |share| 50.0 * share.abs() / largest.max(f64::MIN_POSITIVE));
    let left = if share.is_some_and(|share| share < 0.0) { 50.0 - width } else { 50.0 };
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 8\" aria-hidden=\"true\"><rect x=\"{left:.1}\" width=\"{width:.1}\" height=\"8\"/></svg>"
    )
}

fn drawing(frame: &Frame, values: &[Vec<Option<f64>>]) -> Result<Drawing> {
    if values.iter().flatten().flatten().any(|value| !value.is_finite()) {
        let message = format!("the chart “{}” has a value that is no number", frame.title);
        return Err(Diagnostic::new(Kind::Data, message).into());
    }
    let svg = |size: &str, width: f64, height: f64| {
        let Frame { id, title, description, .. } = frame;
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-{size}-t {id}-{size}-d\">\
             <title id=\"{id}-{size}-t\">{title}</title><desc id=\"{id}-{size}-d\">{description}</desc>{}</svg>",
            lines(values, width, height)
        )
    };
    Ok(Drawing { wide: svg("wide", 680.0, 320.0), narrow: svg("narrow", 360.0, 300.0) })
}

fn lines(series: &[Vec<Option<f64>>], width: f64, height: f64) -> String {
    let known = || series.iter().flatten().flatten().copied();
    let (low, high) = (known().fold(0.0, f64::min), known().fold(0.0, f64::max));
    let span = (high - low).max(f64::MIN_POSITIVE);
    let mut out = String::new();
    for line in series {
        let step = width / (line.len().max(2) - 1) as f64;
        let points = line.iter().enumerate().filter_map(|(at, value)| {
            let y = height - (value.as_ref()? - low) / span * height;
            Some(format!("{:.1},{y:.1}", at as f64 * step))
        });
        let points: Vec<String> = points.collect();
        let _ = write!(out, "<polyline class=\"c-line\" fill=\"none\" points=\"{}\"/>", points.join(" "));
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
