//! The periods that are looked at, by number: the reported ones, and those before that they are compared with.

use std::ops::Range;

use crate::data::settings::Periods;
use crate::plain::Period;
use crate::plain::day::Week;

/// The first reported period is compared with the one before it, whose trailing year begins three earlier.
const LEAD: u16 = 4;

/// How many periods a trailing year of 52 weeks can touch.
pub(super) const YEAR: usize = 4;

/// The periods from four before the first reported one to the last reported one, numbered from 0.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    base: Period,
    periods: Vec<Period>,
    first_weeks: Vec<Week>,
    last_weeks: Vec<Week>,
    lead: usize,
}

impl Calendar {
    pub fn new(periods: Periods) -> Self {
        let base = periods.from.before(LEAD);
        let lead = usize::try_from(periods.from.since(base)).expect("the base is not after the first period");
        let first_weeks = base.through(periods.to).map(Period::first_week).collect();
        let last_weeks = base.through(periods.to).map(|period| period.last_day().week()).collect();
        let periods = base.through(periods.to).collect();
        Self { base, periods, first_weeks, last_weeks, lead }
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.first_weeks.len()
    }

    /// The number of a period, which is negative before the first.
    pub fn number(&self, period: Period) -> i32 {
        period.since(self.base)
    }

    /// The number of a period, if it is one of these.
    pub fn index(&self, period: Period) -> Option<usize> {
        usize::try_from(self.number(period)).ok().filter(|&at| at < self.len())
    }

    /// The period of a number.
    pub fn period(&self, at: usize) -> Period {
        self.periods[at]
    }

    /// All of them.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        self.periods.iter().copied()
    }

    /// The reported periods.
    pub fn reported(&self) -> Range<usize> {
        self.lead..self.len()
    }

    /// The reported periods and the one before them.
    pub fn measured(&self) -> Range<usize> {
        self.lead.saturating_sub(1)..self.len()
    }

    /// The weeks of a period's mask that lie in the 52 weeks up to the end of period `end`; bit 0 is the first of them.
    pub fn weeks_of_year(&self, weeks: u16, at: usize, end: usize) -> u64 {
        let offset = self.first_weeks[at] - (self.last_weeks[end] - 51);
        let mask = u64::from(weeks);
        let shifted = if offset < 0 {
            mask.checked_shr(offset.unsigned_abs()).unwrap_or(0)
        } else {
            mask.checked_shl(offset.unsigned_abs()).unwrap_or(0)
        };
        shifted & ((1 << 52) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(from: &str, to: &str) -> Calendar {
        Calendar::new(Periods { from: from.parse().unwrap(), to: to.parse().unwrap() })
    }

    #[test]
    fn a_week_that_two_quarters_share_is_one_bit() {
        let calendar = calendar("2024-Q1", "2024-Q2");
        // Friday 30 June and Saturday 1 July 2023 lie in one week.
        let (spring, summer) = (1, 2);
        let last_of_spring = calendar.last_weeks[spring] - calendar.first_weeks[spring];
        let end = calendar.index("2024-Q1".parse().unwrap()).unwrap();
        assert_eq!(calendar.weeks_of_year(1 << last_of_spring, spring, end), calendar.weeks_of_year(1, summer, end),);
    }

    #[test]
    fn a_year_ends_with_the_week_of_the_last_day() {
        // 2021-Q1 begins in week 53 of 2020; 2020 has 53 weeks.
        let calendar = calendar("2020-Q4", "2021-Q1");
        let end = calendar.index("2020-Q4".parse().unwrap()).unwrap();
        let last = calendar.last_weeks[end] - calendar.first_weeks[end];
        assert_eq!(calendar.weeks_of_year(1 << last, end, end), 1 << 51);
        // The first 52 weeks end with week 53, so they begin with week 2; week 1 touches 2020-Q1 and is outside.
        let first = end - 3;
        assert_eq!(calendar.weeks_of_year(1, first, end), 0);
        assert_eq!(calendar.weeks_of_year(1 << 1, first, end), 1);
        // The week after belongs to the next quarter's first week as well.
        assert_eq!(calendar.weeks_of_year(1, end + 1, end), 1 << 51);
    }

    #[test]
    fn the_first_years_of_the_calendar_do_not_fall_off() {
        let calendar = calendar("0000-Q2", "0000-Q3");
        assert_eq!((calendar.len(), calendar.reported(), calendar.measured()), (3, 1..3, 0..3));
    }
}
