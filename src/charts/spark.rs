//! Drawings as small as a word: they stand in a line or a table cell.

use std::fmt::Write as _;

use super::canvas::{UNITS, units};
use super::markup::{escape, tenths};

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;
/// Room for the dot at the last value; on the left the course begins flush with the figure above it.
const EDGE: f64 = 3.0;
/// A change smaller than this part of the largest value looks small.
const CALM: f64 = 0.25;

/// The course of `values`, equally spaced, oldest first, as an `<svg>` without axes: gaps where a value is missing, a
/// dot at the last one that is known. Values that aren't finite count as missing; empty when none is known. `label`
/// says what it shows; with an empty one it is hidden from screen readers.
#[must_use]
pub fn sparkline(values: &[Option<f64>], label: &str) -> String {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let Some((low, high)) = known().fold(None, |range: Option<(f64, f64)>, value| {
        Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
    }) else {
        return String::new();
    };
    let largest = low.abs().max(high.abs());
    let span = (high - low).max(largest * CALM);
    let middle = low / 2.0 + high / 2.0;
    let level = |value: f64| {
        if span > 0.0 { HEIGHT / 2.0 - (value - middle) / span * (HEIGHT - 2.0 * EDGE) } else { HEIGHT - EDGE }
    };
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let place = |at: usize| at as f64 / steps * (WIDTH - EDGE);

    let mut path = String::new();
    let mut drawing = false;
    let mut last = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            drawing = false;
            continue;
        };
        last = (place(at), level(value));
        let follows = values.get(at + 1).is_some_and(|next| next.is_some_and(f64::is_finite));
        // A value between two gaps is drawn as a point: a line of no length with round ends.
        let end = if drawing || follows { "" } else { "h0" };
        write!(path, "{}{} {}{end}", if drawing { "L" } else { "M" }, pixel(last.0), pixel(last.1)).expect("a string");
        drawing = true;
    }
    let (x, y) = (pixel(last.0), pixel(last.1));
    let attributes = described(label);
    // The page sets the size: strokes keep theirs, and so does the dot, a line of no length with round ends.
    let stroke = "fill=\"none\" stroke=\"currentColor\" stroke-linecap=\"round\" stroke-linejoin=\"round\" \
                  vector-effect=\"non-scaling-stroke\"";
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" {attributes}>\
         <path class=\"c-spark\" {stroke} stroke-width=\"1.5\" d=\"{path}\"/>\
         <path class=\"c-accent\" {stroke} stroke-width=\"5\" d=\"M{x} {y}h0\"/></svg>"
    )
}

const BAR_WIDTH: f64 = 64.0;
const BAR_HEIGHT: f64 = 12.0;

/// A relative change (0.18 for +18 %) as a bar from a zero line in the middle, as long as its part of `largest`, the
/// largest change of the column. Without a value, the zero line alone. Hidden from screen readers: the cell says it.
#[must_use]
pub fn change_bar(share: Option<f64>, largest: f64) -> String {
    let middle = BAR_WIDTH / 2.0;
    let part = share.filter(|share| share.is_finite() && largest.is_finite() && largest.abs() > 0.0);
    let length = part.map_or(0.0, |share| (share / largest.abs()).clamp(-1.0, 1.0) * (middle - 1.0));
    let bar = if pixel(length) == "0" {
        String::new()
    } else {
        let class = if length > 0.0 { "c-up" } else { "c-down" };
        let (x, width) = (pixel(middle + length.min(0.0)), pixel(length.abs()));
        format!(
            "<rect class=\"{class}\" fill=\"currentColor\" x=\"{x}\" y=\"2\" width=\"{width}\" height=\"{}\"/>",
            BAR_HEIGHT - 4.0
        )
    };
    format!(
        "<svg class=\"change-bar\" viewBox=\"0 0 {BAR_WIDTH} {BAR_HEIGHT}\" aria-hidden=\"true\">{bar}\
         <path class=\"c-baseline\" fill=\"none\" stroke=\"currentColor\" d=\"M{middle} 0V{BAR_HEIGHT}\"/></svg>"
    )
}

fn described(label: &str) -> String {
    if label.is_empty() {
        "aria-hidden=\"true\"".into()
    } else {
        format!("role=\"img\" aria-label=\"{}\"", escape(label))
    }
}

fn pixel(value: f64) -> String {
    tenths(units(value * f64::from(UNITS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(values: &[Option<f64>]) -> String {
        let svg = sparkline(values, "");
        let (_, rest) = svg.split_once(" d=\"").expect("a path");
        rest.split_once('"').expect("an end").0.to_owned()
    }

    #[test]
    fn a_course_rises_from_foot_to_head() {
        assert_eq!(lines(&[Some(0.0), Some(5.0), Some(10.0)]), "M0 21L48.5 12L97 3");
        assert_eq!(lines(&[Some(-10.0), Some(10.0)]), "M0 21L97 3");
    }

    #[test]
    fn gaps_stay_gaps_and_lonely_values_are_points() {
        assert_eq!(lines(&[Some(1.0), None, Some(1.0), Some(1.0), None]), "M0 12h0M48.5 12L72.8 12");
        assert_eq!(lines(&[Some(7.0)]), "M0 12h0");
        assert_eq!(sparkline(&[None, Some(f64::NAN)], "x"), "");
        assert_eq!(sparkline(&[], "x"), "");
    }

    #[test]
    fn zeros_lie_at_the_foot_and_small_changes_look_small() {
        assert_eq!(lines(&[Some(0.0), Some(0.0)]), "M0 21L97 21");
        assert_eq!(lines(&[Some(100.0), Some(101.0)]), "M0 12.4L97 11.6");
    }

    #[test]
    fn a_label_is_spoken_and_harmless() {
        assert!(sparkline(&[Some(1.0)], "").contains("aria-hidden=\"true\""));
        let spoken = sparkline(&[Some(1.0)], "\"><script>");
        assert!(spoken.contains("role=\"img\" aria-label=\"&quot;&gt;&lt;script&gt;\""));
    }

    #[test]
    fn bars_of_change_keep_to_their_side() {
        assert!(
            change_bar(Some(0.2), 0.4).contains("class=\"c-up\" fill=\"currentColor\" x=\"32\" y=\"2\" width=\"15.5\"")
        );
        assert!(
            change_bar(Some(-0.4), 0.4).contains("class=\"c-down\" fill=\"currentColor\" x=\"1\" y=\"2\" width=\"31\"")
        );
        assert!(change_bar(Some(9.0), 0.4).contains("width=\"31\""));
        for nothing in [None, Some(0.0), Some(f64::INFINITY)] {
            assert!(!change_bar(nothing, 0.4).contains("<rect"));
        }
        assert!(!change_bar(Some(0.4), 0.0).contains("<rect"));
    }
}
