//! What an author line did in a repository in a period: the smallest thing that figures are made of.

use std::collections::HashMap;

use super::calendar::Calendar;
use super::corpus::Corpus;
use crate::data::cell::Cell;
use crate::data::history::{Actor, History};
use crate::data::identity_key::Hash;
use crate::data::snapshot::{AuthorWork, Snapshot};
use crate::people::Affiliation;
use crate::plain::Day;

/// What an author line did in a period.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub person: u32,
    pub actor: Actor,
    /// The number of the period, negative before the ones looked at.
    pub at: i32,
    /// The first day that is known of it: of the line's first counted commit, else the period's first.
    pub day: Day,
    pub cell: Cell,
    /// Whose work the counted commits are.
    pub employer: Option<Affiliation>,
    /// The row of the period's snapshot that is about the line.
    pub work: Option<u32>,
}

impl Row {
    /// Counted commits. What a bot or agent did is never a person's, whatever the miner took it for.
    pub fn counted(&self) -> u32 {
        if self.actor.is_person() { self.cell.counted() } else { 0 }
    }
}

/// All rows of the repository at place `place` of the registry, line by line in the order of periods.
pub(super) fn rows(corpus: &Corpus, place: usize, snapshots: &[Option<&Snapshot>], calendar: &Calendar) -> Vec<Row> {
    let history = &corpus.histories[place];
    let works: Vec<HashMap<u32, u32>> =
        snapshots.iter().map(|snapshot| snapshot.map_or_else(HashMap::new, |it| works(history, it))).collect();
    let mut rows = Vec::new();
    for (line, author) in (0_u32..).zip(&history.authors) {
        let person = corpus.roster.of_line[place][line as usize];
        let actor = corpus.roster.persons[person as usize].actor;
        let mut came = false;
        for (&period, cell) in &author.active.0 {
            let mut row = Row {
                person,
                actor,
                at: calendar.number(period),
                day: period.start(),
                cell: *cell,
                employer: None,
                work: None,
            };
            if row.counted() > 0 {
                row.day = author.first.filter(|_| !came).unwrap_or(row.day);
                came = true;
                row.employer = (corpus.affiliation)(place, line as usize, period);
                row.work = calendar.index(period).and_then(|at| works[at].get(&line).copied());
            }
            rows.push(row);
        }
    }
    rows
}

/// The rows of a snapshot, by line of the history.
fn works(history: &History, snapshot: &Snapshot) -> HashMap<u32, u32> {
    lines_of(history, snapshot).into_iter().zip(0..).filter_map(|(line, work)| Some((line?, work))).collect()
}

/// For each row of a snapshot the line of the history that it is about, if there is one.
pub(super) fn lines_of(history: &History, snapshot: &Snapshot) -> Vec<Option<u32>> {
    let mut lines: Vec<(Option<(Hash, Hash)>, u32)> = (0..)
        .zip(&history.authors)
        .map(|(line, author)| (author.written.as_ref().map(|pair| (pair.address, pair.name)), line))
        .collect();
    lines.sort_unstable();
    let find = |work: &AuthorWork| {
        let key = work.address.zip(work.name);
        lines.binary_search_by_key(&key, |(key, _)| *key).ok().map(|at| lines[at].1)
    };
    snapshot.authors.iter().map(find).collect()
}
