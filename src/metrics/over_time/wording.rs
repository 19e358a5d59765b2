//! Figures in plain words, for lines that are read on their own.

use crate::metrics::{Metric, Scope};
use crate::plain::{Number, Unit};

/// What a reader calls a scope.
pub type Titles<'a> = dyn Fn(&Scope) -> String + 'a;

/// From here on a change is told in per cent; below, both values say more.
const LARGE: u8 = 100;

/// `120`, `64%`, `2.35`, by the unit.
pub(super) fn amount(value: Number, unit: Unit) -> String {
    match unit {
        Unit::Count | Unit::Hours | Unit::Lines => value.fixed(0),
        Unit::Share => percent(value),
        Unit::Points | Unit::Ratio | Unit::Weeks => value.fixed(2),
    }
}

/// `64%`.
pub(super) fn percent(share: Number) -> String {
    format!("{}%", share.times(100).fixed(0)).replace('-', "\u{2212}")
}

/// `+22%`; none when there was nothing before.
pub(super) fn growth(before: Number, now: Number) -> Option<String> {
    let share = now.minus(before).over(before)?;
    let sign = if share.sign() > 0 { "+" } else { "" };
    Some(format!("{sign}{}", percent(share)))
}

/// `new contributors (9 against 21)`, `commits (−31%)`.
pub(super) fn aside(metric: &Metric, before: Number, now: Number) -> String {
    let large = before >= Number::whole(LARGE);
    match growth(before, now).filter(|_| large) {
        Some(growth) => format!("{} ({growth})", metric.label),
        None => format!("{} ({})", metric.label, against(metric, before, now)),
    }
}

/// `9 against 21`.
pub(super) fn against(metric: &Metric, before: Number, now: Number) -> String {
    format!("{} against {}", amount(now, metric.unit), amount(before, metric.unit))
}

/// `61 contributors where 50 were a quarter before`.
pub(super) fn moved(metric: &Metric, before: Number, now: Number) -> String {
    let (was, is) = (amount(before, metric.unit), amount(now, metric.unit));
    format!("{is} {} where {was} were a quarter before", metric.label)
}

/// `61 contributors after 50 (+22%)`; for what isn't a sum, `retention of 64% after 71%`.
pub(super) fn after(metric: &Metric, before: Number, now: Number) -> String {
    let was = amount(before, metric.unit);
    let text = format!("{} after {was}", level(metric, now));
    match growth(before, now).filter(|_| metric.unit != Unit::Share) {
        Some(growth) => format!("{text} ({growth})"),
        None => text,
    }
}

/// `61 contributors`; for what isn't a sum, `retention of 64%`.
pub(super) fn level(metric: &Metric, now: Number) -> String {
    let (is, label) = (amount(now, metric.unit), metric.label);
    match metric.unit {
        Unit::Count | Unit::Hours | Unit::Lines => format!("{is} {label}"),
        _ => format!("{label} of {is}"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
