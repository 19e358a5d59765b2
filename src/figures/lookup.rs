//! All figures, found by scope, metric and period.

use std::collections::{BTreeMap, HashMap};

use crate::metrics::{Figure, Measured, Scope};
use crate::plain::Period;

/// All figures of a publication.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    series: HashMap<Scope, HashMap<&'static str, BTreeMap<Period, Figure>>>,
    periods: Vec<Period>,
}

impl Figures {
    /// From everything that was measured.
    #[must_use]
    pub fn new(measured: Vec<Measured>) -> Self {
        let mut figures = Self::default();
        // The figures of a scope come together: one look for each run of them is enough.
        let mut rest = measured.into_iter().peekable();
        while let Some(first) = rest.peek() {
            let scope = first.scope.clone();
            let mut metrics = figures.series.remove(&scope).unwrap_or_default();
            while let Some(Measured { period, figure, .. }) = rest.next_if(|one| one.scope == scope) {
                if figures.periods.last() != Some(&period) {
                    figures.periods.push(period);
                }
                metrics.entry(figure.metric.name).or_default().insert(period, figure);
            }
            figures.series.insert(scope, metrics);
        }
        figures.periods.sort_unstable();
        figures.periods.dedup();
        figures
    }

    /// The reported periods, in order.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// One figure, `commits_change` and the like included; `None` when there is no such row.
    #[must_use]
    pub fn get(&self, scope: &Scope, metric: &str, period: Period) -> Option<&Figure> {
        self.series(scope, metric)?.get(&period)
    }

    /// A metric of a scope over all reported periods.
    #[must_use]
    pub fn series(&self, scope: &Scope, metric: &str) -> Option<&BTreeMap<Period, Figure>> {
        self.series.get(scope)?.get(metric)
    }

    /// Whether anything is known about a scope.
    #[must_use]
    pub fn has(&self, scope: &Scope) -> bool {
        self.series.contains_key(scope)
    }

    /// Every figure with its scope and period; those of a scope come together.
    pub fn all(&self) -> impl Iterator<Item = (&Scope, Period, &Figure)> {
        self.series.iter().flat_map(|(scope, metrics)| {
            let figures = metrics.values().flatten();
            figures.map(move |(period, figure)| (scope, *period, figure))
        })
    }

    /// All scopes, sorted.
    #[must_use]
    pub fn scopes(&self) -> Vec<&Scope> {
        let mut scopes: Vec<_> = self.series.keys().collect();
        scopes.sort_unstable();
        scopes
    }

    /// The names of all metrics of a scope, sorted.
    #[must_use]
    pub fn metrics(&self, scope: &Scope) -> Vec<&'static str> {
        let mut names: Vec<_> = self.series.get(scope).into_iter().flat_map(HashMap::keys).copied().collect();
        names.sort_unstable();
        names
    }
}
