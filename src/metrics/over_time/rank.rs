//! The place of a figure among its neighbours.

use super::point::Point;

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

/// The rank of `own` among `all`, which it is one of: figures of one metric and period, in any order.
///
/// Figures of periods that aren't closed, and unknown ones, have no rank and aren't counted.
#[must_use]
pub fn rank(own: &Point, all: &[Point]) -> Option<Rank> {
    let value = own.closed()?;
    let known = || all.iter().filter_map(Point::closed);
    Some(Rank {
        place: 1 + known().filter(|other| *other > value).count(),
        shared: known().filter(|other| *other == value).count(),
        of: known().count(),
    })
}
