//! What a statement is about: the part of the corpus that its sentence names, or the text around it.

use std::ops::Range;

use super::claim::Key;
use super::reader::{Context, Reader, Unclear, governs};
use super::scene::{Known, Sense};
use super::vocabulary::is_one_of;
use crate::metrics::{Scope, Side};

/// What a part can own and still be meant itself: `Google's repositories`, `CIRCT's average`.
const PLAIN: [&str; 30] = [
    "agents",
    "activity",
    "team",
    "work",
    "volume",
    "pace",
    "base",
    "growth",
    "effort",
    "result",
    "side",
    "total",
    "figure",
    "own",
    "average",
    "mean",
    "median",
    "typical",
    "share",
    "part",
    "earlier",
    "former",
    "quarterly",
    "repositories",
    "projects",
    "repos",
    "log",
    "tally",
    "quarter",
    "code",
];

impl Reader<'_> {
    /// What a statement at a place is about.
    pub(super) fn subject(&self, at: usize) -> Result<Scope, Unclear> {
        // `of the compilers' 3,821 commits`
        if let Sense::Subject(scope, true) = self.sense(self.prev(at))
            && self.is_number(at)
        {
            return Ok(scope.clone());
        }
        if let Some(overlap) = self.overlapping(at) {
            return Ok(overlap);
        }
        if let Some(scope) = self.attached(at) {
            return Ok(scope);
        }
        if let Some(scope) = self.relative(at) {
            return Ok(scope);
        }
        let clause = self.clause(at);
        let mut to = at;
        let mut from = clause.start;
        loop {
            if let Some(found) = self.nearest(from..to) {
                return found;
            }
            if from == 0 {
                break;
            }
            to = from - 1;
            from = self.clause(to.saturating_sub(1)).start.min(to);
        }
        let right: Vec<(usize, Scope)> = self.subjects(at..self.items.len()).collect();
        // `With 525 commits, TorchTitan leads its category, distributed training.`
        if let Some((place, scope)) = right.first()
            && place.checked_sub(1).is_some_and(|before| *self.sense(before) == Sense::Comma)
            && matches!(self.sense(self.next(*place)), Sense::Having | Sense::Move(_) | Sense::Word)
        {
            return Ok(scope.clone());
        }
        let mut distinct: Vec<Scope> = right.into_iter().map(|(_, scope)| scope).collect();
        distinct.dedup();
        match &distinct[..] {
            [] => self.surrounding(at),
            [one] => Ok(one.clone()),
            _ => Err(self.several(distinct)),
        }
    }

    /// `…, busier than tt-mlir, which had 604`: what the words before the comma name.
    fn relative(&self, at: usize) -> Option<Scope> {
        let pronoun = self.before(at).find(|&at| self.word(at) == "which")?;
        let comma = pronoun.checked_sub(1).filter(|&at| *self.sense(at) == Sense::Comma)?;
        match self.sense(comma.checked_sub(1)?) {
            Sense::Subject(scope, false) => Some(scope.clone()),
            _ => None,
        }
    }

    /// Whether a name owns something that the vocabulary hasn't got: `Intel's open driver`.
    fn owns_stranger(&self, at: usize) -> bool {
        let owned = self.next(at);
        matches!(self.sense(at), Sense::Subject(_, true))
            && matches!(self.sense(owned), Sense::Word)
            && self.word(owned).chars().all(char::is_alphabetic)
            && !PLAIN.contains(&self.word(owned))
            && !self.items[owned].words.ends_with("est")
    }

    pub(super) fn stranger_owned(&self, at: usize) -> Option<Unclear> {
        self.owns_stranger(at).then(|| Unclear::because(format!("nothing says what `{}` is", self.word(self.next(at)))))
    }

    /// `the overlap of edge and kernels`: the two parts together.
    fn overlapping(&self, at: usize) -> Option<Scope> {
        let clause = self.clause(at);
        clause.clone().find(|&at| *self.sense(at) == Sense::Noun("overlap"))?;
        let named: Vec<Scope> = self.subjects(clause).map(|(_, scope)| scope).collect();
        match &named[..] {
            [a, b] => Some(Scope::overlap(Side::of(a)?, Side::of(b)?)),
            _ => None,
        }
    }

    /// Whether a name stands in a description between commas: `TorchTitan, the smaller of the two, …`.
    pub(super) fn is_aside(&self, at: usize) -> bool {
        let before = (0..at).rev().find(|&at| *self.sense(at) == Sense::Comma);
        let after = (at..self.items.len()).find(|&at| matches!(self.sense(at), Sense::Comma | Sense::Break));
        let (Some(before), Some(_)) = (before, after) else { return false };
        let follows_name = before.checked_sub(1).is_some_and(|at| matches!(self.sense(at), Sense::Subject(..)));
        matches!(self.word(before + 1), "the" | "a" | "an" | "its" | "like" | "unlike") && before + 1 < at
            // `MLX, Apple's framework, has …`
            || follows_name && before + 1 == at && matches!(self.sense(at), Sense::Subject(_, true))
    }

    /// A part that is named right after what is counted: `120 commits in IREE`, `556 contributors to Kernels`.
    pub(super) fn attached(&self, at: usize) -> Option<Scope> {
        let range = self.after(at);
        let mut found = None;
        for at in range {
            match self.sense(at) {
                Sense::Subject(scope, owns) => {
                    let lead = self.word(self.prev(at));
                    let is_led = matches!(
                        lead,
                        "in" | "of" | "at" | "on" | "to" | "into" | "across" | "for" | "within" | "among"
                    );
                    if is_led && !owns && found.is_none() {
                        found = Some(scope.clone());
                    }
                }
                Sense::Known(known @ (Known::Category | Known::Repository)) => {
                    let lead = self.word(self.prev(at));
                    if matches!(lead, "in" | "of" | "at" | "on" | "to" | "across" | "for") && found.is_none() {
                        found = self.known(at, *known).ok();
                    }
                }
                Sense::Having | Sense::Move(_) if found.is_none() => return None,
                _ if super::order::OUTDOING.contains(&self.word(at)) || self.word(at) == "than" => return found,
                _ => {}
            }
        }
        found
    }

    /// All parts that are named in a stretch.
    pub(super) fn subjects(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Scope)> {
        // `Microsoft's Semantic Kernel` is one name.
        let is_part_of_name = |at: usize| {
            matches!(self.sense(at), Sense::Subject(Scope::Vendor(_), true))
                && matches!(self.sense(at + 1), Sense::Subject(..))
        };
        range.filter_map(move |at| match self.sense(at) {
            Sense::Subject(scope, _) if !is_part_of_name(at) => Some((at, scope.clone())),
            _ => None,
        })
    }

    /// Whether a name stands after a word that makes it part of a description.
    fn is_governed(&self, at: usize) -> bool {
        governs(self.word(self.prev(at)))
    }

    /// The part that a stretch names last, those in descriptions after the others.
    fn nearest(&self, range: Range<usize>) -> Option<Result<Scope, Unclear>> {
        let known = range.clone().rev().find_map(|at| match self.sense(at) {
            Sense::Known(known @ (Known::Category | Known::Repository)) if !self.is_governed(at) => {
                Some((at, self.known(at, *known)))
            }
            _ => None,
        });
        let owner = range.clone().filter(|&at| !self.is_aside(at)).find_map(|at| self.stranger_owned(at));
        let found: Vec<(usize, Scope)> = self.subjects(range).collect();
        let free: Vec<&(usize, Scope)> =
            found.iter().filter(|(at, _)| !self.is_governed(*at) && !self.is_aside(*at)).collect();
        if let Some((place, scope)) = free.last().copied() {
            if let Some(unclear) = self.stranger_owned(*place) {
                return Some(Err(unclear));
            }
            if let Some((at, known)) = known
                && at > *place
            {
                return Some(known);
            }
            // `MLX and MNN drew 40 people`: of both together, or of each?
            let and = self.prev(*place);
            if matches!(self.word(and), "and" | "or" | "nor") && and < self.items.len() {
                let other = self.prev(and);
                if let Sense::Subject(first, false) = self.sense(other) {
                    return Some(Err(self.several(vec![first.clone(), scope.clone()])));
                }
            }
            return Some(Ok(scope.clone()));
        }
        if let Some((_, known)) = known {
            return Some(known);
        }
        let main: Vec<Scope> =
            found.iter().filter(|(at, _)| !self.is_aside(*at)).map(|(_, scope)| scope.clone()).collect();
        let mut distinct: Vec<Scope> =
            if main.is_empty() { found.into_iter().map(|(_, scope)| scope).collect() } else { main };
        distinct.dedup();
        match &distinct[..] {
            [] => None,
            [_] if owner.is_some() => owner.map(Err),
            [one] => Some(Ok(one.clone())),
            _ => Some(Err(self.several(distinct))),
        }
    }

    fn several(&self, scopes: Vec<Scope>) -> Unclear {
        let key = |scope: Scope| Key { scope, metric: "", period: self.context.period };
        Unclear { why: "it could be about several parts".to_owned(), candidates: scopes.into_iter().map(key).collect() }
    }

    /// What `the category` or `the project` stands for at a place.
    pub(super) fn known(&self, at: usize, known: Known) -> Result<Scope, Unclear> {
        let named: Vec<Scope> = self.subjects(0..at).map(|(_, scope)| scope).collect();
        let fits = |scope: &&Scope| match known {
            Known::Last => true,
            Known::Category => matches!(scope, Scope::Repo(_) | Scope::Category(_)),
            Known::Repository => matches!(scope, Scope::Repo(_)),
        };
        let around = || {
            let Context { paragraph, heading, .. } = self.context;
            [paragraph, heading].into_iter().find_map(|named| match named.iter().filter(fits).collect::<Vec<_>>()[..] {
                [one] => Some(one.clone()),
                _ => None,
            })
        };
        let last = match (named.last(), &self.context.about) {
            (Some(last), _) => last.clone(),
            (None, None) => match around() {
                Some(scope) => scope,
                None => self.surrounding(at)?,
            },
            (None, Some(about)) => about.clone(),
        };
        match (known, &last) {
            (Known::Category, Scope::Repo(_)) => {
                self.members.whole(&last).ok_or_else(|| Unclear::because("its category isn't known"))
            }
            (Known::Category, Scope::Category(_)) | (Known::Repository, Scope::Repo(_)) | (Known::Last, _) => Ok(last),
            (Known::Repository, _) => {
                let repo = named.iter().rev().find(|scope| matches!(scope, Scope::Repo(_)));
                repo.cloned().ok_or_else(|| Unclear::because(format!("nothing says which {}", self.word(at))))
            }
            (Known::Category, _) => Err(Unclear::because("nothing says which category")),
        }
    }

    /// What the text around the sentence is about.
    fn surrounding(&self, at: usize) -> Result<Scope, Unclear> {
        if let Some(name) = self.stranger(at) {
            return Err(Unclear::because(format!("nothing that is tracked is called `{name}`")));
        }
        if let Some(words) = self.unknown_part(at) {
            return Err(Unclear::because(format!("nothing that is tracked is called `{words}`")));
        }
        let Context { about, paragraph, heading, .. } = self.context;
        if let Some(about) = about {
            return Ok(about.clone());
        }
        for named in [paragraph, heading] {
            match &named[..] {
                [] => {}
                [one] => return Ok(one.clone()),
                several => return Err(self.several(several.to_vec())),
            }
        }
        Ok(Scope::Corpus)
    }

    /// A noun for several projects, or for people, with a word before it that says which: `the server projects`.
    fn unknown_part(&self, at: usize) -> Option<String> {
        const NOUNS: &str = "projects repositories repos libraries frameworks tools teams project repository library \
                             framework tool team engineers developers programmers";
        const LEADS: &str = "the a an our these those this that all of in to and or its their tracked individual single \
                             different distinct open-source same whole entire active many more most some any every each \
                             few fewer several other new two by for from with among across on at own as public";
        let clause = self.clause(at);
        clause.into_iter().skip(1).find_map(|at| {
            let lead = at.checked_sub(1)?;
            let is_noun =
                is_one_of(NOUNS, self.word(at)) && matches!(self.sense(at), Sense::Word | Sense::Noun("contributors"));
            let words = self.word(lead);
            let is_known = *self.sense(lead) != Sense::Word || is_one_of(LEADS, words);
            let is_word = words.len() > 2 && words.chars().all(|c| c.is_alphabetic() || c == '-');
            (is_noun && !is_known && is_word).then(|| format!("{words} {}", self.word(at)))
        })
    }

    /// A name that means nothing here and yet does what is told: `Acme drew 12 people`.
    fn stranger(&self, at: usize) -> Option<&str> {
        const COMMON: [&str; 34] = [
            "it",
            "that",
            "who",
            "what",
            "nobody",
            "everyone",
            "others",
            "most",
            "many",
            "few",
            "half",
            "which",
            "nothing",
            "everything",
            "each",
            "we",
            "in",
            "of",
            "at",
            "on",
            "for",
            "with",
            "by",
            "from",
            "to",
            "after",
            "among",
            "work",
            "what's",
            "quarter",
            "commits",
            "ai",
            "ml",
            "llm",
        ];
        let clause = self.clause(at);
        clause.clone().find_map(|at| {
            let item = &self.items[at];
            if item.sense != Sense::Word || !item.is_name || COMMON.contains(&item.words.as_str()) {
                return None;
            }
            let next = self.next(at);
            let acts = matches!(self.sense(next), Sense::Having | Sense::Move(_) | Sense::Multiple(..));
            let owns = matches!(self.word(at + 1), "'" | "\u{2019}");
            let is_place =
                at > 0 && matches!(self.word(self.prev(at)), "in" | "at" | "of" | "for" | "to") && at > clause.start;
            (acts || owns || is_place).then_some(item.words.as_str())
        })
    }
}
