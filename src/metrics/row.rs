//! What an author line did in a repository in a period: the smallest thing that figures are made of.

use super::calendar::Calendar;
use super::corpus::Corpus;
use crate::data::cell::Cell;
use crate::data::history::{Actor, AuthorLine, History};
use crate::data::identity_key::Hash;
use crate::data::snapshot::Snapshot;
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
    let index = LineIndex::new(history);
    let works: Vec<Vec<Option<u32>>> =
        snapshots.iter().map(|it| it.map_or_else(Vec::new, |it| index.works(it))).collect();
    let mut rows = Vec::with_capacity(history.authors.iter().map(|author| author.active.0.len()).sum());
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
                row.work = calendar.index(period).and_then(|at| works[at].get(line as usize).copied().flatten());
            }
            rows.push(row);
        }
    }
    rows
}

/// The lines of a history, found by what they are.
pub(super) struct LineIndex<'a>(Vec<(LineKey<'a>, u32)>);

/// The keys of an address and a name; absent in the row of those who opted out.
type LineKey<'a> = Option<(&'a Hash, &'a Hash)>;

impl<'a> LineIndex<'a> {
    pub fn new(history: &'a History) -> Self {
        let key = |author: &'a AuthorLine| author.written.as_ref().map(|pair| (&pair.address, &pair.name));
        let mut lines: Vec<_> = history.authors.iter().map(key).zip(0..).collect();
        // Files are sorted, so this is quick.
        lines.sort();
        Self(lines)
    }

    /// For each row of a snapshot the line that it is about, if there is one.
    pub fn lines_of<'s>(&'s self, snapshot: &'s Snapshot) -> impl Iterator<Item = Option<u32>> + 's {
        // Rows of a snapshot are sorted as well: the next one is found not far behind the one before.
        let mut from = 0;
        snapshot.authors.iter().map(move |work| {
            let key = work.address.as_ref().zip(work.name.as_ref());
            if self.0.get(from).is_some_and(|(before, _)| *before > key) {
                from = 0;
            }
            let at = from + self.0[from..].partition_point(|(other, _)| *other < key);
            from = at;
            self.0.get(at).filter(|(other, _)| *other == key).map(|(_, line)| *line)
        })
    }

    /// For each line the row of a snapshot that is about it, if there is one.
    fn works(&self, snapshot: &Snapshot) -> Vec<Option<u32>> {
        let mut works = vec![None; self.0.len()];
        for (line, work) in self.lines_of(snapshot).zip(0..) {
            if let Some(line) = line {
                works[line as usize] = Some(work);
            }
        }
        works
    }
}
