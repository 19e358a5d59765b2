//! What single people do: for briefs that are never published.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::attendance::{Attendance, attendance};
use super::between::{Inputs, people_of_profiles};
use super::corpus::Corpus;
use super::row::LineIndex;
use super::survey::Survey;
use crate::plain::{Day, Diagnostic, Kind, Period, Result};

/// How far back a movement is recent: the quarter and three before.
const RECENT: u16 = 3;

/// What one person did up to a quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    /// The day of the first commit in any repository.
    pub since: Option<Day>,
    /// In how many quarters there was a commit, up to this one.
    pub quarters: usize,
    /// What was done in the quarter, the most commits first.
    pub places: Vec<Attendance>,
    /// The commits of the quarter in each area, the most first; empty where trees weren't read.
    pub areas: Vec<(String, u32)>,
    /// How many people changed the same files in the quarter.
    pub companions: usize,
    /// Repositories, by place, that were new to the person in the last four quarters.
    pub joined: Vec<usize>,
    /// Repositories, by place, with commits in the three quarters before and none in this one.
    pub left: Vec<usize>,
}

impl Dossier {
    /// All commits of the quarter.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.places.iter().map(|place| place.commits).sum()
    }
}

/// By the number of the person.
pub type Dossiers = BTreeMap<u32, Dossier>;

/// The people of every profile in a quarter, by the order of the profiles, and what is known of each of them. Nobody who
/// opted out is among them.
///
/// Fails when the parts of `corpus` don't belong together, or when the quarter isn't a reported one (`Kind::Data`).
pub fn dossiers(corpus: &Corpus, period: Period) -> Result<(Vec<Vec<u32>>, Dossiers)> {
    let survey = Survey::new(corpus)?;
    let Some(at) = survey.calendar.index(period).filter(|at| survey.calendar.reported().contains(at)) else {
        let fault = Diagnostic::new(Kind::Usage, format!("{period} is no reported quarter"));
        return Err(fault.hint("`periods` in signal.yaml says which quarters are reported").into());
    };
    let inputs = Inputs { corpus, parts: &survey.parts, calendar: &survey.calendar, profiles: corpus.profiles };
    let may_be_named = |person: &u32| !corpus.roster.persons[*person as usize].is_withdrawn();
    let profiles: Vec<Vec<u32>> = people_of_profiles(&inputs, at)
        .into_iter()
        .map(|people| people.unwrap_or_default().into_iter().filter(may_be_named).collect())
        .collect();
    let wanted: BTreeSet<u32> = profiles.iter().flatten().copied().collect();
    let mut people: BTreeMap<u32, Dossier> = wanted.iter().map(|person| (*person, Dossier::default())).collect();
    lives(corpus, period, &mut people);
    movements(attendance(corpus)?, period, &mut people);
    works(corpus, period, &mut people);
    Ok((profiles, people))
}

/// Since when each of them has been there.
fn lives(corpus: &Corpus, period: Period, people: &mut BTreeMap<u32, Dossier>) {
    let mut quarters: BTreeMap<u32, BTreeSet<Period>> = BTreeMap::new();
    for (history, of_line) in corpus.histories.iter().zip(&corpus.roster.of_line) {
        for (author, person) in history.authors.iter().zip(of_line) {
            let Some(dossier) = people.get_mut(person) else { continue };
            let active = author.active.0.iter().filter(|(at, cell)| **at <= period && cell.counted() > 0);
            quarters.entry(*person).or_default().extend(active.map(|(at, _)| *at));
            dossier.since = [dossier.since, author.first].into_iter().flatten().min();
        }
    }
    for (person, seen) in quarters {
        people.entry(person).or_default().quarters = seen.len();
    }
}

/// Where each of them is, came to and left.
fn movements(rows: Vec<Attendance>, period: Period, people: &mut BTreeMap<u32, Dossier>) {
    let recent = period.before(RECENT);
    let mut earlier: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for row in rows {
        let Some(dossier) = people.get_mut(&row.person) else { continue };
        if row.period < recent || row.period > period {
            continue;
        }
        if row.came == Some("new") {
            dossier.joined.push(row.repo);
        }
        if row.period == period {
            dossier.places.push(row);
        } else {
            earlier.entry(row.person).or_default().insert(row.repo);
        }
    }
    for (person, dossier) in people {
        dossier.places.sort_by(|a, b| b.commits.cmp(&a.commits).then(a.repo.cmp(&b.repo)));
        let is_here = |repo: &usize| dossier.places.iter().any(|place| place.repo == *repo);
        dossier.left = earlier.remove(person).unwrap_or_default().into_iter().filter(|repo| !is_here(repo)).collect();
    }
}

/// What each of them worked on, and beside how many.
fn works(corpus: &Corpus, period: Period, people: &mut BTreeMap<u32, Dossier>) {
    type Seen = (HashMap<u32, BTreeMap<String, u32>>, HashMap<u32, BTreeSet<u32>>);
    let of_repo = |(place, history): (usize, &crate::data::history::History)| -> Seen {
        let (mut areas, mut companions): Seen = Default::default();
        let own = corpus.snapshots.iter().filter(|one| one.period == period && one.repo == history.repo);
        for snapshot in own {
            let index = LineIndex::new(history);
            let person = |line: Option<u32>| line.map(|line| corpus.roster.of_line[place][line as usize]);
            let persons: Vec<Option<u32>> = index.lines_of(snapshot).map(person).collect();
            for (row, person) in snapshot.authors.iter().zip(&persons) {
                let Some(person) = person.filter(|person| people.contains_key(person)) else { continue };
                for (area, work) in row.areas.iter().flat_map(|areas| areas.iter()) {
                    *areas.entry(person).or_default().entry(area.clone()).or_default() += work.commits;
                }
            }
            for set in snapshot.shared_files.iter().flatten() {
                let of_set: BTreeSet<u32> =
                    set.iter().filter_map(|&row| persons.get(row as usize).copied().flatten()).collect();
                for person in of_set.iter().filter(|person| people.contains_key(person)) {
                    companions.entry(*person).or_default().extend(of_set.iter().filter(|other| *other != person));
                }
            }
        }
        (areas, companions)
    };
    let seen: Vec<Seen> = corpus.histories.par_iter().enumerate().map(of_repo).collect();
    let mut areas: BTreeMap<u32, BTreeMap<String, u32>> = BTreeMap::new();
    let mut companions: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (of_areas, of_files) in seen {
        for (person, own) in of_areas {
            let all = areas.entry(person).or_default();
            for (area, commits) in own {
                *all.entry(area).or_default() += commits;
            }
        }
        for (person, others) in of_files {
            companions.entry(person).or_default().extend(others);
        }
    }
    for (person, dossier) in people {
        let mut own: Vec<(String, u32)> = areas.remove(person).unwrap_or_default().into_iter().collect();
        own.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        dossier.areas = own;
        dossier.companions = companions.get(person).map_or(0, BTreeSet::len);
    }
}
