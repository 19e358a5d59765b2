//! One repository, or what some of its people did in it: who did what in each period, and what was set aside.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::calendar::Calendar;
use super::row::Row;
use super::standing::Knowledge;
use super::team::pairs;
use super::trees::Trees;
use crate::data::cell::Cell;
use crate::data::history::Actor;
use crate::data::snapshot::Snapshot;
use crate::people::Affiliation;
use crate::plain::Day;

/// What a person did in the repository in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    pub person: u32,
    pub at: u16,
    pub weeks: u16,
    pub commits: u32,
    /// Those of them that no known organisation has a part in.
    pub alone: u32,
}

/// When a person came to the repository.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub person: u32,
    /// The number of the period, negative before the ones looked at.
    pub at: i32,
    pub day: Day,
}

/// What a known organisation's people did in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Employed {
    pub at: u16,
    pub organisation: u32,
    pub commits: u64,
    /// Those of them whose organisation is known from other commits of the person only.
    pub inherited: u64,
}

/// All commits of a period, by lane.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lanes {
    pub cell: Cell,
    pub date_mended: u32,
    pub co_authored: u32,
    /// All commits, counted apart from the lanes.
    pub all: u64,
}

/// What is known of a repository, whoever worked in it.
#[derive(Debug)]
pub(super) struct Frame {
    /// The number of the first period in which it is tracked.
    pub tracked_from: i32,
    pub knowledge: Vec<Knowledge>,
    /// Whether all of its history is known, down to the roots.
    pub is_whole: bool,
    /// By period: stands for the rules under which the snapshot was made, where there is one.
    pub rules: Vec<Option<u64>>,
}

/// What happened in a period.
#[derive(Debug)]
pub(super) struct Season {
    at: usize,
    pub lanes: Lanes,
    pub trees: Trees,
    /// Pairs of people, the smaller number first, who changed the same file; sorted.
    pub pairs: Vec<(u32, u32)>,
}

/// One in which nothing happened.
static QUIET: Season = Season::new(0);

impl Season {
    const fn new(at: usize) -> Self {
        Self { at, lanes: Lanes::NOTHING, trees: Trees::NOTHING, pairs: Vec::new() }
    }
}

/// One repository, or what some of its people did in it.
pub(super) struct Part {
    pub frame: Arc<Frame>,
    /// Its place in the registry, when it is all of a repository.
    pub place: Option<u32>,
    /// By person and period; periods looked at only.
    pub work: Vec<Work>,
    /// By person; over all of the history.
    pub firsts: Vec<First>,
    /// The number of the period in which the first of them came.
    pub began: Option<i32>,
    /// By period and organisation; periods looked at only.
    pub employed: Vec<Employed>,
    /// In order, without the quiet ones: of most organisations in most repositories there are few.
    seasons: Vec<Season>,
}

impl Part {
    /// What the rows say. `snapshots` are those of the repository, by period; `all_of_it` says whether the rows are
    /// all that the repository has.
    pub fn new(
        frame: Arc<Frame>,
        rows: &[&Row],
        snapshots: &[Option<&Snapshot>],
        all_of_it: bool,
        calendar: &Calendar,
    ) -> Self {
        let of_snapshot = if all_of_it { Trees::of_nobody } else { Trees::of_some };
        let mut part = Self {
            frame,
            place: None,
            work: Vec::new(),
            firsts: Vec::new(),
            began: None,
            employed: Vec::new(),
            seasons: Vec::new(),
        };
        for row in rows {
            part.add(row, snapshots, of_snapshot, calendar);
        }
        part.join_rows();
        part.pair_up(rows, snapshots);
        part.seasons.shrink_to_fit();
        part
    }

    fn add(
        &mut self,
        row: &Row,
        snapshots: &[Option<&Snapshot>],
        of_snapshot: fn(&Snapshot) -> Trees,
        calendar: &Calendar,
    ) {
        let commits = row.counted();
        if commits > 0 {
            let is_known = |first: &First| first.person == row.person && first.at <= row.at && first.day <= row.day;
            if !self.firsts.last().is_some_and(is_known) {
                self.firsts.push(First { person: row.person, at: row.at, day: row.day });
            }
        }
        let Ok(place) = usize::try_from(row.at) else { return };
        if place >= calendar.len() {
            return;
        }
        let season = self.season_mut(place);
        let is_first = season.lanes.cell.counted() == 0;
        season.lanes.add(&row.cell, row.actor);
        if commits == 0 {
            return;
        }
        if is_first {
            season.trees = snapshots[place].map_or(Trees::UNKNOWN, of_snapshot);
        }
        match (row.work, snapshots[place]) {
            (Some(work), Some(snapshot)) => season.trees.add(&snapshot.authors[work as usize]),
            // A snapshot has a row for every line with counted commits; one that lacks it is of other commits.
            _ => season.trees = Trees::UNKNOWN,
        }
        let at = u16::try_from(place).expect("there are fewer than 40,000 quarters");
        let alone = if row.employer.is_none() { commits } else { 0 };
        self.work.push(Work { person: row.person, at, weeks: row.cell.weeks, commits, alone });
        self.employed.extend(row.employer.map(|Affiliation { organisation, inherited }| {
            let commits = u64::from(commits);
            Employed { at, organisation, commits, inherited: if inherited { commits } else { 0 } }
        }));
    }

    /// Finds out who changed the same files.
    fn pair_up(&mut self, rows: &[&Row], snapshots: &[Option<&Snapshot>]) {
        let sets = |at: usize| snapshots[at].and_then(|snapshot| Some((snapshot.shared_files.as_ref()?, snapshot)));
        let mut people: Vec<Vec<Option<u32>>> = vec![Vec::new(); snapshots.len()];
        for row in rows {
            let Some((work, at)) = row.work.zip(usize::try_from(row.at).ok()) else { continue };
            if let Some((_, snapshot)) = sets(at) {
                people[at].resize(snapshot.authors.len(), None);
                people[at][work as usize] = Some(row.person);
            }
        }
        for (at, people) in people.iter().enumerate() {
            // Whoever is alone meets nobody, and most of an organisation's people are alone in a repository.
            if let Some((sets, _)) = sets(at)
                && people.iter().flatten().nth(1).is_some()
            {
                self.season_mut(at).pairs = pairs(sets, people);
            }
        }
    }

    /// Joins what the several lines of a person did.
    fn join_rows(&mut self) {
        self.work.sort_unstable_by_key(|work| (work.person, work.at));
        self.work.dedup_by(|next, kept| {
            let same = (next.person, next.at) == (kept.person, kept.at);
            if same {
                kept.commits += next.commits;
                kept.alone += next.alone;
                kept.weeks |= next.weeks;
            }
            same
        });
        join_employed(&mut self.employed);
        self.firsts.sort_unstable_by_key(|first| (first.person, first.at));
        self.firsts.dedup_by(|next, kept| {
            let same = next.person == kept.person;
            if same {
                kept.day = kept.day.min(next.day);
            }
            same
        });
        self.began = self.firsts.iter().map(|first| first.at).min();
    }

    /// What happened in a period.
    pub fn season(&self, at: usize) -> &Season {
        self.seasons.binary_search_by_key(&at, |season| season.at).map_or(&QUIET, |place| &self.seasons[place])
    }

    /// The same, to be added to.
    pub fn season_mut(&mut self, at: usize) -> &mut Season {
        let place = self.seasons.binary_search_by_key(&at, |season| season.at).unwrap_or_else(|place| {
            self.seasons.insert(place, Season::new(at));
            place
        });
        &mut self.seasons[place]
    }

    /// Whether it belongs to the corpus in a period.
    pub fn is_tracked(&self, at: usize) -> bool {
        self.frame.tracked_from <= i32::try_from(at).expect("there are fewer than 40,000 quarters")
    }

    /// Whether anything is known of a period.
    pub fn is_known(&self, at: usize) -> bool {
        self.frame.knowledge[at] != Knowledge::Unknown
    }

    /// Whether it counts in a period.
    pub fn counts(&self, at: usize) -> bool {
        self.is_tracked(at) && self.is_known(at)
    }

    /// Whether it belongs to the corpus in a period and is known to its end.
    pub fn is_closed(&self, at: usize) -> bool {
        self.is_tracked(at) && self.frame.knowledge[at] == Knowledge::Closed
    }
}

/// Joins what people of one organisation did in one period.
pub(super) fn join_employed(all: &mut Vec<Employed>) {
    all.sort_unstable_by_key(|one| (one.at, one.organisation));
    all.dedup_by(|next, kept| {
        let same = (next.at, next.organisation) == (kept.at, kept.organisation);
        if same {
            kept.commits += next.commits;
            kept.inherited += next.inherited;
        }
        same
    });
    all.shrink_to_fit();
}

/// Stands for how a snapshot was made: figures of two that differ in it aren't compared.
pub(super) fn rules(snapshot: &Snapshot) -> u64 {
    let mut hasher = DefaultHasher::new();
    (snapshot.depth as u8, &snapshot.diff, &snapshot.rules).hash(&mut hasher);
    hasher.finish()
}

impl Lanes {
    const NOTHING: Self = Self { cell: Cell::NOTHING, date_mended: 0, co_authored: 0, all: 0 };

    /// Adds what an author line did. What a bot or agent did is never a person's, whatever the miner took it for.
    fn add(&mut self, cell: &Cell, actor: Actor) {
        let lanes = [cell.own, cell.assisted, cell.agent, cell.bot, cell.imported, cell.shared, cell.merges];
        self.all += lanes.into_iter().map(u64::from).sum::<u64>();
        let mut cell = *cell;
        let counted = cell.counted();
        match actor {
            Actor::Person => {}
            Actor::Bot => cell = Cell { own: 0, assisted: 0, late: 0, bot: cell.bot + counted, ..cell },
            Actor::Agent => cell = Cell { own: 0, assisted: 0, late: 0, agent: cell.agent + counted, ..cell },
        }
        self.cell.add(&cell);
    }

    /// Adds the lanes of another repository.
    pub fn join(&mut self, other: &Self) {
        self.cell.add(&other.cell);
        self.date_mended += other.date_mended;
        self.co_authored += other.co_authored;
        self.all += other.all;
    }
}
