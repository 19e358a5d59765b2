//! Parts of those who were counted before: `149 of them new`, `120 of its 623 commits name an agent`.

use super::claim::{Key, Measure, Saying};
use super::made::made;
use super::numeral::Numeral;
use super::reader::{Read, Reader, Unclear, amount};
use super::scene::{Known, Sense};
use super::stated::Hedge;
use super::time::Time;

impl Reader<'_> {
    /// `149 of them new`, `of whom 149 were new`, `149 new`, `149 of its 556 people are new`.
    pub(super) fn refined(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        let prev = self.prev(at);
        let whom = matches!(self.word(prev), "whom" | "which" | "them" | "these") && self.word(self.prev(prev)) == "of";
        let of = self.word(next) == "of";
        let mut from = self.after_be(at);
        if of {
            let owner = self.next(next);
            if matches!(self.word(owner), "them" | "whom" | "those" | "these" | "which") {
                from = self.next(owner);
            } else if matches!(self.word(next + 1), "those" | "these" | "them") {
                from = self.next(next);
            } else {
                return self.part_of_whole(at, owner, numeral, hedge);
            }
        }
        if matches!(self.word(from), "were" | "are" | "was" | "is" | "being")
            || whom && *self.sense(from) == Sense::Having
        {
            from = self.next(from);
        }
        let name = match *self.sense(from) {
            Sense::Trait(name) => name,
            Sense::Noun(name) if of || whom => name,
            _ if of || whom => {
                let Some(name) = self.trait_after(at) else {
                    // `merges, 1,139 of them this quarter`
                    let counted = (0..at).rev().find_map(|at| self.noun(at))?;
                    return Some(self.key(at, counted).map(|key| amount(Measure::Level(key), numeral, hedge)));
                };
                name
            }
            _ => return None,
        };
        let name = match self.settled(at, name) {
            Ok(name) => name,
            Err(unclear) => return Some(Err(unclear)),
        };
        if !(of || whom || matches!(self.sense(from), Sense::Trait(_))) {
            return None;
        }
        // What is new among people may be new among commits too: what was counted before decides.
        let base = self.counted_before(at).unwrap_or("contributors");
        let metric = match made(base, name) {
            Some((Some(metric), _)) => metric,
            Some((None, _)) => {
                return Some(
                    Err(self.unclear(at, "it could be those who stayed, or those who returned after a break")),
                );
            }
            None if made("contributors", name).is_some_and(|(count, _)| count.is_some()) && base == "new" => {
                return None;
            }
            None if base == name => name,
            None if matches!(self.sense(from), Sense::Noun(_)) => name,
            None => return Some(Err(self.unclear(at, "nothing says of what these are a part"))),
        };
        // What is a part of something is so where that is.
        Some(self.key_of_part(at, metric).map(|key| amount(Measure::Level(key), numeral, hedge)))
    }

    /// What is said of people, where that depends on the words around it: who was there the quarter before stayed, and
    /// who returned beside others who stayed had been away.
    pub(super) fn settled(&self, at: usize, name: &'static str) -> Result<&'static str, Unclear> {
        let last = Time::At(self.context.period.before(1));
        let time = self.time_in(self.after(at)).or_else(|| self.time_in(self.before(at)));
        match name {
            "present" if time.is_some_and(|(_, time)| time == last) => Ok("retained"),
            "present" => Err(self.unclear(at, "nothing says when they were there")),
            "returned" if self.items.iter().any(|item| matches!(item.sense, Sense::Trait("retained" | "present"))) => {
                Ok("returning")
            }
            "retained" | "churned" | "returned" | "returning"
                if time.is_some_and(|(_, time)| time != last && time != Time::At(self.context.period)) =>
            {
                Err(self.unclear(at, "who stayed or left is counted from one quarter to the next"))
            }
            name => Ok(name),
        }
    }

    /// Whether the time near a number says whom it is counted of: `of the first quarter's people`, `from the first quarter`.
    pub(super) fn is_base(&self, at: usize) -> bool {
        let last = Time::At(self.context.period.before(1));
        let clause = self.clause(at);
        clause.into_iter().any(|at| {
            let lead = self.prev(at);
            let is_of = matches!(self.word(lead), "of" | "from" | "its" | "their" | "in")
                && (self.word(lead) != "in" || (0..lead).any(|at| matches!(self.word(at), "of" | "among")));
            let adjective = matches!(self.word(self.next(at)), "'" | "\u{2019}")
                || matches!(self.sense(self.next(at)), Sense::Noun(_));
            *self.sense(at) == Sense::Time(last) && (is_of || adjective)
        })
    }

    /// The part that a number of `them` is about: that of the number before.
    fn key_of_part(&self, at: usize, metric: &'static str) -> Result<Key, Unclear> {
        let mut before = self
            .readings
            .iter()
            .rev()
            .filter(|reading| reading.items.start < at && self.word(reading.items.start.wrapping_sub(1)) != ":");
        let antecedent = before.next();
        if let Some(Ok(Saying::Amount(Measure::Level(key), _))) = antecedent.map(|reading| &reading.result) {
            return Ok(key.metric(metric));
        }
        if matches!(metric, "retained" | "churned" | "returning") && self.is_base(at) {
            let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
            return Ok(Key { scope, metric, period: self.context.period });
        }
        if let Some(bound) =
            (0..at).rev().find_map(|at| if let Sense::Bound(number) = self.sense(at) { Some(*number) } else { None })
            && let Some(Some(key)) = self.bound.get(bound)
            && self.inherits_from_bound(at)
        {
            return Ok(key.metric(metric));
        }
        self.key(at, metric)
    }

    fn inherits_from_bound(&self, at: usize) -> bool {
        let clause = self.clause(at);
        self.subjects(clause.start..at).count() == 0
    }

    /// The metric of the people or commits that were counted before: the nearest noun.
    pub(super) fn counted_before(&self, at: usize) -> Option<&'static str> {
        (0..at).rev().find_map(|at| match self.sense(at) {
            Sense::Noun(name @ ("contributors" | "commits" | "new")) => Some(*name),
            _ => None,
        })
    }

    fn trait_after(&self, at: usize) -> Option<&'static str> {
        self.after(at).find_map(|at| match *self.sense(at) {
            Sense::Trait(name) => Some(name),
            _ => None,
        })
    }

    /// `120 of its 623 commits name a coding agent`, `120 of the category's commits`.
    fn part_of_whole(&self, at: usize, owner: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let noun_at = (owner..clause.end)
            .take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Having))
            .find_map(|at| if let Sense::Noun(name) = *self.sense(at) { Some((at, name)) } else { None })?;
        let (place, base) = noun_at;
        let base = if base == "new" { "new" } else { base };
        let named =
            (place + 1..clause.end).take_while(|&at| !matches!(self.sense(at), Sense::Number(..))).find_map(|at| {
                match *self.sense(at) {
                    Sense::Trait(name) => Some(name),
                    _ => None,
                }
            });
        let named_whole = (owner..place).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ (Known::Category | Known::Repository)) => Some(self.known(at, *known)),
            _ => None,
        });
        let named_whole = named_whole.or_else(|| {
            self.subjects(place + 1..clause.end)
                .find(|(at, _)| matches!(self.word(self.prev(*at)), "in" | "of" | "to" | "at"))
                .map(|(_, scope)| Ok(scope))
        });
        if let Some(name) = named {
            let name = match self.settled(at, name) {
                Ok(name) => name,
                Err(unclear) => return Some(Err(unclear)),
            };
            let Some((Some(metric), _)) = made(base, name) else {
                return Some(Err(self.unclear(at, "nothing says which of these it counts")));
            };
            let scope = named_whole.unwrap_or_else(|| self.subject(at));
            let is_turnover = matches!(metric, "retained" | "churned" | "returning") && self.is_base(at);
            let period = if is_turnover { Ok(self.context.period) } else { self.period(at) };
            return Some(
                scope.map_err(|unclear| unclear.of(metric)).and_then(|scope| {
                    Ok(amount(Measure::Level(Key { scope, metric, period: period? }), numeral, hedge))
                }),
            );
        }
        // `IREE made 120 of the category's commits`: what IREE made.
        let whole = named_whole?.ok()?;
        let subject = self.subjects(0..at).map(|(_, scope)| scope).last().filter(|scope| *scope != whole);
        let subject = subject.or_else(|| {
            let from = (place + 1..clause.end).find(|&at| matches!(self.word(at), "from" | "by"))?;
            self.subjects(from..clause.end).map(|(_, scope)| scope).next()
        });
        let period = self.period(at);
        Some(match subject {
            Some(scope) => {
                period.map(|period| amount(Measure::Level(Key { scope, metric: base, period }), numeral, hedge))
            }
            None => Err(self.unclear(at, "nothing says whose part of the whole it is")),
        })
    }
}
