//! Holds an edition against its lock: how each expression is printed, what the data no longer say, and what was edited.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::{self, Claim, claims};
use super::held::{Held, Holding, Stand};
use super::printed::{Now, Printed, Said};
use super::texts::Texts;
use crate::data::identity_key::digest;
use crate::pages::edition::Edition;
use crate::pages::ground::Ground;
use crate::pages::wording;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Kind, Place, Result};
use crate::seal::{Beside, Figure, Lock, Sealed};

/// What a lock is held against.
pub struct Present<'a> {
    /// The edition as it is written.
    pub edition: &'a Edition,
    /// What it prints by today's data.
    pub printed: Printed,
    /// The same of what was printed beside its text: texts by figure.
    pub beside: BTreeMap<String, String>,
    /// Today's data.
    pub ground: &'a Arc<Ground>,
    /// The day of a correction that would be written now.
    pub today: Day,
}

/// The edition as it is to be printed.
///
/// # Errors
/// For what was edited after the seal and isn't corrected, and for corrections that aren't right. That the data say
/// something else now is no error: the edition says what it said, and `Holding` says what no longer holds, but for what
/// figures are made from.
pub fn hold(sealed: &Sealed, present: &Present<'_>) -> Result<Held> {
    let corrections = &present.edition.matter.corrections;
    let mut hold = Hold {
        sealed,
        present,
        claims: claims(corrections),
        faults: Collector::default(),
        drifts: Vec::new(),
        uncountable: 0,
        stands: BTreeMap::new(),
        needed: BTreeMap::new(),
        edited: BTreeMap::new(),
    };
    for (expression, said) in &present.printed {
        hold.said(expression, said);
    }
    hold.drifts.sort_by_key(|drift| drift.place.as_ref().map(|place| (place.file.clone(), place.line, place.column)));
    hold.left_out();
    let (texts, corrected) = hold.beside();
    hold.strangers();
    hold.words();
    let Hold { faults, drifts, uncountable, stands, needed, claims, .. } = hold;
    faults.finish(())?;
    let Lock { figures, charts, beside, predictions, sealed_on, .. } = &sealed.lock;
    let correction = (!needed.is_empty()).then(|| claims::yaml(present.today, &needed, None));
    let holding = Holding {
        sealed_on: *sealed_on,
        figures: figures.len() + beside.len(),
        charts: charts.len(),
        predictions: predictions.len(),
        restated: claims.len(),
        drifted: needed.len() + uncountable,
        drifts,
        correction,
        changed_inputs: Vec::new(),
    };
    let restated = claims::restated(present.ground, &sealed.lock, corrections);
    let ground = Arc::new(present.ground.with_texts(Texts::Sealed { texts, corrected }));
    let lock = &sealed.lock;
    let said = digest(format!("{lock:?} {:?} {stands:?} {restated:?} {holding:?}", ground.texts()).as_bytes());
    Ok(Held { lock: Arc::new(lock.clone()), ground, stands: Arc::new(stands), restated, holding, said })
}

/// What was found so far.
pub(super) struct Hold<'a> {
    pub(super) sealed: &'a Sealed,
    pub(super) present: &'a Present<'a>,
    pub(super) claims: BTreeMap<&'a str, Claim<'a>>,
    pub(super) faults: Collector,
    drifts: Vec<Diagnostic>,
    uncountable: usize,
    stands: BTreeMap<String, Stand>,
    /// The corrections that the data ask for.
    needed: BTreeMap<String, Option<String>>,
    /// The corrections that edits of the text ask for.
    pub(super) edited: BTreeMap<String, Option<String>>,
}

const STAYS: &str = "the site shows what was sealed; if the data are right, correct it in the front matter:";

impl<'a> Hold<'a> {
    pub(super) fn lock(&self) -> &'a Lock {
        &self.sealed.lock
    }

    pub(super) fn on(&self) -> String {
        wording::day(self.lock().sealed_on)
    }

    /// How to correct one figure, after a clause.
    pub(super) fn remedy(&self, clause: &str, name: &str, now: Option<&str>) -> String {
        let one = BTreeMap::from([(name.to_owned(), now.map(str::to_owned))]);
        format!("{clause}\n\n{}", claims::yaml(self.present.today, &one, None))
    }

    fn need(&mut self, name: &str, now: Option<&str>) {
        self.needed.insert(name.to_owned(), now.map(str::to_owned));
    }

    fn said(&mut self, expression: &str, said: &Said) {
        let figure = self.lock().figures.iter().find(|figure| figure.expression == expression);
        let chart = self.lock().charts.iter().find(|chart| chart.expression == expression);
        let (text, value) = match &said.now {
            Ok(Now::Figure { text, value, .. }) => (text.clone(), value.clone()),
            Ok(Now::Chart(digest)) => (digest.to_string(), String::new()),
            Err(faults) => {
                // What can't be evaluated and was never sealed is a fault where it is printed.
                let Some(figure) = figure else { return };
                let first = faults.iter().next().expect("there is at least one fault");
                let message = format!(
                    "this figure was sealed as \u{201c}{}\u{201d} on {}, and can't be counted any more: {}",
                    figure.text,
                    self.on(),
                    first.message
                );
                let hint = "the site shows what was sealed; bring back what it was counted from, or take the figure out \
                            of the text with a correction that names it";
                self.drift(said, &message, hint);
                self.uncountable += 1;
                self.stand_sealed(expression, figure);
                return;
            }
        };
        let key = match &said.now {
            Ok(Now::Figure { figure: Some(key), form: None, .. }) => self.key(key),
            _ => None,
        };
        if let Some(claim) = self.claims.get(expression).copied() {
            self.check_claim(expression, claim, &text);
            let was = figure.map(|figure| figure.text.clone());
            self.stands.insert(expression.to_owned(), Stand::Restated { on: claim.on, was });
        } else if let Some(claim) = key.and_then(|key| self.claims.get(key.0)).copied() {
            let was = figure.map(|figure| figure.text.clone());
            self.stands.insert(expression.to_owned(), Stand::Restated { on: claim.on, was });
        } else if let Some(figure) = figure {
            self.stand_sealed(expression, figure);
            if figure.text != text || figure.value != value {
                let message = if figure.text == text {
                    format!(
                        "this figure is printed as it was sealed on {}, \u{201c}{text}\u{201d}, but its value was {} and \
                         is {value} now",
                        self.on(),
                        figure.value
                    )
                } else {
                    format!(
                        "this figure was sealed as \u{201c}{}\u{201d} on {}, and the data say \u{201c}{text}\u{201d} now",
                        figure.text,
                        self.on()
                    )
                };
                let (name, now) = key.unwrap_or((expression, text.as_str()));
                let hint = self.remedy(STAYS, name, Some(now));
                self.drift(said, &message, &hint);
                self.need(name, Some(now));
            }
        } else if let Some(chart) = chart {
            if chart.digest.to_string() != text {
                let message =
                    format!("this chart was sealed on {}, and would be drawn from other figures now", self.on());
                let clause =
                    "a chart can't be drawn from a lock; if the data are right, correct it in the front matter:";
                let hint = self.remedy(clause, expression, Some(&text));
                self.drift(said, &message, &hint);
                self.need(expression, Some(&text));
            }
        } else {
            let message = format!("this figure isn't among those that were sealed on {}", self.on());
            let clause = "take it out again, or say in the front matter what was put right:";
            let hint = self.remedy(clause, expression, Some(&text));
            self.edited.insert(expression.to_owned(), Some(text));
            for place in &said.places {
                self.faults.push(Diagnostic::new(Kind::Seal, &message).at(place.clone()).hint(&hint));
            }
        }
    }

    /// The name of a figure that was printed beside the text as well, and its text by today's data where no editor chose
    /// how: one correction is enough for both.
    fn key(&self, key: &str) -> Option<(&'a str, &'a str)> {
        let beside = self.lock().beside.iter().find(|beside| beside.figure == key)?;
        let now = self.present.beside.get(key)?;
        Some((&beside.figure, now))
    }

    fn stand_sealed(&mut self, expression: &str, figure: &Figure) {
        let (value, text) = (figure.value.clone(), figure.text.clone());
        self.stands.insert(expression.to_owned(), Stand::Sealed { value, text });
    }

    fn drift(&mut self, said: &Said, message: &str, hint: &str) {
        let drift = |place: &Place| Diagnostic::new(Kind::Seal, message).at(place.clone()).hint(hint);
        self.drifts.extend(said.places.iter().map(drift));
    }

    /// The texts of what is printed beside the text, but for what is restated, and the days of that.
    fn beside(&mut self) -> (BTreeMap<String, String>, BTreeMap<String, Day>) {
        let (mut texts, mut corrected) = (BTreeMap::new(), BTreeMap::new());
        let mut drifted: Vec<(&Beside, &str)> = Vec::new();
        for beside in &self.lock().beside {
            let text = self.present.beside.get(&beside.figure).expect("it was asked for all of the lock");
            if let Some(claim) = self.claims.get(beside.figure.as_str()).copied() {
                self.check_claim(&beside.figure, claim, text);
                if beside.text != *text {
                    corrected.insert(beside.figure.clone(), claim.on);
                }
                continue;
            }
            texts.insert(beside.figure.clone(), beside.text.clone());
            // Beside the text nothing but the text is printed.
            if beside.text != *text && !self.needed.contains_key(&beside.figure) {
                drifted.push((beside, text));
            }
        }
        if let Some((first, _)) = drifted.first() {
            let shown = |(beside, text): &(&Beside, &str)| {
                format!("{} from \u{201c}{}\u{201d} to \u{201c}{text}\u{201d}", beside.figure, beside.text)
            };
            let (count, figures) = match drifted.len() {
                1 => ("a figure".to_owned(), "it"),
                count => (format!("{count} figures"), "they"),
            };
            let listed: Vec<String> = drifted.iter().map(shown).collect();
            let message = format!(
                "beside the text of {}, {count} would be printed otherwise than {figures} were sealed on {}: {}",
                self.present.edition.manuscript.file.display(),
                self.on(),
                listed.join("; ")
            )
            .replace("it were", "it was");
            let entries = drifted.iter().map(|(beside, text)| (beside.figure.clone(), Some((*text).to_owned())));
            let entries: BTreeMap<String, Option<String>> = entries.collect();
            let hint = format!("{STAYS}\n\n{}", claims::yaml(self.present.today, &entries, None));
            let place = self.sealed.place("figure: ", &first.figure);
            self.drifts.push(Diagnostic::new(Kind::Seal, message).at(place).hint(hint));
            self.needed.extend(entries);
        }
        (texts, corrected)
    }
}
