//! Changes: by how much something rose or fell, or how many times as much there is.

use super::claim::{Key, Measure, Saying};
use super::numeral::{Numeral, Of};
use super::reader::{Read, Reader, Unclear, amount, counts_people, is_share, moved};
use super::scene::Sense;
use super::stated::Hedge;
use super::time::Time;
use crate::metrics::Scope;

impl Reader<'_> {
    /// The direction of a change that a number measures: a verb before it, `by` between them or not, or a word after it.
    pub(super) fn direction(&self, at: usize, numeral: &Numeral) -> Option<(usize, i8)> {
        if numeral.sign != 0 {
            return Some((at, numeral.sign));
        }
        let prev = self.prev(at);
        if self.is_of_people_there(at) {
            return None;
        }
        let verb = if self.word(prev) == "by" { self.prev(prev) } else { prev };
        for verb in [verb, self.prev(verb)] {
            if let Sense::Move(moved) = self.sense(verb)
                && moved.way != 0
                && (verb == prev || self.word(prev) == "by")
            {
                return Some((verb, moved.way));
            }
        }
        // `commits fell in kernels by 12 %`
        if self.word(prev) == "by" {
            let clause = self.clause(at);
            let verb = (clause.start..prev).rev().find_map(|at| match self.sense(at) {
                Sense::Move(moved) if moved.way != 0 => Some((at, moved.way)),
                _ => None,
            });
            if verb.is_some() {
                return verb;
            }
        }
        let next = self.next(at);
        match self.sense(next) {
            Sense::Move(moved) if moved.way != 0 && self.is_noun_of_change(next) => Some((next, moved.way)),
            Sense::More(way) => Some((next, *way)),
            _ => None,
        }
    }

    /// Whether a word says that something was lost.
    pub(super) fn is_losing(&self, at: usize) -> bool {
        matches!(self.word(at), "lost" | "loses" | "lose" | "losing" | "shed" | "sheds")
    }

    /// `lost 12 % of its people` can be those who left, or the change of their number.
    fn is_of_people_there(&self, at: usize) -> bool {
        self.word(self.next(at)) == "of"
            && matches!(self.sense(at), Sense::Number(numeral, _) if numeral.of == Of::Whole)
    }

    /// `an 18 % rise`, `18 % up`, but not `18 people rose`.
    fn is_noun_of_change(&self, at: usize) -> bool {
        const NOUNS: [&str; 16] = [
            "rise", "increase", "growth", "gain", "jump", "surge", "climb", "up", "higher", "fall", "drop", "decline",
            "decrease", "slump", "dip", "down",
        ];
        NOUNS.contains(&self.word(at)) || self.word(at) == "lower"
    }

    /// The metric of a change: after the number, or what was said before.
    fn changed(&self, at: usize) -> Result<&'static str, Unclear> {
        let noun = self.after(at).find_map(|at| self.noun(at));
        // `the newcomer intake rose by 208 individuals`: the individuals are those of the noun before.
        let left = || self.inherited(at).map(|metric| metric.name).filter(|left| counts_people(left));
        let noun = if noun == Some("contributors") { left().or(noun) } else { noun };
        // `committed 21 % more`
        let verb = || self.before(at).any(|at| matches!(self.word(at), "committed" | "commit")).then_some("commits");
        noun.or_else(verb)
            .or_else(|| self.inherited(at).map(|metric| metric.name))
            .ok_or_else(|| self.unclear(at, "nothing says what changed"))
    }

    /// What `more … than` compares with, when it is another part and not another time.
    fn compared(&self, at: usize) -> Option<Scope> {
        let clause = self.clause(at);
        let than = (at..clause.end).find(|&at| self.word(at) == "than")?;
        let next = self.next(than);
        if let Sense::Subject(scope, _) = self.sense(next) {
            return Some(scope.clone());
        }
        let led = matches!(self.word(next), "in" | "at" | "on").then(|| self.next(next))?;
        if let Sense::Subject(scope, _) = self.sense(led) { Some(scope.clone()) } else { None }
    }

    pub(super) fn subject_before(&self, at: usize, metric: &'static str) -> Result<Scope, Unclear> {
        self.subject(at).map_err(|unclear| unclear.of(metric))
    }

    /// A change in things, in percent, or against another part.
    pub(super) fn change(&self, at: usize, way: i8, numeral: &Numeral, hedge: Hedge) -> Read {
        let metric = self.changed(at)?;
        // People who left are lost, and so is the difference to those who came.
        if metric == "contributors" && numeral.of == Of::Ones && self.is_losing(self.prev(at)) {
            let clause = self.clause(at);
            // `lost 161 of their contributors`
            let and_new =
                self.word(self.next(at)) == "of" || clause.into_iter().any(|at| *self.sense(at) == Sense::Noun("new"));
            let key = |metric| self.key(at, metric);
            if and_new {
                return key("churned")
                    .map(|key| key.at(self.context.period))
                    .map(|key| amount(Measure::Level(key), numeral, hedge));
            }
            let why = "people who left and the change of their number are two things".to_owned();
            let candidates = [key("churned"), key("contributors")].into_iter().filter_map(Result::ok).collect();
            return Err(Unclear { why, candidates });
        }
        if let Some(other) = self.compared(at) {
            let scope = self.nearest_other(at, &other)?;
            let period = self.context.period;
            let (a, b) = (Key { scope, metric, period }, Key { scope: other, metric, period });
            let measure = if numeral.of == Of::Whole { Measure::Excess(a, b) } else { Measure::Gap(a, b) };
            return Ok(moved(measure, way, numeral, hedge));
        }
        let (period, base) = self.base(at)?;
        let scope = self.subject_before(at, metric)?;
        let key = Key { scope, metric, period };
        let measure = match numeral.of {
            Of::Whole if is_share(metric) => {
                let why = "percent of a share can be points or a part of it; write points, or bind it";
                return Err(Unclear { why: why.to_owned(), candidates: vec![key] });
            }
            Of::Whole => Measure::Change(key, base),
            _ => Measure::Difference(key, base),
        };
        Ok(moved(measure, way, numeral, hedge))
    }

    /// What is compared with another part: named before the comparison.
    pub(super) fn nearest_other(&self, at: usize, other: &Scope) -> Result<Scope, Unclear> {
        let before = self.subjects(0..at).map(|(_, scope)| scope).filter(|scope| scope != other).last();
        if let Some(scope) = before {
            Ok(scope)
        } else {
            let scope = self.subject(0)?;
            if scope == *other { Err(self.unclear(at, "nothing says what is compared")) } else { Ok(scope) }
        }
    }

    pub(super) fn points(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Read {
        let Some((_, way)) = self.direction(at, numeral) else {
            return Err(self.unclear(at, "nothing says which way the points went"));
        };
        let metric = self.changed(at)?;
        let metric = match metric {
            "contributors" | "commits" => {
                let rate = self.rate_in_clause(at);
                rate.ok_or_else(|| self.unclear(at, "points are a change of a share, and none is named"))?
            }
            metric if is_share(metric) => metric,
            _ => return Err(self.unclear(at, "points are a change of a share, and none is named")),
        };
        let (period, base) = self.base(at)?;
        let key = Key { scope: self.subject_before(at, metric)?, metric, period };
        Ok(moved(Measure::Difference(key, base), way, numeral, hedge))
    }

    fn rate_in_clause(&self, at: usize) -> Option<&'static str> {
        self.clause(at).find_map(|at| match self.sense(at) {
            Sense::Noun(name) if is_share(name) => Some(*name),
            _ => None,
        })
    }

    /// `three times as many commits as IREE`, `1.5 times its size of a year ago`.
    pub(super) fn times(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Read {
        let clause = self.clause(at);
        let as_at = (at..clause.end)
            .rev()
            .find(|&other| matches!(self.word(other), "as" | "than") && other > at + 1)
            .or_else(|| (at..clause.end).find(|&other| matches!(self.word(other), "of" | "what")));
        let metric = self.changed(at)?;
        let period = self.context.period;
        // `14 people …, twice as many as in the first quarter`
        let before = self
            .readings
            .iter()
            .rev()
            .find(|reading| reading.items.start < at && clause.contains(&reading.items.start));
        let told = before.and_then(|reading| match &reading.result {
            Ok(Saying::Amount(Measure::Level(key), _)) => Some(key.clone()),
            _ => None,
        });
        let other = as_at.and_then(|from| {
            (from..clause.end).find_map(|at| match self.sense(at) {
                Sense::Subject(Scope::Vendor(_), true) if matches!(self.sense(at + 1), Sense::Subject(..)) => None,
                Sense::Subject(scope, _) => Some(Ok(scope.clone())),
                Sense::Time(Time::At(base)) => Some(Err(*base)),
                _ => None,
            })
        });
        let measured = match other {
            Some(Ok(other)) => self
                .nearest_other(at, &other)
                .map(|scope| Measure::Times(Key { scope, metric, period }, Key { scope: other, metric, period })),
            Some(Err(base)) => {
                let key = match told {
                    Some(key) => Ok(key),
                    None => self.subject_before(at, metric).map(|scope| Key { scope, metric, period }),
                };
                key.map(|key| Measure::Times(key.clone(), key.at(base)))
            }
            None => Err(self.unclear(at, "nothing says what it is a multiple of")),
        };
        measured.map(|measure| amount(measure, numeral, hedge))
    }

    /// `rose 12 % on the quarter and 25 % on the year`: the same change, against another time.
    pub(super) fn change_again(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let joined = matches!(self.word(self.prev(at)), "and" | "," | "/");
        let before = self.readings.iter().rev().find(|reading| reading.items.start < at)?;
        let Ok(Saying::Amount(Measure::Change(key, _), _)) = &before.result else { return None };
        let (_, time) = self.time_in(self.after(at)).filter(|_| joined)?;
        let (Time::Against(base) | Time::At(base)) = time else { return None };
        // The sign is that of the change before: its words cover both.
        let way = (0..=before.items.start).rev().find_map(|at| match self.sense(at) {
            Sense::Move(moved) if moved.way != 0 => Some(moved.way),
            _ => None,
        })?;
        Some(Ok(moved(Measure::Change(key.clone(), base), way, numeral, hedge)))
    }
}
