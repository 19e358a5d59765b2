//! How the work is spread over people and organisations.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Concentration, definition).reach(Reach::People)
}

const ONION: &str = "GrimoireLab, onion model";

pub(super) const ROWS: &[(Id, Metric)] = &[
    (
        Id::Core,
        row(
            "core",
            "core contributors",
            Unit::Count,
            "The fewest contributors who together wrote at least 80% of the quarter's commits.",
        )
        .after(ONION),
    ),
    (
        Id::Regular,
        row(
            "regular",
            "regular contributors",
            Unit::Count,
            "Those who follow the core by number of commits, up to where 95% of the quarter's commits are reached.",
        )
        .after(ONION),
    ),
    (
        Id::Casual,
        row("casual", "casual contributors", Unit::Count, "All contributors after the core and the regular ones.")
            .after(ONION),
    ),
    (
        Id::CoreRetention,
        row(
            "core_retention",
            "core retention",
            Unit::Share,
            "The share of the core of the quarter before who made at least one commit in this one.",
        )
        .up(),
    ),
    (
        Id::CoreChurned,
        row(
            "core_churned",
            "churned from the core",
            Unit::Count,
            "People who were in the core in the quarter before and are not active in this one.",
        )
        .down(),
    ),
    (
        Id::RegularChurned,
        row(
            "regular_churned",
            "churned from the regulars",
            Unit::Count,
            "People who were regular contributors in the quarter before and are not active in this one.",
        )
        .down(),
    ),
    (
        Id::CasualChurned,
        row(
            "casual_churned",
            "churned from the casual ones",
            Unit::Count,
            "People who were casual contributors in the quarter before and are not active in this one.",
        ),
    ),
    (
        Id::AbsenceFactor,
        row(
            "absence_factor",
            "absence factor",
            Unit::Count,
            "The fewest people who together wrote at least half of the quarter's commits: how many would have to \
             leave for half of the work to be missing.",
        )
        .up()
        .after("CHAOSS, Contributor Absence Factor"),
    ),
    (
        Id::ElephantFactor,
        row(
            "elephant_factor",
            "elephant factor",
            Unit::Count,
            "The fewest organisations whose people together wrote at least half of the quarter's commits. A person \
             without a known organisation counts as an organisation of one.",
        )
        .up()
        .after("CHAOSS, Elephant Factor"),
    ),
    (
        Id::TopRepoShare,
        row(
            "top_repo_share",
            "share of the largest repository",
            Unit::Share,
            "Commits of the repository with most of them, as a share of all commits.",
        )
        .reach(Reach::Sets),
    ),
    (
        Id::Herfindahl,
        row(
            "herfindahl",
            "concentration over repositories",
            Unit::Ratio,
            "The sum of the squared shares that the repositories have in the commits: 1 when one repository has all of \
             them, 0.1 when ten share them equally.",
        )
        .after("Herfindahl index")
        .reach(Reach::Sets),
    ),
    (
        Id::Entrants,
        row(
            "entrants",
            "new repositories",
            Unit::Count,
            "Tracked repositories whose first commit ever falls in the quarter. Not stated where a part of the history \
             is unknown.",
        )
        .reach(Reach::Sets),
    ),
    (
        Id::NewlyTracked,
        row(
            "newly_tracked",
            "newly tracked repositories",
            Unit::Count,
            "Repositories that belong to the corpus from this quarter on, whenever their first commit was made.",
        )
        .reach(Reach::Sets),
    ),
];
