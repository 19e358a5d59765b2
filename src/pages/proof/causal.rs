//! Words that say why something happened, which no figure can bear out.

use std::ops::Range;

/// The words, in small letters.
pub const CAUSAL: &[&str] = &[
    "driven by",
    "because of",
    "caused by",
    "led to",
    "leads to",
    "precedes",
    "preceded",
    "confirms",
    "confirmed",
    "thanks to",
    "due to",
    "as a result",
    "explains",
    "owing to",
    "triggered",
    "proves",
    "which is why",
    "in response to",
];

/// Where they stand in a text, in bytes.
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let is_letter = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
    let mut found: Vec<Range<usize>> = CAUSAL
        .iter()
        .flat_map(|words| lower.match_indices(words).map(|(at, words)| at..at + words.len()))
        .filter(|range| {
            !is_letter(lower[..range.start].chars().next_back()) && !is_letter(lower[range.end..].chars().next())
        })
        .collect();
    found.sort_by_key(|range| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_of_cause_are_found() {
        let text = "Growth was Driven by AMD, which misled to nothing; due to it, it fell.";
        let found: Vec<&str> = words(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Driven by", "due to"]);
    }
}
