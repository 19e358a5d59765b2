//! People who are active on two sides in one period.

use super::super::scope::Scope;
use super::Inputs;
use super::cut::Cut;
use super::deeds::{Deed, by_person};
use super::rows::{Rows, change, named};
use crate::plain::Number;

/// How many people two sides share in a period, for any two sides: each side is its active people, sorted, each once.
///
/// What may be said about the number hangs on the repositories of both sides together; of a side of which nothing is
/// known, nothing may.
#[must_use]
pub fn overlap_of(a: &[u32], b: &[u32]) -> u64 {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().filter(|person| many.binary_search(person).is_ok()).count() as u64
}

/// Writes the rows of every pair of sides of a cut and every reported period.
pub(super) fn put_overlaps(rows: &mut Rows, inputs: &Inputs, deeds: &[Deed], cut: &Cut) {
    let calendar = inputs.calendar;
    let counts = counts(deeds, cut, calendar.len());
    let (overlap, overlap_change) = (named("overlap"), named("overlap_change"));
    for pair in cut.ordered_pairs().filter(|(a, b)| a < b) {
        let scope = Scope::overlap(cut.sides[pair.0].clone(), cut.sides[pair.1].clone());
        let count = |at: usize| {
            let standing = cut.standing(pair, inputs.parts, at);
            let value = Number::whole(counts[at][pair.0 * cut.len() + pair.1]);
            (standing, cut.knows_both(pair, inputs.parts, at).then_some(value))
        };
        let known = |at: usize| {
            let (standing, value) = count(at);
            value.map(|value| (standing, value))
        };
        for at in calendar.reported() {
            let (standing, value) = count(at);
            let before = at.checked_sub(1).and_then(known);
            rows.put(at, &scope, overlap, value, standing);
            rows.put(at, &scope, overlap_change, change(before, known(at)), standing);
        }
    }
}

/// By period, a square of sides, of which the half above the diagonal is filled.
fn counts(deeds: &[Deed], cut: &Cut, periods: usize) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; cut.len() * cut.len()]; periods];
    let mut sides = Vec::new();
    for deeds in by_person(deeds).flat_map(|own| own.chunk_by(|a, b| a.at == b.at)) {
        sides.clear();
        sides.extend(deeds.iter().filter_map(|deed| cut.of_part[deed.part as usize]));
        sides.sort_unstable();
        sides.dedup();
        let counts = &mut counts[usize::try_from(deeds[0].at).expect("deeds are of periods looked at")];
        for (place, &a) in sides.iter().enumerate() {
            for &b in &sides[place + 1..] {
                counts[a as usize * cut.len() + b as usize] += 1;
            }
        }
    }
    counts
}
