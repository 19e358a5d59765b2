//! Accounts on forges: which account a line is of, and which accounts are one person's.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::groups::Groups;
use super::lines::{Lines, pairs};
use super::veto::Stand;
use crate::data::history::{Account, Pair, Void};
use crate::data::identity_key::Hash;

/// The accounts of all lines, with forges numbered by name and accounts from 0.
pub struct Accounts {
    /// Line, forge, account; by account.
    of_line: Vec<(u32, u32, u32)>,
    /// How many accounts there are.
    count: u32,
    /// How many forges there are.
    pub forges: u32,
}

/// The account that a pair names. A placeholder for an address names none: the account is read from the address.
pub fn account(pair: &Pair) -> Option<&Account> {
    pair.account.as_deref().filter(|_| !pair.void.contains(&Void::Address))
}

/// The forges of a corpus, numbered by name.
pub fn forges<'a>(lines: &Lines<'a>) -> BTreeMap<&'a str, u32> {
    let accounts = lines.iter().flat_map(|(_, _, author)| pairs(author)).filter_map(account);
    let mut forges = BTreeMap::new();
    for account in accounts {
        forges.entry(account.forge.as_str()).or_insert(0);
    }
    forges.values_mut().zip(0..).for_each(|(number, at)| *number = at);
    forges
}

impl Accounts {
    /// An account is its number. A login without a number is the account of the one number that it occurs with
    /// anywhere; if there is none, or if a login was handed on and there are several, it is an account by itself.
    pub fn new(lines: &Lines<'_>, forges: &BTreeMap<&str, u32>) -> Self {
        let named: Vec<(u32, u32, &Account)> = lines
            .iter()
            .flat_map(|(line, _, author)| pairs(author).filter_map(account).map(move |account| (line, account)))
            .map(|(line, account)| (line, forges[account.forge.as_str()], account))
            .collect();
        let mut numbers: Vec<(u32, Hash, Hash)> =
            named.iter().filter_map(|&(_, forge, account)| Some((forge, account.login?, account.number?))).collect();
        numbers.par_sort_unstable();
        numbers.dedup();
        let identity = |forge: u32, account: &Account| -> Option<(u32, bool, Hash)> {
            if let Some(number) = account.number {
                return Some((forge, true, number));
            }
            let login = account.login?;
            let from = numbers.partition_point(|&(f, l, _)| (f, l) < (forge, login));
            let to = numbers.partition_point(|&(f, l, _)| (f, l) <= (forge, login));
            match &numbers[from..to] {
                [(_, _, number)] => Some((forge, true, *number)),
                _ => Some((forge, false, login)),
            }
        };
        let mut known: Vec<((u32, bool, Hash), u32)> =
            named.iter().filter_map(|&(line, forge, account)| Some((identity(forge, account)?, line))).collect();
        known.par_sort_unstable();
        let accounts = || (0..).zip(known.chunk_by(|a, b| a.0 == b.0));
        let mut of_line = Vec::with_capacity(known.len());
        for (number, same) in accounts() {
            of_line.extend(same.iter().map(|&((forge, ..), line)| (line, forge, number)));
        }
        let small = |count| u32::try_from(count).expect("there are fewer accounts than lines");
        Self { of_line, count: small(accounts().count()), forges: small(forges.len()) }
    }

    /// For each line with an account the side that it is on: one veto per forge, one side per account.
    ///
    /// Accounts that one group holds are one side: an editor or a mailmap, which alone may do so, said that one person
    /// has them, and from there on they are one account wherever they occur. So a veto has at most one side in each
    /// group, and a line of either account may join the group that holds both.
    pub fn sides(&self, groups: &mut Groups) -> Vec<Stand> {
        let mut joined = Groups::new(self.count);
        let mut held: Vec<(u32, u32, u32)> =
            self.of_line.iter().map(|&(line, forge, account)| (groups.find(line), forge, account)).collect();
        held.par_sort_unstable();
        for same in held.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            joined.join_all(same.iter().map(|&(_, _, account)| account));
        }
        let side = |&(line, forge, account): &(u32, u32, u32)| (line, forge, joined.find(account));
        self.of_line.iter().map(side).map(|(line, veto, side)| Stand { line, veto, side }).collect()
    }
}
