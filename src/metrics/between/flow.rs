//! The figures of moving: between all pairs of categories, and between repositories that somebody moved between.

use super::super::catalogue::Metric;
use super::super::figure::Standing;
use super::super::part::Part;
use super::super::scope::Scope;
use super::chance::{DIGITS, rounded};
use super::cut::Cut;
use super::homes::{REACH, homes};
use super::moves::{Moves, Pair, Verdict, moves};
use super::rows::{Rows, named};
use super::{Inputs, deeds::Deed};
use crate::plain::Number;

/// Digits after the point that an expected number of people keeps.
const EXPECTED_DIGITS: usize = 6;

/// Of all that are called movements, this part may be chance: one in so many.
const ONE_IN: i128 = 20;

/// Which pairs get rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    All,
    /// Those that are not 0.
    Moved,
}

/// The metrics of a pair, in the order of the catalogue.
struct Metrics {
    flow: &'static Metric,
    rate: &'static Metric,
    expected: &'static Metric,
    movement: [&'static Metric; 3],
    asymmetry: [&'static Metric; 3],
}

/// Writes the rows of every pair and reported period.
pub(super) fn put_flows(rows: &mut Rows, inputs: &Inputs, deeds: &[Deed], cut: &Cut, pairs: Pairs) {
    let homes = homes(inputs.corpus, inputs.parts, deeds, cut, inputs.calendar);
    let all = moves(&homes, cut.len(), inputs.calendar.reported());
    let metrics = Metrics {
        flow: named("flow"),
        rate: named("flow_rate"),
        expected: named("flow_expected"),
        movement: ["flow_p", "flow_q", "flow_is_movement"].map(named),
        asymmetry: ["flow_asymmetry_p", "flow_asymmetry_q", "flow_is_asymmetric"].map(named),
    };
    for at in inputs.calendar.reported() {
        let moves = &all[at];
        let is_stated = is_stated(inputs.parts, at);
        if pairs == Pairs::Moved {
            if is_stated {
                put_period(rows, inputs.parts, cut, at, moves, moves.moved.keys().copied(), &metrics);
            }
        } else if is_stated {
            put_period(rows, inputs.parts, cut, at, moves, cut.ordered_pairs(), &metrics);
        } else {
            for pair in cut.ordered_pairs() {
                put_pair(rows, cut, at, pair, cut.standing(pair, inputs.parts, at), None, &metrics);
            }
        }
    }
}

/// Whether every repository of the corpus is known to the end of the period, and was known as far back as a home is
/// remembered: who isn't at home anywhere may be so where nobody looked.
fn is_stated(parts: &[Part], at: usize) -> bool {
    let known_before = |part: &Part| {
        let back = usize::try_from(REACH).expect("a few periods");
        (at.saturating_sub(back)..at).all(|at| !part.is_tracked(at) || part.is_known(at))
    };
    parts.iter().all(|part| (!part.is_tracked(at) || part.is_closed(at)) && known_before(part))
}

/// What is stated of a pair.
struct Stated {
    flow: u64,
    remembered: u64,
    expected: f64,
    movement: Verdict,
    asymmetry: Verdict,
}

fn put_period(
    rows: &mut Rows,
    parts: &[Part],
    cut: &Cut,
    at: usize,
    moves: &Moves,
    pairs: impl Iterator<Item = Pair>,
    metrics: &Metrics,
) {
    let sides = (0..cut.len()).filter(|&side| cut.is_tracked(side, parts, at)).count();
    let independent = moves.independent();
    let (movements, asymmetries) = (moves.movements(&independent, sides), moves.asymmetries(sides));
    for pair in pairs {
        let stated = cut.knows_both(pair, parts, at).then(|| Stated {
            flow: moves.of(pair),
            remembered: moves.remembered[pair.0],
            expected: independent.expected(pair.0, pair.1),
            movement: movements.get(&pair).copied().unwrap_or(Verdict::NOTHING),
            asymmetry: asymmetries.get(&(pair.0.min(pair.1), pair.0.max(pair.1))).copied().unwrap_or(Verdict::NOTHING),
        });
        put_pair(rows, cut, at, pair, cut.standing(pair, parts, at), stated.as_ref(), metrics);
    }
}

fn put_pair(
    rows: &mut Rows,
    cut: &Cut,
    at: usize,
    (from, to): Pair,
    standing: Standing,
    stated: Option<&Stated>,
    metrics: &Metrics,
) {
    let scope = Scope::Flow(cut.sides[from].clone(), cut.sides[to].clone());
    let mut put = |metric, value: Option<Number>| rows.put(at, &scope, metric, value, standing);
    put(metrics.flow, stated.map(|pair| Number::whole(pair.flow)));
    put(metrics.rate, stated.and_then(|pair| Number::quotient(pair.flow, pair.remembered)));
    put(metrics.expected, stated.map(|pair| rounded(pair.expected, EXPECTED_DIGITS)));
    let verdicts =
        [(metrics.movement, stated.map(|pair| pair.movement)), (metrics.asymmetry, stated.map(|pair| pair.asymmetry))];
    for ([p, q, holds], verdict) in verdicts {
        let rate = verdict.map(|verdict| rounded(verdict.q, DIGITS));
        put(p, verdict.map(|verdict| rounded(verdict.p, DIGITS)));
        put(q, rate);
        put(holds, rate.map(|rate| Number::whole(i128::from(rate.times(ONE_IN) <= Number::whole(1)))));
    }
}
