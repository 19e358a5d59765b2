//! From the data to every figure.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::area;
use super::between::{self, demand};
use super::books;
use super::calendar::Calendar;
use super::catalogue::Id;
use super::corpus::Corpus;
use super::figure::{Measured, Standing};
use super::listing::Counted;
use super::part::{self, Frame, Part};
use super::roll::Index;
use super::row::{Row, rows};
use super::scope::{Scope, Side};
use super::sheet::{Desk, Sheet, Terms};
use super::standing::knowledge;
use crate::data::history::State;
use crate::data::registry::{Category, Repo};
use crate::data::snapshot::Snapshot;
use crate::people::Person;
use crate::plain::slug::slug;
use crate::plain::{Number, Period, Result};

/// Everything that figures are measured from, prepared: what each repository's people did in each period.
pub struct Survey {
    pub(super) calendar: Calendar,
    people: Vec<Person>,
    /// In the order of the registry.
    pub(super) parts: Vec<Part>,
    /// The repositories of each scope that consists of some, by their places.
    pub(super) sets: Vec<Set>,
    /// What the people of each organisation did, repository by repository.
    pub(super) organisations: Vec<(Scope, Vec<Part>)>,
    index: Index,
    areas: Vec<Sheet>,
    between: Vec<Measured>,
    /// Who is active by period, of the scopes that were a side of a pair already.
    people_of: Mutex<HashMap<Scope, Arc<Vec<Vec<u32>>>>>,
}

/// A scope that consists of repositories.
pub(super) struct Set {
    pub scope: Scope,
    pub places: Vec<usize>,
    /// The place among the sets of the whole that it is a part of.
    pub parent: Option<usize>,
    /// Whether the whole consists of this and others like it.
    pub is_partition: bool,
}

/// Measures everything that `corpus` allows.
///
/// Fails when the parts of `corpus` don't belong together (`Kind::Data`) or the books don't balance (`Kind::Books`).
pub fn measure(corpus: &Corpus) -> Result<Vec<Measured>> {
    Ok(Survey::new(corpus)?.figures()?.into_list())
}

/// One repository, prepared.
struct Prepared {
    whole: Part,
    /// By number of the organisation.
    organisations: Vec<(u32, Part)>,
    areas: area::Found,
}

impl Survey {
    /// Prepares a corpus. Fails when its parts don't belong together (`Kind::Data`).
    pub fn new(corpus: &Corpus) -> Result<Self> {
        corpus.check()?;
        let calendar = Calendar::new(corpus.periods);
        let snapshots = snapshots(corpus, &calendar);
        let repos: Vec<_> = corpus.registry.repos().map(|(_, repo)| repo).collect();
        let eye = area::Eye::new(corpus.areas, &calendar);
        let prepared: Vec<Prepared> = repos
            .par_iter()
            .enumerate()
            .map(|(place, repo)| Prepared::new(corpus, place, repo, &snapshots[place], &calendar, &eye))
            .collect();
        let mut parts = Vec::with_capacity(prepared.len());
        let mut areas = Vec::with_capacity(prepared.len());
        let mut organisations: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
        for one in prepared {
            parts.push(one.whole);
            areas.push(one.areas);
            for (organisation, part) in one.organisations {
                organisations.entry(organisation).or_default().push(part);
            }
        }
        let organisations = organisations
            .into_iter()
            .map(|(number, parts)| (Scope::Organisation(corpus.organisations[number as usize].clone()), parts))
            .collect();
        let sets = sets(&corpus.registry.categories);
        let people = corpus.roster.persons.clone();
        let inputs = between::Inputs { corpus, parts: &parts, calendar: &calendar, profiles: corpus.profiles };
        let ((areas, index), between) = rayon::join(
            || {
                rayon::join(
                    || area::sheets(corpus.areas, &parts, areas, &calendar),
                    || Index::new(&parts, people.len()),
                )
            },
            || between::measure(&inputs),
        );
        let people_of = Mutex::default();
        Ok(Self { calendar, people, parts, sets, organisations, index, areas, between, people_of })
    }

    /// Every figure of the corpus, groups, categories, vendors, repositories, organisations and areas, by scope, then
    /// by period, then in the order of the catalogue.
    ///
    /// Fails when the books don't balance (`Kind::Books`).
    pub fn figures(&mut self) -> Result<Counted> {
        let areas = std::mem::take(&mut self.areas);
        let mut sheets = self.sheets();
        sheets.extend(areas);
        state_shares(&mut sheets, &self.calendar);
        books::balance(&sheets, &self.calendar)?;
        Ok(Counted::new(sheets, self.calendar.clone(), std::mem::take(&mut self.between)))
    }

    /// What every scope is measured with.
    pub(super) fn desk(&self) -> Desk<'_> {
        Desk { calendar: &self.calendar, people: &self.people, index: &self.index }
    }

    /// A sheet for every set of repositories, wholes before their parts, and for every organisation.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let desk = self.desk();
        let sets = self.sets.iter().map(|set| {
            let parts: Vec<&Part> = set.places.iter().map(|&place| &self.parts[place]).collect();
            let terms = Terms { ground: parts.clone(), parts, parent: set.parent, is_partition: set.is_partition };
            (set.scope.clone(), terms)
        });
        let organisations = self.organisations.iter().map(|(scope, parts)| {
            let ground = self.parts.iter().collect();
            let terms = Terms { parts: parts.iter().collect(), ground, parent: Some(0), is_partition: false };
            (scope.clone(), terms)
        });
        let scopes: Vec<(Scope, Terms)> = sets.chain(organisations).collect();
        let mut sheets: Vec<Sheet> =
            scopes.into_par_iter().map(|(scope, terms)| Sheet::new(scope, &terms, desk)).collect();
        contribute(&mut sheets, &self.calendar);
        rank_teams(&mut sheets, &self.calendar);
        sheets
    }

    /// What wasn't measured ahead: unions of sets of repositories, and what is between any two sets or organisations.
    ///
    /// Empty for everything else, and when a side isn't known.
    #[must_use]
    pub fn on_demand(&self, scope: &Scope) -> Vec<Measured> {
        let between = |a: &Side, b: &Side| Some((self.end(&a.scope())?, self.end(&b.scope())?));
        let figures = match scope {
            Scope::Union(sides) => self.union(scope, sides),
            Scope::Overlap(a, b) => between(a, b).map(|(a, b)| demand::overlap(scope, &a, &b, &self.calendar)),
            Scope::Expansion(a, b) => between(a, b).map(|(a, b)| demand::expansion(scope, &a, &b, &self.calendar)),
            _ => None,
        };
        figures.unwrap_or_default()
    }

    fn union(&self, scope: &Scope, sides: &[Side]) -> Option<Vec<Measured>> {
        let mut places = Vec::new();
        for side in sides {
            places.extend_from_slice(self.places(&side.scope())?);
        }
        places.sort_unstable();
        places.dedup();
        let parts: Vec<&Part> = places.into_iter().map(|place| &self.parts[place]).collect();
        let terms = Terms { ground: parts.clone(), parts, parent: None, is_partition: false };
        let desk = self.desk();
        Some(Sheet::new(scope.clone(), &terms, desk).figures(&self.calendar))
    }

    /// The repositories of a set, by their places.
    fn places(&self, scope: &Scope) -> Option<&[usize]> {
        self.sets.iter().find(|set| set.scope == *scope).map(|set| &set.places[..])
    }

    /// A side of a pair.
    fn end(&self, scope: &Scope) -> Option<demand::End<'_>> {
        if let Some(places) = self.places(scope) {
            let parts: Vec<&Part> = places.iter().map(|&place| &self.parts[place]).collect();
            return Some(demand::End { people: self.people_of(scope, &parts), ground: parts.clone(), parts });
        }
        let (_, parts) = self.organisations.iter().find(|(organisation, _)| organisation == scope)?;
        let parts: Vec<&Part> = parts.iter().collect();
        Some(demand::End { people: self.people_of(scope, &parts), parts, ground: self.parts.iter().collect() })
    }

    /// Who is active in the parts of a scope; found once, since each is a side of many pairs.
    fn people_of(&self, scope: &Scope, parts: &[&Part]) -> Arc<Vec<Vec<u32>>> {
        let mut known = self.people_of.lock().unwrap_or_else(PoisonError::into_inner);
        let found =
            known.entry(scope.clone()).or_insert_with(|| Arc::new(between::active_people(parts, &self.calendar)));
        Arc::clone(found)
    }
}

impl Prepared {
    fn new(
        corpus: &Corpus,
        place: usize,
        repo: &Repo,
        snapshots: &[Option<&Snapshot>],
        calendar: &Calendar,
        eye: &area::Eye,
    ) -> Self {
        let history = &corpus.histories[place];
        let frame = Arc::new(Frame {
            tracked_from: repo.tracked.map_or(i32::MIN, |period| calendar.number(period)),
            knowledge: calendar.periods().map(|period| knowledge(history, period, corpus.as_of)).collect(),
            is_whole: history.state.as_ref().is_none_or(State::is_whole),
            rules: snapshots.iter().map(|snapshot| snapshot.map(part::rules)).collect(),
        });
        let rows = rows(corpus, place, snapshots, calendar);
        let all: Vec<&Row> = rows.iter().collect();
        let mut whole = Part::new(Arc::clone(&frame), &all, snapshots, true, calendar);
        whole.place = Some(u32::try_from(place).expect("there are few repositories"));
        for (&period, notes) in &history.periods {
            if let Some(at) = calendar.index(period) {
                let lanes = &mut whole.season_mut(at).lanes;
                lanes.date_mended += notes.date_mended;
                lanes.co_authored += notes.co_authored;
            }
        }
        let mut employed: BTreeMap<u32, Vec<&Row>> = BTreeMap::new();
        for row in &rows {
            if let Some(employer) = row.employer {
                employed.entry(employer.organisation).or_default().push(row);
            }
        }
        let of_one = |(organisation, rows): (u32, Vec<&Row>)| {
            (organisation, Part::new(Arc::clone(&frame), &rows, snapshots, false, calendar))
        };
        let organisations = employed.into_iter().map(of_one).collect();
        let areas = eye.find(&whole, place, &rows, snapshots);
        Self { whole, organisations, areas }
    }
}

/// By repository and period.
fn snapshots<'a>(corpus: &Corpus<'a>, calendar: &Calendar) -> Vec<Vec<Option<&'a Snapshot>>> {
    let known: HashMap<(&str, Period), &Snapshot> =
        corpus.snapshots.iter().map(|snapshot| ((snapshot.repo.as_str(), snapshot.period), snapshot)).collect();
    let of_repo = |repo: &str| calendar.periods().map(|period| known.get(&(repo, period)).copied()).collect();
    corpus.histories.iter().map(|history| of_repo(&history.repo)).collect()
}

/// The corpus, then the categories, then the repositories; then groups and vendors, which overlap with them.
fn sets(categories: &[Category]) -> Vec<Set> {
    let count: usize = categories.iter().map(|category| category.repos.len()).sum();
    let set = |scope, places, parent, is_partition| Set { scope, places, parent, is_partition };
    let mut sets = vec![set(Scope::Corpus, (0..count).collect(), None, false)];
    let mut single = Vec::new();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut vendors: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut next = 0;
    for category in categories {
        let places: Vec<usize> = (next..next + category.repos.len()).collect();
        next += category.repos.len();
        for (repo, &place) in category.repos.iter().zip(&places) {
            single.push(set(Scope::Repo(repo.id.value.clone()), vec![place], Some(sets.len()), true));
            if let Some(vendor) = &repo.vendor {
                vendors.entry(slug(vendor)).or_default().push(place);
            }
        }
        if let Some(group) = &category.group {
            groups.entry(slug(group)).or_default().extend(&places);
        }
        sets.push(set(Scope::Category(category.slug.value.clone()), places, Some(0), true));
    }
    sets.extend(single);
    sets.extend(groups.into_iter().map(|(slug, places)| set(Scope::Group(slug), places, Some(0), false)));
    sets.extend(vendors.into_iter().map(|(slug, places)| set(Scope::Vendor(slug), places, Some(0), false)));
    sets
}

/// Each part's contribution to the change of its whole, in percentage points.
fn contribute(sheets: &mut [Sheet], calendar: &Calendar) {
    for place in 0..sheets.len() {
        for at in calendar.reported().filter(|&at| at > 0) {
            let value = contribution(sheets, place, at);
            sheets[place].ledgers[at].set(Id::ContributionToChange, value);
        }
    }
}

fn contribution(sheets: &[Sheet], place: usize, at: usize) -> Option<Number> {
    let (part, whole) = (&sheets[place], &sheets[sheets[place].parent?]);
    let closed = |at: usize| whole.ledgers[at].standing == Standing::Closed;
    if !closed(at) || !closed(at - 1) {
        return None;
    }
    let before = match part.ledgers[at - 1].standing {
        Standing::Untracked => Number::ZERO,
        _ => part.ledgers[at - 1].get(Id::Commits)?,
    };
    let moved = part.ledgers[at].get(Id::Commits)?.minus(before).times(100);
    moved.over(whole.ledgers[at - 1].get(Id::Commits)?)
}

/// Fewer others of like size say nothing about where a team stands among them.
const LEAST_OTHERS: usize = 5;

/// How each repository's coordination compares with that of repositories with half to twice as many people.
fn rank_teams(sheets: &mut [Sheet], calendar: &Calendar) {
    for at in calendar.reported() {
        let team = |sheet: &Sheet| {
            let ledger = &sheet.ledgers[at];
            let people = ledger.get(Id::Contributors).and_then(Number::as_whole);
            people.zip(ledger.get(Id::Coordination)).filter(|_| matches!(*sheet.scope, Scope::Repo(_)))
        };
        let mut teams: Vec<(i128, Number, usize)> = (0..sheets.len())
            .filter_map(|place| team(&sheets[place]).map(|(people, coordination)| (people, coordination, place)))
            .collect();
        // Numbered by coordination, since numbers compare quicker than quotients.
        let mut ladder: Vec<Number> = teams.iter().map(|&(_, coordination, _)| coordination).collect();
        ladder.sort_unstable();
        ladder.dedup();
        teams.sort_unstable_by_key(|&(people, _, place)| (people, place));
        let grade = |&(_, coordination, _): &(i128, Number, usize)| ladder.partition_point(|one| *one < coordination);
        let graded: Vec<usize> = teams.iter().map(grade).collect();
        for (&(people, _, place), own) in teams.iter().zip(&graded) {
            let from = teams.partition_point(|(other, ..)| other * 2 < people);
            let to = teams.partition_point(|(other, ..)| *other <= people * 2);
            let (alike, others) = (&graded[from..to], to - from - 1);
            if others < LEAST_OTHERS {
                continue;
            }
            let lower = alike.iter().filter(|&other| other < own).count();
            let equal = alike.iter().filter(|&other| other == own).count() - 1;
            let share = Number::quotient((2 * lower + equal) as i128, 2 * others as i128);
            sheets[place].ledgers[at].set(Id::CoordinationPercentile, share);
        }
    }
}

/// What share each scope has in the commits and hours of the corpus, whose sheet is the first.
fn state_shares(sheets: &mut [Sheet], calendar: &Calendar) {
    for at in calendar.measured() {
        for (id, share) in [(Id::Commits, Id::CommitsShare), (Id::Hours, Id::HoursShare)] {
            let whole = sheets[0].ledgers[at].get(id);
            for sheet in &mut sheets[1..] {
                let part = sheet.ledgers[at].get(id);
                sheet.ledgers[at].set(share, part.zip(whole).and_then(|(part, whole)| part.over(whole)));
            }
        }
    }
}
