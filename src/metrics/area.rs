//! Areas of the work: how much is done in each, by how many. Known where trees were mined.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::calendar::Calendar;
use super::catalogue::Id;
use super::corpus::Corpus;
use super::figure::Standing;
use super::ledger::Ledger;
use super::part::Part;
use super::row::Row;
use super::scope::Scope;
use super::sheet::Sheet;
use super::spread::Spread;
use crate::data::snapshot::{AreaWork, Snapshot};
use crate::plain::{Number, Period};

/// What somebody did in an area, in a repository and a period.
struct Work {
    at: usize,
    person: u32,
    place: usize,
    commits: u32,
    weeks: u16,
}

/// A sheet for each area of `corpus`, in its order.
pub(super) fn sheets(
    corpus: &Corpus,
    parts: &[Part],
    rows: &[Vec<Row>],
    snapshots: &[Vec<Option<&Snapshot>>],
    calendar: &Calendar,
) -> Vec<Sheet> {
    let numbers: HashMap<&str, usize> = corpus.areas.iter().zip(0..).map(|(slug, at)| (slug.as_str(), at)).collect();
    let periods: Vec<Period> = calendar.periods().collect();
    let mut works: Vec<Vec<Work>> = corpus.areas.iter().map(|_| Vec::new()).collect();
    let mut unknown: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); calendar.len()];
    for (place, rows) in rows.iter().enumerate() {
        for row in rows.iter().filter(|row| row.counted() > 0) {
            let Some(at) = usize::try_from(row.at).ok().filter(|&at| at < calendar.len()) else { continue };
            if !parts[place].counts(at) {
                continue;
            }
            let work = row.work.zip(snapshots[place][at]).map(|(work, it)| &it.authors[work as usize]);
            let Some(areas) = work.and_then(|work| work.areas.as_ref()) else {
                unknown[at].insert(place);
                continue;
            };
            for (slug, work) in areas {
                if let Some(&area) = numbers.get(slug.as_str()) {
                    let weeks = mask(work, periods[at]);
                    works[area].push(Work { at, person: row.person, place, commits: work.commits, weeks });
                }
            }
        }
    }
    let same_rules: Vec<bool> = (0..calendar.len()).map(|at| same_rules(parts, at)).collect();
    let standings: Vec<Standing> = (0..calendar.len()).map(|at| standing(parts, &unknown[at], at)).collect();
    let sheet = |(slug, works): (&String, Vec<Work>)| {
        let scope = Scope::Area(slug.clone());
        Sheet::of_ledgers(scope, ledgers(&works, &standings), same_rules.clone())
    };
    corpus.areas.iter().zip(works).map(sheet).collect()
}

fn mask(work: &AreaWork, period: Period) -> u16 {
    let first = period.first_week();
    let weeks = work.weeks.iter().filter_map(|&number| period.week_numbered(number));
    weeks.fold(0, |mask, week| mask | 1 << (week - first))
}

fn ledgers(works: &[Work], standings: &[Standing]) -> Vec<Ledger> {
    let mut by_period: Vec<Vec<&Work>> = vec![Vec::new(); standings.len()];
    for work in works {
        by_period[work.at].push(work);
    }
    by_period.iter().zip(standings).map(|(works, &standing)| ledger(works, standing)).collect()
}

fn ledger(works: &[&Work], standing: Standing) -> Ledger {
    let commits: u64 = works.iter().map(|work| u64::from(work.commits)).sum();
    let mut ledger = Ledger::empty(standing);
    if matches!(standing, Standing::Unknown | Standing::Untracked) {
        return ledger;
    }
    let mut weeks: BTreeMap<u32, u16> = BTreeMap::new();
    for work in works {
        *weeks.entry(work.person).or_default() |= work.weeks;
    }
    let mut spread = Spread::default();
    for mask in weeks.values() {
        spread.add(mask.count_ones());
    }
    let repos: BTreeSet<usize> = works.iter().map(|work| work.place).collect();
    let whole = |count: usize| Some(Number::whole(count as i128));
    ledger.set(Id::Commits, Some(Number::whole(commits)));
    ledger.set(Id::Contributors, whole(weeks.len()));
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
