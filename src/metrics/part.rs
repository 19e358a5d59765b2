//! One repository, prepared: what each person did in it, by period, and what was set aside.

use std::collections::HashMap;

use super::calendar::Calendar;
use super::corpus::Corpus;
use super::standing::{Knowledge, knowledge};
use crate::data::cell::Cell;
use crate::data::history::{Actor, State};
use crate::data::registry::Repo;
use crate::data::snapshot::Snapshot;
use crate::plain::{Day, Period};

/// What a person did in the repository in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    pub person: u32,
    pub at: u16,
    pub commits: u32,
    pub weeks: u16,
}

/// When a person came to the repository.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub person: u32,
    /// The number of the period, negative before the ones looked at.
    pub at: i32,
    pub day: Day,
}

/// What an organisation's people did; a person without one is an organisation of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Employed {
    pub at: u16,
    pub employer: u64,
    pub commits: u32,
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

/// One repository.
pub(super) struct Part {
    /// The number of the first period in which it is tracked.
    pub tracked_from: i32,
    pub knowledge: Vec<Knowledge>,
    /// Whether all of its history is known, down to the roots.
    pub is_whole: bool,
    /// By person and period; periods looked at only.
    pub work: Vec<Work>,
    /// By person; over all of the history.
    pub firsts: Vec<First>,
    /// Unsorted; periods looked at only.
    pub employed: Vec<Employed>,
    pub lanes: Vec<Lanes>,
    /// Seconds of work, by period; absent where there were commits and no snapshot.
    pub seconds: Vec<Option<u64>>,
}

/// Snapshots by repository and period.
pub(super) type Snapshots<'a> = HashMap<(&'a str, Period), &'a Snapshot>;

/// An organisation's number is below this; a person's own is added to it.
const PERSONS: u64 = 1 << 32;

impl Part {
    /// The repository at place `place` of the registry.
    pub fn new(corpus: &Corpus, place: usize, repo: &Repo, snapshots: &Snapshots, calendar: &Calendar) -> Self {
        let history = &corpus.histories[place];
        let mut part = Self {
            tracked_from: repo.tracked.map_or(i32::MIN, |period| calendar.number(period)),
            knowledge: calendar.periods().map(|period| knowledge(history, period, corpus.as_of)).collect(),
            is_whole: history.state.as_ref().is_none_or(State::is_whole),
            work: Vec::new(),
            firsts: Vec::new(),
            employed: Vec::new(),
            lanes: vec![Lanes::default(); calendar.len()],
            seconds: Vec::new(),
        };
        for line in 0..history.authors.len() {
            part.add_line(corpus, place, line, calendar);
        }
        part.join_lines();
        for (&period, notes) in &history.periods {
            if let Some(at) = calendar.index(period) {
                part.lanes[at].date_mended += notes.date_mended;
                part.lanes[at].co_authored += notes.co_authored;
            }
        }
        let seconds_of = |snapshot: &&Snapshot| snapshot.authors.iter().map(|author| author.work_seconds).sum();
        for (period, lanes) in calendar.periods().zip(&part.lanes) {
            let nothing = (lanes.cell.counted() == 0).then_some(0);
            part.seconds.push(snapshots.get(&(history.repo.as_str(), period)).map(seconds_of).or(nothing));
        }
        part
    }

    fn add_line(&mut self, corpus: &Corpus, place: usize, line: usize, calendar: &Calendar) {
        let author = &corpus.histories[place].authors[line];
        let person = corpus.roster.of_line[place][line];
        let actor = corpus.roster.persons[person as usize].actor;
        let mut first = None;
        for (&period, cell) in &author.active.0 {
            let counted = actor.is_person() && cell.counted() > 0;
            if counted {
                first = first.or(Some(period));
            }
            let Some(at) = calendar.index(period) else { continue };
            self.lanes[at].add(cell, actor);
            if counted {
                let employer = (corpus.affiliation)(place, line, period);
                let employer = employer.map_or(PERSONS + u64::from(person), u64::from);
                let at = u16::try_from(at).expect("there are fewer than 40,000 quarters");
                self.work.push(Work { person, at, commits: cell.counted(), weeks: cell.weeks });
                self.employed.push(Employed { at, employer, commits: cell.counted() });
            }
        }
        if let Some(period) = first {
            let day = author.first.unwrap_or_else(|| period.start());
            self.firsts.push(First { person, at: calendar.number(period), day });
        }
    }

    /// Joins what the several lines of a person did.
    fn join_lines(&mut self) {
        self.work.sort_unstable_by_key(|work| (work.person, work.at));
        self.work.dedup_by(|next, kept| {
            let same = (next.person, next.at) == (kept.person, kept.at);
            if same {
                kept.commits += next.commits;
                kept.weeks |= next.weeks;
            }
            same
        });
        self.firsts.sort_unstable_by_key(|first| first.person);
        self.firsts.dedup_by(|next, kept| {
            let same = next.person == kept.person;
            if same {
                kept.at = kept.at.min(next.at);
                kept.day = kept.day.min(next.day);
            }
            same
        });
    }

    /// Whether it belongs to the corpus in a period.
    pub fn is_tracked(&self, at: usize) -> bool {
        self.tracked_from <= i32::try_from(at).expect("there are fewer than 40,000 quarters")
    }

    /// Whether anything is known of a period.
    pub fn is_known(&self, at: usize) -> bool {
        self.knowledge[at] != Knowledge::Unknown
    }

    /// Whether it counts in a period.
    pub fn counts(&self, at: usize) -> bool {
        self.is_tracked(at) && self.is_known(at)
    }

    /// Whether it belongs to the corpus in a period and is known to its end.
    pub fn is_closed(&self, at: usize) -> bool {
        self.is_tracked(at) && self.knowledge[at] == Knowledge::Closed
    }
}

impl Lanes {
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
