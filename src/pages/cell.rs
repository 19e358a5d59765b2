//! A printed figure: its value, its change, its course.

use std::sync::Arc;

use serde::Serialize;

use super::ground::{self, Ground};
use super::safe::Safe;
use super::wording;
use crate::charts;
use crate::metrics::{Figure, Metric, Scope, Standing};
use crate::plain::{Number, Period};

/// What templates know of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// `contributors`.
    pub label: String,
    /// `1,204`, or `n/a`.
    pub value: String,
    /// Against the period before.
    pub change: Option<Change>,
    /// Over the periods; empty where there is no course to draw.
    pub spark_svg: Safe,
    /// What to know before believing it.
    pub note: String,
    /// What it is, for readers.
    pub definition: String,
}

impl Cell {
    /// `contributors: 1,204, up 18% on 2026-Q1`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let change = self.change.as_ref().map(|change| format!(", {}", change.label)).unwrap_or_default();
        let note = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        format!("{}: {}{change}{note}", self.label, self.value)
    }
}

/// A change against the period before.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// `+18%`.
    pub text: String,
    /// `up`, `down` or `flat`.
    pub direction: &'static str,
    /// `up 18% on 2026-Q1`.
    pub label: String,
}

/// What is printed where there is no value.
pub const ABSENT: &str = "n/a";

/// The figure of a metric; none when the data hasn't got the metric at all.
#[must_use]
pub fn cell(ground: &Arc<Ground>, scope: &Scope, name: &str, period: Period) -> Option<Cell> {
    let cell = bare(ground, scope, name, period)?;
    Some(Cell { spark_svg: spark(ground, scope, name, period), ..cell })
}

/// The same without its course.
#[must_use]
pub fn bare(ground: &Arc<Ground>, scope: &Scope, name: &str, period: Period) -> Option<Cell> {
    let metric = ground.metric(scope, name).or_else(|_| ground.metric(&Scope::Corpus, name)).ok()?;
    let figure = ground.figures().get(scope, name, period);
    let known = figure.map_or_else(|| "not measured".to_owned(), |figure| note(ground, scope, figure, period));
    let corrected = ground.texts().corrected(|| format!("{scope} {name} {period}"));
    let corrected = corrected.map(|day| format!("corrected on {}", wording::day(day)));
    let notes: Vec<String> = corrected.into_iter().chain([known].into_iter().filter(|note| !note.is_empty())).collect();
    Some(Cell {
        label: metric.label.to_owned(),
        value: ground.printed(scope, name, period).unwrap_or_else(|| ABSENT.to_owned()),
        change: change(ground, scope, metric, period),
        spark_svg: Safe::default(),
        note: notes.join("; "),
        definition: [metric.definition].into_iter().chain(metric.caution).collect::<Vec<_>>().join(" "),
    })
}

/// The cells of those metrics that the data has, `most` at most.
#[must_use]
pub fn cells(ground: &Arc<Ground>, scope: &Scope, names: &[&str], period: Period, most: usize) -> Vec<Cell> {
    names.iter().filter_map(|name| cell(ground, scope, name, period)).take(most).collect()
}

/// The raw change of a metric, for bars.
#[must_use]
pub fn change_of(ground: &Ground, scope: &Scope, name: &str, period: Period) -> Option<Number> {
    ground.figures().get(scope, &format!("{name}_change"), period)?.value
}

fn change(ground: &Ground, scope: &Scope, metric: &Metric, period: Period) -> Option<Change> {
    let text = ground.printed(scope, &format!("{}_change", metric.name), period)?;
    let before = period.before(1);
    let (direction, label) = match text.chars().next() {
        Some('+') => ("up", format!("up {} on {before}", &text[1..])),
        Some('\u{2212}') => ("down", format!("down {} on {before}", text.trim_start_matches('\u{2212}'))),
        _ => ("flat", format!("unchanged on {before}")),
    };
    Some(Change { text, direction, label })
}

/// The values of a metric up to a period; nothing where it isn't known.
#[must_use]
pub fn course(ground: &Ground, scope: &Scope, name: &str, period: Period) -> Vec<Option<f64>> {
    let periods = ground.figures().periods().iter().filter(|other| **other <= period);
    let value = |period: &Period| Some(ground::shown(ground.figures(), scope, name, *period).value()?.to_f64());
    periods.map(value).collect()
}

/// The course of a metric up to a period, drawn small.
#[must_use]
pub fn spark(ground: &Ground, scope: &Scope, name: &str, period: Period) -> Safe {
    let values = course(ground, scope, name, period);
    // One point is no course.
    if values.iter().flatten().count() < 2 {
        return Safe::default();
    }
    Safe(charts::sparkline(&values, ""))
}

/// What to know of a figure before believing it.
#[must_use]
pub fn note(ground: &Ground, scope: &Scope, figure: &Figure, period: Period) -> String {
    match figure.standing {
        Standing::Closed => String::new(),
        Standing::Open => "open quarter, so far".to_owned(),
        Standing::Partial { unknown, .. } => {
            let tracked = ground.figures().get(scope, "tracked_repos", period);
            match tracked.and_then(|tracked| tracked.value) {
                Some(all) => format!("{unknown} of {all} repositories unknown"),
                None if unknown == 1 => "1 repository unknown".to_owned(),
                None => format!("{unknown} repositories unknown"),
            }
        }
        Standing::Unknown => "unknown".to_owned(),
        Standing::Untracked => "not tracked yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{edge, ground, kernels, period};
    use super::*;

    fn contributors(scope: &Scope, at: &str) -> Cell {
        cell(&ground(), scope, "contributors", period(at)).expect("a metric that the data has")
    }

    #[test]
    fn a_cell_says_what_moved_and_which_way() {
        let up = contributors(&kernels(), "2026-Q2");
        assert_eq!((up.label.as_str(), up.value.as_str(), up.note.as_str()), ("contributors", "71", ""));
        let change = up.change.unwrap();
        assert_eq!((change.text.as_str(), change.direction), ("+18%", "up"));
        assert_eq!(change.label, "up 18% on 2026-Q1");
        assert!(up.spark_svg.0.starts_with("<svg"));
        let flat = contributors(&kernels(), "2026-Q1").change.unwrap();
        assert_eq!((flat.text.as_str(), flat.direction, flat.label.as_str()), ("0%", "flat", "unchanged on 2025-Q4"));
    }

    #[test]
    fn a_cell_says_what_it_does_not_know() {
        let seen = |scope: &Scope, at: &str| {
            let cell = contributors(scope, at);
            assert!(cell.change.is_none());
            (cell.value, cell.note)
        };
        let repo = Scope::Repo("pytorch--executorch".to_owned());
        let told = |value: &str, note: &str| (value.to_owned(), note.to_owned());
        assert_eq!(seen(&Scope::Corpus, "2025-Q3"), told("80", "1 of 2 repositories unknown"));
        assert_eq!(seen(&edge(), "2025-Q3"), told("n/a", "unknown"));
        assert_eq!(seen(&repo, "2025-Q3"), told("n/a", "not tracked yet"));
        assert_eq!(seen(&kernels(), "2026-Q3"), told("36", "open quarter, so far"));
        assert_eq!(seen(&kernels(), "2024-Q1"), told("n/a", "not measured"));
        assert!(cell(&ground(), &kernels(), "nonsense", period("2026-Q2")).is_none());
    }

    #[test]
    fn one_point_is_no_course() {
        assert_eq!(contributors(&kernels(), "2025-Q3").spark_svg, Safe::default());
    }
}
