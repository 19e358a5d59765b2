//! What each of several parts has: `none of the four projects exceeded 800 commits`, `every repository has at least two`.

use super::claim::{Count, Measure, Saying};
use super::every::Group;
use super::numeral::Of;
use super::reader::Reader;
use super::scene::Sense;
use super::stated::{Hedge, Stated};

impl Reader<'_> {
    /// Reads what is said of each part of a group, where a number says it; whether one does.
    pub(super) fn each(&mut self, at: usize, group: &Group) -> bool {
        let end = self.clause(group.noun).end;
        let is_own = |at: usize| group.exception.is_none_or(|from| at > from + 1 || at < from);
        let numbers: Vec<usize> = (group.noun.max(at) + 1..end)
            .filter(|&at| matches!(self.sense(at), Sense::Number(numeral, _) if numeral.of != Of::Times) && is_own(at))
            .collect();
        let [number] = numbers[..] else { return false };
        let Sense::Number(numeral, hedge) = self.sense(number).clone() else { return false };
        // `all ten repositories made 5,000 commits` is said of them together, and not of each.
        let bounds = matches!(hedge, Hedge::Over | Hedge::AtLeast | Hedge::Under | Hedge::AtMost);
        let together = (at.min(group.noun)..end).any(|at| {
            matches!(self.word(at), "together" | "combined" | "jointly" | "total" | "between" | "altogether")
        });
        let lead = self.prev(at);
        let opens = lead >= self.items.len() || *self.sense(lead) == Sense::Comma;
        let is_object = matches!(group.count, Count::Exactly(_)) && !opens;
        if together || is_object || !bounds && self.word(at) != "each" && self.word(at) != "every" {
            return false;
        }
        let Some(read) = self.amount(number, &numeral, hedge) else { return false };
        let result = read.and_then(|saying| {
            let Saying::Amount(measure, _) = saying else {
                return Err(self.unclear(number, "nothing says what each of them has"));
            };
            let down = matches!(measure, Measure::Change(..) | Measure::Difference(..)) && self.falls(number);
            let stated = Stated::open(&numeral, hedge);
            let stated = if down { stated.mirrored() } else { stated };
            let parts = self.parts(at, group)?;
            let count = match (group.count, group.missing.unwrap_or(group.excepted.len())) {
                (count, 0) => count,
                (Count::All, missing) => Count::Exactly(parts.len().saturating_sub(missing)),
                (Count::None, missing) => Count::Exactly(missing),
                (count, _) => count,
            };
            let measures = parts.iter().map(|scope| measure.of(scope)).collect();
            Ok(Saying::Each(measures, stated, count))
        });
        self.used[at.min(group.noun)..=group.noun].fill(true);
        self.note(at..number + 1, result);
        self.use_moves(number);
        true
    }

    /// Whether the change that a number measures is a fall.
    fn falls(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Number(numeral, _)
            if self.direction(at, numeral).is_some_and(|(_, way)| way < 0))
    }
}
