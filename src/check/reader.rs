//! Reads a sentence: which words in it state figures, and what they state.

use std::ops::Range;

use super::claim::{Key, Saying};
use super::scene::{Item, Known, Sense};
use super::time::Time;
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
        let mut reader = Self { items, context, members, bound, used: vec![false; items.len()], readings: Vec::new() };
        reader.constructions();
        reader.amounts();
        reader.directions();
        let mut readings = reader.readings;
        readings.sort_by_key(|reading| reading.items.start);
        readings
    }

    pub(super) fn note(&mut self, items: Range<usize>, result: Result<Saying, Unclear>) {
        self.used[items.clone()].fill(true);
        self.readings.push(Reading { items, result });
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

    /// The quarter that a number is of.
    pub(super) fn period(&self, at: usize) -> Result<Period, Unclear> {
        let opening = self.opening();
        let found = self.time_in(self.after(at)).or_else(|| self.time_in(self.before(at))).or(opening);
        match found {
            None => Ok(self.context.period),
            Some((_, Time::At(period))) => Ok(period),
            Some((_, Time::Year(year))) => {
                Err(Unclear::because(format!("figures are of quarters, and this speaks of the year {year}")))
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
        if (0..comma).any(|at| self.is_number(at) || matches!(self.sense(at), Sense::Having | Sense::Move(_))) {
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
        let found = right.or_else(|| self.time_in(self.before(at))).or_else(|| self.opening());
        let Some((at, time)) = found else { return Ok((now, now.before(1))) };
        let Time::At(period) = time else {
            return Err(Unclear::because(format!(
                "a change is against a quarter, and this speaks of {}",
                self.word(at)
            )));
        };
        let lead = self.word(self.prev(at));
        let is_own = matches!(lead, "in" | "during" | "for") && !self.word(at).contains("earlier") || period == now;
        if is_own && period != now {
            return Ok((period, period.before(1)));
        }
        Ok(if period == now { (now, now.before(1)) } else { (now, period) })
    }

    /// The metric that a number takes from what was said before it, or after it.
    pub(super) fn inherited(&self, at: usize) -> Option<&'static Metric> {
        let noun = |at: usize| if let Sense::Noun(name) = self.sense(at) { catalogue::find(name) } else { None };
        let clause = self.clause(at);
        let left = (clause.start..at).rev().find_map(noun);
        let right = || (at..clause.end).find_map(noun);
        left.or_else(right).or_else(|| (0..clause.start).rev().find_map(noun))
    }

    /// What a statement at a place is about.
    pub(super) fn subject(&self, at: usize) -> Result<Scope, Unclear> {
        if let Some(scope) = self.attached(at) {
            return Ok(scope);
        }
        let clause = self.clause(at);
        let mut to = at;
        let mut from = clause.start;
        loop {
            if let Some(found) = self.nearest(from..to) {
                return found;
            }
            if from == 0 {
                break;
            }
            to = from - 1;
            from = self.clause(to.saturating_sub(1)).start.min(to);
        }
        let right: Vec<Scope> = self.subjects(at..self.items.len()).map(|(_, scope)| scope).collect();
        let mut distinct = right.clone();
        distinct.dedup();
        match &distinct[..] {
            [] => self.surrounding(at),
            [one] => Ok(one.clone()),
            _ => Err(self.several(distinct)),
        }
    }

    /// A part that is named right after what is counted: `120 commits in IREE`, `556 contributors to Kernels`.
    fn attached(&self, at: usize) -> Option<Scope> {
        let range = self.after(at);
        let mut found = None;
        for at in range {
            match self.sense(at) {
                Sense::Subject(scope, owns) => {
                    let lead = self.word(self.prev(at));
                    let is_led = matches!(
                        lead,
                        "in" | "of" | "at" | "on" | "to" | "into" | "across" | "for" | "within" | "among"
                    );
                    if is_led && !owns && found.is_none() {
                        found = Some(scope.clone());
                    }
                }
                Sense::Known(known @ (Known::Category | Known::Repository)) => {
                    let lead = self.word(self.prev(at));
                    if matches!(lead, "in" | "of" | "at" | "on" | "to" | "across" | "for") && found.is_none() {
                        found = self.known(at, *known).ok();
                    }
                }
                Sense::Having | Sense::Move(_) if found.is_none() => return None,
                _ => {}
            }
        }
        found
    }

    /// All parts that are named in a stretch.
    pub(super) fn subjects(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Scope)> {
        range.filter_map(
            |at| if let Sense::Subject(scope, _) = self.sense(at) { Some((at, scope.clone())) } else { None },
        )
    }

    /// Whether a name stands after a word that makes it part of a description.
    fn is_governed(&self, at: usize) -> bool {
        governs(self.word(self.prev(at)))
    }

    /// The part that a stretch names last, those in descriptions after the others.
    fn nearest(&self, range: Range<usize>) -> Option<Result<Scope, Unclear>> {
        let known = range.clone().rev().find_map(|at| match self.sense(at) {
            Sense::Known(known @ (Known::Category | Known::Repository)) if !self.is_governed(at) => {
                Some((at, self.known(at, *known)))
            }
            _ => None,
        });
        let found: Vec<(usize, Scope)> = self.subjects(range).collect();
        let free: Vec<&(usize, Scope)> = found.iter().filter(|(at, _)| !self.is_governed(*at)).collect();
        if let Some((place, scope)) = free.last().copied() {
            if let Some((at, known)) = known
                && at > *place
            {
                return Some(known);
            }
            // `MLX and MNN drew 40 people`: of both together, or of each?
            let and = self.prev(*place);
            if matches!(self.word(and), "and" | "or" | "nor") && and < self.items.len() {
                let other = self.prev(and);
                if let Sense::Subject(first, false) = self.sense(other) {
                    return Some(Err(self.several(vec![first.clone(), scope.clone()])));
                }
            }
            return Some(Ok(scope.clone()));
        }
        if let Some((_, known)) = known {
            return Some(known);
        }
        let mut distinct: Vec<Scope> = found.into_iter().map(|(_, scope)| scope).collect();
        distinct.dedup();
        match &distinct[..] {
            [] => None,
            [one] => Some(Ok(one.clone())),
            _ => Some(Err(self.several(distinct))),
        }
    }

    fn several(&self, scopes: Vec<Scope>) -> Unclear {
        let key = |scope: Scope| Key { scope, metric: "", period: self.context.period };
        Unclear { why: "it could be about several parts".to_owned(), candidates: scopes.into_iter().map(key).collect() }
    }

    /// What `the category` or `the project` stands for at a place.
    pub(super) fn known(&self, at: usize, known: Known) -> Result<Scope, Unclear> {
        let named: Vec<Scope> = self.subjects(0..at).map(|(_, scope)| scope).collect();
        let last = match named.last() {
            Some(last) => last.clone(),
            None => self.surrounding(at)?,
        };
        match (known, &last) {
            (Known::Category, Scope::Repo(_)) => {
                self.members.whole(&last).ok_or_else(|| Unclear::because("its category isn't known"))
            }
            (Known::Category, Scope::Category(_)) | (Known::Repository, Scope::Repo(_)) | (Known::Last, _) => Ok(last),
            (Known::Repository, _) => {
                let repo = named.iter().rev().find(|scope| matches!(scope, Scope::Repo(_)));
                repo.cloned().ok_or_else(|| Unclear::because(format!("nothing says which {}", self.word(at))))
            }
            (Known::Category, _) => Err(Unclear::because("nothing says which category")),
        }
    }

    /// What the text around the sentence is about.
    fn surrounding(&self, at: usize) -> Result<Scope, Unclear> {
        if let Some(name) = self.stranger(at) {
            return Err(Unclear::because(format!("nothing that is tracked is called `{name}`")));
        }
        let Context { about, paragraph, heading, .. } = self.context;
        if let Some(about) = about {
            return Ok(about.clone());
        }
        for named in [paragraph, heading] {
            match &named[..] {
                [] => {}
                [one] => return Ok(one.clone()),
                several => return Err(self.several(several.to_vec())),
            }
        }
        Ok(Scope::Corpus)
    }

    /// A name that means nothing here and yet does what is told: `Acme drew 12 people`.
    fn stranger(&self, at: usize) -> Option<&str> {
        const COMMON: [&str; 34] = [
            "it",
            "that",
            "who",
            "what",
            "nobody",
            "everyone",
            "others",
            "most",
            "many",
            "few",
            "half",
            "which",
            "nothing",
            "everything",
            "each",
            "we",
            "in",
            "of",
            "at",
            "on",
            "for",
            "with",
            "by",
            "from",
            "to",
            "after",
            "among",
            "work",
            "what's",
            "quarter",
            "commits",
            "ai",
            "ml",
            "llm",
        ];
        let clause = self.clause(at);
        clause.clone().find_map(|at| {
            let item = &self.items[at];
            if item.sense != Sense::Word || !item.is_name || COMMON.contains(&item.words.as_str()) {
                return None;
            }
            let next = self.next(at);
            let acts = matches!(self.sense(next), Sense::Having | Sense::Move(_) | Sense::Multiple(..));
            let owns = matches!(self.word(at + 1), "'" | "\u{2019}");
            let is_place =
                at > 0 && matches!(self.word(self.prev(at)), "in" | "at" | "of" | "for" | "to") && at > clause.start;
            (acts || owns || is_place).then_some(item.words.as_str())
        })
    }

    /// A figure of what a statement at a place is about.
    pub(super) fn key(&self, at: usize, metric: &'static str) -> Result<Key, Unclear> {
        let (scope, period) = (self.subject(at), self.period(at));
        let scope = scope.map_err(|unclear| unclear.of(metric))?;
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
