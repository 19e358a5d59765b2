//! Phrases that mean something, found by their words; the longest one wins.

use std::collections::HashMap;

use super::token::{Sort, Token};

/// Phrases with their meanings, by their first word.
#[derive(Clone, Debug)]
pub struct Phrases<T>(HashMap<String, Begun<T>>);

/// Phrases that begin with the same word. Hundreds begin with `the`, so that the next word parts them.
#[derive(Clone, Debug)]
struct Begun<T> {
    /// Those of one word.
    alone: Vec<Phrase<T>>,
    /// The others by their second word, the longest first.
    longer: HashMap<String, Vec<Phrase<T>>>,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    words: Vec<String>,
    /// As it has to be written; none where capitals make no difference.
    exact: Option<Vec<String>>,
    meaning: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> Default for Begun<T> {
    fn default() -> Self {
        Self { alone: Vec::new(), longer: HashMap::new() }
    }
}

impl<T: Clone> Phrases<T> {
    /// Of patterns: words between blanks, `a|b` for alternatives, `[a|b]` for words that may be missing.
    #[must_use]
    pub fn of(patterns: &[(&str, T)]) -> Self {
        let mut phrases = Self::default();
        for (pattern, meaning) in patterns {
            phrases.add(pattern, meaning);
        }
        phrases
    }

    /// Adds a pattern.
    pub fn add(&mut self, pattern: &str, meaning: &T) {
        for phrase in expanded(pattern) {
            self.insert(Phrase { words: phrase, exact: None, meaning: meaning.clone() });
        }
    }

    /// Adds a name, cut into words as texts are; with `exact` it has to be written with the same capitals.
    pub fn add_name(&mut self, name: &str, exact: bool, meaning: &T) {
        let tokens = super::token::tokens(name);
        let words: Vec<String> = tokens.iter().map(|token| token.lower.clone()).collect();
        let exact = exact.then(|| tokens.iter().map(|token| token.text.to_owned()).collect());
        if !words.is_empty() {
            self.insert(Phrase { words, exact, meaning: meaning.clone() });
        }
    }

    /// Gives a pattern another meaning than it had.
    pub fn replace(&mut self, pattern: &str, meaning: &T) {
        for phrase in expanded(pattern) {
            self.list(&phrase).retain(|other| other.words != phrase);
            self.insert(Phrase { words: phrase, exact: None, meaning: meaning.clone() });
        }
    }

    fn insert(&mut self, phrase: Phrase<T>) {
        let list = self.list(&phrase.words);
        let at = list.partition_point(|other| other.words.len() >= phrase.words.len());
        list.insert(at, phrase);
    }

    /// The phrases that begin as this one does.
    fn list(&mut self, words: &[String]) -> &mut Vec<Phrase<T>> {
        let begun = self.0.entry(words[0].clone()).or_default();
        match words.get(1) {
            None => &mut begun.alone,
            Some(second) => begun.longer.entry(second.clone()).or_default(),
        }
    }

    /// The longest phrase that these tokens begin with: how many of them it takes, and what it means.
    #[must_use]
    pub fn find(&self, tokens: &[Token<'_>]) -> Option<(usize, &T)> {
        let first = tokens.first().filter(|token| !matches!(token.sort, Sort::Bound(_)))?;
        let begun = self.0.get(&first.lower)?;
        let longer = tokens.get(1).filter(|_| !begun.longer.is_empty()).and_then(|next| begun.longer.get(&next.lower));
        let phrase = longer.into_iter().flatten().chain(&begun.alone).find(|phrase| phrase.begins(tokens))?;
        Some((phrase.words.len(), &phrase.meaning))
    }
}

impl<T> Phrase<T> {
    fn begins(&self, tokens: &[Token<'_>]) -> bool {
        let is_long_enough = tokens.len() >= self.words.len();
        let same = || self.words.iter().zip(tokens).all(|(word, token)| *word == token.lower);
        let exact = || match &self.exact {
            None => true,
            Some(exact) => exact.iter().zip(tokens).all(|(word, token)| word == token.text),
        };
        is_long_enough && same() && exact()
    }
}

/// All the phrases that a pattern stands for.
#[must_use]
pub fn expanded(pattern: &str) -> Vec<Vec<String>> {
    let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
    for word in pattern.split_whitespace() {
        let inner = word.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
        let choices = inner.unwrap_or(word).split('|');
        let with = choices.flat_map(|choice| {
            phrases.iter().map(move |phrase| {
                let mut phrase = phrase.clone();
                phrase.push(choice.to_owned());
                phrase
            })
        });
        let with: Vec<Vec<String>> = with.collect();
        if inner.is_none() {
            phrases.clear();
        }
        phrases.extend(with);
    }
    phrases.retain(|phrase| !phrase.is_empty());
    phrases
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::of(&[("new", 1), ("new people|hands [today]", 2)]);
        let found = |text: &str| phrases.find(&tokens(text)).map(|(length, meaning)| (length, *meaning));
        assert_eq!(found("New hands today"), Some((3, 2)));
        assert_eq!(found("new people at home"), Some((2, 2)));
        assert_eq!(found("new repositories"), Some((1, 1)));
        assert_eq!(found("old"), None);
    }

    #[test]
    fn names_may_need_their_capitals() {
        let mut phrases = Phrases::default();
        phrases.add_name("Weights & Biases", false, &1);
        phrases.add_name("Burn", true, &2);
        let found = |text: &str| phrases.find(&tokens(text)).map(|(_, meaning)| *meaning);
        assert_eq!((found("weights & biases"), found("Burn"), found("burn")), (Some(1), Some(2), None));
    }
}
