//! Persons who may be one, for an editor to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::Directory;
use super::lines::pairs;
use super::refusal::{Refusal, Rule, Why};
use crate::data::history::{Actor, Void};
use crate::data::identity_key::Hash;
use crate::data::people::People;

/// Persons who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Their counted commits but for those of the one with most: so many would become somebody else's.
    pub commits: u64,
    /// The persons, those with most commits first.
    pub persons: Vec<u32>,
    /// What speaks for it.
    pub reasons: BTreeSet<Reason>,
}

/// What speaks for one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An equal name of two or more words, in so many repositories.
    Name(usize),
    /// Evidence that was refused, and the repository for rules that look at one.
    Refused(Rule, Why, Option<String>),
}

/// All candidates, those with most commits first. What an editor decided already is left out, as are bots and agents.
#[must_use]
pub fn candidates(directory: &Directory<'_>, people: &People, refused: &[Refusal]) -> Vec<Candidate> {
    let apart = apart(directory, people);
    let mut groups: BTreeMap<BTreeSet<u32>, BTreeSet<Reason>> = BTreeMap::new();
    let mut add = |persons: &BTreeSet<u32>, reasons: BTreeSet<Reason>| {
        let is_open = |one: &u32| persons.iter().any(|other| other != one && !apart.contains(&(*one, *other)));
        let open: BTreeSet<u32> = persons.iter().copied().filter(is_open).collect();
        if open.len() > 1 {
            groups.entry(open).or_default().extend(reasons);
        }
    };
    let mut names = bearers(directory);
    for one in refused.iter().filter(|one| matches!(one.why, Why::Accounts | Why::NameOfTwoAccounts)) {
        let reason = Reason::Refused(one.rule, one.why, one.repo.clone());
        if one.rule == Rule::Name {
            if let Some(name) = names.get_mut(&one.key) {
                name.refused.insert(reason);
            }
            continue;
        }
        let is_here = |repo: &str| one.repo.as_ref().is_none_or(|wanted| wanted == repo);
        let sites = one.lines.iter().flat_map(|key| directory.sites(*key));
        let sites = sites.filter(|site| is_here(directory.repo(*site)));
        let persons = sites.map(|site| directory.person(site)).filter(|&it| directory.actor(it) == Actor::Person);
        add(&persons.collect(), BTreeSet::from([reason]));
    }
    for name in names.into_values() {
        let mut reasons = name.refused;
        if name.repos.len() > 1 {
            reasons.insert(Reason::Name(name.repos.len()));
        }
        add(&name.persons, reasons);
    }
    let candidate = |(persons, reasons): (BTreeSet<u32>, BTreeSet<Reason>)| {
        let mut ranked: Vec<(u64, u32)> = persons.into_iter().map(|one| (directory.commits_of(one), one)).collect();
        ranked.sort_by_key(|&(commits, person)| (std::cmp::Reverse(commits), person));
        let commits = ranked[1..].iter().map(|(commits, _)| commits).sum();
        Candidate { commits, persons: ranked.into_iter().map(|(_, person)| person).collect(), reasons }
    };
    let mut found: Vec<Candidate> = groups.into_iter().map(candidate).collect();
    found.sort_by(|a, b| (b.commits, &a.persons).cmp(&(a.commits, &b.persons)));
    found
}

/// Who bears a name, and where.
#[derive(Default)]
struct Name<'a> {
    persons: BTreeSet<u32>,
    repos: BTreeSet<&'a str>,
    refused: BTreeSet<Reason>,
}

/// The bearers of each name of two or more words.
fn bearers<'a>(directory: &Directory<'a>) -> BTreeMap<Hash, Name<'a>> {
    let mut names: BTreeMap<Hash, Name<'a>> = BTreeMap::new();
    for person in directory.all().filter(|&person| directory.actor(person) == Actor::Person) {
        for &site in directory.lines(person) {
            for pair in pairs(directory.author(site)).filter(|it| it.words >= 2 && !it.void.contains(&Void::Name)) {
                let name = names.entry(pair.name).or_default();
                name.persons.insert(person);
                name.repos.insert(directory.repo(site));
            }
        }
    }
    names
}

/// The pairs of persons, either way round, that an editor keeps apart.
fn apart(directory: &Directory<'_>, people: &People) -> BTreeSet<(u32, u32)> {
    let mut apart = BTreeSet::new();
    for list in &people.never_merge {
        let entries: Vec<BTreeSet<u32>> = list.value.iter().map(|key| directory.persons(*key)).collect();
        for (at, one) in entries.iter().enumerate() {
            for other in entries.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, other)| other) {
                apart.extend(one.iter().map(|one| (*one, *other)));
            }
        }
    }
    apart
}
