//! How long a figure has been going one way, and since when it has not been so high or so low.

use super::{Family, Metric, keep};
use crate::plain::Unit;

/// The metrics that are followed over time, where the tables have them.
pub(super) const FOLLOWED: [&str; 10] = [
    "commits",
    "contributors",
    "new",
    "retention",
    "churn_rate",
    "active_weeks",
    "hours",
    "lines_changed",
    "absence_factor",
    "coordination",
];

pub(super) fn streak_of(metric: &Metric) -> Metric {
    let name = keep(format!("{}_streak", metric.name));
    let label = keep(format!("quarters in a row: {}", metric.label));
    let definition = keep(format!(
        "For how many quarters in a row {} went up or, below zero, down; zero when the quarter before had the same. \
         Counted as far back as every quarter is over and known and has the same repositories.",
        metric.label
    ));
    Metric::new(name, label, Unit::Count, Family::OverTime, definition).without_change()
}

pub(super) fn record_of(metric: &Metric) -> Metric {
    let name = keep(format!("{}_record", metric.name));
    let label = keep(format!("earlier quarters surpassed: {}", metric.label));
    let definition = keep(format!(
        "Over how many quarters before this one, in a row, {} had no value as high or, below zero, none as low; zero \
         when the quarter before had the same. Counted as far back as every quarter is over and known and has the same \
         repositories.",
        metric.label
    ));
    Metric::new(name, label, Unit::Count, Family::OverTime, definition).without_change()
}
