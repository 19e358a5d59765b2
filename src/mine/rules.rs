//! Everything besides commits that shapes a mined file, each part with a digest that is recorded in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::Actors;
use super::domains::Domains;
use super::placeholders::Placeholders;
use super::work::WorkRules;
use crate::data::areas::Areas;
use crate::data::identity_key::{Hash, IdentityKey, digest};
use crate::data::organisations::Organisations;
use crate::data::people::{LineKey, People};
use crate::data::rules;
use crate::data::snapshot::Depth;

/// The rule sets and the key.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Who is not a person.
    pub actors: Actors,
    /// Values that are no evidence.
    pub placeholders: Placeholders,
    /// Domains shown in clear.
    pub domains: Domains,
    /// What the work of a commit is.
    pub work: WorkRules,
    /// Lines of people who opted out.
    pub withdrawn: BTreeSet<LineKey>,
    /// What names and addresses are hashed with.
    pub key: IdentityKey,
}

impl Rules {
    /// The shipped rules with a publication's own parts.
    #[must_use]
    pub fn new(
        key: IdentityKey,
        organisations: &Organisations,
        people: &People,
        added: &rules::Rules,
        areas: &Areas,
    ) -> Self {
        Self {
            actors: Actors::with(added),
            placeholders: Placeholders::with(&added.placeholders),
            domains: Domains::new(organisations),
            work: WorkRules::new(added, areas),
            withdrawn: people.withdrawn.iter().copied().collect(),
            key,
        }
    }

    /// The digest of each rule set that shapes a history, by its name.
    #[must_use]
    pub fn digests(&self) -> BTreeMap<String, Hash> {
        let mut digests = self.of_rows();
        digests.insert("organisations".to_owned(), self.domains.digest());
        digests.insert("placeholders".to_owned(), self.placeholders.digest());
        digests
    }

    /// The digest of each rule set that shapes a snapshot of a depth.
    #[must_use]
    pub fn snapshot_digests(&self, depth: Depth) -> BTreeMap<String, Hash> {
        let mut digests = self.of_rows();
        if depth > Depth::Headers {
            digests.extend(self.work.digests());
        }
        digests
    }

    /// What decides whose commits count.
    fn of_rows(&self) -> BTreeMap<String, Hash> {
        let mut digests = BTreeMap::from([("actors".to_owned(), self.actors.digest())]);
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
