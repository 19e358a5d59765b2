//! What is between parts of the corpus: people in both, people who came from one to the other.

use super::claim::{Key, Measure, Saying};
use super::numeral::Of;
use super::reader::{Reader, Unclear};
use super::scene::Sense;
use super::stated::Stated;
use crate::metrics::{Scope, Side};

impl Reader<'_> {
    /// `84 people are active in both training and distributed training`, `kernels and edge share 15 people`.
    pub(super) fn between_at(&mut self, at: usize) {
        let Sense::Number(numeral, hedge) = self.sense(at).clone() else { return };
        if self.is_used(at) || numeral.of != Of::Ones {
            return;
        }
        let clause = self.clause(at);
        let counted = self.next(at);
        let is_new = matches!(self.sense(counted), Sense::Noun("new"));
        if !is_new && !matches!(self.sense(counted), Sense::Noun("contributors")) {
            return;
        }
        let subjects: Vec<(usize, Scope)> = self.subjects(clause.clone()).collect();
        let [(first, a), (second, b)] = &subjects[..] else { return };
        let says = |words: &[&str]| clause.clone().any(|at| self.word(at).split(' ').any(|word| words.contains(&word)));
        let pair = [a, b].map(Side::of);
        let [Some(a_side), Some(b_side)] = pair else { return };
        // `active on kernels and on distributed training`
        let twice = self.word(self.prev(*first)) == self.word(self.prev(*second))
            && (*first + 1..*second).any(|at| matches!(self.word(at), "and" | "well"))
            && says(&["active", "work", "worked", "busy", "foot", "were"]);
        let share = twice
            || says(&["alike", "simultaneously", "divide", "divided", "split", "straddle", "straddled"])
            || clause.clone().any(|at| self.word(at) == "once" && self.word(at.wrapping_sub(1)) == "at")
            || clause.clone().any(|at| self.word(at) == "time" && says(&["same"]))
            || says(&["both", "share", "shared", "shares", "common", "overlap"])
            || clause.clone().any(|at| matches!(self.sense(at), Sense::Noun("overlap")));
        let led = |place: usize| self.word(self.prev(place)).to_owned();
        let is_from = |place: usize| matches!(led(place).as_str(), "from" | "of");
        let is_to = |place: usize| matches!(led(place).as_str(), "to" | "in" | "into" | "on" | "for" | "at");
        let ends = if is_from(*first) && !is_from(*second) && is_to(*second) {
            Some((a_side.clone(), b_side.clone()))
        } else if is_from(*second) && !is_from(*first) && is_to(*first) {
            Some((b_side.clone(), a_side.clone()))
        } else {
            None
        };
        // `Kernels attracted 12 people who had worked on compilers`: who they are says where they come from.
        let who = clause.clone().find(|&at| matches!(self.word(at), "who" | "previously" | "already"));
        let were = says(&["previously", "already", "known", "had", "before"]);
        let begin =
            says(&["began", "begun", "begin", "started", "start", "attracted", "drew", "gained", "took", "first"]);
        let ends = match who.filter(|_| were && begin && ends.is_none()) {
            Some(who) if *first > who => Some((a_side.clone(), b_side.clone())),
            Some(who) if *second > who => Some((b_side.clone(), a_side.clone())),
            _ => ends,
        };
        let from = self.word(self.prev(at)) == "from";
        let period = if from { self.base(at).map(|(_, base)| base) } else { self.period(at) };
        let period = match period {
            Ok(period) => period,
            Err(unclear) => return self.note(at..at + 1, Err(unclear)),
        };
        let key = |scope: Scope, metric: &'static str| Key { scope, metric, period };
        let first_time = clause.clone().any(|at| matches!(self.sense(at), Sense::Trait("new")))
            || says(&[
                "known",
                "spread",
                "expanded",
                "began",
                "begun",
                "start",
                "started",
                "branched",
                "also",
                "previously",
                "already",
            ])
            || who.is_some() && were && begin;
        let moved = says(&["moved", "moving", "switched", "home", "homes", "migrated", "transferred"]);
        let result = match (share, ends) {
            (true, _) => Ok(key(Scope::overlap(a_side, b_side), "overlap")),
            (_, Some((from, to))) if moved => Ok(key(Scope::Flow(from, to), "flow")),
            (_, Some((from, to))) if first_time || is_new => Ok(key(Scope::Expansion(from, to), "expansion")),
            (_, Some((from, to))) if says(&["came", "come", "arrived", "crossed", "went"]) => {
                let candidates = vec![
                    key(Scope::Expansion(from.clone(), to.clone()), "expansion"),
                    key(Scope::Flow(from, to), "flow"),
                ];
                Err(Unclear { why: "people can come while they stay where they were, or move".to_owned(), candidates })
            }
            _ => return,
        };
        let result = result.map(|key| Saying::Amount(Measure::Level(key), Stated::new(&numeral, hedge)));
        self.note(at..at + 1, result);
    }
}
