//! What is known of a repository, and of a scope, in a period.

use super::figure::Standing;
use super::part::Part;
use crate::data::history::{Completeness, History};
use crate::plain::{Instant, Period};

/// How far a repository is known in a period, whether it is tracked in it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knowledge {
    Unknown,
    Open,
    Closed,
}

/// How far a history reaches into a period, seen at `as_of`.
pub(super) fn knowledge(history: &History, period: Period, as_of: Instant) -> Knowledge {
    let Some(state) = &history.state else { return Knowledge::Unknown };
    let Some(horizon) = state.horizon else { return Knowledge::Unknown };
    let cut = state.completeness == Completeness::Shallow && state.known_from.is_none_or(|from| period < from);
    let known = horizon.min(as_of).0;
    if cut || known <= period.start().seconds() {
        Knowledge::Unknown
    } else if known < period.end_seconds() {
        Knowledge::Open
    } else {
        Knowledge::Closed
    }
}

/// What a set of repositories allows to say about a period.
pub(super) fn of_scope<'a>(parts: impl IntoIterator<Item = &'a Part>, at: usize) -> Standing {
    let (mut unknown, mut open, mut closed) = (0, 0, 0);
    for part in parts.into_iter().filter(|part| part.is_tracked(at)) {
        *match part.frame.knowledge[at] {
            Knowledge::Unknown => &mut unknown,
            Knowledge::Open => &mut open,
            Knowledge::Closed => &mut closed,
        } += 1;
    }
    Standing::of(unknown, open, closed)
}

impl Standing {
    /// Of so many tracked repositories that are unknown, known to a part, known to the end.
    pub(super) fn of(unknown: u32, open: u32, closed: u32) -> Self {
        match (unknown, open, closed) {
            (0, 0, 0) => Self::Untracked,
            (_, 0, 0) => Self::Unknown,
            (0, 0, _) => Self::Closed,
            (0, _, _) => Self::Open,
            _ => Self::Partial { unknown, open: open > 0 },
        }
    }
}
