//! Many phrases looked for at once in a row of words.

use std::collections::HashMap;

use crate::data::phrase::Phrase;

/// Phrases, numbered in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    all: Vec<Phrase>,
    by_first: HashMap<String, Vec<usize>>,
}

impl Phrases {
    /// From phrases.
    #[must_use]
    pub fn new(phrases: impl IntoIterator<Item = Phrase>) -> Self {
        let all: Vec<Phrase> = phrases.into_iter().collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, phrase) in all.iter().enumerate() {
            by_first.entry(phrase.words()[0].clone()).or_default().push(number);
        }
        Self { all, by_first }
    }

    /// A phrase by its number.
    #[must_use]
    pub fn phrase(&self, number: usize) -> &Phrase {
        &self.all[number]
    }

    /// Calls `found` with the number of each phrase that stands in `words`, and where it begins.
    pub fn each(&self, words: &[String], mut found: impl FnMut(usize, usize)) {
        for (at, word) in words.iter().enumerate() {
            for &number in self.by_first.get(word).into_iter().flatten() {
                if words[at..].starts_with(self.all[number].words()) {
                    found(number, at);
                }
            }
        }
    }
}
