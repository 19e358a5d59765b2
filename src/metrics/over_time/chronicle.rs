//! The figures of all scopes in the order of time.

use std::collections::BTreeMap;

use super::point::Point;
use crate::metrics::{Figure, Scope, Standing};
use crate::plain::{Number, Period};

type Series = BTreeMap<&'static str, Vec<Point>>;

/// What tells whether neighbouring periods of a scope compare the same repositories.
const REPOSITORIES: &str = "tracked_repos";

/// Series of figures by scope and metric. Each series has all periods from the first to the last of them.
#[derive(Clone, Debug, Default)]
pub struct Chronicle<'a> {
    periods: Vec<Period>,
    scopes: BTreeMap<&'a Scope, Series>,
}

impl<'a> Chronicle<'a> {
    /// From figures in any order.
    ///
    /// Repositories only ever join, so that a scope with as many tracked repositories as before has the same. A scope
    /// that states no `tracked_repos` is as comparable as the corpus.
    #[must_use]
    pub fn new(figures: impl IntoIterator<Item = (&'a Scope, Period, &'a Figure)>) -> Self {
        let figures: Vec<_> = figures.into_iter().collect();
        let all = || figures.iter().map(|(_, period, _)| *period);
        let Some((first, last)) = all().min().zip(all().max()) else { return Self::default() };
        let periods: Vec<Period> = first.through(last).collect();
        let unknown = |&period: &Period| Point { period, value: None, standing: Standing::Unknown, comparable: false };
        let blank: Vec<Point> = periods.iter().map(unknown).collect();
        let mut scopes: BTreeMap<&Scope, Series> = BTreeMap::new();
        for run in figures.chunk_by(|a, b| a.0 == b.0) {
            let series = scopes.entry(run[0].0).or_default();
            for (_, period, figure) in run {
                let points = series.entry(figure.metric.name).or_insert_with(|| blank.clone());
                let at = usize::try_from(period.since(first)).expect("the first period is the earliest");
                points[at] = Point { value: figure.value, standing: figure.standing, ..points[at] };
            }
        }
        let mut chronicle = Self { periods, scopes };
        chronicle.compare();
        chronicle
    }

    /// Finds out which periods may be compared with the one before.
    fn compare(&mut self) {
        let steps = |series: &Series| -> Option<Vec<bool>> {
            let repositories: Vec<Option<Number>> = series.get(REPOSITORIES)?.iter().map(|point| point.value).collect();
            let same = |pair: &[Option<Number>]| pair[0].is_some() && pair[0] == pair[1];
            Some(std::iter::once(false).chain(repositories.windows(2).map(same)).collect())
        };
        let of_corpus = self.scopes.get(&Scope::Corpus).and_then(steps);
        for series in self.scopes.values_mut() {
            let Some(steps) = steps(series).or_else(|| of_corpus.clone()) else { continue };
            for points in series.values_mut() {
                points.iter_mut().zip(&steps).for_each(|(point, step)| point.comparable = *step);
            }
        }
    }

    /// All periods, in order.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The place of a period.
    #[must_use]
    pub fn place(&self, period: Period) -> Option<usize> {
        self.periods.binary_search(&period).ok()
    }

    /// The scopes of the kinds that have a past, in the order of the kinds and then sorted.
    pub fn scopes(&self) -> impl Iterator<Item = &'a Scope> + use<'a, '_> {
        super::KINDS.into_iter().flat_map(|kind| self.scopes.keys().copied().filter(move |scope| scope.kind() == kind))
    }

    /// A metric of a scope in all periods; nothing when it wasn't measured.
    #[must_use]
    pub fn series(&self, scope: &Scope, metric: &str) -> &[Point] {
        self.scopes.get(scope).and_then(|series| series.get(metric)).map_or(&[], Vec::as_slice)
    }

    /// The place of the last period that is closed for anything.
    #[must_use]
    pub fn last_closed(&self) -> Option<usize> {
        let is_closed = |at: &usize| {
            let points = self.scopes.values().flat_map(BTreeMap::values);
            points.into_iter().any(|points| points[*at].standing == Standing::Closed)
        };
        (0..self.periods.len()).rev().find(is_closed)
    }
}
