//! Who was active in a scope, and when: the rows of its repositories, merged by person and period.

use std::ops::Range;

use super::calendar::{Calendar, YEAR};
use super::fewest::fewest;
use super::part::{First, Part};
use super::sheet::Desk;
use super::spread::Spread;
use crate::people::Person;
use crate::plain::Day;

/// A place in the onion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Core,
    Regular,
    Casual,
}

/// A person who was active in a period.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub person: u32,
    pub at: u16,
    pub weeks: u16,
    pub commits: u64,
    /// Those of them that no known organisation has a part in.
    pub alone: u64,
    /// The day of the person's first counted commit in the scope.
    pub day: Day,
    /// Whether the first counted commit in the scope, over all of the history, falls in the period.
    pub new: bool,
    pub layer: Layer,
}

/// Who was active when.
pub(super) struct Roll {
    /// By person, then period; from the period before the span to its last.
    pub entries: Vec<Entry>,
    /// By period: how many people have their first commit so far in it, in the repositories tracked by then.
    pub arrivals: Vec<u32>,
    /// What came before the first period.
    pub before: u32,
    /// By period: the active weeks of the trailing year.
    pub year: Vec<Spread>,
    /// By period: the fewest people whose commits reach half; nothing where there is nobody.
    pub absence_factors: Vec<Option<u64>>,
}

#[derive(Clone, Copy)]
struct Row {
    person: u32,
    at: u16,
    weeks: u16,
    commits: u32,
    alone: u32,
    tracked_from: i32,
}

#[derive(Clone, Copy)]
struct Arrival {
    first: First,
    tracked_from: i32,
}

fn number(at: usize) -> i32 {
    i32::try_from(at).expect("there are fewer than 40,000 quarters")
}

impl Roll {
    /// The roll of `parts` for the periods of `span`; ties between people are broken by their keys.
    pub fn new(parts: &[&Part], span: Range<usize>, Desk { calendar, people, index }: Desk) -> Self {
        let mut roll = Self {
            entries: Vec::new(),
            arrivals: vec![0; calendar.len()],
            before: 0,
            year: vec![Spread::default(); calendar.len()],
            absence_factors: Vec::new(),
        };
        let (rows, arrivals) = index.of(parts, span.start.saturating_sub(YEAR - 1)..span.end);
        roll.entries.reserve(rows.len());
        let mut rest = rows.as_slice();
        for arrivals in arrivals.chunk_by(|a, b| a.first.person == b.first.person) {
            let person = arrivals[0].first.person;
            let count = rest.iter().position(|row| row.person != person).unwrap_or(rest.len());
            let (own, others) = rest.split_at(count);
            rest = others;
            roll.arrive(arrivals);
            if !own.is_empty() {
                roll.enter(own, arrivals, &span);
                roll.add_years(own, &span, calendar);
            }
        }
        roll.peel(people);
        roll
    }

    /// Counts a person from the first period in which a repository is tracked that has had a commit of theirs.
    fn arrive(&mut self, arrivals: &[Arrival]) {
        let since = arrivals.iter().map(|arrival| arrival.first.at.max(arrival.tracked_from)).min();
        match usize::try_from(since.expect("a person comes with an arrival")) {
            Err(_) => self.before += 1,
            Ok(at) if at < self.arrivals.len() => self.arrivals[at] += 1,
            Ok(_) => {}
        }
    }

    fn enter(&mut self, own: &[Row], arrivals: &[Arrival], span: &Range<usize>) {
        for rows in own.chunk_by(|a, b| a.at == b.at) {
            let at = usize::from(rows[0].at);
            let mut counted = rows.iter().filter(|row| row.tracked_from <= number(at)).peekable();
            if at + 1 < span.start || counted.peek().is_none() {
                continue;
            }
            let (mut commits, mut alone, mut weeks) = (0, 0, 0);
            for row in counted {
                commits += u64::from(row.commits);
                alone += u64::from(row.alone);
                weeks |= row.weeks;
            }
            let tracked = || arrivals.iter().filter(|arrival| arrival.tracked_from <= number(at));
            let day = tracked().map(|arrival| arrival.first.day).min();
            let day = day.expect("who has a row in a repository has arrived in it");
            let new = tracked().all(|arrival| arrival.first.at >= number(at));
            let (Row { person, at, .. }, layer) = (rows[0], Layer::Casual);
            self.entries.push(Entry { person, at, weeks, commits, alone, day, new, layer });
        }
    }

    fn add_years(&mut self, own: &[Row], span: &Range<usize>, calendar: &Calendar) {
        let first = usize::from(own[0].at).max(span.start);
        let last = usize::from(own[own.len() - 1].at) + YEAR;
        for end in first..last.min(span.end) {
            let year = (end + 1).saturating_sub(YEAR)..=end;
            let weeks = own
                .iter()
                .filter(|row| row.tracked_from <= number(end) && year.contains(&row.at.into()))
                .fold(0, |weeks, row| weeks | calendar.weeks_of_year(row.weeks, row.at.into(), end));
            if weeks != 0 {
                self.year[end].add(weeks.count_ones());
            }
        }
    }

    /// Something of each entry, by period.
    pub fn by_period<T>(&self, of: impl Fn(&Entry) -> T) -> Vec<Vec<T>> {
        let mut counts = vec![0; self.arrivals.len()];
        self.entries.iter().for_each(|entry| counts[usize::from(entry.at)] += 1);
        let mut by_period: Vec<Vec<T>> = counts.into_iter().map(Vec::with_capacity).collect();
        self.entries.iter().for_each(|entry| by_period[usize::from(entry.at)].push(of(entry)));
        by_period
    }

    /// Finds each one's layer: the fewest who reach 80 % of the commits, those up to 95 %, the rest.
    fn peel(&mut self, people: &[Person]) {
        let mut commits = self.by_period(|entry| entry.commits);
        for commits in &mut commits {
            commits.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.absence_factors = commits.iter().map(|commits| fewest(commits, 50)).collect();
        let cuts: Vec<[Cut; 2]> = commits.iter().map(|commits| [95, 80].map(|part| Cut::new(commits, part))).collect();
        // Most have few commits, so many are equal: who comes first matters only where a layer ends among them.
        let mut tied = vec![[Vec::new(), Vec::new()]; cuts.len()];
        for (place, entry) in self.entries.iter_mut().enumerate() {
            let at = usize::from(entry.at);
            for ((cut, tied), layer) in cuts[at].iter().zip(&mut tied[at]).zip([Layer::Regular, Layer::Core]) {
                if entry.commits > cut.commits {
                    entry.layer = layer;
                } else if entry.commits == cut.commits && cut.within > 0 {
                    tied.push(place);
                }
            }
        }
        for (cuts, tied) in cuts.iter().zip(&mut tied) {
            for ((cut, tied), layer) in cuts.iter().zip(tied).zip([Layer::Regular, Layer::Core]) {
                if cut.within < tied.len() {
                    tied.select_nth_unstable_by_key(cut.within, |&place| {
                        let entry = &self.entries[place];
                        (entry.day, people[entry.person as usize].key, entry.person)
                    });
                }
                tied.iter().take(cut.within).for_each(|&place| self.entries[place].layer = layer);
            }
        }
    }
}

/// Where a layer ends: who has more commits is within it, and of those who have as many the first so many.
struct Cut {
    commits: u64,
    within: usize,
}

impl Cut {
    /// The end of the fewest who reach `percent` of the commits, which descend.
    fn new(commits: &[u64], percent: u64) -> Self {
        let count = fewest(commits, percent).map_or(0, |count| usize::try_from(count).expect("it is of a list"));
        let Some(&last) = count.checked_sub(1).and_then(|last| commits.get(last)) else {
            return Self { commits: u64::MAX, within: 0 };
        };
        Self { commits: last, within: count - commits.partition_point(|&one| one > last) }
    }
}

/// All rows and arrivals by person, so that those of many repositories need no sorting.
pub(super) struct Index {
    /// With the places of their repositories, whatever is known of them.
    rows: Vec<(Row, u32)>,
    arrivals: Vec<(Arrival, u32)>,
}

impl Index {
    /// Of the repositories of the registry, in its order.
    pub fn new(parts: &[Part], people: usize) -> Self {
        let places = || parts.iter().zip(0_u32..);
        let rows = || {
            let all = || places().flat_map(|(part, place)| rows_of(part).map(move |row| (row, place)));
            let mut rows = by_person(all, people, |(row, _)| row.person);
            rows.chunk_by_mut(|a, b| a.0.person == b.0.person).for_each(|own| own.sort_by_key(|(row, _)| row.at));
            rows
        };
        let arrivals = || {
            let all = || places().flat_map(|(part, place)| arrivals_of(part).map(move |arrival| (arrival, place)));
            by_person(all, people, |(arrival, _)| arrival.first.person)
        };
        let (rows, arrivals) = rayon::join(rows, arrivals);
        Self { rows, arrivals }
    }

    /// The rows that are known, tracked or not, in a range of periods, by person and period; and who came when, by
    /// person.
    fn of(&self, parts: &[&Part], range: Range<usize>) -> (Vec<Row>, Vec<Arrival>) {
        let is_wanted = |part: &Part, row: &Row| range.contains(&row.at.into()) && part.is_known(row.at.into());
        let count: usize = parts.iter().map(|part| part.firsts.len()).sum();
        let mut own: Vec<Option<&Part>> = Vec::new();
        for part in parts {
            let Some(place) = part.place.map(|place| place as usize) else { break };
            own.resize(own.len().max(place + 1), None);
            own[place] = Some(part);
        }
        // To sort a few is less than to look at all.
        if own.iter().flatten().count() < parts.len() || parts.len() < 2 || count < self.arrivals.len() / 32 {
            let mut rows: Vec<Row> = Vec::new();
            let mut arrivals: Vec<Arrival> = Vec::with_capacity(count);
            for part in parts {
                rows.extend(rows_of(part).filter(|row| is_wanted(part, row)));
                arrivals.extend(arrivals_of(part));
            }
            // Stable, because it merges the sorted runs that the parts are.
            rows.sort_by_key(|row| (row.person, row.at));
            arrivals.sort_by_key(|arrival| arrival.first.person);
            return (rows, arrivals);
        }
        let part = |place: u32| own.get(place as usize).copied().flatten();
        let mut rows = Vec::with_capacity(parts.iter().map(|part| part.work.len()).sum());
        let wanted = self.rows.iter().filter(|(row, place)| part(*place).is_some_and(|part| is_wanted(part, row)));
        rows.extend(wanted.map(|(row, _)| *row));
        let mut arrivals = Vec::with_capacity(count);
        arrivals.extend(self.arrivals.iter().filter(|(_, place)| part(*place).is_some()).map(|(arrival, _)| *arrival));
        (rows, arrivals)
    }
}

fn rows_of(part: &Part) -> impl Iterator<Item = Row> + '_ {
    part.work.iter().map(|work| Row {
        person: work.person,
        at: work.at,
        weeks: work.weeks,
        commits: work.commits,
        alone: work.alone,
        tracked_from: part.frame.tracked_from,
    })
}

fn arrivals_of(part: &Part) -> impl Iterator<Item = Arrival> + '_ {
    part.firsts.iter().map(|&first| Arrival { first, tracked_from: part.frame.tracked_from })
}

/// Sorted by person, a number below `people`; those of one person stay in their order.
fn by_person<T: Copy, All: Iterator<Item = T>>(
    all: impl Fn() -> All,
    people: usize,
    person: impl Fn(&T) -> u32,
) -> Vec<T> {
    // To count is quicker than to compare, when there are about as many as people.
    let mut next = vec![0_usize; people + 1];
    for one in all() {
        next[person(&one) as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let Some(any) = all().next() else { return Vec::new() };
    let mut sorted = vec![any; next[people]];
    for one in all() {
        let place = &mut next[person(&one) as usize];
        sorted[*place] = one;
        *place += 1;
    }
    sorted
}
