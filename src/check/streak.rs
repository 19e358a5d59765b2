//! Streaks: for how many quarters in a row something went one way.

use super::claim::{Key, Saying};
use super::constructions::{exactly, ordinal};
use super::numeral::Of;
use super::reader::Reader;
use super::scene::Sense;
use super::stated::Stated;
use super::time::Time;

impl Reader<'_> {
    /// `for the third consecutive quarter`, `three quarters in a row`, `the third quarter running`.
    pub(super) fn streak_at(&mut self, at: usize) {
        let word = self.word(at).to_owned();
        let count = match word.as_str() {
            "consecutive" | "straight" | "successive" => {
                let before = self.prev(at);
                match self.sense(before) {
                    Sense::Number(numeral, hedge) => Some((before, Stated::new(numeral, *hedge))),
                    _ => ordinal(self.word(before)).map(|(count, _)| (before, exactly(count))),
                }
            }
            "running" => self.counted_quarters(at),
            "end" if self.word(self.prev(at)) == "on" => self.counted_quarters(self.prev(at)),
            "for" => self.lasting(at),
            "row" | "succession" if self.word(self.prev(at)) == "in" => self.counted_quarters(self.prev(at)),
            _ => None,
        };
        let Some((from, stated)) = count else { return };
        let Some(way) = self.way_near(at) else { return };
        let result = match self.noun_near(at) {
            Some(metric) => {
                let subject = self.subject(from).map_err(|unclear| unclear.of(metric));
                subject.map(|scope| Saying::Run(Key { scope, metric, period: self.context.period }, way, stated))
            }
            None => Err(self.unclear(at, "nothing says what went one way")),
        };
        self.note(from.min(at)..from.max(at) + 1, result);
        self.use_moves(at);
    }

    /// `has climbed for four quarters`: a time that a movement has lasted.
    fn lasting(&self, at: usize) -> Option<(usize, Stated)> {
        let span = self.next(at);
        let Sense::Time(Time::Span(count @ 2..)) = self.sense(span) else { return None };
        let is_quarters = self.word(span).ends_with("quarters");
        let ends = !matches!(self.word(self.next(span)), "in" | "running" | "on");
        let clause = self.clause(at);
        let moves = (clause.start..at).any(|at| matches!(self.sense(at), Sense::Move(moved) if moved.way != 0));
        (is_quarters && ends && moves).then(|| (span, exactly(usize::from(*count))))
    }

    /// The quarters counted before `in a row` or `running`.
    fn counted_quarters(&self, at: usize) -> Option<(usize, Stated)> {
        let mut before = self.prev(at);
        // `three quarters of growth in a row`
        // `the sixth increase in a row`
        if matches!(self.sense(before), Sense::Move(_))
            && let Some((count, _)) = ordinal(self.word(self.prev(before)))
        {
            return Some((self.prev(before), exactly(count)));
        }
        if matches!(self.sense(before), Sense::Move(_)) && self.word(self.prev(before)) == "of" {
            before = self.prev(self.prev(before));
        }
        match self.sense(before) {
            Sense::Time(Time::Span(count)) => Some((before, exactly(usize::from(*count)))),
            // `four times in a row`
            Sense::Number(numeral, _) if numeral.of == Of::Times => {
                let count = numeral.value.as_whole().and_then(|count| usize::try_from(count).ok())?;
                Some((before, exactly(count)))
            }
            // `the third quarter running` looks like the name of a quarter.
            Sense::Time(Time::At(_)) => {
                let words = self.word(before).trim_start_matches("the ").to_owned();
                let (count, _) = ordinal(words.split(' ').next()?)?;
                Some((before, exactly(count)))
            }
            Sense::Word | Sense::Filler if matches!(self.word(before), "quarter" | "quarters") => {
                let number = self.prev(before);
                match self.sense(number) {
                    Sense::Number(numeral, hedge) => Some((number, Stated::new(numeral, *hedge))),
                    _ => ordinal(self.word(number)).map(|(count, _)| (number, exactly(count))),
                }
            }
            _ => None,
        }
    }

    /// Words of direction that a statement has explained.
    pub(super) fn use_moves(&mut self, at: usize) {
        for at in self.clause(at) {
            if matches!(self.items[at].sense, Sense::Move(_)) {
                self.used[at] = true;
            }
        }
    }
}
