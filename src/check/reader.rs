//! Reads a sentence: which words in it state figures, and what they state.

use std::cell::Cell;
use std::ops::Range;

use super::claim::{Key, Measure, Saying};
use super::common::is_common;
use super::made::made;
use super::numeral::Numeral;
use super::scene::{Item, Sense};
use super::stated::{Hedge, Stated};
use super::time::Time;
use super::vocabulary::{OPAQUE, QUANTIFIERS, is_one_of};
use crate::figures::members::Members;
use crate::metrics::{Metric, Scope, catalogue};
use crate::plain::{Period, Unit};

/// What a sentence stands in.
#[derive(Clone, Debug)]
pub struct Context {
    /// The edition's period.
    pub period: Period,
    /// What the editor says that it is about.
    pub about: Option<Scope>,
    /// What the sentence before it in its paragraph is about.
    pub paragraph: Vec<Scope>,
    /// Whether the sentence is a heading.
    pub is_heading: bool,
    /// The figures that the sentence before it tells, in their order.
    pub told: Vec<Key>,
    /// Whether that sentence is about bots, agents, or some people only.
    pub is_of_others: bool,
    /// What its nearest heading names.
    pub heading: Vec<Scope>,
}

/// What was read at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which items say it.
    pub items: Range<usize>,
    /// What they say, or why that can't be told.
    pub result: Result<Saying, Unclear>,
    /// A word beside them that neither the vocabulary nor the list of common words has.
    pub strange: Option<String>,
    /// Whether what is counted isn't said beside the number, but of one before it.
    pub is_indirect: bool,
}

/// Why a figure fits nothing, or several things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unclear {
    /// In a clause.
    pub why: String,
    /// What it could be.
    pub candidates: Vec<Key>,
}

impl Unclear {
    /// Without candidates.
    pub fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), candidates: Vec::new() }
    }
}

/// A sentence that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The sentence.
    pub items: &'a [Item],
    /// What it stands in.
    pub context: &'a Context,
    /// Which repositories and categories belong where.
    pub members: &'a Members,
    /// The values of the figures that are bound in the text: their metric, scope, period.
    pub bound: &'a [Option<Key>],
    pub(super) used: Vec<bool>,
    pub(super) readings: Vec<Reading>,
    /// Whether the number that is being read takes what it counts from another.
    pub(super) is_indirect: Cell<bool>,
}

/// Words after which a name is only part of a description of something else.
const GOVERNING: [&str; 27] = [
    "of", "in", "than", "from", "to", "with", "against", "after", "like", "unlike", "at", "on", "for", "among",
    "within", "inside", "beside", "besides", "behind", "over", "across", "versus", "into", "by", "between", "as",
    "ahead of",
];

/// Whether a name that follows this word is only part of a description.
#[must_use]
pub fn governs(word: &str) -> bool {
    GOVERNING.contains(&word)
}

impl<'a> Reader<'a> {
    /// Reads a sentence.
    #[must_use]
    pub fn read(
        items: &'a [Item],
        context: &'a Context,
        members: &'a Members,
        bound: &'a [Option<Key>],
    ) -> Vec<Reading> {
        let (used, readings, is_indirect) = (vec![false; items.len()], Vec::new(), Cell::new(false));
        let mut reader = Self { items, context, members, bound, used, readings, is_indirect };
        reader.constructions();
        reader.amounts();
        reader.directions();
        reader.silences();
        let mut readings = reader.readings;
        readings.sort_by_key(|reading| reading.items.start);
        readings
    }

    /// Notes what items say; where words around them change that in unknown ways, it can't be told.
    pub(super) fn note(&mut self, items: Range<usize>, result: Read) {
        let result = result.and_then(|saying| match self.opaque(&items, &saying) {
            Some(why) => Err(Unclear { why, candidates: keys(&saying) }),
            // `And the bots? They made 1,272 commits.`
            None if self.context.is_of_others && self.is_of_pronoun(items.start) => {
                let why = "it could be about those of whom the sentence before speaks".to_owned();
                Err(Unclear { why, candidates: keys(&saying) })
            }
            None => Ok(saying),
        });
        let strange = self.strange(&items);
        self.used[items.clone()].fill(true);
        let is_indirect = self.is_indirect.take();
        self.readings.push(Reading { items, result, strange, is_indirect });
    }

    /// A word in the clause that nobody has told the check of.
    fn strange(&self, own: &Range<usize>) -> Option<String> {
        let near = self.before(own.start).start..self.after(own.start).end;
        let is_strange = |at: &usize| {
            let item = &self.items[*at];
            item.sense == Sense::Word
                && item.words.chars().any(char::is_alphabetic)
                && item.words.len() > 1
                && !is_common(&item.words)
        };
        // A name that nobody has told the check of may be what the whole sentence is about.
        let is_name = |at: &usize| *at > 0 && self.items[*at].is_name && is_strange(at);
        let name = self.clause(own.start).filter(|at| !own.contains(at)).find(is_name);
        let word = near.into_iter().filter(|at| !own.contains(at)).find(is_strange);
        word.or(name).map(|at| self.word(at).to_owned())
    }

    /// A word near a statement that changes it in ways that the vocabulary can't follow.
    fn opaque(&self, items: &Range<usize>, saying: &Saying) -> Option<String> {
        let ends = |at: &usize| matches!(self.items[*at].sense, Sense::Break | Sense::Comma);
        let wide = (0..items.start).rev().find(ends).map_or(0, |at| at + 1);
        let from = self.before(items.start).start;
        let to = self.after(items.end.saturating_sub(1)).end;
        let quantified = matches!(
            saying,
            Saying::Every(..) | Saying::Each(..) | Saying::Place { .. } | Saying::Record(..) | Saying::PeopleAdded(_)
        );
        for at in wide..to {
            let Item { sense, words, .. } = &self.items[at];
            if self.used[at] && !items.contains(&at) {
                continue;
            }
            let is_word = matches!(sense, Sense::Word | Sense::Filler | Sense::Having);
            let is_none =
                matches!(sense, Sense::Number(numeral, _) if numeral.value.sign() == 0) && !items.contains(&at);
            // Bots make further commits; few people would do for half of them.
            let is_apart = matches!(saying, Saying::Amount(Measure::Level(key), _)
                if matches!(key.metric, "bot" | "merges" | "agent_authored")
                    && matches!(words.as_str(), "another" | "further" | "additional" | "extra")
                    || matches!(key.metric, "absence_factor" | "core" | "elephant_factor")
                        && matches!(words.as_str(), "would" | "could"));
            // `commits recovered further`
            let is_apart = is_apart || words == "further" && matches!(self.sense(self.prev(at)), Sense::Move(_));
            let is_loose = is_none || at >= from && is_word && is_one_of(OPAQUE, words) && !quantified && !is_apart;
            let is_quantifier = is_word && is_one_of(QUANTIFIERS, words) && !quantified && self.quantifies(at);
            if is_loose || is_quantifier {
                return Some(format!("`{words}` changes what is said in a way that isn't understood"));
            }
        }
        // `bots account for 12 commits` are other commits than those that people made.
        let counts_commits =
            matches!(saying, Saying::Amount(Measure::Level(Key { metric: "commits" | "contributors", .. }), _));
        let actor = (from..items.start)
            .find(|&at| matches!(self.items[at].sense, Sense::Noun("bots" | "agents" | "merges" | "bot")));
        actor
            .filter(|_| counts_commits)
            .map(|at| format!("`{}` makes it unclear what is counted", self.items[at].words))
    }

    /// Whether the subject of a clause is a pronoun.
    fn is_of_pronoun(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let first = clause.start..at.max(clause.start);
        self.subjects(0..at).next().is_none()
            && first.into_iter().any(|at| matches!(self.word(at), "they" | "it" | "these" | "those" | "them"))
    }

    /// Whether a quantifier speaks of repositories, categories or the like.
    fn quantifies(&self, at: usize) -> bool {
        // `only 17 % of its people`
        if self.word(at) == "only" && self.is_number(self.next(at)) {
            return false;
        }
        let noun = (at + 1..(at + 6).min(self.items.len())).find(|&at| matches!(self.sense(at), Sense::Noun(_)));
        (at + 1..noun.unwrap_or((at + 6).min(self.items.len()))).any(|at| {
            matches!(
                self.word(at),
                "category"
                    | "categories"
                    | "repository"
                    | "repositories"
                    | "project"
                    | "projects"
                    | "repo"
                    | "repos"
                    | "them"
                    | "frameworks"
                    | "libraries"
                    | "tools"
                    | "one"
                    | "but"
            ) || matches!(self.sense(at), Sense::Subject(..))
        })
    }

    pub(super) fn sense(&self, at: usize) -> &Sense {
        self.items.get(at).map_or(&Sense::Break, |item| &item.sense)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| item.words.as_str())
    }

    /// The next item that isn't a filler.
    pub(super) fn next(&self, at: usize) -> usize {
        (at + 1..self.items.len()).find(|&at| self.items[at].sense != Sense::Filler).unwrap_or(self.items.len())
    }

    /// The item before that isn't a filler; the length of the sentence where there is none.
    pub(super) fn prev(&self, at: usize) -> usize {
        (0..at.min(self.items.len()))
            .rev()
            .find(|&at| self.items[at].sense != Sense::Filler)
            .unwrap_or(self.items.len())
    }

    /// The items between the breaks around an item.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let is_break = |at: &usize| self.items[*at].sense == Sense::Break;
        let from = (0..at).rev().find(is_break).map_or(0, |at| at + 1);
        let to = (at..self.items.len()).find(is_break).unwrap_or(self.items.len());
        from..to
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Number(..) | Sense::Bound(_))
    }

    /// The time after a number that `and` joins to this one: `352 commits and 57 people in the first quarter`.
    fn time_of_pair(&self, at: usize) -> Option<(usize, Time)> {
        let end = self.after(at).end;
        let is_joined = self.is_number(end) && self.word(self.prev(end)) == "and";
        is_joined.then(|| self.time_in(self.after(end))).flatten()
    }

    /// The items after one up to the next number, break or comma.
    pub(super) fn after(&self, at: usize) -> Range<usize> {
        let ends = |at: &usize| self.is_number(*at) || matches!(self.items[*at].sense, Sense::Break | Sense::Comma);
        at + 1..(at + 1..self.items.len()).find(ends).unwrap_or(self.items.len())
    }

    /// The items before one back to the number, break or comma before.
    pub(super) fn before(&self, at: usize) -> Range<usize> {
        let ends = |at: &usize| self.is_number(*at) || matches!(self.items[*at].sense, Sense::Break | Sense::Comma);
        (0..at).rev().find(ends).map_or(0, |at| at + 1)..at
    }

    pub(super) fn time_in(&self, range: Range<usize>) -> Option<(usize, Time)> {
        range
            .into_iter()
            .find_map(|at| if let Sense::Time(time) = self.items[at].sense { Some((at, time)) } else { None })
    }

    /// The time that belongs to a number: after it, or before it where no other number has it.
    fn time_of(&self, at: usize) -> Option<(usize, Time)> {
        // `compared with the first quarter` is what it is held against.
        let level = |found: &(usize, Time)| {
            let lead = self.prev(found.0);
            let compares = matches!(self.word(lead), "than" | "against" | "versus" | "vs" | "over" | "on" | "since")
                || self.word(lead) == "with" && self.word(self.prev(lead)) == "compared"
                || self.word(lead) == "to" && matches!(self.word(self.prev(lead)), "compared" | "relative");
            !matches!(found.1, Time::Against(_)) && (!compares || self.is_number(self.next(found.0)))
        };
        let before = self.before(at);
        let starts_with_number = before.start.checked_sub(1).is_some_and(|at| self.is_number(at));
        let earlier = self.time_in(before).filter(|(time, _)| !starts_with_number || self.next(*time) == at);
        // `(Q1: 117)`
        let colon =
            at.checked_sub(2).filter(|_| self.word(at - 1) == ":").and_then(|time| self.time_in(time..time + 1));
        self.time_in(self.after(at))
            .or_else(|| self.time_of_pair(at))
            .filter(level)
            .or(colon)
            .or(earlier.filter(level))
            .or_else(|| self.opening().filter(level))
    }

    /// The quarter that a number is of.
    pub(super) fn period(&self, at: usize) -> Result<Period, Unclear> {
        match self.time_of(at) {
            // Three months are the quarter.
            None | Some((_, Time::Against(_) | Time::Span(1))) => Ok(self.context.period),
            Some((_, Time::At(period))) => Ok(period),
            Some((_, Time::Year(year))) => {
                Err(Unclear::because(format!("figures are of quarters, and this speaks of the year {year}")))
            }
            Some((at, Time::Span(_)))
                if self.clause(at).any(|at| matches!(self.sense(at), Sense::Move(_) | Sense::Multiple(..))) =>
            {
                Ok(self.context.period)
            }
            Some((at, Time::Span(_))) => {
                let words = self.word(at);
                Err(Unclear::because(format!("figures are of quarters, and this speaks of {words}")))
            }
        }
    }

    /// A time at the beginning of the sentence, before its first comma: `In the first quarter, …`.
    fn opening(&self) -> Option<(usize, Time)> {
        let comma = self.items.iter().position(|item| item.sense == Sense::Comma)?;
        let acts = |at: usize| matches!(self.sense(at), Sense::Having | Sense::Move(_)) && self.word(at) != "with";
        if (0..comma).any(|at| self.is_number(at) || acts(at)) {
            return None;
        }
        self.time_in(0..comma)
    }

    /// The quarter of a change, and the one that it is against.
    pub(super) fn base(&self, at: usize) -> Result<(Period, Period), Unclear> {
        let now = self.context.period;
        let clause = self.clause(at);
        let after = at + 1..clause.end;
        let next_number = after.clone().find(|&at| matches!(self.sense(at), Sense::Number(..))).unwrap_or(clause.end);
        let right = self.time_in(at + 1..next_number);
        let before = self.before(at);
        let starts_with_number = before.start.checked_sub(1).is_some_and(|at| self.is_number(at));
        let earlier = self.time_in(before).filter(|(time, _)| !starts_with_number || self.next(*time) == at);
        let found = right.or(earlier).or_else(|| self.opening());
        let found = found.or_else(|| self.time_in(clause.clone()).filter(|(_, time)| matches!(time, Time::Against(_))));
        // `doubled within a year, from 182 people`
        let only = || {
            let mut times = clause.clone().filter_map(|at| self.time_in(at..at + 1));
            times.next().filter(|(time, _)| times.next().is_none() && *time < at)
        };
        let found = found.or_else(only);
        let Some((at, time)) = found else { return Ok((now, now.before(1))) };
        if let Time::Against(base) = time {
            return Ok((now, base));
        }
        if let Time::Span(count) = time
            && matches!(self.word(self.prev(at)), "in" | "within" | "over" | "inside" | "for" | "during")
        {
            return Ok((now, now.before(count)));
        }
        let Time::At(period) = time else {
            return Err(Unclear::because(format!(
                "a change is against a quarter, and this speaks of {}",
                self.word(at)
            )));
        };
        let lead = self.prev(at);
        let is_compared = self.word(self.prev(lead)) == "than"
            || self.word(at).ends_with("earlier")
            || self.word(at).ends_with("ago");
        let is_own = matches!(self.word(lead), "in" | "during" | "for" | "by") && !is_compared || period == now;
        if is_own && period != now {
            return Ok((period, period.before(1)));
        }
        Ok(if period == now { (now, now.before(1)) } else { (now, period) })
    }

    /// The metric that a noun stands for, with what is said of it: `commits that name an agent`.
    pub(super) fn noun(&self, at: usize) -> Option<&'static str> {
        let Sense::Noun(name) = *self.sense(at) else { return None };
        let that = matches!(self.word(at + 1), "that" | "which" | "who");
        match *self.sense(at + 1 + usize::from(that)) {
            Sense::Trait(given) => made(name, given).and_then(|(count, _)| count).or(Some(name)),
            _ => Some(name),
        }
    }

    /// The metric that a number takes from what was said before it, or after it.
    pub(super) fn inherited(&self, at: usize) -> Option<&'static Metric> {
        let noun = |at: usize| self.noun(at).and_then(catalogue::find);
        let clause = self.clause(at);
        let left = (clause.start..at).rev().find_map(noun);
        let right = || (at..clause.end).find_map(noun);
        left.or_else(right).or_else(|| (0..clause.start).rev().find_map(noun))
    }

    /// A figure of what a statement at a place is about.
    pub(super) fn key(&self, at: usize, metric: &'static str) -> Result<Key, Unclear> {
        let (scope, period) = (self.subject(at), self.period(at));
        let scope = scope.map_err(|unclear| unclear.of(metric))?;
        // People who are in two parts are their overlap.
        let metric = if matches!(scope, Scope::Overlap(..)) { "overlap" } else { metric };
        Ok(Key { scope, metric, period: period? })
    }
}

impl Unclear {
    /// With the metric that its candidates lack.
    #[must_use]
    pub fn of(mut self, metric: &'static str) -> Self {
        self.candidates.iter_mut().filter(|key| key.metric.is_empty()).for_each(|key| key.metric = metric);
        self
    }
}

/// The figures that something is said of.
#[must_use]
pub fn keys(saying: &Saying) -> Vec<Key> {
    match saying {
        Saying::Amount(measure, _) | Saying::Place { measure, .. } => measure.keys(),
        Saying::Each(measures, ..) => measures.iter().flat_map(Measure::keys).collect(),
        Saying::Went(key, ..) | Saying::Run(key, ..) | Saying::Record(key, ..) => vec![key.clone()],
        Saying::Order(a, b, _) => vec![a.clone(), b.clone()],
        Saying::Every(keys, ..) | Saying::PeopleAdded(keys) => keys.clone(),
    }
}

/// What a statement is, or why that can't be told.
pub type Read = Result<Saying, Unclear>;

/// That something amounts to a number.
#[must_use]
pub fn amount(measure: Measure, numeral: &Numeral, hedge: Hedge) -> Saying {
    Saying::Amount(measure, Stated::new(numeral, hedge))
}

/// That something changed by a number: downwards it is below 0, and what is above its size is below it.
#[must_use]
pub fn moved(measure: Measure, way: i8, numeral: &Numeral, hedge: Hedge) -> Saying {
    if way < 0 {
        return Saying::Amount(measure, Stated::new(numeral, hedge).mirrored());
    }
    amount(measure, numeral, hedge)
}

/// Whether a metric counts people, who can be in several scopes.
#[must_use]
pub fn counts_people(metric: &str) -> bool {
    const PEOPLE: [&str; 12] = [
        "contributors",
        "contributors_ever",
        "new",
        "retained",
        "returning",
        "churned",
        "core",
        "regular",
        "casual",
        "drive_by",
        "overlap",
        "expansion",
    ];
    PEOPLE.contains(&metric)
}

/// Whether a metric is a part of a whole.
#[must_use]
pub fn is_share(metric: &str) -> bool {
    catalogue::find(metric).is_some_and(|metric| metric.unit == Unit::Share)
}
