//! The metric catalogue: one table from which tidy rows, expressions, the methodology page and completions come.

use crate::plain::Unit;

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
    /// Whether it has a `_change`.
    pub has_change: bool,
    /// Which direction is good news; `None` where neither is.
    pub better: Option<Direction>,
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
    /// What was set aside, and why.
    Lanes,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}
