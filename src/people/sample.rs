//! Histories for tests, from names and addresses in clear.

use std::path::PathBuf;

use crate::data::cell::{Cell, Cells};
use crate::data::document::{Document, parse};
use crate::data::history::{Account, Actor, AuthorLine, History, Pair, Status, Void};
use crate::data::identity_key::{Hash, IdentityKey, Sort, words};
use crate::data::people::People;

/// An author line in clear.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub written: (String, String),
    pub mapped: Option<(String, String)>,
    pub actor: Actor,
    pub active: Vec<(String, u32)>,
}

pub fn row(name: &str, address: &str) -> Row {
    let written = (name.to_owned(), address.to_owned());
    Row { written, mapped: None, actor: Actor::Person, active: Vec::new() }
}

impl Row {
    pub fn mapped(mut self, name: &str, address: &str) -> Self {
        self.mapped = Some((name.to_owned(), address.to_owned()));
        self
    }

    pub fn actor(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    pub fn active(mut self, period: &str, commits: u32) -> Self {
        self.active.push((period.to_owned(), commits));
        self
    }

    fn line(&self, key: &IdentityKey) -> AuthorLine {
        let cells = self
            .active
            .iter()
            .map(|(period, own)| (period.parse().expect("a period"), Cell { own: *own, ..Cell::default() }));
        AuthorLine {
            written: Some(pair(&self.written, key)),
            mapped: self.mapped.as_ref().map(|mapped| Box::new(pair(mapped, key))),
            domain: self.written.1.split_once('@').map(|(_, domain)| domain.to_owned()),
            actor: self.actor,
            first: None,
            last: None,
            active: Cells(cells.collect()),
        }
    }
}

fn pair((name, address): &(String, String), key: &IdentityKey) -> Pair {
    let mut void = Vec::new();
    if address.ends_with("@localhost") {
        void.push(Void::Address);
    }
    if name == "Your Name" {
        void.push(Void::Name);
    }
    let account = address.split_once("@users.noreply.").map(|(local, host)| {
        let (number, login) = match local.split_once(['+', '-']) {
            Some((number, login)) => (Some(key.hash(Sort::Account, number)), login),
            None => (None, local),
        };
        Account { forge: host.to_owned(), login: Some(key.hash(Sort::Login, login)), number }
    });
    let words = u32::try_from(words(name).count()).expect("a short name");
    Pair {
        address: key.hash(Sort::Address, address),
        name: key.hash(Sort::Name, name),
        words,
        account: account.map(Box::new),
        void,
    }
}

/// A history with its rows sorted as in a file.
pub fn history_with(key: &IdentityKey, repo: &str, rows: &[Row]) -> History {
    let mut authors: Vec<AuthorLine> = rows.iter().map(|row| row.line(key)).collect();
    authors.sort_by_key(|line| line.written.as_ref().map(|pair| (pair.address, pair.name)));
    History { authors, reason: None, ..History::unmined(repo, Status::Mined, "") }
}

pub fn key() -> IdentityKey {
    IdentityKey::new("a key for tests")
}

pub fn history(repo: &str, rows: &[Row]) -> History {
    history_with(&key(), repo, rows)
}

pub fn address(text: &str) -> Hash {
    key().hash(Sort::Address, text)
}

/// `people.yaml`, in which `<address>` stands for its key and `<name|address>` for a line.
pub fn people_with(key: &IdentityKey, text: &str) -> Document<People> {
    let mut yaml = String::new();
    for part in text.split('<') {
        if let Some((line, rest)) = part.split_once('>') {
            let (name, address) = line.split_once('|').map_or((None, line), |(name, address)| (Some(name), address));
            let name = name.map_or_else(String::new, |name| format!("/{}", key.hash(Sort::Name, name)));
            yaml.extend(["\"", &key.hash(Sort::Address, address).to_string(), &name, "\""]);
            yaml += rest;
        } else {
            yaml += part;
        }
    }
    let file = PathBuf::from("data/people.yaml");
    let value = if yaml.is_empty() { People::default() } else { parse(&file, &yaml).expect("the test's own file") };
    Document { file, text: yaml, value }
}

pub fn people(text: &str) -> Document<People> {
    people_with(&key(), text)
}
