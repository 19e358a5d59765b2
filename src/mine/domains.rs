//! Which domains may stand in a file in clear.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Address;
use crate::data::identity_key::{Hash, IdentityKey, Sort, digest};
use crate::data::organisations::{Organisations, is_under};

/// So many author lines of a repository make a domain more than somebody's own.
const SHARED_BY: usize = 3;

/// Domains of organisations and of mail for everybody, and the suffixes of academia.
#[derive(Clone, Debug)]
pub struct Domains {
    plain: Vec<String>,
    academia: Vec<String>,
}

impl Domains {
    /// From `data/orgs.yaml` and the shipped classes.
    #[must_use]
    pub fn new(organisations: &Organisations) -> Self {
        let sorted = |mut domains: Vec<String>| {
            domains.sort_unstable();
            domains.dedup();
            domains
        };
        let listed = organisations.organisations.iter().flat_map(|organisation| &organisation.domains);
        let listed = listed.map(|domain| domain.value.name().to_lowercase());
        let free = organisations.free_mail.iter().map(|domain| domain.to_lowercase());
        Self {
            plain: sorted(listed.chain(free).collect()),
            academia: sorted(organisations.academia.iter().map(|domain| domain.to_lowercase()).collect()),
        }
    }

    /// What tells this list from another.
    #[must_use]
    pub fn digest(&self) -> Hash {
        digest([self.plain.join("\n"), self.academia.join("\n")].join("\n\n").as_bytes())
    }

    /// What the file shows of each line's domain: the domain, or `~` and its key, or nothing where there is none.
    ///
    /// Of a listed domain the listed part is enough, of an academic one a label more: machines below it bear names.
    /// A domain counts as shared when lines with so many names and so many addresses use it.
    #[must_use]
    pub fn shown(&self, lines: &[(Address, Hash)], key: &IdentityKey) -> Vec<Option<String>> {
        let mut users: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<Hash>)> = BTreeMap::new();
        for (address, name) in lines {
            let (locals, names) = users.entry(&address.domain).or_default();
            locals.insert(&address.local);
            names.insert(*name);
        }
        let is_shared =
            |domain: &str| users.get(domain).is_some_and(|(locals, names)| locals.len().min(names.len()) >= SHARED_BY);
        let show = |(address, _): &(Address, Hash)| {
            let domain = &address.domain;
            if domain.is_empty() {
                return None;
            }
            let clear = address.has_plain_domain().then(|| self.listed(domain)).flatten();
            let clear = clear.or_else(|| {
                (address.has_plain_domain() && (address.is_no_reply() || is_shared(domain))).then_some(domain.as_str())
            });
            Some(clear.map_or_else(|| format!("~{}", key.hash(Sort::Domain, domain)), str::to_owned))
        };
        lines.iter().map(show).collect()
    }

    /// The longest listed domain that a domain is or lies under; of academia, and one label more.
    fn listed<'a>(&self, domain: &'a str) -> Option<&'a str> {
        let longest = |list: &[String]| list.iter().filter(|listed| is_under(domain, listed)).map(String::len).max();
        let cut = |length: usize| &domain[domain.len() - length..];
        match (longest(&self.plain), longest(&self.academia)) {
            (Some(plain), academic) if academic.is_none_or(|academic| academic <= plain) => Some(cut(plain)),
            (_, Some(academic)) => {
                let above = domain[..domain.len() - academic].trim_end_matches('.');
                let label = above.rsplit('.').next().map_or(0, |label| label.len() + usize::from(!label.is_empty()));
                Some(cut(academic + label))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_of_ones_own_is_hashed_until_three_lines_use_it() {
        let organisations = Organisations::default().with_shipped();
        let domains = Domains::new(&organisations);
        let key = IdentityKey::new("a key for tests");
        let shown = |texts: &[&str]| {
            let name = |text: &str| key.hash(Sort::Name, text);
            let lines: Vec<_> = texts.iter().map(|text| (Address::new(text), name(text))).collect();
            domains.shown(&lines, &key)
        };
        let own = shown(&[
            "ada@lovelace.name",
            "a@lovelace.name",
            "x@gmail.com",
            "y@cs.mit.edu",
            "z",
            "1+b@users.noreply.github.com",
        ]);
        assert!(own[0].as_deref().is_some_and(|text| text.starts_with('~') && text.len() == 17));
        assert_eq!(own[0], own[1]);
        assert_eq!(own[2].as_deref(), Some("gmail.com"));
        assert_eq!(own[3].as_deref(), Some("mit.edu"));
        assert_eq!(own[4], None);
        assert_eq!(own[5].as_deref(), Some("users.noreply.github.com"));
        let shared = shown(&["ada@firm.example", "b@firm.example", "c@firm.example"]);
        assert_eq!(shared[0].as_deref(), Some("firm.example"));
    }
}
