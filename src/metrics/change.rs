//! How a value moved from one period to the next.

use super::catalogue::{Id, metric};
use super::ledger::Values;
use crate::plain::{Number, Unit};

/// The change of every value that has one.
pub(super) fn changes(before: &Values, now: &Values) -> Values {
    let mut changes = [None; Id::COUNT];
    for id in Id::ALL {
        let (metric, at) = (metric(id), id.index());
        if let (true, Some(before), Some(now)) = (metric.has_change, before[at], now[at]) {
            changes[at] = change(metric.unit, before, now);
        }
    }
    changes
}

/// Shares differ by percentage points; everything else moves by a share of what it was, unless that was nothing.
fn change(unit: Unit, before: Number, now: Number) -> Option<Number> {
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
        assert_eq!(change(Unit::Count, Number::ZERO, Number::whole(5)), None);
        assert_eq!(change(Unit::Count, Number::ZERO, Number::ZERO), None);
        assert_eq!(change(Unit::Count, Number::whole(5), Number::ZERO), Some(Number::whole(-1)));
    }

    #[test]
    fn shares_differ_by_points() {
        let (fifth, half) = (Number::quotient(1, 5).unwrap(), Number::quotient(1, 2).unwrap());
        assert_eq!(change(Unit::Share, fifth, half), Some(Number::whole(30)));
        assert_eq!(change(Unit::Share, Number::ZERO, half), Some(Number::whole(50)));
        assert_eq!(change(Unit::Weeks, fifth, half), Number::quotient(3, 2));
    }
}
