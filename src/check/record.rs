//! Records: since when something wasn't as high, or as low.

use super::claim::{Key, Reach, Saying};
use super::constructions::superlative;
use super::reader::Reader;
use super::scene::Sense;
use super::time::Time;

impl Reader<'_> {
    /// `Both are the highest in eleven quarters`: the two figures that were told before, or named before in the sentence.
    fn both_before(&self, from: usize, at: usize) -> Option<[Key; 2]> {
        let both = (from..at).find(|&at| self.word(at) == "both")?;
        let says = (both + 1..at).all(|at| matches!(self.sense(at), Sense::Filler | Sense::Having | Sense::Word));
        let mut metrics: Vec<&'static str> = (0..from).filter_map(|at| self.noun(at)).collect();
        metrics.dedup();
        let period = self.context.period;
        let keys = if metrics.is_empty() {
            self.context.told.clone()
        } else {
            let scope = self.subject(from).ok()?;
            metrics.into_iter().map(|metric| Key { scope: scope.clone(), metric, period }).collect()
        };
        let [a, b] = &keys[..] else { return None };
        (says && a != b && a.period == period && b.period == period).then(|| [a.clone(), b.clone()])
    }

    /// `its strongest quarter in two years`, `the highest since 2024`, `a record`, `more than in any quarter since Q1 2024`.
    pub(super) fn record_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let word = self.word(at).to_owned();
        let clause = self.clause(at);
        let (way, implied) = if let Some(found) = superlative(&word) {
            found
        } else if word == "record" && !matches!(self.word(self.prev(at)), "on" | "for") {
            let low = matches!(self.word(self.next(at)), "low" | "lows");
            (if low { -1 } else { 1 }, None)
        } else if matches!(word.as_str(), "high" | "low" | "peak" | "trough")
            && matches!(self.word(at.wrapping_sub(1)), "new" | "historic")
        {
            (if matches!(word.as_str(), "low" | "trough") { -1 } else { 1 }, None)
        } else if word == "all-time" {
            (if matches!(self.word(self.next(at)), "low") { -1 } else { 1 }, None)
        } else if word == "never" {
            // `have never had as many people as now`
            let many = (at..clause.end).find(|&at| matches!(self.word(at), "as" | "so"));
            // `has never been higher`
            let been = (at..clause.end).find(|&at| matches!(self.word(at), "been" | "had" | "were" | "was" | "stood"));
            let higher = been.and_then(|been| {
                let compared = self.next(been);
                let is_than = self.word(self.next(compared)) == "than";
                match self.word(compared) {
                    "higher" | "larger" | "bigger" | "greater" | "stronger" | "busier" if !is_than => Some(1),
                    "lower" | "smaller" | "weaker" | "quieter" if !is_than => Some(-1),
                    _ => None,
                }
            });
            let few = many.is_some_and(|many| {
                (many..clause.end).any(|at| matches!(self.word(at), "few" | "low" | "little" | "small"))
            });
            if many.is_none() && higher.is_none() {
                return;
            }
            (higher.unwrap_or(if few { -1 } else { 1 }), None)
        } else if let Sense::More(way) = *self.sense(at)
            && (at..clause.end).any(|at| matches!(self.word(at), "any" | "ever"))
            && (at..clause.end).any(|at| self.word(at).contains("quarter"))
        {
            (way, None)
        } else {
            return;
        };
        let reach = (at..clause.end).find_map(|other| match self.sense(other) {
            Sense::Time(time) => {
                let mut lead = self.prev(other);
                if matches!(self.word(lead), "early" | "late" | "mid") {
                    lead = self.prev(lead);
                }
                let lead = self.word(lead).to_owned();
                match (lead.as_str(), time) {
                    ("since", Time::At(period)) => Some((other, Reach::Since(*period))),
                    ("since", Time::Year(year)) => Some((other, Reach::Year(*year))),
                    ("in" | "for" | "over", Time::Span(count)) => Some((other, Reach::Quarters(*count))),
                    _ => None,
                }
            }
            _ if matches!(self.word(other), "series" | "data" | "records" | "counting" | "count")
                && matches!(self.word(self.next(other)), "began" | "begins" | "begin" | "starts" | "started") =>
            {
                Some((other, Reach::Ever))
            }
            _ if matches!(self.word(other), "ever" | "yet")
                || self.word(other) == "record" && other > at && self.word(self.prev(other)) == "on" =>
            {
                Some((other, Reach::Ever))
            }
            _ => None,
        });
        let reach = match (reach, word.as_str()) {
            (Some(found), _) => found,
            (None, "record" | "all-time" | "never" | "high" | "low" | "peak" | "trough") => (at, Reach::Ever),
            _ => return,
        };
        let (to, reach) = reach;
        if let Some([a, b]) = self.both_before(clause.start, at) {
            let both = (clause.start..at).find(|&at| self.word(at) == "both").unwrap_or(at);
            self.note(both..both + 1, Ok(Saying::Record(a, way, reach)));
            return self.note(at.min(to)..at.max(to) + 1, Ok(Saying::Record(b, way, reach)));
        }
        let result = match implied.or_else(|| self.noun_near(at)) {
            Some(metric) => {
                let subject = self.subject(at).map_err(|unclear| unclear.of(metric));
                subject.map(|scope| Saying::Record(Key { scope, metric, period: self.context.period }, way, reach))
            }
            None => Err(self.unclear(at, "nothing says what was measured")),
        };
        self.note(at.min(to)..at.max(to) + 1, result);
    }
}
