//! Who moved: from the side where they were last at home to the side where they are now.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chance::{Totals, at_least, discovery_rates, fair_coin};
use super::homes::{Home, REACH};
use super::independence::Independence;

/// A pair of sides, by their numbers: from, to.
pub(super) type Pair = (usize, usize);

/// The moves into one period.
#[derive(Clone, Default)]
pub(super) struct Moves {
    /// For each side, how many people had their last home there, active now or not.
    pub remembered: Vec<u64>,
    /// How many moved; pairs without a move are left out.
    pub moved: BTreeMap<Pair, u64>,
}

/// What chance says about a pair of sides in one direction.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    /// How likely so many or more are, if where movers go had nothing to do with where they come from.
    pub p: f64,
    pub q: f64,
}

impl Verdict {
    /// What is said of a pair in which nothing happened.
    pub const NOTHING: Self = Self { p: 1.0, q: 1.0 };
}

/// The moves into each period; only those of `span` are counted.
pub(super) fn moves(homes: &[Vec<Home>], sides: usize, span: Range<usize>) -> Vec<Moves> {
    let empty = Moves { remembered: vec![0; sides], moved: BTreeMap::new() };
    let mut all = vec![empty; span.end];
    let mut moved: Vec<Vec<Pair>> = vec![Vec::new(); span.end];
    for homes in homes {
        for (place, home) in homes.iter().enumerate() {
            let next = homes.get(place + 1);
            // It is the last home until there is another, that one's period included.
            let until = next.map_or(i32::MAX, |next| next.at).min(home.at + REACH);
            let periods = (home.at + 1..=until).filter_map(|at| usize::try_from(at).ok());
            for at in periods.filter(|at| span.contains(at)) {
                all[at].remembered[home.side as usize] += 1;
                if let Some(next) = next.filter(|next| i32::try_from(at) == Ok(next.at) && next.side != home.side) {
                    moved[at].push((home.side as usize, next.side as usize));
                }
            }
        }
    }
    for (moves, mut pairs) in all.iter_mut().zip(moved) {
        pairs.sort_unstable();
        moves.moved = pairs.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect();
    }
    all
}

impl Moves {
    /// How many moved from one side to another.
    pub fn of(&self, pair: Pair) -> u64 {
        self.moved.get(&pair).copied().unwrap_or(0)
    }

    /// How many left each side, and how many reached it.
    fn marginals(&self) -> (Vec<u64>, Vec<u64>) {
        let (mut leaving, mut arriving) = (vec![0; self.remembered.len()], vec![0; self.remembered.len()]);
        for (&(from, to), count) in &self.moved {
            leaving[from] += count;
            arriving[to] += count;
        }
        (leaving, arriving)
    }

    /// How many movers would go each way if that had nothing to do with where they come from.
    pub fn independent(&self) -> Independence {
        let (leaving, arriving) = self.marginals();
        Independence::fit(&leaving, &arriving)
    }

    /// Whether so many in one direction are more than chance, for each pair with a move, among `sides` sides.
    ///
    /// As in the fit, how many left the one side and how many reached the other is given. The test is on the side of
    /// caution, since a large count raises what is expected of it.
    pub fn movements(&self, independent: &Independence, sides: usize) -> BTreeMap<Pair, Verdict> {
        let (leaving, arriving) = self.marginals();
        let all = leaving.iter().sum();
        let p = |(&(from, to), &count): (&Pair, &u64)| {
            at_least(count, Totals { row: leaving[from], column: arriving[to], all }, independent.expected(from, to))
        };
        judged(self.moved.keys().copied(), self.moved.iter().map(p).collect(), sides * sides.saturating_sub(1))
    }

    /// Whether the two directions differ by more than chance, for each pair with a move, the smaller side first.
    pub fn asymmetries(&self, sides: usize) -> BTreeMap<Pair, Verdict> {
        let mut pairs: Vec<Pair> = self.moved.keys().map(|&(a, b)| (a.min(b), a.max(b))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let p = pairs.iter().map(|&(a, b)| fair_coin(self.of((a, b)), self.of((b, a)))).collect();
        judged(pairs.into_iter(), p, sides * sides.saturating_sub(1) / 2)
    }
}

fn judged(pairs: impl Iterator<Item = Pair>, p: Vec<f64>, tests: usize) -> BTreeMap<Pair, Verdict> {
    let q = discovery_rates(&p, tests);
    pairs.zip(p.into_iter().zip(q)).map(|(pair, (p, q))| (pair, Verdict { p, q })).collect()
}
