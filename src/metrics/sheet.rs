//! One scope over time: its ledgers, its changes, its cohorts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::calendar::{Calendar, YEAR};
use super::catalogue::{self, Id, Metric};
use super::change::changes;
use super::figure::{Figure, Measured, Standing};
use super::ledger::{Entries, Ledger, Values};
use super::part::Part;
use super::scope::Scope;
use super::standing::of_scope;
use super::tally::tallies;
use crate::people::Person;
use crate::plain::{Number, Period};

/// What every scope is measured with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub calendar: &'a Calendar,
    pub people: &'a [Person],
}

/// One scope over time.
pub(super) struct Sheet {
    pub scope: Scope,
    /// The place of the sheet of the whole that this is a part of.
    pub parent: Option<usize>,
    /// By period.
    pub ledgers: Vec<Ledger>,
    /// By period; nothing where no repository allows the comparison.
    like_for_like: Vec<Option<Values>>,
    /// By period of arrival, then by period.
    cohorts: Vec<Vec<Option<Number>>>,
}

impl Sheet {
    /// Measures a scope.
    pub fn new(scope: Scope, parent: Option<usize>, parts: &[&Part], desk: Desk) -> Self {
        let calendar = desk.calendar;
        let standings: Vec<Standing> = (0..calendar.len()).map(|at| of_scope(parts.iter().copied(), at)).collect();
        let tallies = tallies(parts, calendar.measured(), calendar, desk.people);
        let ledger = |at: usize| {
            Ledger::new(&Entries {
                standing: standings[at],
                now: &tallies[at],
                before: at.checked_sub(1).map(|before| (standings[before], &tallies[before])),
                knows_year: knows_year(parts, at),
                knows_history: knows_history(parts, at),
                knows_before: knows_before(parts, at),
            })
        };
        let mut ledgers: Vec<Ledger> = (0..calendar.len()).map(ledger).collect();
        if let Scope::Repo(_) = scope {
            for ledger in ledgers.iter_mut().filter(|ledger| ledger.standing == Standing::Untracked) {
                ledger.set(Id::TrackedRepos, None);
            }
        }
        let share = |from: usize, at: usize| {
            let closed = standings[from] == Standing::Closed && standings[at] == Standing::Closed;
            (closed && knows_history(parts, from))
                .then(|| Number::quotient(tallies[from].cohort[at], tallies[from].new))
                .flatten()
        };
        let cohorts = (0..calendar.len()).map(|from| (0..calendar.len()).map(|at| share(from, at)).collect()).collect();
        let mut sheet = Self { scope, parent, ledgers, like_for_like: vec![None; calendar.len()], cohorts };
        if !matches!(sheet.scope, Scope::Repo(_)) {
            sheet.compare_like_for_like(parts, desk);
        }
        sheet
    }

    /// The changes against the period before; none unless both are closed.
    fn plain_changes(&self, at: usize) -> Option<Values> {
        let (before, now) = (&self.ledgers[at.checked_sub(1)?], &self.ledgers[at]);
        let closed = before.standing == Standing::Closed && now.standing == Standing::Closed;
        closed.then(|| changes(&before.values, &now.values))
    }

    /// Periods that compare the same repositories are measured together.
    fn compare_like_for_like(&mut self, parts: &[&Part], desk: Desk) {
        let mut sets: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for at in desk.calendar.reported().filter(|&at| at > 0) {
            let comparable = |part: &Part| part.is_closed(at) && part.is_closed(at - 1);
            let set: Vec<usize> = (0..parts.len()).filter(|&place| comparable(parts[place])).collect();
            let tracked = |at| parts.iter().filter(|part| part.is_tracked(at)).count();
            if set.len() == tracked(at) && set.len() == tracked(at - 1) {
                self.like_for_like[at] = self.plain_changes(at);
            } else if !set.is_empty() {
                sets.entry(set).or_default().push(at);
            }
        }
        let compared: Vec<Vec<(usize, Values)>> = sets
            .into_par_iter()
            .map(|(set, periods)| {
                let parts: Vec<&Part> = set.into_iter().map(|place| parts[place]).collect();
                compare(&parts, &periods, desk)
            })
            .collect();
        for (at, values) in compared.into_iter().flatten() {
            self.like_for_like[at] = Some(values);
        }
    }

    /// Every figure of the reported periods.
    pub fn figures(&self, calendar: &Calendar) -> Vec<Measured> {
        let periods: Vec<Period> = calendar.periods().collect();
        let cohorts = calendar.reported().len().pow(2) / 2;
        let mut figures = Vec::with_capacity(calendar.reported().len() * Id::COUNT * 3 + cohorts);
        for at in calendar.reported() {
            let standing = self.ledgers[at].standing;
            let mut put = |metric: &'static Metric, value| {
                let figure = Figure { metric, value, standing };
                figures.push(Measured { period: periods[at], scope: self.scope.clone(), figure });
            };
            let plain = self.plain_changes(at);
            let value = |values: &Option<Values>, id: Id| values.as_ref().and_then(|values| values[id.index()]);
            for id in Id::ALL {
                // The corpus is part of nothing.
                if id != Id::ContributionToChange || self.parent.is_some() {
                    put(catalogue::metric(id), self.ledgers[at].get(id));
                }
                if let Some(metric) = catalogue::change(id) {
                    put(metric, value(&plain, id));
                }
                if let (Some(metric), false) = (catalogue::like_for_like(id), matches!(self.scope, Scope::Repo(_))) {
                    put(metric, value(&self.like_for_like[at], id));
                }
            }
            let earlier = calendar.reported().start..at;
            for (&from, cohort) in periods[earlier.clone()].iter().zip(&self.cohorts[earlier]) {
                put(catalogue::cohort(from), cohort[at]);
            }
        }
        figures
    }
}

/// The changes of a set of repositories, as if it were a scope, into each of some periods.
fn compare(parts: &[&Part], periods: &[usize], desk: Desk) -> Vec<(usize, Values)> {
    let span = periods[0] - 1..periods[periods.len() - 1] + 1;
    let tallies = tallies(parts, span, desk.calendar, desk.people);
    let standing = |at| of_scope(parts.iter().copied(), at);
    let values = |at: usize| {
        let before = at.checked_sub(1).map(|before| (standing(before), &tallies[before]));
        let (knows_year, knows_history) = (knows_year(parts, at), knows_history(parts, at));
        let knows_before = knows_before(parts, at);
        Ledger::new(&Entries {
            standing: standing(at),
            now: &tallies[at],
            before,
            knows_year,
            knows_history,
            knows_before,
        })
        .values
    };
    periods.iter().map(|&at| (at, changes(&values(at - 1), &values(at)))).collect()
}

/// Whether every repository that is tracked in a period is known in each period of the year up to it.
fn knows_year(parts: &[&Part], at: usize) -> bool {
    let year = (at + 1).checked_sub(YEAR);
    let known = |part: &&Part, from: usize| (from..=at).all(|at| part.is_known(at));
    year.is_some_and(|from| parts.iter().filter(|part| part.is_tracked(at)).all(|part| known(part, from)))
}

/// Whether all of the history of every repository that is tracked in a period is known.
fn knows_history(parts: &[&Part], at: usize) -> bool {
    parts.iter().all(|part| part.is_whole || !part.is_tracked(at))
}

/// Whether no repository begins to be known with a period: who was there in the one before is known then.
fn knows_before(parts: &[&Part], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    parts.iter().all(|part| !part.counts(at) || !part.is_tracked(before) || part.is_known(before))
}
