//! Sealed editions: what they print is what they printed, and whatever that no longer agrees with is said.
//!
//! A lock is read (`seal`), held against what its edition prints by today's data (`hold`), and from then on decides what
//! the edition's figures look like wherever its words are shown (`held`). An edition that is to be sealed is composed
//! once with `Texts::Noted`, so that its lock has all that was printed.

pub mod claims;
mod edits;
pub mod held;
mod hold;
mod printed;
mod sealing;
mod statements;
pub mod texts;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use self::hold::{Present, hold};
use self::printed::printed;
use super::cell::ABSENT;
use super::content;
use super::edition::{self, Edition, Shelf};
use super::front_matter::range_of;
use super::ground::Ground;
use super::memory::{Key, Memory};
use super::predictions::Ledger;
use super::{quiet, scanner};
use crate::data::document;
use crate::data::publication::Publication;
use crate::figures::Figures;
use crate::metrics::Scope;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Kind, Period, Result};
use crate::seal::lock::ENDING;
use crate::seal::{self, Inputs, Sealed};

pub use claims::Restated;
pub use held::{Held, Holding};
pub use sealing::lock;
pub use statements::check as check_statements;
pub use texts::Texts;

/// The locks of a publication, by quarter.
pub type Locks = BTreeMap<Period, Arc<Sealed>>;

/// All that is sealed, and the edition that is being sealed.
#[derive(Debug, Default)]
pub struct Seals {
    held: BTreeMap<Period, Held>,
    noting: Option<(Period, Arc<Ground>)>,
}

/// Reads all locks. Whoever takes a sealed edition back changes what was published.
pub fn read_all(
    publication: &Publication,
    shelf: &Shelf,
    today: Day,
    (memory, ground): (&Memory, &Arc<Ground>),
) -> Result<Locks> {
    let mut faults = Collector::default();
    let mut locks = Locks::new();
    let mut files = content::files(&publication.root, Path::new(edition::FOLDER))?;
    files.retain(|file| file.to_string_lossy().ends_with(ENDING));
    let read = |file: &PathBuf| {
        let text = document::text(&publication.root, file)?;
        let (name, key) = (format!("lock {}", file.display()), || Key::default().with(&text));
        memory.recall(&name, key, ground, |_| seal::decode(file, text.clone()))
    };
    let read: Vec<Result<Arc<Sealed>>> = files.par_iter().map(read).collect();
    for (file, sealed) in files.iter().zip(read) {
        let Some(sealed) = faults.keep(sealed) else { continue };
        let period = sealed.lock.period;
        let of_shelf = shelf.editions.iter().chain(shelf.withheld.values()).find(|edition| edition.period == period);
        let Some(edition) = of_shelf else {
            let message = format!("the edition of {period} was sealed on {} and is gone", sealed.lock.sealed_on);
            let fault = Diagnostic::new(Kind::Seal, message).in_file(file);
            faults.push(fault.hint("put it back; delete its lock too only if it was never published"));
            continue;
        };
        if let Some((setting, why)) = kept_back(edition, today) {
            let message = format!("an edition that was sealed on {} {why}", sealed.lock.sealed_on);
            let range = range_of(&edition.manuscript, setting);
            let fault = edition.manuscript.fault(Kind::Seal, range, message);
            faults.push(fault.hint("what was published can be corrected and not taken back: delete this line"));
        }
        locks.insert(period, sealed);
    }
    faults.finish(locks)
}

/// The setting that keeps an edition from its readers, and what it does.
fn kept_back(edition: &Edition, today: Day) -> Option<(&'static str, String)> {
    if edition.matter.draft {
        return Some(("draft", "is no draft any more".to_owned()));
    }
    let embargo = edition.matter.embargo.filter(|embargo| *embargo > today)?;
    Some(("embargo", format!("is under embargo until {embargo}")))
}

/// An edition that may be sealed: published, and about a quarter that is over.
pub fn ready<'a>(shelf: &'a Shelf, figures: &Figures, period: Period, today: Day) -> Result<&'a Edition> {
    let refused = |edition: &Edition, setting: &str, message: String| {
        edition.manuscript.fault(Kind::Seal, range_of(&edition.manuscript, setting), message)
    };
    if let Some(edition) = shelf.withheld.get(&period) {
        let (setting, hint) = match kept_back(edition, today) {
            Some(("draft", _)) => ("draft", "finish it and delete this line, then seal it"),
            _ => ("embargo", "seal it on that day, or delete this line"),
        };
        let message = format!("the edition of {period} isn't published yet, so there is nothing to seal");
        return Err(refused(edition, setting, message).hint(hint).into());
    }
    let Some(edition) = shelf.editions.iter().find(|edition| edition.period == period) else {
        let file = Path::new(edition::FOLDER).join(format!("{}.md", period.slug()));
        let fault = Diagnostic::new(Kind::Missing, format!("there is no edition of {period}")).in_file(&file);
        return Err(fault.hint("write it, and seal it when it is published").into());
    };
    let commits = figures.get(&Scope::Corpus, "commits", period);
    let is_over = commits.is_some_and(|figure| figure.value.is_some() && !figure.is_open());
    if !is_over {
        let message = format!("{period} isn't closed: its figures may still change, so they aren't sealed");
        let hint = "wait until the quarter is over and mined, and `as_of` in signal.yaml is past its end";
        return Err(refused(edition, "title", message).hint(hint).into());
    }
    unasked(edition).map(|()| edition)
}

/// That no question to the editor stands in it any more.
fn unasked(edition: &Edition) -> Result<()> {
    let manuscript = &edition.manuscript;
    let mut faults = Collector::default();
    for range in scanner::comments(&manuscript.text[manuscript.body..]) {
        let range = manuscript.body + range.start..manuscript.body + range.end;
        let inner = manuscript.text[range.clone()].trim_start_matches("<!--").trim_start();
        if inner.starts_with("question:") {
            let fault = manuscript.fault(Kind::Seal, range, "this question isn't answered yet");
            faults
                .push(fault.hint("answer it in the text, or decide that it needs no answer; then delete the comment"));
        }
    }
    faults.finish(())
}

/// Who holds locks against what is published.
pub struct Registrar<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// The editions that are published.
    pub editions: &'a [Edition],
    /// What was predicted.
    pub ledger: &'a Ledger,
    /// Figures and names by today's data.
    pub ground: &'a Arc<Ground>,
    /// A digest of the mined files.
    pub data_digest: &'a str,
    /// The day.
    pub today: Day,
    /// What was held before.
    pub memory: &'a Memory,
}

impl Registrar<'_> {
    /// Holds all locks against their editions; the edition of `noting` is to be sealed.
    pub fn hold(&self, locks: Locks, noting: Option<Period>) -> Result<Seals> {
        let mut faults = Collector::default();
        let mut seals = Seals::default();
        for edition in self.editions {
            let period = edition.period;
            let corrects = edition.matter.corrections.iter().any(|one| !one.figures.is_empty() || one.words.is_some());
            if corrects && !locks.contains_key(&period) {
                let range = range_of(&edition.manuscript, "corrections");
                let message = "a correction restates what was sealed, and this edition isn't sealed";
                let fault = edition.manuscript.fault(Kind::Seal, range, message);
                faults.push(fault.hint("leave out `figures` and `words`: nothing but the sealed values is restated"));
            }
        }
        let held = locks.into_par_iter().filter_map(|(period, sealed)| {
            let edition = self.editions.iter().find(|edition| edition.period == period)?;
            Some((period, self.hold_one(&sealed, edition)))
        });
        for (period, held) in held.collect::<Vec<(Period, Result<Held>)>>() {
            seals.held.extend(faults.keep(held).map(|held| (period, held)));
        }
        if let Some(period) = noting.filter(|period| !seals.held.contains_key(period)) {
            seals.noting = Some((period, Arc::new(self.ground.with_texts(Texts::Noted(Mutex::default())))));
        }
        faults.finish(seals)
    }

    fn hold_one(&self, sealed: &Sealed, edition: &Edition) -> Result<Held> {
        let statements = self.ledger.statements_of(edition.period);
        let Publication { settings, registry, organisations, areas, profiles, .. } = self.publication;
        let key = || {
            let names = [&settings.text, &registry.text, &organisations.text, &areas.text, &profiles.text];
            Key::default()
                .with_all([&sealed.text, &edition.manuscript.text].into_iter().chain(names).map(String::as_str))
                .with(&format!("{} {statements:?} {}", edition.manuscript.file.display(), self.today))
        };
        let held = self.memory.recall(&format!("held {}", edition.period), key, self.ground, |ground| {
            let keys = sealed.lock.beside.iter().map(|beside| beside.figure.clone());
            let beside = keys.map(|key| (key.clone(), now(ground, &key))).collect();
            let printed = printed(ground, edition, &statements)?;
            let held = hold(sealed, &Present { edition, printed, beside, ground, today: self.today })?;
            // What is remembered doesn't keep figures in memory that are no longer those of the site.
            Ok(held.without_figures())
        })?;
        Ok(held.at(self.ground, &Inputs::of(self.publication, edition.period, self.data_digest)))
    }
}

/// The text of a figure by today's data; what can't be named any more has none.
fn now(ground: &Arc<Ground>, key: &str) -> String {
    let none = || ABSENT.to_owned();
    let [scope, metric, period] = key.split(' ').collect::<Vec<_>>()[..] else { return none() };
    let (Ok(scope), Ok(period)) = (ground.scope(scope), period.parse()) else { return none() };
    match metric {
        quiet::SENTENCE => quiet::sentence(ground, &scope, period),
        metric => ground.now(&scope, metric, period).1,
    }
}

impl Seals {
    /// The sealed edition of a quarter.
    #[must_use]
    pub fn held(&self, period: Period) -> Option<&Held> {
        self.held.get(&period)
    }

    /// Figures and names for the pages of editions that are sealed, or are being sealed.
    #[must_use]
    pub fn grounds(&self) -> BTreeMap<Period, Arc<Ground>> {
        let noting = self.noting.iter().map(|(period, ground)| (*period, Arc::clone(ground)));
        self.held.iter().map(|(period, held)| (*period, Arc::clone(&held.ground))).chain(noting).collect()
    }

    /// All that decides how sealed editions are printed, but for the figures.
    #[must_use]
    pub fn said(&self) -> String {
        let said = self.held.iter().map(|(period, held)| format!("{period} {}", held.said()));
        said.collect::<Vec<_>>().join("\n")
    }

    /// Whether each sealed edition still holds.
    #[must_use]
    pub fn holdings(&self) -> BTreeMap<Period, Holding> {
        self.held.iter().map(|(period, held)| (*period, held.holding.clone())).collect()
    }
}
