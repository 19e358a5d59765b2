//! A figure with its place in time, and the stretch of the past that it may be compared with.

use crate::metrics::Standing;
use crate::plain::{Number, Period};

/// A figure of a scope in one of several periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub period: Period,
    /// How much, when it is known and has a meaning.
    pub value: Option<Number>,
    /// What it rests on.
    pub standing: Standing,
    /// Whether the scope has the same repositories as in the period before.
    pub comparable: bool,
}

impl Point {
    /// The value, when the period is closed.
    #[must_use]
    pub fn closed(&self) -> Option<Number> {
        self.value.filter(|_| self.standing == Standing::Closed)
    }
}

/// Values of closed periods that follow each other and may be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The period of the first value.
    pub first: Period,
    /// Oldest first, at least one.
    pub values: Vec<Number>,
}

impl Stretch {
    /// The longest one that ends with a place of a series in the order of time; none when that place isn't closed or
    /// its value isn't known.
    pub fn up_to(points: &[Point], at: usize) -> Option<Self> {
        let mut first = points.get(at)?;
        let mut values = vec![first.closed()?];
        for before in points[..at].iter().rev() {
            let Some(value) = before.closed() else { break };
            if !first.comparable || first.period.since(before.period) != 1 {
                break;
            }
            values.push(value);
            first = before;
        }
        values.reverse();
        Some(Self { first: first.period, values })
    }

    /// The value of the last period, and those before it.
    pub fn split(&self) -> (Number, &[Number]) {
        let (now, earlier) = self.values.split_last().expect("a stretch has at least one value");
        (*now, earlier)
    }
}
