//! Whose people do the work.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Organisations, definition)
}

pub(super) const ROWS: &[(Id, Metric)] = &[
    (
        Id::Organisations,
        row(
            "organisations",
            "organisations",
            Unit::Count,
            "Known organisations with at least one commit by their people.",
        )
        .reach(Reach::Repositories),
    ),
    (
        Id::AffiliatedShare,
        row(
            "affiliated_share",
            "share of commits by organisations",
            Unit::Share,
            "Commits of people whose organisation is known, as a share of all commits.",
        )
        .reach(Reach::Repositories),
    ),
    (
        Id::InheritedShare,
        row(
            "inherited_share",
            "share of commits with an inherited organisation",
            Unit::Share,
            "Commits made under a private or no-reply address, whose organisation is taken from the same person's other \
             commits of the quarter, else of the four before, as a share of all commits.",
        )
        .reach(Reach::People),
    ),
    (
        Id::UnaffiliatedShare,
        row(
            "unaffiliated_share",
            "share of unaffiliated commits",
            Unit::Share,
            "Commits of people whose organisation is not known, as a share of all commits. They stay in every \
             denominator.",
        )
        .reach(Reach::Repositories),
    ),
];
