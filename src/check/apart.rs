//! How far figures lie apart: `a gap of 41`, `59 short of the first quarter`, `exceeded those of JAX by 460`.

use super::claim::{Key, Measure, Saying};
use super::numeral::Numeral;
use super::reader::{Read, Reader, amount, counts_people, moved};
use super::scene::Sense;
use super::stated::Hedge;
use super::time::Time;

/// Nouns for how far two figures lie apart.
const DISTANCES: [&str; 8] = ["difference", "gap", "margin", "distance", "surplus", "deficit", "lead", "spread"];

impl Reader<'_> {
    /// A number that says how far two figures lie apart, or what they come to together.
    pub(super) fn apart(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        self.beyond(at, numeral, hedge)
            .or_else(|| self.distance(at, numeral, hedge))
            .or_else(|| self.outcome(at, numeral, hedge))
    }

    /// `274 commits short of its first-quarter tally`, `108 commits above the previous quarter`, `49 stronger than in Q1`.
    fn beyond(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        let own = self.noun(next);
        let word = if own.is_some() { self.next(next) } else { next };
        let (way, is_comparative) = match (self.word(word), self.word(self.next(word))) {
            ("short" | "shy", "of") | ("below" | "under" | "behind", _) => (-1, false),
            ("above" | "beyond", _) | ("ahead", "of") => (1, false),
            ("stronger" | "larger" | "bigger" | "heavier" | "richer", "than") => (1, true),
            ("weaker" | "smaller" | "lighter" | "poorer", "than") => (-1, true),
            _ => return None,
        };
        let clause = self.clause(at);
        let to = (word + 1..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma && !self.is_number(at));
        let base = to.clone().find_map(|at| match self.sense(at) {
            Sense::Time(Time::At(base)) if *base < self.context.period => Some(*base),
            Sense::Word if self.word(at) == "previous" => Some(self.context.period.before(1)),
            _ => None,
        });
        let other =
            to.clone().find_map(|at| if let Sense::Subject(scope, _) = self.sense(at) { Some(scope) } else { None });
        let read = self.read_before(at).map(|(_, key)| key);
        let metric = own.or_else(|| read.as_ref().map(|key| key.metric))?;
        let period = self.context.period;
        let scope = match (&read, is_comparative || own.is_none()) {
            (Some(key), true) => Ok(key.scope.clone()),
            _ => match other {
                Some(other) => self.nearest_other(at, other),
                None => self.subject_before(at, metric),
            },
        };
        let key = scope.map(|scope| Key { scope, metric, period });
        match (other, base) {
            (Some(other), None) => Some(key.map(|key| {
                let other = key.of(other);
                moved(Measure::Gap(key, other), way, numeral, hedge)
            })),
            (None, Some(base)) => Some(key.map(|key| moved(Measure::Difference(key, base), way, numeral, hedge))),
            _ => None,
        }
    }

    /// The last two figures of one metric that were told before a place in its sentence.
    fn last_two(&self, at: usize) -> Option<(Key, Key)> {
        let levels = self.levels(0..at);
        let [.., a, b] = &levels[..] else { return None };
        (a.metric == b.metric && a != b).then(|| ((*a).clone(), (*b).clone()))
    }

    /// `the difference between FlashInfer's 115 people and AITER's 156 is 41`, `…, a surplus of 23`.
    fn distance(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let lead = self.prev(at);
        let is_of = self.word(lead) == "of" && DISTANCES.contains(&self.word(self.prev(lead)));
        let clause = self.clause(at);
        let is_said = matches!(self.word(lead), "is" | "was" | "were" | "are")
            && clause.into_iter().take_while(|&other| other < at).any(|at| DISTANCES.contains(&self.word(at)));
        if !is_of && !is_said {
            return None;
        }
        let (a, b) = self.last_two(at)?;
        Some(Ok(amount(Measure::Apart(a, b), numeral, hedge)))
    }

    /// `MLX's 44 commits and ncnn's 20 make 64`: what several figures that were told come to.
    fn outcome(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        const MAKING: [&str; 14] = [
            "make",
            "makes",
            "come to",
            "comes to",
            "came to",
            "total",
            "totals",
            "yield",
            "yields",
            "get",
            "gives",
            "give",
            "sum to",
            "amount to",
        ];
        let mut lead = self.prev(at);
        if self.word(lead) == "of" && matches!(self.word(self.prev(lead)), "total" | "sum") {
            lead = self.prev(self.prev(lead));
        }
        let says = MAKING.contains(&self.word(lead)) || self.word(at).starts_with("a total of ");
        if !says || self.noun(self.next(at)).is_some_and(|noun| self.levels(0..at).iter().any(|key| key.metric != noun))
        {
            return None;
        }
        let keys: Vec<Key> = self.levels(0..at).into_iter().cloned().collect();
        let metric = keys.first()?.metric;
        let is_one = |test: &dyn Fn(&Key) -> bool| keys.iter().all(test);
        let distinct = keys.iter().enumerate().all(|(at, key)| keys[..at].iter().all(|other| other.scope != key.scope));
        if keys.len() < 2 || !distinct || !is_one(&|key| key.metric == metric && key.period == keys[0].period) {
            return None;
        }
        Some(Ok(if counts_people(metric) {
            Saying::PeopleAdded(keys)
        } else {
            amount(Measure::Sum(keys), numeral, hedge)
        }))
    }
}
