//! A sentence in terms of the vocabulary: names, metrics, numbers, times, directions, and what is only a word.

use std::ops::Range;

use super::names::Spoken;
use super::numeral::{self, Numeral, Of};
use super::phrase::Phrases;
use super::stated::{HEDGES, Hedge};
use super::time::{Calendar, Time};
use super::token::{Sort, Token};
use super::vocabulary::{FILLERS, HAVING, HAVING_PHRASES, MOVES, MULTIPLES, Move, NOUNS, TRAITS, full, is_one_of};
use crate::metrics::Scope;
use crate::plain::Number;

/// What a stretch of a sentence means.
#[derive(Clone, Debug, PartialEq)]
pub enum Sense {
    /// A part of the corpus, and whether it owns what follows.
    Subject(Scope, bool),
    /// Something that was named before: `it`, `the category`.
    Known(Known),
    /// A metric, by a noun.
    Noun(&'static str),
    /// What people or commits are or did.
    Trait(&'static str),
    /// A number.
    Number(Numeral, Hedge),
    /// A figure that is bound, by its number in the text.
    Bound(usize),
    /// A time.
    Time(Time),
    /// A direction.
    Move(Move),
    /// `more` (1), `fewer` (-1).
    More(i8),
    /// A verb that multiplies, with its hedge.
    Multiple(Number, Hedge),
    /// A verb of having or making.
    Having,
    /// A comma.
    Comma,
    /// What parts clauses: a semicolon, a dash, a bracket, `while`.
    Break,
    /// A word that changes nothing.
    Filler,
    /// Any other word or sign.
    Word,
}

/// What a pronoun, or a noun with an article, can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Whatever was named last.
    Last,
    /// The category that was named last, or that of the repository.
    Category,
    /// The repository that was named last.
    Repository,
}

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it means.
    pub sense: Sense,
    /// Its words in small letters.
    pub words: String,
    /// Where it stands in its text, in bytes.
    pub range: Range<usize>,
    /// Whether it is written like a name.
    pub is_name: bool,
}

/// Everything that the vocabulary has, ready to be looked up.
#[derive(Clone, Debug)]
pub struct Lexicon {
    names: Phrases<Scope>,
    singulars: Phrases<Scope>,
    nouns: Phrases<&'static str>,
    traits: Phrases<&'static str>,
    moves: Phrases<Move>,
    multiples: Phrases<Number>,
    hedges: Phrases<Hedge>,
    known: Phrases<Known>,
    having: Phrases<()>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Units of machines, which no figure of people is in.
const UNITS: [&str; 14] =
    ["gb", "tb", "mb", "kb", "ghz", "mhz", "nm", "bit", "bits", "w", "gpus", "gpu", "tokens", "parameters"];

/// Nouns that a number names one of.
const LABELLED: [&str; 28] = [
    "git",
    "cuda",
    "layer",
    "opset",
    "version",
    "chapter",
    "section",
    "figure",
    "table",
    "page",
    "step",
    "phase",
    "part",
    "stage",
    "tier",
    "issue",
    "edition",
    "number",
    "no",
    "day",
    "week",
    "generation",
    "release",
    "turned",
    "level",
    "appendix",
    "footnote",
    "python",
];

/// Words besides nouns of figures that a category's name in the singular stands before: `compiler code`.
const AFTER_SINGULAR: [&str; 12] =
    ["code", "work", "side", "field", "effort", "activity", "world", "scene", "category", "workers", "hands", "staff"];

/// Words that are written with a capital at the beginning of a sentence and name nothing.
const FUNCTION: [&str; 56] = [
    "a",
    "about",
    "across",
    "add",
    "after",
    "against",
    "all",
    "altogether",
    "among",
    "an",
    "and",
    "another",
    "around",
    "as",
    "at",
    "between",
    "but",
    "by",
    "call",
    "count",
    "for",
    "from",
    "had",
    "has",
    "have",
    "here",
    "if",
    "in",
    "it",
    "its",
    "just",
    "of",
    "on",
    "only",
    "other",
    "our",
    "over",
    "put",
    "some",
    "take",
    "than",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "together",
    "under",
    "we",
    "with",
    "within",
];

/// Words for what was named before.
pub const KNOWN: &[(&str, Known)] = &[
    ("it|its|they|their|them", Known::Last),
    ("the|this|that|its category|field", Known::Category),
    ("the|this|that|its own category", Known::Category),
    (
        "the|this|that project|repository|repo|library|framework|compiler|runtime|engine|toolkit|codebase|team",
        Known::Repository,
    ),
];

impl Lexicon {
    /// With the names of a publication.
    #[must_use]
    pub fn new(Spoken { names, singulars }: Spoken) -> Self {
        let table = |rows: &[(&'static str, &str)]| {
            let mut phrases = Phrases::default();
            for (meaning, pattern) in rows {
                phrases.add(&full(pattern), meaning);
            }
            phrases
        };
        let mut nouns = Phrases::default();
        for metric in crate::metrics::catalogue::all().iter().filter(|metric| !metric.is_change()) {
            nouns.add_name(metric.label, false, &metric.name);
        }
        // Where a label says the same as the tables, the tables decide.
        for (meaning, pattern) in NOUNS {
            nouns.replace(&full(pattern), meaning);
        }
        let mut moves = Phrases::default();
        for (way, force, pattern) in MOVES {
            moves.add(pattern, &Move { way: *way, force: *force });
        }
        let mut multiples = Phrases::default();
        for (part, whole, pattern) in MULTIPLES {
            multiples.add(pattern, &Number::quotient(*part, *whole).expect("no factor is divided by 0"));
        }
        Self {
            names,
            singulars,
            nouns,
            traits: table(TRAITS),
            moves,
            multiples,
            hedges: Phrases::of(HEDGES),
            known: Phrases::of(KNOWN),
            having: {
                let mut having = Phrases::default();
                for pattern in HAVING_PHRASES {
                    having.add(pattern, &());
                }
                having
            },
        }
    }

    /// The items of a sentence.
    #[must_use]
    pub fn items(&self, tokens: &[Token<'_>], calendar: &Calendar) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (taken, sense) = self.item(tokens, at, calendar);
            let stretch = &tokens[at..at + taken];
            let words: Vec<&str> = stretch.iter().map(|token| token.lower.as_str()).collect();
            items.push(Item {
                sense,
                words: words.join(" "),
                range: stretch[0].range.start..stretch[taken - 1].range.end,
                is_name: stretch[0].looks_like_a_name(),
            });
            at += taken;
        }
        items
    }

    fn item(&self, tokens: &[Token<'_>], at: usize, calendar: &Calendar) -> (usize, Sense) {
        let rest = &tokens[at..];
        match rest[0].sort {
            Sort::Bound(number) => return (1, Sense::Bound(number)),
            Sort::Sign(',') => return (1, Sense::Comma),
            Sort::Sign(';' | ':' | '(' | ')' | '\u{2014}' | '\u{2013}') => return (1, Sense::Break),
            _ => {}
        }
        if let Some(found) = self.hedged(tokens, at) {
            return found;
        }
        let noun = self.nouns.find(rest);
        let mut best = (0, Sense::Word);
        let mut offer = |taken: usize, sense: Sense| {
            if taken > best.0 {
                best = (taken, sense);
            }
        };
        if let Some((taken, time)) = calendar.find(rest) {
            let counted = matches!(time, Time::Year(_)) && self.nouns.find(&rest[taken..]).is_some();
            let fraction = matches!(time, Time::Span(_)) && rest.get(taken).is_some_and(|next| next.lower == "of");
            if !counted && !fraction {
                offer(taken, Sense::Time(time));
            }
        }
        if let Some((taken, scope)) = self.names.find(rest) {
            let (more, owns) = possessive(&rest[taken..], &rest[taken - 1]);
            offer(taken + more, Sense::Subject(scope.clone(), owns));
        }
        // `Kernel commits`: a name in the singular is one before a noun.
        if let Some((taken, scope)) = self.singulars.find(rest)
            && (self.nouns.find(&rest[taken..]).is_some()
                || rest.get(taken).is_some_and(|next| AFTER_SINGULAR.contains(&next.lower.as_str())))
        {
            offer(taken, Sense::Subject(scope.clone(), false));
        }
        if let Some((taken, metric)) = noun {
            offer(taken, Sense::Noun(metric));
        }
        self.traits.find(rest).into_iter().for_each(|(taken, name)| offer(taken, Sense::Trait(name)));
        // `the compiler code` is that of the compilers.
        let is_singular = |taken: usize| {
            (rest.get(taken).is_some_and(|next| AFTER_SINGULAR.contains(&next.lower.as_str()))
                || rest.len() > taken && self.nouns.find(&rest[taken..]).is_some())
                && self.singulars.find(&rest[taken - 1..]).is_some()
        };
        let known = self.known.find(rest).filter(|(taken, _)| !is_singular(*taken));
        if let Some((taken, known)) = known {
            offer(taken, Sense::Known(*known));
        }
        self.multiples.find(rest).into_iter().for_each(|(taken, by)| offer(taken, Sense::Multiple(*by, Hedge::Exact)));
        self.having.find(rest).into_iter().for_each(|(taken, ())| offer(taken, Sense::Having));
        self.moves.find(rest).into_iter().for_each(|(taken, moved)| offer(taken, Sense::Move(*moved)));
        if let Some((taken, numeral)) = self.number(tokens, at) {
            offer(taken, Sense::Number(numeral, Hedge::Exact));
        }
        if best.0 > 0 {
            return best;
        }
        let sense = match rest[0].lower.as_str() {
            "more" => Sense::More(1),
            "fewer" | "less" => Sense::More(-1),
            "while" | "whereas" | "although" => Sense::Break,
            // `every category but one` is no new clause.
            "but" if at > 0 && tokens[at - 1].is_sign(',') => Sense::Break,
            word if is_one_of(FILLERS, word) => Sense::Filler,
            word if is_one_of(HAVING, word) => Sense::Having,
            _ => Sense::Word,
        };
        (1, sense)
    }

    fn number(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Numeral)> {
        // What follows a sign of money, or a name without a comma, is a price or a version.
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let is_joined = tokens[at].joined
            && before.is_some_and(|before| (before.is_sign('/') || before.is_sign('^')) || before.sort == Sort::Word);
        // `the second half of 2026`
        let is_time = tokens[at].lower == "half"
            && before.is_some_and(|before| {
                matches!(before.lower.as_str(), "first" | "second" | "other" | "better" | "latter" | "half")
            });
        if is_joined || is_time || self.is_label(tokens, at) {
            return None;
        }
        numeral::numeral(&tokens[at..])
    }

    /// Digits that name or date something: `Llama 4`, `ONNX 1.19`, `layer 2`, `12 August`, `24 GB`, `1.` in a list.
    fn is_label(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let token = &tokens[at];
        if token.sort != Sort::Digits {
            return false;
        }
        let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let next = lower(at + 1);
        if self.nouns.find(&tokens[at + 1..]).is_some()
            || matches!(next, "%" | "percent" | "per" | "percentage" | "points" | "times" | "of")
        {
            return false;
        }
        let is_month = |word: &str| MONTHS.contains(&word);
        let is_ending = at == 0 && matches!(next, "." | ")") && tokens.len() == 2;
        let is_unit = UNITS.contains(&next) || next == "\u{d7}" && tokens[at + 1].joined;
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let is_named = before.is_some_and(|before| {
            let is_stranger = before.looks_like_a_name()
                && (at > 1 || token.text.len() < 3)
                && self.names.find(&tokens[at - 1..]).is_none();
            let ends_name = self.names.find(&tokens[at - 1..]).is_some() && token.text.contains('.');
            LABELLED.contains(&before.lower.as_str())
                || is_month(&before.lower)
                || is_stranger && !FUNCTION.contains(&before.lower.as_str())
                || ends_name
        });
        is_month(next) || is_ending || is_unit || is_named
    }

    /// A number, or a verb that multiplies, with the hedge before it.
    fn hedged(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Sense)> {
        let (mut taken, hedge) = self.hedges.find(&tokens[at..]).map(|(taken, hedge)| (taken, *hedge))?;
        // `less than the 3.4 weeks of the first quarter` compares with what is known.
        while tokens.get(at + taken).is_some_and(|token| token.lower == "a")
            && self.number(tokens, at + taken).is_none()
        {
            taken += 1;
        }
        let next = at + taken;
        if next >= tokens.len() {
            return None;
        }
        if let Some((length, numeral)) = self.number(tokens, next) {
            let is_time = matches!(
                tokens.get(next + length).map(|token| token.lower.as_str()),
                Some("years" | "quarters" | "months")
            );
            return (!is_time || numeral.of != Of::Ones).then_some((taken + length, Sense::Number(numeral, hedge)));
        }
        let (length, by) = self.multiples.find(&tokens[next..])?;
        Some((taken + length, Sense::Multiple(*by, hedge)))
    }
}

/// `'s` after a name, or `'` after one that ends in s; how many tokens it takes.
fn possessive(rest: &[Token<'_>], last: &Token<'_>) -> (usize, bool) {
    let is_apostrophe =
        |at: usize| rest.get(at).is_some_and(|token| token.joined && matches!(token.text, "'" | "\u{2019}"));
    if is_apostrophe(0) && rest.get(1).is_some_and(|token| token.joined && token.lower == "s") {
        return (2, true);
    }
    if is_apostrophe(0) && last.lower.ends_with('s') { (1, true) } else { (0, false) }
}
