//! The clock: when a fetch succeeded, and whether an embargo is over.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::plain::Instant;

/// Now, to the second.
#[must_use]
pub fn now() -> Instant {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Instant(i64::try_from(elapsed).unwrap_or(i64::MAX))
}
