//! What the work is: types of commits, kinds of files.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Work, definition).reach(Reach::People)
}

/// Number and share of the commits of a type.
macro_rules! types {
    ($($id:ident $share:ident $name:literal $what:literal;)*) => {
        &[
            $((Id::$id, row(
                concat!($name, "_commits"),
                concat!($name, " commits"),
                Unit::Count,
                concat!("Commits that ", $what, ". A commit has one type; the first sign decides: a prefix of its ",
                    "subject, its files when all are of one kind, the words of its subject."),
            )),)*
            $((Id::$share, row(
                concat!($name, "_commits_share"),
                concat!("share of ", $name, " commits"),
                Unit::Share,
                concat!("Commits that ", $what, ", as a share of the commits whose files are known."),
            )),)*
        ]
    };
}

pub(super) const TYPES: &[(Id, Metric)] = types! {
    FeatureCommits FeatureCommitsShare "feature" "add something, or make something do more";
    FixCommits FixCommitsShare "fix" "mend something that was wrong";
    PerformanceCommits PerformanceCommitsShare "performance" "do the same in less time or memory";
    RefactorCommits RefactorCommitsShare "refactor" "say the same in other words";
    TestCommits TestCommitsShare "test" "are about tests";
    DocsCommits DocsCommitsShare "docs" "are about documentation";
    BuildCommits BuildCommitsShare "build" "are about building and packing";
    CiCommits CiCommitsShare "ci" "are about what runs when somebody pushes";
    DependenciesCommits DependenciesCommitsShare "dependencies" "take newer versions of what others make";
    RevertCommits RevertCommitsShare "revert" "take another commit back";
    OtherCommits OtherCommitsShare "other" "show no sign of any other type";
};

/// Lines changed in files of a kind.
macro_rules! kinds {
    ($($id:ident $name:literal $what:literal;)*) => {
        &[
            (Id::PerformanceToFeature, row(
                "performance_to_feature",
                "performance commits per feature commit",
                Unit::Ratio,
                "Commits that make things faster or smaller, for each that adds something. Stated from 10 feature \
                 commits on.",
            )),
            $((Id::$id, row(
                concat!($name, "_lines"),
                concat!("lines changed in ", $name, " files"),
                Unit::Lines,
                concat!("Lines added and removed in ", $what, "."),
            )),)*
        ]
    };
}

pub(super) const KINDS: &[(Id, Metric)] = kinds! {
    ImplementationLines "implementation" "files that are what the project makes";
    TestLines "test" "files that try it out";
    DocsLines "docs" "files that explain it";
    BuildLines "build" "files that build and pack it";
    CiLines "ci" "files that say what runs when somebody pushes";
    DataLines "data" "files that programs read: tables, models, settings";
    GeneratedLines "generated" "files that a program wrote; not part of the lines changed";
    VendoredLines "vendored" "files taken over from other projects; not part of the lines changed";
};

/// Shares of the lines changed.
macro_rules! kind_shares {
    ($($id:ident $name:literal;)*) => {
        &[
            $((Id::$id, row(
                concat!($name, "_lines_share"),
                concat!("share of ", $name, " files in the lines changed"),
                Unit::Share,
                concat!("Lines changed in ", $name, " files, as a share of all lines changed."),
            )),)*
            (Id::TestToImplementation, row(
                "test_to_implementation",
                "lines of tests per line of implementation",
                Unit::Ratio,
                "Lines changed in tests, for each line changed in what the project makes. Stated from 100 lines of \
                 implementation on.",
            )),
        ]
    };
}

pub(super) const KIND_SHARES: &[(Id, Metric)] = kind_shares! {
    ImplementationLinesShare "implementation";
    TestLinesShare "test";
    DocsLinesShare "docs";
    BuildLinesShare "build";
    CiLinesShare "ci";
    DataLinesShare "data";
};

const GIT2NET: &str = "git2net";

const fn team(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Teams, definition).after(GIT2NET).reach(Reach::People)
}

pub(super) const TEAMS: &[(Id, Metric)] = &[
    (
        Id::Coordination,
        team(
            "coordination",
            "coordination",
            Unit::Share,
            "Of all pairs of contributors, the share who changed the same implementation or test file in the quarter. \
             Stated from three contributors on; commits over 100 files are left out. It falls as teams grow, so compare \
             it among teams of one size.",
        ),
    ),
    (
        Id::CoordinationPercentile,
        team(
            "coordination_percentile",
            "coordination among teams of like size",
            Unit::Share,
            "The share of the repositories with half to twice as many contributors whose coordination is lower; equal \
             ones count half. Stated where there are five others.",
        )
        .reach(Reach::Repos),
    ),
    (
        Id::MeanDegree,
        team(
            "mean_degree",
            "people worked with",
            Unit::Ratio,
            "With how many others a contributor changed the same implementation or test file, on average.",
        ),
    ),
    (
        Id::LargestGroupShare,
        team(
            "largest_group_share",
            "share in the largest group",
            Unit::Share,
            "The share of the contributors who are in the largest group that shared files connect.",
        ),
    ),
    (
        Id::TightCore,
        team(
            "tight_core",
            "works as a tight core",
            Unit::Count,
            "Whether at least four contributors have a coordination of 50% or more: 1 if so, else 0.",
        )
        .without_change(),
    ),
    (
        Id::Hub,
        team(
            "hub",
            "works around a hub",
            Unit::Count,
            "Whether, of at least six contributors with a coordination below 50%, one is connected with at least half \
             of the others and with three times as many as the average: 1 if so, else 0.",
        )
        .without_change(),
    ),
    (
        Id::Scattered,
        team(
            "drive_by_team",
            "works drive-by",
            Unit::Count,
            "Whether, of at least six contributors, fewer than half are in the largest group that shared files \
             connect: 1 if so, else 0.",
        )
        .without_change(),
    ),
];
