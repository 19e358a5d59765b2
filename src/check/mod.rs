//! The check: what the prose of an edition says of its figures, and whether they bear it out.
//!
//! A sentence is read in terms of a closed vocabulary. What it says is found from its words alone; the value that it
//! states never chooses between readings. What fits nothing, or several things, is unclear, and unclear isn't right.

mod amount;
mod apart;
mod between;
mod change;
pub mod claim;
pub mod common;
mod concentration;
mod constructions;
mod direction;
mod each;
mod every;
pub mod judge;
mod leftover;
mod list;
mod made;
pub mod names;
pub mod numeral;
mod order;
pub mod ordinary;
pub mod phrase;
mod place;
pub mod reader;
mod record;
pub mod scene;
pub mod sentence;
mod series;
mod share;
mod silent;
pub mod stated;
mod streak;
mod subject;
pub mod suggestion;
mod them;
pub mod time;
pub mod token;
pub mod vocabulary;

use std::ops::Range;

pub use claim::{Key, Measure, Saying};
pub use judge::{Judge, Thresholds, Verdict};
pub use names::spoken;
pub use reader::Unclear;
pub use scene::Lexicon;

use crate::figures::Names;
use crate::metrics::Scope;
use crate::plain::Period;
use reader::{Context, Reader};
use scene::Sense;
use time::Calendar;
use token::Token;

/// A paragraph, an item of a list, a cell of a table or a heading.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// What it says; a bound figure is one `token::BOUND`.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// The bound figures, in order; none where what is bound is no single figure.
    pub bound: Vec<Option<Key>>,
    /// What the editor says that it is about, from here on to the next heading, or in this text alone.
    pub about: Option<Scope>,
    /// The numbers of the waivers that stand in it, each with its place in bytes; of one before it, that is none.
    pub waivers: Vec<(usize, Option<usize>)>,
}

/// What was found at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The number of the text.
    pub text: usize,
    /// Which words, in bytes of the text.
    pub range: Range<usize>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a figure in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What it says is known, and was compared with the figures.
    Matched(Box<Saying>, Verdict),
    /// It fits nothing, or several things.
    Unclear(Unclear),
    /// The editor waives it; the number of the waiver.
    Waived(usize),
}

/// Checks texts of one publication.
#[derive(Debug)]
pub struct Checker<'a> {
    /// The vocabulary, the publication's names among it.
    pub lexicon: &'a Lexicon,
    /// What the figures say.
    pub judge: Judge<'a>,
}

impl Checker<'_> {
    /// Checks the texts of an edition, in their order.
    #[must_use]
    pub fn check(&self, texts: &[Text], period: Period) -> Vec<Finding> {
        let calendar = Calendar::new(period);
        let mut findings = Vec::new();
        let mut heading: Vec<Scope> = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let tokens = token::tokens(&text.text);
            let mut context = Context {
                period,
                about: text.about.clone(),
                paragraph: Vec::new(),
                told: Vec::new(),
                is_heading: text.is_heading,
                is_of_others: false,
                heading: heading.clone(),
            };
            let sentences = sentence::sentences(&tokens);
            for (at, sentence) in sentences.iter().enumerate() {
                let end = sentences.get(at + 1).map_or(text.text.len() + 1, |next| tokens[next.start].range.start);
                let start = tokens[sentence.start].range.start;
                let covers = |place: Option<usize>| place.is_none_or(|place| (start..end).contains(&place));
                let waiver = text.waivers.iter().find(|(_, place)| covers(*place)).map(|(number, _)| *number);
                let (found, named) = self.sentence(&tokens[sentence.clone()], &calendar, &context, &text.bound);
                context.told = told(&found, &text.bound, &tokens[sentence.clone()]);
                findings.extend(found.into_iter().map(|(range, outcome)| {
                    let outcome = match waiver {
                        Some(waiver) => Outcome::Waived(waiver),
                        None => outcome,
                    };
                    Finding { text: number, range, outcome }
                }));
                if !named.is_empty() {
                    context.paragraph = named;
                }
                context.is_of_others = self.tells_of_others(&tokens[sentence.clone()], &calendar);
            }
            if text.is_heading {
                heading = self.named(&tokens, &calendar);
            }
        }
        findings
    }

    fn sentence(
        &self,
        tokens: &[Token<'_>],
        calendar: &Calendar,
        context: &Context,
        bound: &[Option<Key>],
    ) -> (Vec<(Range<usize>, Outcome)>, Vec<Scope>) {
        // Who asks states nothing, but may before: `6,139 commits: who saw that coming?`
        let asks = tokens.last().is_some_and(|last| last.is_sign('?'));
        let parts = |token: &Token<'_>| [':', ';', '\u{2013}', '\u{2014}'].into_iter().any(|sign| token.is_sign(sign));
        let stated = tokens.iter().rposition(parts).filter(|_| asks);
        let tokens = stated.map_or(tokens, |end| &tokens[..end]);
        let items = self.lexicon.items(tokens, calendar);
        if asks && stated.is_none() {
            return (Vec::new(), topics(&items, bound));
        }
        let readings = Reader::read(&items, context, self.names().members(), bound);
        let judged: Vec<(reader::Reading, Option<Verdict>)> = readings
            .into_iter()
            .map(|reading| {
                let verdict = reading.result.as_ref().ok().map(|saying| self.judge.judge(saying));
                (reading, verdict)
            })
            .collect();
        // A sentence that isn't understood in full, or in which nothing agrees, may have been misread.
        let clauses: Vec<usize> = judged
            .iter()
            .filter(|(reading, _)| reading.result.is_err())
            .map(|(reading, _)| clause(&items, reading.items.start))
            .collect();
        let count = |wanted: fn(&Verdict) -> bool| {
            judged.iter().filter(|(_, verdict)| verdict.as_ref().is_some_and(wanted)).count()
        };
        let failing = count(|verdict| matches!(verdict, Verdict::Fails(_)));
        let nothing_agrees = failing > 1 && failing > count(|verdict| *verdict == Verdict::Holds);
        let adds_up = does_sums(&items);
        let sayings: Vec<&Saying> = judged.iter().filter_map(|(reading, _)| reading.result.as_ref().ok()).collect();
        let starts: Vec<usize> = judged.iter().map(|(reading, _)| reading.items.start).collect();
        let leftovers: Vec<Option<String>> = judged
            .iter()
            .map(|(reading, _)| {
                let from = clause(&items, reading.items.start);
                let to = (from..items.len()).find(|&at| items[at].sense == Sense::Break).unwrap_or(items.len());
                leftover::leftover(&items, from..to, &sayings, &starts).map(|item| item.words.clone())
            })
            .collect();
        let found = judged.into_iter().zip(leftovers).map(|((reading, verdict), leftover)| {
            let range = items[reading.items.start].range.start..items[reading.items.end - 1].range.end;
            let doubt = match &reading.strange {
                // That people count once is so whatever else the sentence says.
                _ if matches!(reading.result, Ok(Saying::PeopleAdded(_))) => None,
                Some(word) => Some(format!("`{word}` is in no vocabulary")),
                None if reading.is_indirect => Some("what it counts was said of something before it".to_owned()),
                None if clauses.contains(&clause(&items, reading.items.start)) => {
                    Some("the sentence isn't understood in full".to_owned())
                }
                None if adds_up
                    && !matches!(
                        reading.result,
                        Ok(Saying::Amount(Measure::Sum(_) | Measure::Gap(..) | Measure::Apart(..), _)
                            | Saying::PeopleAdded(_))
                    ) =>
                {
                    Some("the sentence adds or subtracts".to_owned())
                }
                None if leftover.is_some() => leftover.map(|words| format!("nothing was made of `{words}`")),
                None if nothing_agrees => Some("nothing else in the sentence agrees either".to_owned()),
                None => None,
            };
            let outcome = match (reading.result, verdict, doubt) {
                (Ok(saying), Some(Verdict::Fails(how)), Some(doubt)) => {
                    let why = format!("it may say something else, since {doubt}; {how}");
                    Outcome::Unclear(Unclear { why, candidates: reader::keys(&saying) })
                }
                (Ok(saying), Some(verdict), _) => Outcome::Matched(Box::new(saying), verdict),
                (Ok(_), None, _) => unreachable!("what is told was judged"),
                (Err(unclear), ..) => Outcome::Unclear(unclear),
            };
            (range, outcome)
        });
        let found = found.collect();
        (found, topics(&items, bound))
    }

    /// Whether a sentence speaks of bots, agents or the like, and of no figure.
    fn tells_of_others(&self, tokens: &[Token<'_>], calendar: &Calendar) -> bool {
        let items = self.lexicon.items(tokens, calendar);
        let is_other =
            |item: &scene::Item| matches!(item.sense, Sense::Noun("bots" | "agents" | "merges" | "new" | "churned"));
        items.iter().any(is_other)
            && !items.iter().any(|item| matches!(item.sense, Sense::Number(..) | Sense::Bound(_)))
    }

    fn names(&self) -> &Names {
        self.judge.names
    }

    /// The parts that a heading names.
    fn named(&self, tokens: &[Token<'_>], calendar: &Calendar) -> Vec<Scope> {
        let items = self.lexicon.items(tokens, calendar);
        topics(&items, &[])
    }
}

/// The figures that a sentence tells, whether they are bound or matched, in their order.
fn told(found: &[(Range<usize>, Outcome)], bound: &[Option<Key>], tokens: &[Token<'_>]) -> Vec<Key> {
    let matched = found.iter().filter_map(|(range, outcome)| match outcome {
        Outcome::Matched(saying, _) => match &**saying {
            Saying::Amount(Measure::Level(key), _) => Some((range.start, key.clone())),
            _ => None,
        },
        _ => None,
    });
    let bound = tokens.iter().filter_map(|token| match token.sort {
        token::Sort::Bound(number) => bound.get(number)?.clone().map(|key| (token.range.start, key)),
        _ => None,
    });
    let mut told: Vec<(usize, Key)> = matched.chain(bound).collect();
    told.sort_by_key(|(at, _)| *at);
    told.into_iter().map(|(_, key)| key).collect()
}

/// Where the clause of an item begins.
fn clause(items: &[scene::Item], at: usize) -> usize {
    (0..at).rev().find(|&at| items[at].sense == Sense::Break).map_or(0, |at| at + 1)
}

/// Whether a sentence with several numbers adds or subtracts some of them.
fn does_sums(items: &[scene::Item]) -> bool {
    const WORDS: [&str; 30] = [
        "sum",
        "total",
        "totals",
        "add",
        "adds",
        "added",
        "together",
        "combined",
        "difference",
        "gap",
        "margin",
        "apart",
        "net",
        "leave",
        "leaves",
        "leaving",
        "minus",
        "plus",
        "less",
        "balance",
        "surplus",
        "deficit",
        "make",
        "makes",
        "ahead",
        "behind",
        "between",
        "remainder",
        "jointly",
        "aggregate",
    ];
    let numbers = items
        .iter()
        .filter(|item| matches!(&item.sense, Sense::Number(numeral, _) if numeral.of == numeral::Of::Ones))
        .count();
    let is_sum = |item: &scene::Item| item.words.split(' ').any(|word| WORDS.contains(&word));
    numbers > 1 && items.iter().any(is_sum)
}

/// What a sentence is about: the parts that it names outside descriptions; without any, all that it names.
fn topics(items: &[scene::Item], bound: &[Option<Key>]) -> Vec<Scope> {
    let mut free = Vec::new();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if let Sense::Subject(scope, _) = &item.sense {
            let lead = items[..at]
                .iter()
                .rev()
                .find(|item| item.sense != Sense::Filler)
                .map_or("", |item| item.words.as_str());
            if !reader::governs(lead) {
                free.push(scope.clone());
            }
            all.push(scope.clone());
        }
    }
    if all.is_empty() {
        let figures = items
            .iter()
            .filter_map(|item| if let Sense::Bound(number) = item.sense { bound.get(number)?.as_ref() } else { None });
        all.extend(figures.map(|key| key.scope.clone()));
    }
    let mut topics = if free.is_empty() { all } else { free };
    topics.sort_unstable();
    topics.dedup();
    topics
}
