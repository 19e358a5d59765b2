//! The figures of one scope.

use crate::metrics::{Figure, Measured};
use crate::plain::Period;
use crate::plain::sorted::Sorted;

/// A metric of a scope over time.
pub type Series = Sorted<Period, Figure>;

/// The figures of a scope: its metrics, sorted by their names.
#[derive(Debug, Default)]
pub(super) struct Sheet(Vec<(&'static str, Series)>);

impl Sheet {
    /// From figures of one scope.
    pub fn new(figures: &[Measured]) -> Self {
        let periods = figures.chunk_by(|a, b| a.period == b.period).count();
        let mut series: Vec<(&'static str, Series)> = Vec::new();
        let mut next = 0;
        for Measured { period, figure, .. } in figures {
            let name = figure.metric.name;
            // Each period has its metrics in the same order, so that the next one is seldom looked for.
            if series.get(next).is_none_or(|(known, _)| *known != name) {
                next = series.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                    series.push((name, Sorted::with_room(Some(periods))));
                    series.len() - 1
                });
            }
            series[next].1.insert(*period, *figure);
            next += 1;
        }
        series.sort_unstable_by_key(|(name, _)| *name);
        Self(series)
    }

    /// Adds what came later; of two figures of a period the later one stands.
    pub fn join(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
            return;
        }
        for (name, more) in other.0 {
            match self.place(name) {
                Ok(at) => more.iter().for_each(|(period, figure)| {
                    self.0[at].1.insert(*period, *figure);
                }),
                Err(at) => self.0.insert(at, (name, more)),
            }
        }
    }

    /// A metric over time.
    pub fn series(&self, metric: &str) -> Option<&Series> {
        self.place(metric).ok().map(|at| &self.0[at].1)
    }

    /// The names of the metrics, sorted.
    pub fn metrics(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Every figure.
    pub fn all(&self) -> impl Iterator<Item = (Period, &Figure)> {
        self.0.iter().flat_map(|(_, series)| series.iter().map(|(period, figure)| (*period, figure)))
    }

    fn place(&self, metric: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(name, _)| (*name).cmp(metric))
    }
}
