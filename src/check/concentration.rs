//! How few people do how much: `four people wrote half of the commits`.

use super::numeral::Of;
use super::reader::Reader;
use super::scene::Sense;
use super::stated::Hedge;
use crate::plain::Number;

/// Verbs of doing work.
const WRITING: [&str; 24] = [
    "write",
    "wrote",
    "writes",
    "make",
    "made",
    "account",
    "accounted",
    "accounts",
    "produce",
    "produced",
    "contribute",
    "contributed",
    "responsible",
    "land",
    "landed",
    "author",
    "authored",
    "carry",
    "carried",
    "did",
    "do",
    "behind",
    "deliver",
    "delivered",
];

/// Whether a word is a verb of doing work.
pub fn is_writing(word: &str) -> bool {
    WRITING.contains(&word)
}

impl Reader<'_> {
    /// `Half of CrewAI's commits come from just two people.`
    pub(super) fn half_from(&self, noun: usize) -> Option<&'static str> {
        let clause = self.clause(noun);
        let share = (clause.start..noun).find_map(|at| match self.sense(at) {
            Sense::Number(numeral, Hedge::Exact | Hedge::AtLeast) if numeral.of == Of::Whole => {
                Some((at, numeral.value))
            }
            _ => None,
        });
        let (place, value) = share?;
        let number = self.prev(noun);
        let commits = (place..number).any(|at| *self.sense(at) == Sense::Noun("commits"));
        let from = (place..number).any(|at| matches!(self.word(at), "from" | "by" | "on"));
        factor(value).filter(|_| commits && from)
    }

    /// `… people wrote half of the commits`: absence factor; `four fifths`: the core.
    pub(super) fn concentration(&self, noun: usize) -> Option<&'static str> {
        let clause = self.clause(noun);
        let range = noun + 1..clause.end.min(noun + 12);
        if let Some(share) = self.half_from(noun) {
            return Some(share);
        }
        let share = range.clone().find_map(|at| match self.sense(at) {
            Sense::Number(numeral, _) if numeral.of == Of::Whole => Some((at, numeral.value)),
            _ => None,
        })?;
        let (place, value) = share;
        let writes = (noun + 1..place).any(|at| WRITING.contains(&self.word(at)));
        let work = (place + 1..clause.end.min(place + 6)).any(|at| {
            matches!(self.sense(at), Sense::Noun("commits"))
                || matches!(self.word(at), "work" | "code" | "it" | "everything")
        });
        if !writes || !work {
            return None;
        }
        factor(value)
    }
}

/// The fewest who reach such a share of the commits.
fn factor(share: Number) -> Option<&'static str> {
    let is = |part: i128, whole: i128| Number::quotient(part, whole) == Some(share);
    if is(1, 2) { Some("absence_factor") } else { is(4, 5).then_some("core") }
}
