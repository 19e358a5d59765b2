//! Numbers in a sentence: what they count, of what, and when.

use super::claim::{Key, Measure, Saying};
use super::made::{by, made};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Read, Reader, Unclear, amount, is_share};
use super::scene::{Known, Sense};
use super::stated::Hedge;
use super::time::Time;
use crate::metrics::Scope;
use crate::plain::Number;

impl Reader<'_> {
    /// Reads all numbers that no construction has taken.
    pub(super) fn amounts(&mut self) {
        for at in 0..self.items.len() {
            let Sense::Number(numeral, hedge) = self.sense(at).clone() else { continue };
            if self.used[at] {
                continue;
            }
            let read = self.amount(at, &numeral, hedge);
            // A verb whose extent is told says no more than that.
            if let Some((verb, _)) = self.direction(at, &numeral).filter(|_| read.is_some()) {
                self.used[verb] = true;
            }
            // Small numbers in words are figures only where something says what they count.
            let is_one = numeral.words == Words::Whole && numeral.value == Number::whole(1);
            if let Some(result) = read.filter(|read| !is_one || read.is_ok()) {
                self.note(at..at + 1, result);
            } else if numeral.words == Words::None && !self.is_price_of_time(at) {
                let why = "nothing says what it counts";
                let unclear = self.unclear(at, why);
                self.note(at..at + 1, Err(unclear));
            }
        }
    }

    /// `2 of the 3`, `24/7`: what only looks like a number that was counted.
    fn is_price_of_time(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "/")
            || matches!(self.word(at.wrapping_sub(1)), "/" | "#" | "version" | "chapter" | "no")
    }

    pub(super) fn unclear(&self, at: usize, why: &str) -> Unclear {
        let metric = self.inherited(at).map(|metric| metric.name);
        let scopes: Vec<Scope> = self.subjects(0..self.items.len()).map(|(_, scope)| scope).collect();
        let period = self.context.period;
        let key = |scope: Scope| Key { scope, metric: metric.unwrap_or("contributors"), period };
        let mut candidates: Vec<Key> = scopes.into_iter().map(key).collect();
        candidates.dedup();
        Unclear { why: why.to_owned(), candidates }
    }

    fn amount(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        match numeral.of {
            Of::Ones => self.count(at, numeral, hedge),
            Of::Whole => self.part(at, numeral, hedge),
            Of::Points => Some(self.points(at, numeral, hedge)),
            Of::Times => self.times(at, numeral, hedge),
        }
    }

    fn count(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        if let Some((_, way)) = self.direction(at, numeral)
            && (numeral.words == Words::None || matches!(self.sense(next), Sense::Noun(_) | Sense::More(_)))
        {
            return Some(self.change(at, way, numeral, hedge));
        }
        if let Some(read) = self.refined(at, numeral, hedge).or_else(|| self.own(at, next, numeral, hedge)) {
            return Some(read);
        }
        if numeral.words != Words::None && !self.is_of_series(at) {
            return None;
        }
        if let Some(read) = self.paired(at, numeral, hedge) {
            return Some(read);
        }
        if !self.is_stated(at) || self.counts_something_else(next) {
            return None;
        }
        let metric = match self.inherited(at)?.name {
            // Of those who left and those who stayed, so many people are counted, not shares.
            "churn_rate" => "churned",
            "retention" => "retained",
            metric if is_share(metric) => return None,
            metric => metric,
        };
        Some(self.inherited_level(at, metric, numeral, hedge))
    }

    /// A number with a noun of its own: `223 contributors`, `187 CIRCT commits`, `8.5 weeks`, `1.8 million lines`.
    fn own(&self, at: usize, next: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let level = |key: Result<Key, Unclear>| Some(key.map(|key| amount(Measure::Level(key), numeral, hedge)));
        if let Sense::Noun(metric) = *self.sense(next) {
            return Some(self.level(at, next, metric, numeral, hedge));
        }
        if let (Sense::Subject(scope, false), Sense::Noun(_)) = (self.sense(next), self.sense(next + 1)) {
            let metric = self.with_actor(at, self.noun(next + 1)?);
            let period = self.period(next + 1);
            return level(period.map(|period| Key { scope: scope.clone(), metric, period }));
        }
        // `the seven serving projects`
        if let Sense::Subject(scope @ Scope::Category(_), false) = self.sense(next)
            && ["projects", "repositories", "repos", "libraries", "frameworks", "tools", "runtimes", "compilers"]
                .iter()
                .any(|noun| self.word(next).ends_with(noun))
        {
            let period = self.context.period;
            return level(Ok(Key { scope: scope.clone(), metric: "tracked_repos", period }));
        }
        if let Some(weeks) = self.weeks(at) {
            return level(self.key(at, weeks));
        }
        if matches!(self.word(next), "repositories" | "projects" | "repos") {
            return level(self.key(next, "tracked_repos"));
        }
        if self.word(next) == "lines" {
            let verb = self.before(at).rev().map(|at| self.word(at).to_owned()).find_map(|word| match word.as_str() {
                "changed" | "touched" | "change" => Some("lines_changed"),
                "added" | "add" => Some("lines_added"),
                "removed" | "deleted" | "remove" => Some("lines_removed"),
                _ => None,
            });
            return Some(match verb {
                Some(metric) => self.key(at, metric).map(|key| amount(Measure::Level(key), numeral, hedge)),
                None => Err(self.unclear(at, "nothing says whether lines were added, removed or changed")),
            });
        }
        None
    }

    /// What commits become when somebody else than people in general makes them: bots, agents, newcomers.
    pub(super) fn with_actor(&self, at: usize, metric: &'static str) -> &'static str {
        if metric != "commits" {
            return metric;
        }
        let clause = self.clause(at);
        let actor = (clause.start..at).rev().find_map(|other| match *self.sense(other) {
            Sense::Noun(name) if !self.is_number(self.prev(other)) => by(name),
            _ => None,
        });
        actor.unwrap_or(metric)
    }

    /// Whether a small number in words goes on with what was counted before: `from twelve to fifteen`.
    fn is_of_series(&self, at: usize) -> bool {
        const LEADS: [&str; 12] =
            ["from", "to", "after", "against", "versus", "reached", "at", "is", "was", "of", "stands", "stood"];
        LEADS.contains(&self.word(self.prev(at)))
    }

    /// Whether the words before a number say that it goes on with what was counted before.
    fn is_stated(&self, at: usize) -> bool {
        const LEADS: [&str; 11] =
            ["with", "and", ":", "(", "than", "numbering", "totalling", "totaling", "'", "s", "by"];
        let prev = self.prev(at);
        self.is_of_series(at)
            || matches!(
                self.sense(prev),
                Sense::Having | Sense::Time(_) | Sense::Subject(..) | Sense::Known(_) | Sense::Noun(_) | Sense::Break
            )
            || LEADS.contains(&self.word(prev))
    }

    /// Whether a word after a number is a noun that the vocabulary hasn't got: `12 tokens`.
    fn counts_something_else(&self, next: usize) -> bool {
        const LINKS: [&str; 38] = [
            "in",
            "of",
            "to",
            "from",
            "at",
            "and",
            "on",
            "for",
            "per",
            "after",
            "against",
            "with",
            "last",
            "into",
            "who",
            "compared",
            "versus",
            "as",
            "or",
            "by",
            ".",
            "than",
            "through",
            "between",
            "across",
            "during",
            "when",
            "that",
            "which",
            "respectively",
            "among",
            "!",
            "?",
            "each",
            "apiece",
            "over",
            "since",
            "within",
        ];
        *self.sense(next) == Sense::Word && !LINKS.contains(&self.word(next))
    }

    /// Whether nothing but links stands between two numbers: no clause ends, and nothing else is counted.
    fn goes_on(&self, place: usize, at: usize) -> bool {
        let own = matches!(self.sense(self.next(at)), Sense::Noun(_));
        let between = self.next(place) + 1..at;
        !own && between.into_iter().all(|at| {
            !matches!(self.sense(at), Sense::Break | Sense::Noun(_))
                && !(matches!(self.sense(at), Sense::Move(_)) && !matches!(self.word(at), "up" | "down"))
        })
    }

    /// The number that was read before this one in its sentence, when it is a figure.
    fn read_before(&self, at: usize) -> Option<(usize, Key)> {
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
    fn paired(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let (place, before) = self.read_before(at)?;
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
    fn segment(&self, at: usize) -> std::ops::Range<usize> {
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
            Some((place, key)) if is_earlier && self.goes_on(place, at) => key.metric,
            _ => metric,
        };
        let mut key = self.key(at, metric)?;
        let has_time = self.time_in(self.after(at)).is_some()
            || self.time_in(self.before(at)).is_some_and(|(time, _)| self.next(time) == at);
        let names_other = self.after(at).any(|at| matches!(self.sense(at), Sense::Subject(..)));
        if is_earlier && !has_time {
            key.period = if names_other { self.context.period } else { self.base(at)?.1 };
        }
        Ok(amount(Measure::Level(key), numeral, hedge))
    }

    /// `8.5 weeks on average`, `8.5 different weeks`, `an average of 8.5 weeks`.
    fn weeks(&self, at: usize) -> Option<&'static str> {
        let next = self.next(at);
        let is_weeks = matches!(self.word(next), "week" | "weeks")
            || matches!(self.word(next), "different" | "distinct") && self.word(self.next(next)) == "weeks"
            || self.word(next) == "of" && (next..(next + 7).min(self.items.len())).any(|at| self.word(at) == "weeks");
        if !is_weeks {
            return None;
        }
        let words: Vec<&str> = self.clause(at).map(|at| self.word(at)).collect();
        if words.contains(&"median") {
            return Some("active_weeks_median");
        }
        let says = |word: &str| words.contains(&word);
        (says("average") || says("mean") || says("different") || says("active") || says("typical") || says("of"))
            .then_some("active_weeks")
    }

    /// `149 of them new`, `of whom 149 were new`, `149 new`, `149 of its 556 people are new`.
    fn refined(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        let prev = self.prev(at);
        let whom = matches!(self.word(prev), "whom" | "which" | "them" | "these") && self.word(self.prev(prev)) == "of";
        let of = self.word(next) == "of";
        let mut from = self.after_be(at);
        if of {
            let owner = self.next(next);
            if matches!(self.word(owner), "them" | "whom" | "those" | "these" | "which") {
                from = self.next(owner);
            } else if matches!(self.word(next + 1), "those" | "these" | "them") {
                from = self.next(next);
            } else {
                return self.part_of_whole(at, owner, numeral, hedge);
            }
        }
        if matches!(self.word(from), "were" | "are" | "was" | "is" | "being")
            || whom && *self.sense(from) == Sense::Having
        {
            from = self.next(from);
        }
        let name = match *self.sense(from) {
            Sense::Trait(name) => name,
            Sense::Noun(name) if of || whom => name,
            _ if of || whom => match self.trait_after(at) {
                Some(name) => name,
                // `merges, 1,139 of them this quarter`
                None => {
                    let counted = (0..at).rev().find_map(|at| self.noun(at))?;
                    return Some(self.key(at, counted).map(|key| amount(Measure::Level(key), numeral, hedge)));
                }
            },
            _ => return None,
        };
        let name = match self.settled(at, name) {
            Ok(name) => name,
            Err(unclear) => return Some(Err(unclear)),
        };
        if !(of || whom) && !matches!(self.sense(from), Sense::Trait(_)) {
            return None;
        }
        // What is new among people may be new among commits too: what was counted before decides.
        let base = self.counted_before(at).unwrap_or("contributors");
        let metric = match made(base, name) {
            Some((Some(metric), _)) => metric,
            Some((None, _)) => {
                return Some(
                    Err(self.unclear(at, "it could be those who stayed, or those who returned after a break")),
                );
            }
            None if made("contributors", name).is_some_and(|(count, _)| count.is_some()) && base == "new" => {
                return None;
            }
            None if base == name => name,
            None if matches!(self.sense(from), Sense::Noun(_)) => name,
            None => return Some(Err(self.unclear(at, "nothing says of what these are a part"))),
        };
        // What is a part of something is so where that is.
        Some(self.key_of_part(at, metric).map(|key| amount(Measure::Level(key), numeral, hedge)))
    }

    /// What is said of people, where that depends on the words around it: who was there the quarter before stayed, and
    /// who returned beside others who stayed had been away.
    pub(super) fn settled(&self, at: usize, name: &'static str) -> Result<&'static str, Unclear> {
        let last = Time::At(self.context.period.before(1));
        let time = self.time_in(self.after(at)).or_else(|| self.time_in(self.before(at)));
        match name {
            "present" if time.is_some_and(|(_, time)| time == last) => Ok("retained"),
            "present" => Err(self.unclear(at, "nothing says when they were there")),
            "returned" if self.items.iter().any(|item| matches!(item.sense, Sense::Trait("retained" | "present"))) => {
                Ok("returning")
            }
            "retained" | "churned" | "returned" | "returning"
                if time.is_some_and(|(_, time)| time != last && time != Time::At(self.context.period)) =>
            {
                Err(self.unclear(at, "who stayed or left is counted from one quarter to the next"))
            }
            name => Ok(name),
        }
    }

    /// Whether the time near a number says whom it is counted of: `of the first quarter's people`, `from the first quarter`.
    pub(super) fn is_base(&self, at: usize) -> bool {
        let last = Time::At(self.context.period.before(1));
        let clause = self.clause(at);
        clause.into_iter().any(|at| {
            let lead = self.prev(at);
            let is_of = matches!(self.word(lead), "of" | "from" | "its" | "their" | "in")
                && (self.word(lead) != "in" || (0..lead).any(|at| matches!(self.word(at), "of" | "among")));
            let adjective = matches!(self.word(self.next(at)), "'" | "\u{2019}")
                || matches!(self.sense(self.next(at)), Sense::Noun(_));
            *self.sense(at) == Sense::Time(last) && (is_of || adjective)
        })
    }

    /// The part that a number of `them` is about: that of the number before.
    fn key_of_part(&self, at: usize, metric: &'static str) -> Result<Key, Unclear> {
        let mut before = self
            .readings
            .iter()
            .rev()
            .filter(|reading| reading.items.start < at && self.word(reading.items.start.wrapping_sub(1)) != ":");
        let antecedent = before.next();
        if let Some(Ok(Saying::Amount(Measure::Level(key), _))) = antecedent.map(|reading| &reading.result) {
            return Ok(key.metric(metric));
        }
        if matches!(metric, "retained" | "churned" | "returning") && self.is_base(at) {
            let scope = self.subject(at).map_err(|unclear| unclear.of(metric))?;
            return Ok(Key { scope, metric, period: self.context.period });
        }
        if let Some(bound) =
            (0..at).rev().find_map(|at| if let Sense::Bound(number) = self.sense(at) { Some(*number) } else { None })
            && let Some(Some(key)) = self.bound.get(bound)
            && self.inherits_from_bound(at)
        {
            return Ok(key.metric(metric));
        }
        self.key(at, metric)
    }

    fn inherits_from_bound(&self, at: usize) -> bool {
        let clause = self.clause(at);
        self.subjects(clause.start..at).count() == 0
    }

    /// The metric of the people or commits that were counted before: the nearest noun.
    pub(super) fn counted_before(&self, at: usize) -> Option<&'static str> {
        (0..at).rev().find_map(|at| match self.sense(at) {
            Sense::Noun(name @ ("contributors" | "commits" | "new")) => Some(*name),
            _ => None,
        })
    }

    fn trait_after(&self, at: usize) -> Option<&'static str> {
        self.after(at).find_map(|at| match *self.sense(at) {
            Sense::Trait(name) => Some(name),
            _ => None,
        })
    }

    /// `120 of its 623 commits name a coding agent`, `120 of the category's commits`.
    fn part_of_whole(&self, at: usize, owner: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let clause = self.clause(at);
        let noun_at = (owner..clause.end)
            .take_while(|&at| !matches!(self.sense(at), Sense::Comma | Sense::Having))
            .find_map(|at| if let Sense::Noun(name) = *self.sense(at) { Some((at, name)) } else { None })?;
        let (place, base) = noun_at;
        let base = if base == "new" { "new" } else { base };
        let named =
            (place + 1..clause.end).take_while(|&at| !matches!(self.sense(at), Sense::Number(..))).find_map(|at| {
                match *self.sense(at) {
                    Sense::Trait(name) => Some(name),
                    _ => None,
                }
            });
        let owned = (owner..place).find_map(|at| match self.sense(at) {
            Sense::Subject(scope, _) => Some(Ok(scope.clone())),
            Sense::Known(known @ (Known::Category | Known::Repository)) => Some(self.known(at, *known)),
            _ => None,
        });
        let owned = owned.or_else(|| {
            self.subjects(place + 1..clause.end)
                .find(|(at, _)| matches!(self.word(self.prev(*at)), "in" | "of" | "to" | "at"))
                .map(|(_, scope)| Ok(scope))
        });
        if let Some(name) = named {
            let metric = match made(base, name) {
                Some((Some(metric), _)) => metric,
                _ => return Some(Err(self.unclear(at, "nothing says which of these it counts"))),
            };
            let scope = owned.unwrap_or_else(|| self.subject(at));
            let is_turnover = matches!(metric, "retained" | "churned" | "returning") && self.is_base(at);
            let period = if is_turnover { Ok(self.context.period) } else { self.period(at) };
            return Some(
                scope.map_err(|unclear| unclear.of(metric)).and_then(|scope| {
                    Ok(amount(Measure::Level(Key { scope, metric, period: period? }), numeral, hedge))
                }),
            );
        }
        // `IREE made 120 of the category's commits`: what IREE made.
        let whole = owned?.ok()?;
        let subject = self.subjects(0..at).map(|(_, scope)| scope).last().filter(|scope| *scope != whole);
        let subject = subject.or_else(|| {
            let from = (place + 1..clause.end).find(|&at| matches!(self.word(at), "from" | "by"))?;
            self.subjects(from..clause.end).map(|(_, scope)| scope).next()
        });
        let period = self.period(at);
        Some(match subject {
            Some(scope) => {
                period.map(|period| amount(Measure::Level(Key { scope, metric: base, period }), numeral, hedge))
            }
            None => Err(self.unclear(at, "nothing says whose part of the whole it is")),
        })
    }

    /// A number with a noun: `223 contributors`, `four people wrote half of the commits`.
    fn level(&self, at: usize, noun: usize, metric: &'static str, numeral: &Numeral, hedge: Hedge) -> Read {
        let mut metric = metric;
        if metric == "contributors"
            && let Some(factor) = self.concentration(noun)
        {
            metric = factor;
        } else if metric == "organisations" && self.concentration(noun) == Some("absence_factor") {
            metric = "elephant_factor";
        } else if let Some(name) =
            self.predicate(noun).filter(|name| *name != "present").or_else(|| self.verb_of_people(at, metric))
        {
            let name = self.settled(at, name)?;
            metric = match made(metric, name) {
                Some((Some(metric), _)) => metric,
                Some((None, _)) => {
                    return Err(self.unclear(at, "it could be those who stayed, or those who returned after a break"));
                }
                None if name == metric => metric,
                None => return Err(self.unclear(at, "what is said of them isn't counted")),
            };
        }
        metric = self.defined(at, metric).unwrap_or_else(|| self.with_actor(at, metric));
        // `people who cut their teeth on compilers`: who these are isn't in the vocabulary.
        let who = matches!(self.word(noun + 1), "who" | "that" | "whose") && self.predicate(noun).is_none();
        let works = matches!(
            self.word(noun + 2),
            "committed" | "commit" | "work" | "worked" | "wrote" | "write" | "contributed" | "contribute" | "made"
        );
        if who && self.concentration(noun).is_none() && !works {
            return Err(self.unclear(at, "nothing says which of them are counted"));
        }
        // `the churn was heavier by 107 people`: neither people nor a share.
        let of_share = metric == "contributors"
            && (self.clause(at).start..at).any(|at| matches!(*self.sense(at), Sense::Noun(name) if is_share(name)));
        if of_share {
            return Err(self.unclear(at, "people and a share of them stand in one clause"));
        }
        if is_share(metric) || matches!(metric, "agents" | "bots") {
            return Err(self.unclear(at, "this is no count"));
        }
        let lead = self.word(self.prev(at));
        let clause = self.clause(at);
        let is_change = clause.clone().any(|at| {
            matches!(self.sense(at), Sense::Move(_) | Sense::Multiple(..))
                || matches!(self.word(at), "went" | "up" | "down")
        }) || (at..clause.end).any(|at| self.word(at) == "to" && self.is_number(self.next(at)));
        if matches!(lead, "after" | "against" | "versus" | "than") || lead == "from" && is_change {
            return self.inherited_level(at, metric, numeral, hedge);
        }
        let mut key = self.key(at, metric)?;
        // The quarter that people stayed from, or left from, isn't the one they are counted in.
        if matches!(metric, "retained" | "churned" | "returning") && self.is_base(at) {
            key.period = self.context.period;
        }
        // `11 newcomers known from the training frameworks` are a part of the newcomers.
        let known = self.after(at).any(|at| {
            matches!(self.word(at), "known" | "came" | "come" | "crossed") && self.word(self.next(at)) == "from"
        });
        if known {
            return Err(self.unclear(at, "where they came from isn't counted like this"));
        }
        Ok(amount(Measure::Level(key), numeral, hedge))
    }

    /// `attrition stood at 145 individuals`, `the core group consists of 708 people`: the noun before says what they are.
    fn defined(&self, at: usize, metric: &str) -> Option<&'static str> {
        if metric != "contributors" {
            return None;
        }
        let lead = self.prev(at);
        let verb = self.prev(lead);
        let says = matches!(
            self.word(lead),
            "is" | "are" | "was" | "were" | "numbers" | "numbered" | "comprises" | "comprised"
        ) || self.word(lead) == "at" && matches!(self.word(verb), "stood" | "stands" | "was" | "is")
            || self.word(lead) == "of" && matches!(self.word(verb), "consists" | "consisted");
        if !says {
            return None;
        }
        let named = (self.clause(at).start..at).find_map(|at| match *self.sense(at) {
            Sense::Trait("core") => Some("core"),
            _ => self.noun(at),
        })?;
        match named {
            "churn_rate" => Some("churned"),
            "retention" => Some("retained"),
            "commits" | "contributors" => None,
            named => Some(named),
        }
    }

    /// What a verb before a number says of the people: `AutoRound retained 14 contributors`.
    fn verb_of_people(&self, at: usize, metric: &str) -> Option<&'static str> {
        let verb = self.word(self.prev(at));
        (metric == "contributors" && matches!(verb, "retained" | "kept" | "keeps" | "retains" | "keep" | "retain"))
            .then_some("retained")
    }

    /// What is said of those who were just named: `12 people were new`, `40 commits name a coding agent`.
    fn predicate(&self, noun: usize) -> Option<&'static str> {
        let mut at = noun + 1;
        for _ in 0..4 {
            match *self.sense(at) {
                Sense::Trait("new")
                    if self.word(at) == "new" && !matches!(self.word(self.prev(at)), "are" | "were" | "is" | "was") =>
                {
                    return None;
                }
                Sense::Trait(name) => return Some(name),
                Sense::Filler | Sense::Having => {}
                Sense::Word if matches!(self.word(at), "who" | "that" | "which" | "have" | "had") => {}
                // `223 people in kernels were new`
                Sense::Word if matches!(self.word(at), "in" | "to" | "at" | "of" | "on") => {}
                Sense::Subject(..) | Sense::Known(_) | Sense::Time(_) => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }
}
