//! What was set aside, and why; and what is counted but worth knowing.

use super::{Family, Id, Metric};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, definition: &'static str) -> Metric {
    Metric::new(name, label, Unit::Count, Family::Lanes, definition)
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
        ),
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
];
