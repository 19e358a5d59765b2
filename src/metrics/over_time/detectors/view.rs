//! What a detector sees: one scope's figures in a period and those before.

use std::fmt;

use crate::metrics::over_time::point::Stretch;
use crate::metrics::over_time::wording::{after, level};
use crate::metrics::over_time::{Chronicle, Point};
use crate::metrics::{Scope, catalogue};
use crate::plain::Number;

/// One scope in one period.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(in crate::metrics::over_time) chronicle: &'a Chronicle<'a>,
    pub(in crate::metrics::over_time) scope: &'a Scope,
    pub(in crate::metrics::over_time) at: usize,
}

/// Why nothing can be said of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// The figure isn't known in the period, or the period isn't closed.
    NoValue(&'static str),
    /// The figure isn't known, or can't be compared, in the periods before.
    NoPast(&'static str),
    /// There are too few of these for a change of them to mean much.
    TooFew(&'static str),
    /// The repository isn't young.
    NotYoung,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue(metric) => write!(f, "`{metric}` has no value"),
            Self::NoPast(metric) => write!(f, "`{metric}` has no past that can be compared"),
            Self::TooFew(metric) => write!(f, "too few {metric}"),
            Self::NotYoung => f.write_str("not young"),
        }
    }
}

/// A figure that makes a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its name.
    pub metric: &'static str,
    /// Its value in the period before, when that matters.
    pub before: Option<Number>,
    /// Its value.
    pub now: Number,
}

/// Whether a pattern is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It isn't, and neither is its premise.
    No,
    /// Its premise is.
    Premise,
    /// It is, by these figures.
    Fires(Vec<Evidence>),
}

impl Verdict {
    pub(super) fn of(premise: bool, rest: bool, evidence: &[Evidence]) -> Self {
        match (premise, rest) {
            (true, true) => Self::Fires(evidence.to_vec()),
            (true, false) => Self::Premise,
            (false, _) => Self::No,
        }
    }
}

impl Evidence {
    /// `61 contributors after 50 (+22%)`, `retention of 64% after 71%`.
    #[must_use]
    pub fn text(&self) -> String {
        match (catalogue::find(self.metric), self.before) {
            (None, _) => format!("{} of {}", self.metric, self.now),
            (Some(metric), None) => level(metric, self.now),
            (Some(metric), Some(before)) => after(metric, before, self.now),
        }
    }
}

impl View<'_> {
    /// The series of a figure.
    pub(super) fn series(&self, metric: &str) -> &[Point] {
        self.chronicle.series(self.scope, metric)
    }

    /// The value.
    pub(super) fn now(&self, metric: &'static str) -> Result<Number, Unfit> {
        self.series(metric).get(self.at).and_then(Point::closed).ok_or(Unfit::NoValue(metric))
    }

    /// The value, and those of the `count` periods before, the oldest first.
    pub(super) fn past(&self, metric: &'static str, count: usize) -> Result<(Number, Vec<Number>), Unfit> {
        let stretch = Stretch::up_to(self.series(metric), self.at).ok_or(Unfit::NoValue(metric))?;
        let (now, earlier) = stretch.split();
        let from = earlier.len().checked_sub(count).ok_or(Unfit::NoPast(metric))?;
        Ok((now, earlier[from..].to_vec()))
    }

    /// The value of the period before, and this one's.
    pub(super) fn step(&self, metric: &'static str) -> Result<Evidence, Unfit> {
        let (now, earlier) = self.past(metric, 1)?;
        Ok(Evidence { metric, before: Some(earlier[0]), now })
    }
}
