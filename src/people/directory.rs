//! Finds author lines by their keys, and persons by their lines.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Site;
use super::roster::Roster;
use crate::data::history::{Actor, AuthorLine, History};
use crate::data::people::LineKey;

/// The lines of a corpus that may be spoken of: those of nobody who opted out.
pub struct Directory<'a> {
    histories: &'a [History],
    roster: &'a Roster,
    sites: BTreeMap<LineKey, Vec<Site>>,
    of_person: BTreeMap<u32, Vec<Site>>,
}

impl<'a> Directory<'a> {
    /// `roster` has to be that of `histories`.
    #[must_use]
    pub fn new(histories: &'a [History], roster: &'a Roster) -> Self {
        let mut directory = Self { histories, roster, sites: BTreeMap::new(), of_person: BTreeMap::new() };
        for (at, history) in histories.iter().enumerate() {
            for line in 0..history.authors.len() {
                let site = Site { history: at, line };
                if let Some(key) = directory.key(site) {
                    directory.sites.entry(key).or_default().push(site);
                    directory.of_person.entry(directory.person(site)).or_default().push(site);
                }
            }
        }
        directory
    }

    /// The row at a site.
    #[must_use]
    pub fn author(&self, site: Site) -> &'a AuthorLine {
        &self.histories[site.history].authors[site.line]
    }

    /// The id of the repository.
    #[must_use]
    pub fn repo(&self, site: Site) -> &'a str {
        &self.histories[site.history].repo
    }

    /// The index of the person.
    #[must_use]
    pub fn person(&self, site: Site) -> u32 {
        self.roster.of_line[site.history][site.line]
    }

    /// What a person is.
    #[must_use]
    pub fn actor(&self, person: u32) -> Actor {
        self.roster.persons[person as usize].actor
    }

    /// The pair that stands for a line; none for those who opted out.
    #[must_use]
    pub fn key(&self, site: Site) -> Option<LineKey> {
        let pair = self.author(site).written.as_ref()?;
        let is_withdrawn = self.roster.persons[self.person(site) as usize].is_withdrawn();
        (!is_withdrawn).then_some(LineKey { address: pair.address, name: Some(pair.name) })
    }

    /// Where the lines of a key stand, in all repositories.
    #[must_use]
    pub fn sites(&self, key: LineKey) -> BTreeSet<Site> {
        let from = LineKey { address: key.address, name: None };
        let found = self.sites.range(from..).take_while(|(other, _)| other.address == key.address);
        found.filter(|(other, _)| key.covers(**other)).flat_map(|(_, sites)| sites).copied().collect()
    }

    /// The persons who have lines of a key.
    #[must_use]
    pub fn persons(&self, key: LineKey) -> BTreeSet<u32> {
        self.sites(key).into_iter().map(|site| self.person(site)).collect()
    }

    /// All persons who have lines.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        self.of_person.keys().copied()
    }

    /// The lines of a person.
    #[must_use]
    pub fn lines(&self, person: u32) -> &[Site] {
        self.of_person.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The counted commits of a line, in all periods.
    #[must_use]
    pub fn commits(&self, site: Site) -> u64 {
        self.author(site).active.0.values().map(|cell| u64::from(cell.counted())).sum()
    }

    /// The counted commits of a person.
    #[must_use]
    pub fn commits_of(&self, person: u32) -> u64 {
        self.lines(person).iter().map(|&site| self.commits(site)).sum()
    }

    /// The shortest key that means this line and nobody else's: its address, if all lines of that are the person's.
    #[must_use]
    pub fn handle(&self, key: LineKey) -> LineKey {
        let address = LineKey { address: key.address, name: None };
        if self.persons(address).len() == 1 { address } else { key }
    }
}
