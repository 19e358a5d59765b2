//! What was set aside, and why; and what is counted but worth knowing.

use super::{Family, Id, Metric, Reach};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, definition: &'static str) -> Metric {
    Metric::new(name, label, Unit::Count, Family::Lanes, definition).reach(Reach::Repositories)
}

const fn share(name: &'static str, label: &'static str, definition: &'static str) -> Metric {
    Metric::new(name, label, Unit::Share, Family::Lanes, definition).reach(Reach::Repositories)
}

pub(super) const ROWS: &[(Id, Metric)] = &[
    (Id::Merges, row("merges", "merge commits", "Commits with two or more parents. Not counted as commits.")),
    (
        Id::Bot,
        row(
            "bot",
            "commits by bots",
            "Commits whose author is a known bot or an account that stands for a whole team. Not counted as commits.",
        ),
    ),
    (
        Id::AgentAuthored,
        row(
            "agent_authored",
            "commits by coding agents",
            "Commits whose author is a known coding agent. Not counted as commits.",
        ),
    ),
    (
        Id::AgentAssisted,
        row(
            "agent_assisted",
            "commits with a coding agent",
            "Commits by a person whose message names a known coding agent as co-author or helper. Counted as commits.",
        )
        .reach(Reach::People),
    ),
    (
        Id::Imported,
        row(
            "imported",
            "imported commits",
            "Commits that reached the branch more than a year after their date, as when another project's history is \
             taken in. Not counted as commits.",
        ),
    ),
    (
        Id::Shared,
        row(
            "shared",
            "commits shared with the origin",
            "In a repository that is a copy of another: commits that the other has as well. Counted there, not here.",
        ),
    ),
    (
        Id::Late,
        row(
            "late",
            "late commits",
            "Counted commits that reached the branch after the quarter of their date had been closed. They count in \
             the quarter in which they arrived, so that a closed quarter never changes.",
        ),
    ),
    (
        Id::DateMended,
        row(
            "date_mended",
            "commits with a mended date",
            "Commits with an impossible date, placed by the date of the commit before them.",
        ),
    ),
    (
        Id::CoAuthored,
        row(
            "co_authored",
            "commits with co-authors",
            "Counted commits whose message names a further person as co-author. Co-authors do not count as authors.",
        ),
    ),
    (
        Id::BotShare,
        share("bot_share", "share of bots", "Commits by bots, as a share of the commits by people, agents and bots."),
    ),
    (
        Id::AgentAuthoredShare,
        share(
            "agent_authored_share",
            "share of coding agents",
            "Commits by coding agents, as a share of the commits by people, agents and bots.",
        ),
    ),
    (
        Id::AgentAssistedShare,
        share(
            "agent_assisted_share",
            "share written with a coding agent",
            "Commits by people whose message names a known coding agent, as a share of the commits by people.",
        )
        .reach(Reach::People),
    ),
    (
        Id::MissingObjects,
        row(
            "missing_objects",
            "commits with a missing file",
            "Commits left out of lines, types or areas because a file or folder of theirs is missing from the copy that \
             was mined.",
        ),
    ),
    (
        Id::RenamesSkipped,
        row(
            "renames_skipped",
            "commits with unsearched renames",
            "Commits that moved so many files that renamed ones were not looked for: each counts as removed and added.",
        ),
    ),
    (
        Id::TooManyFiles,
        row(
            "too_many_files",
            "commits over many files",
            "Commits over more than 100 files, which say nothing about who works with whom.",
        ),
    ),
];
