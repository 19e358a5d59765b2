//! Who was active in a scope, and when: the rows of its repositories, merged by person and period.

use std::cmp::Reverse;
use std::ops::Range;

use super::calendar::{Calendar, YEAR};
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
    pub at: usize,
    pub commits: u64,
    pub weeks: u16,
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
}

#[derive(Clone, Copy)]
struct Row {
    person: u32,
    at: u16,
    commits: u32,
    weeks: u16,
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
        };
        let (rows, arrivals) = index.of(parts, span.start.saturating_sub(YEAR - 1)..span.end);
        roll.entries.reserve(rows.len());
        let mut rest = rows.as_slice();
        for arrivals in arrivals.chunk_by(|a, b| a.first.person == b.first.person) {
            let person = arrivals[0].first.person;
            let (own, others) = rest.split_at(rest.iter().take_while(|row| row.person == person).count());
            rest = others;
            roll.arrive(arrivals);
            if !own.is_empty() {
                roll.enter(own, arrivals, &span);
                roll.add_years(own, &span, calendar);
            }
        }
        roll.peel(people, calendar.len());
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
            let (mut commits, mut weeks) = (0, 0);
            for row in counted {
                commits += u64::from(row.commits);
                weeks |= row.weeks;
            }
            let tracked = || arrivals.iter().filter(|arrival| arrival.tracked_from <= number(at));
            let day = tracked().map(|arrival| arrival.first.day).min();
            let day = day.expect("who has a row in a repository has arrived in it");
            let new = tracked().all(|arrival| arrival.first.at >= number(at));
            self.entries.push(Entry { person: rows[0].person, at, commits, weeks, day, new, layer: Layer::Casual });
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

    /// Finds each one's layer: the fewest who reach 80 % of the commits, those up to 95 %, the rest.
    fn peel(&mut self, people: &[Person], periods: usize) {
        let mut by_period = vec![Vec::new(); periods];
        for (entry, place) in self.entries.iter().zip(0..) {
            by_period[entry.at].push((Reverse(entry.commits), place));
        }
        for mut ranked in by_period {
            let total: u64 = ranked.iter().map(|(Reverse(commits), _)| commits).sum();
            ranked.sort_unstable_by_key(|(commits, _)| *commits);
            let mut reached = 0;
            for equals in ranked.chunk_by_mut(|a, b| a.0 == b.0) {
                let Reverse(commits) = equals[0].0;
                // Most have few commits, so many are equal: who comes first matters only where a layer ends among them.
                let begin_below = |percent: u64| {
                    let missing = (total * percent).saturating_sub(reached * 100);
                    usize::try_from(missing.div_ceil(commits * 100))
                        .map_or(equals.len(), |count| count.min(equals.len()))
                };
                let (core, regular) = (begin_below(80), begin_below(95));
                let tie = |(_, place): &(Reverse<u64>, usize)| {
                    let entry = &self.entries[*place];
                    (entry.day, people[entry.person as usize].key, entry.person)
                };
                for (end, within) in [(regular, equals.len()), (core, regular)] {
                    if 0 < end && end < within {
                        equals[..within].select_nth_unstable_by_key(end, tie);
                    }
                }
                for (rank, &(_, place)) in equals.iter().enumerate() {
                    self.entries[place].layer = match rank {
                        rank if rank < core => Layer::Core,
                        rank if rank < regular => Layer::Regular,
                        _ => Layer::Casual,
                    };
                }
                reached += commits * equals.len() as u64;
            }
        }
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
            let all: Vec<_> = places().flat_map(|(part, place)| rows_of(part).map(move |row| (row, place))).collect();
            let mut rows = by_person(&all, people, |(row, _)| row.person);
            rows.chunk_by_mut(|a, b| a.0.person == b.0.person).for_each(|own| own.sort_by_key(|(row, _)| row.at));
            rows
        };
        let arrivals = || {
            let of_part = |(part, place)| arrivals_of(part).map(move |arrival| (arrival, place));
            let all: Vec<_> = places().flat_map(of_part).collect();
            by_person(&all, people, |(arrival, _)| arrival.first.person)
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
        commits: work.commits,
        weeks: work.weeks,
        tracked_from: part.frame.tracked_from,
    })
}

fn arrivals_of(part: &Part) -> impl Iterator<Item = Arrival> + '_ {
    part.firsts.iter().map(|&first| Arrival { first, tracked_from: part.frame.tracked_from })
}

/// Sorted by person, a number below `people`; those of one person stay in their order.
fn by_person<T: Copy>(all: &[T], people: usize, person: impl Fn(&T) -> u32) -> Vec<T> {
    // To count is quicker than to compare, when there are about as many as people.
    let mut next = vec![0_usize; people + 1];
    for one in all {
        next[person(one) as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = all.to_vec();
    for one in all {
        let place = &mut next[person(one) as usize];
        sorted[*place] = *one;
        *place += 1;
    }
    sorted
}
