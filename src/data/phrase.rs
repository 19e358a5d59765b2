//! Words to be found as whole words, whatever their case and whatever stands between them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One word, or several in a row: `kv cache` finds `KV-cache`, `kv_cache` and `KVCache`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(Vec<String>);

impl Phrase {
    /// Its words, in lower case; at least one.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

/// Runs of letters and digits, in lower case.
#[must_use]
pub fn runs(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    runs.map(str::to_lowercase).collect()
}

/// The same, cut also where a capital begins a new word: `KVCache` is `kv cache`, `FP8Linear` is `fp8 linear`.
#[must_use]
pub fn humps(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let characters: Vec<char> = run.chars().collect();
        let mut word = String::new();
        for (at, &c) in characters.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| characters[before]);
            let begins = c.is_uppercase()
                && before.is_some_and(|before| {
                    before.is_lowercase() || characters.get(at + 1).is_some_and(|next| next.is_lowercase())
                });
            if begins && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(c.to_lowercase());
        }
        words.push(word);
    }
    words
}

impl FromStr for Phrase {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = runs(text);
        if words.is_empty() {
            return Err(format!("`{text}` has no word: write letters and digits"));
        }
        Ok(Self(words))
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_capitals_too() {
        assert_eq!(runs("Fix KVCache of fused_moe (#12)"), ["fix", "kvcache", "of", "fused", "moe", "12"]);
        assert_eq!(
            humps("KVCache FP8Linear Conv2D GPU PagedAttention"),
            ["kv", "cache", "fp8", "linear", "conv2d", "gpu", "paged", "attention"]
        );
        assert!("--".parse::<Phrase>().is_err());
    }
}
