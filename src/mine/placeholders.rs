//! Values that say nothing about who somebody is: `root`, `your name`, `localhost`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::address::Address;
use crate::data::document::Spanned;
use crate::data::history::Void;
use crate::data::identity_key::{Hash, digest, fold};
use crate::data::rules;

const SHIPPED: &str = include_str!("rules/placeholders.yaml");

/// The excluded values. They are printed in full on the methodology page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    names: BTreeSet<String>,
    local_parts: BTreeSet<String>,
    hosts: BTreeSet<String>,
    host_endings: BTreeSet<String>,
    addresses: BTreeSet<String>,
    /// What a publication added, as it enters the digest; empty when it added nothing.
    #[serde(skip)]
    added: String,
}

impl Placeholders {
    /// The shipped values.
    #[must_use]
    pub fn shipped() -> Self {
        serde_yaml::from_str(SHIPPED).expect("the shipped values are tested")
    }

    /// The shipped values with what a publication adds.
    #[must_use]
    pub fn with(added: &rules::Placeholders) -> Self {
        let mut all = Self::shipped();
        let before = all.text();
        let lower = |texts: &[Spanned<String>]| texts.iter().map(|text| text.value.to_lowercase()).collect::<Vec<_>>();
        all.names.extend(added.names.iter().map(|name| fold(&name.value)));
        all.local_parts.extend(lower(&added.local_parts));
        all.hosts.extend(lower(&added.hosts));
        all.addresses.extend(lower(&added.addresses));
        let with = all.text();
        if with != before {
            all.added = with;
        }
        all
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("plain data has no value that JSON lacks")
    }

    /// What tells these values from others.
    #[must_use]
    pub fn digest(&self) -> Hash {
        digest([SHIPPED, &self.added].concat().as_bytes())
    }

    /// Which evidence of a pair is void.
    #[must_use]
    pub fn void(&self, name: &str, address: &str) -> Vec<Void> {
        let mut void = Vec::new();
        if self.is_void_address(&Address::new(address)) {
            void.push(Void::Address);
        }
        let name = fold(name);
        if name.is_empty() || self.names.contains(&name) {
            void.push(Void::Name);
        }
        void
    }

    fn is_void_address(&self, address: &Address) -> bool {
        let ending = address.domain.rsplit('.').next().unwrap_or_default();
        address.local.is_empty()
            || address.domain.is_empty()
            || self.local_parts.contains(&address.local)
            || self.hosts.contains(&address.domain)
            || self.host_endings.contains(ending)
            || self.addresses.contains(&address.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_void_what_they_stand_for_and_nothing_else() {
        let placeholders = Placeholders::shipped();
        let void = |name, address| placeholders.void(name, address);
        assert_eq!(void("root", "root@build-7"), [Void::Address, Void::Name]);
        assert_eq!(void("Your Name", "you@example.com"), [Void::Address, Void::Name]);
        assert_eq!(void("Ada Lovelace", "ada@laptop.local"), [Void::Address]);
        assert_eq!(void("Ubuntu", "ada@example-corp.com"), [Void::Name]);
        assert_eq!(void("Ada Lovelace", ""), [Void::Address]);
        assert_eq!(void("Rooty Roots", "groot@marvel.org"), []);
    }
}
