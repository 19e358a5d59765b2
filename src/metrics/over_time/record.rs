//! Since when a figure has not been so high, or so low.

use std::cmp::Ordering;

use super::point::{Point, Stretch};
use crate::plain::Period;

/// How far back nothing is as high, or as low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Over how many earlier periods in a row the value is strictly the highest (above 0) or strictly the lowest
    /// (below 0): 5 is "the highest in six quarters". 0 when it equals the period before.
    pub over: i32,
    /// The first period that it can be compared with, when none of them reaches it: "on record since 2023-Q1".
    pub since: Option<Period>,
}

/// The record that a figure sets at a place of its series, which is in the order of time.
///
/// It reaches back to a period that isn't closed or known, or to a change of the scope's repositories, and no further.
/// None when the period itself is such a one, or has no earlier one to be compared with.
#[must_use]
pub fn record(points: &[Point], at: usize) -> Option<Record> {
    let stretch = Stretch::up_to(points, at)?;
    let (now, earlier) = stretch.split();
    let way = now.cmp(earlier.last()?);
    let beaten = earlier.iter().rev().take_while(|value| now.cmp(value) == way).count();
    let over = i32::try_from(beaten).expect("there are fewer than 40,000 quarters");
    Some(match way {
        Ordering::Equal => Record { over: 0, since: None },
        _ => Record {
            over: if way == Ordering::Greater { over } else { -over },
            since: (beaten == earlier.len()).then_some(stretch.first),
        },
    })
}
