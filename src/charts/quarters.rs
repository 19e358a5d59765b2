//! Which quarters are named under a plot.

use super::glyphs;
use crate::plain::Period;

/// The least distance between two labels, in pixels.
const GAP: f64 = 12.0;

/// A named quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Which.
    pub period: Period,
    /// Where the middle of its text is, in pixels.
    pub middle: f64,
    /// `Q2 2026`, or `2026` for a first quarter among years.
    pub text: String,
}

/// The quarters to name from `first` to `last`: all of them where there is room, else the years, and the last in full.
/// `place` gives a quarter's pixel; texts of `size` stay between the pixels of `room`.
pub fn labels(first: Period, last: Period, place: impl Fn(Period) -> f64, size: f64, room: (f64, f64)) -> Vec<Label> {
    let label = |period: Period, text: String| {
        let half = glyphs::width(&text, size, false) / 2.0;
        let middle = place(period).min(room.1 - half).max(room.0 + half);
        Label { period, middle, text }
    };
    let clear = |a: &Label, b: &Label| {
        let width = |label: &Label| glyphs::width(&label.text, size, false);
        (a.middle - b.middle).abs() >= f64::midpoint(width(a), width(b)) + GAP
    };
    let in_full = |period: Period| label(period, format!("Q{} {}", period.quarter(), period.year()));

    let all: Vec<Label> = first.through(last).map(in_full).collect();
    if all.windows(2).all(|pair| clear(&pair[0], &pair[1])) {
        return all;
    }
    let mut chosen = vec![in_full(last)];
    if first.quarter() != 1 {
        let start = in_full(first);
        if clear(&start, &chosen[0]) {
            chosen.insert(0, start);
        }
    }
    let years = |step: i16| -> Vec<Label> {
        first
            .through(last)
            .filter(|period| period.quarter() == 1 && period.year() % step == 0)
            .map(|period| label(period, period.year().to_string()))
            .collect()
    };
    let spaced = [1, 2, 5, 10, 20, 50, 100]
        .into_iter()
        .map(years)
        .find(|years| years.windows(2).all(|pair| clear(&pair[0], &pair[1])))
        .unwrap_or_default();
    let ends = chosen.clone();
    chosen.extend(spaced.into_iter().filter(|year| ends.iter().all(|end| clear(year, end))));
    chosen.sort_by_key(|label| label.period);
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(first: &str, last: &str, width: f64) -> Vec<String> {
        let (first, last): (Period, Period) = (first.parse().unwrap(), last.parse().unwrap());
        let steps = f64::from(last.since(first).max(1));
        let place = |period: Period| f64::from(period.since(first)) / steps * width;
        labels(first, last, place, 12.0, (0.0, width)).into_iter().map(|label| label.text).collect()
    }

    #[test]
    fn few_quarters_are_all_named() {
        assert_eq!(texts("2025-Q3", "2026-Q2", 500.0), ["Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026"]);
        assert_eq!(texts("2026-Q2", "2026-Q2", 500.0), ["Q2 2026"]);
    }

    #[test]
    fn many_quarters_are_years_and_the_last() {
        assert_eq!(texts("2023-Q1", "2026-Q2", 500.0), ["2023", "2024", "2025", "Q2 2026"]);
        assert_eq!(texts("2022-Q3", "2026-Q2", 420.0), ["Q3 2022", "2024", "2025", "Q2 2026"]);
        assert_eq!(texts("2010-Q1", "2026-Q4", 240.0), ["2010", "2015", "2020", "Q4 2026"]);
    }

    #[test]
    fn without_room_the_last_stands_alone() {
        assert_eq!(texts("2025-Q2", "2025-Q4", 60.0), ["Q4 2025"]);
    }
}
