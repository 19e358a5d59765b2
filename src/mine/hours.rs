//! Hours of work, estimated from the dates at which an author wrote commits (the git-hours rule).

/// A longer pause ends a session.
const LONGEST_GAP: i64 = 120 * 60;

/// What the first commit of a session is taken to have cost.
const FIRST_COMMIT: i64 = 120 * 60;

/// Seconds of work behind commits written at these dates: a gap up to 120 minutes counts whole, a longer one and the
/// first commit count 120 minutes. No dates, no work.
#[must_use]
pub fn seconds(dates: &mut [i64]) -> u64 {
    dates.sort_unstable();
    let gaps = dates.windows(2).map(|pair| match pair[1].saturating_sub(pair[0]) {
        gap if gap <= LONGEST_GAP => gap,
        _ => FIRST_COMMIT,
    });
    let first = if dates.is_empty() { 0 } else { FIRST_COMMIT };
    u64::try_from(first + gaps.sum::<i64>()).expect("neither term is negative")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_added_up() {
        assert_eq!(seconds(&mut []), 0);
        assert_eq!(seconds(&mut [500]), 7200);
        assert_eq!(seconds(&mut [3600, 0]), 7200 + 3600);
        assert_eq!(seconds(&mut [0, 7200]), 7200 + 7200);
        assert_eq!(seconds(&mut [0, 7201]), 7200 + 7200);
        assert_eq!(seconds(&mut [0, 0, 100_000]), 7200 + 7200);
        assert_eq!(seconds(&mut [i64::MIN, i64::MAX]), 7200 + 7200);
    }
}
