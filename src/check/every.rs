//! All and none: what every category, no repository, or so many of them did.

use std::ops::Range;

use super::claim::{Count, Key, Measure, Saying};
use super::numeral::Of;
use super::reader::{Reader, Unclear};
use super::scene::{Known, Sense};
use super::stated::Hedge;
use super::vocabulary::Move;
use crate::metrics::Scope;

/// Several parts of one kind: `none of the four debugging projects but Phoenix`.
#[derive(Debug)]
pub(super) struct Group {
    /// How many of them.
    pub count: Count,
    /// Where the noun for them stands.
    pub noun: usize,
    /// Of which kind they are.
    pub kind: &'static str,
    /// Where an exception begins.
    pub exception: Option<usize>,
    /// How many are excepted without a name.
    pub missing: Option<usize>,
    /// Those that are excepted by name.
    pub excepted: Vec<Scope>,
}

impl Reader<'_> {
    /// `every category but compression gained people`, `no repository lost commits`, `rose in eight of the twelve
    /// categories`.
    pub(super) fn every_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let Some(group) = self.group(at) else { return };
        if self.each(at, &group) {
            return;
        }
        let (noun, end) = (group.noun, self.items.len());
        let Some((verb, way)) = self.verb_before(at).or_else(|| self.verb_of(noun)) else { return };
        if self.is_number(self.next(verb)) || self.word(self.next(verb)) == "by" {
            return;
        }
        let find = |range: Range<usize>| range.into_iter().find_map(|at| self.noun(at));
        let committed = || (noun..=verb).any(|at| matches!(self.word(at), "committed" | "commit")).then_some("commits");
        let metric = find(verb..end)
            .filter(|_| verb > noun)
            .or_else(|| find(noun.min(verb)..verb))
            .or_else(committed)
            .or_else(|| find(0..at));
        let result = match (metric, self.parts(at, &group), self.base(verb)) {
            (Some(metric), Ok(parts), Ok((period, base))) => {
                let key = |scope: Scope| Key { scope, metric, period };
                let parts = parts.into_iter().filter(|scope| !group.excepted.contains(scope));
                let keys: Vec<Key> = parts.map(key).collect();
                let count = match (group.count, group.missing) {
                    (Count::All, Some(missing)) => Count::Exactly(keys.len().saturating_sub(missing)),
                    (count, _) => count,
                };
                Ok(Saying::Every(keys, base, way, count))
            }
            (_, Err(unclear), _) | (_, _, Err(unclear)) => Err(unclear),
            // `every framework loses work` counts nothing.
            _ => return,
        };
        self.used[at..=noun.max(verb)].fill(true);
        self.note(at..noun + 1, result);
        self.use_moves(at);
        if let Some(exception) = group.exception {
            self.use_moves(exception);
            self.use_moves(end - 1);
        }
    }

    /// Several parts of one kind that something is said of together.
    pub(super) fn group(&self, at: usize) -> Option<Group> {
        let count = self.quantity(at)?;
        let end = self.items.len();
        // Little may stand between: `all four repositories`, `eight of the twelve categories`.
        let links = |at: usize| {
            matches!(self.sense(at), Sense::Filler | Sense::Number(..) | Sense::Subject(..) | Sense::Known(_))
                || matches!(self.word(at), "of" | "single" | "other" | "tracked" | "'" | "s" | "but" | "one")
        };
        let is_noun = |at: usize| kind(self.word(at)).is_some() || self.names_repositories(at);
        let after = (at + 1..end.min(at + 8)).find(|&at| is_noun(at) || !links(at)).filter(|&at| is_noun(at));
        // `of the ten training frameworks, none but Unsloth …`
        let opens = || matches!(self.word(0), "of" | "among") && *self.sense(self.prev(at)) == Sense::Comma;
        let noun = after.or_else(|| (0..at).find(|&at| is_noun(at)).filter(|_| opens() && !self.is_number(at)))?;
        let exception = (at..end)
            .find(|&at| matches!(self.word(at), "but" | "except" | "bar" | "save" | "apart" | "besides" | "excepting"));
        // `all categories but one`
        let missing = exception.map(|at| self.next(at)).and_then(|at| match self.sense(at) {
            Sense::Number(numeral, Hedge::Exact) => {
                numeral.value.as_whole().and_then(|count| usize::try_from(count).ok())
            }
            _ if self.word(at) == "one" => Some(1),
            _ => None,
        });
        let excepted: Vec<Scope> = exception
            .map(|from| self.subjects(from..end.min(from + 6)).map(|(_, scope)| scope).collect())
            .unwrap_or_default();
        let excepted = if missing.is_some() { Vec::new() } else { excepted };
        Some(Group { count, noun, kind: kind(self.word(noun)).unwrap_or("repo"), exception, missing, excepted })
    }

    /// The parts of a group, those that are excepted among them.
    pub(super) fn parts(&self, at: usize, group: &Group) -> Result<Vec<Scope>, Unclear> {
        let whole = self.whole(at, group.noun, group.kind, group.exception)?;
        Ok(self.members.parts(group.kind, &whole))
    }

    fn quantity(&self, at: usize) -> Option<Count> {
        match self.word(at) {
            "all" | "any" if matches!(self.word(self.prev(at)), "of" | "than") => None,
            "every" | "each" | "all" => Some(Count::All),
            "no" | "none" | "neither" | "not one" | "not a single" => Some(Count::None),
            "most" if self.word(self.prev(at)) != "at" => Some(Count::Most),
            _ => match self.sense(at) {
                // `of the ten frameworks, none but Unsloth …`
                Sense::Number(numeral, Hedge::Exact) if numeral.of == Of::Ones && self.word(self.prev(at)) != "of" => {
                    let count = numeral.value.as_whole().and_then(|count| usize::try_from(count).ok())?;
                    // `the one category that shrank` counts nothing.
                    (2..1_000).contains(&count).then_some(Count::Exactly(count))
                }
                _ => None,
            },
        }
    }

    /// `the distributed-training projects`
    fn names_repositories(&self, at: usize) -> bool {
        const NOUNS: [&str; 6] = ["project", "repositor", "repo", "librar", "framework", "tool"];
        let last = self.word(at).rsplit_once(' ').map_or("", |(_, last)| last);
        matches!(self.sense(at), Sense::Subject(Scope::Category(_), false))
            && NOUNS.iter().any(|noun| last.starts_with(noun))
    }

    /// A movement after the noun: a verb, or `more … than` another time.
    fn verb_of(&self, noun: usize) -> Option<(usize, i8)> {
        let than = |at: usize| (at..self.items.len()).any(|at| self.word(at) == "than");
        (noun..self.items.len()).find_map(|at| match self.sense(at) {
            Sense::Move(Move { way: way @ (1 | -1), .. }) => Some((at, *way)),
            Sense::More(way) if than(at) && !self.is_rival(at) => Some((at, *way)),
            _ => None,
        })
    }

    /// Whether what stands after `than` is another part, and no time.
    fn is_rival(&self, at: usize) -> bool {
        let than = (at..self.items.len()).find(|&at| matches!(self.word(at), "than" | "as"));
        than.is_some_and(|than| matches!(self.sense(self.next(than)), Sense::Subject(..)))
    }

    /// `no other repository drew more contributors than vLLM Ascend`: it has the first place.
    pub(super) fn unbeaten_at(&mut self, at: usize) {
        if self.word(at) != "no" || self.is_used(at) || self.is_number(self.next(at)) {
            return;
        }
        let end = self.items.len();
        let Some(noun) = (at + 1..end.min(at + 5)).find(|&at| kind(self.word(at)).is_some()) else { return };
        let Some(more) = (noun..end).find(|&at| matches!(self.sense(at), Sense::More(1)) || self.word(at) == "many")
        else {
            return;
        };
        let Some(than) = (more..end).find(|&at| at > more && matches!(self.word(at), "than" | "as")) else { return };
        let Sense::Subject(scope, _) = self.sense(self.next(than)).clone() else { return };
        // `after vLLM Ascend, no repository …` speaks of the second place.
        let is_first = self.subjects(0..at).next().is_none();
        let Some(metric) = (more..than).find_map(|at| self.noun(at)).filter(|_| is_first) else { return };
        let whole = (at + 1..more).find_map(|at| match self.sense(at) {
            Sense::Subject(whole @ Scope::Category(_), _) => Some(whole.clone()),
            _ => None,
        });
        let among = self.members.parts(scope.kind(), &whole.unwrap_or(Scope::Corpus));
        let measure = Measure::Level(Key { scope, metric, period: self.context.period });
        self.note(at..than + 1, Ok(Saying::Place { measure, among, place: 1, from_least: false }));
    }

    /// `commits rose in eight of …`
    fn verb_before(&self, at: usize) -> Option<(usize, i8)> {
        let lead = self.prev(at);
        let verb = if self.word(lead) == "in" { self.prev(lead) } else { lead };
        match self.sense(verb) {
            Sense::Move(Move { way: way @ (1 | -1), .. }) => Some((verb, *way)),
            _ => None,
        }
    }

    /// Where the parts lie.
    fn whole(&self, at: usize, noun: usize, kind: &str, exception: Option<usize>) -> Result<Scope, Unclear> {
        if kind != "repo" {
            return Ok(Scope::Corpus);
        }
        let end = self.items.len();
        let near = |place: usize| exception.is_none_or(|from| place < from || place > from + 6);
        let named = self.subjects(at.min(noun)..end).filter(|(place, _)| near(*place)).map(|(_, scope)| scope);
        if let Some(whole) =
            named.into_iter().find(|scope| matches!(scope, Scope::Category(_) | Scope::Vendor(_) | Scope::Corpus))
        {
            return Ok(whole);
        }
        if (at..end).any(|at| matches!(self.sense(at), Sense::Known(Known::Category))) {
            return self.subject(noun);
        }
        match (&self.context.about, &self.context.heading[..]) {
            (Some(whole @ Scope::Category(_)), _) | (None, [whole @ Scope::Category(_)]) => Ok(whole.clone()),
            (None, []) => Ok(Scope::Corpus),
            _ => Err(self.unclear(at, "nothing says which repositories")),
        }
    }

    /// `only TFLite Micro lost commits`: it did, and no other of its kind.
    pub(super) fn only_at(&mut self, at: usize) {
        if self.word(at) != "only" || self.is_used(at) {
            return;
        }
        let next = self.next(at);
        let Sense::Subject(scope, false) = self.sense(next).clone() else { return };
        let verb = self.next(next);
        let Sense::Move(Move { way: way @ (1 | -1), .. }) = *self.sense(verb) else { return };
        let Some(metric) = (verb..self.items.len())
            .find_map(|at| self.noun(at))
            .or_else(|| (0..at).rev().find_map(|at| self.noun(at)))
        else {
            return;
        };
        let kind = scope.kind();
        let named = self.subjects(0..at).map(|(_, scope)| scope).find(|scope| matches!(scope, Scope::Category(_)));
        let whole = match (kind, named, &self.context.heading[..]) {
            ("category", ..) => Ok(Scope::Corpus),
            (_, Some(whole), _) => Ok(whole),
            (_, None, [whole @ Scope::Category(_)]) => Ok(whole.clone()),
            _ => Err(self.unclear(at, "nothing says among which it is the only one")),
        };
        let sayings = whole.and_then(|whole| {
            let (period, base) = self.base(verb)?;
            let key = |scope: Scope| Key { scope, metric, period };
            let others = self.members.parts(kind, &whole).into_iter().filter(|other| *other != scope).map(key);
            let own = Saying::Every(vec![key(scope.clone())], base, way, Count::All);
            Ok((own, Saying::Every(others.collect(), base, way, Count::None)))
        });
        match sayings {
            Ok((own, others)) => {
                self.note(next..verb + 1, Ok(own));
                self.note(at..at + 1, Ok(others));
            }
            Err(unclear) => self.note(at..verb + 1, Err(unclear)),
        }
    }
}

/// The kind of part that a noun stands for.
fn kind(word: &str) -> Option<&'static str> {
    match word {
        "category" | "categories" => Some("category"),
        "repository" | "repositories" | "repo" | "repos" | "project" | "projects" => Some("repo"),
        _ => None,
    }
}
