//! Parts of a whole: percent and fractions.

use std::ops::Range;

use super::claim::{Key, Measure};
use super::made::made;
use super::numeral::{Numeral, Words};
use super::reader::{Read, Reader, amount, is_share, moved};
use super::scene::{Known, Sense};
use super::stated::Hedge;
use super::time::Time;
use super::vocabulary::PEOPLE;
use crate::metrics::Scope;
use crate::plain::Period;

impl Reader<'_> {
    /// Whether a share belongs to a statement about how few people do so much.
    fn is_of_concentration(&self, at: usize) -> bool {
        let says = |noun: usize| matches!(self.sense(noun), Sense::Noun("contributors" | "organisations" | "core"));
        let clause = self.clause(at);
        let before = (clause.start..at).rev().any(|noun| {
            says(noun)
                && self.concentration(noun).is_some()
                && (noun + 1..at).all(|at| !matches!(self.sense(at), Sense::Number(..)))
        });
        let is_bound = |at: usize| match self.sense(at) {
            Sense::Bound(number) => {
                matches!(self.bound.get(*number), Some(Some(key)) if matches!(key.metric, "absence_factor" | "elephant_factor" | "core"))
            }
            _ => false,
        };
        before
            || clause.clone().any(is_bound)
            || (at..clause.end)
                .any(|noun| says(noun) && self.is_number(self.prev(noun)) && self.half_from(noun).is_some())
            || matches!(self.sense(self.next(at)), Sense::Noun("absence_factor"))
            || matches!(self.word(self.prev(at)), "responsible")
            || self.word(self.prev(at)) == "for" && self.word(self.prev(self.prev(at))) == "responsible"
    }

    /// Percent and fractions.
    pub(super) fn part(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        if self.is_of_concentration(at) {
            // It belongs to the number of people, which says it all.
            return None;
        }
        if let Some((_, way)) = self.direction(at, numeral) {
            return Some(self.change(at, way, numeral, hedge));
        }
        if let Some(read) = self.change_again(at, numeral, hedge) {
            return Some(read);
        }
        if let Some(read) = self.share_of(at, numeral, hedge).or_else(|| self.share(at, numeral, hedge)) {
            return Some(read);
        }
        // `retention was 72 %`, `72 % retention`, `a churn rate of 28 %`
        let next = self.next(at);
        let own =
            if let Sense::Noun(name) = *self.sense(next) { Some(name).filter(|name| is_share(name)) } else { None };
        let clause = self.clause(at);
        let named = own.or_else(|| {
            (0..at).rev().find_map(|at| match *self.sense(at) {
                Sense::Noun(name) if is_share(name) => Some(name),
                _ => None,
            })
        });
        let named = named.or_else(|| {
            (at..clause.end).find_map(|at| match *self.sense(at) {
                Sense::Noun(name) if is_share(name) => Some(name),
                _ => None,
            })
        });
        if let Some(metric) = named {
            return Some(self.inherited_level(at, metric, numeral, hedge));
        }
        if numeral.words == Words::Fraction {
            None
        } else {
            Some(Err(self.unclear(at, "nothing says of what this is a part")))
        }
    }

    /// `Unsloth's share of the commits to training frameworks stands at 42 %`.
    fn share_of(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let word =
            (clause.start..at).rev().find(|&at| matches!(self.word(at), "share" | "part" | "proportion" | "slice"))?;
        let of = self.next(word);
        if self.word(of) != "of" {
            return None;
        }
        let (place, metric) = (of..at).find_map(|at| Some((at, self.noun(at)?)))?;
        let is_owned =
            matches!(self.sense(self.prev(word)), Sense::Subject(_, true)) || self.word(self.prev(word)) == "its";
        if !is_owned {
            return Some(Err(self.unclear(at, "nothing says whose part it is")));
        }
        let owner =
            self.subjects(clause.start..word).map(|(_, scope)| scope).last().or_else(|| self.subject(word).ok())?;
        let whole = (of..at).filter(|other| *other != place).find_map(|other| match self.sense(other) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ Known::Category) => Some(self.known(other, *known)),
            _ => None,
        });
        let whole = match whole {
            Some(Ok(whole)) => Some(whole),
            Some(Err(unclear)) => return Some(Err(unclear)),
            None => None,
        };
        Some(self.portion(at, metric, owner, whole, numeral, hedge))
    }

    /// `35 % of the category's commits`, `72 % of last quarter's people came back`, `of its people, 27 % are new`.
    fn share(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let next = self.next(at);
        if let Some(unclear) = clause.clone().filter(|&at| !self.is_aside(at)).find_map(|at| self.stranger_owned(at)) {
            return Some(Err(unclear));
        }
        let sentence_of = self.leading_of(at);
        let (from, to) = if self.word(next) == "of" {
            (next + 1, clause.end)
        } else if let Some(range) = sentence_of {
            (range.start, range.end)
        } else if let Sense::Trait(name) = *self.sense(self.after_be(at)) {
            // `556 people, 27 % of them new` came before; `27 % were new` takes what was counted before.
            // `three people in four`
            let base = if self.is_of_people(at) { "contributors" } else { self.counted_before(at)? };
            return Some(self.rate(at, base, name, None, None, numeral, hedge));
        } else {
            return None;
        };
        let mut rest = (from..to).take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Move(_)));
        let noun = rest.find_map(|at| if let Sense::Noun(name) = *self.sense(at) { Some((at, name)) } else { None });
        let pronoun = matches!(self.word(from), "them" | "whom" | "those" | "these")
            || matches!(self.word(self.next(from - 1)), "them" | "whom" | "which");
        // `keeps 21 % of its people`, `of the earlier ones`
        let keeps =
            matches!(self.word(self.prev(at)), "keep" | "keeps" | "kept" | "retain" | "retains" | "retained" | "on");
        let ones = (from..to).any(|at| self.word(at) == "ones");
        if self.is_losing(self.prev(at)) {
            return Some(self.lost_part(at, noun.map(|(_, metric)| metric), numeral, hedge));
        }
        if keeps && (ones || matches!(noun, Some((_, "contributors")))) {
            let key =
                self.key(at, "retention").map(|key| if self.is_base(at) { key.at(self.context.period) } else { key });
            return Some(key.map(|key| amount(Measure::Level(key), numeral, hedge)));
        }
        let (place, base) = match noun {
            Some((place, base)) if !pronoun => (place, base),
            _ if pronoun => (from, self.counted_before(at)?),
            // `commits that credit an agent made up 7.8 % of the total`
            _ if (from..to.min(from + 3)).any(|at| matches!(self.word(at), "total" | "whole" | "sum")) => {
                let counted = (clause.start..at).rev().find_map(|at| self.noun(at))?;
                let is_work = counted.starts_with("agent") || counted.starts_with("commits") || counted == "bot";
                let base = if is_work { "commits" } else { "contributors" };
                (from, base)
            }
            _ => return Some(Err(self.unclear(at, "nothing says of what this is a part"))),
        };
        let owner = (from..place).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ (Known::Category | Known::Repository)) => Some(self.known(at, *known)),
            _ => None,
        });
        let located = || {
            let known = (place + 1..to.min(place + 5)).find_map(|at| match self.sense(at) {
                Sense::Known(known @ Known::Category) => Some(self.known(at, *known)),
                _ => None,
            });
            let named = || {
                self.subjects(place + 1..to.min(place + 6))
                    .find(|(at, _)| matches!(self.word(self.prev(*at)), "in" | "of" | "to" | "at" | "on" | "across"))
                    .map(|(_, scope)| Ok(scope))
            };
            known.or_else(named)
        };
        let owner = owner.or_else(located);
        let owner = match owner {
            Some(Err(unclear)) => return Some(Err(unclear)),
            Some(Ok(scope)) => Some(scope),
            None => None,
        };
        let before = self
            .time_in(from..place)
            .and_then(|(_, time)| if let Time::At(period) = time { Some(period) } else { None });
        let start = if self.word(next) == "of" { place + 1 } else { at + 1 };
        let predicate = (start..clause.end)
            .take_while(|&other| other == start || !matches!(self.sense(other), Sense::Number(..) | Sense::Comma))
            .find_map(|at| match *self.sense(at) {
                Sense::Trait(name) => Some(name),
                Sense::Noun(name @ ("new" | "agent_assisted" | "retained" | "returning" | "core" | "drive_by"))
                    if at > place =>
                {
                    Some(name)
                }
                _ => None,
            });
        let predicate = predicate.or_else(|| self.actor(at, base));
        let predicate = match predicate.map(|name| self.settled(at, name)) {
            Some(Err(unclear)) => return Some(Err(unclear)),
            Some(Ok(name)) => Some(name),
            None => None,
        };
        let subject =
            if pronoun || self.actor(at, base).is_some() { None } else { self.maker(at, place, clause.clone()) };
        match (predicate, subject) {
            (_, Some(maker)) if owner.as_ref() != Some(&maker) || owner.is_none() => {
                Some(self.portion(at, base, maker, owner, numeral, hedge))
            }
            (Some(name), _) => Some(self.rate(at, base, name, owner, before, numeral, hedge)),
            _ => Some(Err(self.unclear(at, "nothing says which part of it"))),
        }
    }

    /// Whether a number names the people that it is a part of.
    fn is_of_people(&self, at: usize) -> bool {
        self.word(at).split(' ').any(|word| PEOPLE.split('|').any(|people| people == word))
    }

    /// `lost 41 % of its people`: those who left, or the change of their number.
    fn lost_part(&self, at: usize, metric: Option<&'static str>, numeral: &Numeral, hedge: Hedge) -> Read {
        let (_, base) = self.base(at)?;
        // Who left is counted from the quarter before: against any other it is the number that fell.
        match metric {
            Some(metric @ "contributors") if base != self.context.period.before(1) => {
                let key = Key { scope: self.subject(at)?, metric, period: self.context.period };
                Ok(moved(Measure::Change(key, base), -1, numeral, hedge))
            }
            _ => Err(self.unclear(at, "people who left and the change of their number are two things")),
        }
    }

    /// Who is said to be a part, before the number: `newcomers make up 40 % of …`, `agents are named in 8 % of …`.
    fn actor(&self, at: usize, base: &str) -> Option<&'static str> {
        let clause = self.clause(at);
        // `CIRCT names an agent in 40 % of its commits`
        let lead = self.prev(at);
        if let (Sense::Trait(name @ ("agent_assisted" | "agent_authored")), "in" | "on") =
            (self.sense(self.prev(lead)), self.word(lead))
        {
            return Some(*name);
        }
        let verb = (clause.start..at).rev().find(|&at| matches!(self.sense(at), Sense::Having | Sense::Trait(_)))?;
        (clause.start..verb).rev().find_map(|at| match *self.sense(at) {
            Sense::Noun("agents") if base == "commits" => Some("agent_assisted"),
            Sense::Noun("bots") if base == "commits" => Some("bot"),
            Sense::Noun(name @ ("new" | "retained" | "returning" | "agent_assisted" | "core" | "drive_by"))
                if base == "contributors" || base == "commits" =>
            {
                Some(name)
            }
            Sense::Noun("one_week_share") if base == "contributors" => Some("one_week"),
            // `Newly arrived people formed 47 % of …`
            Sense::Trait(name) if matches!(self.sense(at + 1), Sense::Noun("contributors")) => Some(name),
            _ => None,
        })
    }

    /// `Of last quarter's people, 72 % came back`: the words between the first `of` and the comma.
    fn leading_of(&self, at: usize) -> Option<Range<usize>> {
        let clause = self.clause(at);
        let comma = (clause.start..at).rev().find(|&at| *self.sense(at) == Sense::Comma)?;
        let of = (clause.start..comma).find(|&at| matches!(self.word(at), "of" | "among"))?;
        let quiet = (comma..at).all(|at| !matches!(self.sense(at), Sense::Subject(..) | Sense::Having));
        (of <= clause.start + 1 && quiet).then_some(of + 1..comma)
    }

    pub(super) fn after_be(&self, at: usize) -> usize {
        let next = self.next(at);
        if matches!(self.word(next), "were" | "are" | "was" | "is" | "had" | "have") { self.next(next) } else { next }
    }

    /// Who made a part of the whole: named before the number with a verb of making, or after it with `by` or `from`.
    fn maker(&self, at: usize, place: usize, clause: Range<usize>) -> Option<Scope> {
        let verb = (clause.start..at).rev().find(|&at| *self.sense(at) == Sense::Having);
        if let Some(verb) = verb {
            let named = self
                .subjects(clause.start..verb)
                .filter(|(at, _)| !matches!(self.word(self.prev(*at)), "in" | "of" | "across" | "among"))
                .last();
            if let Some((_, scope)) = named {
                return Some(scope);
            }
            let is_known =
                (clause.start..verb).any(|at| matches!(self.sense(at), Sense::Known(Known::Last | Known::Repository)));
            if is_known {
                return self.subject(verb).ok();
            }
        }
        // `With 14 % of the commits in the corpus, compilers …`
        if self.word(self.prev(at)) == "with" && self.prev(at) == clause.start {
            let comma = (place..clause.end).find(|&at| *self.sense(at) == Sense::Comma)?;
            return self.subjects(comma..clause.end.min(comma + 3)).map(|(_, scope)| scope).next();
        }
        // `more than half of the commits were Megatron-LM's`, `Call 42 % of the commits Unsloth's.`
        let ends = |at: usize| matches!(self.word(at), "" | "." | "!");
        let owned = (place + 1..clause.end).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, true)
                if matches!(self.word(self.prev(at)), "were" | "was" | "are" | "is")
                    || ends(at + 1) && !matches!(self.word(self.prev(at)), "than" | "of") =>
            {
                Some(scope.clone())
            }
            _ => None,
        });
        let from = || {
            let made = |at: usize| match self.word(at) {
                "from" | "by" => true,
                "in" => matches!(self.word(self.prev(at)), "made" | "originate" | "originated"),
                "to" => matches!(self.word(self.prev(at)), "belong" | "belonged" | "belongs" | "goes" | "went"),
                "of" => matches!(self.word(self.prev(at)), "out"),
                _ => false,
            };
            let from = (place + 1..clause.end).find(|&at| made(at))?;
            self.subjects(from..clause.end.min(from + 4)).map(|(_, scope)| scope).next()
        };
        owned.or_else(from)
    }

    /// The share of a part in a whole: `ExecuTorch made 35 % of the category's commits`.
    fn portion(
        &self,
        at: usize,
        metric: &'static str,
        maker: Scope,
        owner: Option<Scope>,
        numeral: &Numeral,
        hedge: Hedge,
    ) -> Read {
        let period = self.period(at)?;
        let whole = match owner {
            Some(whole) => whole,
            None => match &maker {
                Scope::Category(_) | Scope::Vendor(_) | Scope::Group(_) => Scope::Corpus,
                // `of all commits` could be the category's or everybody's.
                _ if self.after(at).any(|at| self.word(at) == "all") => {
                    return Err(self.unclear(at, "nothing says of whose work this is a part"));
                }
                _ => match &self.context.heading[..] {
                    [whole @ Scope::Category(_)] if self.members.whole(&maker).as_ref() == Some(whole) => whole.clone(),
                    _ => return Err(self.unclear(at, "nothing says of whose work this is a part")),
                },
            },
        };
        if maker == whole {
            return Err(self.unclear(at, "nothing says which part of it"));
        }
        let part = Key { scope: maker, metric, period };
        let whole = part.of(&whole);
        Ok(amount(Measure::Share(part, whole), numeral, hedge))
    }

    /// The share of those with a trait: `27 % of its people are new`.
    #[expect(clippy::too_many_arguments, reason = "the parts of one sentence")]
    fn rate(
        &self,
        at: usize,
        base: &'static str,
        name: &str,
        owner: Option<Scope>,
        before: Option<Period>,
        numeral: &Numeral,
        hedge: Hedge,
    ) -> Read {
        let name = if name == "commits_new" { "new" } else { name };
        let Some((count, share)) = made(base, name) else {
            return Err(self.unclear(at, "nothing says which part of it"));
        };
        let scope = match owner {
            Some(scope) => scope,
            None => self.subject_before(at, base)?,
        };
        let mut period = self.context.period;
        let is_of_earlier = matches!(share, Some("retention" | "churn_rate"));
        match before {
            // Who stayed or left was there the quarter before.
            Some(time) if is_of_earlier && time != period => period = time.next(),
            Some(time) if is_of_earlier && time == period => {}
            Some(time) => period = time,
            None if is_of_earlier => {}
            None => period = self.period(at)?,
        }
        let key = Key { scope, metric: base, period };
        let measure = match (share, count) {
            (Some(share), _) => Measure::Level(key.metric(share)),
            (None, Some(count)) => Measure::Share(key.metric(count), key),
            (None, None) => return Err(self.unclear(at, "nothing says which part of it")),
        };
        Ok(amount(measure, numeral, hedge))
    }
}
