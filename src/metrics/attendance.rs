//! Who did what where: a row per person, period and repository, for those who count on by themselves.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::corpus::Corpus;
use super::part::Part;
use super::roll::{Layer, Roll};
use super::sheet::Desk;
use super::survey::Survey;
use crate::plain::{Period, Result};

/// What a person did in a repository in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// When.
    pub period: Period,
    /// The place of the repository in the registry.
    pub repo: usize,
    /// The place of the person in the roster.
    pub person: u32,
    /// Counted commits, at least 1.
    pub commits: u64,
    /// Weeks with a commit, 1 to 14.
    pub weeks: u32,
    /// The organisation that most of these commits belong to; of two with as many the first of `data/orgs.yaml`.
    pub organisation: Option<u32>,
    /// `core`, `regular` or `casual`.
    pub layer: &'static str,
    /// `new`, `retained` or `returning` to the repository; none where the history that tells isn't known.
    pub came: Option<&'static str>,
}

/// Everybody's work in the reported periods, in the order of the registry, then of the roster, then of time.
///
/// Fails when the parts of `corpus` don't belong together (`Kind::Data`).
pub fn attendance(corpus: &Corpus) -> Result<Vec<Attendance>> {
    let survey = Survey::new(corpus)?;
    let of_repo = |(place, part)| of_repo(corpus, place, part, survey.desk());
    let rows: Vec<Vec<Attendance>> = survey.parts.par_iter().enumerate().map(of_repo).collect();
    Ok(rows.into_iter().flatten().collect())
}

fn of_repo(corpus: &Corpus, place: usize, part: &Part, desk: Desk) -> Vec<Attendance> {
    let calendar = desk.calendar;
    let roll = Roll::new(&[part], calendar.measured(), desk);
    let employers = employers(corpus, place);
    let periods: Vec<Period> = calendar.periods().collect();
    let mut rows = Vec::new();
    for own in roll.entries.chunk_by(|a, b| a.person == b.person) {
        let mut before = None;
        for entry in own {
            let stayed = before == Some(entry.at);
            before = Some(entry.at + 1);
            let at = usize::from(entry.at);
            if !calendar.reported().contains(&at) {
                continue;
            }
            let is_told = |at: usize| !part.is_tracked(at) || part.is_known(at);
            let knows_before = at.checked_sub(1).is_none_or(is_told);
            let came = match (stayed, entry.new) {
                (true, _) => Some("retained"),
                (false, true) => part.frame.is_whole.then_some("new"),
                (false, false) => (part.frame.is_whole && knows_before).then_some("returning"),
            };
            let period = periods[at];
            rows.push(Attendance {
                period,
                repo: place,
                person: entry.person,
                commits: entry.commits,
                weeks: entry.weeks.count_ones(),
                organisation: employers.get(&(entry.person, period)).copied(),
                layer: match entry.layer {
                    Layer::Core => "core",
                    Layer::Regular => "regular",
                    Layer::Casual => "casual",
                },
                came,
            });
        }
    }
    rows
}

/// By person and period: the organisation of most commits; absent where that is none.
fn employers(corpus: &Corpus, place: usize) -> HashMap<(u32, Period), u32> {
    let mut commits: HashMap<(u32, Period), BTreeMap<Option<u32>, u32>> = HashMap::new();
    for (line, author) in corpus.histories[place].authors.iter().enumerate() {
        let person = corpus.roster.of_line[place][line];
        for (&period, cell) in author.active.0.iter().filter(|(_, cell)| cell.counted() > 0) {
            let employer = (corpus.affiliation)(place, line, period).map(|it| it.organisation);
            *commits.entry((person, period)).or_default().entry(employer).or_default() += cell.counted();
        }
    }
    let most = |sums: BTreeMap<Option<u32>, u32>| -> Option<u32> {
        let known = sums.into_iter().filter_map(|(employer, sum)| Some((employer?, sum)));
        known.min_by_key(|(employer, sum)| (std::cmp::Reverse(*sum), *employer)).map(|(employer, _)| employer)
    };
    commits.into_iter().filter_map(|(key, sums)| Some((key, most(sums)?))).collect()
}
