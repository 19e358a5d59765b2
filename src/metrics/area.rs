//! Areas of the work: how much is done in each, by how many. Known where trees were mined.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::calendar::Calendar;
use super::catalogue::Id;
use super::figure::Standing;
use super::ledger::Ledger;
use super::part::Part;
use super::row::Row;
use super::scope::Scope;
use super::sheet::Sheet;
use super::spread::Spread;
use crate::data::snapshot::Snapshot;
use crate::plain::{Number, Period};

/// What somebody did in an area, in a repository and a period.
struct Work {
    at: usize,
    person: u32,
    place: usize,
    commits: u32,
    weeks: u16,
}

/// What was found in one repository.
pub(super) struct Found {
    /// With the number of the area.
    works: Vec<(usize, Work)>,
    /// Periods in which something happened that nobody looked at.
    unknown: BTreeSet<usize>,
}

/// What looks for areas in a repository.
pub(super) struct Eye<'a> {
    numbers: HashMap<&'a str, usize>,
    /// By period.
    weeks: Vec<[u16; 54]>,
}

impl<'a> Eye<'a> {
    pub fn new(areas: &'a [String], calendar: &Calendar) -> Self {
        let numbers = areas.iter().zip(0..).map(|(slug, at)| (slug.as_str(), at)).collect();
        Self { numbers, weeks: calendar.periods().map(weeks).collect() }
    }

    /// What was done in the repository that `part` is all of.
    pub fn find(&self, part: &Part, place: usize, rows: &[Row], snapshots: &[Option<&Snapshot>]) -> Found {
        let mut found = Found { works: Vec::new(), unknown: BTreeSet::new() };
        for row in rows.iter().filter(|row| row.counted() > 0) {
            let Some(at) = usize::try_from(row.at).ok().filter(|&at| at < self.weeks.len()) else { continue };
            if !part.counts(at) {
                continue;
            }
            let work = row.work.zip(snapshots[at]).map(|(work, it)| &it.authors[work as usize]);
            let Some(areas) = work.and_then(|work| work.areas.as_ref()) else {
                found.unknown.insert(at);
                continue;
            };
            for (slug, work) in areas {
                if let Some(&area) = self.numbers.get(slug.as_str()) {
                    let weeks = work.weeks.iter().filter_map(|&number| self.weeks[at].get(usize::from(number)));
                    let weeks = weeks.fold(0, |mask, week| mask | week);
                    found.works.push((area, Work { at, person: row.person, place, commits: work.commits, weeks }));
                }
            }
        }
        found
    }
}

/// A sheet for each area, in their order, of what was found in each repository.
pub(super) fn sheets(areas: &[String], parts: &[Part], found: Vec<Found>, calendar: &Calendar) -> Vec<Sheet> {
    let mut works: Vec<Vec<Work>> = areas.iter().map(|_| Vec::new()).collect();
    let mut unknown: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); calendar.len()];
    for (place, found) in found.into_iter().enumerate() {
        found.works.into_iter().for_each(|(area, work)| works[area].push(work));
        for at in found.unknown {
            unknown[at].insert(place);
        }
    }
    let same_rules: Vec<bool> = (0..calendar.len()).map(|at| same_rules(parts, at)).collect();
    let standings: Vec<Standing> = (0..calendar.len()).map(|at| standing(parts, &unknown[at], at)).collect();
    let sheet = |(slug, mut works): (&String, Vec<Work>)| {
        let scope = Scope::Area(slug.clone());
        Sheet::of_ledgers(scope, ledgers(&mut works, &standings), same_rules.clone())
    };
    areas.par_iter().zip(works).map(sheet).collect()
}

/// By number, the bit of each week that a period touches; nothing of other numbers.
fn weeks(period: Period) -> [u16; 54] {
    let bit = |number: u8| period.week_numbered(number).map_or(0, |week| 1 << (week - period.first_week()));
    std::array::from_fn(|number| u8::try_from(number).map_or(0, bit))
}

fn ledgers(works: &mut [Work], standings: &[Standing]) -> Vec<Ledger> {
    works.sort_unstable_by_key(|work| (work.at, work.person));
    let mut rest = &*works;
    let mut ledgers = Vec::with_capacity(standings.len());
    for (at, &standing) in standings.iter().enumerate() {
        let (own, later) = rest.split_at(rest.partition_point(|work| work.at <= at));
        rest = later;
        ledgers.push(ledger(own, standing));
    }
    ledgers
}

/// Of what was done in a period, by person.
fn ledger(works: &[Work], standing: Standing) -> Ledger {
    let commits: u64 = works.iter().map(|work| u64::from(work.commits)).sum();
    let mut ledger = Ledger::empty(standing);
    if matches!(standing, Standing::Unknown | Standing::Untracked) {
        return ledger;
    }
    let mut spread = Spread::default();
    let mut people = 0;
    for own in works.chunk_by(|a, b| a.person == b.person) {
        people += 1;
        spread.add(own.iter().fold(0, |weeks, work| weeks | work.weeks).count_ones());
    }
    let mut repos: Vec<usize> = works.iter().map(|work| work.place).collect();
    repos.sort_unstable();
    repos.dedup();
    let whole = |count: usize| Some(Number::whole(count as i128));
    ledger.set(Id::Commits, Some(Number::whole(commits)));
    ledger.set(Id::Contributors, whole(people));
    ledger.set(Id::ActiveRepos, whole(repos.len()));
    ledger.set(Id::ActiveWeeks, spread.mean());
    ledger.set(Id::ActiveWeeksMedian, spread.median());
    (ledger.people_commits, ledger.organisation_commits) = (commits, commits);
    ledger
}

/// What is known of the trees of all repositories in a period.
fn standing(parts: &[Part], without_trees: &BTreeSet<usize>, at: usize) -> Standing {
    let (mut unknown, mut open, mut closed) = (0, 0, 0);
    for (place, part) in parts.iter().enumerate().filter(|(_, part)| part.is_tracked(at)) {
        *if !part.is_known(at) || without_trees.contains(&place) {
            &mut unknown
        } else if part.is_closed(at) {
            &mut closed
        } else {
            &mut open
        } += 1;
    }
    Standing::of(unknown, open, closed)
}

fn same_rules(parts: &[Part], at: usize) -> bool {
    let parts: Vec<&Part> = parts.iter().collect();
    super::sheet::same_rules(&parts, at)
}
