//! Words of a sentence that mean something and that nothing was made of: what is said may be something else then.

use std::collections::BTreeSet;
use std::ops::Range;

use super::claim::{Key, Measure, Reach, Saying};
use super::made::made;
use super::reader::keys;
use super::scene::{Item, Sense};
use super::time::Time;
use crate::metrics::Scope;
use crate::plain::Period;

/// What a sentence says, in terms of what its words can stand for.
struct Said<'a> {
    scopes: BTreeSet<Scope>,
    metrics: BTreeSet<&'static str>,
    periods: BTreeSet<Period>,
    spans: bool,
    sayings: &'a [&'a Saying],
}

impl<'a> Said<'a> {
    fn new(sayings: &'a [&'a Saying]) -> Self {
        let all: Vec<Key> = sayings.iter().flat_map(|saying| keys(saying)).collect();
        let mut periods: BTreeSet<Period> = all.iter().map(|key| key.period).collect();
        for key in &all {
            // Who stayed or left is counted from the quarter before.
            if matches!(key.metric, "retained" | "churned" | "returning" | "retention" | "churn_rate") {
                periods.insert(key.period.before(1));
            }
        }
        let mut spans = false;
        for saying in sayings {
            match saying {
                Saying::Amount(Measure::Change(key, base) | Measure::Difference(key, base), _)
                | Saying::Went(key, base, _) => {
                    periods.extend([key.period, *base]);
                    spans = true;
                }
                Saying::Every(_, base, ..) | Saying::Record(_, _, Reach::Since(base)) => drop(periods.insert(*base)),
                Saying::Run(..) | Saying::Record(..) | Saying::Amount(Measure::Times(..), _) => spans = true,
                _ => {}
            }
        }
        Self {
            scopes: all.iter().map(|key| key.scope.clone()).collect(),
            metrics: all.iter().map(|key| key.metric).collect(),
            periods,
            spans,
            sayings,
        }
    }

    /// Whether a part is meant, or what lies in it, or what lies between it and another.
    fn tells_of(&self, scope: &Scope) -> bool {
        let is_among = |saying: &&Saying| matches!(saying, Saying::Place { .. } | Saying::Every(..) | Saying::Each(..));
        let is_side = |said: &Scope| match said {
            Scope::Overlap(a, b) | Scope::Expansion(a, b) | Scope::Flow(a, b) => {
                [a, b].iter().any(|side| side.as_str() == scope.subject())
            }
            _ => false,
        };
        *scope == Scope::Corpus
            || self.scopes.contains(scope)
            || self.scopes.iter().any(is_side)
            || self.sayings.iter().any(is_among)
    }

    /// Whether a metric is meant, or one that it makes of people or commits.
    fn counts(&self, name: &str) -> bool {
        let is_made = |base: &str| {
            made(base, name).is_some_and(|(count, share)| {
                [count, share].into_iter().flatten().any(|metric| self.metrics.contains(metric))
            })
        };
        let is_helped = matches!(name, "agents" | "agent_assisted" | "agent_authored")
            && self.metrics.iter().any(|metric| metric.starts_with("agent"));
        let is_first = name == "new"
            && ["expansion", "flow", "drive_by", "new_one_week_share"]
                .iter()
                .any(|metric| self.metrics.contains(metric));
        let is_back =
            name == "returned" && ["retention", "returning"].iter().any(|metric| self.metrics.contains(metric));
        let is_bot = matches!(name, "bots" | "bot") && self.metrics.contains("bot");
        self.metrics.contains(name)
            || is_helped
            || is_bot
            || is_first
            || is_back
            || ["contributors", "commits", "new"].into_iter().any(is_made)
    }
}

/// Whether an item stands in a description between commas in which nothing was read: `LiteRT has more commits than
/// XNNPACK, its neighbour in the edge category.`
fn is_aside(items: &[Item], at: usize, read: &[usize]) -> bool {
    let ends = |at: &usize| matches!(items[*at].sense, Sense::Comma | Sense::Break);
    let Some(from) = (0..at).rev().find(ends).map(|from| from + 1) else { return false };
    let to = (at..items.len()).find(ends).unwrap_or(items.len());
    let begins = matches!(items[from].words.as_str(), "the" | "a" | "an" | "its" | "their" | "which" | "most" | "like")
        || matches!(items[from].sense, Sense::Known(_) | Sense::Subject(_, true));
    begins && !read.iter().any(|at| (from..to).contains(at))
}

/// The first item in a stretch of a sentence that nothing was made of; `read` is where something was.
#[must_use]
pub fn leftover<'a>(items: &'a [Item], range: Range<usize>, sayings: &[&Saying], read: &[usize]) -> Option<&'a Item> {
    let said = Said::new(sayings);
    let mut candidates = range.filter(|&at| !is_aside(items, at, read)).map(|at| &items[at]);
    candidates.find(|item| match &item.sense {
        Sense::Subject(scope, _) => scope.kind() != "vendor" && !said.tells_of(scope),
        Sense::Trait(name) | Sense::Noun(name) => !is_plain(name) && !said.counts(name),
        Sense::Time(Time::At(period) | Time::Against(period)) => !said.periods.contains(period),
        Sense::Time(Time::Span(count)) => *count > 1 && !said.spans,
        Sense::Time(Time::Year(_)) => !said.spans,
        _ => false,
    })
}

/// Whether a word says no more than that people, commits or repositories are spoken of.
fn is_plain(name: &str) -> bool {
    matches!(name, "present" | "contributors" | "commits" | "tracked_repos" | "active_repos" | "hours" | "active_weeks")
}
