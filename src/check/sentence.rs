//! Where sentences begin and end.

use std::ops::Range;

use super::token::{Sort, Token};

/// Short forms whose point ends no sentence.
const SHORT: [&str; 12] = ["vs", "e.g", "i.e", "approx", "ca", "no", "cf", "mr", "ms", "dr", "inc", "etc"];

/// The sentences among tokens, as ranges of them.
#[must_use]
pub fn sentences(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for at in 0..tokens.len() {
        let ends = matches!(tokens[at].sort, Sort::Sign('.' | '!' | '?' | '\u{2026}'));
        let is_short = at > 0 && SHORT.contains(&tokens[at - 1].lower.as_str());
        let closes =
            |token: &Token<'_>| token.joined && matches!(token.text, "\"" | "'" | ")" | "\u{201d}" | "\u{2019}");
        let next = tokens[at + 1..].iter().position(|token| !closes(token)).map(|more| at + 1 + more);
        let begins = next.is_none_or(|next| !tokens[next].joined);
        if ends && begins && !is_short {
            let to = next.unwrap_or(tokens.len());
            sentences.push(from..to);
            from = to;
        }
    }
    if from < tokens.len() {
        sentences.push(from..tokens.len());
    }
    sentences.retain(|range| !range.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn sentences_end_at_points_that_are_no_decimals() {
        let text = "It took 8.5 weeks, e.g. in llama.cpp. Did it? \u{201c}Yes.\u{201d} So";
        let tokens = tokens(text);
        let found = sentences(&tokens);
        let shown: Vec<&str> =
            found.iter().map(|range| &text[tokens[range.start].range.start..tokens[range.end - 1].range.end]).collect();
        assert_eq!(shown, ["It took 8.5 weeks, e.g. in llama.cpp.", "Did it?", "\u{201c}Yes.\u{201d}", "So"]);
    }
}
