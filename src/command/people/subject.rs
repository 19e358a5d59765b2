//! Whom an editor means: an address, `Name <address>`, or a key.

use std::collections::BTreeMap;

use crate::data::identity_key::{Hash, IdentityKey, Sort};
use crate::data::people::LineKey;

/// What was typed, and the key that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// As typed.
    pub typed: String,
    /// The line or lines.
    pub key: LineKey,
}

/// The address and the name that a text holds, when it isn't a key.
fn parts(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (address.trim(), Some(name.trim()).filter(|name| !name.is_empty())),
        None => (text, None),
    }
}

impl Subject {
    /// Whether a text is a key, so that no identity key is needed to read it.
    pub fn is_key(text: &str) -> bool {
        text.trim().parse::<LineKey>().is_ok()
    }

    /// From a text; texts that aren't keys are hashed as the miner hashes them.
    pub fn new(text: &str, identity: Option<&IdentityKey>) -> Option<Self> {
        let typed = text.trim().to_owned();
        if let Ok(key) = typed.parse() {
            return Some(Self { typed, key });
        }
        let (address, name) = parts(text);
        let identity = identity?;
        let key = LineKey {
            address: identity.hash(Sort::Address, address),
            name: name.map(|name| identity.hash(Sort::Name, name)),
        };
        Some(Self { typed, key })
    }

    /// Whether it can be an address: those who type a name alone get nowhere.
    pub fn is_plausible(&self) -> bool {
        Self::is_key(&self.typed) || parts(&self.typed).0.contains('@')
    }
}

/// What keys are called in answers: nobody's name is known here but what was typed.
#[derive(Clone, Debug, Default)]
pub struct Labels(BTreeMap<Hash, String>);

impl Labels {
    /// From what was typed.
    pub fn new(subjects: &[Subject]) -> Self {
        let mut labels = BTreeMap::new();
        for subject in subjects.iter().filter(|subject| !Subject::is_key(&subject.typed)) {
            let (address, name) = parts(&subject.typed);
            labels.insert(subject.key.address, address.to_owned());
            if let (Some(key), Some(name)) = (subject.key.name, name) {
                labels.insert(key, name.to_owned());
            }
        }
        Self(labels)
    }

    /// A hash, or what was typed for it.
    pub fn hash(&self, hash: Hash) -> String {
        self.0.get(&hash).cloned().unwrap_or_else(|| hash.to_string())
    }

    /// A line.
    pub fn line(&self, key: LineKey) -> String {
        let address = self.hash(key.address);
        key.name.map_or_else(|| address.clone(), |name| format!("{address}/{}", self.hash(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_names_and_keys_are_told_apart() {
        let identity = IdentityKey::new("a key for tests");
        let key = |text: &str| Subject::new(text, Some(&identity)).unwrap().key;
        let ada = identity.hash(Sort::Address, "ada@example.org");
        let name = identity.hash(Sort::Name, "ada lovelace");
        assert_eq!(key("Ada@Example.org"), LineKey { address: ada, name: None });
        assert_eq!(key("Ada  Lovelace <ada@example.org>"), LineKey { address: ada, name: Some(name) });
        assert_eq!(key("<ada@example.org>"), LineKey { address: ada, name: None });
        assert_eq!(key(&format!("{ada}/{name}")), LineKey { address: ada, name: Some(name) });
        assert_eq!(Subject::new(&ada.to_string(), None).unwrap().key, LineKey { address: ada, name: None });
        assert_eq!(Subject::new("ada@example.org", None), None);
        let labels = Labels::new(&[Subject::new("Ada Lovelace <ada@example.org>", Some(&identity)).unwrap()]);
        assert_eq!(labels.line(LineKey { address: ada, name: Some(Hash(1)) }), "ada@example.org/0000000000000001");
        assert_eq!(labels.hash(name), "Ada Lovelace");
    }
}
