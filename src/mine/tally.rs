//! Every commit counted in its period and lane, under its author line.

use std::collections::BTreeMap;

use gix::ObjectId;

use super::authors::{Authors, Line};
use super::boundaries::{self, Plan, Slot};
use super::dates::{self, Dated};
use super::origin::Shared;
use super::portion::Counted;
use super::walk::{Record, Walk};
use crate::data::cell::Cell;
use crate::data::history::{Actor, AuthorLine, Notes};
use crate::plain::{Day, Period};

/// What one author line did.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: BTreeMap<Period, Cell>,
    first: Option<Day>,
    last: Option<Day>,
}

impl Row {
    /// As it stands in the file.
    #[must_use]
    pub fn with(self, line: Line) -> AuthorLine {
        AuthorLine {
            written: line.written,
            mapped: line.mapped.map(Box::new),
            domain: line.domain,
            actor: line.actor,
            first: self.first,
            last: self.last,
            active: self.cells.into_iter().collect(),
        }
    }
}

/// Every commit counted where it belongs.
#[derive(Debug)]
pub struct Tally {
    /// Per author line.
    pub rows: Vec<Row>,
    /// Per period, what belongs to no author line.
    pub notes: BTreeMap<Period, Notes>,
    /// Per period and author line, the author dates of the counted commits.
    pub author_dates: BTreeMap<Period, BTreeMap<u32, Vec<i64>>>,
    /// Per period, the counted commits.
    pub counted: BTreeMap<Period, Vec<Counted>>,
    /// The first period with a commit.
    pub first_period: Option<Period>,
    dates: Vec<Dated>,
}

impl Tally {
    /// Counts a whole history.
    #[must_use]
    pub(super) fn new(walk: &Walk, plan: &Plan, authors: &Authors, shared: &Shared, tip: Option<ObjectId>) -> Self {
        let groups = boundaries::groups(walk, &plan.boundaries);
        let dates = dates::mend(walk, &plan.boundaries, &groups, tip);
        let mut tally = Self {
            rows: vec![Row::default(); authors.lines.len()],
            notes: BTreeMap::new(),
            author_dates: BTreeMap::new(),
            counted: BTreeMap::new(),
            first_period: None,
            dates,
        };
        for (at, record) in walk.records.iter().enumerate() {
            let line = authors.of_pair[record.author as usize];
            let actor = authors.lines[line as usize].actor;
            let when = tally.dates[at];
            let slot = boundaries::slot(&plan.boundaries, groups[at], Day::of_seconds(when.seconds));
            let slot = Slot { is_shared: shared.holds(&walk.ids[at], slot.period), ..slot };
            tally.count((at, record), line, actor, when, slot);
        }
        tally
    }

    fn count(&mut self, (at, record): (usize, &Record), line: u32, actor: Actor, when: Dated, slot: Slot) {
        let period = slot.period;
        self.first_period = self.first_period.into_iter().chain([period]).min();
        let row = &mut self.rows[line as usize];
        let cell = row.cells.entry(period).or_default();
        if slot.is_shared {
            cell.shared += 1;
            return;
        }
        let notes = self.notes.entry(period).or_default();
        notes.date_mended += u32::from(when.is_mended);
        if record.is_merge {
            cell.merges += 1;
            return;
        }
        match (slot.is_imported, actor) {
            (true, _) => cell.imported += 1,
            (false, Actor::Agent) => cell.agent += 1,
            (false, Actor::Bot) => cell.bot += 1,
            (false, Actor::Person) => {
                *(if record.credits.agent { &mut cell.assisted } else { &mut cell.own }) += 1;
                cell.late += u32::from(slot.is_late);
                notes.co_authored += u32::from(record.credits.co_author);
                let day = Day::of_seconds(when.seconds);
                // A late commit is work that became visible when the period began.
                let week = if slot.is_late { period.first_week() } else { day.week() };
                let week = u8::try_from(week - period.first_week()).expect("a quarter touches 14 weeks");
                cell.weeks |= 1 << week;
                row.first = row.first.into_iter().chain([day]).min();
                row.last = row.last.max(Some(day));
                self.author_dates.entry(period).or_default().entry(line).or_default().push(record.authored);
                let at = u32::try_from(at).expect("the walk counts in 32 bits");
                self.counted.entry(period).or_default().push(Counted { at, line, week });
            }
        }
    }

    /// In a history that is cut off, everything after the last period that the cut may have touched.
    #[must_use]
    pub fn known_from(&self, walk: &Walk) -> Option<Period> {
        let latest = walk.cut.iter().map(|&at| self.dates[at as usize].seconds).max()?;
        Some(Period::of(Day::of_seconds(latest)).next())
    }
}
