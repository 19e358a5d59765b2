//! How a figure stands against its own past and its neighbours: the past of a figure, its streak, record and rank.

use std::cmp::Ordering;

use super::Figures;
use crate::metrics::{Scope, Standing};
use crate::plain::{Number, Period};

/// A figure of a scope in one of several periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub period: Period,
    /// How much, when it is known and has a meaning.
    pub value: Option<Number>,
    /// What it rests on.
    pub standing: Standing,
    /// Whether the scope has the same repositories as in the period before.
    pub comparable: bool,
}

impl Point {
    /// The value, when the period is closed.
    #[must_use]
    pub fn closed(&self) -> Option<Number> {
        self.value.filter(|_| self.standing == Standing::Closed)
    }
}

/// What tells whether neighbouring periods of a scope compare the same repositories.
const REPOSITORIES: &str = "tracked_repos";

/// The past of a figure up to a period, oldest first, without gaps.
///
/// A scope that states no `tracked_repos` is as comparable as the corpus.
#[must_use]
pub fn points(figures: &Figures, scope: &Scope, metric: &str, last: Period) -> Vec<Point> {
    let repos = figures.series(scope, REPOSITORIES).or_else(|| figures.series(&Scope::Corpus, REPOSITORIES));
    let repos = |period: Period| repos.and_then(|series| series.get(&period)).and_then(|figure| figure.value);
    let Some(&first) = figures.periods().first() else { return Vec::new() };
    let point = |period: Period| {
        let figure = figures.get(scope, metric, period);
        let now = repos(period);
        Point {
            period,
            value: figure.and_then(|figure| figure.value),
            standing: figure.map_or(Standing::Unknown, |figure| figure.standing),
            comparable: now.is_some() && now == repos(period.before(1)),
        }
    };
    first.through(last).map(point).collect()
}

/// Since when a figure has not been so high, or so low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Over how many earlier periods in a row the value is strictly the highest (above 0) or strictly the lowest
    /// (below 0): 5 is "the highest in six quarters". 0 when it equals the period before.
    pub over: i32,
    /// The first period that it can be compared with, when none of them reaches it.
    pub since: Option<Period>,
}

/// A place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// 1 for the most; those who are equal share a place, and the places after it stay empty.
    pub place: usize,
    /// How many have that place.
    pub shared: usize,
    /// How many were ranked.
    pub of: usize,
}

/// The closed values that follow each other and may be compared, up to a place, the latest first, with the period of
/// the earliest.
fn stretch(points: &[Point], at: usize) -> Option<(Period, Vec<Number>)> {
    let mut first = points.get(at)?;
    let mut values = vec![first.closed()?];
    for before in points[..at].iter().rev() {
        let Some(value) = before.closed().filter(|_| first.comparable) else { break };
        values.push(value);
        first = before;
    }
    Some((first.period, values))
}

/// How many periods in a row a figure went up (above 0) or down (below 0), up to a place of its past; 0 when it equals
/// the period before, none when there is nothing to compare.
#[must_use]
pub fn streak(points: &[Point], at: usize) -> Option<i32> {
    let (_, values) = stretch(points, at)?;
    let mut steps = values.windows(2).map(|pair| pair[0].cmp(&pair[1]));
    let way = steps.next()?;
    let length = 1 + i32::try_from(steps.take_while(|step| *step == way).count()).ok()?;
    Some(match way {
        Ordering::Greater => length,
        Ordering::Equal => 0,
        Ordering::Less => -length,
    })
}

/// The record that a figure sets at a place of its past; none when there is nothing to compare.
#[must_use]
pub fn record(points: &[Point], at: usize) -> Option<Record> {
    let (first, values) = stretch(points, at)?;
    let (now, earlier) = values.split_first()?;
    let way = now.cmp(earlier.first()?);
    let beaten = earlier.iter().take_while(|value| now.cmp(value) == way).count();
    let over = i32::try_from(beaten).ok()?;
    let since = (beaten == earlier.len()).then_some(first);
    Some(match way {
        Ordering::Greater => Record { over, since },
        Ordering::Equal => Record { over: 0, since: None },
        Ordering::Less => Record { over: -over, since },
    })
}

/// The rank of `own` among `all`, which it is one of: figures of one metric and period. Those that aren't closed or known
/// have no rank and aren't counted.
#[must_use]
pub fn rank(own: &Point, all: &[Point]) -> Option<Rank> {
    let value = own.closed()?;
    let known: Vec<Number> = all.iter().filter_map(Point::closed).collect();
    Some(Rank {
        place: 1 + known.iter().filter(|other| **other > value).count(),
        shared: known.iter().filter(|other| **other == value).count(),
        of: known.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `-` is unknown, `*` marks new repositories.
    fn past(text: &str) -> Vec<Point> {
        let first: Period = "2024-Q1".parse().unwrap();
        let last = first.through("2030-Q1".parse().unwrap());
        let point = |(word, period): (&str, Period)| {
            let value = word.trim_start_matches('*').parse::<i32>().ok().map(Number::whole);
            let standing = if value.is_some() { Standing::Closed } else { Standing::Unknown };
            Point { period, value, standing, comparable: !word.starts_with('*') }
        };
        text.split(' ').zip(last).map(point).collect()
    }

    fn at_end(text: &str) -> (Option<i32>, Option<i32>, Option<String>) {
        let points = past(text);
        let at = points.len() - 1;
        let record = record(&points, at);
        let since = record.and_then(|record| record.since).map(|period| period.to_string());
        (streak(&points, at), record.map(|record| record.over), since)
    }

    #[test]
    fn the_past_reaches_back_to_what_is_unknown_or_new() {
        assert_eq!(at_end("9 1 2 3 4"), (Some(3), Some(3), None));
        assert_eq!(at_end("3 1 2 3 4"), (Some(3), Some(4), Some("2024-Q1".to_owned())));
        assert_eq!(at_end("3 - 2 3 4"), (Some(2), Some(2), Some("2024-Q3".to_owned())));
        assert_eq!(at_end("3 2 *2 3 4"), (Some(2), Some(2), Some("2024-Q3".to_owned())));
        assert_eq!(at_end("3 2 2"), (Some(0), Some(0), None));
        assert_eq!(at_end("5 6 2"), (Some(-1), Some(-2), Some("2024-Q1".to_owned())));
        assert_eq!(at_end("5 -"), (None, None, None));
        assert_eq!(at_end("5 *6"), (None, None, None));
    }

    #[test]
    fn equals_share_a_place() {
        let points = past("5 7 5 - 1");
        assert_eq!(rank(&points[0], &points), Some(Rank { place: 2, shared: 2, of: 4 }));
        assert_eq!(rank(&points[4], &points), Some(Rank { place: 4, shared: 1, of: 4 }));
        assert_eq!(rank(&points[3], &points), None);
    }
}
