//! What a sentence says of the figures.

use super::stated::Stated;
use super::vocabulary::Move;
use crate::metrics::Scope;
use crate::plain::Period;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Of what.
    pub scope: Scope,
    /// Its name in the catalogue.
    pub metric: &'static str,
    /// When.
    pub period: Period,
}

impl Key {
    /// The same figure in another period.
    #[must_use]
    pub fn at(&self, period: Period) -> Self {
        Self { period, ..self.clone() }
    }

    /// The same figure of another scope.
    #[must_use]
    pub fn of(&self, scope: &Scope) -> Self {
        Self { scope: scope.clone(), ..self.clone() }
    }

    /// Another figure of the same scope and period.
    #[must_use]
    pub fn metric(&self, metric: &'static str) -> Self {
        Self { metric, ..self.clone() }
    }
}

/// What is computed from figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A figure.
    Level(Key),
    /// How much a figure changed since a period, as a part of what it was.
    Change(Key, Period),
    /// How much a figure changed since a period, in its own unit.
    Difference(Key, Period),
    /// Which part the first is of the second.
    Share(Key, Key),
    /// By how much the first is more than the second.
    Gap(Key, Key),
    /// How far the two lie apart, whichever is more.
    Apart(Key, Key),
    /// The same as a part of the second.
    Excess(Key, Key),
    /// How many times the second the first is.
    Times(Key, Key),
    /// All of them together.
    Sum(Vec<Key>),
}

impl Measure {
    /// The figures that it is computed from.
    #[must_use]
    pub fn keys(&self) -> Vec<Key> {
        match self {
            Self::Level(key) | Self::Change(key, _) | Self::Difference(key, _) => vec![key.clone()],
            Self::Share(a, b) | Self::Gap(a, b) | Self::Apart(a, b) | Self::Excess(a, b) | Self::Times(a, b) => {
                vec![a.clone(), b.clone()]
            }
            Self::Sum(keys) => keys.clone(),
        }
    }

    /// The same of another part.
    #[must_use]
    pub fn of(&self, scope: &Scope) -> Self {
        match self {
            Self::Level(key) => Self::Level(key.of(scope)),
            Self::Change(key, base) => Self::Change(key.of(scope), *base),
            Self::Difference(key, base) => Self::Difference(key.of(scope), *base),
            // `half of its own people`
            Self::Share(part, whole) if part.scope == whole.scope => Self::Share(part.of(scope), whole.of(scope)),
            other => other.clone(),
        }
    }
}

/// How far back a record reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Since a quarter, which itself reached as far.
    Since(Period),
    /// Since a year, in which some quarter reached as far.
    Year(i16),
    /// Over so many quarters, this one among them.
    Quarters(u16),
    /// As far as the data goes.
    Ever,
}

/// How many of several did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Each of them.
    All,
    /// None of them.
    None,
    /// So many.
    Exactly(usize),
    /// More than half.
    Most,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// That something amounts to so much.
    Amount(Measure, Stated),
    /// That something went up, down, or nowhere since a period.
    Went(Key, Period, Move),
    /// That something has a place among others: 1 for the most, or for the least.
    Place {
        /// What is compared.
        measure: Measure,
        /// What it is compared with: scopes that take the place of its own, which is among them.
        among: Vec<Scope>,
        /// The place.
        place: usize,
        /// Counted from the least.
        from_least: bool,
    },
    /// That something went one way for so many quarters in a row.
    Run(Key, i8, Stated),
    /// That something was not as high (1), or as low (-1), for some time.
    Record(Key, i8, Reach),
    /// That the first is more (1) or less (-1) than the second.
    Order(Key, Key, i8),
    /// That so many of these went up or down since a period.
    Every(Vec<Key>, Period, i8, Count),
    /// That so many of these amount to so much.
    Each(Vec<Measure>, Stated, Count),
    /// That people of several scopes add up, which they don't: who is in two would count twice.
    PeopleAdded(Vec<Key>),
}
