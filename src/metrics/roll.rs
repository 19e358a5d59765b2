//! Who was active in a scope, and when: the rows of its repositories, merged by person and period.

use std::cmp::Reverse;
use std::ops::Range;

use super::calendar::{Calendar, YEAR};
use super::part::{First, Part};
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
    pub fn new(parts: &[&Part], span: Range<usize>, calendar: &Calendar, people: &[Person]) -> Self {
        let mut roll = Self {
            entries: Vec::new(),
            arrivals: vec![0; calendar.len()],
            before: 0,
            year: vec![Spread::default(); calendar.len()],
        };
        let rows = rows(parts, span.start.saturating_sub(YEAR - 1)..span.end, people.len());
        let mut rest = rows.as_slice();
        for arrivals in arrivals(parts, people.len()).chunk_by(|a, b| a.first.person == b.first.person) {
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
        for (place, entry) in self.entries.iter().enumerate() {
            by_period[entry.at].push(place);
        }
        for mut places in by_period {
            let total: u64 = places.iter().map(|&place| self.entries[place].commits).sum();
            places.sort_unstable_by_key(|&place| {
                let entry = &self.entries[place];
                (Reverse(entry.commits), entry.day, people[entry.person as usize].key, entry.person)
            });
            let mut reached = 0;
            for place in places {
                let entry = &mut self.entries[place];
                entry.layer = match reached * 100 {
                    below if below < total * 80 => Layer::Core,
                    below if below < total * 95 => Layer::Regular,
                    _ => Layer::Casual,
                };
                reached += entry.commits;
            }
        }
    }
}

/// The rows that are known, tracked or not, in a range of periods, by person and period.
fn rows(parts: &[&Part], range: Range<usize>, people: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for part in parts {
        let known = part.work.iter().filter(|work| range.contains(&work.at.into()) && part.is_known(work.at.into()));
        rows.extend(known.map(|work| Row {
            person: work.person,
            at: work.at,
            commits: work.commits,
            weeks: work.weeks,
            tracked_from: part.frame.tracked_from,
        }));
    }
    if parts.len() > 1 {
        rows = by_person(rows, people, |row| row.person);
        rows.chunk_by_mut(|a, b| a.person == b.person).for_each(|own| own.sort_by_key(|row| row.at));
    }
    rows
}

fn arrivals(parts: &[&Part], people: usize) -> Vec<Arrival> {
    let mut arrivals: Vec<Arrival> = Vec::with_capacity(parts.iter().map(|part| part.firsts.len()).sum());
    for part in parts {
        let tracked_from = part.frame.tracked_from;
        arrivals.extend(part.firsts.iter().map(|&first| Arrival { first, tracked_from }));
    }
    // One part has its people in order.
    if parts.len() > 1 { by_person(arrivals, people, |arrival| arrival.first.person) } else { arrivals }
}

/// Sorted by person, a number below `people`; those of one person stay in their order.
fn by_person<T: Copy>(mut all: Vec<T>, people: usize, person: impl Fn(&T) -> u32) -> Vec<T> {
    // To look at each person once is quicker than to compare, when there are enough of them.
    if all.len() < people / 4 {
        all.sort_by_key(person);
        return all;
    }
    let mut next = vec![0_usize; people + 1];
    for one in &all {
        next[person(one) as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = all.clone();
    for one in &all {
        let place = &mut next[person(one) as usize];
        sorted[*place] = *one;
        *place += 1;
    }
    sorted
}
