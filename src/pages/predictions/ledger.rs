//! All predictions of a publication, judged by its figures.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::bench::Bench;
use super::card::{Card, Cards, Verdict};
use super::shelf;
use super::trial::Trial;
use crate::data::publication::Publication;
use crate::forecast::{Prediction, Score, Scored};
use crate::pages::address::Address;
use crate::pages::desk::{Desk, Page};
use crate::pages::edition::Edition;
use crate::pages::ground::Ground;
use crate::pages::manuscript::Manuscript;
use crate::pages::references::Link;
use crate::pages::seals::{self, Locks};
use crate::plain::diagnostic::Collector;
use crate::plain::{Period, Result};

/// Predictions with what became of them.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
}

/// A prediction with what became of each of its clauses.
#[derive(Debug)]
pub struct Entry {
    /// The file that it stands in.
    pub manuscript: Arc<Manuscript>,
    /// What was predicted.
    pub prediction: Prediction,
    /// One for each of its clauses.
    pub trials: Vec<Trial>,
}

/// The predictions that a quarter was to decide, for the edition about it.
#[derive(Clone, Debug, Serialize)]
pub struct Grades {
    cards: Vec<Card>,
}

impl Grades {
    /// What became of each clause of each prediction.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict<'_>> {
        self.cards.iter().flat_map(Card::verdicts)
    }
}

impl Entry {
    /// Whether any of it may still be decided.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.trials.iter().any(|trial| trial.state.is_open())
    }
}

impl Ledger {
    /// Reads all predictions, holds them against `locks` and judges them; drafts only when asked for, and none of the
    /// editions that are `withheld`.
    pub fn read(
        publication: &Publication,
        ground: &Arc<Ground>,
        drafts: bool,
        withheld: &BTreeMap<Period, Edition>,
        locks: &Locks,
    ) -> Result<Self> {
        let files = shelf::read_all(publication, drafts)?;
        let as_of = publication.settings.value.as_of;
        let bench = Bench::new(ground);
        let stated: Vec<(Arc<Manuscript>, Prediction)> = files
            .into_iter()
            .flat_map(|filed| {
                let manuscript = Arc::new(filed.manuscript);
                filed.predictions.into_iter().map(move |prediction| (Arc::clone(&manuscript), prediction))
            })
            .filter(|(_, prediction)| !withheld.contains_key(&prediction.edition))
            .map(|(manuscript, prediction)| {
                let sealed_on = locks.get(&prediction.edition).map(|sealed| sealed.lock.sealed_on);
                (manuscript, Prediction { sealed_on, ..prediction })
            })
            .collect();
        seals::check_statements(locks, &stated)?;
        let judged: Vec<Result<Entry>> = stated
            .into_par_iter()
            .map(|(manuscript, prediction)| {
                let mut faults = Collector::default();
                let trial = |clause| Trial::of(&bench, &manuscript, &prediction, clause, as_of);
                let trials: Vec<Trial> =
                    prediction.clauses.iter().filter_map(|clause| faults.keep(trial(clause))).collect();
                faults.finish(Entry { manuscript, prediction, trials })
            })
            .collect();
        let mut faults = Collector::default();
        let entries = judged.into_iter().filter_map(|entry| faults.keep(entry)).collect();
        faults.finish(Self { entries })
    }

    /// Whether nothing was predicted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Those that may still be decided, the next due first.
    #[must_use]
    pub fn open(&self) -> Vec<&Entry> {
        let mut open: Vec<&Entry> = self.entries.iter().filter(|entry| entry.is_open()).collect();
        open.sort_by_key(|entry| entry.prediction.due);
        open
    }

    /// Those that are decided, the last due first.
    #[must_use]
    pub fn closed(&self) -> Vec<&Entry> {
        let mut closed: Vec<&Entry> = self.entries.iter().filter(|entry| !entry.is_open()).collect();
        closed.sort_by_key(|entry| Reverse(entry.prediction.due));
        closed
    }

    /// The predictions of an edition, each with its file.
    #[must_use]
    pub fn statements_of(&self, edition: Period) -> Vec<(&Manuscript, &Prediction)> {
        let own = self.entries.iter().filter(|entry| entry.prediction.edition == edition);
        own.map(|entry| (&*entry.manuscript, &entry.prediction)).collect()
    }

    /// Every clause with its prediction.
    pub fn trials(&self) -> impl Iterator<Item = (&Prediction, &Trial)> {
        self.entries.iter().flat_map(|entry| entry.trials.iter().map(|trial| (&entry.prediction, trial)))
    }

    /// How good they were: decided ones with a probability that were stated in time.
    #[must_use]
    pub fn score(&self) -> Score {
        let timely = self.entries.iter().filter(|entry| !entry.prediction.is_retrospective());
        let clauses = timely.flat_map(|entry| entry.prediction.clauses.iter().zip(&entry.trials));
        let scored = clauses.filter_map(|(clause, trial)| {
            Some(Scored { percent: clause.percent?, came_true: trial.state.came_true()? })
        });
        Score::of(&scored.collect::<Vec<_>>())
    }

    /// What a period was to decide, as it is shown on the page of its edition, with the links in it; none when nothing
    /// was due.
    pub fn grades(
        &self,
        desk: &Desk<'_>,
        period: Period,
        page: &Page,
        shown_on: &Address,
    ) -> Result<Option<(Grades, Vec<Link>)>> {
        let mut due = self.entries.iter().filter(|entry| entry.prediction.due == period).peekable();
        if due.peek().is_none() {
            return Ok(None);
        }
        let mut cards = Cards::new(desk, page, shown_on, false);
        let grades = Grades { cards: cards.of(due)? };
        Ok(Some((grades, cards.into_links())))
    }
}
