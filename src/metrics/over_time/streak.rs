//! How long a figure has been going one way.

use std::cmp::Ordering;

use super::point::{Point, Stretch};

/// How many periods in a row a figure went up (above 0) or down (below 0), up to a place of its series; 0 when it
/// equals the period before.
///
/// The series is in the order of time. A streak stops at a period that isn't closed or known, and where the scope's
/// repositories changed. None when the period itself is such a one, or has no earlier one to be compared with.
#[must_use]
pub fn streak(points: &[Point], at: usize) -> Option<i32> {
    let stretch = Stretch::up_to(points, at)?;
    let mut steps = stretch.values.windows(2).rev().map(|pair| pair[1].cmp(&pair[0]));
    let way = steps.next()?;
    let length = steps.take_while(|step| *step == way).fold(1, |length, _| length + 1);
    Some(match way {
        Ordering::Greater => length,
        Ordering::Equal => 0,
        Ordering::Less => -length,
    })
}
