//! Which domains may stand in a file in clear.

use std::collections::BTreeMap;

use super::address::Address;
use crate::data::identity_key::{Hash, IdentityKey, Sort, digest};
use crate::data::organisations::{Organisations, is_under};

/// So many author lines of a repository make a domain more than somebody's own.
const SHARED_BY: usize = 3;

/// Domains of organisations and of mail for everybody.
#[derive(Clone, Debug)]
pub struct Domains(Vec<String>);

impl Domains {
    /// From `data/orgs.yaml` and the shipped classes.
    #[must_use]
    pub fn new(organisations: &Organisations) -> Self {
        let listed = organisations.organisations.iter().flat_map(|organisation| &organisation.domains);
        let mut domains: Vec<String> = listed.map(|domain| domain.value.name().to_lowercase()).collect();
        domains.extend(organisations.free_mail.iter().chain(&organisations.academia).map(|it| it.to_lowercase()));
        domains.sort_unstable();
        domains.dedup();
        Self(domains)
    }

    /// What tells this list from another.
    #[must_use]
    pub fn digest(&self) -> Hash {
        digest(self.0.join("\n").as_bytes())
    }

    /// What the file shows of each address's domain: the domain, or `~` and its key, or nothing where there is none.
    #[must_use]
    pub fn shown(&self, addresses: &[Address], key: &IdentityKey) -> Vec<Option<String>> {
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for address in addresses {
            *lines.entry(&address.domain).or_default() += 1;
        }
        let show = |address: &Address| {
            if address.domain.is_empty() {
                return None;
            }
            let is_known = || self.0.iter().any(|domain| is_under(&address.domain, domain));
            let is_clear = address.has_plain_domain()
                && (lines[address.domain.as_str()] >= SHARED_BY || address.is_no_reply() || is_known());
            Some(if is_clear {
                address.domain.clone()
            } else {
                format!("~{}", key.hash(Sort::Domain, &address.domain))
            })
        };
        addresses.iter().map(show).collect()
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
            let addresses: Vec<Address> = texts.iter().map(|text| Address::new(text)).collect();
            domains.shown(&addresses, &key)
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
        assert_eq!(own[3].as_deref(), Some("cs.mit.edu"));
        assert_eq!(own[4], None);
        assert_eq!(own[5].as_deref(), Some("users.noreply.github.com"));
        let shared = shown(&["ada@firm.example", "b@firm.example", "c@firm.example"]);
        assert_eq!(shared[0].as_deref(), Some("firm.example"));
    }
}
