//! People who are new on one side and were on another before, whether or not they left it.

use std::collections::BTreeMap;

use super::super::scope::Scope;
use super::Inputs;
use super::cut::Cut;
use super::deeds::{Deed, by_person};
use super::rows::{Rows, named};
use crate::plain::Number;

/// When a person came to a repository, and since when that counts.
struct Arrival {
    person: u32,
    side: u32,
    at: i32,
    tracked_from: i32,
}

/// Writes the rows of every ordered pair of sides of a cut and every reported period.
pub(super) fn put_expansions(rows: &mut Rows, inputs: &Inputs, deeds: &[Deed], cut: &Cut) {
    let counts = counts(inputs, deeds, cut);
    let expansion = named("expansion");
    for pair in cut.ordered_pairs() {
        let scope = Scope::Expansion(cut.sides[pair.0].clone(), cut.sides[pair.1].clone());
        for at in inputs.calendar.reported() {
            let mut both = cut.parts(pair.0, inputs.parts).chain(cut.parts(pair.1, inputs.parts));
            let knows_history = both.all(|part| part.frame.is_whole || !part.is_tracked(at));
            let is_stated = knows_history && cut.knows_both(pair, inputs.parts, at);
            let value = is_stated.then(|| Number::whole(counts[at][pair.0 * cut.len() + pair.1]));
            rows.put(at, &scope, expansion, value, cut.standing(pair, inputs.parts, at));
        }
    }
}

/// By period, a square of sides: from, to.
fn counts(inputs: &Inputs, deeds: &[Deed], cut: &Cut) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; cut.len() * cut.len()]; inputs.calendar.len()];
    let arrivals = arrivals(inputs, cut);
    let mut rest = arrivals.as_slice();
    let mut firsts: BTreeMap<u32, i32> = BTreeMap::new();
    for own in by_person(deeds) {
        let person = own[0].person;
        rest = &rest[rest.iter().take_while(|arrival| arrival.person < person).count()..];
        let came = &rest[..rest.iter().take_while(|arrival| arrival.person == person).count()];
        for deeds in own.chunk_by(|a, b| a.at == b.at) {
            let at = deeds[0].at;
            if came.iter().all(|arrival| arrival.at != at) {
                continue;
            }
            firsts.clear();
            for arrival in came.iter().filter(|arrival| arrival.tracked_from <= at) {
                let first = firsts.entry(arrival.side).or_insert(arrival.at);
                *first = arrival.at.min(*first);
            }
            let here = |side: u32| deeds.iter().any(|deed| cut.of_part[deed.part as usize] == Some(side));
            let counts = &mut counts[usize::try_from(at).expect("deeds are of periods looked at")];
            for &to in firsts.iter().filter(|&(&side, &first)| first >= at && here(side)).map(|(side, _)| side) {
                for &from in firsts.iter().filter(|&(_, &first)| first < at).map(|(side, _)| side) {
                    counts[from as usize * cut.len() + to as usize] += 1;
                }
            }
        }
    }
    counts
}

/// By person.
fn arrivals(inputs: &Inputs, cut: &Cut) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    for (part, side) in inputs.parts.iter().zip(&cut.of_part) {
        let Some(side) = *side else { continue };
        arrivals.extend(part.firsts.iter().map(|first| Arrival {
            person: first.person,
            side,
            at: first.at,
            tracked_from: part.frame.tracked_from,
        }));
    }
    // Stable, because it merges the sorted runs that the parts are.
    arrivals.sort_by_key(|arrival| arrival.person);
    arrivals
}
