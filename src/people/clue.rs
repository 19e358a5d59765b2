//! Evidence: lines under the keys that they share.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::account::account;
use super::lines::{Lines, pairs};
use crate::data::history::{Actor, Pair, Void};
use crate::data::identity_key::Hash;

/// A line under a key. Lines under one key, of one actor, are evidence for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clue {
    /// Where keys are compared: a history for the rules that look at one repository, a forge for accounts.
    pub scope: u32,
    pub key: Hash,
    pub actor: Actor,
    pub line: u32,
    /// Two lines that are both silent are no evidence for each other.
    pub speaks: bool,
}

impl Clue {
    pub fn shares_key(&self, other: &Self) -> bool {
        (self.scope, self.key) == (other.scope, other.key)
    }
}

/// The clues of every rule that looks at what lines share. None depends on what an earlier rule joined.
pub struct Clues {
    pub mailmap: Vec<Clue>,
    pub addresses: Vec<Clue>,
    pub accounts: Vec<Clue>,
    pub names: Vec<Clue>,
}

impl Clues {
    pub fn new(lines: &Lines<'_>, forges: &BTreeMap<&str, u32>) -> Self {
        let ((mailmap, addresses), (accounts, names)) = rayon::join(
            || rayon::join(|| mailmap(lines), || addresses(lines)),
            || rayon::join(|| accounts(lines, forges), || names(lines)),
        );
        Self { mailmap, addresses, accounts, names }
    }
}

fn is_void(pair: &Pair, what: Void) -> bool {
    pair.void.contains(&what)
}

/// Sorted by key. What looks at one repository at a time is gathered in order of it, and smaller parts sort faster.
fn sorted(mut clues: Vec<Clue>) -> Vec<Clue> {
    if !clues.is_sorted_by_key(|clue| clue.scope) {
        clues.par_sort_unstable_by_key(|clue| clue.scope);
    }
    clues.par_chunk_by_mut(|a, b| a.scope == b.scope).for_each(|part| {
        part.par_sort_unstable_by_key(|clue| (clue.key, clue.actor, clue.line, clue.speaks));
    });
    clues
}

/// Within a repository, the address that each line is mapped to. A line that the mailmap leaves alone is mapped to its
/// own address, but says nothing about another such line. A placeholder isn't somebody to be mapped to.
fn mailmap(lines: &Lines<'_>) -> Vec<Clue> {
    let mut uses = vec![false; lines.counts().count()];
    for (_, history, author) in lines.iter() {
        uses[history as usize] |= author.mapped.is_some();
    }
    let clue = |(line, scope, author): (u32, u32, &crate::data::history::AuthorLine)| {
        let pair = pairs(author).last().filter(|pair| !is_void(pair, Void::Address))?;
        Some(Clue { scope, key: pair.address, actor: author.actor, line, speaks: author.mapped.is_some() })
    };
    sorted(lines.iter().filter(|&(_, history, _)| uses[history as usize]).filter_map(clue).collect())
}

/// Addresses in all repositories, as written and as mapped.
fn addresses(lines: &Lines<'_>) -> Vec<Clue> {
    let clues = lines.iter().flat_map(|(line, _, author)| {
        let pairs = pairs(author).filter(|pair| !is_void(pair, Void::Address));
        pairs.map(move |pair| Clue { scope: 0, key: pair.address, actor: author.actor, line, speaks: true })
    });
    sorted(clues.collect())
}

/// Logins and account numbers in all repositories.
fn accounts(lines: &Lines<'_>, forges: &BTreeMap<&str, u32>) -> Vec<Clue> {
    let mut clues = Vec::new();
    for (line, _, author) in lines.iter() {
        for account in pairs(author).filter_map(account) {
            let forge = forges[account.forge.as_str()];
            let keys = [(forge * 2, account.login), (forge * 2 + 1, account.number)];
            let keys = keys.into_iter().filter_map(|(scope, key)| Some((scope, key?)));
            clues.extend(keys.map(|(scope, key)| Clue { scope, key, actor: author.actor, line, speaks: true }));
        }
    }
    sorted(clues)
}

/// Within a repository, names of two or more words.
fn names(lines: &Lines<'_>) -> Vec<Clue> {
    let clues = lines.iter().flat_map(|(line, scope, author)| {
        let pairs = pairs(author).filter(|pair| pair.words >= 2 && !is_void(pair, Void::Name));
        pairs.map(move |pair| Clue { scope, key: pair.name, actor: author.actor, line, speaks: true })
    });
    sorted(clues.collect())
}
