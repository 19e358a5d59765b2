//! Turnover inside and outside: whether those who came were elsewhere in the corpus before, and whether those who left
//! are elsewhere in it now (Foucault et al., ESEC/FSE 2015).

use rayon::prelude::*;

use super::super::calendar::Calendar;
use super::super::figure::{Measured, Standing};
use super::super::listing::in_a_row;
use super::super::part::Part;
use super::super::scope::Scope;
use super::super::standing::of_scope;
use super::rows::{Rows, named};
use crate::plain::Number;

/// How many crossed the border of a scope between one period and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    /// Came to the scope, and weren't active in the corpus in the period before.
    pub external_in: u64,
    /// Came to the scope, and were active elsewhere in the corpus in the period before.
    pub internal_in: u64,
    /// Left the scope, and aren't active in the corpus any more.
    pub external_out: u64,
    /// Left the scope, and are active elsewhere in the corpus.
    pub internal_out: u64,
}

/// People who are active in a period, sorted, each once.
#[derive(Clone, Copy, Debug)]
pub struct Active<'a> {
    /// In the scope.
    pub scope: &'a [u32],
    /// In the whole corpus.
    pub corpus: &'a [u32],
}

/// Counts who crossed the border of a scope.
///
/// Who came is active in the scope now and wasn't in the period before: new and returning people. Who left was active
/// in it and isn't: churned people.
///
/// Everybody who is active in the scope is active in the corpus.
#[must_use]
pub fn crossing(before: Active, now: Active) -> Crossing {
    let stayed = common(now.scope, before.scope);
    let (were_here, are_here) = (common(now.scope, before.corpus), common(before.scope, now.corpus));
    Crossing {
        external_in: now.scope.len() as u64 - were_here,
        internal_in: were_here - stayed,
        external_out: before.scope.len() as u64 - are_here,
        internal_out: are_here - stayed,
    }
}

/// How many of some are among others.
fn common(some: &[u32], others: &[u32]) -> u64 {
    let mut is_in = among(others);
    some.iter().filter(|person| is_in(person)).count() as u64
}

/// Tells of people, who are asked about in order, whether they are among others.
fn among(others: &[u32]) -> impl FnMut(&u32) -> bool {
    let mut rest = others;
    move |person| {
        // The next one is seldom far: steps that double find out how far.
        let mut reach = 1;
        while rest.get(reach).is_some_and(|other| other <= person) {
            rest = &rest[reach..];
            reach *= 2;
        }
        let near = &rest[..rest.len().min(reach)];
        rest = &rest[near.partition_point(|other| other < person)..];
        rest.first() == Some(person)
    }
}

/// The active people of each period, sorted, each once.
pub(in super::super) fn active_people(parts: &[&Part], calendar: &Calendar) -> Vec<Vec<u32>> {
    let mut people = vec![Vec::new(); calendar.len()];
    for part in parts {
        for work in part.work.iter().filter(|work| part.counts(work.at.into())) {
            people[usize::from(work.at)].push(work.person);
        }
    }
    for people in &mut people {
        people.sort_unstable();
        people.dedup();
    }
    people
}

/// A set of repositories with a name.
pub(in super::super) type Group<'a> = (Scope, Vec<&'a Part>);

/// What the whole corpus allows to say of a period, found once for all scopes.
struct Whole {
    /// Who is active, sorted, each once.
    people: Vec<u32>,
    /// Whether all that is tracked is known, at least to a part.
    is_known: bool,
    /// Whether all that is tracked is known to the end.
    is_closed: bool,
}

/// The rows of some scopes, each in every reported period.
///
/// Where a repository of the corpus is unknown in the period before, nobody can be said to have come from outside. Who
/// left, and whereto, is stated only of periods that are over for the whole corpus.
pub(super) fn crossings(scopes: &[Group], corpus: &[&Part], calendar: &Calendar) -> Vec<Measured> {
    let whole = |(at, people)| Whole {
        people,
        is_known: corpus.iter().all(|part| !part.is_tracked(at) || part.is_known(at)),
        is_closed: is_closed(corpus, at),
    };
    let wholes: Vec<Whole> = active_people(corpus, calendar).into_iter().enumerate().map(whole).collect();
    let rows: Vec<Vec<Measured>> = scopes
        .par_iter()
        .map(|(scope, parts)| {
            let mut rows = Rows::new(calendar);
            put_scope(&mut rows, scope, parts, &wholes, calendar);
            rows.figures
        })
        .collect();
    in_a_row(rows)
}

fn is_closed(parts: &[&Part], at: usize) -> bool {
    of_scope(parts.iter().copied(), at) == Standing::Closed
}

fn put_scope(rows: &mut Rows, scope: &Scope, parts: &[&Part], wholes: &[Whole], calendar: &Calendar) {
    let own = active_people(parts, calendar);
    let metrics = ["external_in", "internal_in", "external_out", "internal_out"].map(named);
    let active = |at: usize| Active { scope: &own[at], corpus: &wholes[at].people };
    for at in calendar.reported() {
        let now = of_scope(parts.iter().copied(), at);
        let is_known = !matches!(now, Standing::Unknown | Standing::Untracked);
        let before = at.checked_sub(1).filter(|_| is_known);
        let is_over = |&before: &usize| wholes[at].is_closed && now == Standing::Closed && is_closed(parts, before);
        let counts = before.map(|before| crossing(active(before), active(at)));
        let came = counts.filter(|_| before.is_some_and(|before| wholes[before].is_known));
        let left = counts.filter(|_| before.as_ref().is_some_and(is_over));
        let values = [
            came.map(|counts| counts.external_in),
            came.map(|counts| counts.internal_in),
            left.map(|counts| counts.external_out),
            left.map(|counts| counts.internal_out),
        ];
        for (metric, value) in metrics.into_iter().zip(values) {
            rows.put(at, scope, metric, value.map(Number::whole), now);
        }
    }
}
