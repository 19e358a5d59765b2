//! Numbers that go on with what was counted before: `from 120 to 143`, `394 people in the kernels, 298 in compilers`.

use std::ops::Range;

use super::claim::{Key, Measure, Saying};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Read, Reader, amount};
use super::scene::Sense;
use super::stated::Hedge;
use super::time::Time;
use crate::metrics::{Scope, catalogue};
use crate::plain::{Number, Unit};

impl Reader<'_> {
    /// Whether nothing but links stands between two numbers: no clause ends, and nothing else is counted.
    pub(super) fn goes_on(&self, place: usize, at: usize) -> bool {
        let own = matches!(self.sense(self.next(at)), Sense::Noun(_));
        let between = self.next(place) + 1..at;
        !own && between.into_iter().all(|at| match self.sense(at) {
            Sense::Break | Sense::Noun(_) => false,
            Sense::Move(_) => matches!(self.word(at), "up" | "down"),
            _ => true,
        })
    }

    /// The number that was read before this one in its sentence, when it is a figure.
    pub(super) fn read_before(&self, at: usize) -> Option<(usize, Key)> {
        let before =
            self.readings.iter().filter(|reading| reading.items.start < at && self.is_number(reading.items.start));
        let last = before.max_by_key(|reading| reading.items.start)?;
        match &last.result {
            Ok(Saying::Amount(Measure::Level(key), _)) => Some((last.items.start, key.clone())),
            _ => None,
        }
    }

    /// A number that goes on where the one before left off: `394 people in the kernels, 298 in compilers`,
    /// `525 commits against 584`, `931 after 1,266`.
    pub(super) fn paired(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let (place, before) = self.read_before(at)?;
        self.is_indirect.set(self.counts_something_else(self.next(at)));
        let lead = self.word(self.prev(at)).to_owned();
        let own: Vec<Scope> = self.subjects(self.segment(at)).map(|(_, scope)| scope).collect();
        let is_time = self.time_in(self.after(at)).is_some();
        let measured = |key: Key| Some(Ok(amount(Measure::Level(key), numeral, hedge)));
        // `156 contributors (Q1: 117)`
        if self.word(at.wrapping_sub(1)) == ":"
            && let Some(Sense::Time(Time::At(period))) = at.checked_sub(2).map(|at| self.sense(at))
        {
            return measured(before.at(*period));
        }
        match (&own[..], lead.as_str()) {
            // Everything before this number has its own: here is a new part, and the same is counted.
            ([scope], _)
                if *scope != before.scope
                    && !matches!(before.scope, Scope::Overlap(..) | Scope::Expansion(..) | Scope::Flow(..)) =>
            {
                let first = self.in_step(at, place, &before);
                let metric = self.same_lead(at).unwrap_or(first.metric);
                measured(Key { metric, ..first.of(scope) })
            }
            ([], "against" | "to" | "versus" | "vs") if !is_time && self.goes_on(place, at) => {
                let named: Vec<Scope> = self.distinct_subjects();
                match &named[..] {
                    [a, b] if *a == before.scope => measured(before.of(b)),
                    [a, b] if *b == before.scope && lead != "to" => measured(before.of(a)),
                    _ => None,
                }
            }
            ([], "by") => {
                let metric = self.same_lead(at)?;
                measured(before.metric(metric))
            }
            _ => None,
        }
    }

    /// The figures that were told in a stretch, in their order.
    pub(super) fn levels(&self, range: Range<usize>) -> Vec<&Key> {
        let mut levels: Vec<(usize, &Key)> = self
            .readings
            .iter()
            .filter(|reading| range.contains(&reading.items.start))
            .filter_map(|reading| match &reading.result {
                Ok(Saying::Amount(Measure::Level(key), _)) => Some((reading.items.start, key)),
                _ => None,
            })
            .collect();
        levels.sort_by_key(|(start, _)| *start);
        levels.into_iter().map(|(_, key)| key).collect()
    }

    /// `made 335 fewer commits than in the first quarter, 931 after 1,266`: both ends of the change that was told.
    fn changed_from(&self, at: usize) -> Option<Key> {
        let held = |at: usize| matches!(self.word(at), "after" | "against" | "versus" | "from");
        let last = self.readings.iter().rev().find(|reading| reading.items.start < at)?;
        let Ok(Saying::Amount(Measure::Change(key, _) | Measure::Difference(key, _), _)) = &last.result else {
            return None;
        };
        let link = self.next(at);
        let opens = *self.sense(self.prev(at)) == Sense::Comma || matches!(self.word(self.prev(at)), "to" | "at" | "(");
        (opens && held(link) && self.is_number(self.next(link))).then(|| key.clone())
    }

    /// `Where Keras had 352 commits and 57 people in the first quarter, it now has 294 and 47`, `down from 16 and 71`: the
    /// same figures in the same order, of another quarter.
    fn again(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let is_quiet = |at: usize| {
            matches!(self.sense(at), Sense::Number(..) | Sense::Filler) || matches!(self.word(at), "and" | "it")
        };
        let lead = (0..at).rev().find(|&at| !is_quiet(at))?;
        let run: Vec<usize> = (lead + 1..self.items.len())
            .take_while(|&at| is_quiet(at) || *self.sense(at) == Sense::Comma && self.is_number(self.next(at)))
            .filter(|&at| self.is_number(at))
            .collect();
        let place = run.iter().position(|&number| number == at)?;
        let before = self.levels(0..lead);
        let from = before.len().checked_sub(run.len()).filter(|_| run.len() > 1)?;
        let column = before[from + place];
        let is_pair = before[from..].iter().all(|key| key.scope == column.scope && key.period == column.period)
            && before[from..].windows(2).all(|pair| pair[0].metric != pair[1].metric);
        let is_earlier = matches!(self.word(lead), "from" | "after" | "against" | "versus");
        let last = *run.last()?;
        let time = self.time_in(self.after(last)).or_else(|| self.time_in(self.before(run[0])));
        let period = match time {
            Some((_, Time::At(period))) => period,
            Some(_) => return None,
            None if is_earlier => column.period.before(1),
            None => self.context.period,
        };
        let is_other = is_earlier || *self.sense(lead) == Sense::Having || matches!(self.sense(lead), Sense::Known(_));
        let counted = self.noun(self.next(last)).is_some();
        (is_pair && is_other && !counted && period != column.period)
            .then(|| Ok(amount(Measure::Level(column.at(period)), numeral, hedge)))
    }

    /// A part whose numbers are told in the order of the part before it: `JAX made 1,547 commits with 135 people, IREE
    /// 728 with 60`; the first of them that hasn't been told yet.
    pub(super) fn gapped(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        const LINKS: [&str; 13] =
            ["with", "for", "at", "from", "to", "and", "by", "in", "of", "needed", "took", "after", "against"];
        if let Some(key) = self.changed_from(at) {
            return Some(Ok(amount(Measure::Level(key), numeral, hedge)));
        }
        if let Some(read) = self.again(at, numeral, hedge) {
            return Some(read);
        }
        if self.counts_something_else(self.next(at)) || self.time_in(self.after(at)).is_some() {
            return None;
        }
        let (place, scope) = self.subjects(0..at).last()?;
        let is_quiet = (place + 1..at).all(|at| {
            let told = matches!(self.sense(at), Sense::Noun(_)) && self.is_number(self.prev(at));
            matches!(self.sense(at), Sense::Number(..) | Sense::Filler | Sense::Having | Sense::Comma | Sense::Break)
                || told
                || LINKS.contains(&self.word(at))
        });
        let mut columns = self.levels(0..place);
        let before = columns.last()?.scope.clone();
        columns.retain(|key| key.scope == before);
        let told = self.levels(place..at);
        let is_told = |key: &Key| told.iter().any(|told| (told.metric, told.period) == (key.metric, key.period));
        let column = columns.into_iter().find(|key| !is_told(key))?;
        (is_quiet && before != scope).then(|| Ok(amount(Measure::Level(column.of(&scope)), numeral, hedge)))
    }

    /// Whether what a number counts is said right before it, with nothing else that is counted between.
    fn is_said_beside(&self, at: usize, metric: &'static str) -> bool {
        const LINKS: [&str; 24] = [
            "from", "to", "at", "by", "in", "of", "on", "for", "with", "after", "against", "and", "was", "is", "stood",
            "stands", "than", "versus", "%", "points", "compared", "reached", "across", "rate",
        ];
        if self.noun(self.next(at)) == Some(metric) {
            return true;
        }
        for at in (self.clause(at).start..at).rev() {
            match self.sense(at) {
                Sense::Noun(_) => return self.noun(at) == Some(metric),
                Sense::Number(..)
                | Sense::Time(_)
                | Sense::Move(_)
                | Sense::Filler
                | Sense::Having
                | Sense::Subject(..)
                | Sense::Known(_)
                | Sense::Comma => {}
                _ if LINKS.contains(&self.word(at)) => {}
                _ => return false,
            }
        }
        false
    }

    /// The metric of the number before that follows the same word: `1,781 commits by 380 people, runtimes 1,542 by 247`.
    fn same_lead(&self, at: usize) -> Option<&'static str> {
        let lead = self.word(self.prev(at)).to_owned();
        if lead != "by" {
            return None;
        }
        self.readings.iter().rev().find_map(|reading| match &reading.result {
            Ok(Saying::Amount(Measure::Level(key), _))
                if reading.items.start < at && self.word(self.prev(reading.items.start)) == lead =>
            {
                Some(key.metric)
            }
            _ => None,
        })
    }

    /// The first figure that was told of the last part: a list goes on with its first column.
    fn in_step(&self, at: usize, place: usize, before: &Key) -> Key {
        let earlier = self.readings.iter().filter(|reading| reading.items.start <= place && reading.items.start < at);
        let first = earlier.min_by_key(|reading| {
            let is_own =
                matches!(&reading.result, Ok(Saying::Amount(Measure::Level(key), _)) if key.scope == before.scope);
            (!is_own, reading.items.start)
        });
        match first.map(|reading| &reading.result) {
            Some(Ok(Saying::Amount(Measure::Level(key), _))) if key.scope == before.scope => key.clone(),
            _ => before.clone(),
        }
    }

    /// The words around a number up to commas, breaks, `and`, and other numbers with names of their own.
    fn segment(&self, at: usize) -> Range<usize> {
        let ends = |at: &usize| {
            matches!(self.items[*at].sense, Sense::Comma | Sense::Break)
                || self.word(*at) == "and"
                || self.is_number(*at)
        };
        let from = (0..at).rev().find(|at| ends(at)).map_or(0, |at| at + 1);
        let to = (at + 1..self.items.len()).find(|at| ends(at)).unwrap_or(self.items.len());
        from..to
    }

    /// The parts that the sentence names, in their order, each once.
    pub(super) fn distinct_subjects(&self) -> Vec<Scope> {
        let mut named: Vec<Scope> = Vec::new();
        for (_, scope) in self.subjects(0..self.items.len()) {
            if !named.contains(&scope) {
                named.push(scope);
            }
        }
        named
    }

    /// `from 120`, `to 143`, `after 120 in the first quarter`, `against 40 in IREE`.
    pub(super) fn inherited_level(&self, at: usize, metric: &'static str, numeral: &Numeral, hedge: Hedge) -> Read {
        let lead = self.word(self.prev(at)).to_owned();
        let before_lead = self.word(self.prev(self.prev(at))).to_owned();
        let is_earlier = matches!(lead.as_str(), "from" | "after" | "against" | "versus" | "than")
            || matches!(lead.as_str(), "with" | "to") && before_lead == "compared";
        // What a number is held against is of its kind.
        let metric = match self.read_before(at) {
            Some((place, key)) if is_earlier && self.goes_on(place, at) && self.said_after(at).is_none() => key.metric,
            _ => metric,
        };
        self.is_indirect.set(!self.is_said_beside(at, metric));
        if is_broken(numeral) && catalogue::find(metric).is_some_and(|metric| metric.unit == Unit::Count) {
            return Err(self.unclear(at, "nothing that is counted has decimals"));
        }
        let mut key = self.key(at, metric)?;
        let has_time = self.time_in(self.after(at)).is_some()
            || self.time_in(self.before(at)).is_some_and(|(time, _)| self.next(time) == at);
        let names_other = self.after(at).any(|at| matches!(self.sense(at), Sense::Subject(..)));
        if is_earlier && !has_time {
            key.period = if names_other { self.context.period } else { self.base(at)?.1 };
        }
        // The quarter that people stayed from isn't the one they are counted in.
        if matches!(key.metric, "retained" | "churned" | "returning") && !is_earlier && self.is_base(at) {
            key.period = self.context.period;
        }
        Ok(amount(Measure::Level(key), numeral, hedge))
    }
}

/// Whether a number has decimals that no word such as `million` takes away.
fn is_broken(numeral: &Numeral) -> bool {
    numeral.words == Words::None && numeral.of == Of::Ones && numeral.step < Number::whole(1)
}
