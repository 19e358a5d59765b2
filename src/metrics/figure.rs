//! A measured value and what it rests on.

use std::sync::Arc;

use super::catalogue::Metric;
use super::scope::Scope;
use crate::plain::{Number, Period};

/// What the repositories of a scope allow to say about a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Every tracked repository is known to the period's end.
    Closed,
    /// Some are known only part of the way: levels only.
    Open,
    /// Some repositories are unknown; the sum is over the others.
    Partial {
        /// How many are unknown.
        unknown: u32,
        /// Whether the known ones are open.
        open: bool,
    },
    /// No repository is known.
    Unknown,
    /// No repository belongs to the corpus yet.
    Untracked,
}

/// A value, or none when it is unknown or has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The metric, which says the unit and how to print it.
    pub metric: &'static Metric,
    /// The value.
    pub value: Option<Number>,
    /// What it rests on.
    pub standing: Standing,
}

impl Figure {
    /// Whether its period isn't over, for some repository at least.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Open | Standing::Partial { open: true, .. })
    }
}

/// A figure with its place in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// When.
    pub period: Period,
    /// What about; shared by the figures of a scope, of which there are thousands.
    pub scope: Arc<Scope>,
    /// How much.
    pub figure: Figure,
}
