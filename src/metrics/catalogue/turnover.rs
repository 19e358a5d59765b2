//! Who comes, stays and goes.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Turnover, definition).reach(Reach::People)
}

const FOUCAULT: &str = "Foucault et al., ESEC/FSE 2015";

pub(super) const ROWS: &[(Id, Metric)] = &[
    (
        Id::New,
        row(
            "new",
            "new contributors",
            Unit::Count,
            "Contributors whose first commit ever, over the whole history of the repositories that are looked at, \
             falls in the quarter. Not stated where a part of that history is unknown.",
        )
        .up()
        .after("CHAOSS, New Contributors"),
    ),
    (
        Id::NewShare,
        row("new_share", "share of new contributors", Unit::Share, "New contributors as a share of all contributors."),
    ),
    (
        Id::Retained,
        row(
            "retained",
            "retained contributors",
            Unit::Count,
            "Contributors who were active in the quarter before as well. Not stated where what is known begins with this \
             quarter.",
        )
        .up()
        .after(FOUCAULT),
    ),
    (
        Id::Returning,
        row(
            "returning",
            "returning contributors",
            Unit::Count,
            "Contributors who were not active in the quarter before but made their first commit earlier.",
        )
        .up(),
    ),
    (
        Id::Churned,
        row(
            "churned",
            "churned contributors",
            Unit::Count,
            "People who were active in the quarter before and are not in this one.",
        )
        .down()
        .after(FOUCAULT),
    ),
    (
        Id::ChurnRate,
        row(
            "churn_rate",
            "churn rate",
            Unit::Share,
            "The share of the contributors of the quarter before who are not active in this one.",
        )
        .down()
        .after(FOUCAULT),
    ),
    (
        Id::Retention,
        row(
            "retention",
            "retention",
            Unit::Share,
            "The share of the contributors of the quarter before who are active in this one too.",
        )
        .up(),
    ),
    (
        Id::CommitsRetained,
        row(
            "commits_retained",
            "commits by those who stayed",
            Unit::Count,
            "Commits of the quarter by people who were active in the quarter before as well.",
        )
        .up(),
    ),
    (
        Id::CommitsNew,
        row("commits_new", "commits by those who came", Unit::Count, "Commits of the quarter by new contributors.")
            .up(),
    ),
    (
        Id::OneWeekShare,
        row(
            "one_week_share",
            "share active in one week only",
            Unit::Share,
            "The share of contributors whose commits of the quarter fall in a single week.",
        )
        .down(),
    ),
    (
        Id::NewOneWeekShare,
        row(
            "new_one_week_share",
            "share of the new active in one week only",
            Unit::Share,
            "The share of new contributors whose commits of the quarter fall in a single week.",
        )
        .down(),
    ),
    (
        Id::DriveBy,
        row(
            "drive_by",
            "drive-by contributors",
            Unit::Count,
            "New contributors with exactly one commit in the quarter.",
        ),
    ),
];
