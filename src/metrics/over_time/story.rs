//! One unusual change, with the other figures and subjects that tell of the same.

use std::cmp::Reverse;

use super::wording::{Titles, against, aside, list, moved, percent};
use crate::metrics::{Metric, Scope};
use crate::plain::Number;

/// A step of fewer quarters than this is nothing to speak of.
const LEAST_STEPS: usize = 4;

/// How a figure moved from one period to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The figure.
    pub metric: &'static Metric,
    /// Its value in the period before.
    pub before: Number,
    /// Its value.
    pub now: Number,
    /// How unusual the change is for the subject, to three decimals; below 0 for less than usual.
    pub z: Number,
    /// In how many quarters, itself the last, no change went so far to the same side.
    pub quarters: usize,
}

/// The repository that makes half or more of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Which one.
    pub repo: Scope,
    /// The figure that both moved.
    pub metric: &'static Metric,
    /// The repository's value in the period before.
    pub before: Number,
    /// The repository's value.
    pub now: Number,
    /// Its part of the change; above 1 when the rest went the other way.
    pub share: Number,
}

/// One story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What it is about.
    pub scope: Scope,
    /// The most unusual change, then those that go with it, the most unusual first.
    pub moves: Vec<Move>,
    /// The repository that is behind it, when the subject is more than one repository.
    pub cause: Option<Cause>,
    /// The same story as other subjects tell it.
    pub others: Vec<Story>,
}

impl Move {
    /// How unusual, whichever way.
    #[must_use]
    pub fn size(&self) -> Number {
        if self.z.sign() < 0 { Number::ZERO.minus(self.z) } else { self.z }
    }

    /// What is remarkable about the change, when it is.
    fn extreme(&self) -> Option<String> {
        let way = match (self.z.sign() < 0, self.now.cmp(&self.before).is_lt(), self.now > self.before) {
            (true, true, _) => "largest fall",
            (true, _, true) => "smallest rise",
            (false, _, true) => "largest rise",
            (false, true, _) => "smallest fall",
            _ => return None,
        };
        (self.quarters >= LEAST_STEPS).then(|| format!("the {way} in {} quarters", self.quarters))
    }
}

impl Story {
    /// The most unusual change.
    #[must_use]
    pub fn lead(&self) -> &Move {
        &self.moves[0]
    }

    /// The order of stories: the most unusual first, then by subject and figure.
    pub(super) fn order(&self) -> (Reverse<Number>, &Scope, &'static str) {
        (Reverse(self.lead().size()), &self.scope, self.lead().metric.name)
    }

    /// All subjects that it is told of.
    pub fn scopes(&self) -> impl Iterator<Item = &Scope> {
        let causes = self.cause.iter().map(|cause| &cause.repo);
        std::iter::once(&self.scope).chain(causes).chain(self.others.iter().map(|other| &other.scope))
    }

    /// Why it is a story, in one line: what moved, how rare that is, what went with it, and who is behind it.
    #[must_use]
    pub fn why(&self, titles: &Titles) -> String {
        let (lead, rest) = (self.lead(), &self.moves[1..]);
        let mut clauses = vec![moved(lead.metric, lead.before, lead.now)];
        clauses.extend(lead.extreme());
        let way = lead.now.cmp(&lead.before);
        for (way, tail) in [(way, " with it"), (way.reverse(), "")] {
            let same = rest.iter().filter(|one| way.is_ne() && one.now.cmp(&one.before) == way);
            let same: Vec<String> = same.map(|one| aside(one.metric, one.before, one.now)).collect();
            let verb = if way.is_gt() { "rose" } else { "fell" };
            if !same.is_empty() {
                clauses.push(format!("{} {verb}{tail}", list(&same)));
            }
        }
        if let Some(cause) = &self.cause {
            clauses.push(cause.of_this(titles));
        }
        let parts = self.others.iter().filter_map(|other| {
            let cause = other.cause.as_ref().filter(|cause| cause.repo == self.scope)?;
            Some(cause.of_other(other, titles))
        });
        let parts: Vec<String> = parts.collect();
        if !parts.is_empty() {
            clauses.push(format!("it makes {}", list(&parts)));
        }
        // What is told of the cause already needs no second telling.
        let cause = self.cause.as_ref().map_or(&self.scope, |cause| &cause.repo);
        let told = |other: &&Story| {
            other.scope == *cause || other.cause.as_ref().is_some_and(|cause| cause.repo == self.scope)
        };
        for other in self.others.iter().filter(|other| !told(other)) {
            let lead = other.lead();
            let figures = against(lead.metric, lead.before, lead.now);
            clauses.push(format!("the same shows in {} ({}: {figures})", titles(&other.scope), lead.metric.label));
        }
        format!("{}: {}", titles(&self.scope), clauses.join("; "))
    }
}

impl Cause {
    fn of_this(&self, titles: &Titles) -> String {
        let (repo, label) = (titles(&self.repo), self.metric.label);
        let figures = against(self.metric, self.before, self.now);
        if self.share > Number::whole(1) {
            return format!("without {repo} ({figures}), {label} would have gone the other way");
        }
        format!("{repo} alone makes {} of the change of {label} ({figures})", percent(self.share))
    }

    fn of_other(&self, whole: &Story, titles: &Titles) -> String {
        let (title, label) = (titles(&whole.scope), self.metric.label);
        let share = if self.share > Number::whole(1) { "more than all".to_owned() } else { percent(self.share) };
        format!("{share} of the change of {label} of {title}")
    }
}
