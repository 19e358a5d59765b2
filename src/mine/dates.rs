//! Impossible dates: before 1990, or after the tip that first reached the commit.

use gix::ObjectId;

use super::walk::Walk;
use crate::data::history::Boundary;

/// 1990-01-01T00:00:00Z.
const EARLIEST: i64 = 631_152_000;

/// A date that is used for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Seconds since the epoch.
    pub seconds: i64,
    /// Whether it isn't the commit's own.
    pub is_mended: bool,
}

/// The date of each commit: its own if possible, else that of the nearest first-parent ancestor with a possible one,
/// else the earliest of the branch as its boundary saw it.
#[must_use]
pub fn mend(walk: &Walk, boundaries: &[Boundary], groups: &[u32], tip: Option<ObjectId>) -> Vec<Dated> {
    let limits = limits(walk, boundaries, tip);
    let is_possible = |at: usize| {
        let date = walk.records[at].committed;
        date >= EARLIEST && date <= limits[groups[at] as usize]
    };
    let fallback = earliest(walk, groups, limits.len(), is_possible);
    let mut dates: Vec<Option<Dated>> = vec![None; walk.records.len()];
    for start in 0..walk.records.len() {
        let mut chain = Vec::new();
        let mut at = start;
        let found = loop {
            if let Some(dated) = dates[at] {
                break dated.seconds;
            }
            if is_possible(at) {
                let seconds = walk.records[at].committed;
                dates[at] = Some(Dated { seconds, is_mended: false });
                break seconds;
            }
            chain.push(at);
            match walk.records[at].first_parent {
                Some(parent) => at = parent as usize,
                None => break fallback[groups[at] as usize],
            }
        };
        for at in chain {
            dates[at] = Some(Dated { seconds: found, is_mended: true });
        }
    }
    dates.into_iter().map(|dated| dated.expect("every commit was visited")).collect()
}

/// Per group, the date of the tip that closes it.
fn limits(walk: &Walk, boundaries: &[Boundary], tip: Option<ObjectId>) -> Vec<i64> {
    let date = |id: Option<ObjectId>| {
        id.and_then(|id| walk.index.get(&id)).map_or(i64::MAX, |&at| walk.records[at as usize].committed)
    };
    let closed = boundaries.iter().map(|boundary| date(ObjectId::from_hex(boundary.tip.as_bytes()).ok()));
    closed.chain([date(tip)]).collect()
}

/// Per group, the earliest possible date among all that its boundary reaches; where none is possible, the earliest.
fn earliest(walk: &Walk, groups: &[u32], count: usize, is_possible: impl Fn(usize) -> bool) -> Vec<i64> {
    let mut possible = vec![None; count];
    let mut any = vec![None; count];
    for (at, record) in walk.records.iter().enumerate() {
        let group = groups[at] as usize;
        let lower = |old: Option<i64>| Some(old.map_or(record.committed, |old| old.min(record.committed)));
        any[group] = lower(any[group]);
        if is_possible(at) {
            possible[group] = lower(possible[group]);
        }
    }
    let running = |values: Vec<Option<i64>>| -> Vec<Option<i64>> {
        let smaller = |least: &mut Option<i64>, value: Option<i64>| {
            *least = [*least, value].into_iter().flatten().min();
            Some(*least)
        };
        values.into_iter().scan(None, smaller).collect()
    };
    running(possible).into_iter().zip(running(any)).map(|(possible, any)| possible.or(any).unwrap_or(0)).collect()
}
