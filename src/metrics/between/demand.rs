//! What is between any two sides, measured when somebody asks for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::calendar::Calendar;
use super::super::figure::{Figure, Measured, Standing};
use super::super::part::Part;
use super::super::scope::Scope;
use super::super::standing::of_scope;
use super::overlap::overlap_of;
use super::rows::{change, named};
use crate::plain::{Number, Period};

/// One of the two.
pub(in crate::metrics) struct End<'a> {
    /// Whose rows are counted.
    pub parts: Vec<&'a Part>,
    /// What has to be known for that.
    pub ground: Vec<&'a Part>,
    /// Who is active in it, by period.
    pub people: Arc<Vec<Vec<u32>>>,
}

impl End<'_> {
    fn is_known(&self, at: usize) -> bool {
        self.ground.iter().any(|part| part.counts(at))
    }

    fn is_whole(&self, at: usize) -> bool {
        self.ground.iter().all(|part| part.frame.is_whole || !part.is_tracked(at))
    }

    /// When each person came, to the repositories that are tracked in a period.
    fn firsts(&self, at: usize) -> BTreeMap<u32, i32> {
        let mut firsts = BTreeMap::new();
        for first in self.parts.iter().filter(|part| part.is_tracked(at)).flat_map(|part| &part.firsts) {
            let at = firsts.entry(first.person).or_insert(first.at);
            *at = first.at.min(*at);
        }
        firsts
    }
}

/// What two ends allow to say about each period.
fn standings(ends: [&End; 2], calendar: &Calendar) -> Vec<Standing> {
    let mut ground: Vec<&Part> = ends.iter().flat_map(|end| &end.ground).copied().collect();
    ground.sort_by_key(|part| std::ptr::from_ref(*part));
    ground.dedup_by_key(|part| std::ptr::from_ref(*part));
    (0..calendar.len()).map(|at| of_scope(ground.iter().copied(), at)).collect()
}

/// The figures of an overlap of two sides.
pub(in crate::metrics) fn overlap(scope: &Scope, a: &End, b: &End, calendar: &Calendar) -> Vec<Measured> {
    let standings = standings([a, b], calendar);
    let value = |at: usize| {
        let known = a.is_known(at) && b.is_known(at);
        known.then(|| (standings[at], Number::whole(overlap_of(&a.people[at], &b.people[at]))))
    };
    let values: Vec<Option<(Standing, Number)>> = (0..calendar.len()).map(value).collect();
    let scope = Arc::new(scope.clone());
    let mut figures = Vec::new();
    for (at, period) in reported(calendar) {
        let standing = standings[at];
        let moved = change(at.checked_sub(1).and_then(|before| values[before]), values[at]);
        for (metric, value) in [("overlap", values[at].map(|(_, value)| value)), ("overlap_change", moved)] {
            let figure = Figure { metric: named(metric), value, standing };
            figures.push(Measured { period, scope: Arc::clone(&scope), figure });
        }
    }
    figures
}

/// The figures of an expansion from one side to another.
pub(in crate::metrics) fn expansion(scope: &Scope, from: &End, to: &End, calendar: &Calendar) -> Vec<Measured> {
    let standings = standings([from, to], calendar);
    let count = |at: usize| {
        let number = i32::try_from(at).expect("there are fewer than 40,000 quarters");
        let (before, came) = (from.firsts(at), to.firsts(at));
        let is_new = |person: &&u32| came.get(person).is_some_and(|first| *first >= number);
        let was_there = |person: &&u32| before.get(person).is_some_and(|first| *first < number);
        to.people[at].iter().filter(is_new).filter(was_there).count() as u64
    };
    let scope = Arc::new(scope.clone());
    let figure = |(at, period): (usize, Period)| {
        let is_stated = [from, to].into_iter().all(|end| end.is_known(at) && end.is_whole(at));
        let value = is_stated.then(|| Number::whole(count(at)));
        let figure = Figure { metric: named("expansion"), value, standing: standings[at] };
        Measured { period, scope: Arc::clone(&scope), figure }
    };
    reported(calendar).map(figure).collect()
}

fn reported(calendar: &Calendar) -> impl Iterator<Item = (usize, Period)> {
    calendar.periods().enumerate().skip(calendar.reported().start)
}
