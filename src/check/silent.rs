//! Clauses that compare or rank something, and of which nothing was read: they are unclear, and not merely words.

use super::constructions::superlative;
use super::reader::Reader;
use super::scene::Sense;

/// Words of comparison.
const COMPARING: &str = "greater bigger larger smaller higher lower stronger weaker busier quieter fewer less more \
                         better worse longer shorter wider narrower leaner fuller denser";

/// Words for people and their work that could be several figures.
const LOOSE: &str = "activity engagement participation traffic team teams base momentum size pace turnout attendance \
                     workforce ranks headcounts contributions patches effort membership population interest";

/// Words that rank: `nobody beats edge`, `second only to`, `a winning streak`, `number three`.
const RANKING: &str = "beats beat streak nobody unrivalled unmatched peerless runner-up ranks ranked podium outranks";

/// Words of streaks and records.
const RUNNING: &str = "row running straight record records consecutive successive streak unbroken all-time record-breaking winning losing";

fn is_of(list: &str, words: &str) -> bool {
    words.split(' ').any(|word| list.split_whitespace().any(|other| other == word))
}

impl Reader<'_> {
    /// Notes clauses that say something of figures of which nothing was read.
    pub(super) fn silences(&mut self) {
        if self.context.is_heading {
            return;
        }
        let mut from = 0;
        while from < self.items.len() {
            let clause = self.clause(from);
            let end = clause.end.max(from);
            let is_read = self.readings.iter().any(|reading| (from..end).contains(&reading.items.start));
            // What is bound is told by its expression, and the words around it are a part of that.
            let is_bound = (from..end).any(|at| matches!(self.sense(at), Sense::Bound(_)));
            if !is_read
                && !is_bound
                && let Some((at, why)) = self.claim_in(from, end)
            {
                let unclear = self.unclear(at, why);
                self.note(at..at + 1, Err(unclear));
            }
            from = end + 1;
        }
    }

    /// A word between two places that compares or ranks what is counted, or says which way it went.
    fn claim_in(&self, from: usize, end: usize) -> Option<(usize, &'static str)> {
        let any = |test: &dyn Fn(usize) -> bool| (from..end).find(|&at| test(at));
        let counted = any(&|at| {
            matches!(
                self.sense(at),
                Sense::Noun(
                    "overlap" | "contributors" | "commits" | "new" | "retention" | "churn_rate" | "churned" | "agents"
                )
            )
        });
        // `activity cooled: commits went down`
        let is_told = self.word(end) == ":";
        let loose = any(&|at| is_of(LOOSE, self.word(at)) && !is_told);
        let about = any(&|at| matches!(self.sense(at), Sense::Subject(..) | Sense::Known(_)));
        let than = any(&|at| self.word(at) == "than");
        let moves = any(&|at| {
            // `write down`, `look up`
            let is_verb = !matches!(self.word(at), "up" | "down" | "higher" | "lower");
            matches!(self.sense(at), Sense::Move(moved) if moved.way != 0) && is_verb && !self.is_used(at)
        });
        if let (Some(at), true) = (moves, counted.is_some() || loose.is_some()) {
            let noun = self.word(self.prev(at)).to_owned();
            // `the gains`, `a rise` by themselves are things.
            if about.is_some() && !matches!(noun.as_str(), "no" | "any" | "of") {
                return Some((at, "nothing says by which figure it went that way"));
            }
        }
        // `says less about … than about …` counts nothing.
        let is_count = |at: usize| !matches!(self.word(at + 1), "about" | "of" | "often" | "likely" | "to");
        let is_near = |at: usize| than.is_some_and(|than| (at..at + 8).contains(&than));
        let compares = any(&|at| is_of(COMPARING, self.word(at)) && is_near(at) && is_count(at));
        if let (Some(at), true) = (compares, about.is_some() && (counted.is_some() || loose.is_some())) {
            return Some((at, "nothing says what is compared"));
        }
        about?;
        let runs = any(&|at| is_of(RUNNING, self.word(at)) && !self.is_used(at));
        if let Some(at) = runs {
            return Some((at, "nothing says what went one way, and for how long"));
        }
        counted?;
        let ranks = any(&|at| {
            let is_best = superlative(self.word(at)).is_some()
                && (at == from || matches!(self.word(at - 1), "the" | "its" | "their"))
                && self.word(at + 1) != "of";
            let is_extreme = self.word(at).len() > 6
                && self.word(at).ends_with("est")
                && !is_of("interest request suggest harvest contest protest manifest earnest latest", self.word(at));
            (is_best || is_extreme) && self.word(at) != "most" || is_of(RANKING, self.word(at))
        });
        let second = any(&|at| self.word(at) == "second" && self.word(at + 1) == "only");
        let number = any(&|at| self.word(at) == "number" && matches!(self.sense(at + 1), Sense::Number(..)));
        ranks.or(second).or(number).map(|at| (at, "nothing says what has this place"))
    }
}
