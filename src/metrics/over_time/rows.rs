//! Streaks and records as figures of their own, for the tidy rows.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Chronicle, KINDS, record, streak};
use crate::metrics::catalogue::{self, Id, Metric};
use crate::metrics::listing::in_a_row;
use crate::metrics::{Counted, Figure, Measured, Scope};
use crate::plain::Number;

/// The streaks and records of the metrics that the catalogue follows over time, of what was counted.
#[must_use]
pub fn rows(counted: &Counted) -> Vec<Measured> {
    let repositories = catalogue::metric(Id::TrackedRepos);
    let needed: Vec<&Metric> = catalogue::followed().iter().map(|one| one.base).chain([repositories]).collect();
    of_list(&counted.levels(&needed))
}

/// The same of measured figures.
pub(super) fn of_list(measured: &[Measured]) -> Vec<Measured> {
    let followed = catalogue::followed();
    let needed = measured.iter().filter(|one| KINDS.contains(&one.scope.kind()));
    let needed = needed.map(|one| (&*one.scope, one.period, &one.figure));
    let chronicle = Chronicle::new(needed);
    let scopes: Vec<&Scope> = chronicle.scopes().collect();
    let rows_of = |scope: &Scope| {
        let mut rows = Vec::new();
        let shared = Arc::new(scope.clone());
        for one in followed {
            let points = chronicle.series(scope, one.base.name);
            for (at, point) in points.iter().enumerate() {
                let mut put = |metric, value: Option<i32>| {
                    let figure = Figure { metric, value: value.map(Number::whole), standing: point.standing };
                    rows.push(Measured { period: point.period, scope: Arc::clone(&shared), figure });
                };
                put(one.streak, streak(points, at));
                put(one.record, record(points, at).map(|record| record.over));
            }
        }
        rows
    };
    let rows: Vec<Vec<Measured>> = scopes.into_par_iter().map(rows_of).collect();
    in_a_row(rows)
}
