//! Small series and chronicles for tests.

use std::sync::Arc;

use super::Point;
use crate::metrics::{Figure, Measured, Scope, Standing, catalogue};
use crate::plain::{Number, Period};

pub fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

pub fn repo(id: &str) -> Scope {
    Scope::Repo(id.to_owned())
}

/// A series from 2020-Q1: a value, `?` for unknown, `!` after it for an open period, `/` before it where the
/// repositories changed.
pub fn series(text: &str) -> Vec<Point> {
    let words = text.split_whitespace().zip(period("2020-Q1").through(period("2050-Q1")));
    words.map(|(word, period)| point(word, period)).collect()
}

fn point(word: &str, period: Period) -> Point {
    let comparable = !word.starts_with('/');
    let standing = if word.ends_with('!') { Standing::Open } else { Standing::Closed };
    let value = word.trim_matches(['/', '!']).parse::<i32>().ok().map(Number::whole);
    Point { period, value, standing, comparable }
}

/// The same as figures of a scope.
pub fn measured(scope: &Scope, metric: &str, text: &str) -> Vec<Measured> {
    let metric = catalogue::find(metric).expect("a metric");
    let scope = Arc::new(scope.clone());
    let figures = series(text).into_iter().map(|point| {
        let figure = Figure { metric, value: point.value, standing: point.standing };
        Measured { period: point.period, scope: Arc::clone(&scope), figure }
    });
    figures.collect()
}

/// Per cent as shares.
pub fn shares(scope: &Scope, metric: &str, text: &str) -> Vec<Measured> {
    let mut figures = measured(scope, metric, text);
    for one in &mut figures {
        one.figure.value = one.figure.value.and_then(|value| value.over(Number::whole(100)));
    }
    figures
}
