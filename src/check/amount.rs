//! Numbers in a sentence: what they count, of what, and when.

use super::claim::{Key, Measure};
use super::concentration::is_writing;
use super::made::{by, made};
use super::numeral::{Numeral, Of, Words};
use super::reader::{Read, Reader, Unclear, amount, counts_people, is_share};
use super::scene::Sense;
use super::stated::Hedge;
use super::time::Time;
use super::vocabulary::is_one_of;
use crate::metrics::Scope;
use crate::plain::Number;

/// Whether an adjective says nothing of which people are counted.
fn is_praise(word: &str) -> bool {
    const WORDS: &str = "hardy brave busy diligent tireless loyal faithful patient good keen eager enthusiastic dedicated \
                         committed devoted hard-working brilliant skilled talented passionate separate human such";
    is_one_of(WORDS, word)
}

impl Reader<'_> {
    /// Reads all numbers that no construction has taken.
    pub(super) fn amounts(&mut self) {
        for at in 0..self.items.len() {
            let Sense::Number(numeral, hedge) = self.sense(at).clone() else { continue };
            if self.used[at] {
                continue;
            }
            self.is_indirect.set(false);
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

    pub(super) fn amount(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        match numeral.of {
            Of::Ones => self.count(at, numeral, hedge),
            Of::Whole => self.part(at, numeral, hedge),
            Of::Points => Some(self.points(at, numeral, hedge)),
            Of::Times => Some(self.times(at, numeral, hedge)),
        }
    }

    fn count(&self, at: usize, numeral: &Numeral, hedge: Hedge) -> Option<Read> {
        let next = self.next(at);
        if let Some((_, way)) = self.direction(at, numeral)
            && (numeral.words == Words::None
                || matches!(self.sense(next), Sense::Noun(_) | Sense::More(_))
                || self.word(next) == "of" && self.is_losing(self.prev(at)))
        {
            return Some(self.change(at, way, numeral, hedge));
        }
        if let Some(read) = self.apart(at, numeral, hedge) {
            return Some(read);
        }
        // `though ninety-six took part`
        let acts = matches!(self.word(next), "contributed" | "participated" | "committed")
            || self.word(next) == "took" && self.word(self.next(next)) == "part";
        if acts && numeral.value > Number::whole(1) {
            return Some(self.key(at, "contributors").map(|key| amount(Measure::Level(key), numeral, hedge)));
        }
        // `51 form the core and 15 write half of the commits`
        if let Some(factor) = Some(next).filter(|&at| is_writing(self.word(at))).and_then(|_| self.concentration(at)) {
            return Some(self.key(at, factor).map(|key| amount(Measure::Level(key), numeral, hedge)));
        }
        if let Some(metric) = self.said_after(at) {
            return Some(self.inherited_level(at, metric, numeral, hedge));
        }
        if let Some(read) = self.refined(at, numeral, hedge).or_else(|| self.own(at, next, numeral, hedge)) {
            return Some(read);
        }
        if numeral.words != Words::None && !self.is_of_series(at) {
            return None;
        }
        if let Some(read) = self.gapped(at, numeral, hedge).or_else(|| self.paired(at, numeral, hedge)) {
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
        // `seven hardy souls`
        let noun = if *self.sense(next) == Sense::Word && is_praise(self.word(next)) { self.next(next) } else { next };
        if let Sense::Noun(metric) = *self.sense(noun) {
            return Some(self.level(at, noun, metric, numeral, hedge));
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
            && self.is_definite(at)
        {
            let period = self.context.period;
            return level(Ok(Key { scope: scope.clone(), metric: "tracked_repos", period }));
        }
        if let Some(weeks) = self.weeks(at, numeral) {
            if matches!(self.word(self.prev(at)), "from" | "after" | "against") {
                return Some(self.inherited_level(at, weeks, numeral, hedge));
            }
            return level(self.key(at, weeks));
        }
        if matches!(self.word(next), "repositories" | "projects" | "repos") {
            if !self.is_definite(at) {
                // `Two projects write less`: some of them, whoever they are.
                let unclear = self.unclear(at, "nothing says which of them are counted");
                return (numeral.words == Words::None).then_some(Err(unclear));
            }
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

    /// `from 880 to 1,134 commits`: what is counted is said after both.
    pub(super) fn said_after(&self, at: usize) -> Option<&'static str> {
        let next = self.next(at);
        let other = self.next(next);
        let is_pair = self.word(self.prev(at)) == "from" && self.word(next) == "to" && self.is_number(other);
        is_pair.then(|| self.noun(self.next(other))).flatten()
    }

    /// Whether a number counts all there are: `the seven projects`, `has seven projects`.
    fn is_definite(&self, at: usize) -> bool {
        const LEADS: [&str; 14] = [
            "the", "all", "of", "its", "our", "their", "these", "those", "s", "'", "follows", "tracks", "covers",
            "across",
        ];
        let lead = at.checked_sub(1).map_or("", |lead| self.word(lead));
        LEADS.contains(&lead)
            || matches!(self.sense(self.prev(at)), Sense::Having | Sense::Known(_) | Sense::Subject(_, true))
    }

    /// What commits become when somebody else than people in general makes them: bots, agents, newcomers.
    pub(super) fn with_actor(&self, at: usize, metric: &'static str) -> &'static str {
        if metric != "commits" {
            return metric;
        }
        // `credited a coding agent in 107 commits`
        let lead = self.prev(at);
        if let ("in" | "on", Sense::Trait(name @ ("agent_assisted" | "agent_authored"))) =
            (self.word(lead), self.sense(self.prev(lead)))
        {
            return name;
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
    pub(super) fn counts_something_else(&self, next: usize) -> bool {
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

    /// `8.5 weeks on average`, `8.5 different weeks`, `an average of 8.5 weeks`.
    fn weeks(&self, at: usize, numeral: &Numeral) -> Option<&'static str> {
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
        // `seen in at least four weeks of the quarter` says whom a group holds, and no mean.
        let is_mean = ["average", "mean", "typical", "averaged", "each", "per"].into_iter().any(says);
        let is_mean = is_mean || self.clause(at).any(|at| *self.sense(at) == Sense::Noun("active_weeks"));
        let is_broken = numeral.step < Number::whole(1);
        (is_mean || is_broken && ["different", "active", "of", "distinct"].into_iter().any(says))
            .then_some("active_weeks")
    }

    /// A number with a noun: `223 contributors`, `four people wrote half of the commits`.
    fn level(&self, at: usize, noun: usize, metric: &'static str, numeral: &Numeral, hedge: Hedge) -> Read {
        let mut metric = metric;
        let later = self.fate(noun).filter(|_| metric == "contributors");
        if metric == "contributors"
            && let Some(factor) = self.concentration(noun)
        {
            metric = factor;
        } else if metric == "organisations" && self.concentration(noun) == Some("absence_factor") {
            metric = "elephant_factor";
        } else if let Some(name) =
            self.predicate(noun).filter(|name| *name != "present").or_else(|| self.verb_of_people(at, metric)).or(later)
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
        if who && self.concentration(noun).is_none() && !works && later.is_none() {
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
        if matches!(metric, "retained" | "churned" | "returning") && (self.is_base(at) || later.is_some()) {
            key.period = self.context.period;
        }
        // `11 newcomers known from the training frameworks` are a part of the newcomers.
        let known = counts_people(metric)
            && self.after(at).any(|at| {
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

    /// `people who were with us in the first quarter did not come back`: what became of them.
    fn fate(&self, noun: usize) -> Option<&'static str> {
        let is_who = matches!(self.word(noun + 1), "who" | "that" | "whom");
        let mut rest = (noun + 2..self.clause(noun).end).take_while(|&at| !self.is_number(at));
        let found = rest.find_map(|at| match *self.sense(at) {
            Sense::Trait(name @ ("churned" | "retained" | "returned")) => Some(name),
            Sense::Trait(_) => Some("none"),
            _ => None,
        })?;
        let before = Time::At(self.context.period.before(1));
        let is_of_last = (noun + 2..self.clause(noun).end).any(|at| *self.sense(at) == Sense::Time(before));
        let at_once = matches!(self.sense(noun + 2), Sense::Trait(_));
        (is_who && is_of_last && !at_once && found != "none").then_some(found)
    }

    /// What a verb before a number says of the people: `AutoRound retained 14 contributors`.
    fn verb_of_people(&self, at: usize, metric: &str) -> Option<&'static str> {
        let verb = self.word(self.prev(at));
        let before = self.word(self.prev(self.prev(at)));
        if metric == "contributors" && matches!((before, verb), ("parted", "with") | ("goodbye" | "farewell", "to")) {
            return Some("churned");
        }
        (metric == "contributors" && matches!(verb, "retained" | "kept" | "keeps" | "retains" | "keep" | "retain"))
            .then_some("retained")
    }

    /// What is said of those who were just named: `12 people were new`, `40 commits name a coding agent`.
    pub(super) fn predicate(&self, noun: usize) -> Option<&'static str> {
        for at in noun + 1..noun + 6 {
            match *self.sense(at) {
                Sense::Trait("new")
                    if self.word(at) == "new" && !matches!(self.word(self.prev(at)), "are" | "were" | "is" | "was") =>
                {
                    return None;
                }
                Sense::Trait(name) => return Some(name),
                Sense::Filler | Sense::Having | Sense::Subject(..) | Sense::Known(_) | Sense::Time(_) => {}
                Sense::Word if matches!(self.word(at), "who" | "that" | "which" | "have" | "had" | "found") => {}
                // `223 people in kernels were new`
                Sense::Word if matches!(self.word(at), "in" | "to" | "at" | "of" | "on" | "into" | "across") => {}
                _ => return None,
            }
        }
        None
    }
}
