//! Periods as writers name them: `last quarter`, `Q3 2025`, `the first quarter`, `a year earlier`, `since 2024`.

use super::phrase::Phrases;
use super::token::{Sort, Token};
use super::vocabulary::TIMES;
use crate::plain::Period;

/// A time in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// A quarter.
    At(Period),
    /// What something is held against, and nothing else: `year on year`.
    Against(Period),
    /// A year.
    Year(i16),
    /// So many quarters: `in two years`, `in six quarters`.
    Span(u16),
}

/// Finds times in texts of one period.
#[derive(Clone, Debug)]
pub struct Calendar {
    period: Period,
    phrases: Phrases<u16>,
}

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

impl Calendar {
    /// For texts about `period`.
    #[must_use]
    pub fn new(period: Period) -> Self {
        let mut phrases = Phrases::default();
        for (back, pattern) in TIMES {
            phrases.add(pattern, back);
        }
        Self { period, phrases }
    }

    /// The time that these tokens begin with, and how many of them it takes.
    #[must_use]
    pub fn find(&self, tokens: &[Token<'_>]) -> Option<(usize, Time)> {
        let phrase = self.phrases.find(tokens).map(|(taken, back)| {
            let period = self.period.before(*back);
            let words: Vec<&str> = tokens[..taken].iter().map(|token| token.lower.as_str()).collect();
            let words = words.join(" ");
            let against = words.starts_with("on ")
                || words.contains("-on-")
                || words.contains("-over-")
                || words.contains(" on ")
                || words.contains(" over ")
                || matches!(words.as_str(), "qoq" | "yoy");
            (taken, if against { Time::Against(period) } else { Time::At(period) })
        });
        let others = [phrase, self.quarter(tokens), self.season(tokens), span(tokens), year(tokens)];
        others.into_iter().flatten().max_by_key(|(taken, _)| *taken)
    }

    /// `the spring`, `last winter`: quarters as the northern half of the world calls them.
    fn season(&self, tokens: &[Token<'_>]) -> Option<(usize, Time)> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let lead = usize::from(matches!(word(0), "the" | "this" | "last"));
        let quarter = match word(lead) {
            "winter" => 1,
            "spring" => 2,
            "summer" => 3,
            "autumn" => 4,
            _ => return None,
        };
        let named = Period::new(self.period.year(), quarter);
        Some((lead + 1, Time::At(if named > self.period { named.before(4) } else { named })))
    }

    /// `2025-Q1`, `Q1`, `Q1 2025`, `the first quarter of 2025`, `first-quarter`, `the end of 2025`.
    fn quarter(&self, tokens: &[Token<'_>]) -> Option<(usize, Time)> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        if let Ok(period) = tokens.first()?.text.to_uppercase().parse::<Period>() {
            return Some((1, Time::At(period)));
        }
        let the = usize::from(word(0) == "the");
        // `the last quarter of 2025` is its fourth.
        let is_last = matches!(word(the), "last" | "final" | "closing") && word(the + 1) == "quarter";
        if is_last
            && matches!(word(the + 2), "of" | "in")
            && let Some((length, Time::Year(year))) = tokens.get(the + 3..).and_then(year)
        {
            return Some((the + 3 + length, Time::At(Period::new(year, 4))));
        }
        if matches!(word(the), "opening" | "initial")
            && word(the + 1) == "quarter"
            && word(the + 2) == "of"
            && let Some((length, Time::Year(year))) = tokens.get(the + 3..).and_then(year)
        {
            return Some((the + 3 + length, Time::At(Period::new(year, 1))));
        }
        let (number, mut taken) = if let Some(number) = word(the).strip_prefix('q').and_then(|digit| digit.parse().ok())
        {
            (number, the + 1)
        } else if let Some(at) = ORDINALS.iter().position(|name| word(the).strip_suffix("-quarter") == Some(name)) {
            (at + 1, the + 1)
        } else if word(the + 1) == "quarter" {
            (ORDINALS.iter().position(|name| word(the) == *name)? + 1, the + 2)
        } else if the == 1
            && ORDINALS.contains(&word(1))
            && tokens.get(2).is_none_or(|next| matches!(next.text, "." | "," | ";" | ")" | ":"))
        {
            // `from the first quarter to the second`
            (ORDINALS.iter().position(|name| word(1) == *name)? + 1, 2)
        } else if word(the) == "first" && word(the + 1) == "three" && word(the + 2) == "months" {
            (1, the + 3)
        } else if matches!(word(the), "end" | "close") && word(the + 1) == "of" && year(&tokens[the + 2..]).is_some() {
            (4, the + 1)
        } else if matches!(word(the), "start" | "beginning")
            && word(the + 1) == "of"
            && year(&tokens[the + 2..]).is_some()
        {
            (1, the + 1)
        } else {
            return None;
        };
        let quarter = u8::try_from(number).ok().filter(|number| (1..=4).contains(number))?;
        let of = usize::from(matches!(word(taken), "of" | "in" | ","));
        if let Some((length, Time::Year(year))) = tokens.get(taken + of..).and_then(year) {
            return Some((taken + of + length, Time::At(Period::new(year, quarter))));
        }
        let last_year = word(taken + of) == "last" && word(taken + of + 1) == "year";
        taken += if last_year { of + 2 } else { 0 };
        let year = self.period.year() - i16::from(last_year);
        let named = Period::new(year, quarter);
        Some((taken, Time::At(if named > self.period { named.before(4) } else { named })))
    }
}

/// A year by itself.
fn year(tokens: &[Token<'_>]) -> Option<(usize, Time)> {
    let first = tokens.first().filter(|first| first.sort == Sort::Digits && first.text.len() == 4)?;
    let counted = tokens.get(1).is_some_and(|next| matches!(next.text, "%" | "percent" | "per" | "times"));
    let year = first.text.parse().ok().filter(|year| (1990..2100).contains(year) && !counted)?;
    Some((1, Time::Year(year)))
}

/// `two years`, `six quarters`, `18 months`.
fn span(tokens: &[Token<'_>]) -> Option<(usize, Time)> {
    let (taken, count) = match super::numeral::numeral(tokens) {
        Some((taken, numeral)) => (taken, numeral.value.as_whole()?),
        None => (1, i128::from(matches!(tokens.first()?.lower.as_str(), "a" | "one"))),
    };
    let months = match tokens.get(taken)?.lower.as_str() {
        "year" | "years" => 12,
        "quarter" | "quarters" => 3,
        "month" | "months" => 1,
        _ => return None,
    };
    let quarters = u16::try_from(count * months / 3).ok().filter(|count| *count > 0)?;
    Some((taken + 1, Time::Span(quarters)))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn times_of_all_sorts() {
        let calendar = Calendar::new("2026-Q2".parse().unwrap());
        for (text, taken, time) in [
            ("this quarter", 2, "2026-Q2"),
            ("the quarter before", 3, "2026-Q1"),
            ("a year earlier", 3, "2025-Q2"),
            ("the first quarter", 3, "2026-Q1"),
            ("the third quarter", 3, "2025-Q3"),
            ("the first quarter of 2025", 5, "2025-Q1"),
            ("Q4", 1, "2025-Q4"),
            ("Q1 2024", 2, "2024-Q1"),
            ("2024-Q3", 1, "2024-Q3"),
            ("the end of 2025", 4, "2025-Q4"),
            ("the same quarter last year", 5, "2025-Q2"),
            ("two quarters ago", 3, "2025-Q4"),
        ] {
            assert_eq!(calendar.find(&tokens(text)), Some((taken, Time::At(time.parse().unwrap()))), "{text}");
        }
        assert_eq!(calendar.find(&tokens("2024")), Some((1, Time::Year(2024))));
        assert_eq!(calendar.find(&tokens("two years")), Some((2, Time::Span(8))));
        assert_eq!(calendar.find(&tokens("six quarters")), Some((2, Time::Span(6))));
        assert_eq!(calendar.find(&tokens("2,024 people")), None);
        let before = "2025-Q2".parse().unwrap();
        assert_eq!(calendar.find(&tokens("year on year")), Some((3, Time::Against(before))));
        assert_eq!(calendar.find(&tokens("first of all")), None);
    }
}
