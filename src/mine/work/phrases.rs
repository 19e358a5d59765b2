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

    /// The numbers of the phrases that stand in `words`, without those inside a longer one: `tt metal` hides `metal`.
    #[must_use]
    pub fn longest(&self, words: &[String]) -> Vec<usize> {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        self.each(words, |number, at| found.push((number, at, at + self.all[number].words().len())));
        let is_inside = |&(_, from, to): &(usize, usize, usize)| {
            found.iter().any(|&(_, begin, end)| begin <= from && to <= end && end - begin > to - from)
        };
        found.iter().filter(|one| !is_inside(one)).map(|&(number, ..)| number).collect()
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
