//! Streaks, records and ranks by hand, and once more the slow and obvious way.

use proptest::prelude::*;

use super::rows::of_list;
use super::sample::{measured, period, repo, series};
use super::{Chronicle, Point, Rank, Record, rank, record, streak};
use crate::metrics::{Measured, Scope, Standing};
use crate::plain::Number;

fn streaks(text: &str) -> Vec<Option<i32>> {
    let points = series(text);
    (0..points.len()).map(|at| streak(&points, at)).collect()
}

fn last_record(text: &str) -> Option<(i32, Option<String>)> {
    let points = series(text);
    let Record { over, since } = record(&points, points.len() - 1)?;
    Some((over, since.map(|period| period.to_string())))
}

#[test]
fn streaks_by_hand() {
    let known = |streaks: &[i32]| std::iter::once(None).chain(streaks.iter().copied().map(Some)).collect::<Vec<_>>();
    assert_eq!(streaks("1 2 3 3 4 2 1 0"), known(&[1, 2, 0, 1, -1, -2, -3]));
    // An open period has none and the one after it neither; nor does it reach over an unknown one.
    assert_eq!(streaks("1 2 3! 4 5"), [None, Some(1), None, None, Some(1)]);
    assert_eq!(streaks("1 2 ? 4 5"), [None, Some(1), None, None, Some(1)]);
    // Another repository was added at the third.
    assert_eq!(streaks("1 2 /3 4 5"), [None, Some(1), None, Some(1), Some(2)]);
}

#[test]
fn a_period_that_is_left_out_is_an_unknown_one() {
    let mut points = series("1 2 3 4");
    points.remove(1);
    assert_eq!((streak(&points, 1), streak(&points, 2)), (None, Some(1)));
    assert_eq!(streak(&points, 3), None);
}

#[test]
fn records_by_hand() {
    let since = |text: &str| Some(text.to_owned());
    // The highest in six quarters, and the first of the seven was higher.
    assert_eq!(last_record("9 1 2 3 2 1 8"), Some((5, None)));
    // On record: nothing known reaches it.
    assert_eq!(last_record("7 1 2 3 8"), Some((4, since("2020-Q1"))));
    assert_eq!(last_record("7 6 5"), Some((-2, since("2020-Q1"))));
    // An equal value isn't surpassed.
    assert_eq!(last_record("8 1 8"), Some((1, None)));
    assert_eq!(last_record("1 8 8"), Some((0, None)));
    // It claims no more than what can be compared.
    assert_eq!(last_record("9 ? 2 8"), Some((1, since("2020-Q3"))));
    assert_eq!(last_record("9 /1 2 8"), Some((2, since("2020-Q2"))));
    assert_eq!(last_record("1 2 8!"), None);
    assert_eq!(last_record("1"), None);
}

#[test]
fn ranks_by_hand() {
    let points = series("5 9 5 1 7! ? 0");
    let at = |at: usize| rank(&points[at], &points);
    assert_eq!(at(1), Some(Rank { place: 1, shared: 1, of: 5 }));
    assert_eq!(at(0), Some(Rank { place: 2, shared: 2, of: 5 }));
    assert_eq!(at(2), at(0));
    assert_eq!(at(3), Some(Rank { place: 4, shared: 1, of: 5 }));
    assert_eq!((at(4), at(5)), (None, None));
}

#[test]
fn rows_are_made_of_what_is_followed() {
    let mut figures = measured(&Scope::Corpus, "tracked_repos", "2 2 3 3");
    figures.extend(measured(&Scope::Corpus, "commits", "5 6 7 8"));
    figures.extend(measured(&Scope::Corpus, "merges", "5 6 7 8"));
    // An organisation has no registry of its own.
    figures.extend(measured(&Scope::Organisation("o".to_owned()), "contributors", "4 3 2 1"));
    figures.extend(measured(&Scope::Area("a".to_owned()), "contributors", "4 3 2 1"));
    let value = |one: &Measured| one.figure.value.map_or("absent".to_owned(), Number::tidy);
    let line = |one: &Measured| format!("{} {} {} {}", one.period, one.scope, one.figure.metric.name, value(one));
    let lines: Vec<String> = of_list(&figures).iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    2020-Q1 corpus commits_streak absent
    2020-Q1 corpus commits_record absent
    2020-Q2 corpus commits_streak 1
    2020-Q2 corpus commits_record 1
    2020-Q3 corpus commits_streak absent
    2020-Q3 corpus commits_record absent
    2020-Q4 corpus commits_streak 1
    2020-Q4 corpus commits_record 1
    2020-Q1 org:o contributors_streak absent
    2020-Q1 org:o contributors_record absent
    2020-Q2 org:o contributors_streak -1
    2020-Q2 org:o contributors_record -1
    2020-Q3 org:o contributors_streak absent
    2020-Q3 org:o contributors_record absent
    2020-Q4 org:o contributors_streak -1
    2020-Q4 org:o contributors_record -1
    ");
}

#[test]
fn repositories_decide_what_may_be_compared() {
    let of = |scope: &Scope, text: &str| measured(scope, "tracked_repos", text);
    let mut figures = [of(&Scope::Corpus, "2 2 3"), of(&repo("r"), "? 1 1")].concat();
    figures.extend(measured(&repo("r"), "commits", "? 1 2"));
    let chronicle = Chronicle::new(figures.iter().map(|one| (&*one.scope, one.period, &one.figure)));
    let steps = |scope: &Scope, metric| -> Vec<bool> {
        chronicle.series(scope, metric).iter().map(|point| point.comparable).collect()
    };
    assert_eq!(steps(&Scope::Corpus, "tracked_repos"), [false, true, false]);
    assert_eq!(steps(&repo("r"), "commits"), [false, false, true]);
    assert_eq!(steps(&repo("r"), "new"), [false; 0]);
    assert_eq!(chronicle.last_closed(), Some(2));
    assert_eq!(chronicle.place(period("2020-Q2")), Some(1));
}

/// Whether all of a window is closed and known, and each period but the first compares with the one before.
fn is_whole(points: &[Point], from: usize, to: usize) -> bool {
    (from..=to).all(|at| points[at].standing == Standing::Closed && points[at].value.is_some())
        && (from + 1..=to).all(|at| points[at].comparable)
}

fn slow_streak(points: &[Point], at: usize) -> Option<i32> {
    if at == 0 || !is_whole(points, at - 1, at) {
        return None;
    }
    let run = |rises: bool| {
        let goes = |at: usize| {
            let (before, now) = (points[at - 1].value.unwrap(), points[at].value.unwrap());
            if rises { now > before } else { now < before }
        };
        let lengths = (1..=at).filter(|&length| is_whole(points, at - length, at));
        let fitting = lengths.filter(|&length| (at - length + 1..=at).all(goes));
        i32::try_from(fitting.max().unwrap_or(0)).unwrap()
    };
    Some(run(true) - run(false))
}

fn slow_record(points: &[Point], at: usize) -> Option<Record> {
    if at == 0 || !is_whole(points, at - 1, at) {
        return None;
    }
    let now = points[at].value.unwrap();
    let longest = |beats: fn(Number, Number) -> bool| {
        let lengths = (1..=at).filter(|&length| is_whole(points, at - length, at));
        lengths.filter(|&length| (at - length..at).all(|at| beats(now, points[at].value.unwrap()))).max().unwrap_or(0)
    };
    let (high, low) = (longest(|now, then| now > then), longest(|now, then| now < then));
    let length = high.max(low);
    let ends = length == at || !is_whole(points, at - length - 1, at);
    let since = (length > 0 && ends).then(|| points[at - length].period);
    Some(Record { over: i32::try_from(high).unwrap() - i32::try_from(low).unwrap(), since })
}

fn slow_rank(own: &Point, all: &[Point]) -> Option<Rank> {
    let ranked = |point: &&Point| point.standing == Standing::Closed && point.value.is_some();
    let mut values: Vec<Number> = all.iter().filter(ranked).map(|point| point.value.unwrap()).collect();
    values.sort_by(|a, b| b.cmp(a));
    let value = Some(own).filter(ranked)?.value?;
    let place = 1 + values.iter().position(|other| *other == value)?;
    Some(Rank { place, shared: values.iter().filter(|other| **other == value).count(), of: values.len() })
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let standing = prop_oneof![
        12 => Just(Standing::Closed),
        1 => Just(Standing::Open),
        1 => Just(Standing::Partial { unknown: 1, open: false }),
    ];
    let value = prop_oneof![9 => (0..4_i32).prop_map(Some), 3 => (0..100_i32).prop_map(Some), 1 => Just(None)];
    let comparable = proptest::bool::weighted(0.92);
    proptest::collection::vec((value, standing, comparable), 1..24).prop_map(|points| {
        let periods = period("2020-Q1").through(period("2050-Q1"));
        let point = |((value, standing, comparable), period): ((Option<i32>, Standing, bool), _)| Point {
            period,
            value: value.map(Number::whole),
            standing,
            comparable,
        };
        points.into_iter().zip(periods).map(point).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fast_way_and_the_obvious_way_agree(points in points()) {
        for at in 0..points.len() {
            prop_assert_eq!(streak(&points, at), slow_streak(&points, at), "streak at {}", at);
            prop_assert_eq!(record(&points, at), slow_record(&points, at), "record at {}", at);
            prop_assert_eq!(rank(&points[at], &points), slow_rank(&points[at], &points), "rank of {}", at);
        }
    }

    #[test]
    fn twice_as_much_of_everything_changes_nothing(points in points()) {
        let doubled: Vec<Point> =
            points.iter().map(|point| Point { value: point.value.map(|value| value.times(2)), ..*point }).collect();
        for at in 0..points.len() {
            prop_assert_eq!(streak(&points, at), streak(&doubled, at));
            prop_assert_eq!(record(&points, at), record(&doubled, at));
            prop_assert_eq!(rank(&points[at], &points), rank(&doubled[at], &doubled));
        }
    }

    #[test]
    fn the_other_way_round_a_rise_is_a_fall(points in points()) {
        let turned: Vec<Point> =
            points.iter().map(|point| Point { value: point.value.map(|value| value.times(-1)), ..*point }).collect();
        for at in 0..points.len() {
            prop_assert_eq!(streak(&points, at).map(|length| -length), streak(&turned, at));
            let turned = record(&turned, at).map(|record| Record { over: -record.over, ..record });
            prop_assert_eq!(record(&points, at), turned);
        }
    }
}
