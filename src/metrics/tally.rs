//! The counts of a scope in a period.

use std::ops::Range;

use super::fewest::fewest;
use super::part::{Employed, Lanes, Part, join_employed};
use super::roll::{Entry, Roll};
use super::sheet::Desk;
use super::spread::Spread;
use super::team::Team;
use super::trees::Trees;

/// The counts of a scope in a period, over the repositories that are tracked and known in it.
#[derive(Clone, Default)]
pub(super) struct Tally {
    /// Counted commits, as the sum over people; the lanes hold them as well.
    pub commits: u64,
    pub contributors: u64,
    pub ever: u64,
    pub active_repos: u64,
    pub tracked_repos: u64,
    pub weeks: Spread,
    pub year: Spread,
    pub new: u64,
    pub retained: u64,
    pub returning: u64,
    pub churned: u64,
    pub commits_retained: u64,
    pub commits_new: u64,
    pub one_week: u64,
    pub new_one_week: u64,
    pub drive_by: u64,
    /// Core, regular and casual.
    pub layers: [u64; 3],
    /// Those of the layers of the period before who left.
    pub layers_churned: [u64; 3],
    pub absence_factor: Option<u64>,
    pub elephant_factor: Option<u64>,
    /// Commits again, as the sum over organisations.
    pub commits_of_organisations: u64,
    /// Known organisations.
    pub organisations: u64,
    /// Commits of people whose organisation is known.
    pub affiliated: u64,
    /// Those of them whose organisation is known from other commits only.
    pub inherited: u64,
    pub lanes: Lanes,
    pub trees: Trees,
    pub team: Team,
    /// Commits of the repository with most of them.
    pub top_repo: u64,
    /// The sum of the squares of the repositories' commits.
    pub squares: u64,
    /// Repositories whose first commit falls in the period.
    pub entrants: u64,
    pub newly_tracked: u64,
    /// Of those who were new in this period, how many were active in each.
    pub cohort: Vec<u64>,
}

/// The tallies of all periods; only those of `span` are filled.
pub(super) fn tallies(parts: &[&Part], span: Range<usize>, desk: Desk) -> Vec<Tally> {
    let calendar = desk.calendar;
    let mut roll = Roll::new(parts, span.clone(), desk);
    let mut ever = u64::from(roll.before);
    let periods = roll.arrivals.iter().zip(std::mem::take(&mut roll.year)).zip(&roll.absence_factors);
    let tally = |((&arrived, year), &absence_factor): ((&u32, Spread), &Option<u64>)| {
        ever += u64::from(arrived);
        Tally { ever, year, absence_factor, cohort: vec![0; calendar.len()], ..Tally::default() }
    };
    let mut tallies: Vec<Tally> = periods.map(tally).collect();
    for own in roll.entries.chunk_by(|a, b| a.person == b.person) {
        count_person(&mut tallies, own);
    }
    count_teams(&mut tallies, &roll, parts);
    count_organisations(&mut tallies, &roll, parts, &span);
    for at in span {
        count_repos(&mut tallies[at], parts, at);
    }
    tallies
}

/// Counts one person, whose entries are in order of periods.
fn count_person(tallies: &mut [Tally], own: &[Entry]) {
    let mut before: Option<&Entry> = None;
    for entry in own {
        let stayed = before.is_some_and(|before| before.at + 1 == entry.at);
        let tally = &mut tallies[usize::from(entry.at)];
        let one_week = u64::from(entry.weeks.is_power_of_two());
        tally.contributors += 1;
        tally.commits += entry.commits;
        tally.weeks.add(entry.weeks.count_ones());
        tally.one_week += one_week;
        tally.layers[entry.layer as usize] += 1;
        if entry.new {
            tally.new += 1;
            tally.commits_new += entry.commits;
            tally.new_one_week += one_week;
            tally.drive_by += u64::from(entry.commits == 1);
            for later in own.iter().filter(|later| later.at > entry.at) {
                tally.cohort[usize::from(later.at)] += 1;
            }
        } else if stayed {
            tally.retained += 1;
            tally.commits_retained += entry.commits;
        } else {
            tally.returning += 1;
        }
        if !stayed {
            before.inspect(|before| count_churn(tallies, before));
        }
        before = Some(entry);
    }
    before.inspect(|before| count_churn(tallies, before));
}

/// Counts a person who isn't active in the period after.
fn count_churn(tallies: &mut [Tally], last: &Entry) {
    if let Some(after) = tallies.get_mut(usize::from(last.at) + 1) {
        after.churned += 1;
        after.layers_churned[last.layer as usize] += 1;
    }
}

fn count_teams(tallies: &mut [Tally], roll: &Roll, parts: &[&Part]) {
    for (at, people) in roll.by_period(|entry| entry.person).into_iter().enumerate() {
        tallies[at].team = match parts {
            _ if people.is_empty() => continue,
            [part] => Team::new(&people, &part.season(at).pairs),
            _ => Team::new(&people, &together(parts, at)),
        };
    }
}

/// The pairs of several repositories, each once.
fn together(parts: &[&Part], at: usize) -> Vec<(u32, u32)> {
    // As one number each: those compare quicker than two.
    let one = |&(a, b): &(u32, u32)| u64::from(a) << 32 | u64::from(b);
    let of_parts = parts.iter().filter(|part| part.counts(at)).flat_map(|part| &part.season(at).pairs);
    let mut pairs: Vec<u64> = of_parts.map(one).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let half = |number: u64| u32::try_from(number & u64::from(u32::MAX)).expect("half of the bits");
    pairs.into_iter().map(|pair| (half(pair >> 32), half(pair))).collect()
}

/// Counts organisations; a person without one is an organisation of one.
fn count_organisations(tallies: &mut [Tally], roll: &Roll, parts: &[&Part], span: &Range<usize>) {
    let mut known: Vec<Employed> = Vec::new();
    for part in parts {
        known.extend(part.employed.iter().filter(|one| span.contains(&one.at.into()) && part.counts(one.at.into())));
    }
    join_employed(&mut known);
    let mut commits = roll.by_period(|entry| entry.alone);
    for one in known {
        let at = usize::from(one.at);
        commits[at].push(one.commits);
        tallies[at].organisations += 1;
        tallies[at].affiliated += one.commits;
        tallies[at].inherited += one.inherited;
    }
    for at in span.clone() {
        commits[at].sort_unstable_by(|a, b| b.cmp(a));
        tallies[at].elephant_factor = fewest(&commits[at], 50);
        tallies[at].commits_of_organisations = commits[at].iter().sum();
    }
}

fn count_repos(tally: &mut Tally, parts: &[&Part], at: usize) {
    let number = i32::try_from(at).expect("there are fewer than 40,000 quarters");
    for part in parts.iter().filter(|part| part.is_tracked(at)) {
        tally.tracked_repos += 1;
        tally.newly_tracked += u64::from(part.frame.tracked_from == number);
        if part.is_known(at) {
            let season = part.season(at);
            let commits = u64::from(season.lanes.cell.counted());
            tally.active_repos += u64::from(commits > 0);
            tally.top_repo = tally.top_repo.max(commits);
            tally.squares += commits * commits;
            tally.entrants += u64::from(part.began == Some(number));
            tally.lanes.join(&season.lanes);
            tally.trees.join(&season.trees);
        }
    }
}
