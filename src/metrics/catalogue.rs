//! The metric catalogue: one table from which tidy rows, expressions, the methodology page and completions come.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex};

use crate::plain::{Period, Unit};

mod activity;
mod between;
pub mod caution;
mod concentration;
pub mod formula;
mod id;
mod lanes;
mod organisations;
mod over_time;
mod reach;
mod turnover;
mod work;

pub use caution::cautions;
pub use formula::Formula;
pub use id::Id;
pub use reach::Reach;

/// One metric.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    /// As in the `metric` column of tidy rows and in expressions.
    pub name: &'static str,
    /// As readers read it, in lower case: `active repositories`.
    pub label: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// Which part of the contract it belongs to.
    pub family: Family,
    /// What it is, in a sentence for readers.
    pub definition: &'static str,
    /// Whose definition it follows, when it is a standard one.
    pub source: Option<&'static str>,
    /// What a reader should know of the rules behind it, where they were measured and found wanting.
    pub caution: Option<&'static str>,
    /// Whether it has a `_change`.
    pub has_change: bool,
    /// Which direction is good news; `None` where neither is.
    pub better: Option<Direction>,
    /// Which scopes have it.
    pub reach: Reach,
}

/// A part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// How much happened.
    Activity,
    /// Who comes, stays and goes.
    Turnover,
    /// How the work is spread.
    Concentration,
    /// What the work is.
    Work,
    /// How people work together.
    Teams,
    /// Whose people do the work.
    Organisations,
    /// What is between the parts of the corpus.
    Between,
    /// What was set aside, and why.
    Lanes,
    /// How figures stand against their own past.
    OverTime,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

impl Metric {
    const fn new(
        name: &'static str,
        label: &'static str,
        unit: Unit,
        family: Family,
        definition: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            unit,
            family,
            definition,
            source: None,
            caution: None,
            has_change: true,
            better: None,
            reach: Reach::All,
        }
    }

    const fn up(mut self) -> Self {
        self.better = Some(Direction::Up);
        self
    }

    const fn down(mut self) -> Self {
        self.better = Some(Direction::Down);
        self
    }

    const fn after(mut self, source: &'static str) -> Self {
        self.source = Some(source);
        self
    }

    const fn reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    const fn without_change(mut self) -> Self {
        self.has_change = false;
        self
    }

    /// Whether it says how something moved, so that its sign is worth printing.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.name.ends_with("_change") || self.name.ends_with("_change_like_for_like")
    }

    /// The unit of its change: shares differ by points, everything else changes by a share.
    const fn unit_of_change(&self) -> Unit {
        match self.unit {
            Unit::Share | Unit::Points => Unit::Points,
            _ => Unit::Share,
        }
    }
}

/// A metric that is followed over time.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    /// What is followed.
    pub base: &'static Metric,
    /// How long it has been going one way.
    pub streak: &'static Metric,
    /// How far back nothing is as high or as low.
    pub record: &'static Metric,
}

/// The table, with what is derived from it.
struct Catalogue {
    metrics: Vec<Metric>,
    changes: Vec<Option<usize>>,
    like_for_like: Vec<Option<usize>>,
    /// A metric, its streak and its record.
    over_time: Vec<[usize; 3]>,
    by_name: HashMap<&'static str, usize>,
}

const TABLES: [&[(Id, Metric)]; 9] = [
    activity::ROWS,
    turnover::ROWS,
    concentration::ROWS,
    work::TYPES,
    work::KINDS,
    work::KIND_SHARES,
    work::TEAMS,
    organisations::ROWS,
    lanes::ROWS,
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let tables = TABLES.into_iter().flatten().map(|(_, metric)| metric);
    let with_caution = |metric: &Metric| Metric { caution: caution::of_metric(metric.name).map(keep), ..*metric };
    let base: Vec<Metric> = tables.chain(between::ROWS).map(with_caution).collect();
    let mut derived = Vec::new();
    let mut place = |metric: Metric| {
        derived.push(metric);
        base.len() + derived.len() - 1
    };
    let changes = base.iter().map(|metric| metric.has_change.then(|| place(change_of(metric)))).collect();
    let of_sets =
        |metric: &Metric| metric.has_change && !matches!(metric.reach, Reach::Parts | Reach::Holders | Reach::Repos);
    // Between parts nothing is compared like for like.
    let like_for_like =
        base.iter().take(Id::COUNT).map(|metric| of_sets(metric).then(|| place(like_for_like_of(metric)))).collect();
    let over_time = (0..base.len())
        .filter(|&at| over_time::FOLLOWED.contains(&base[at].name))
        .map(|at| [at, place(over_time::streak_of(&base[at])), place(over_time::record_of(&base[at]))])
        .collect();
    let metrics: Vec<Metric> = base.into_iter().chain(derived).collect();
    let by_name = metrics.iter().enumerate().map(|(at, metric)| (metric.name, at)).collect();
    Catalogue { metrics, changes, like_for_like, over_time, by_name }
});

/// The table lives as long as the program, and so do the texts that are made for it.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn change_of(metric: &Metric) -> Metric {
    let how = match metric.unit_of_change() {
        Unit::Points => "the difference, in percentage points",
        _ => "the difference, as a share of the earlier value; not stated when that was 0",
    };
    Metric {
        name: keep(format!("{}_change", metric.name)),
        label: keep(format!("change of {}", metric.label)),
        unit: metric.unit_of_change(),
        definition: keep(format!(
            "How {} moved against the quarter before: {how}. Stated only when both quarters are over and every \
             repository is known in both.",
            metric.label
        )),
        source: None,
        has_change: false,
        ..*metric
    }
}

fn like_for_like_of(metric: &Metric) -> Metric {
    Metric {
        name: keep(format!("{}_change_like_for_like", metric.name)),
        label: keep(format!("change of {}, like for like", metric.label)),
        definition: keep(format!(
            "How {} moved against the quarter before, measured in both quarters over the same repositories: those \
             that belong to the corpus in both and are known to the end of both.",
            metric.label
        )),
        ..change_of(metric)
    }
}

/// All metrics but the cohorts: those of the tables, then their changes, their changes like for like, and their streaks
/// and records.
#[must_use]
pub fn all() -> &'static [Metric] {
    &CATALOGUE.metrics
}

/// A metric by its name, cohorts included.
#[must_use]
pub fn find(name: &str) -> Option<&'static Metric> {
    if let Some(period) = name.strip_prefix("cohort_") {
        return period.parse().ok().map(cohort);
    }
    CATALOGUE.by_name.get(name).map(|&at| &CATALOGUE.metrics[at])
}

/// A metric of the tables.
#[must_use]
pub fn metric(id: Id) -> &'static Metric {
    &CATALOGUE.metrics[id.index()]
}

/// Its change, when it has one.
#[must_use]
pub fn change(id: Id) -> Option<&'static Metric> {
    CATALOGUE.changes[id.index()].map(|at| &CATALOGUE.metrics[at])
}

/// Its change like for like, when it has one.
#[must_use]
pub fn like_for_like(id: Id) -> Option<&'static Metric> {
    CATALOGUE.like_for_like[id.index()].map(|at| &CATALOGUE.metrics[at])
}

/// The metrics that are followed over time, in the order of the tables.
#[must_use]
pub fn followed() -> &'static [Followed] {
    static FOLLOWED: LazyLock<Vec<Followed>> = LazyLock::new(|| {
        let of = |at: usize| &CATALOGUE.metrics[at];
        let followed =
            |&[base, streak, record]: &[usize; 3]| Followed { base: of(base), streak: of(streak), record: of(record) };
        CATALOGUE.over_time.iter().map(followed).collect()
    });
    &FOLLOWED
}

/// The metric `cohort_2024-Q1`: which share of those who were new in that quarter is active in another.
///
/// One is made for each quarter that is asked for and kept for as long as the program runs.
#[must_use]
pub fn cohort(period: Period) -> &'static Metric {
    static COHORTS: Mutex<BTreeMap<Period, &'static Metric>> = Mutex::new(BTreeMap::new());
    let mut cohorts = COHORTS.lock().expect("nothing panics while it holds the table");
    cohorts.entry(period).or_insert_with(|| {
        let definition = format!(
            "The share of the people new in {period} who made at least one commit in the quarter that is looked at."
        );
        let name = keep(format!("cohort_{period}"));
        let label = keep(format!("still active of those new in {period}"));
        let metric = Metric::new(name, label, Unit::Share, Family::Turnover, keep(definition));
        Box::leak(Box::new(metric.up().without_change()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_stands_at_its_place_once() {
        let ids: Vec<Id> = TABLES.into_iter().flatten().map(|(id, _)| *id).collect();
        assert_eq!(ids, Id::ALL);
        for id in Id::ALL {
            assert_eq!(find(metric(id).name), Some(metric(id)));
            assert_eq!(change(id).is_some(), metric(id).has_change);
        }
    }

    #[test]
    fn names_are_unique_and_texts_are_sentences() {
        let mut names: Vec<_> = all().iter().map(|metric| metric.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all().len());
        for metric in all() {
            assert!(metric.definition.ends_with('.'), "{}", metric.name);
            assert!(metric.definition.starts_with(char::is_uppercase), "{}", metric.name);
            assert!(!metric.definition.contains("  "), "{}", metric.name);
        }
    }

    #[test]
    fn changes_are_shares_and_changes_of_shares_are_points() {
        assert_eq!(find("commits_change").map(|metric| metric.unit), Some(Unit::Share));
        assert_eq!(find("churn_rate_change").map(|metric| metric.unit), Some(Unit::Points));
        assert_eq!(find("active_weeks_change_like_for_like").map(|metric| metric.unit), Some(Unit::Share));
        assert!(find("commits_change").is_some_and(Metric::is_change));
        assert_eq!(find("contribution_to_change_change"), None);
        assert_eq!(find("comits"), None);
    }

    #[test]
    fn what_is_followed_has_a_streak_and_a_record() {
        let names: Vec<_> = followed().iter().map(|one| one.base.name).collect();
        assert!(names.starts_with(&["commits", "contributors"]), "{names:?}");
        for one in followed() {
            assert_eq!(find(&format!("{}_streak", one.base.name)), Some(one.streak));
            assert_eq!(find(&format!("{}_record", one.base.name)), Some(one.record));
            assert!(std::ptr::eq(one.base, find(one.base.name).expect("it is in the tables")));
        }
        assert_eq!(find("merges_streak"), None);
    }

    #[test]
    fn a_cohort_is_made_once() {
        let period: Period = "2024-Q1".parse().unwrap();
        assert!(std::ptr::eq(cohort(period), find("cohort_2024-Q1").unwrap()));
        assert_eq!(find("cohort_2024-Q9"), None);
    }
}
