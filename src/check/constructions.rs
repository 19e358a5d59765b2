//! What sentences state without a number of their own: streaks, records, places, comparisons, all and none.

use super::numeral::{Numeral, Of, Words};
use super::reader::Reader;
use super::scene::Sense;
use super::stated::{Hedge, Stated};
use crate::plain::Number;

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Superlatives, with the end that they are at and the metric that they imply.
const SUPERLATIVES: &[(&str, i8, Option<&str>)] = &[
    ("most", 1, None),
    ("largest", 1, None),
    ("biggest", 1, None),
    ("highest", 1, None),
    ("strongest", 1, None),
    ("best", 1, None),
    ("greatest", 1, None),
    ("top", 1, None),
    ("busiest", 1, Some("commits")),
    ("fewest", -1, None),
    ("least", -1, None),
    ("smallest", -1, None),
    ("lowest", -1, None),
    ("weakest", -1, None),
    ("worst", -1, None),
    ("poorest", -1, None),
    ("quietest", -1, Some("commits")),
];

/// The ordinal that a word begins with, and what follows a hyphen.
pub fn ordinal(word: &str) -> Option<(usize, Option<&str>)> {
    let (first, rest) = word.split_once('-').map_or((word, None), |(first, rest)| (first, Some(rest)));
    let by_name = ORDINALS.iter().position(|name| *name == first).map(|at| at + 1);
    let number = by_name.or_else(|| {
        let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        matches!(&first[digits.len()..], "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
    })?;
    Some((number, rest))
}

pub fn superlative(word: &str) -> Option<(i8, Option<&'static str>)> {
    SUPERLATIVES.iter().find(|(name, ..)| *name == word).map(|(_, end, metric)| (*end, *metric))
}

pub fn exactly(count: usize) -> Stated {
    let value = Number::whole(i128::try_from(count).unwrap_or(i128::MAX));
    let numeral = Numeral { value, step: Number::whole(1), of: Of::Ones, sign: 0, words: Words::Whole };
    Stated::new(&numeral, Hedge::Exact)
}

impl Reader<'_> {
    /// Reads what is stated without a number of its own, and with numbers that only such statements can explain.
    pub(super) fn constructions(&mut self) {
        for at in 0..self.items.len() {
            self.streak_at(at);
            self.record_at(at);
        }
        for at in 0..self.items.len() {
            self.only_at(at);
            self.unbeaten_at(at);
            self.every_at(at);
            self.between_at(at);
        }
        self.lists();
        for at in 0..self.items.len() {
            self.together_at(at);
        }
        for at in 0..self.items.len() {
            self.place_at(at);
            self.lead_at(at);
        }
        for at in 0..self.items.len() {
            self.order_at(at);
            self.equal_at(at);
            self.multiple_at(at);
        }
    }

    pub(super) fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(true)
    }

    /// The metric that a statement is about: the nearest noun after it in the clause, or before it.
    pub(super) fn noun_near(&self, at: usize) -> Option<&'static str> {
        let clause = self.clause(at);
        let noun = |at: usize| self.noun(at);
        let after = (at..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma).find_map(noun);
        after.or_else(|| (0..at).rev().find_map(noun)).or_else(|| (at..self.items.len()).find_map(noun))
    }

    /// The direction of the nearest verb or noun of movement.
    pub(super) fn way_near(&self, at: usize) -> Option<i8> {
        let way = |at: usize| match self.sense(at) {
            Sense::Move(moved) if moved.way != 0 => Some(moved.way),
            Sense::More(way) => Some(*way),
            _ => None,
        };
        let clause = self.clause(at);
        let left = (clause.start..at).rev().find_map(way);
        left.or_else(|| (at..clause.end).find_map(way)).or_else(|| (0..self.items.len()).find_map(way))
    }
}
