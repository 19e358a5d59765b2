//! Small corpora for tests, from plain lists of who did what.

use std::collections::BTreeMap;

use super::{Corpus, Measured, Scope, Side, measure};
use crate::data::cell::{Cell, Cells};
use crate::data::document::Spanned;
use crate::data::history::{Actor, AuthorLine, Completeness, History, Notes, Pair, State, Status, VERSION};
use crate::data::identity_key::Hash;
use crate::data::profiles::Profile;
use crate::data::registry::{Category, Registry, Repo};
use crate::data::settings::Periods;
use crate::data::snapshot::{AreaWork, AuthorWork, Depth, Snapshot};
use crate::people::{Person, Roster};
use crate::plain::day::week_number;
use crate::plain::{Day, Instant, Number, Period, Result};

/// A repository, and what is known of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    pub category: usize,
    pub tracked: Option<Period>,
    pub unmined: bool,
    pub horizon: Option<Instant>,
    pub shallow: bool,
    /// When shallow, the first period that is known whole.
    pub known_from: Option<Period>,
    /// Commits that could not be found.
    pub missing: u32,
    pub notes: BTreeMap<Period, Notes>,
    pub seconds: BTreeMap<Period, u64>,
    /// Of which snapshots trees were read, and which weeks of everybody's work belong to area `a0`; others to `a1`.
    pub trees: BTreeMap<Period, u16>,
}

/// Somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Soul {
    pub key: u64,
    pub actor: Actor,
}

/// What one author line of a person did in one repository in one period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    pub project: usize,
    pub soul: usize,
    /// Which of the person's lines.
    pub line: usize,
    pub period: Period,
    pub cell: Cell,
    pub employer: Option<u32>,
}

/// A corpus.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub categories: usize,
    pub projects: Vec<Project>,
    pub souls: Vec<Soul>,
    pub facts: Vec<Fact>,
    pub profiles: Vec<Profile>,
    pub from: Period,
    pub to: Period,
    pub as_of: Instant,
}

pub(super) fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

fn written<T>(value: T) -> Spanned<T> {
    let nowhere = serde_saphyr::Location::UNKNOWN;
    Spanned::new(value, nowhere, nowhere)
}

/// `category:c0`, `repo:r0`, `corpus`, `profile:p0`, `overlap:c0+c1`, `flow:c0>c1`, `expansion:c0>c1`.
pub(super) fn scope(text: &str) -> Scope {
    let sides = |pair: &str, sign: char| {
        let (a, b) = pair.split_once(sign).expect("two sides");
        (Side::category(a), Side::category(b))
    };
    match text.split_once(':') {
        Some(("category", slug)) => Scope::Category(slug.to_owned()),
        Some(("profile", slug)) => Scope::Profile(slug.to_owned()),
        Some(("overlap", pair)) => {
            let (a, b) = sides(pair, '+');
            Scope::overlap(a, b)
        }
        Some(("flow", pair)) => {
            let (a, b) = sides(pair, '>');
            Scope::Flow(a, b)
        }
        Some(("expansion", pair)) => {
            let (a, b) = sides(pair, '>');
            Scope::Expansion(a, b)
        }
        Some((_, id)) => Scope::Repo(id.to_owned()),
        None => Scope::Corpus,
    }
}

/// The keys of an author line.
fn pair(soul: usize, line: usize) -> Pair {
    Pair { address: Hash(soul as u64 + 1), name: Hash(line as u64), words: 2, account: None, void: Vec::new() }
}

/// The areas of what a line did: `a0` in the weeks of a mask, `a1` in the others.
fn areas(fact: &Fact, mask: u16) -> BTreeMap<String, AreaWork> {
    let work = |weeks: u16| {
        let weeks = (0..14).filter(|bit| weeks >> bit & 1 == 1);
        AreaWork { commits: 1, weeks: weeks.map(|bit| week_number(fact.period.first_week() + bit)).collect() }
    };
    let named = [("a0", fact.cell.weeks & mask), ("a1", fact.cell.weeks & !mask)];
    named.into_iter().filter(|(_, weeks)| *weeks != 0).map(|(area, weeks)| (area.to_owned(), work(weeks))).collect()
}

/// A kind of work, anywhere or in one category.
pub(super) fn profile(slug: &str, category: Option<&str>, areas: &[&str], weeks: u8) -> Profile {
    Profile {
        slug: written(slug.to_owned()),
        title: slug.to_owned(),
        description: String::new(),
        within: category.map(|category| vec![written(format!("category:{category}"))]),
        areas: areas.iter().map(|&area| written(area.to_owned())).collect(),
        weeks: written(weeks),
    }
}

impl World {
    /// One category with so many repositories, closed throughout, and so many people, of whom nobody did anything.
    pub fn new(projects: usize, souls: u64, from: &str, to: &str) -> Self {
        let end = Instant(period(to).end_seconds());
        let project = Project { horizon: Some(end), ..Project::default() };
        Self {
            categories: 1,
            projects: vec![project; projects],
            souls: (0..souls).map(|key| Soul { key, actor: Actor::Person }).collect(),
            facts: Vec::new(),
            profiles: Vec::new(),
            from: period(from),
            to: period(to),
            as_of: end,
        }
    }

    /// Adds commits of a person's first line, all in the quarter's third week.
    pub fn commits(&mut self, project: usize, soul: usize, at: &str, own: u32) -> &mut Self {
        let cell = Cell { own, weeks: 0b100, ..Cell::default() };
        self.facts.push(Fact { project, soul, line: 0, period: period(at), cell, employer: None });
        self
    }

    /// The day of the first counted commit of an author line.
    pub fn first_day(&self, project: usize, soul: usize, line: usize) -> Option<Day> {
        let own = self.facts.iter().filter(|fact| (fact.project, fact.soul, fact.line) == (project, soul, line));
        let first = own.filter(|fact| fact.cell.counted() > 0).map(|fact| fact.period).min()?;
        // By the key and not by the place, so that another order of people is the same world.
        let days = i64::try_from((self.souls[soul].key + line as u64) % 2).expect("0 or 1");
        Some(Day::of_seconds(first.start().seconds() + days * 86_400))
    }

    fn registry(&self) -> (Registry, Vec<usize>) {
        let mut order = Vec::new();
        let mut categories = Vec::new();
        for number in 0..self.categories {
            let own = |place: &usize| self.projects[*place].category == number;
            let places: Vec<usize> = (0..self.projects.len()).filter(own).collect();
            let repos = places.iter().map(|&place| self.repo(place)).collect();
            order.extend(places);
            categories.push(Category {
                slug: written(format!("c{number}")),
                title: format!("Category {number}"),
                description: None,
                icon: None,
                order: 0,
                group: Some(format!("g{}", number % 2)),
                repos,
            });
        }
        (Registry { categories }, order)
    }

    fn repo(&self, place: usize) -> Repo {
        Repo {
            id: written(format!("r{place}")),
            url: None,
            path: Some("r.git".to_owned()),
            aliases: Vec::new(),
            vendor: Some(format!("v{}", self.projects[place].category % 2)),
            tracked: self.projects[place].tracked,
            was: Vec::new(),
            fork_of: None,
            independent: false,
            shallow_since: None,
            branch: None,
            depth: None,
            horizon: None,
        }
    }

    fn history(&self, place: usize, lines: &[(usize, usize)]) -> History {
        let project = &self.projects[place];
        let mut history = History::unmined(&format!("r{place}"), Status::Failed, "it was away");
        if project.unmined {
            return history;
        }
        history.status = Status::Mined;
        history.periods.clone_from(&project.notes);
        history.state = Some(State {
            branch: "refs/heads/main".to_owned(),
            tip: None,
            horizon: project.horizon,
            declared: false,
            object_format: "sha1".to_owned(),
            completeness: if project.shallow { Completeness::Shallow } else { Completeness::Whole },
            known_from: project.known_from,
            missing: project.missing,
            roots: Vec::new(),
            origin: None,
            boundaries: Vec::new(),
            restated: Vec::new(),
            key: Hash(0),
            rules: BTreeMap::new(),
        });
        history.authors = lines.iter().map(|&(soul, line)| self.author(place, soul, line)).collect();
        history
    }

    fn author(&self, place: usize, soul: usize, line: usize) -> AuthorLine {
        let mut cells = BTreeMap::new();
        for fact in self.facts.iter().filter(|fact| (fact.project, fact.soul, fact.line) == (place, soul, line)) {
            assert!(cells.insert(fact.period, fact.cell).is_none(), "one fact per line and period");
        }
        let actor = self.souls[soul].actor;
        let first = self.first_day(place, soul, line);
        AuthorLine {
            written: Some(pair(soul, line)),
            mapped: None,
            domain: None,
            actor,
            first,
            last: None,
            active: Cells(cells),
        }
    }

    fn lines(&self, place: usize) -> Vec<(usize, usize)> {
        if self.projects[place].unmined {
            return Vec::new();
        }
        let own = self.facts.iter().filter(|fact| fact.project == place);
        let mut lines: Vec<_> = own.map(|fact| (fact.soul, fact.line)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn snapshots(&self) -> Vec<Snapshot> {
        let all = (0..).zip(&self.projects);
        all.flat_map(|(place, project)| project.seconds.keys().map(move |&at| self.snapshot(place, at))).collect()
    }

    fn snapshot(&self, place: usize, period: Period) -> Snapshot {
        let (seconds, mask) = (self.projects[place].seconds[&period], self.projects[place].trees.get(&period));
        let work = |work_seconds| AuthorWork {
            address: None,
            name: None,
            work_seconds,
            types: None,
            areas: None,
            lines: None,
            file_touches: None,
            file_churn: None,
        };
        let mut authors: Vec<AuthorWork> = mask.map_or_else(Vec::new, |&mask| {
            let own = |fact: &&Fact| fact.project == place && fact.period == period && fact.cell.counted() > 0;
            let row = |fact: &Fact| {
                let Pair { address, name, .. } = pair(fact.soul, fact.line);
                let areas = Some(areas(fact, mask));
                AuthorWork { address: Some(address), name: Some(name), areas, ..work(0) }
            };
            self.facts.iter().filter(own).map(row).collect()
        });
        match authors.first_mut() {
            Some(first) => first.work_seconds = seconds,
            None => authors = vec![work(seconds / 3), work(seconds - seconds / 3)],
        }
        Snapshot {
            version: VERSION,
            repo: format!("r{place}"),
            period,
            boundary: String::new(),
            depth: mask.map_or(Depth::Headers, |_| Depth::Paths),
            key: Hash(0),
            rules: mask.map(|mask| ("areas".to_owned(), Hash(u64::from(mask % 2)))).into_iter().collect(),
            diff: None,
            set_aside: None,
            lines: None,
            reworked_files: None,
            shared_files: None,
            authors,
        }
    }

    /// Hands the corpus to `use_it`.
    pub fn with_corpus<T>(&self, use_it: impl FnOnce(&Corpus) -> T) -> T {
        let (registry, order) = self.registry();
        let lines: Vec<_> = order.iter().map(|&place| self.lines(place)).collect();
        let histories: Vec<_> = order.iter().zip(&lines).map(|(&place, lines)| self.history(place, lines)).collect();
        let number = |soul: usize| u32::try_from(soul).expect("few people");
        let roster = Roster {
            persons: self.souls.iter().map(|soul| Person { key: Hash(soul.key), actor: soul.actor }).collect(),
            of_line: lines.iter().map(|lines| lines.iter().map(|&(soul, _)| number(soul)).collect()).collect(),
        };
        let affiliation = |history: usize, line: usize, period: Period| {
            let (soul, line) = lines[history][line];
            let which = (order[history], soul, line, period);
            let found = self.facts.iter().find(|fact| (fact.project, fact.soul, fact.line, fact.period) == which);
            found.expect("asked for a cell that is there").employer
        };
        use_it(&Corpus {
            registry: &registry,
            histories: &histories,
            snapshots: &self.snapshots(),
            roster: &roster,
            affiliation: &affiliation,
            profiles: &self.profiles,
            periods: Periods { from: self.from, to: self.to },
            as_of: self.as_of,
        })
    }

    /// All figures.
    pub fn measure(&self) -> Result<Vec<Measured>> {
        self.with_corpus(measure)
    }

    /// One figure's value.
    pub fn value(&self, of: &str, metric: &str, at: &str) -> Option<Number> {
        let (of, at) = (scope(of), period(at));
        let figures = self.measure().expect("the books balance");
        let found = figures.iter().find(|one| one.scope == of && one.period == at && one.figure.metric.name == metric);
        found.unwrap_or_else(|| panic!("there is a row for {of} {metric} {at}")).figure.value
    }
}
