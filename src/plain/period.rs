//! A calendar quarter, `2024-Q3`: from 2024-07-01T00:00:00Z up to 2024-10-01.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::day::{Day, Week, week_number};

/// A calendar quarter, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(i32);

impl Period {
    /// Quarter `quarter` (1 to 4) of `year` (0 to 9999).
    #[must_use]
    pub fn new(year: i16, quarter: u8) -> Self {
        assert!((0..=9999).contains(&year) && (1..=4).contains(&quarter));
        Self(i32::from(year) * 4 + i32::from(quarter) - 1)
    }

    /// The quarter that holds a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        let date = day.date();
        let quarter = (date.month() - 1) / 3 + 1;
        Self::new(date.year(), u8::try_from(quarter).expect("months are 1 to 12"))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(4)).expect("years are 0 to 9999")
    }

    /// The quarter within the year, 1 to 4.
    #[must_use]
    pub fn quarter(self) -> u8 {
        u8::try_from(self.0.rem_euclid(4) + 1).expect("1 to 4")
    }

    /// The first day.
    #[must_use]
    pub fn start(self) -> Day {
        let month = i8::try_from(self.quarter() * 3 - 2).expect("1, 4, 7 or 10");
        Day::of_date(Date::new(self.year(), month, 1).expect("the first of a month exists"))
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        if self.year() == 9999 && self.quarter() == 4 {
            return Day::of_date(Date::MAX);
        }
        self.next().start().previous()
    }

    /// The instant at which it is over, in seconds since the epoch.
    #[must_use]
    pub fn end_seconds(self) -> i64 {
        self.last_day().seconds() + 86_400
    }

    /// The quarter after; never after the year 9999.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1).min(9999 * 4 + 3))
    }

    /// The quarter `count` before.
    #[must_use]
    pub fn before(self, count: u16) -> Self {
        Self((self.0 - i32::from(count)).max(0))
    }

    /// Quarters from `earlier` to this one; negative when this one is the earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// All quarters from this one to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + use<> {
        (self.0..=last.0).map(Self)
    }

    /// The ISO week of the first day; a quarter touches at most 14 weeks from there on.
    #[must_use]
    pub fn first_week(self) -> Week {
        self.start().week()
    }

    /// The week that bears `number` among those that the quarter touches.
    #[must_use]
    pub fn week_numbered(self, number: u8) -> Option<Week> {
        let (first, last) = (self.first_week(), self.last_day().week());
        let start = week_number(first);
        let week = if number >= start {
            first + Week::from(number - start)
        } else if self.quarter() == 1 {
            // The year begins in the last week of the one before.
            first + Week::from(number)
        } else {
            // Only the first week of the next year is numbered lower.
            last
        };
        (week <= last && week_number(week) == number).then_some(week)
    }

    /// As in addresses: `2024-q3`.
    #[must_use]
    pub fn slug(self) -> String {
        self.to_string().to_lowercase()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year(), self.quarter())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a period; write a quarter as 2024-Q3");
        let (year, quarter) = text.split_once("-Q").ok_or_else(wrong)?;
        if year.len() != 4 || quarter.len() != 1 {
            return Err(wrong());
        }
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let year = year.parse::<u16>().map_err(|_| wrong())?;
        match quarter.parse::<u8>() {
            Ok(quarter @ 1..=4) => Ok(Self::new(i16::try_from(year).expect("four digits"), quarter)),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return super::text::deserialize(deserializer);
        }
        let number = i32::deserialize(deserializer)?;
        let exists = (0..40_000).contains(&number);
        exists.then_some(Self(number)).ok_or_else(|| D::Error::custom("no period has the number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().expect("a period")
    }

    #[test]
    fn quarters_have_their_days() {
        assert_eq!(period("2024-Q3").start().to_string(), "2024-07-01");
        assert_eq!(period("2024-Q1").last_day().to_string(), "2024-03-31");
        assert_eq!(Period::of("2024-12-31".parse().unwrap()), period("2024-Q4"));
        assert_eq!(period("2024-Q1").before(1), period("2023-Q4"));
        assert_eq!(period("9999-Q4").last_day().to_string(), "9999-12-31");
        assert_eq!((period("9999-Q4").next(), period("0000-Q1").before(1)), (period("9999-Q4"), period("0000-Q1")));
    }

    #[test]
    fn a_quarter_may_touch_fourteen_weeks_and_names_each_once() {
        let widest = (1990..2100)
            .flat_map(|year| (1..=4).map(move |quarter| Period::new(year, quarter)))
            .map(|p| p.last_day().week() - p.first_week() + 1)
            .max();
        assert_eq!(widest, Some(14));
        let q1 = period("2021-Q1");
        assert_eq!(q1.week_numbered(53), Some(q1.first_week()));
        assert_eq!(q1.week_numbered(40), None);
    }

    #[test]
    fn only_one_spelling_is_a_period() {
        for wrong in ["2024Q3", "2024-q3", "2024-Q5", "24-Q3", "2024-Q33", "+024-Q1", "-024-Q1", ""] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
