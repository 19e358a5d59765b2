//! Where people are at home: the side with most of their commits in a period, and how homes follow each other.

use super::super::calendar::Calendar;
use super::super::corpus::Corpus;
use super::super::part::Part;
use super::super::standing::{Knowledge, knowledge};
use super::cut::Cut;
use super::deeds::{Deed, by_person};

/// A home takes so many commits in it.
const LEAST: u64 = 3;

/// How many periods back a home is remembered.
pub(super) const REACH: i32 = 4;

/// A person's home in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub at: i32,
    pub side: u32,
}

/// The homes of one person, by period; a period without a home is left out.
#[derive(Default)]
struct Homes {
    found: Vec<Home>,
    /// Whether a tie would take a home from before the periods looked at, if there was one.
    hangs_on_earlier: bool,
}

impl Homes {
    /// From the deeds of one person, by period.
    fn new(own: &[Deed], cut: &Cut) -> Self {
        let mut homes = Self::default();
        let mut sums: Vec<(u32, u64)> = Vec::new();
        for deeds in own.chunk_by(|a, b| a.at == b.at) {
            sums.clear();
            for deed in deeds {
                let Some(side) = cut.of_part[deed.part as usize] else { continue };
                match sums.iter_mut().find(|(other, _)| *other == side) {
                    Some((_, commits)) => *commits += u64::from(deed.commits),
                    None => sums.push((side, deed.commits.into())),
                }
            }
            homes.settle(deeds[0].at, &sums);
        }
        homes
    }

    /// Finds the home of a period from the commits of its sides.
    fn settle(&mut self, at: i32, sums: &[(u32, u64)]) {
        let most = sums.iter().map(|&(_, commits)| commits).max().unwrap_or(0);
        if most < LEAST {
            return;
        }
        let mut tied = sums.iter().filter(|&&(_, commits)| commits == most).map(|&(side, _)| side);
        let side = match (tied.next(), tied.clone().next()) {
            (side, None) => side,
            (first, Some(_)) => {
                let last = self.last_before(at);
                self.hangs_on_earlier |= last.is_none() && (0..REACH).contains(&at);
                last.and_then(|last| first.into_iter().chain(tied).find(|&side| side == last.side))
            }
        };
        self.found.extend(side.map(|side| Home { at, side }));
    }

    /// The last home, as far back as one is remembered; `at` is later than all.
    fn last_before(&self, at: i32) -> Option<Home> {
        self.found.last().copied().filter(|home| at - home.at <= REACH)
    }
}

/// The homes of everybody who has one, person by person; of periods looked at, and of some before.
///
/// Homes are remembered for four periods, and each of those may have been a tie that the ones before it decide. Where
/// it comes to that, the rest of the person's history is looked at, so that no figure hangs on where the reported
/// periods begin.
pub(super) fn homes(corpus: &Corpus, parts: &[Part], deeds: &[Deed], cut: &Cut, calendar: &Calendar) -> Vec<Vec<Home>> {
    let mut all = Vec::new();
    let mut unsettled: Vec<(u32, usize)> = Vec::new();
    for own in by_person(deeds) {
        let homes = Homes::new(own, cut);
        if homes.hangs_on_earlier {
            unsettled.push((own[0].person, all.len()));
        }
        all.push(homes.found);
    }
    if unsettled.is_empty() {
        return all;
    }
    let mut longer = earlier_deeds(corpus, parts, &unsettled, calendar);
    let of = |person: u32| deeds[deeds.partition_point(|deed| deed.person < person)..].iter();
    for &(person, _) in &unsettled {
        longer.extend(of(person).take_while(|deed| deed.person == person));
    }
    longer.sort_by_key(|deed| (deed.person, deed.at));
    for own in by_person(&longer) {
        let found = unsettled.binary_search_by_key(&own[0].person, |&(person, _)| person);
        let (_, place) = unsettled[found.expect("only deeds of these were gathered")];
        all[place] = Homes::new(own, cut).found;
    }
    all
}

/// What some people, sorted, did before the periods looked at, as far as it counts.
fn earlier_deeds(corpus: &Corpus, parts: &[Part], people: &[(u32, usize)], calendar: &Calendar) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for (place, (history, persons)) in (0..).zip(corpus.histories.iter().zip(&corpus.roster.of_line)) {
        let tracked_from = parts[place as usize].frame.tracked_from;
        for (author, &person) in history.authors.iter().zip(persons) {
            if people.binary_search_by_key(&person, |&(person, _)| person).is_err() {
                continue;
            }
            for (&period, cell) in &author.active.0 {
                let at = calendar.number(period);
                if at >= 0 {
                    break;
                }
                let counts = at >= tracked_from && knowledge(history, period, corpus.as_of) != Knowledge::Unknown;
                if counts && cell.counted() > 0 {
                    deeds.push(Deed { person, at, part: place, commits: cell.counted() });
                }
            }
        }
    }
    deeds
}
