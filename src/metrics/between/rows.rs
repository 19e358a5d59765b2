//! Rows as they are written, period by period.

use std::sync::Arc;

use super::super::calendar::Calendar;
use super::super::catalogue::{self, Metric};
use super::super::figure::{Figure, Measured, Standing};
use super::super::scope::Scope;
use crate::plain::{Number, Period};

/// A metric of the catalogue.
pub(super) fn named(name: &str) -> &'static Metric {
    catalogue::find(name).expect("it stands in the catalogue")
}

/// The rows so far.
pub(super) struct Rows {
    periods: Vec<Period>,
    pub figures: Vec<Measured>,
}

impl Rows {
    pub fn new(calendar: &Calendar) -> Self {
        Self { periods: calendar.periods().collect(), figures: Vec::new() }
    }

    /// Writes a row.
    pub fn put(
        &mut self,
        at: usize,
        scope: &Scope,
        metric: &'static Metric,
        value: Option<Number>,
        standing: Standing,
    ) {
        let figure = Figure { metric, value, standing };
        // The rows of a scope come together.
        let scope = match self.figures.last() {
            Some(last) if *last.scope == *scope => Arc::clone(&last.scope),
            _ => Arc::new(scope.clone()),
        };
        self.figures.push(Measured { period: self.periods[at], scope, figure });
    }
}

/// How a count moved, when both periods are closed and it wasn't 0 before.
pub(super) fn change(before: Option<(Standing, Number)>, now: Option<(Standing, Number)>) -> Option<Number> {
    match (before?, now?) {
        ((Standing::Closed, before), (Standing::Closed, now)) => now.minus(before).over(before),
        _ => None,
    }
}
