//! Places: the largest, the second-most, the one that leads.

use std::ops::Range;

use super::claim::{Key, Measure, Saying};
use super::constructions::{ordinal, superlative};
use super::reader::{Context, Reader, Unclear, amount};
use super::scene::{Known, Sense};
use crate::metrics::Scope;

impl Reader<'_> {
    /// What something is ranked among: the kind of part, and the whole that they lie in.
    fn among(&self, subject: &Scope, range: Range<usize>) -> Result<Vec<Scope>, Unclear> {
        let kind = subject.kind();
        let inside = |whole: &Scope| self.members.parts(kind, whole);
        if kind != "repo" {
            return Ok(inside(&Scope::Corpus));
        }
        let named = range.clone().find_map(|at| match self.sense(at) {
            // `Hugging Face's TRL`
            Sense::Subject(Scope::Vendor(_), true) if matches!(self.sense(at + 1), Sense::Subject(..)) => None,
            Sense::Subject(whole @ (Scope::Category(_) | Scope::Corpus | Scope::Vendor(_) | Scope::Group(_)), _) => {
                Some(Ok(whole.clone()))
            }
            Sense::Known(Known::Category) => {
                Some(self.members.whole(subject).ok_or_else(|| Unclear::because("its category isn't known")))
            }
            _ => None,
        });
        if let Some(whole) = named {
            return Ok(inside(&whole?));
        }
        let words: Vec<&str> = range.map(|at| self.word(at)).collect();
        let everywhere = words.windows(2).any(|pair| {
            matches!(
                pair,
                [
                    "any" | "all" | "every" | "other" | "single" | "tracked",
                    "repository" | "repositories" | "repo" | "repos" | "project" | "projects"
                ]
            )
        });
        // `the largest repository`, in a text that isn't about a category
        let single = words.iter().any(|word| matches!(*word, "repository" | "project" | "repo"));
        let Context { heading, about, paragraph, .. } = self.context;
        let around = heading.iter().chain(about).chain(paragraph).find(|scope| matches!(scope, Scope::Category(_)));
        // In a text about its category, the busiest is the busiest there.
        if let Some(category) = around.filter(|category| self.members.whole(subject).as_ref() == Some(*category))
            && !everywhere
        {
            return Ok(inside(category));
        }
        if everywhere || around.is_none() && (single || words.iter().any(|word| word.contains("iest"))) {
            return Ok(inside(&Scope::Corpus));
        }
        Err(Unclear::because("nothing says among which repositories it is"))
    }

    /// A word of rank: its place, from which end it is counted, and the metric that it implies.
    fn ranked(&self, at: usize) -> Option<(usize, i8, Option<&'static str>)> {
        let word = self.word(at);
        if let Some(place) = self.plain_place(at) {
            return Some((place, 1, None));
        }
        if let Some((place, Some(rest))) = ordinal(word) {
            let (end, implied) = superlative(rest)?;
            return Some((place, end, implied));
        }
        if let Some((end, implied)) = superlative(word) {
            // `most of the commits` is a part, `at most` a hedge, `most people` many.
            let is_article = at > 0
                && (matches!(self.word(at - 1), "the" | "its" | "their" | "by")
                    || matches!(word, "highest" | "lowest")
                        && matches!(self.word(at.wrapping_sub(1)), "is" | "was" | "are" | "were"));
            let owned = at > 0 && matches!(self.sense(at - 1), Sense::Subject(_, true) | Sense::Known(_));
            let ordinal_before = ordinal(self.word(at.wrapping_sub(1))).map(|(place, _)| place);
            let is_place = is_article || owned || ordinal_before.is_some();
            let is_part = self.word(at + 1) == "of" && word == "most";
            return (is_place && !is_part).then(|| (ordinal_before.unwrap_or(1), end, implied));
        }
        let way = self.comparative(at).filter(|_| self.any_other(at))?;
        let than = (at..self.clause(at).end).find(|&at| self.word(at) == "than");
        let metric = than.and_then(|than| self.compared_metric(at, than)).and_then(Result::ok);
        Some((1, way, metric))
    }

    /// `the largest category by contributors`, `the second-most commits of any repository`, `gained the most people`.
    pub(super) fn place_at(&mut self, at: usize) {
        if self.is_used(at) {
            return;
        }
        let word = self.word(at).to_owned();
        let Some((place, end, implied)) = self.ranked(at) else { return };
        // `its largest makes …`: the largest is something that isn't named.
        if *self.sense(self.next(at)) == Sense::Having && !matches!(self.word(self.prev(at)), "is" | "was") {
            return;
        }
        let clause = self.clause(at);
        let by = (at..clause.end)
            .find(|&at| {
                matches!(self.word(at), "by" | "in" | "for") && matches!(self.sense(self.next(at)), Sense::Noun(_))
            })
            .map(|at| self.next(at));
        let noun = |at: usize| self.noun(at);
        let near = (at + 1..clause.end).take_while(|&at| *self.sense(at) != Sense::Comma).find_map(noun);
        let metric =
            implied.filter(|_| self.any_other(at)).or_else(|| by.and_then(noun)).or(near).or(implied).or_else(|| {
                if word == "highest"
                    || word == "lowest"
                    || ordinal(&word).is_some_and(|(_, rest)| rest.is_none())
                    || self.word(at + 1) == ","
                {
                    self.noun_near(at)
                } else {
                    None
                }
            });
        let moved = self.movement(at);
        let named = self
            .subjects(clause.clone())
            .filter(|(at, _)| {
                !matches!(self.word(self.prev(*at)), "in" | "of" | "among" | "across" | "within" | "than" | "to")
            })
            .collect::<Vec<_>>();
        let subject = match &named[..] {
            [] => self.surrounding_subject(at),
            [(_, one)] => Ok(one.clone()),
            several => several
                .iter()
                .rev()
                .find(|(place, _)| *place < at)
                .map(|(_, scope)| scope.clone())
                .ok_or_else(|| self.unclear(at, "it could be about several parts")),
        };
        // `Retention was highest in compilers.`
        let subject = if named.is_empty() && matches!(self.word(self.prev(at)), "is" | "was" | "are" | "were") {
            self.attached(at).map_or(subject, Ok)
        } else {
            subject
        };
        // `In TRL, the busiest of the training frameworks, …`
        let subject = match self.beside(at) {
            Some(scope) => Ok(scope),
            None => subject,
        };
        let metric = metric.or_else(|| {
            let by = self.opening_noun()?;
            Some(by)
        });
        let period = match self.period(at) {
            Ok(period) => period,
            Err(unclear) => return self.note(at..at + 1, Err(unclear)),
        };
        let result = match (subject, metric) {
            (Ok(Scope::Corpus), _) => Err(self.unclear(at, "nothing says what has this place")),
            (Ok(subject), Some(metric)) => {
                self.among(&subject, clause.clone()).map_err(|unclear| unclear.of(metric)).map(|among| {
                    let key = Key { scope: subject, metric, period };
                    let (measure, from_least) = match moved {
                        Some((way, true)) => (Measure::Change(key, period.before(1)), (way < 0) == (end > 0)),
                        Some((way, false)) => (Measure::Difference(key, period.before(1)), (way < 0) == (end > 0)),
                        None => (Measure::Level(key), end < 0),
                    };
                    Saying::Place { measure, among, place, from_least }
                })
            }
            (Err(unclear), _) => Err(unclear),
            (Ok(subject), None) => {
                let candidates =
                    ["commits", "contributors"].map(|metric| Key { scope: subject.clone(), metric, period });
                let is_about_size = matches!(word.split('-').next_back(), Some("largest" | "biggest" | "smallest"));
                if !is_about_size && moved.is_none() {
                    return;
                }
                Err(Unclear { why: "nothing says by which figure".to_owned(), candidates: candidates.to_vec() })
            }
        };
        // A superlative without a metric that nobody could look up is only a word.
        self.note(at..at + 1, result);
        self.use_moves(at);
    }

    /// `IREE is second among all repositories`, `came third`.
    fn plain_place(&self, at: usize) -> Option<usize> {
        let (place, None) = ordinal(self.word(at))? else { return None };
        let verb = self.prev(at);
        let stands = matches!(
            self.word(verb),
            "is" | "was" | "are" | "ranks" | "ranked" | "comes" | "came" | "stands" | "places" | "finished" | "in"
        );
        let among = matches!(self.word(self.next(at)), "among" | "in" | "of" | "by" | "behind");
        let only = self.word(at + 1) == "only" && self.word(self.next(at)) == "to";
        let is_place = matches!(self.word(self.next(at)), "place" | "spot" | "position" | "rank")
            && (stands || matches!(self.word(verb), "takes" | "took" | "holds" | "held" | "has" | "the"));
        let ends = matches!(self.word(verb), "ranks" | "ranked" | "placed" | "finished")
            && matches!(self.word(self.next(at)), "." | "," | ";" | "");
        ((stands && (among || only) || is_place || ends) && place <= 12).then_some(place)
    }

    /// A name right before a comma and a description: `TRL, the busiest of …`.
    fn beside(&self, at: usize) -> Option<Scope> {
        let article = (at.saturating_sub(2)..at).find(|&at| matches!(self.word(at), "the" | "its"))?;
        let comma = article.checked_sub(1).filter(|&at| *self.sense(at) == Sense::Comma)?;
        match self.sense(comma.checked_sub(1)?) {
            Sense::Subject(scope, false) => Some(scope.clone()),
            _ => None,
        }
    }

    /// `By agent-assisted commits, …`
    fn opening_noun(&self) -> Option<&'static str> {
        let by = usize::from(self.word(0) == "measured");
        matches!(self.word(by), "by" | "in").then(|| self.noun(self.next(by))).flatten()
    }

    /// `TorchTitan leads its category`, `JAX leads ExecuTorch by 371`.
    pub(super) fn lead_at(&mut self, at: usize) {
        if self.is_used(at) || !matches!(self.word(at), "leads" | "led" | "lead" | "tops" | "topped" | "heads") {
            return;
        }
        let clause = self.clause(at);
        let Some((_, subject)) = self.subjects(clause.start..at).last() else { return };
        let Some(metric) =
            (at..clause.end).find_map(|at| self.noun(at)).or_else(|| (0..at).rev().find_map(|at| self.noun(at)))
        else {
            return;
        };
        let key = Key { scope: subject.clone(), metric, period: self.context.period };
        let object = self.next(at);
        // A vendor that leads a project has no rank.
        if subject.kind() == "vendor" {
            return;
        }
        let rival = if let Sense::Subject(scope, _) = self.sense(object) { Some(scope.clone()) } else { None };
        if let Some(rival) = rival.filter(|rival| rival.kind() == subject.kind()) {
            let by = (object..clause.end).find(|&at| self.word(at) == "by").map(|at| self.next(at));
            if let Some((by, Sense::Number(numeral, hedge))) = by.map(|by| (by, self.sense(by).clone())) {
                let other = key.of(&rival);
                self.note(by..by + 1, Ok(amount(Measure::Gap(key.clone(), other.clone()), &numeral, hedge)));
                self.held_against(by + 1, &key, &other);
            } else {
                let other = key.of(&rival);
                self.note(at..at + 1, Ok(Saying::Order(key, other, 1)));
            }
            return;
        }
        let among = self.among(&subject, at..clause.end).map_err(|unclear| unclear.of(metric));
        let result =
            among.map(|among| Saying::Place { measure: Measure::Level(key), among, place: 1, from_least: false });
        self.note(at..at + 1, result);
    }

    fn surrounding_subject(&self, at: usize) -> Result<Scope, Unclear> {
        let clause = self.clause(at);
        if clause.start > 0
            && let Some((_, scope)) = self.subjects(0..clause.start).last()
        {
            return Ok(scope);
        }
        self.subject(self.items.len().saturating_sub(1).min(at)).and_then(|scope| {
            // What is named only after `in` is where, not what.
            let is_place = self.subjects(0..self.items.len()).any(|(_, named)| named == scope);
            if is_place { Err(self.unclear(at, "nothing says what has this place")) } else { Ok(scope) }
        })
    }

    /// `more commits than any other category`.
    fn any_other(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let words: Vec<&str> = (at..clause.end).map(|at| self.word(at)).collect();
        words.windows(3).any(|three| matches!(three, ["than", "any", "other"]))
    }

    /// Whether a superlative is of a movement: `gained the most people` (by how many), `grew the fastest` (by what part).
    fn movement(&self, at: usize) -> Option<(i8, bool)> {
        let near = at.saturating_sub(3)..(at + 3).min(self.items.len());
        let way = near.into_iter().find_map(|at| match self.sense(at) {
            Sense::Move(moved) if moved.way != 0 => Some(moved.way),
            _ => None,
        })?;
        Some((way, self.word(at).contains("fast")))
    }
}
