//! Lists: several parts with a number each, and what they come to together.

use super::claim::{Key, Measure, Saying};
use super::numeral::Of;
use super::reader::{Reader, amount, counts_people};
use super::scene::Sense;
use crate::metrics::Scope;

impl Reader<'_> {
    /// `AITER, FlashInfer and TVM have 156, 115 and 61 people`, `made 560 commits in all: 294 and 266`, `232 commits and
    /// 179, 411 in all`.
    pub(super) fn lists(&mut self) {
        let sum = self.sum_of_parts();
        for run in self.runs() {
            self.distribute(&run);
        }
        if let Some(sum) = sum {
            self.add_up(sum);
        }
    }

    fn is_count(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Number(numeral, _) if numeral.of == Of::Ones) && !self.is_used(at)
    }

    /// Numbers with nothing but commas and `and` between them.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for at in (0..self.items.len()).filter(|&at| self.is_count(at)) {
            let joined = runs.last().and_then(|run| run.last()).is_some_and(|&last| {
                last + 1 < at
                    && (last + 1..at)
                        .all(|at| *self.sense(at) == Sense::Comma || matches!(self.word(at), "and" | "respectively"))
            });
            match runs.last_mut() {
                Some(run) if joined => run.push(at),
                _ => runs.push(vec![at]),
            }
        }
        runs.retain(|run| run.len() > 1);
        runs
    }

    /// As many numbers as parts were named before them, in one breath.
    fn distribute(&mut self, run: &[usize]) {
        let named: Vec<(usize, Scope)> = self.subjects(0..run[0]).collect();
        let Some(from) = named.len().checked_sub(run.len()) else { return };
        let parts = &named[from..];
        let joined = parts.windows(2).all(|pair| {
            (pair[0].0 + 1..pair[1].0).all(|at| {
                matches!(self.sense(at), Sense::Comma | Sense::Filler) || matches!(self.word(at), "and" | "with")
            })
        });
        let Some(metric) =
            self.noun(self.next(run[run.len() - 1])).or_else(|| self.inherited(run[0]).map(|metric| metric.name))
        else {
            return;
        };
        if !joined {
            return;
        }
        let parts: Vec<Scope> = parts.iter().map(|(_, scope)| scope.clone()).collect();
        for (&at, scope) in run.iter().zip(parts) {
            let Sense::Number(numeral, hedge) = self.sense(at).clone() else { continue };
            let result = self.period(at).map(|period| {
                let key = Key { scope, metric, period };
                amount(Measure::Level(key), &numeral, hedge)
            });
            self.note(at..at + 1, result);
        }
    }

    /// The number that is called the sum of others.
    fn sum_of_parts(&self) -> Option<usize> {
        let says = |at: usize| {
            matches!(self.word(at), "together" | "combined" | "jointly")
                || self.word(at) == "them" && self.word(self.prev(at)) == "between"
                || self.word(at).starts_with("a total of") && self.distinct_subjects().len() > 1
                || matches!(self.word(at), "all" | "total" | "sum") && self.word(at.wrapping_sub(1)) == "in"
                || self.word(at) == "up" && matches!(self.word(at.wrapping_sub(1)), "add" | "adds" | "added" | "adding")
                || self.word(at) == "as" && self.word(at + 1) == "one"
                || self.word(at) == "aggregate" && self.word(at.wrapping_sub(1)) == "in"
                || matches!(self.word(at), "add up to" | "adds up to" | "added up to")
        };
        let place = (0..self.items.len()).find(|&at| says(at))?;
        let clause = self.clause(place);
        let before = (clause.start..place).rev().find(|&at| self.is_count(at));
        let after = || (place..clause.end).find(|&at| self.is_count(at));
        // `together made 560 commits`, `made 560 commits between them`, `…, 421 in all`
        let counts: Vec<usize> = clause.clone().filter(|&at| self.is_count(at)).collect();
        if self.is_count(place) {
            Some(place)
        } else if counts.len() > 2 && counts.iter().all(|&at| at > place) {
            // `Together, oneDNN with 855 commits and XNNPACK with 597 made 1,452`
            counts.last().copied()
        } else if matches!(self.word(place), "together" | "combined" | "jointly") || self.word(place).ends_with("up to")
        {
            after().or(before)
        } else {
            before.or_else(after)
        }
    }

    fn add_up(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let Sense::Number(numeral, hedge) = self.sense(at).clone() else { return };
        let parts = self.addends(at);
        let Some(metric) = self.inherited(at).map(|metric| metric.name) else { return };
        let Ok(period) = self.period(at) else { return };
        if parts.len() < 2 {
            return;
        }
        let keys: Vec<Key> = parts.iter().map(|scope| Key { scope: scope.clone(), metric, period }).collect();
        let saying =
            if counts_people(metric) { Saying::PeopleAdded(keys) } else { amount(Measure::Sum(keys), &numeral, hedge) };
        self.note(at..at + 1, Ok(saying));
    }

    /// The parts that a sum is of: those of one kind, without what they lie in.
    fn addends(&self, at: usize) -> Vec<Scope> {
        let of_whole = |place: usize| place > at && self.word(self.next(at)) == "of";
        let mut parts: Vec<Scope> = Vec::new();
        for (place, scope) in self.subjects(self.clause(at)) {
            let is_kind = parts.first().is_none_or(|first| first.kind() == scope.kind());
            let led = matches!(self.word(self.prev(place)), "in" | "among" | "within") && !parts.is_empty();
            if scope != Scope::Corpus && is_kind && !led && !of_whole(place) && !parts.contains(&scope) {
                parts.push(scope);
            }
        }
        parts
    }

    /// `some 1,190 commits fall to Megatron-LM and TorchTitan`: of both together, since nothing says that of each.
    pub(super) fn together_at(&mut self, at: usize) {
        const APART: [&str; 18] = [
            "each",
            "both",
            "respectively",
            "either",
            "apiece",
            "share",
            "shared",
            "between",
            "from",
            "who",
            "than",
            "against",
            "alike",
            "common",
            "once",
            "versus",
            "divide",
            "same",
        ];
        let clause = self.clause(at);
        let counts: Vec<usize> = clause.clone().filter(|&at| self.is_number(at)).collect();
        let Sense::Noun(metric @ ("contributors" | "commits" | "new")) = *self.sense(self.next(at)) else { return };
        let says = |at: usize| APART.iter().any(|word| self.word(at).split(' ').any(|other| other == *word));
        if self.is_used(at) || counts != [at] || clause.clone().any(says) {
            return;
        }
        let named: Vec<(usize, Scope)> = self.subjects(clause.clone()).collect();
        let joined = named.windows(2).all(|pair| {
            let between = pair[0].0 + 1..pair[1].0;
            let links = ["and", "plus", "the", "or", "to", "adding"];
            !between.is_empty()
                && between.clone().all(|at| {
                    matches!(self.sense(at), Sense::Comma | Sense::Filler | Sense::Known(_))
                        || links.contains(&self.word(at))
                })
                && between.into_iter().any(|at| matches!(self.word(at), "and" | "plus" | "or" | "to"))
        });
        let is_kind = named.iter().all(|(_, scope)| scope.kind() == named[0].1.kind() && *scope != Scope::Corpus);
        let has_own = self.predicate(self.next(at)).is_some();
        // `1,190 commits fall to …`
        let falls = |at: usize| matches!(self.word(at), "fall" | "falls" | "fell") && self.word(self.next(at)) == "to";
        let moves = clause.clone().any(|at| matches!(self.sense(at), Sense::Move(_) | Sense::More(_)) && !falls(at));
        if named.len() < 2 || !joined || !is_kind || has_own || moves {
            return;
        }
        let Sense::Number(numeral, hedge) = self.sense(at).clone() else { return };
        if numeral.of != Of::Ones {
            return;
        }
        let result = self.period(at).map(|period| {
            let keys: Vec<Key> = named.into_iter().map(|(_, scope)| Key { scope, metric, period }).collect();
            if counts_people(metric) { Saying::PeopleAdded(keys) } else { amount(Measure::Sum(keys), &numeral, hedge) }
        });
        self.note(at..at + 1, result);
        self.use_moves(at);
    }
}
