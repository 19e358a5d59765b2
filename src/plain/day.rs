//! A calendar day and its ISO week, in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day in UTC, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// An ISO week (Monday to Sunday, UTC), counted from the one that holds 1970-01-01.
pub type Week = i32;

const SECONDS: i64 = 86_400;
const FIRST: i64 = -719_528; // 0000-01-01
const LAST: i64 = 2_932_896; // 9999-12-31

impl Day {
    /// The day that holds an instant, in seconds since the epoch; clamped to the years 0 to 9999.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(SECONDS).clamp(FIRST, LAST);
        Self(i32::try_from(days).expect("clamped to a range that fits"))
    }

    /// The first instant of the day, in seconds since the epoch.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.0) * SECONDS
    }

    /// The day of a calendar date.
    #[must_use]
    pub fn of_date(date: Date) -> Self {
        let days = (date - Date::constant(1970, 1, 1)).get_days();
        Self(days)
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> Date {
        Date::constant(1970, 1, 1)
            .checked_add(jiff::Span::new().days(self.0))
            .expect("every Day lies in the years 0 to 9999")
    }

    /// How many days this one lies after `earlier`; negative when before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The day before, but never before year 0.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of_seconds(self.seconds() - SECONDS)
    }

    /// The ISO week that holds the day.
    #[must_use]
    pub fn week(self) -> Week {
        // 1970-01-01 was a Thursday: the third day after its week's Monday.
        (self.0 + 3).div_euclid(7)
    }
}

/// The number, 1 to 53, that the ISO calendar gives a week within its year.
#[must_use]
pub fn week_number(week: Week) -> u8 {
    let monday = Day::of_seconds((i64::from(week) * 7 - 3) * SECONDS);
    let number = monday.date().iso_week_date().week();
    u8::try_from(number).expect("ISO weeks are numbered 1 to 53")
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shaped = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        match text.parse::<Date>() {
            Ok(date) if shaped => Ok(Self::of_date(date)),
            _ => Err(format!("`{text}` is not a day; write it as 2026-06-30")),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn weeks_begin_on_monday_and_are_numbered_as_iso_does() {
        assert_eq!(week_number(day("2026-01-01").week()), 1);
        assert_eq!(week_number(day("2021-01-03").week()), 53);
        assert_eq!(day("2026-06-28").week() + 1, day("2026-06-29").week());
        assert_eq!(week_number(day("2024-12-30").week()), 1);
    }

    #[test]
    fn instants_before_the_epoch_floor_to_their_day() {
        assert_eq!(Day::of_seconds(-1), day("1969-12-31"));
        assert_eq!(Day::of_seconds(i64::MAX).to_string(), "9999-12-31");
        assert_eq!(Day::of_seconds(i64::MIN).date().year(), 0);
        assert_eq!(day("2026-06-30").date().to_string(), "2026-06-30");
    }
}
