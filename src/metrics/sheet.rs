//! One scope over time: its ledgers, its changes, its cohorts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::calendar::{Calendar, YEAR};
use super::catalogue::{self, Id, Metric};
use super::change::{change, changes};
use super::figure::{Figure, Measured, Standing};
use super::ledger::{Entries, Ledger, Values};
use super::part::Part;
use super::roll::Index;
use super::scope::Scope;
use super::standing::of_scope;
use super::tally::{Tally, tallies};
use crate::people::Person;
use crate::plain::Number;

/// What every scope is measured with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub calendar: &'a Calendar,
    pub people: &'a [Person],
    pub index: &'a Index,
}

/// One scope over time.
#[derive(PartialEq, Eq)]
pub(super) struct Sheet {
    pub scope: Arc<Scope>,
    /// The place of the sheet of the whole that this is a part of.
    pub parent: Option<usize>,
    /// Whether the whole consists of this and others like it, each repository in one of them.
    pub is_partition: bool,
    /// By period.
    pub ledgers: Vec<Ledger>,
    /// By period: whether what trees say was found under the same rules as in the period before.
    same_rules: Vec<bool>,
    /// By period; nothing where no repository allows the comparison.
    like_for_like: Vec<Option<Box<Values>>>,
    /// By period of arrival, then by period.
    cohorts: Vec<Vec<Option<Number>>>,
}

/// What a scope is measured from.
#[derive(Clone)]
pub(super) struct Terms<'a> {
    /// Whose rows are counted.
    pub parts: Vec<&'a Part>,
    /// What has to be known: the repositories themselves, also where only some people's rows are counted.
    pub ground: Vec<&'a Part>,
    pub parent: Option<usize>,
    pub is_partition: bool,
}

impl Sheet {
    /// Measures a scope.
    pub fn new(scope: Scope, terms: &Terms, desk: Desk) -> Self {
        let calendar = desk.calendar;
        let (parts, ground) = (&terms.parts[..], &terms.ground[..]);
        let standings: Vec<Standing> = (0..calendar.len()).map(|at| of_scope(ground.iter().copied(), at)).collect();
        let tallies = tallies(parts, calendar.measured(), desk);
        let ledger = |at: usize| Ledger::new(&entries(ground, &tallies, at, &standings));
        let mut ledgers: Vec<Ledger> = (0..calendar.len()).map(ledger).collect();
        if let Scope::Repo(_) = scope {
            for ledger in ledgers.iter_mut().filter(|ledger| ledger.standing == Standing::Untracked) {
                ledger.set(Id::TrackedRepos, None);
            }
        }
        let share = |from: usize, at: usize| {
            let closed = standings[from] == Standing::Closed && standings[at] == Standing::Closed;
            (closed && knows_history(ground, from))
                .then(|| Number::quotient(tallies[from].cohort[at], tallies[from].new))
                .flatten()
        };
        let cohorts = (0..calendar.len()).map(|from| (0..calendar.len()).map(|at| share(from, at)).collect()).collect();
        let same_rules = (0..calendar.len()).map(|at| same_rules(parts, at)).collect();
        let like_for_like = vec![None; calendar.len()];
        let Terms { parent, is_partition, .. } = *terms;
        let mut sheet =
            Self { scope: Arc::new(scope), parent, is_partition, ledgers, same_rules, like_for_like, cohorts };
        if sheet.scope.is_set() {
            sheet.compare_like_for_like(parts, desk);
        }
        sheet
    }

    /// A sheet of which only ledgers are known.
    pub fn of_ledgers(scope: Scope, ledgers: Vec<Ledger>, same_rules: Vec<bool>) -> Self {
        let like_for_like = vec![None; ledgers.len()];
        let scope = Arc::new(scope);
        Self { scope, parent: None, is_partition: false, ledgers, same_rules, like_for_like, cohorts: Vec::new() }
    }

    /// Whether this period and the one before are over, so that changes are stated.
    fn has_changes(&self, at: usize) -> bool {
        let is_closed = |at: usize| self.ledgers[at].standing == Standing::Closed;
        is_closed(at) && at.checked_sub(1).is_some_and(is_closed)
    }

    /// Whether a metric was found under the same rules as in the period before.
    fn is_comparable(&self, at: usize, id: Id) -> bool {
        self.same_rules[at] || !(id.is_from_trees() || matches!(*self.scope, Scope::Area(_)))
    }

    /// A change against the period before.
    fn change(&self, at: usize, id: Id) -> Option<Number> {
        let is_stated = self.has_changes(at) && self.is_comparable(at, id);
        is_stated.then(|| change(id, &self.ledgers[at - 1].values, &self.ledgers[at].values)).flatten()
    }

    /// Without the changes of what was found under different rules.
    fn comparable(&self, at: usize, mut changes: Values) -> Values {
        Id::ALL.into_iter().filter(|&id| !self.is_comparable(at, id)).for_each(|id| changes[id.index()] = None);
        changes
    }

    /// Periods that compare the same repositories are measured together.
    fn compare_like_for_like(&mut self, parts: &[&Part], desk: Desk) {
        let mut sets: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for at in desk.calendar.reported().filter(|&at| at > 0) {
            let comparable = |part: &Part| part.is_closed(at) && part.is_closed(at - 1);
            let set: Vec<usize> = (0..parts.len()).filter(|&place| comparable(parts[place])).collect();
            let tracked = |at| parts.iter().filter(|part| part.is_tracked(at)).count();
            if set.len() == tracked(at) && set.len() == tracked(at - 1) {
                let changes = || changes(&self.ledgers[at - 1].values, &self.ledgers[at].values);
                self.like_for_like[at] = self.has_changes(at).then(|| Box::new(self.comparable(at, changes())));
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
            self.like_for_like[at] = Some(Box::new(self.comparable(at, values)));
        }
    }

    /// The metrics of its figures.
    pub fn metrics(&self, calendar: &Calendar) -> Vec<&'static Metric> {
        // Who arrives in the last period has not stayed yet.
        let cohorts = self.cohort_metrics(calendar).into_iter().take(calendar.reported().len().saturating_sub(1));
        self.columns().into_iter().map(|column| column.metric).chain(cohorts).collect()
    }

    /// Whether it says who stayed.
    pub fn has_cohorts(&self) -> bool {
        !self.cohorts.is_empty()
    }

    fn cohort_metrics(&self, calendar: &Calendar) -> Vec<&'static Metric> {
        if !self.has_cohorts() {
            return Vec::new();
        }
        calendar.periods().skip(calendar.reported().start).map(catalogue::cohort).collect()
    }

    /// Every figure of the reported periods.
    pub fn figures(&self, calendar: &Calendar) -> Vec<Measured> {
        let columns = self.columns();
        let cohorts = self.cohort_metrics(calendar);
        let mut figures = Vec::with_capacity(calendar.reported().len() * (columns.len() + cohorts.len() / 2 + 1));
        for at in calendar.reported() {
            self.put_period(at, &columns, calendar, &mut figures);
            let arrived = calendar.reported().start..at;
            for (from, &metric) in arrived.zip(&cohorts) {
                self.put(at, metric, self.cohorts[from][at], calendar, &mut figures);
            }
        }
        figures
    }

    /// Levels of some metrics in the reported periods.
    pub fn levels(&self, metrics: &[&Metric], calendar: &Calendar) -> Vec<Measured> {
        let mut columns = self.columns();
        columns.retain(|column| metrics.iter().any(|metric| std::ptr::eq(*metric, column.metric)));
        let mut figures = Vec::with_capacity(calendar.reported().len() * columns.len());
        calendar.reported().for_each(|at| self.put_period(at, &columns, calendar, &mut figures));
        figures
    }

    /// What is stated of each period, but for cohorts.
    fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::with_capacity(Id::COUNT * 3);
        for id in Id::ALL {
            let metric = catalogue::metric(id);
            if !metric.reach.holds(&self.scope) {
                continue;
            }
            columns.push(Column { id, metric, of: Of::Level });
            columns.extend(catalogue::change(id).map(|metric| Column { id, metric, of: Of::Change }));
            let like_for_like = catalogue::like_for_like(id).filter(|_| self.scope.is_set());
            columns.extend(like_for_like.map(|metric| Column { id, metric, of: Of::LikeForLike }));
        }
        columns
    }

    fn put_period(&self, at: usize, columns: &[Column], calendar: &Calendar, figures: &mut Vec<Measured>) {
        for Column { id, metric, of } in columns {
            let value = match of {
                Of::Level => self.ledgers[at].get(*id),
                Of::Change => self.change(at, *id),
                Of::LikeForLike => self.like_for_like[at].as_ref().and_then(|changes| changes[id.index()]),
            };
            self.put(at, metric, value, calendar, figures);
        }
    }

    fn put(
        &self,
        at: usize,
        metric: &'static Metric,
        value: Option<Number>,
        calendar: &Calendar,
        figures: &mut Vec<Measured>,
    ) {
        let figure = Figure { metric, value, standing: self.ledgers[at].standing };
        figures.push(Measured { period: calendar.period(at), scope: Arc::clone(&self.scope), figure });
    }
}

/// What is stated of a period.
#[derive(Clone, Copy)]
struct Column {
    id: Id,
    metric: &'static Metric,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    Level,
    Change,
    LikeForLike,
}

/// The changes of a set of repositories, as if it were a scope, into each of some periods.
fn compare(parts: &[&Part], periods: &[usize], desk: Desk) -> Vec<(usize, Values)> {
    let span = periods[0] - 1..periods[periods.len() - 1] + 1;
    let tallies = tallies(parts, span, desk);
    let standings: Vec<Standing> = (0..desk.calendar.len()).map(|at| of_scope(parts.iter().copied(), at)).collect();
    let values = |at: usize| Ledger::new(&entries(parts, &tallies, at, &standings)).values;
    periods.iter().map(|&at| (at, changes(&values(at - 1), &values(at)))).collect()
}

/// What the ledger of a period is written from.
fn entries<'a>(ground: &[&Part], tallies: &'a [Tally], at: usize, standings: &[Standing]) -> Entries<'a> {
    Entries {
        standing: standings[at],
        now: &tallies[at],
        before: at.checked_sub(1).map(|before| (standings[before], &tallies[before])),
        knows_year: knows_year(ground, at),
        knows_history: knows_history(ground, at),
        knows_before: knows_before(ground, at),
    }
}

/// Whether no snapshot was made under other rules than that of the period before.
pub(super) fn same_rules(parts: &[&Part], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let differs =
        |part: &&&Part| part.frame.rules[before].zip(part.frame.rules[at]).is_some_and(|(before, now)| before != now);
    !parts.iter().filter(|part| part.counts(at) && part.counts(before)).any(|part| differs(&part))
}

/// Whether every repository that is tracked in a period is known in each period of the year up to it.
fn knows_year(parts: &[&Part], at: usize) -> bool {
    let year = (at + 1).checked_sub(YEAR);
    let known = |part: &&Part, from: usize| (from..=at).all(|at| part.is_known(at));
    year.is_some_and(|from| parts.iter().filter(|part| part.is_tracked(at)).all(|part| known(part, from)))
}

/// Whether all of the history of every repository that is tracked in a period is known.
fn knows_history(parts: &[&Part], at: usize) -> bool {
    parts.iter().all(|part| part.frame.is_whole || !part.is_tracked(at))
}

/// Whether no repository begins to be known with a period: who was there in the one before is known then.
fn knows_before(parts: &[&Part], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    parts.iter().all(|part| !part.counts(at) || !part.is_tracked(before) || part.is_known(before))
}
