//! A moment, to the second, in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Day;

/// Seconds since 1970-01-01T00:00:00Z. Written as `2026-07-01T00:00:00Z`; read from a day as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The day that holds it.
    #[must_use]
    pub fn day(self) -> Day {
        Day::of_seconds(self.0)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let moment = Timestamp::from_second(seconds).expect("clamped to what exists");
        write!(f, "{moment}")
    }
}

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(day) = text.parse::<Day>() {
            return Ok(Self(day.seconds()));
        }
        match text.parse::<Timestamp>() {
            Ok(moment) => Ok(Self(moment.as_second())),
            Err(_) => Err(format!("`{text}` is not a moment; write 2026-07-01 or 2026-07-01T12:00:00Z")),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return super::text::deserialize(deserializer);
        }
        i64::deserialize(deserializer).map(Self)
    }
}
