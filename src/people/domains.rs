//! Domains that several persons use and no organisation has.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::affiliation::is_mute;
use super::directory::Directory;
use crate::data::history::Actor;
use crate::data::organisations::{Organisations, is_under};

/// So many persons make a domain more than somebody's own.
const FEWEST: usize = 2;

/// A domain without an organisation, and how much it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclaimed {
    /// The domain.
    pub domain: String,
    /// How many persons wrote from it.
    pub persons: usize,
    /// Their counted commits from there.
    pub commits: u64,
    /// In how many repositories.
    pub repos: usize,
}

/// The domains in clear that at least two persons use and nobody listed, those with most persons first.
///
/// Mail for everybody, academia and addresses that take no mail are left out; `organisations` has to be with the shipped
/// classes.
#[must_use]
pub fn unclaimed(directory: &Directory<'_>, organisations: &Organisations) -> Vec<Unclaimed> {
    let owned = organisations.organisations.iter().flat_map(|one| &one.domains).map(|domain| domain.value.name());
    let classes = organisations.free_mail.iter().chain(&organisations.academia).map(String::as_str);
    let listed: Vec<String> = owned.chain(classes).map(str::to_lowercase).collect();
    let mut used: BTreeMap<&str, (BTreeSet<u32>, u64, BTreeSet<&str>)> = BTreeMap::new();
    for person in directory.all().filter(|&person| directory.actor(person) == Actor::Person) {
        for &site in directory.lines(person) {
            let author = directory.author(site);
            let Some(domain) = author.domain.as_deref().filter(|it| !it.starts_with('~') && !is_mute(author)) else {
                continue;
            };
            let (persons, commits, repos) = used.entry(domain).or_default();
            persons.insert(person);
            *commits += directory.commits(site);
            repos.insert(directory.repo(site));
        }
    }
    let open = used.into_iter().filter(|(domain, (persons, ..))| {
        persons.len() >= FEWEST && !listed.iter().any(|suffix| is_under(domain, suffix))
    });
    let row = |(domain, (persons, commits, repos)): (&str, (BTreeSet<u32>, u64, BTreeSet<&str>))| Unclaimed {
        domain: domain.to_owned(),
        persons: persons.len(),
        commits,
        repos: repos.len(),
    };
    let mut found: Vec<Unclaimed> = open.map(row).collect();
    found.sort_by_key(|one| (Reverse(one.persons), Reverse(one.commits), one.domain.clone()));
    found
}
