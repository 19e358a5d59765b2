//! Numbers in a sentence: what they count, of what, and when.

use super::claim::{Key, Measure, Saying};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Reader, Unclear, is_share};
use super::scene::{Known, Sense};
use super::stated::{Hedge, Stated};
use super::time::Time;
use crate::metrics::Scope;
use crate::plain::Number;

type Read = Result<Saying, Unclear>;

/// What a trait makes of people, or of commits: the metric that counts those who have it, and their share.
const MADE: &[(&str, &str, Option<&str>, Option<&str>)] = &[
    ("contributors", "new", Some("new"), Some("new_share")),
    ("contributors", "retained", Some("retained"), Some("retention")),
    ("contributors", "returned", None, Some("retention")),
    ("contributors", "returning", Some("returning"), None),
    ("contributors", "churned", Some("churned"), Some("churn_rate")),
    ("contributors", "core", Some("core"), None),
    ("contributors", "regular", Some("regular"), None),
    ("contributors", "casual", Some("casual"), None),
    ("contributors", "drive_by", Some("drive_by"), None),
    ("contributors", "one_week", None, Some("one_week_share")),
    ("new", "drive_by", Some("drive_by"), None),
    ("new", "one_week", None, Some("new_one_week_share")),
    ("new", "new", Some("new"), None),
    ("commits", "agent_assisted", Some("agent_assisted"), Some("agent_assisted_share")),
    ("commits", "agent_authored", Some("agent_authored"), None),
    ("commits", "bot", Some("bot"), None),
    ("commits", "new", Some("commits_new"), None),
    ("commits", "commits_new", Some("commits_new"), None),
    ("commits", "retained", Some("commits_retained"), None),
    ("commits", "commits_retained", Some("commits_retained"), None),
];

/// What a metric becomes with a trait: who is counted, and their share.
fn made(base: &str, with: &str) -> Option<(Option<&'static str>, Option<&'static str>)> {
    MADE.iter().find(|(metric, name, ..)| *metric == base && *name == with).map(|(_, _, count, share)| (*count, *share))
}

fn amount(measure: Measure, numeral: &Numeral, hedge: Hedge) -> Saying {
    Saying::Amount(measure, Stated::new(numeral, hedge))
}

/// A change downwards is a number below 0, and what is above its size is below it.
fn moved(measure: Measure, way: i8, numeral: &Numeral, hedge: Hedge) -> Saying {
    if way < 0 {
        return Saying::Amount(measure, Stated::new(numeral, hedge).mirrored());
    }
    amount(measure, numeral, hedge)
}

impl Reader<'_> {
    /// Reads all numbers that no construction has taken.
    pub(super) fn amounts(&mut self) {
        for at in 0..self.items.len() {
            let Sense::Number(numeral, hedge) = self.sense(at).clone() else { continue };
            if self.used[at] {
                continue;
            }
            let read = self.amount(at, &numeral, hedge);
            // A verb whose extent is told says no more than that.
            if let Some((verb, _)) = self.direction(at, &numeral).filter(|_| read.is_some()) {
                self.used[verb] = true;
            }
            // Small numbers in words are figures only where something says what they count.
            if let Some(result) = read {
                self.note(at..at + 1, result);
            } else if numeral.words == Words::None && !self.is_price_of_time(at) {
                let why = "nothing says what it counts";
                let unclear = self.unclear(at, why);
                self.note(at..at + 1, Err(unclear));
            }
        }
    }

    /// `2 of the 3`, `24/7`: what only looks like a number that was counted.
    fn is_price_of_time(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "/")
            || matches!(self.word(at.wrapping_sub(1)), "/" | "#" | "version" | "chapter" | "no")
    }

    pub(super) fn unclear(&self, at: usize, why: &str) -> Unclear {
        let metric = self.inherited(at).map(|metric| metric.name);
        let scopes: Vec<Scope> = self.subjects(0..self.items.len()).map(|(_, scope)| scope).collect();
        let period = self.context.period;
        let key = |scope: Scope| Key { scope, metric: metric.unwrap_or("contributors"), period };
        let mut candidates: Vec<Key> = scopes.into_iter().map(key).collect();
        candidates.dedup();
        Unclear { why: why.to_owned(), candidates }
    }

    fn amount(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        match numeral.of {
            Of::Ones => self.count(at, numeral, hedge),
            Of::Whole => self.part(at, numeral, hedge),
            Of::Points => Some(self.points(at, numeral, hedge)),
            Of::Times => self.times(at, numeral, hedge),
        }
    }

    /// The direction of a change that a number measures: a verb before it, `by` between them or not, or a word after it.
    fn direction(&self, at: usize, numeral: &Numeral) -> Option<(usize, i8)> {
        if numeral.sign != 0 {
            return Some((at, numeral.sign));
        }
        let prev = self.prev(at);
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
        let noun =
            self.after(at).find_map(|at| if let Sense::Noun(name) = self.sense(at) { Some(*name) } else { None });
        noun.or_else(|| self.inherited(at).map(|metric| metric.name))
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

    fn subject_before(&self, at: usize, metric: &'static str) -> Result<Scope, Unclear> {
        self.subject(at).map_err(|unclear| unclear.of(metric))
    }

    /// A change in things, in percent, or against another part.
    fn change(&self, at: usize, way: i8, numeral: &Numeral, hedge: Hedge) -> Read {
        let metric = self.changed(at)?;
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
    fn nearest_other(&self, at: usize, other: &Scope) -> Result<Scope, Unclear> {
        let before = self.subjects(0..at).map(|(_, scope)| scope).filter(|scope| scope != other).last();
        match before {
            Some(scope) => Ok(scope),
            None => {
                let scope = self.subject(0)?;
                if scope == *other { Err(self.unclear(at, "nothing says what is compared")) } else { Ok(scope) }
            }
        }
    }

    fn points(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Read {
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
    fn times(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let as_at = (at..clause.end)
            .rev()
            .find(|&other| matches!(self.word(other), "as" | "than") && other > at + 1)
            .or_else(|| (at..clause.end).find(|&other| matches!(self.word(other), "of" | "what")));
        let metric = match self.changed(at) {
            Ok(metric) => metric,
            Err(unclear) => return Some(Err(unclear)),
        };
        let period = self.context.period;
        let other = as_at.and_then(|from| {
            (from..clause.end).find_map(|at| match self.sense(at) {
                Sense::Subject(scope, _) => Some(Ok(scope.clone())),
                Sense::Time(Time::At(base)) => Some(Err(*base)),
                _ => None,
            })
        });
        let measured = match other {
            Some(Ok(other)) => self
                .nearest_other(at, &other)
                .map(|scope| Measure::Times(Key { scope, metric, period }, Key { scope: other, metric, period })),
            Some(Err(base)) => self.subject_before(at, metric).map(|scope| {
                let key = Key { scope, metric, period };
                Measure::Times(key.clone(), key.at(base))
            }),
            None => Err(self.unclear(at, "nothing says what it is a multiple of")),
        };
        Some(measured.map(|measure| amount(measure, numeral, hedge)))
    }

    fn count(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        let prev = self.prev(at);
        if let Some((_, way)) = self.direction(at, numeral)
            && (numeral.words == Words::None || matches!(self.sense(next), Sense::Noun(_) | Sense::More(_)))
        {
            // `grew to 40 from 35` has no `by`; `up 40 people from 35` has.
            return Some(self.change(at, way, numeral, hedge));
        }
        // `149 of them new`, `of whom 149 are new`, `149 new`.
        if let Some(read) = self.refined(at, numeral, hedge) {
            return Some(read);
        }
        if let Sense::Noun(metric) = *self.sense(next) {
            return Some(self.level(at, next, metric, numeral, hedge));
        }
        if let Some(weeks) = self.weeks(at) {
            return Some(self.key(at, weeks).map(|key| amount(Measure::Level(key), numeral, hedge)));
        }
        if matches!(self.word(next), "repositories" | "projects" | "repos") {
            let key = self.key(next, "tracked_repos");
            return Some(key.map(|key| amount(Measure::Level(key), numeral, hedge)));
        }
        // Words that are small numbers count only what is named right after them, but for `from … to …`.
        let before_word = self.word(prev).to_owned();
        let is_from_to = matches!(
            before_word.as_str(),
            "from"
                | "to"
                | "after"
                | "against"
                | "versus"
                | "reached"
                | "at"
                | "is"
                | "was"
                | "of"
                | "stands"
                | "stood"
        );
        if numeral.words != Words::None && !is_from_to {
            return None;
        }
        let is_stated = is_from_to
            || matches!(
                self.sense(prev),
                Sense::Having | Sense::Time(_) | Sense::Subject(..) | Sense::Known(_) | Sense::Noun(_)
            )
            || matches!(
                before_word.as_str(),
                "with" | "and" | ":" | "(" | "than" | "numbering" | "totalling" | "totaling" | "fielding" | "'" | "s"
            );
        if !is_stated {
            return None;
        }
        // A noun of its own that the vocabulary hasn't got counts something else: `12 tokens`.
        let own_noun = *self.sense(next) == Sense::Word
            && !matches!(
                self.word(next),
                "in" | "of"
                    | "to"
                    | "from"
                    | "at"
                    | "and"
                    | "on"
                    | "for"
                    | "per"
                    | "after"
                    | "against"
                    | "with"
                    | "last"
                    | "into"
                    | "who"
                    | "compared"
                    | "versus"
                    | "as"
                    | "or"
                    | "by"
                    | "."
                    | "than"
                    | "through"
                    | "between"
                    | "across"
                    | "during"
                    | "when"
                    | "that"
                    | "which"
                    | "respectively"
                    | "came"
                    | "went"
                    | "among"
                    | "!"
                    | "?"
            );
        if own_noun {
            return None;
        }
        let metric = self.inherited(at)?.name;
        if is_share(metric) {
            return None;
        }
        Some(self.inherited_level(at, metric, numeral, hedge))
    }

    /// `from 120`, `to 143`, `after 120 in the first quarter`, `against 40 in IREE`.
    fn inherited_level(&self, at: usize, metric: &'static str, numeral: &Numeral, hedge: Hedge) -> Read {
        let lead = self.word(self.prev(at)).to_owned();
        let mut key = self.key(at, metric)?;
        let has_time = self.time_in(self.after(at)).is_some()
            || self.time_in(self.before(at)).is_some_and(|(time, _)| self.next(time) == at);
        let names_other = self.after(at).any(|at| matches!(self.sense(at), Sense::Subject(..)));
        let is_earlier = matches!(lead.as_str(), "from" | "after" | "against" | "versus" | "than")
            || lead == "with" && self.word(self.prev(self.prev(at))) == "compared"
            || lead == "to" && self.word(self.prev(self.prev(at))) == "compared";
        if is_earlier && !has_time {
            if names_other {
                key.period = self.context.period;
            } else if self.is_spelled_out_base(at) {
                key.period = self.base(at)?.1;
            } else {
                key.period = self.context.period.before(1);
            }
        }
        Ok(amount(Measure::Level(key), numeral, hedge))
    }

    /// Whether a time elsewhere in the clause says what a change is against: `up year on year from 120 to 143`.
    fn is_spelled_out_base(&self, at: usize) -> bool {
        self.clause(at).any(|at| self.word(at).contains("year"))
    }

    /// `8.5 weeks on average`, `8.5 different weeks`, `an average of 8.5 weeks`.
    fn weeks(&self, at: usize) -> Option<&'static str> {
        let next = self.next(at);
        let is_weeks = matches!(self.word(next), "week" | "weeks")
            || matches!(self.word(next), "different" | "distinct") && self.word(self.next(next)) == "weeks";
        if !is_weeks {
            return None;
        }
        let words: Vec<&str> = self.clause(at).map(|at| self.word(at)).collect();
        if words.contains(&"median") {
            return Some("active_weeks_median");
        }
        let says = |word: &str| words.contains(&word);
        (says("average") || says("mean") || says("different") || says("active") || says("typical"))
            .then_some("active_weeks")
    }

    /// `149 of them new`, `of whom 149 were new`, `149 new`, `149 of its 556 people are new`.
    fn refined(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        let prev = self.prev(at);
        let whom = matches!(self.word(prev), "whom" | "which" | "them" | "these") && self.word(self.prev(prev)) == "of";
        let of = self.word(next) == "of";
        let mut from = next;
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
            _ if of || whom => self.trait_after(at)?,
            _ => return None,
        };
        if !(of || whom) && !matches!(self.sense(next), Sense::Trait(_)) {
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

    /// The part that a number of `them` is about: that of the number before.
    fn key_of_part(&self, at: usize, metric: &'static str) -> Result<Key, Unclear> {
        let antecedent = self.readings.iter().rev().find(|reading| reading.items.start < at);
        if let Some(Ok(Saying::Amount(Measure::Level(key), _))) = antecedent.map(|reading| &reading.result) {
            return Ok(key.metric(metric));
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
    fn counted_before(&self, at: usize) -> Option<&'static str> {
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
        let owned = (owner..place).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ (Known::Category | Known::Repository)) => Some(self.known(at, *known)),
            _ => None,
        });
        let owned = owned.or_else(|| {
            self.subjects(place + 1..clause.end)
                .find(|(at, _)| matches!(self.word(self.prev(*at)), "in" | "of" | "to" | "at"))
                .map(|(_, scope)| Ok(scope))
        });
        if let Some(name) = named {
            let metric = match made(base, name) {
                Some((Some(metric), _)) => metric,
                _ => return Some(Err(self.unclear(at, "nothing says which of these it counts"))),
            };
            let scope = owned.unwrap_or_else(|| self.subject(at));
            let period = self.period(at);
            return Some(
                scope.map_err(|unclear| unclear.of(metric)).and_then(|scope| {
                    Ok(amount(Measure::Level(Key { scope, metric, period: period? }), numeral, hedge))
                }),
            );
        }
        // `IREE made 120 of the category's commits`: what IREE made.
        let whole = owned?.ok()?;
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

    /// A number with a noun: `223 contributors`, `four people wrote half of the commits`.
    fn level(&self, at: usize, noun: usize, metric: &'static str, numeral: &Numeral, hedge: Hedge) -> Read {
        let mut metric = metric;
        if metric == "contributors"
            && let Some(factor) = self.concentration(noun)
        {
            metric = factor;
        } else if metric == "organisations" && self.concentration(noun) == Some("absence_factor") {
            metric = "elephant_factor";
        } else if let Some(name) = self.predicate(noun) {
            metric = match made(metric, name) {
                Some((Some(metric), _)) => metric,
                Some((None, _)) => {
                    return Err(self.unclear(at, "it could be those who stayed, or those who returned after a break"));
                }
                None if name == metric => metric,
                None => return Err(self.unclear(at, "what is said of them isn't counted")),
            };
        }
        if is_share(metric) {
            return Err(self.unclear(at, "this is a share, and the number has no percent sign"));
        }
        let lead = self.word(self.prev(at));
        if matches!(lead, "from" | "after" | "against" | "versus" | "than") {
            return self.inherited_level(at, metric, numeral, hedge);
        }
        let key = self.key(at, metric)?;
        Ok(amount(Measure::Level(key), numeral, hedge))
    }

    /// What is said of those who were just named: `12 people were new`, `40 commits name a coding agent`.
    fn predicate(&self, noun: usize) -> Option<&'static str> {
        let mut at = noun + 1;
        for _ in 0..4 {
            match *self.sense(at) {
                Sense::Trait("new")
                    if self.word(at) == "new" && !matches!(self.word(self.prev(at)), "are" | "were" | "is" | "was") =>
                {
                    return None;
                }
                Sense::Trait(name) => return Some(name),
                Sense::Filler | Sense::Having => {}
                Sense::Word if matches!(self.word(at), "who" | "that" | "which" | "have" | "had") => {}
                // `223 people in kernels were new`
                Sense::Word if matches!(self.word(at), "in" | "to" | "at" | "of" | "on") => {}
                Sense::Subject(..) | Sense::Known(_) | Sense::Time(_) => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// `… people wrote half of the commits`: absence factor; `four fifths`: the core.
    fn concentration(&self, noun: usize) -> Option<&'static str> {
        let clause = self.clause(noun);
        let range = noun + 1..clause.end.min(noun + 12);
        let share = range.clone().find_map(|at| match self.sense(at) {
            Sense::Number(numeral, _) if numeral.of == Of::Whole => Some((at, numeral.value)),
            _ => None,
        })?;
        let (place, value) = share;
        let writes = (noun + 1..place).any(|at| {
            matches!(
                self.word(at),
                "write"
                    | "wrote"
                    | "writes"
                    | "make"
                    | "made"
                    | "account"
                    | "accounted"
                    | "accounts"
                    | "produce"
                    | "produced"
                    | "contribute"
                    | "contributed"
                    | "responsible"
                    | "land"
                    | "landed"
                    | "author"
                    | "authored"
                    | "carry"
                    | "carried"
                    | "did"
                    | "do"
                    | "behind"
                    | "deliver"
                    | "delivered"
            )
        });
        let work = (place + 1..clause.end.min(place + 6)).any(|at| {
            matches!(self.sense(at), Sense::Noun("commits")) || matches!(self.word(at), "work" | "code" | "it")
        });
        if !writes || !work {
            return None;
        }
        if value == Number::quotient(1, 2)? {
            Some("absence_factor")
        } else if value == Number::quotient(4, 5)? {
            Some("core")
        } else {
            None
        }
    }

    /// Whether a share belongs to a statement about how few people do so much.
    fn is_of_concentration(&self, at: usize) -> bool {
        let clause = self.clause(at);
        (clause.start..at).rev().any(|noun| {
            matches!(self.sense(noun), Sense::Noun("contributors" | "organisations" | "core"))
                && self.concentration(noun).is_some()
                && (noun + 1..at).all(|at| !matches!(self.sense(at), Sense::Number(..)))
        }) || matches!(self.sense(self.next(at)), Sense::Noun("absence_factor"))
    }

    /// Percent and fractions.
    fn part(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        if self.is_of_concentration(at) {
            // It belongs to the number of people, which says it all.
            return None;
        }
        if let Some((_, way)) = self.direction(at, numeral) {
            return Some(self.change(at, way, numeral, hedge));
        }
        if let Some(read) = self.share(at, numeral, hedge) {
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

    /// `35 % of the category's commits`, `72 % of last quarter's people came back`, `of its people, 27 % are new`.
    fn share(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let next = self.next(at);
        let sentence_of = self.leading_of(at);
        let (from, to) = if self.word(next) == "of" {
            (next + 1, clause.end)
        } else if let Some(range) = sentence_of {
            (range.start, range.end)
        } else if let Sense::Trait(name) = *self.sense(self.after_be(at)) {
            // `556 people, 27 % of them new` came before; `27 % were new` takes what was counted before.
            let base = self.counted_before(at)?;
            return Some(self.rate(at, base, name, None, None, numeral, hedge));
        } else {
            return None;
        };
        let noun =
            (from..to).take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Move(_))).find_map(|at| {
                match *self.sense(at) {
                    Sense::Noun(name) => Some((at, name)),
                    _ => None,
                }
            });
        let pronoun = matches!(self.word(from), "them" | "whom" | "those" | "these")
            || matches!(self.word(self.next(from - 1)), "them" | "whom" | "which");
        let (place, base) = match noun {
            Some((place, base)) if !pronoun => (place, base),
            _ if pronoun => (from, self.counted_before(at)?),
            _ => return Some(Err(self.unclear(at, "nothing says of what this is a part"))),
        };
        let owner = (from..place).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ (Known::Category | Known::Repository)) => Some(self.known(at, *known)),
            _ => None,
        });
        let located = || {
            self.subjects(place + 1..to.min(place + 6))
                .find(|(at, _)| matches!(self.word(self.prev(*at)), "in" | "of" | "to" | "at" | "on" | "across"))
                .map(|(_, scope)| Ok(scope))
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
            .take_while(|&other| other == start || !matches!(self.sense(other), Sense::Number(..)))
            .find_map(|at| match *self.sense(at) {
                Sense::Trait(name) => Some(name),
                Sense::Noun(name @ ("new" | "agent_assisted" | "retained" | "returning" | "core" | "drive_by"))
                    if at > place =>
                {
                    Some(name)
                }
                _ => None,
            });
        let subject = self.maker(at, place, clause.clone());
        match (predicate, subject) {
            (Some(name), None) => Some(self.rate(at, base, name, owner, before, numeral, hedge)),
            (_, Some(maker)) if owner.as_ref() != Some(&maker) || owner.is_none() => {
                Some(self.portion(at, base, maker, owner, numeral, hedge))
            }
            (Some(name), Some(_)) => Some(self.rate(at, base, name, owner, before, numeral, hedge)),
            _ => Some(Err(self.unclear(at, "nothing says which part of it"))),
        }
    }

    /// `Of last quarter's people, 72 % came back`: the words between the first `of` and the comma.
    fn leading_of(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let clause = self.clause(at);
        let comma = (clause.start..at).rev().find(|&at| *self.sense(at) == Sense::Comma)?;
        let of = (clause.start..comma).find(|&at| matches!(self.word(at), "of" | "among"))?;
        let quiet = (comma..at).all(|at| !matches!(self.sense(at), Sense::Subject(..) | Sense::Having));
        (of <= clause.start + 1 && quiet).then_some(of + 1..comma)
    }

    fn after_be(&self, at: usize) -> usize {
        let next = self.next(at);
        if matches!(self.word(next), "were" | "are" | "was" | "is" | "had" | "have") { self.next(next) } else { next }
    }

    /// Who made a part of the whole: named before the number with a verb of making, or after it with `by` or `from`.
    fn maker(&self, at: usize, place: usize, clause: std::ops::Range<usize>) -> Option<Scope> {
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
        let from = (place + 1..clause.end).find(|&at| matches!(self.word(at), "from" | "by"))?;
        self.subjects(from..clause.end.min(from + 4)).map(|(_, scope)| scope).next()
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
        before: Option<crate::plain::Period>,
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
