//! The past of a figure.

use std::collections::BTreeMap;

use super::Figures;
use crate::metrics::over_time::{Chronicle, Point};
use crate::metrics::{Figure, Scope, Standing};
use crate::plain::Period;

/// What tells whether neighbouring periods of a scope compare the same repositories.
const REPOSITORIES: &str = "tracked_repos";

impl Figures {
    /// All figures in the order of time.
    #[must_use]
    pub fn chronicle(&self) -> Chronicle<'_> {
        let figures: BTreeMap<(&Scope, &str, Period), &Figure> =
            self.all().map(|(scope, period, figure)| ((scope, figure.metric.name, period), figure)).collect();
        Chronicle::new(figures.into_iter().map(|((scope, _, period), figure)| (scope, period, figure)))
    }
}

/// The past of a figure up to a period, oldest first, without gaps.
///
/// A scope that states no `tracked_repos` is as comparable as the corpus.
#[must_use]
pub fn points(figures: &Figures, scope: &Scope, metric: &str, last: Period) -> Vec<Point> {
    let repos = figures.series(scope, REPOSITORIES).or_else(|| figures.series(&Scope::Corpus, REPOSITORIES));
    let repos = |period: Period| repos.and_then(|series| series.get(&period)).and_then(|figure| figure.value);
    let Some(&first) = figures.periods().first() else { return Vec::new() };
    let point = |period: Period| {
        let figure = figures.get(scope, metric, period);
        let now = repos(period);
        Point {
            period,
            value: figure.and_then(|figure| figure.value),
            standing: figure.map_or(Standing::Unknown, |figure| figure.standing),
            comparable: now.is_some() && now == repos(period.before(1)),
        }
    };
    first.through(last).map(point).collect()
}
