//! Author lines: each pair of name and address as keys, with what it is.

use std::collections::BTreeMap;

use super::address::Address;
use super::ident::decode;
use super::mailmap::Mailmap;
use super::rules::Rules;
use crate::data::history::{Account, Actor, Pair};
use crate::data::identity_key::{Hash, Sort, words};

/// An author line, but for what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As written; absent for all who opted out.
    pub written: Option<Pair>,
    /// As mapped, when the mailmap does.
    pub mapped: Option<Pair>,
    /// What the file shows of the domain.
    pub domain: Option<String>,
    /// Person, bot or agent.
    pub actor: Actor,
}

/// The author lines of a repository, sorted by their keys, and which of them each written pair belongs to.
#[derive(Debug)]
pub struct Authors {
    /// The lines.
    pub lines: Vec<Line>,
    /// For each pair as written, its line.
    pub of_pair: Vec<u32>,
}

/// Where a pair goes: the one line of all who opted out comes first.
type Place = Option<(Hash, Hash)>;

impl Authors {
    /// From the pairs as written in the commits. Pairs that differ in case or blanks only are one line.
    #[must_use]
    pub fn new(pairs: &[(Vec<u8>, Vec<u8>)], mailmap: Option<&Mailmap>, rules: &Rules) -> Self {
        let mut by_text: Vec<usize> = (0..pairs.len()).collect();
        by_text.sort_unstable_by_key(|&at| &pairs[at]);
        let mut places: Vec<Place> = vec![None; pairs.len()];
        // The line, and what decides how its domain is shown.
        let mut lines: BTreeMap<Place, (Line, (Address, Hash))> = BTreeMap::new();
        for at in by_text {
            let (name, address) = (&pairs[at].0, &pairs[at].1);
            let written = pair(name, address, rules);
            let place = (!rules.is_withdrawn(written.address, written.name)).then_some((written.address, written.name));
            places[at] = place;
            lines.entry(place).or_insert_with(|| {
                let Some(_) = place else {
                    let nobody = Line { written: None, mapped: None, domain: None, actor: Actor::Person };
                    return (nobody, (Address::new(""), written.name));
                };
                let mapped = mailmap.and_then(|mailmap| mailmap.map(name, address));
                let mapped = mapped.map(|(name, address)| pair(&name, &address, rules)).filter(|it| *it != written);
                let (name, address) = (decode(name), decode(address));
                let actor = rules.actors.actor(&name, &address);
                let name = written.name;
                let line = Line { written: Some(written), mapped, domain: None, actor };
                (line, (Address::new(&address), name))
            });
        }
        let order: BTreeMap<Place, u32> = lines.keys().copied().zip(0..).collect();
        let (mut lines, addresses): (Vec<Line>, Vec<_>) = lines.into_values().unzip();
        for (line, domain) in lines.iter_mut().zip(rules.domains.shown(&addresses, &rules.key)) {
            line.domain = domain;
        }
        Self { lines, of_pair: places.iter().map(|place| order[place]).collect() }
    }
}

fn pair(name: &[u8], address: &[u8], rules: &Rules) -> Pair {
    let (name, address) = (decode(name), decode(address));
    let key = &rules.key;
    let account = Address::new(&address).account().map(|account| Account {
        // The forge is part of what is hashed: one login on two forges is two accounts.
        login: Some(key.hash(Sort::Login, &format!("{}/{}", account.forge, account.login))),
        number: account.number.map(|number| key.hash(Sort::Account, &format!("{}/{number}", account.forge))),
        forge: account.forge,
    });
    Pair {
        address: key.hash(Sort::Address, &address),
        name: key.hash(Sort::Name, &name),
        words: u32::try_from(words(&name).count()).unwrap_or(u32::MAX),
        account: account.map(Box::new),
        void: rules.placeholders.void(&name, &address),
    }
}
