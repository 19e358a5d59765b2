//! Some figures quarter by quarter, the newest first: the table of who came, stayed and left.

use serde::Serialize;

use super::cell::{self, ABSENT};
use super::ground::{Ground, shown};
use super::safe::Safe;
use super::wording::{self, Style};
use crate::metrics::Scope;
use crate::plain::{Number, Period};

/// The table.
#[derive(Clone, Debug, Serialize)]
pub struct Course {
    /// One for each metric that the data has.
    pub columns: Vec<Column>,
    /// The newest quarter first, from the first one with something to tell.
    pub rows: Vec<Row>,
}

/// A metric.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its name in the catalogue, under which the methodology explains it.
    pub name: &'static str,
    /// In a word.
    pub head: &'static str,
    /// Over the quarters of the table.
    pub spark_svg: Safe,
}

/// A quarter.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// `2026-Q2`.
    pub period: String,
    /// `2026-q2`, its anchor.
    pub slug: String,
    /// What to know before believing it.
    pub note: String,
    /// Where the quarter's edition stands, if it has one.
    pub edition: Option<String>,
    /// One for each column.
    pub cells: Vec<String>,
}

/// Who came, stayed and left: names of metrics, with what each is called at the head of a column.
pub const TURNOVER: [(&str, &str); 6] = [
    ("contributors", "People"),
    ("new", "New"),
    ("retained", "Stayed"),
    ("returning", "Back"),
    ("churned", "Left"),
    ("retention", "Retention"),
];

/// The quarters up to `last`; `edition` says where a quarter's edition is.
#[must_use]
pub fn course(
    ground: &Ground,
    scope: &Scope,
    metrics: &[(&'static str, &'static str)],
    last: Period,
    edition: impl Fn(Period) -> Option<String>,
) -> Course {
    let known: Vec<_> =
        metrics.iter().filter_map(|(name, head)| Some((ground.metric(scope, name).ok()?, *head))).collect();
    let figures = ground.figures();
    let happened = |period: &&Period| {
        known.iter().any(|(metric, _)| {
            let value = shown(figures, scope, metric.name, **period);
            !matches!(value.value().map(Number::sign), None | Some(0))
        })
    };
    let periods: Vec<Period> = figures.periods().iter().copied().filter(|period| *period <= last).collect();
    let first = periods.iter().find(happened).copied();
    let rows = periods.iter().rev().filter(|period| first.is_some_and(|first| **period >= first)).map(|&period| {
        let figure = known.first().and_then(|(metric, _)| figures.get(scope, metric.name, period));
        let cells = known.iter().map(|(metric, _)| {
            let value = shown(figures, scope, metric.name, period);
            wording::shown(value, metric.unit, Style::default()).unwrap_or_else(|| ABSENT.to_owned())
        });
        Row {
            period: period.to_string(),
            slug: period.slug(),
            note: figure.map(|figure| cell::note(ground, scope, figure, period)).unwrap_or_default(),
            edition: edition(period),
            cells: cells.collect(),
        }
    });
    let rows = rows.collect();
    let columns = known.iter().map(|&(metric, head)| Column {
        name: metric.name,
        head,
        spark_svg: cell::spark(ground, scope, metric.name, last),
    });
    Course { columns: columns.collect(), rows }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{edge, ground, kernels, period};
    use super::*;

    #[test]
    fn the_newest_quarter_stands_first_and_the_unknown_ones_before_all_are_left_out() {
        let ground = ground();
        let edition = |at: Period| (at == period("2026-Q1")).then(|| "2026-q1/".to_owned());
        let seen = |scope: &Scope| course(&ground, scope, &TURNOVER, period("2026-Q3"), edition);
        let kernels = seen(&kernels());
        assert_eq!(kernels.columns.iter().map(|column| column.head).collect::<Vec<_>>(), ["People", "Retention"]);
        let first = &kernels.rows[0];
        assert_eq!((first.period.as_str(), first.note.as_str()), ("2026-Q3", "open quarter, so far"));
        assert_eq!(kernels.rows.len(), 5);
        assert_eq!(kernels.rows[2].edition.as_deref(), Some("2026-q1/"));
        assert_eq!(kernels.rows[2].cells, ["60", "72%"]);
        assert_eq!(seen(&edge()).rows.last().map(|row| row.period.clone()).as_deref(), Some("2025-Q4"));
    }
}
