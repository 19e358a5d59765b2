//! How long pages, templates and charts take, for whoever asks.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Nanoseconds since some moment; pages know no clock of their own.
pub type Clock = fn() -> u64;

/// What can take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// A page, with its templates and charts.
    Page,
    /// A template, with those that it includes, on all pages together.
    Template,
    /// A chart, with its files.
    Chart,
}

/// How often, and how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// How often.
    pub times: u64,
    /// Nanoseconds on the clock; of work on several cores at once, the sum.
    pub nanoseconds: u64,
}

/// What was measured, from all threads.
#[derive(Debug)]
pub struct Timings {
    clock: Clock,
    spent: Mutex<BTreeMap<(Work, String), Spent>>,
}

impl Timings {
    /// Nothing yet.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, spent: Mutex::default() }
    }

    /// Does the work, and notes how long it took.
    pub fn note<T>(&self, work: Work, name: &str, run: impl FnOnce() -> T) -> T {
        let began = (self.clock)();
        let result = run();
        let took = (self.clock)().saturating_sub(began);
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = spent.entry((work, name.to_owned())).or_default();
        *entry = Spent { times: entry.times + 1, nanoseconds: entry.nanoseconds + took };
        result
    }

    /// The work that took the longest, the longest first; of as long ones, by name.
    #[must_use]
    pub fn slowest(&self, work: Work, count: usize) -> Vec<(String, Spent)> {
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let own = spent.iter().filter(|((sort, _), _)| *sort == work);
        let mut own: Vec<(String, Spent)> = own.map(|((_, name), spent)| (name.clone(), *spent)).collect();
        own.sort_by_key(|(_, spent)| Reverse(spent.nanoseconds));
        own.truncate(count);
        own
    }
}

/// Does the work, and notes how long it took where somebody asks.
pub fn noted<T>(timings: Option<&Timings>, work: Work, name: &str, run: impl FnOnce() -> T) -> T {
    match timings {
        Some(timings) => timings.note(work, name, run),
        None => run(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Each look at it is ten nanoseconds later than the one before.
    fn clock() -> u64 {
        static NOW: AtomicU64 = AtomicU64::new(0);
        NOW.fetch_add(10, Ordering::Relaxed)
    }

    #[test]
    fn what_takes_longest_comes_first_and_is_summed() {
        let timings = Timings::new(clock);
        for (work, name) in [(Work::Page, "a"), (Work::Page, "b"), (Work::Page, "a"), (Work::Chart, "c")] {
            assert_eq!(noted(Some(&timings), work, name, || 7), 7);
        }
        let spent = |times, nanoseconds| Spent { times, nanoseconds };
        assert_eq!(timings.slowest(Work::Page, 1), [("a".to_owned(), spent(2, 20))]);
        let pages = timings.slowest(Work::Page, 5);
        assert_eq!(pages, [("a".to_owned(), spent(2, 20)), ("b".to_owned(), spent(1, 10))]);
        assert_eq!(timings.slowest(Work::Chart, 5), [("c".to_owned(), spent(1, 10))]);
        assert_eq!(noted(None, Work::Page, "a", || 7), 7);
    }
}
