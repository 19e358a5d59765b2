//! What somebody read of the figures, so that it is known later whether other figures would have told the same.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::lookup::{Figures, Store};
use super::sheet::Series;
use crate::metrics::{Figure, Scope};
use crate::plain::Period;

/// Notes what is read.
#[derive(Debug, Default)]
pub(super) struct Log(Mutex<Asked>);

/// What was read, found or missed.
#[derive(Debug, Default)]
struct Asked {
    /// Metrics of scopes, over all periods.
    series: HashMap<Scope, BTreeSet<String>>,
    /// The names of the metrics of scopes, and whether there are any.
    names: HashSet<Scope>,
    periods: bool,
    scopes: bool,
    /// Everything.
    all: bool,
}

impl Log {
    pub fn series(&self, scope: &Scope, metric: &str) {
        let mut asked = self.lock();
        let Some(known) = asked.series.get_mut(scope) else {
            asked.series.insert(scope.clone(), BTreeSet::from([metric.to_owned()]));
            return;
        };
        if !known.contains(metric) {
            known.insert(metric.to_owned());
        }
    }

    pub fn names(&self, scope: &Scope) {
        let mut asked = self.lock();
        if !asked.names.contains(scope) {
            asked.names.insert(scope.clone());
        }
    }

    pub fn periods(&self) {
        self.lock().periods = true;
    }

    pub fn scopes(&self) {
        self.lock().scopes = true;
    }

    pub fn all(&self) {
        self.lock().all = true;
    }

    /// What somebody else read for the same reader.
    pub fn read_too(&self, other: &Self) {
        let (other, mut asked) = (other.lock(), self.lock());
        for (scope, metrics) in &other.series {
            match asked.series.get_mut(scope) {
                Some(known) => known.extend(metrics.iter().cloned()),
                None => drop(asked.series.insert(scope.clone(), metrics.clone())),
            }
        }
        asked.names.extend(other.names.iter().cloned());
        asked.periods |= other.periods;
        asked.scopes |= other.scopes;
        asked.all |= other.all;
    }

    /// A note is whole or isn't there, whoever panics.
    fn lock(&self) -> MutexGuard<'_, Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was read of some figures, misses too, with the figures that it was read of.
#[derive(Debug)]
pub struct Trace {
    log: Arc<Log>,
    store: Arc<Store>,
}

impl Trace {
    pub(super) fn new(log: Arc<Log>, store: Arc<Store>) -> Self {
        Self { log, store }
    }

    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    /// Whether whoever read this would read the same of other figures: all values are compared, not digests of them.
    #[must_use]
    pub fn holds(&mut self, figures: &Figures) -> bool {
        let (before, now) = (&self.store, figures.store());
        if Arc::ptr_eq(before, now) {
            return true;
        }
        let asked = self.log.lock();
        let holds = !asked.all
            && (!asked.periods || before.periods() == now.periods())
            && asked.names.iter().all(|scope| before.shares(now, scope) || before.names(scope) == now.names(scope))
            && asked.series.iter().all(|(scope, metrics)| {
                before.shares(now, scope)
                    || metrics.iter().all(|metric| is_same(before.series(scope, metric), now.series(scope, metric)))
            })
            && (!asked.scopes || before.scopes() == now.scopes());
        drop(asked);
        if holds {
            // Nobody needs the old ones for it any more.
            self.store = Arc::clone(now);
        }
        holds
    }
}

fn is_same(before: Option<&Series>, now: Option<&Series>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return before.is_none() && now.is_none() };
    let is_same = |((at, one), (there, other)): ((&Period, &Figure), (&Period, &Figure))| {
        // Nearly always it is the very same metric of the catalogue.
        let of_one = std::ptr::eq(one.metric, other.metric) || one.metric == other.metric;
        at == there && of_one && one.value == other.value && one.standing == other.standing
    };
    before.len() == now.len() && before.iter().zip(now.iter()).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Figure, Measured, Standing, catalogue};
    use crate::plain::Number;

    fn figures(rows: &[(&str, &str, i32)]) -> Figures {
        let measured = rows.iter().map(|(repo, metric, value)| {
            let metric = catalogue::find(metric).expect("a metric");
            let figure = Figure { metric, value: Some(Number::whole(*value)), standing: Standing::Closed };
            Measured { period: "2024-Q4".parse().unwrap(), scope: Scope::Repo((*repo).to_owned()).into(), figure }
        });
        Figures::new(measured.collect())
    }

    /// Whether what `read` reads of the first figures would be the same of the second.
    fn holds(read: impl Fn(&Figures), first: &[(&str, &str, i32)], second: &[(&str, &str, i32)]) -> bool {
        let (watched, mut trace) = figures(first).watched();
        read(&watched);
        trace.holds(&figures(second))
    }

    const BEFORE: &[(&str, &str, i32)] = &[("a", "commits", 1), ("a", "new", 2), ("b", "commits", 3)];

    #[test]
    fn only_what_was_read_matters() {
        let repo = |id: &str| Scope::Repo(id.to_owned());
        let period = || "2024-Q4".parse().unwrap();
        let commits = |figures: &Figures| assert!(figures.get(&repo("a"), "commits", period()).is_some());
        assert!(holds(commits, BEFORE, BEFORE));
        assert!(holds(commits, BEFORE, &[("a", "commits", 1)]));
        assert!(!holds(commits, BEFORE, &[("a", "commits", 2)]));
        assert!(!holds(commits, BEFORE, &[("a", "new", 2)]));
        let missed = |figures: &Figures| assert!(figures.get(&repo("c"), "commits", period()).is_none());
        assert!(holds(missed, BEFORE, &[]));
        assert!(!holds(missed, BEFORE, &[("c", "commits", 1)]));
        let names = |figures: &Figures| drop(figures.metrics(&repo("a")));
        assert!(holds(names, BEFORE, &[("a", "commits", 9), ("a", "new", 9)]));
        assert!(!holds(names, BEFORE, &[("a", "commits", 1)]));
        let has = |figures: &Figures| assert!(!figures.has(&repo("c")));
        assert!(holds(has, BEFORE, &[]) && !holds(has, BEFORE, &[("c", "new", 1)]));
        let scopes = |figures: &Figures| drop(figures.scopes());
        assert!(holds(scopes, BEFORE, &[("a", "new", 9), ("b", "new", 9)]));
        assert!(!holds(scopes, BEFORE, &[("a", "new", 2)]));
        let periods = |figures: &Figures| assert_eq!(figures.periods().len(), 1);
        assert!(holds(periods, BEFORE, &[("c", "new", 9)]) && !holds(periods, BEFORE, &[]));
        let all = |figures: &Figures| assert_eq!(figures.all().count(), 3);
        assert!(!holds(all, BEFORE, BEFORE), "nobody compares all");
        assert!(holds(|_| {}, BEFORE, &[]));
    }

    #[test]
    fn what_a_part_read_the_whole_has_read() {
        let figures = figures(BEFORE);
        let ((whole, mut of_whole), (part, of_part)) = (figures.watched(), figures.watched());
        assert!(part.get(&Scope::Repo("a".to_owned()), "commits", "2024-Q4".parse().unwrap()).is_some());
        whole.read_too(&of_part);
        assert!(of_whole.holds(&self::figures(&[("a", "commits", 1)])));
        assert!(!of_whole.holds(&self::figures(&[("a", "commits", 2)])));
    }

    #[test]
    fn what_is_watched_is_still_the_same_figures() {
        let figures = figures(BEFORE);
        let (watched, mut trace) = figures.watched();
        assert_eq!(watched.all().count(), 3);
        assert!(trace.holds(&figures), "they are the very ones");
    }
}
