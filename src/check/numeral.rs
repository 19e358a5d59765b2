//! Numbers as writers write them: `7,341`, `1.3 million`, `35 %`, `two-thirds`, `one in four`, `a dozen`.

use super::token::{MAGNITUDES, Sort, Token};
use super::vocabulary::PEOPLE;
use crate::plain::Number;

/// What a number counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Things.
    Ones,
    /// A whole: percent, fractions, one in so many.
    Whole,
    /// Percentage points.
    Points,
    /// Multiples: `3x`.
    Times,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// What it says; percent and points as parts of one.
    pub value: Number,
    /// What its last digit counts: `1.3 million` is written to the hundred thousand.
    pub step: Number,
    /// What it counts in.
    pub of: Of,
    /// The sign before it: 1, -1, or 0 for none.
    pub sign: i8,
    /// Whether it is written in words, and which ones stand for more than one value.
    pub words: Words,
}

/// How a number is put in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Not at all: it has digits.
    None,
    /// As a whole number: `twelve`.
    Whole,
    /// As a fraction, which is never meant to the digit.
    Fraction,
    /// Between the value and this: `dozens`, `low dozens`.
    Range(Number),
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const PARTS: [(&str, i128); 16] = [
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("eighths", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("tenths", 10),
];
/// Words that may follow a fraction such as `a third`.
const AFTER_FRACTION: [&str; 26] = [
    "of", "more", "fewer", "less", "since", "in", "from", "on", "against", "compared", "over", "to", "and", "or", "by",
    "as", "than", "were", "are", "was", "is", "came", "left", "stayed", "year", "higher",
];

const VAGUE: [(&[&str], i128, i128); 7] = [
    (&["low", "dozens"], 24, 48),
    (&["dozens"], 24, 99),
    (&["low", "hundreds"], 100, 399),
    (&["hundreds"], 200, 999),
    (&["scores"], 40, 120),
    (&["low", "thousands"], 1_000, 3_999),
    (&["thousands"], 2_000, 9_999),
];

/// `a third as many`: a multiple.
fn as_many(tokens: &[Token<'_>], (taken, numeral): (usize, Numeral)) -> (usize, Numeral) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let is_multiple =
        numeral.words == Words::Fraction && word(taken) == "as" && matches!(word(taken + 1), "many" | "much");
    (taken, if is_multiple { Numeral { of: Of::Times, ..numeral } } else { numeral })
}

/// The number that these tokens begin with, and how many of them it takes.
#[must_use]
pub fn numeral(tokens: &[Token<'_>]) -> Option<(usize, Numeral)> {
    let first = tokens.first()?;
    if let Sort::Sign(sign @ ('+' | '-' | '\u{2212}' | '\u{2013}')) = first.sort {
        let next = tokens.get(1).filter(|next| next.sort == Sort::Digits && next.joined)?;
        // `2023–24` and `a -5` differ by what stands before the sign.
        let (taken, numeral) = digits(next, &tokens[1..])?;
        let sign = if sign == '+' { 1 } else { -1 };
        return Some((taken + 1, Numeral { sign, ..numeral }));
    }
    match first.sort {
        Sort::Digits => digits(first, tokens),
        Sort::Word => vague(tokens).or_else(|| in_words(tokens)).map(|found| as_many(tokens, found)),
        _ => None,
    }
}

fn whole(value: i128) -> Number {
    Number::whole(value)
}

fn digits(first: &Token<'_>, tokens: &[Token<'_>]) -> Option<(usize, Numeral)> {
    let plain = first.text.replace(',', "");
    let (integer, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let scale = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let value = Number::quotient(
        format!("{integer}{decimals}").parse::<i128>().ok().filter(|value| *value < 10_i128.pow(15))?,
        scale,
    )?;
    let step = Number::quotient(1, scale)?;
    let mut numeral = Numeral { value, step, of: Of::Ones, sign: 0, words: Words::None };
    let mut taken = 1;
    if let Some(next) = tokens.get(taken) {
        let suffix = MAGNITUDES.iter().find(|(name, _)| next.joined && next.text == *name);
        let word = [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9)]
            .into_iter()
            .find(|(name, _)| next.lower == *name);
        match suffix.or(word.as_ref()) {
            Some(("x", _)) => numeral.of = Of::Times,
            Some((_, zeros)) => {
                let factor = 10_i128.pow(*zeros);
                numeral = Numeral { value: value.times(factor), step: step.times(factor), ..numeral };
            }
            None => taken -= 1,
        }
        taken += 1;
    }
    Some((taken + unit(&tokens[taken..], &mut numeral), numeral))
}

/// What a number counts in, as the words after it say; how many of them do.
fn unit(tokens: &[Token<'_>], numeral: &mut Numeral) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let hundredth = |number: Number| number.over(whole(100)).expect("a hundred is not 0");
    let points = |at: usize| matches!(word(at), "point" | "points" | "pp" | "pps");
    let (of, taken) = match word(0) {
        "%" if points(1) => (Of::Points, 2),
        "%" | "percent" if !points(1) => (Of::Whole, 1),
        "per" if word(1) == "cent" => (Of::Whole, 2),
        "percentage" | "percent" if points(1) => (Of::Points, 2),
        "-" if word(1) == "point" => (Of::Points, 2),
        _ if points(0) => (Of::Points, 1),
        "times" => (Of::Times, 1),
        _ => return 0,
    };
    if of != Of::Times {
        *numeral = Numeral { value: hundredth(numeral.value), step: hundredth(numeral.step), ..*numeral };
    }
    numeral.of = of;
    taken
}

fn vague(tokens: &[Token<'_>]) -> Option<(usize, Numeral)> {
    let fits = |words: &[&str]| {
        words.iter().enumerate().all(|(at, word)| tokens.get(at).is_some_and(|token| token.lower == *word))
    };
    let (words, low, high) = VAGUE.into_iter().find(|(words, ..)| fits(words))?;
    let of_them = usize::from(tokens.get(words.len()).is_some_and(|token| token.lower == "of"));
    let words_kind = Words::Range(whole(high));
    let numeral = Numeral { value: whole(low), step: Number::ZERO, of: Of::Ones, sign: 0, words: words_kind };
    Some((words.len() + of_them, numeral))
}

fn in_words(tokens: &[Token<'_>]) -> Option<(usize, Numeral)> {
    let word =
        |at: usize| tokens.get(at).filter(|token| token.sort == Sort::Word).map_or("", |token| token.lower.as_str());
    let spelled =
        |value: i128| Numeral { value: whole(value), step: whole(1), of: Of::Ones, sign: 0, words: Words::Whole };
    let fraction = |part: i128, of: i128| {
        let value = Number::quotient(part, of)?;
        Some(Numeral { value, step: Number::ZERO, of: Of::Whole, sign: 0, words: Words::Fraction })
    };
    if word(0) == "not" && (word(1) == "one" || word(1) == "a" && word(2) == "single") {
        let single = usize::from(word(2) == "single");
        return Some((2 + single, spelled(0)));
    }
    if matches!(word(0), "twice" | "thrice") {
        let times = if word(0) == "twice" { 2 } else { 3 };
        return Some((1, Numeral { of: Of::Times, ..spelled(times) }));
    }
    if word(0) == "half" && word(1) == "as" {
        return Some((1, Numeral { of: Of::Times, ..fraction(1, 2)? }));
    }
    if word(0) == "half" && word(1) == "a" && word(2) == "dozen" {
        return Some((3, spelled(6)));
    }
    if word(0) == "half" {
        return Some((1, fraction(1, 2)?));
    }
    if word(0) == "a" && matches!(word(1), "hundred" | "thousand" | "million") {
        let (taken, value) = above(&tokens[1..], 1);
        return Some((taken + 1, spelled(value)));
    }
    if word(0) == "a" {
        return match word(1) {
            "dozen" => Some((2, spelled(12))),
            "quarter" if !matches!(word(2), "of" | "more" | "fewer" | "less") => None,
            part => {
                let (_, of) = PARTS.into_iter().find(|(name, _)| *name == part)?;
                // `a third party` is no fraction.
                let ends = tokens.get(2).is_none_or(|next| next.sort != Sort::Word);
                (ends || AFTER_FRACTION.contains(&word(2))).then_some(())?;
                Some((2, fraction(1, of)?))
            }
        };
    }
    let hyphenated = word(0)
        .split_once('-')
        .and_then(|(part, of)| Some((small(part)?, PARTS.into_iter().find(|(name, _)| *name == of)?.1)));
    if let Some((part, of)) = hyphenated {
        return Some((1, fraction(part, of)?));
    }
    let (mut taken, mut value) = cardinal(tokens)?;
    // `three quarters of growth` are quarters.
    let of_what = word(taken + 2).to_owned();
    let is_time = word(taken).starts_with("quarter")
        && matches!(
            of_what.as_str(),
            "growth"
                | "decline"
                | "gains"
                | "losses"
                | "rising"
                | "falling"
                | "uninterrupted"
                | "continuous"
                | "steady"
        );
    let part = PARTS.into_iter().find(|(name, _)| *name == word(taken) && !is_time);
    if let Some((name, of)) =
        part.filter(|(name, _)| value < 10 && (!name.starts_with("quarter") || word(taken + 1) == "of"))
    {
        // `one third` but not `one second`, `two thirds` but not `two third`.
        if (value == 1) != name.ends_with('s') {
            return Some((taken + 1, fraction(value, of)?));
        }
    }
    let one_in = |at: usize| {
        let at = at + usize::from(word(at) == "every");
        let (length, of) = match tokens.get(at).filter(|token| token.sort == Sort::Digits) {
            Some(one) => (1, one.text.parse().ok()?),
            None => cardinal(&tokens[at.min(tokens.len())..])?,
        };
        (of > value).then_some((at + length, of))
    };
    // `three people in four`
    let taken_by = taken + usize::from(PEOPLE.split('|').any(|people| people == word(taken)));
    let ratio = match (word(taken_by), word(taken_by + 1)) {
        ("in", _) => one_in(taken_by + 1),
        ("out", "of") => one_in(taken_by + 2),
        _ => None,
    };
    if let Some((taken, of)) = ratio {
        return Some((taken, fraction(value, of)?));
    }
    if word(taken) == "and" && word(taken + 1) == "a" && word(taken + 2) == "half" {
        let value = Number::quotient(2 * value + 1, 2)?;
        return Some((taken + 3, Numeral { value, step: Number::quotient(1, 2)?, ..spelled(0) }));
    }
    if word(taken) == "dozen" {
        taken += 1;
        value *= 12;
    }
    let mut numeral = spelled(value);
    taken += unit(&tokens[taken..], &mut numeral);
    Some((taken, numeral))
}

fn small(word: &str) -> Option<i128> {
    let unit = UNITS.iter().position(|name| *name == word);
    unit.or_else(|| Some(20 + 10 * TENS.iter().position(|name| *name == word)?))
        .and_then(|value| i128::try_from(value).ok())
}

/// A whole number in words, and how many tokens it takes.
fn cardinal(tokens: &[Token<'_>]) -> Option<(usize, i128)> {
    let word =
        |at: usize| tokens.get(at).filter(|token| token.sort == Sort::Word).map_or("", |token| token.lower.as_str());
    let below_hundred = |at: usize| match word(at).split_once('-') {
        Some((tens, unit)) => {
            let (tens, unit) = (small(tens)?, small(unit)?);
            (tens >= 20 && unit < 10).then_some((at + 1, tens + unit))
        }
        None => Some((at + 1, small(word(at))?)),
    };
    let (at, value) = below_hundred(0)?;
    let (more, value) = above(&tokens[at..], value);
    Some((at + more, value))
}

/// What hundreds, thousands and millions make of the number before them, and how many tokens they take.
fn above(tokens: &[Token<'_>], value: i128) -> (usize, i128) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let (mut at, mut value) = (0, value);
    for (name, factor) in [("hundred", 100), ("thousand", 1_000), ("million", 1_000_000)] {
        if word(at) == name && value < factor * 1_000 {
            (at, value) = (at + 1, value * factor);
            let and = usize::from(word(at) == "and");
            if let Some((after, rest)) = tokens.get(at + and..).and_then(cardinal).filter(|(_, rest)| *rest < factor) {
                (at, value) = (at + and + after, value + rest);
            }
        }
    }
    (at, value)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Option<String> {
        let (taken, numeral) = numeral(&tokens(text))?;
        let of = match numeral.of {
            Of::Ones => "",
            Of::Whole => " of 1",
            Of::Points => " points",
            Of::Times => " times",
        };
        let sign = ["-", "", "+"][usize::try_from(numeral.sign + 1).expect("a sign")];
        Some(format!("{sign}{}{of} ±{} /{taken}", numeral.value, numeral.step))
    }

    #[test]
    fn numbers_in_all_usual_ways() {
        for (text, meaning) in [
            ("7,341 people", "7341 ±1 /1"),
            ("1.3 million lines", "1300000 ±100000 /2"),
            ("12k commits", "12000 ±1000 /2"),
            ("35 %", "0.35 of 1 ±0.01 /2"),
            ("35.5% of", "0.355 of 1 ±0.001 /2"),
            ("12 per cent", "0.12 of 1 ±0.01 /3"),
            ("-3 points", "-0.03 points ±0.01 /3"),
            ("+18 %", "+0.18 of 1 ±0.01 /3"),
            ("1.5 percentage points", "0.015 points ±0.001 /3"),
            ("two-thirds of", "0.666667 of 1 ±0 /1"),
            ("two thirds of", "0.666667 of 1 ±0 /2"),
            ("half of", "0.5 of 1 ±0 /1"),
            ("a quarter of", "0.25 of 1 ±0 /2"),
            ("one in four", "0.25 of 1 ±0 /3"),
            ("one in every 5", "0.2 of 1 ±0 /4"),
            ("nine out of ten", "0.9 of 1 ±0 /4"),
            ("three hundred and forty", "340 ±1 /4"),
            ("twenty-one people", "21 ±1 /1"),
            ("two dozen people", "24 ±1 /2"),
            ("half a dozen", "6 ±1 /3"),
            ("three times as", "3 times ±1 /2"),
        ] {
            assert_eq!(
                read(text).as_deref().map(|read| read.trim_start_matches(['+', '-'])),
                Some(meaning.trim_start_matches(['+', '-'])),
                "{text}"
            );
        }
        assert_eq!(read("a quarter ago"), None);
        assert_eq!(read("a third party"), None);
        assert_eq!(read("three quarters in a row").as_deref(), Some("3 ±1 /1"));
        assert_eq!(read("people"), None);
    }
}
