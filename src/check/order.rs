//! Comparisons: more than another, fewer than a year ago, twice what it was.

use super::claim::{Key, Measure, Saying};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Read, Reader, amount};
use super::scene::Sense;
use super::stated::{Hedge, Stated};
use super::time::Time;
use super::vocabulary::{Force, Move};
use crate::metrics::Scope;
use crate::plain::Number;

impl Reader<'_> {
    /// `CIRCT has more commits than IREE`, `fewer people than a year ago`, `retention is higher than in the corpus`.
    pub(super) fn order_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let way = match self.sense(at) {
            Sense::More(way) => *way,
            Sense::Move(Move { way, .. }) if matches!(self.word(at), "higher" | "lower") => *way,
            Sense::Word if matches!(self.word(at), "larger" | "bigger" | "busier") => 1,
            Sense::Word if matches!(self.word(at), "smaller" | "quieter") => -1,
            Sense::Word
                if matches!(
                    self.word(at),
                    "outnumber"
                        | "outnumbered"
                        | "outnumbers"
                        | "outdrew"
                        | "outpaced"
                        | "exceeded"
                        | "overtook"
                        | "topped"
                        | "out-committed"
                        | "outcommitted"
                ) =>
            {
                1
            }
            _ => return,
        };
        let measured_by_number = self.is_number(self.prev(at)) || self.is_number(self.next(at));
        if measured_by_number {
            return;
        }
        let clause = self.clause(at);
        let is_verb = *self.sense(at) == Sense::Word && self.word(at).starts_with("o")
            || matches!(self.word(at), "exceeded" | "topped");
        let than = if is_verb { Some(at) } else { (at..clause.end).find(|&at| self.word(at) == "than") };
        let Some(than) = than else { return };
        if self.is_number(self.next(than)) {
            return;
        }
        let noun = |at: usize| self.noun(at);
        let metric = (at..than)
            .find_map(noun)
            .or_else(|| (clause.start..at).rev().find_map(noun))
            .or_else(|| (than..clause.end).find_map(noun));
        let committed = matches!(self.word(at), "out-committed" | "outcommitted").then_some("commits");
        let busier = matches!(self.word(at), "busier" | "quieter").then_some("commits");
        let Some(metric) = committed.or(busier).or(metric) else { return };
        // `a larger share of its people than …`: who keeps more of them.
        let is_part =
            (at..than).any(|at| matches!(self.word(at), "share" | "part" | "proportion" | "portion" | "percentage"));
        let keeps = clause
            .clone()
            .any(|at| matches!(self.word(at), "keep" | "keeps" | "kept" | "retain" | "retains" | "retained"));
        let metric = match (is_part, keeps, metric) {
            (true, true, "contributors") => "retention",
            (true, _, metric) if !super::reader::is_share(metric) => {
                let unclear = self.unclear(at, "nothing says which part is compared");
                return self.note(at..at + 1, Err(unclear));
            }
            (_, _, metric) => self.with_actor(at, metric),
        };
        let period = self.context.period;
        // `fewer newcomers than people who stayed`
        let counted = (than + 1..clause.end)
            .take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Subject(..) | Sense::Time(_)))
            .find_map(|at| self.noun(at));
        if let Some(counted) =
            counted.filter(|counted| *counted != metric && (at..than).any(|at| self.noun(at).is_some()))
        {
            let result = self.subject(at).map_err(|unclear| unclear.of(metric)).map(|scope| {
                let key = Key { scope, metric, period };
                Saying::Order(key.clone(), key.metric(counted), way)
            });
            if let Ok(Saying::Order(a, b, _)) = &result {
                let (a, b) = (a.clone(), b.clone());
                self.note(at..than + 1, result);
                self.held_against(than, &a, &b);
            } else {
                self.note(at..than + 1, result);
            }
            return;
        }
        let other = (than + 1..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma).find_map(|at| match self
            .sense(at)
        {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Time(Time::At(base)) => Some(Err(*base)),
            _ => None,
        });
        let result: Read = match other {
            Some(Ok(other)) => {
                let own = self.subjects(0..than).map(|(_, scope)| scope).filter(|scope| *scope != other).last();
                let own = own.map_or_else(|| self.subject(at), Ok);
                own.map_err(|unclear| unclear.of(metric)).map(|scope| {
                    let key = Key { scope, metric, period };
                    Saying::Order(key.clone(), key.of(&other), way)
                })
            }
            Some(Err(base)) if base < period => self
                .subject(at)
                .map_err(|unclear| unclear.of(metric))
                .map(|scope| Saying::Went(Key { scope, metric, period }, base, Move { way, force: Force::Plain })),
            _ => return,
        };
        let sides = match &result {
            Ok(Saying::Order(a, b, _)) => Some((a.clone(), b.clone())),
            Ok(Saying::Went(key, base, _)) => Some((key.clone(), key.at(*base))),
            _ => None,
        };
        self.note(at..than + 1, result);
        if let Some((a, b)) = sides {
            self.held_against(than, &a, &b);
        }
    }

    /// The two numbers that follow a comparison, of its sides: `…, 361 against 380`, `: 118 to 115`.
    pub(super) fn held_against(&mut self, than: usize, a: &Key, b: &Key) {
        let mut numbers = (than..self.items.len()).filter(|&at| self.is_number(at));
        let (Some(first), Some(second)) = (numbers.next(), numbers.next()) else { return };
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
