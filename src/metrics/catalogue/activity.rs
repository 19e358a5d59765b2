//! How much happened.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Activity, definition)
}

const CHAOSS_LINES: &str = "CHAOSS, Code Changes Lines";

pub(super) const ROWS: &[(Id, Metric)] = &[
    (
        Id::Commits,
        row(
            "commits",
            "commits",
            Unit::Count,
            "Commits by people, dated in the quarter, on each repository's main branch. Merge commits, bots, coding \
             agents that are named as the author, and imported history are left out and shown apart.",
        )
        .up()
        .after("CHAOSS, Code Changes Commits"),
    ),
    (
        Id::Contributors,
        row(
            "contributors",
            "contributors",
            Unit::Count,
            "People who wrote at least one of these commits in the quarter. A person who uses several names or \
             addresses counts once, and once only in a category or in the whole corpus.",
        )
        .up()
        .after("CHAOSS, Contributors"),
    ),
    (
        Id::ActiveRepos,
        row(
            "active_repos",
            "active repositories",
            Unit::Count,
            "Repositories with at least one commit by a person in the quarter.",
        )
        .up(),
    ),
    (
        Id::TrackedRepos,
        row(
            "tracked_repos",
            "tracked repositories",
            Unit::Count,
            "Repositories that belong to the corpus in the quarter, whether anything happened in them or not.",
        )
        .reach(Reach::Repositories),
    ),
    (
        Id::ContributorsEver,
        row(
            "contributors_ever",
            "contributors ever",
            Unit::Count,
            "People with at least one commit at any time up to the end of the quarter, over the whole history of the \
             repositories that belong to the corpus in it. Not stated where a part of that history is unknown.",
        )
        .reach(Reach::People),
    ),
    (
        Id::ActiveWeeks,
        row(
            "active_weeks",
            "active weeks per contributor",
            Unit::Weeks,
            "In how many different weeks of the quarter a contributor made at least one commit, on average. Weeks run \
             from Monday to Sunday in UTC; a quarter touches 13 or 14 of them.",
        )
        .up(),
    ),
    (
        Id::ActiveWeeksMedian,
        row(
            "active_weeks_median",
            "median active weeks",
            Unit::Weeks,
            "The number of active weeks of the contributor in the middle: half have as many or fewer, half as many or \
             more.",
        )
        .up(),
    ),
    (
        Id::ActiveWeeksYear,
        row(
            "active_weeks_year",
            "active weeks per contributor in a year",
            Unit::Weeks,
            "In how many different weeks, of the 52 that end with the week of the quarter's last day, a person made \
             at least one commit, on average over all who made one in these weeks.",
        )
        .up()
        .reach(Reach::People),
    ),
    (
        Id::ActiveWeeksYearMedian,
        row(
            "active_weeks_year_median",
            "median active weeks in a year",
            Unit::Weeks,
            "The number of active weeks, of the same 52, of the person in the middle.",
        )
        .up()
        .reach(Reach::People),
    ),
    (
        Id::Hours,
        row(
            "hours",
            "estimated hours",
            Unit::Hours,
            "An estimate of time spent, from the times of each person's commits in each repository: a pause of up to \
             two hours counts in full, a longer one, and the time before a first commit, as two hours. Work on two \
             repositories at once counts twice.",
        )
        .up()
        .after("git-hours")
        .reach(Reach::People),
    ),
    (
        Id::LinesAdded,
        row(
            "lines_added",
            "lines added",
            Unit::Lines,
            "Lines added in text files. Vendored and generated files are shown apart, and a renamed file counts its \
             edited lines. Commits with a missing file are left out and counted beside.",
        )
        .after(CHAOSS_LINES)
        .reach(Reach::People),
    ),
    (
        Id::LinesRemoved,
        row("lines_removed", "lines removed", Unit::Lines, "Lines removed in text files, counted like those added.")
            .after(CHAOSS_LINES)
            .reach(Reach::People),
    ),
    (
        Id::LinesChanged,
        row("lines_changed", "lines changed", Unit::Lines, "Lines added and lines removed, together.")
            .after(CHAOSS_LINES)
            .reach(Reach::People),
    ),
    (
        Id::FileTouches,
        row(
            "file_touches",
            "changes to files",
            Unit::Count,
            "Pairs of a commit and a file that existed before it. Vendored and generated files are left out.",
        )
        .reach(Reach::People),
    ),
    (
        Id::FileChurn,
        row(
            "file_churn",
            "lines changed in existing files",
            Unit::Lines,
            "Lines added to and removed from files that existed before. Vendored and generated files are left out.",
        )
        .reach(Reach::People),
    ),
    (
        Id::ReworkedFiles,
        row(
            "reworked_files",
            "reworked files",
            Unit::Count,
            "Files that existed before and were changed in two or more weeks of the quarter.",
        )
        .reach(Reach::Repositories),
    ),
    (
        Id::CommitsShare,
        row(
            "commits_share",
            "share of the corpus's commits",
            Unit::Share,
            "Commits as a share of the corpus's commits.",
        )
        .reach(Reach::Parts),
    ),
    (
        Id::HoursShare,
        row(
            "hours_share",
            "share of the corpus's estimated hours",
            Unit::Share,
            "Estimated hours as a share of the corpus's estimated hours.",
        )
        .reach(Reach::Holders),
    ),
    (
        Id::ContributionToChange,
        row(
            "contribution_to_change",
            "contribution to the change of commits",
            Unit::Points,
            "How many percentage points of the category's change in commits come from this repository, or of the \
             corpus's change from this category, group, vendor or organisation. The parts add up to the change of the \
             whole, those without a vendor or an organisation among them.",
        )
        .without_change()
        .reach(Reach::Holders),
    ),
];
