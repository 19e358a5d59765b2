//! Closed periods stay closed: which tip each period was closed at, and which commits each boundary reaches first.

use gix::ObjectId;

use super::walk::Walk;
use crate::data::history::{Boundary, Restatement};
use crate::plain::{Day, Instant, Period};

/// The boundaries that hold for this run, and what a rewritten branch did to the former ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Oldest first.
    pub boundaries: Vec<Boundary>,
    /// The part of the former ones that the branch no longer reaches, if any.
    pub lost: Option<Lost>,
}

/// Boundaries that the branch no longer reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The last period before the lost ones, when there is one.
    pub kept_through: Option<Period>,
    /// The last period that was closed.
    pub through: Period,
    /// The first boundary lost.
    pub was: String,
}

/// The last period that is over at the horizon.
#[must_use]
pub fn last_closed(horizon: Option<Instant>) -> Option<Period> {
    horizon.map(|horizon| Period::of(horizon.day()).before(1))
}

/// Keeps those former boundaries that are still reached, and closes what is over by now at the tip.
#[must_use]
pub fn plan(former: &[Boundary], walk: &Walk, tip: Option<ObjectId>, horizon: Option<Instant>) -> Plan {
    let is_reached =
        |boundary: &&Boundary| ObjectId::from_hex(boundary.tip.as_bytes()).is_ok_and(|id| walk.index.contains_key(&id));
    let mut boundaries: Vec<Boundary> = former.iter().take_while(is_reached).cloned().collect();
    let lost = former.get(boundaries.len()).map(|first| Lost {
        kept_through: boundaries.last().map(|boundary| boundary.through),
        through: former.last().map_or(first.through, |last| last.through),
        was: first.tip.clone(),
    });
    let closed = boundaries.last().map(|boundary| boundary.through);
    if let (Some(tip), Some(through)) = (tip, last_closed(horizon))
        && closed.is_none_or(|closed| closed < through)
    {
        boundaries.push(Boundary { through, tip: tip.to_string(), origin: None });
    }
    Plan { boundaries, lost }
}

impl Lost {
    /// As it stands in the file. `first` is the first period with a commit.
    #[must_use]
    pub fn restatement(&self, first: Option<Period>, vanished: Option<u32>) -> Restatement {
        let from = self.kept_through.map(Period::next).or(first).unwrap_or(self.through);
        Restatement {
            from: from.min(self.through),
            through: self.through,
            was: self.was.clone(),
            of_origin: false,
            vanished,
        }
    }
}

/// For each commit the first boundary that reaches it; the number of boundaries for those that none reaches yet.
#[must_use]
pub fn groups(walk: &Walk, boundaries: &[Boundary]) -> Vec<u32> {
    let open = u32::try_from(boundaries.len()).expect("a handful of boundaries");
    let mut group = vec![open; walk.records.len()];
    for (number, boundary) in (0..).zip(boundaries) {
        let start = ObjectId::from_hex(boundary.tip.as_bytes()).ok().and_then(|id| walk.index.get(&id).copied());
        let mut pending: Vec<u32> = start.into_iter().collect();
        while let Some(at) = pending.pop() {
            // What an earlier boundary reached, it reached with all its ancestors.
            if group[at as usize] == open {
                group[at as usize] = number;
                pending.extend(&walk.records[at as usize].parents);
            }
        }
    }
    group
}

/// The period in which a commit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The period.
    pub period: Period,
    /// Whether its own period had been closed before it arrived.
    pub is_late: bool,
    /// Whether it arrived more than 365 whole days after its date.
    pub is_imported: bool,
    /// Whether it is the origin's: nothing of it counts here.
    pub is_shared: bool,
}

/// More than so many whole UTC days before the period of arrival makes a commit an import.
const IMPORT_DAYS: i32 = 365;

/// Where a commit of `group` and a date counts.
#[must_use]
pub fn slot(boundaries: &[Boundary], group: u32, day: Day) -> Slot {
    let own = Period::of(day);
    // The first period that is still open when this group arrives.
    let opened = (group as usize).checked_sub(1).map(|before| boundaries[before].through.next());
    match opened {
        Some(opened) if own < opened => {
            let is_imported = opened.start().days_since(day) > IMPORT_DAYS;
            Slot { period: opened, is_late: true, is_imported, is_shared: false }
        }
        _ => Slot { period: own, is_late: false, is_imported: false, is_shared: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundary(through: &str) -> Boundary {
        Boundary { through: through.parse().unwrap(), tip: String::new(), origin: None }
    }

    #[test]
    fn late_commits_count_where_they_arrive_and_old_ones_are_imports() {
        let boundaries = [boundary("2024-Q3"), boundary("2025-Q1")];
        let slot = |group, day: &str| {
            let slot = slot(&boundaries, group, day.parse().unwrap());
            (slot.period.to_string(), slot.is_late, slot.is_imported)
        };
        assert_eq!(slot(0, "2019-01-01"), ("2019-Q1".into(), false, false));
        assert_eq!(slot(1, "2024-09-30"), ("2024-Q4".into(), true, false));
        assert_eq!(slot(1, "2025-02-01"), ("2025-Q1".into(), false, false));
        assert_eq!(slot(1, "2023-10-02"), ("2024-Q4".into(), true, false));
        assert_eq!(slot(1, "2023-10-01"), ("2024-Q4".into(), true, true));
        assert_eq!(slot(2, "2025-03-31"), ("2025-Q2".into(), true, false));
        assert_eq!(slot(2, "2026-03-31"), ("2026-Q1".into(), false, false));
    }

    #[test]
    fn a_period_closes_when_the_horizon_is_at_its_end() {
        let closed = |horizon: &str| last_closed(horizon.parse().ok()).map(|period| period.to_string());
        assert_eq!(closed("2026-07-01"), Some("2026-Q2".into()));
        assert_eq!(closed("2026-06-30T23:59:59Z"), Some("2026-Q1".into()));
        assert_eq!(last_closed(None), None);
    }
}
