//! How a value moved from one period to the next.

use super::catalogue::{Id, metric};
use super::ledger::Values;
use crate::plain::{Number, Unit};

/// The change of every value that has one.
pub(super) fn changes(before: &Values, now: &Values) -> Values {
    Id::ALL.map(|id| change(id, before, now))
}

/// The change of a value, if it has one.
pub(super) fn change(id: Id, before: &Values, now: &Values) -> Option<Number> {
    let (metric, at) = (metric(id), id.index());
    of_unit(metric.unit, before[at]?, now[at]?).filter(|_| metric.has_change)
}

/// Shares differ by percentage points; everything else moves by a share of what it was, unless that was nothing.
fn of_unit(unit: Unit, before: Number, now: Number) -> Option<Number> {
    match unit {
        Unit::Share | Unit::Points => Some(now.minus(before).times(100)),
        _ => now.minus(before).over(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_nothing_there_is_no_change() {
        assert_eq!(of_unit(Unit::Count, Number::ZERO, Number::whole(5)), None);
        assert_eq!(of_unit(Unit::Count, Number::ZERO, Number::ZERO), None);
        assert_eq!(of_unit(Unit::Count, Number::whole(5), Number::ZERO), Some(Number::whole(-1)));
    }

    #[test]
    fn shares_differ_by_points() {
        let (fifth, half) = (Number::quotient(1, 5).unwrap(), Number::quotient(1, 2).unwrap());
        assert_eq!(of_unit(Unit::Share, fifth, half), Some(Number::whole(30)));
        assert_eq!(of_unit(Unit::Share, Number::ZERO, half), Some(Number::whole(50)));
        assert_eq!(of_unit(Unit::Weeks, fifth, half), Number::quotient(3, 2));
    }
}
