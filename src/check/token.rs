//! Words, numbers and signs of a text, with their places.

use std::ops::Range;

/// What stands in a text for a figure that is bound.
pub const BOUND: char = '\u{FFFC}';

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A word, names such as `llama.cpp`, `GPT-4` and `2026-Q2` among them.
    Word,
    /// Digits as people write them: `7,341`, `8.5`.
    Digits,
    /// A sign of its own.
    Sign(char),
    /// A figure that is bound, by its number in the text.
    Bound(usize),
}

/// The smallest part of a text that means something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub sort: Sort,
    /// As it is written.
    pub text: &'a str,
    /// In small letters.
    pub lower: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Whether it follows the one before without a blank.
    pub joined: bool,
}

impl Token<'_> {
    /// Whether it is this sign.
    #[must_use]
    pub fn is_sign(&self, sign: char) -> bool {
        self.sort == Sort::Sign(sign)
    }

    /// Whether it is written as a name is: with a capital, or with digits among its letters.
    #[must_use]
    pub fn looks_like_a_name(&self) -> bool {
        self.sort == Sort::Word && self.text.contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }
}

/// The tokens of a text.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut bound = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (end, sort) = if c == BOUND {
            bound += 1;
            (at + c.len_utf8(), Sort::Bound(bound - 1))
        } else if c.is_ascii_digit() {
            digits(text, at)
        } else if c.is_alphanumeric() {
            (word_end(text, at), Sort::Word)
        } else {
            (at + c.len_utf8(), Sort::Sign(c))
        };
        let piece = &text[at..end];
        let joined = tokens.last().is_some_and(|last| last.range.end == at);
        tokens.push(Token { sort, text: piece, lower: lower(piece), range: at..end, joined });
        at = end;
    }
    tokens
}

fn lower(text: &str) -> String {
    text.to_lowercase().replace('\u{2019}', "'")
}

/// The end of a word: letters and digits, and single signs between two of them that names hold. An apostrophe ends it.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut rest = text[from..].chars().peekable();
    while let Some(c) = rest.next() {
        let is_inside = matches!(c, '-' | '.' | '_' | '+' | '\u{2010}' | '\u{2011}');
        let mut goes_on = || rest.peek().is_some_and(|next| next.is_alphanumeric());
        if !(c.is_alphanumeric() || is_inside && goes_on()) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// A number as people write it, or a name that begins with digits, such as `2026-Q2`, `16-bit` and `3D`.
fn digits(text: &str, from: usize) -> (usize, Sort) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let run = |mut at: usize| {
        while is_digit(at) {
            at += 1;
        }
        at
    };
    let mut end = run(from);
    while bytes.get(end) == Some(&b',')
        && end - from <= 3 + 4 * 4
        && (1..=3).all(|by| is_digit(end + by))
        && !is_digit(end + 4)
    {
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
        let decimals = run(end + 1);
        // Two points make a version.
        if bytes.get(decimals) == Some(&b'.') && is_digit(decimals + 1) {
            return (word_end(text, from), Sort::Word);
        }
        end = decimals;
    }
    let word = word_end(text, from);
    let suffix = text.get(end..word).unwrap_or_default();
    if suffix.is_empty() || MAGNITUDES.iter().any(|(name, _)| *name == suffix) {
        (end, Sort::Digits)
    } else {
        (word, Sort::Word)
    }
}

/// Letters after digits, and how many zeros they stand for.
pub const MAGNITUDES: [(&str, u32); 6] = [("k", 3), ("K", 3), ("M", 6), ("m", 6), ("bn", 9), ("x", 0)];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let sort = |token: &Token<'_>| match token.sort {
            Sort::Word => "",
            Sort::Digits => "#",
            Sort::Sign(_) => "!",
            Sort::Bound(_) => "@",
        };
        tokens(text).iter().map(|token| format!("{}{}", sort(token), token.text)).collect()
    }

    #[test]
    fn numbers_names_and_signs() {
        assert_eq!(shown("7,341 of 76,258."), ["#7,341", "of", "#76,258", "!."]);
        assert_eq!(shown("35% or 35.5 %, 12k"), ["#35", "!%", "or", "#35.5", "!%", "!,", "#12", "k"]);
        assert_eq!(shown("GPT-4 and llama.cpp in 2026-Q2"), ["GPT-4", "and", "llama.cpp", "in", "2026-Q2"]);
        assert_eq!(shown("v2.1, 2.4.1, 16-bit"), ["v2.1", "!,", "2.4.1", "!,", "16-bit"]);
        assert_eq!(shown("CIRCT’s first-quarter"), ["CIRCT", "!’", "s", "first-quarter"]);
        assert_eq!(shown("12, 345"), ["#12", "!,", "#345"]);
        assert_eq!(shown("+18 \u{FFFC}a\u{FFFC}"), ["!+", "#18", "@\u{FFFC}", "a", "@\u{FFFC}"]);
    }
}
