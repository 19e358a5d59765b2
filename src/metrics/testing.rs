//! Small corpora for tests, from plain lists of who did what.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corpus, Measured, Scope, Side, measure};
use crate::data::cell::Cell;
use crate::data::document::Spanned;
use crate::data::history::{Actor, AuthorLine, Completeness, History, Notes, Pair, State, Status, VERSION};
use crate::data::identity_key::Hash;
use crate::data::profiles::Profile;
use crate::data::registry::{Category, Registry, Repo};
use crate::data::rules::FileKind;
use crate::data::settings::Periods;
use crate::data::snapshot::{AreaWork, AuthorWork, Depth, Lines, SetAside, Snapshot};
use crate::data::work_type::WorkType;
use crate::people::{Affiliation, Person, Roster};
use crate::plain::sorted::Sorted;
use crate::plain::{Day, Instant, Number, Period, Result};

/// A repository, and what is known of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    pub category: usize,
    pub vendor: Option<u32>,
    pub tracked: Option<Period>,
    pub unmined: bool,
    pub horizon: Option<Instant>,
    pub shallow: bool,
    /// When shallow, the first period that is known whole.
    pub known_from: Option<Period>,
    /// Commits that could not be found.
    pub missing: u32,
    pub notes: BTreeMap<Period, Notes>,
    pub snapshots: BTreeMap<Period, Shot>,
}

/// A snapshot, but for what the facts say.
#[derive(Clone, Debug)]
pub(super) struct Shot {
    pub depth: Depth,
    /// Stands for the rules.
    pub rules: u64,
    pub aside: SetAside,
    pub reworked_files: u32,
    /// Which facts of the period, by their place among those with a row, changed the same file.
    pub shared_files: Vec<Vec<usize>>,
}

impl Default for Shot {
    fn default() -> Self {
        let aside = SetAside::default();
        Self { depth: Depth::Headers, rules: 0, aside, reworked_files: 0, shared_files: Vec::new() }
    }
}

/// What trees and lines say about a fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Labour {
    pub seconds: u64,
    /// By the place of the work type.
    pub types: BTreeMap<usize, u32>,
    /// By the number of the area; commits, and weeks as a mask.
    pub areas: BTreeMap<usize, (u32, u16)>,
    /// By the place of the kind; added and removed.
    pub lines: BTreeMap<usize, (u64, u64)>,
    pub file_touches: u32,
    pub file_churn: u64,
}

/// Somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Soul {
    pub key: u64,
    pub actor: Actor,
}

/// What one author line of a person did in one repository in one period.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub project: usize,
    pub soul: usize,
    /// Which of the person's lines.
    pub line: usize,
    pub period: Period,
    pub cell: Cell,
    pub employer: Option<Affiliation>,
    pub labour: Labour,
}

/// How many organisations and areas a world has.
pub(super) const ORGANISATIONS: u32 = 8;
pub(super) const AREAS: usize = 3;

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

/// `category:c0`, `repo:r0`, `corpus`.
pub(super) fn scope(text: &str) -> Scope {
    let sides = |pair: &str, sign: char| {
        let (a, b) = pair.split_once(sign).expect("two sides");
        (Side::category(a), Side::category(b))
    };
    match text.split_once(':') {
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
        Some(("category", slug)) => Scope::Category(slug.to_owned()),
        Some(("area", slug)) => Scope::Area(slug.to_owned()),
        Some(("group", slug)) => Scope::Group(slug.to_owned()),
        Some(("org", slug)) => Scope::Organisation(slug.to_owned()),
        Some(("vendor", slug)) => Scope::Vendor(slug.to_owned()),
        Some((_, id)) => Scope::Repo(id.to_owned()),
        None => Scope::Corpus,
    }
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
        self.facts.push(Fact {
            project,
            soul,
            line: 0,
            period: period(at),
            cell,
            employer: None,
            labour: Labour::default(),
        });
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
                group: Some(format!("g{}", number / 2)),
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
            vendor: self.projects[place].vendor.map(|number| format!("V {number}")),
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
            missing_mailmap: false,
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
        let written = Some(pair(soul, line));
        AuthorLine {
            written,
            mapped: None,
            domain: None,
            actor,
            first,
            last: None,
            active: cells.into_iter().collect(),
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

    /// The facts that have a row in a snapshot, in the order of the rows.
    pub fn rows(&self, place: usize, at: Period) -> Vec<&Fact> {
        let has_row = |fact: &&Fact| (fact.project, fact.period) == (place, at) && fact.cell.counted() > 0;
        let mut facts: Vec<&Fact> = self.facts.iter().filter(has_row).collect();
        // By the key first, so that another order of people is the same world.
        facts.sort_by_key(|fact| (self.souls[fact.soul].key, fact.soul, fact.line));
        facts
    }

    fn snapshots(&self) -> Vec<Snapshot> {
        let mut snapshots = Vec::new();
        for (place, project) in self.projects.iter().enumerate().filter(|(_, project)| !project.unmined) {
            for (&period, shot) in &project.snapshots {
                let rows = self.rows(place, period);
                let (paths, lines) = (shot.depth >= Depth::Paths, shot.depth >= Depth::Lines);
                let set = |set: &Vec<usize>| -> Vec<u32> {
                    let places: BTreeSet<usize> = set.iter().map(|at| at % rows.len()).collect();
                    places.into_iter().map(|at| u32::try_from(at).expect("few rows")).collect()
                };
                let sets = if rows.is_empty() { Vec::new() } else { shot.shared_files.iter().map(set).collect() };
                snapshots.push(Snapshot {
                    version: VERSION,
                    repo: format!("r{place}"),
                    period,
                    boundary: String::new(),
                    depth: shot.depth,
                    key: Hash(0),
                    rules: BTreeMap::from([("areas".to_owned(), Hash(shot.rules))]),
                    diff: None,
                    set_aside: paths.then(|| shot.aside.clone()),
                    lines: lines.then(Sorted::new),
                    reworked_files: paths.then_some(shot.reworked_files),
                    shared_files: paths.then_some(sets),
                    authors: rows.iter().map(|fact| work(fact, shot.depth)).collect(),
                });
            }
        }
        snapshots
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
        let organisations: Vec<String> = (0..ORGANISATIONS).map(|number| format!("o{number}")).collect();
        let areas: Vec<String> = (0..AREAS).map(|number| format!("a{number}")).collect();
        use_it(&Corpus {
            organisations: &organisations,
            areas: &areas,
            profiles: &self.profiles,
            registry: &registry,
            histories: &histories,
            snapshots: &self.snapshots(),
            roster: &roster,
            affiliation: &affiliation,
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
        let found = figures.iter().find(|one| *one.scope == of && one.period == at && one.figure.metric.name == metric);
        found.unwrap_or_else(|| panic!("there is a row for {of} {metric} {at}")).figure.value
    }
}

fn pair(soul: usize, line: usize) -> Pair {
    let hash = |number: usize| Hash(number as u64);
    Pair { address: hash(soul), name: hash(line), words: 1, account: None, void: Vec::new() }
}

fn work(fact: &Fact, depth: Depth) -> AuthorWork {
    let Labour { seconds, types, areas, lines, file_touches, file_churn } = &fact.labour;
    let weeks = |mask: u16| (0..16).filter(move |bit| mask >> bit & 1 == 1);
    let number = |bit: i32| crate::plain::day::week_number(fact.period.first_week() + bit);
    let area = |(area, &(commits, mask)): (&usize, &(u32, u16))| {
        (format!("a{area}"), AreaWork { commits, weeks: weeks(mask).map(number).collect() })
    };
    let kind = |(&kind, &(added, removed)): (&usize, &(u64, u64))| {
        (FileKind::ALL[kind].name().to_owned(), Lines { added, removed })
    };
    let (has_paths, has_lines) = (depth >= Depth::Paths, depth >= Depth::Lines);
    let Pair { address, name, .. } = pair(fact.soul, fact.line);
    AuthorWork {
        address: Some(address),
        name: Some(name),
        work_seconds: *seconds,
        types: has_paths.then(|| types.iter().map(|(&at, &n)| (WorkType::ALL[at].name().to_owned(), n)).collect()),
        areas: has_paths.then(|| areas.iter().map(area).collect()),
        lines: has_lines.then(|| lines.iter().map(kind).collect()),
        file_touches: has_paths.then_some(*file_touches),
        file_churn: has_lines.then_some(*file_churn),
    }
}
