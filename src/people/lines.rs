//! The author lines of all histories in one row, numbered from 0 in the order given.

use std::collections::BTreeSet;

use super::evidence::Site;
use crate::data::cell::Cells;
use crate::data::history::{Actor, AuthorLine, History, Pair};
use crate::data::identity_key::Hash;
use crate::data::people::LineKey;
use crate::plain::sorted::Sorted;

/// What a line is of whose author nothing may be said.
static NOBODY: AuthorLine = AuthorLine {
    written: None,
    mapped: None,
    domain: None,
    actor: Actor::Person,
    first: None,
    last: None,
    active: Cells(Sorted::new()),
};

/// All author lines.
pub struct Lines<'a> {
    histories: &'a [History],
    rows: Vec<(u32, &'a AuthorLine)>,
    /// For each history its place among the sorted ids.
    places: Vec<u32>,
}

impl<'a> Lines<'a> {
    /// Lines of those who opted out since their repository was mined are those of nobody, as they will be then.
    pub fn new(histories: &'a [History], withdrawn: &[LineKey]) -> Self {
        let withdrawn: BTreeSet<LineKey> = withdrawn.iter().copied().collect();
        let is_withdrawn = |row: &AuthorLine| {
            row.written.as_ref().is_some_and(|&Pair { address, name, .. }| {
                [None, Some(name)].iter().any(|&name| withdrawn.contains(&LineKey { address, name }))
            })
        };
        let mut order: Vec<usize> = (0..histories.len()).collect();
        order.sort_by_key(|&history| &histories[history].repo);
        let mut places = vec![0; histories.len()];
        for (place, history) in (0..).zip(order) {
            places[history] = place;
        }
        let rows = (0..).zip(histories).flat_map(|(at, history)| history.authors.iter().map(move |row| (at, row)));
        let rows = rows.map(|(at, row)| (at, if !withdrawn.is_empty() && is_withdrawn(row) { &NOBODY } else { row }));
        Self { histories, rows: rows.collect(), places }
    }

    pub fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("a corpus has fewer than four billion author lines")
    }

    pub fn author(&self, line: u32) -> &'a AuthorLine {
        self.rows[line as usize].1
    }

    /// The id of a history's repository.
    pub fn repo(&self, history: u32) -> &'a str {
        &self.histories[history as usize].repo
    }

    /// How many lines each history has.
    pub fn counts(&self) -> impl Iterator<Item = usize> {
        self.histories.iter().map(|history| history.authors.len())
    }

    /// Each line with its number and history.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, &'a AuthorLine)> {
        (0..).zip(&self.rows).map(|(line, &(history, author))| (line, history, author))
    }

    /// The lines of those who opted out, history by history.
    pub fn withdrawn(&self) -> Vec<Vec<u32>> {
        let mut withdrawn = vec![Vec::new(); self.histories.len()];
        for (line, history, _) in self.iter().filter(|(_, _, author)| author.written.is_none()) {
            withdrawn[history as usize].push(line);
        }
        withdrawn
    }

    /// Where a line stands.
    pub fn site(&self, line: u32) -> Site {
        let history = self.rows[line as usize].0 as usize;
        let first = self.counts().take(history).sum::<usize>();
        Site { history, line: line as usize - first }
    }

    /// The pair that stands for a line in an editor's file; none for those who opted out.
    pub fn key(&self, line: u32) -> Option<LineKey> {
        let written = self.author(line).written.as_ref()?;
        Some(LineKey { address: written.address, name: Some(written.name) })
    }

    /// Sorts lines by what they are, whatever the order in which they were given.
    pub fn rank(&self, line: u32) -> (Option<(Hash, Hash)>, u32) {
        let (history, author) = self.rows[line as usize];
        (author.written.as_ref().map(|pair| (pair.address, pair.name)), self.places[history as usize])
    }
}

/// The pairs in which a line gives evidence: as written, and as mapped. None when there is nothing written, because
/// who opted out isn't looked for.
pub fn pairs(author: &AuthorLine) -> impl Iterator<Item = &Pair> {
    author.written.iter().flat_map(|written| std::iter::once(written).chain(author.mapped.as_deref()))
}
