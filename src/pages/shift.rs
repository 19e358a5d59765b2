//! A figure now and a year before: what the work became, who pays for it.

use std::cmp::Reverse;

use serde::Serialize;

use super::cell::{self, ABSENT};
use super::ground::{Ground, shown};
use super::safe::Safe;
use super::wording::{self, Style};
use crate::figures::Shown;
use crate::metrics::{Metric, Scope};
use crate::plain::Period;

/// Quarters in a year.
const YEAR: u16 = 4;

/// A figure and where it stood a year before.
#[derive(Clone, Debug, Serialize)]
pub struct Shift {
    /// The metric's name.
    pub name: &'static str,
    /// What it is called here.
    pub label: String,
    /// Whether the rules behind it are known to tell it badly.
    pub is_doubtful: bool,
    /// In the period.
    pub now: String,
    /// Four quarters earlier.
    pub before: String,
    /// Over the quarters.
    pub spark_svg: Safe,
}

/// The work types as shares of commits, the largest first, and those of which there is none left out.
#[must_use]
pub fn work(ground: &Ground, scope: &Scope, period: Period) -> Vec<Shift> {
    let mut found: Vec<_> = TYPES
        .iter()
        .filter_map(|(name, label)| {
            let metric = ground.metric(scope, name).ok()?;
            let now = shown(ground.figures(), scope, name, period);
            let before = shown(ground.figures(), scope, name, period.before(YEAR));
            let is_some = |shown: Shown| shown.value().is_some_and(|value| value.sign() > 0);
            (is_some(now) || is_some(before)).then(|| (now.value(), shift(ground, scope, (metric, label), period)))
        })
        .collect();
    found.sort_by_key(|(value, _)| Reverse(*value));
    found.into_iter().map(|(_, shift)| shift).collect()
}

/// Who pays: the shares of organisations, and on how many of them the work rests.
#[must_use]
pub fn paid(ground: &Ground, scope: &Scope, period: Period) -> Vec<Shift> {
    let rows = PAID.iter().filter_map(|(name, label)| {
        let metric = ground.metric(scope, name).ok()?;
        Some(shift(ground, scope, (metric, label), period))
    });
    rows.filter(|row| row.now != ABSENT || row.before != ABSENT).collect()
}

/// The names of all metrics that stand in such rows.
pub fn names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().chain(&PAID).map(|(name, _)| *name)
}

fn shift(ground: &Ground, scope: &Scope, (metric, label): (&'static Metric, &str), period: Period) -> Shift {
    let printed = |period: Period| {
        let value = shown(ground.figures(), scope, metric.name, period);
        wording::shown(value, metric.unit, Style::default()).unwrap_or_else(|| ABSENT.to_owned())
    };
    Shift {
        name: metric.name,
        label: label.to_owned(),
        is_doubtful: metric.caution.is_some(),
        now: printed(period),
        before: printed(period.before(YEAR)),
        spark_svg: cell::spark(ground, scope, metric.name, period),
    }
}

const TYPES: [(&str, &str); 11] = [
    ("feature_commits_share", "Features"),
    ("fix_commits_share", "Fixes"),
    ("performance_commits_share", "Performance"),
    ("refactor_commits_share", "Refactoring"),
    ("test_commits_share", "Tests"),
    ("docs_commits_share", "Documentation"),
    ("build_commits_share", "Build and packages"),
    ("ci_commits_share", "Continuous integration"),
    ("dependencies_commits_share", "Dependencies"),
    ("revert_commits_share", "Reverts"),
    ("other_commits_share", "No sign of a type"),
];

const PAID: [(&str, &str); 5] = [
    ("affiliated_share", "Commits by people of known organisations"),
    ("unaffiliated_share", "Commits by people of no known organisation"),
    ("organisations", "Organisations at work"),
    ("elephant_factor", "Organisations behind half of the commits"),
    ("agent_assisted_share", "Commits that name a coding agent"),
];

#[cfg(test)]
mod tests {
    use super::super::fixture::{ground, kernels, period};
    use super::*;
    use crate::metrics::catalogue;

    #[test]
    fn what_the_data_has_not_got_has_no_row() {
        assert!(work(&ground(), &kernels(), period("2026-Q2")).is_empty());
        assert!(paid(&ground(), &kernels(), period("2026-Q2")).is_empty());
    }

    #[test]
    fn every_row_is_a_metric_of_the_catalogue() {
        for name in names() {
            assert!(catalogue::find(name).is_some(), "{name}");
        }
    }
}
