//! Everything besides commits that shapes a mined file, each part with a digest that is recorded in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::Actors;
use super::domains::Domains;
use super::placeholders::Placeholders;
use crate::data::identity_key::{Hash, IdentityKey, digest};
use crate::data::organisations::Organisations;
use crate::data::people::{LineKey, People};
use crate::data::rules;

/// The rule sets and the key.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Who is not a person.
    pub actors: Actors,
    /// Values that are no evidence.
    pub placeholders: Placeholders,
    /// Domains shown in clear.
    pub domains: Domains,
    /// Lines of people who opted out.
    pub withdrawn: BTreeSet<LineKey>,
    /// What names and addresses are hashed with.
    pub key: IdentityKey,
}

impl Rules {
    /// The shipped rules with a publication's own parts.
    #[must_use]
    pub fn new(key: IdentityKey, organisations: &Organisations, people: &People, added: &rules::Rules) -> Self {
        Self {
            actors: Actors::with(added),
            placeholders: Placeholders::with(&added.placeholders),
            domains: Domains::new(organisations),
            withdrawn: people.withdrawn.iter().copied().collect(),
            key,
        }
    }

    /// The digest of each rule set, by its name.
    #[must_use]
    pub fn digests(&self) -> BTreeMap<String, Hash> {
        let mut digests = BTreeMap::from([
            ("actors".to_owned(), self.actors.digest()),
            ("organisations".to_owned(), self.domains.digest()),
            ("placeholders".to_owned(), self.placeholders.digest()),
        ]);
        if !self.withdrawn.is_empty() {
            let listed: Vec<String> = self.withdrawn.iter().map(|key| format!("{key:?}")).collect();
            digests.insert("withdrawn".to_owned(), digest(listed.join("\n").as_bytes()));
        }
        digests
    }

    /// Whether the author of a pair opted out.
    #[must_use]
    pub fn is_withdrawn(&self, address: Hash, name: Hash) -> bool {
        self.withdrawn.contains(&LineKey { address, name: None })
            || self.withdrawn.contains(&LineKey { address, name: Some(name) })
    }
}
