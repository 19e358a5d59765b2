//! Words of direction that no number measures.

use super::claim::{Count, Key, Saying};
use super::reader::Reader;
use super::scene::Sense;
use super::vocabulary::{Force, Move};
use crate::metrics::{Scope, catalogue};

impl Reader<'_> {
    /// The parts that `both … and …` names before a verb.
    fn pair_before(&self, at: usize) -> Option<Vec<Scope>> {
        let clause = self.clause(at);
        let both = (clause.start..at).find(|&at| self.word(at) == "both")?;
        let named: Vec<Scope> = self.subjects(both..at).map(|(_, scope)| scope).collect();
        (named.len() == 2 && matches!(self.sense(self.next(both)), Sense::Subject(..))).then_some(named)
    }

    /// Words of direction that no number measures: `commits slipped`, `the category gained people`.
    pub(super) fn directions(&mut self) {
        for at in 0..self.items.len() {
            let Sense::Move(moved) = *self.sense(at) else { continue };
            if self.is_used(at) {
                continue;
            }
            let clause = self.clause(at);
            let noun = |at: usize| self.noun(at);
            let next = self.next(at);
            // `gained people`, `fell in commits`, `commits fell`: the noun stands next to the verb.
            let object = noun(next)
                .or_else(|| if matches!(self.word(next), "in" | "by") { noun(self.next(next)) } else { None });
            let is_transitive =
                matches!(self.word(at), "gained" | "gains" | "gain" | "lost" | "loses" | "lose" | "shed" | "sheds");
            let before = self.before(at).rev().find_map(|other| match self.sense(other) {
                Sense::Noun(_) => Some(self.noun(other)),
                Sense::Subject(..) | Sense::Known(_) | Sense::Filler | Sense::Time(_) | Sense::Having => None,
                Sense::Word
                    if matches!(
                        self.word(other),
                        "in" | "of"
                            | "to"
                            | "on"
                            | "at"
                            | "for"
                            | "there"
                            | "continued"
                            | "continue"
                            | "continues"
                            | "went"
                            | "been"
                            | "began"
                            | "started"
                            | "and"
                            | "have"
                            | "has"
                            | "had"
                            | "kept"
                            | "were"
                            | "across"
                            | "became"
                            | "become"
                            | "s"
                            | "'"
                    ) =>
                {
                    None
                }
                _ => Some(None),
            });
            // `activity rose, as measured by commits`, `picked up speed in commits`
            let measured = || {
                let by = (at + 1..clause.end).find(|&at| {
                    let is_led = matches!(self.word(self.prev(at)), "by" | "in" | "of" | "terms");
                    is_led && matches!(self.sense(at), Sense::Noun("commits" | "contributors" | "new"))
                })?;
                let is_quiet = (at + 1..by).all(|at| !self.is_number(at) && *self.sense(at) != Sense::Having);
                noun(by).filter(|_| moved.way != 0 && is_quiet)
            };
            let metric = object.or_else(|| if is_transitive { None } else { before.flatten() }).or_else(measured);
            if let Some(number) = (at + 1..clause.end.min(at + 4)).find(|&at| matches!(self.sense(at), Sense::Bound(_)))
                && let Sense::Bound(number) = *self.sense(number)
                && let Some(Some(key)) = self.bound.get(number)
                && let Some(level) = key.metric.strip_suffix("_change").and_then(catalogue::find)
                && moved.way != 0
            {
                let key = key.metric(level.name);
                let base = key.period.before(1);
                self.note(at..at + 1, Ok(Saying::Went(key, base, Move { force: Force::Plain, ..moved })));
                continue;
            }
            let Some(metric) = metric else { continue };
            // `some projects lost people` says nothing of any one of them.
            let kinds = ["projects", "repositories", "categories", "repos", "teams", "others"];
            if self.before(at).any(|at| kinds.contains(&self.word(at))) {
                continue;
            }
            let both = self.pair_before(at);
            let result = self.base(at).and_then(|(period, base)| {
                // `both JAX and tinygrad raised their commits`
                if let (Some(pair), 1 | -1) = (&both, moved.way) {
                    let keys = pair.iter().map(|scope| Key { scope: scope.clone(), metric, period }).collect();
                    return Ok(Saying::Every(keys, base, moved.way, Count::All));
                }
                let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
                let metric = if matches!(scope, Scope::Overlap(..)) { "overlap" } else { metric };
                Ok(Saying::Went(Key { scope, metric, period }, base, moved))
            });
            // A direction that nothing pins down is a word; only what is pinned down can be wrong.
            if result.is_ok() {
                self.note(at..at + 1, result);
            }
        }
    }
}
