//! What sentences state without a number of their own: streaks, records, places, comparisons, all and none.

use std::ops::Range;

use super::claim::{Count, Key, Measure, Reach, Saying};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Reader, Unclear, counts_people};
use super::scene::{Known, Sense};
use super::stated::{Hedge, Stated};
use super::time::Time;
use super::vocabulary::{Force, Move};
use crate::metrics::{Scope, Side, catalogue};
use crate::plain::Number;

type Read = Result<Saying, Unclear>;

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Superlatives, with the end that they are at and the metric that they imply.
const SUPERLATIVES: &[(&str, i8, Option<&str>)] = &[
    ("most", 1, None),
    ("largest", 1, None),
    ("biggest", 1, None),
    ("highest", 1, None),
    ("strongest", 1, None),
    ("best", 1, None),
    ("greatest", 1, None),
    ("top", 1, None),
    ("busiest", 1, Some("commits")),
    ("fewest", -1, None),
    ("least", -1, None),
    ("smallest", -1, None),
    ("lowest", -1, None),
    ("weakest", -1, None),
    ("worst", -1, None),
    ("poorest", -1, None),
    ("quietest", -1, Some("commits")),
];

/// The ordinal that a word begins with, and what follows a hyphen.
fn ordinal(word: &str) -> Option<(usize, Option<&str>)> {
    let (first, rest) = word.split_once('-').map_or((word, None), |(first, rest)| (first, Some(rest)));
    let by_name = ORDINALS.iter().position(|name| *name == first).map(|at| at + 1);
    let number = by_name.or_else(|| {
        let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        matches!(&first[digits.len()..], "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
    })?;
    Some((number, rest))
}

fn superlative(word: &str) -> Option<(i8, Option<&'static str>)> {
    SUPERLATIVES.iter().find(|(name, ..)| *name == word).map(|(_, end, metric)| (*end, *metric))
}

fn exactly(count: usize) -> Stated {
    let value = Number::whole(i128::try_from(count).unwrap_or(i128::MAX));
    let numeral = Numeral { value, step: Number::whole(1), of: Of::Ones, sign: 0, words: Words::Whole };
    Stated::new(&numeral, Hedge::Exact)
}

impl Reader<'_> {
    /// Reads what is stated without a number of its own, and with numbers that only such statements can explain.
    pub(super) fn constructions(&mut self) {
        for at in 0..self.items.len() {
            self.streak_at(at);
            self.record_at(at);
        }
        for at in 0..self.items.len() {
            self.every_at(at);
            self.between_at(at);
            self.together_at(at);
        }
        for at in 0..self.items.len() {
            self.place_at(at);
        }
        for at in 0..self.items.len() {
            self.order_at(at);
            self.multiple_at(at);
        }
    }

    fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(true)
    }

    /// The metric that a statement is about: the nearest noun after it in the clause, or before it.
    fn noun_near(&self, at: usize) -> Option<&'static str> {
        let clause = self.clause(at);
        let noun = |at: usize| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None };
        let after = (at..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma).find_map(noun);
        after.or_else(|| (0..at).rev().find_map(noun)).or_else(|| (at..self.items.len()).find_map(noun))
    }

    /// The direction of the nearest verb or noun of movement.
    fn way_near(&self, at: usize) -> Option<i8> {
        let way = |at: usize| match self.sense(at) {
            Sense::Move(moved) if moved.way != 0 => Some(moved.way),
            Sense::More(way) => Some(*way),
            _ => None,
        };
        let clause = self.clause(at);
        let left = (clause.start..at).rev().find_map(way);
        left.or_else(|| (at..clause.end).find_map(way)).or_else(|| (0..self.items.len()).find_map(way))
    }

    /// `for the third consecutive quarter`, `three quarters in a row`, `the third quarter running`.
    fn streak_at(&mut self, at: usize) {
        let word = self.word(at).to_owned();
        let count = match word.as_str() {
            "consecutive" | "straight" | "successive" => {
                let before = self.prev(at);
                match self.sense(before) {
                    Sense::Number(numeral, hedge) => Some((before, Stated::new(numeral, *hedge))),
                    _ => ordinal(self.word(before)).map(|(count, _)| (before, exactly(count))),
                }
            }
            "running" => self.counted_quarters(at),
            "row" if self.word(self.prev(at)) == "in" => self.counted_quarters(self.prev(at)),
            _ => None,
        };
        let Some((from, stated)) = count else { return };
        let Some(way) = self.way_near(at) else { return };
        let result = match self.noun_near(at) {
            Some(metric) => {
                let subject = self.subject(from).map_err(|unclear| unclear.of(metric));
                subject.map(|scope| Saying::Run(Key { scope, metric, period: self.context.period }, way, stated))
            }
            None => Err(self.unclear(at, "nothing says what went one way")),
        };
        self.note(from..at + 1, result);
        self.use_moves(at);
    }

    /// The quarters counted before `in a row` or `running`.
    fn counted_quarters(&self, at: usize) -> Option<(usize, Stated)> {
        let before = self.prev(at);
        match self.sense(before) {
            Sense::Time(Time::Span(count)) => Some((before, exactly(usize::from(*count)))),
            // `the third quarter running` looks like the name of a quarter.
            Sense::Time(Time::At(_)) => {
                let words = self.word(before).trim_start_matches("the ").to_owned();
                let (count, _) = ordinal(words.split(' ').next()?)?;
                Some((before, exactly(count)))
            }
            Sense::Word | Sense::Filler if matches!(self.word(before), "quarter" | "quarters") => {
                let number = self.prev(before);
                match self.sense(number) {
                    Sense::Number(numeral, hedge) => Some((number, Stated::new(numeral, *hedge))),
                    _ => ordinal(self.word(number)).map(|(count, _)| (number, exactly(count))),
                }
            }
            _ => None,
        }
    }

    /// Words of direction that a statement has explained.
    fn use_moves(&mut self, at: usize) {
        for at in self.clause(at) {
            if matches!(self.items[at].sense, Sense::Move(_)) {
                self.used[at] = true;
            }
        }
    }

    /// `its strongest quarter in two years`, `the highest since 2024`, `a record`, `more than in any quarter since Q1 2024`.
    fn record_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let word = self.word(at).to_owned();
        let clause = self.clause(at);
        let (way, implied) = if let Some(found) = superlative(&word) {
            found
        } else if word == "record" && !matches!(self.word(self.prev(at)), "on" | "for") {
            let low = matches!(self.word(self.next(at)), "low" | "lows");
            (if low { -1 } else { 1 }, None)
        } else if word == "all-time" {
            (if matches!(self.word(self.next(at)), "low") { -1 } else { 1 }, None)
        } else if let Sense::More(way) = *self.sense(at)
            && (at..clause.end).any(|at| matches!(self.word(at), "any" | "ever"))
            && (at..clause.end).any(|at| self.word(at).contains("quarter"))
        {
            (way, None)
        } else {
            return;
        };
        let reach = (at..clause.end).find_map(|other| match self.sense(other) {
            Sense::Time(time) => {
                let lead = self.word(self.prev(other)).to_owned();
                match (lead.as_str(), time) {
                    ("since", Time::At(period)) => Some((other, Reach::Since(*period))),
                    ("since", Time::Year(year)) => Some((other, Reach::Year(*year))),
                    ("in" | "for" | "over", Time::Span(count)) => Some((other, Reach::Quarters(*count))),
                    _ => None,
                }
            }
            _ if matches!(self.word(other), "ever")
                || self.word(other) == "record" && other > at && self.word(self.prev(other)) == "on" =>
            {
                Some((other, Reach::Ever))
            }
            _ => None,
        });
        let reach = match (reach, word.as_str()) {
            (Some(found), _) => found,
            (None, "record" | "all-time") => (at, Reach::Ever),
            _ => return,
        };
        let (to, reach) = reach;
        let result = match implied.or_else(|| self.noun_near(at)) {
            Some(metric) => {
                let subject = self.subject(at).map_err(|unclear| unclear.of(metric));
                subject.map(|scope| Saying::Record(Key { scope, metric, period: self.context.period }, way, reach))
            }
            None => Err(self.unclear(at, "nothing says what was measured")),
        };
        self.note(at.min(to)..at.max(to) + 1, result);
    }

    /// What something is ranked among: the kind of part, and the whole that they lie in.
    fn among(&self, subject: &Scope, range: Range<usize>) -> Result<Vec<Scope>, Unclear> {
        let kind = subject.kind();
        let inside = |whole: &Scope| self.members.parts(kind, whole);
        if kind != "repo" {
            return Ok(inside(&Scope::Corpus));
        }
        let named = range.clone().find_map(|at| match self.sense(at) {
            Sense::Subject(whole @ (Scope::Category(_) | Scope::Corpus | Scope::Vendor(_) | Scope::Group(_)), _) => {
                Some(Ok(whole.clone()))
            }
            Sense::Known(Known::Category) => {
                Some(self.members.whole(subject).ok_or_else(|| Unclear::because("its category isn't known")))
            }
            _ => None,
        });
        if let Some(whole) = named {
            return Ok(inside(&whole?));
        }
        let words: Vec<&str> = range.map(|at| self.word(at)).collect();
        let everywhere = words.windows(2).any(|pair| {
            matches!(
                pair,
                [
                    "any" | "all" | "every" | "other" | "single" | "tracked",
                    "repository" | "repositories" | "repo" | "repos" | "project" | "projects"
                ]
            )
        });
        if everywhere {
            return Ok(inside(&Scope::Corpus));
        }
        Err(Unclear::because("nothing says among which repositories it is"))
    }

    /// `the largest category by contributors`, `the second-most commits of any repository`, `gained the most people`.
    fn place_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let word = self.word(at).to_owned();
        let (place, end, implied) = if let Some((place, Some(rest))) = ordinal(&word) {
            let Some((end, implied)) = superlative(rest) else { return };
            (place, end, implied)
        } else if let Some((end, implied)) = superlative(&word) {
            // `most of the commits` is a part, `at most` a hedge, `most people` many.
            let is_article = at > 0 && matches!(self.word(at - 1), "the" | "its" | "their" | "by");
            let owned = at > 0 && matches!(self.sense(at - 1), Sense::Subject(_, true) | Sense::Known(_));
            let ordinal_before = ordinal(self.word(at.wrapping_sub(1))).map(|(place, _)| place);
            if !(is_article || owned || ordinal_before.is_some()) || self.word(at + 1) == "of" && word == "most" {
                return;
            }
            (ordinal_before.unwrap_or(1), end, implied)
        } else if matches!(self.sense(at), Sense::More(_)) && self.any_other(at) {
            let Sense::More(way) = *self.sense(at) else { return };
            (1, way, None)
        } else {
            return;
        };
        let clause = self.clause(at);
        let by = (at..clause.end)
            .find(|&at| {
                matches!(self.word(at), "by" | "in" | "for") && matches!(self.sense(self.next(at)), Sense::Noun(_))
            })
            .map(|at| self.next(at));
        let noun = |at: usize| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None };
        let near = (at + 1..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma).find_map(noun);
        let metric = by.and_then(noun).or(near).or(implied).or_else(|| {
            if word == "highest" || word == "lowest" || self.word(at + 1) == "," { self.noun_near(at) } else { None }
        });
        let moved = self.movement(at);
        let named = self
            .subjects(clause.clone())
            .map(|(at, scope)| (at, scope))
            .filter(|(at, _)| {
                !matches!(self.word(self.prev(*at)), "in" | "of" | "among" | "across" | "within" | "than" | "to")
            })
            .collect::<Vec<_>>();
        let subject = match &named[..] {
            [] => self.surrounding_subject(at),
            [(_, one)] => Ok(one.clone()),
            several => several
                .iter()
                .rev()
                .find(|(place, _)| *place < at)
                .map(|(_, scope)| scope.clone())
                .ok_or_else(|| self.unclear(at, "it could be about several parts")),
        };
        let period = self.context.period;
        let result = match (subject, metric) {
            (Ok(Scope::Corpus), _) => Err(self.unclear(at, "nothing says what has this place")),
            (Ok(subject), Some(metric)) => {
                self.among(&subject, clause.clone()).map_err(|unclear| unclear.of(metric)).map(|among| {
                    let key = Key { scope: subject, metric, period };
                    let (measure, from_least) = match moved {
                        Some((way, true)) => (Measure::Change(key, period.before(1)), (way < 0) == (end > 0)),
                        Some((way, false)) => (Measure::Difference(key, period.before(1)), (way < 0) == (end > 0)),
                        None => (Measure::Level(key), end < 0),
                    };
                    Saying::Place { measure, among, place, from_least }
                })
            }
            (Err(unclear), _) => Err(unclear),
            (Ok(subject), None) => {
                let candidates =
                    ["commits", "contributors"].map(|metric| Key { scope: subject.clone(), metric, period });
                let is_about_size = matches!(word.split('-').next_back(), Some("largest" | "biggest" | "smallest"));
                if !is_about_size && moved.is_none() {
                    return;
                }
                Err(Unclear { why: "nothing says by which figure".to_owned(), candidates: candidates.to_vec() })
            }
        };
        // A superlative without a metric that nobody could look up is only a word.
        self.note(at..at + 1, result);
        self.use_moves(at);
    }

    fn surrounding_subject(&self, at: usize) -> Result<Scope, Unclear> {
        let clause = self.clause(at);
        if clause.start > 0
            && let Some((_, scope)) = self.subjects(0..clause.start).last()
        {
            return Ok(scope);
        }
        self.subject(self.items.len().saturating_sub(1).min(at)).and_then(|scope| {
            // What is named only after `in` is where, not what.
            let is_place = self.subjects(0..self.items.len()).any(|(_, named)| named == scope);
            if is_place { Err(self.unclear(at, "nothing says what has this place")) } else { Ok(scope) }
        })
    }

    /// `more commits than any other category`.
    fn any_other(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let words: Vec<&str> = (at..clause.end).map(|at| self.word(at)).collect();
        words.windows(3).any(|three| matches!(three, ["than", "any", "other"]))
    }

    /// Whether a superlative is of a movement: `gained the most people` (by how many), `grew the fastest` (by what part).
    fn movement(&self, at: usize) -> Option<(i8, bool)> {
        let near = at.saturating_sub(3)..(at + 3).min(self.items.len());
        let way = near.into_iter().find_map(|at| match self.sense(at) {
            Sense::Move(moved) if moved.way != 0 => Some(moved.way),
            _ => None,
        })?;
        Some((way, self.word(at).contains("fast")))
    }

    /// `CIRCT has more commits than IREE`, `fewer people than a year ago`, `retention is higher than in the corpus`.
    fn order_at(&mut self, at: usize) {
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
        if (than + 1..clause.end).next().is_some_and(|next| self.is_number(next)) {
            return;
        }
        let noun = |at: usize| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None };
        let metric = (at..than)
            .find_map(noun)
            .or_else(|| (clause.start..at).rev().find_map(noun))
            .or_else(|| (than..clause.end).find_map(noun));
        let Some(metric) = metric else { return };
        let period = self.context.period;
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
        self.note(at..than + 1, result);
    }

    /// `doubled its commits`, `commits more than tripled`.
    fn multiple_at(&mut self, at: usize) {
        let Sense::Multiple(by, hedge) = *self.sense(at) else { return };
        if self.is_used(at) {
            return;
        }
        let clause = self.clause(at);
        let noun = |at: usize| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None };
        let object = (at + 1..clause.end).take_while(|&at| !matches!(self.sense(at), Sense::Comma)).find_map(noun);
        let metric = object.or_else(|| (clause.start..at).rev().find_map(noun));
        let Some(metric) = metric else { return };
        let result = self.base(at).and_then(|(period, base)| {
            let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
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

    /// `every category but compression gained people`, `no repository lost commits`, `all four repositories grew`.
    fn every_at(&mut self, at: usize) {
        let count = match self.word(at) {
            "every" | "each" | "all" => Count::All,
            "no" | "none" | "neither" => Count::None,
            "most" if self.word(self.prev(at)) != "at" => Count::Most,
            _ => match self.sense(at) {
                Sense::Number(numeral, Hedge::Exact) if numeral.of == Of::Ones => {
                    match numeral.value.as_whole().and_then(|count| usize::try_from(count).ok()) {
                        Some(count) if count < 1_000 => Count::Exactly(count),
                        _ => return,
                    }
                }
                _ => return,
            },
        };
        let clause = self.clause(at);
        let kinds = |word: &str| match word {
            "category" | "categories" => Some("category"),
            "repository" | "repositories" | "repo" | "repos" | "project" | "projects" => Some("repo"),
            _ => None,
        };
        let Some(noun) = (at + 1..clause.end.min(at + 6)).find(|&at| {
            kinds(self.word(at)).is_some()
                || matches!(self.sense(at), Sense::Subject(Scope::Category(_), _) if self.word(at).contains(' '))
        }) else {
            return;
        };
        let kind = kinds(self.word(noun)).unwrap_or("repo");
        let Some(verb) = (noun..clause.end).find(|&at| matches!(self.sense(at), Sense::Move(Move { way: 1 | -1, .. })))
        else {
            return;
        };
        let Sense::Move(Move { way, .. }) = *self.sense(verb) else { return };
        let is_counted_change = self.is_number(self.next(verb)) || self.word(self.next(verb)) == "by";
        if is_counted_change {
            return;
        }
        let find_noun = |range: Range<usize>| {
            range.into_iter().find_map(|at| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None })
        };
        let metric = find_noun(verb..clause.end).or_else(|| find_noun(noun..verb));
        let exception = (noun..verb)
            .find(|&at| matches!(self.word(at), "but" | "except" | "bar" | "save" | "for" | "apart" | "besides"));
        let excepted: Vec<Scope> =
            exception.map(|from| self.subjects(from..verb).map(|(_, scope)| scope).collect()).unwrap_or_default();
        let place = self
            .subjects(noun..clause.end)
            .filter(|(at, _)| exception.is_none_or(|from| *at < from || *at > verb))
            .map(|(_, scope)| scope)
            .find(|scope| matches!(scope, Scope::Category(_) | Scope::Vendor(_) | Scope::Corpus));
        let whole = match (kind, place, &self.context.heading[..]) {
            ("repo", Some(whole), _) => Some(whole),
            ("repo", None, [whole @ Scope::Category(_)]) => Some(whole.clone()),
            ("repo", None, _) if (at..clause.end).any(|at| matches!(self.sense(at), Sense::Known(Known::Category))) => {
                self.subject(at).ok()
            }
            ("repo", None, _) => Some(Scope::Corpus),
            _ => Some(Scope::Corpus),
        };
        let result = match (metric, whole, self.base(verb)) {
            (Some(metric), Some(whole), Ok((period, base))) => {
                let parts = self.members.parts(kind, &whole);
                let keys = parts.into_iter().filter(|scope| !excepted.contains(scope)).map(|scope| Key {
                    scope,
                    metric,
                    period,
                });
                Ok(Saying::Every(keys.collect(), base, way, count))
            }
            (_, _, Err(unclear)) => Err(unclear),
            _ => Err(self.unclear(at, "nothing says what went that way")),
        };
        if let Some(number) = (at + 1..noun).find(|&at| self.is_number(at)) {
            self.used[number] = true;
        }
        self.note(at..noun + 1, result);
        self.use_moves(at);
    }

    /// `84 people are active in both training and distributed training`, `kernels and edge share 15 people`.
    fn between_at(&mut self, at: usize) {
        let Sense::Number(numeral, hedge) = self.sense(at).clone() else { return };
        if self.is_used(at) || numeral.of != Of::Ones {
            return;
        }
        let clause = self.clause(at);
        let is_people = matches!(self.sense(self.next(at)), Sense::Noun("contributors"));
        if !is_people {
            return;
        }
        let subjects: Vec<(usize, Scope)> = self.subjects(clause.clone()).collect();
        let [(first, a), (second, b)] = &subjects[..] else { return };
        let says = |words: &[&str]| clause.clone().any(|at| words.contains(&self.word(at)));
        let pair = [a, b].map(Side::of);
        let [Some(a_side), Some(b_side)] = pair else { return };
        let share = says(&["both", "share", "shared", "shares", "common", "overlap"])
            || clause.clone().any(|at| matches!(self.sense(at), Sense::Noun("overlap")));
        let led = |place: usize| self.word(self.prev(place)).to_owned();
        let is_from = |place: usize| matches!(led(place).as_str(), "from" | "of");
        let is_to = |place: usize| matches!(led(place).as_str(), "to" | "in" | "into" | "on" | "for" | "at");
        let ends = if is_from(*first) && !is_from(*second) && is_to(*second) {
            Some((a_side.clone(), b_side.clone()))
        } else if is_from(*second) && !is_from(*first) && is_to(*first) {
            Some((b_side.clone(), a_side.clone()))
        } else {
            None
        };
        let period = self.context.period;
        let key = |scope: Scope, metric: &'static str| Key { scope, metric, period };
        let first_time = clause.clone().any(|at| matches!(self.sense(at), Sense::Trait("new")))
            || says(&["known", "spread", "expanded", "began", "begun", "start", "started", "branched", "also"]);
        let moved = says(&["moved", "moving", "switched", "home", "homes", "migrated", "transferred"]);
        let result = match (share, ends) {
            (true, _) => Ok(key(Scope::overlap(a_side, b_side), "overlap")),
            (_, Some((from, to))) if moved => Ok(key(Scope::Flow(from, to), "flow")),
            (_, Some((from, to))) if first_time => Ok(key(Scope::Expansion(from, to), "expansion")),
            (_, Some((from, to))) if says(&["came", "come", "arrived", "crossed", "went"]) => {
                let candidates = vec![
                    key(Scope::Expansion(from.clone(), to.clone()), "expansion"),
                    key(Scope::Flow(from, to), "flow"),
                ];
                Err(Unclear { why: "people can come while they stay where they were, or move".to_owned(), candidates })
            }
            _ => return,
        };
        let result = result.map(|key| Saying::Amount(Measure::Level(key), Stated::new(&numeral, hedge)));
        self.note(at..at + 1, result);
    }

    /// `kernels and compilers together made 9,000 commits`, and the same of people, who count once.
    fn together_at(&mut self, at: usize) {
        let says = matches!(self.word(at), "together" | "combined" | "altogether" | "jointly")
            || self.word(at) == "them" && self.word(self.prev(at)) == "between";
        if !says {
            return;
        }
        let clause = self.clause(at);
        let subjects: Vec<Scope> = self
            .subjects(clause.clone())
            .filter(|(at, _)| !matches!(self.word(self.prev(*at)), "of" | "in" | "than"))
            .map(|(_, scope)| scope)
            .collect();
        let numbers: Vec<usize> = clause
            .clone()
            .filter(|&at| {
                matches!(self.sense(at), Sense::Number(numeral, _) if numeral.of == Of::Ones) && !self.is_used(at)
            })
            .collect();
        let [number] = numbers[..] else { return };
        if subjects.len() < 2 {
            return;
        }
        let Sense::Number(numeral, hedge) = self.sense(number).clone() else { return };
        let Some(metric) = self.inherited(number).map(|metric| metric.name) else { return };
        let period = match self.period(number) {
            Ok(period) => period,
            Err(unclear) => return self.note(number..number + 1, Err(unclear)),
        };
        let keys: Vec<Key> = subjects.into_iter().map(|scope| Key { scope, metric, period }).collect();
        let adds = catalogue::find(metric).is_some_and(|metric| metric.unit != crate::plain::Unit::Share)
            && !counts_people(metric);
        let result = if adds {
            Saying::Amount(Measure::Sum(keys), Stated::new(&numeral, hedge))
        } else {
            Saying::PeopleAdded(keys)
        };
        self.note(number..number + 1, Ok(result));
    }

    /// Words of direction that no number measures: `commits slipped`, `the category gained people`.
    pub(super) fn directions(&mut self) {
        for at in 0..self.items.len() {
            let Sense::Move(moved) = *self.sense(at) else { continue };
            if self.is_used(at) {
                continue;
            }
            let clause = self.clause(at);
            let noun = |at: usize| if let Sense::Noun(name) = *self.sense(at) { Some(name) } else { None };
            let next = self.next(at);
            // `gained people`, `fell in commits`, `commits fell`: the noun stands next to the verb.
            let object = noun(next)
                .or_else(|| if matches!(self.word(next), "in" | "by") { noun(self.next(next)) } else { None });
            let is_transitive =
                matches!(self.word(at), "gained" | "gains" | "gain" | "lost" | "loses" | "lose" | "shed" | "sheds");
            let before = self.before(at).rev().find_map(|other| match self.sense(other) {
                Sense::Noun(name) => Some(Some(*name)),
                Sense::Subject(..) | Sense::Known(_) | Sense::Filler | Sense::Time(_) => None,
                Sense::Word
                    if matches!(self.word(other), "in" | "of" | "there" | "have" | "has" | "had" | "kept" | "were") =>
                {
                    None
                }
                Sense::Having => None,
                _ => Some(None),
            });
            let metric = object.or_else(|| if is_transitive { None } else { before.flatten() });
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
            let result = self.base(at).and_then(|(period, base)| {
                let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
                Ok(Saying::Went(Key { scope, metric, period }, base, moved))
            });
            // A direction that nothing pins down is a word; only what is pinned down can be wrong.
            if result.is_ok() {
                self.note(at..at + 1, result);
            }
        }
    }
}
