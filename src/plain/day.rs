//! A calendar day and its ISO week, in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day in UTC, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// An ISO week (Monday to Sunday, UTC), counted from the one that holds 1970-01-01.
pub type Week = i32;

const SECONDS: i64 = 86_400;
const FIRST: i64 = -719_528; // 0000-01-01
const LAST: i64 = 2_932_896; // 9999-12-31
const DAYS_OF_ERA: i32 = 146_097; // 400 years
const MARCH_OF_0: i32 = 719_468; // from 0000-03-01 to 1970-01-01

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
        // Counted by hand, since files hold hundreds of thousands of days. Years begin in March here, so that the day
        // that some years have more stands at their end; they repeat every 400 years.
        let (month, day) = (i32::from(date.month()), i32::from(date.day()));
        let year = i32::from(date.year()) - i32::from(month < 3);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - MARCH_OF_0)
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.0 + MARCH_OF_0;
        let (era, of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let small = |number: i32| i8::try_from(number).expect("months and their days are few");
        let year =
            i16::try_from(era * 400 + year + i32::from(month < 3)).expect("every Day lies in the years 0 to 9999");
        Date::new(year, small(month), small(day)).expect("every Day lies in the years 0 to 9999")
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
    // A week belongs to the year of its Thursday.
    let days = (i64::from(week) * 7).clamp(FIRST - 6, LAST);
    let thursday = Day(i32::try_from(days).expect("clamped to a range that fits"));
    let first = Day::of_date(Date::new(thursday.date().year(), 1, 1).expect("every year has a first day"));
    u8::try_from(thursday.days_since(first) / 7 + 1).expect("ISO weeks are numbered 1 to 53")
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = || {
            let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text.as_bytes() else { return None };
            let number = |digits: &[u8]| {
                let digit = |sum: i16, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0'));
                digits.iter().try_fold(0, digit)
            };
            let small = |digits: [u8; 2]| number(&digits).and_then(|number| i8::try_from(number).ok());
            Date::new(number(&[y0, y1, y2, y3])?, small([m0, m1])?, small([d0, d1])?).ok()
        };
        date().map(Self::of_date).ok_or_else(|| format!("`{text}` is not a day; write it as 2026-06-30"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return super::text::deserialize(deserializer);
        }
        let number = i32::deserialize(deserializer)?;
        let exists = (FIRST..=LAST).contains(&number.into());
        exists.then_some(Self(number)).ok_or_else(|| D::Error::custom("no day has the number"))
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
    fn every_day_is_the_one_that_the_calendar_says() {
        let epoch = Date::constant(1970, 1, 1);
        let mut date = Date::constant(0, 1, 1);
        for number in FIRST..=LAST {
            let day = Day(i32::try_from(number).unwrap());
            assert_eq!((day.date(), Day::of_date(date)), (date, day));
            if number % 97 == 0 {
                assert_eq!((date - epoch).get_days(), day.0);
                assert_eq!(i64::from(week_number(day.week())), i64::from(date.iso_week_date().week()), "{date}");
                assert_eq!(date.to_string().parse(), Ok(day));
            }
            date = date.tomorrow().unwrap_or(date);
        }
    }

    #[test]
    fn only_one_spelling_is_a_day() {
        for wrong in ["2024-1-01", "2024-02-30", "+024-01-01", "2024-13-01", "2024/01/01", "2024-01-01T", "²024-01-1"]
        {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn instants_before_the_epoch_floor_to_their_day() {
        assert_eq!(Day::of_seconds(-1), day("1969-12-31"));
        assert_eq!(Day::of_seconds(i64::MAX).to_string(), "9999-12-31");
        assert_eq!(Day::of_seconds(i64::MIN).date().year(), 0);
        assert_eq!(day("2026-06-30").date().to_string(), "2026-06-30");
    }
}
