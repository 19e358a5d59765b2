//! Comparisons: more than another, fewer than a year ago, twice what it was.

use super::claim::{Key, Measure, Saying};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Read, Reader, Unclear, amount, is_share};
use super::scene::Sense;
use super::stated::{Hedge, Stated};
use super::time::Time;
use super::vocabulary::{Force, Move};
use crate::metrics::Scope;
use crate::plain::Number;

/// Verbs of having more than another.
pub const OUTDOING: [&str; 28] = [
    "exceed",
    "exceeds",
    "beat",
    "beats",
    "surpass",
    "surpassed",
    "surpasses",
    "outstrip",
    "outstrips",
    "outstripped",
    "outpace",
    "outpaces",
    "outdraw",
    "outdraws",
    "overtakes",
    "outranks",
    "out-commits",
    "outcommits",
    "outnumber",
    "outnumbered",
    "outnumbers",
    "outdrew",
    "outpaced",
    "exceeded",
    "overtook",
    "topped",
    "out-committed",
    "outcommitted",
];

/// Words of comparison that are about commits.
const OF_COMMITS: [&str; 6] = ["out-committed", "outcommitted", "out-commits", "outcommits", "busier", "quieter"];

/// Words for a part of people or commits.
const PARTS: [&str; 5] = ["share", "part", "proportion", "portion", "percentage"];

/// Verbs of keeping people.
const KEEPING: [&str; 6] = ["keep", "keeps", "kept", "retain", "retains", "retained"];

impl Reader<'_> {
    /// `CIRCT has more commits than IREE`, `fewer people than a year ago`, `retention is higher than in the corpus`.
    pub(super) fn order_at(&mut self, at: usize) {
        if self.is_used(at) || self.is_number(self.prev(at)) || self.is_number(self.next(at)) {
            return;
        }
        let Some(way) = self.comparative(at) else { return };
        let clause = self.clause(at);
        let than = if OUTDOING.contains(&self.word(at)) {
            Some(at)
        } else if matches!(self.word(at), "ahead" | "behind") {
            Some(at + 1).filter(|&of| self.word(at) == "behind" || self.word(of) == "of")
        } else {
            (at..clause.end).find(|&at| self.word(at) == "than")
        };
        let Some(than) = than.filter(|than| !self.is_number(self.next(*than))) else { return };
        let metric = match self.compared_metric(at, than) {
            Some(Ok(metric)) => metric,
            Some(Err(unclear)) => return self.note(at..at + 1, Err(unclear)),
            None => return,
        };
        let Some(result) = self.sides(at, than, metric, way) else { return };
        let sides = match &result {
            Ok(Saying::Order(a, b, _)) => Some((a.clone(), b.clone())),
            Ok(Saying::Went(key, base, _)) => Some((key.clone(), key.at(*base))),
            _ => None,
        };
        if let Some((place, only)) = self.only_these(at).filter(|_| matches!(result, Ok(Saying::Order(..)))) {
            let Ok(Saying::Order(_, key, way)) = result else { return };
            let among = self.members.parts(key.scope.kind(), &Scope::Corpus);
            let measure = Measure::Level(key);
            let saying = Saying::Place { measure, among, place: place + 1, from_least: way < 0 };
            self.used[only] = true;
            return self.note(only..than + 1, Ok(saying));
        }
        self.note(at..than + 1, result);
        if let Some((a, b)) = sides {
            self.held_against(than, &a, &b);
        }
    }

    /// `Only ExecuTorch and vLLM Ascend have more contributors than AITER`: how many have, and where that is said.
    fn only_these(&self, at: usize) -> Option<(usize, usize)> {
        let clause = self.clause(at);
        let only = (clause.start..at).find(|&at| self.word(at) == "only")?;
        let named = self.subjects(only..at).count();
        let is_quiet = (only + 1..at).all(|at| {
            matches!(self.sense(at), Sense::Subject(..) | Sense::Filler | Sense::Having | Sense::Comma)
                || self.word(at) == "and"
        });
        (is_quiet && named > 0).then_some((named, only))
    }

    /// Which of two a word makes the larger: 1 for the first.
    pub(super) fn comparative(&self, at: usize) -> Option<i8> {
        match (self.sense(at), self.word(at)) {
            (Sense::More(way), _) | (Sense::Move(Move { way, .. }), "higher" | "lower") => Some(*way),
            (Sense::Word, "larger" | "bigger" | "greater" | "busier" | "ahead") => Some(1),
            (Sense::Word, "behind") if self.is_place_of_verb(at) => Some(-1),
            (Sense::Word, "smaller" | "quieter") => Some(-1),
            (Sense::Word, word) if OUTDOING.contains(&word) => Some(1),
            _ => None,
        }
    }

    /// `JAX is behind IREE`, `fell behind`: a verb stands before it.
    fn is_place_of_verb(&self, at: usize) -> bool {
        *self.sense(self.prev(at)) == Sense::Having
            || matches!(self.word(self.prev(at)), "fell" | "remained" | "stayed")
    }

    /// What is compared.
    pub(super) fn compared_metric(&self, at: usize, than: usize) -> Option<Result<&'static str, Unclear>> {
        let clause = self.clause(at);
        let noun = |at: usize| self.noun(at);
        let named = (at..than)
            .find_map(noun)
            .or_else(|| (clause.start..at).rev().find_map(noun))
            .or_else(|| (than..clause.end).find_map(noun));
        let metric = if OF_COMMITS.contains(&self.word(at)) { "commits" } else { named? };
        // `a larger share of its people than …`: who keeps more of them.
        let is_part = (at..than).any(|at| PARTS.contains(&self.word(at)));
        let keeps = clause.into_iter().any(|at| KEEPING.contains(&self.word(at)));
        Some(match (is_part, keeps, metric) {
            (true, true, "contributors") => Ok("retention"),
            (true, _, metric) if !is_share(metric) => Err(self.unclear(at, "nothing says which part is compared")),
            (_, _, metric) => Ok(self.with_actor(at, metric)),
        })
    }

    /// What is compared with what: two metrics, two parts, or two quarters.
    fn sides(&self, at: usize, than: usize, metric: &'static str, way: i8) -> Option<Read> {
        let period = self.context.period;
        let key = |scope: Scope| Key { scope, metric, period };
        let own = || self.subject(at).map_err(|unclear| unclear.of(metric)).map(key);
        let to = self.clause(at).end;
        // `fewer newcomers than people who stayed`
        let counted = (than + 1..to)
            .take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Subject(..) | Sense::Time(_)))
            .find_map(|at| self.noun(at));
        let is_named = (at..than).any(|at| self.noun(at).is_some());
        if let Some(counted) = counted.filter(|counted| *counted != metric && is_named) {
            return Some(own().map(|key| Saying::Order(key.clone(), key.metric(counted), way)));
        }
        // `are more than they were`
        let they = self.next(than);
        if matches!(self.word(they), "they" | "it")
            && matches!(self.word(self.next(they)), "were" | "was" | "had" | "did")
        {
            return Some(own().map(|key| {
                let base = key.period.before(1);
                Saying::Went(key, base, Move { way, force: Force::Plain })
            }));
        }
        let mut named = (than + 1..to).take_while(|&at| *self.sense(at) != Sense::Comma);
        named.find_map(|other| match self.sense(other) {
            Sense::Subject(Scope::Vendor(_), true) if matches!(self.sense(other + 1), Sense::Subject(..)) => None,
            Sense::Subject(other, _) => {
                let first = self.subjects(0..than).map(|(_, scope)| scope).filter(|scope| scope != other).last();
                let first = first.map_or_else(own, |scope| Ok(key(scope)));
                Some(first.map(|key| Saying::Order(key.clone(), key.of(other), way)))
            }
            Sense::Time(Time::At(base)) if *base < period => {
                Some(own().map(|key| Saying::Went(key, *base, Move { way, force: Force::Plain })))
            }
            _ => None,
        })
    }

    /// The two numbers that follow a comparison, of its sides: `…, 361 against 380`, `: 118 to 115`.
    pub(super) fn held_against(&mut self, than: usize, a: &Key, b: &Key) {
        let mut numbers = (than..self.items.len()).filter(|&at| self.is_number(at));
        let first = numbers.next();
        // `exceeded those of IREE by 460`
        if let Some(at) = first.filter(|&at| self.word(self.prev(at)) == "by")
            && numbers.clone().next().is_none()
            && let Sense::Number(numeral, hedge) = self.sense(at).clone()
        {
            let gap = Measure::Apart(a.clone(), b.clone());
            let gap = if numeral.of == Of::Whole { Measure::Excess(a.clone(), b.clone()) } else { gap };
            return self.note(at..at + 1, Ok(amount(gap, &numeral, hedge)));
        }
        let (Some(first), Some(second)) = (first, numbers.next()) else { return };
        let links = ["against", "to", "versus", "vs", "after", "and", "compared", "with"];
        let linked = (first + 1..second).all(|at| links.contains(&self.word(at)) || *self.sense(at) == Sense::Filler);
        let starts = matches!(self.sense(self.prev(first)), Sense::Comma | Sense::Break)
            || matches!(self.word(self.prev(first)), "with" | "at" | "by");
        if !linked || !starts || first + 1 == second {
            return;
        }
        for (at, key) in [(first, a), (second, b)] {
            if let Sense::Number(numeral, hedge) = self.sense(at).clone() {
                self.note(at..at + 1, Ok(amount(Measure::Level(key.clone()), &numeral, hedge)));
            }
        }
    }

    /// `as many commits as the runtimes`: neither more nor fewer.
    pub(super) fn equal_at(&mut self, at: usize) {
        if self.is_used(at) || self.word(at) != "many" || self.word(self.prev(at)) == "twice" {
            return;
        }
        let clause = self.clause(at);
        let before = at.checked_sub(2);
        let is_multiple = before.is_some_and(|before| matches!(self.sense(before), Sense::Number(..)));
        let Some(metric) = self.noun(at + 1) else { return };
        let Some(as_at) = (at + 2..clause.end).find(|&at| self.word(at) == "as") else { return };
        let Sense::Subject(other, _) = self.sense(self.next(as_at)).clone() else { return };
        let own = self.subjects(0..at).map(|(_, scope)| scope).filter(|scope| *scope != other).last();
        let (Some(scope), false) = (own, is_multiple) else { return };
        let key = Key { scope, metric, period: self.context.period };
        let other = key.of(&other);
        self.note(at..as_at + 1, Ok(Saying::Order(key, other, 0)));
    }

    /// `doubled its commits`, `commits more than tripled`.
    pub(super) fn multiple_at(&mut self, at: usize) {
        let Sense::Multiple(by, hedge) = *self.sense(at) else { return };
        if self.is_used(at) {
            return;
        }
        let clause = self.clause(at);
        let noun = |at: usize| self.noun(at);
        let object = (at + 1..clause.end).take_while(|&at| !matches!(self.sense(at), Sense::Comma)).find_map(noun);
        let metric = object.or_else(|| (clause.start..at).rev().find_map(noun));
        let Some(metric) = metric else { return };
        // `double the commits of IREE`
        let is_adjective = matches!(self.word(at), "double" | "triple" | "quadruple")
            || self.items[at].words.ends_with(" double")
            || self.items[at].words.ends_with(" triple");
        if is_adjective && matches!(self.word(at + 1), "the" | "that" | "those" | "what" | "as") {
            let numeral = Numeral { value: by, step: Number::whole(1), of: Of::Times, sign: 0, words: Words::Whole };
            let result = self.times(at, &numeral, hedge);
            return self.note(at..at + 1, result);
        }
        let result = self.base(at).and_then(|(period, base)| {
            let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
            let metric = if matches!(scope, Scope::Overlap(..)) { "overlap" } else { metric };
            let key = Key { scope, metric, period };
            let numeral = Numeral { value: by, step: Number::whole(1), of: Of::Times, sign: 0, words: Words::Whole };
            // To halve something by more is to leave less of it.
            let hedge = match hedge {
                Hedge::Over if by < Number::whole(1) => Hedge::Under,
                Hedge::Nearly if by < Number::whole(1) => Hedge::JustOver,
                other => other,
            };
            let times = Measure::Times(key.clone(), key.at(base));
            let stated = if hedge == Hedge::Over { Stated::above(by) } else { Stated::new(&numeral, hedge) };
            Ok(Saying::Amount(times, stated))
        });
        self.note(at..at + 1, result);
    }
}
