//! The clock: when a fetch succeeded, and whether an embargo is over.

use std::sync::OnceLock;
use std::time::{Instant as Moment, SystemTime, UNIX_EPOCH};

use crate::plain::Instant;

/// Nanoseconds since this was first asked, for what is compared within one run.
#[must_use]
pub fn elapsed() -> u64 {
    static BEGAN: OnceLock<Moment> = OnceLock::new();
    u64::try_from(BEGAN.get_or_init(Moment::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Now, to the second.
#[must_use]
pub fn now() -> Instant {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Instant(i64::try_from(elapsed).unwrap_or(i64::MAX))
}
