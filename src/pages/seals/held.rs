//! A sealed edition, as it is printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::Restated;
use super::printed::written;
use crate::data::identity_key::Hash;
use crate::pages::about::About;
use crate::pages::address::Address;
use crate::pages::expression::Outcome;
use crate::pages::ground::Ground;
use crate::pages::wording::{self, escaped};
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Result};
use crate::seal::{Inputs, Lock};

/// A sealed edition.
#[derive(Clone, Debug)]
pub struct Held {
    /// What was sealed.
    pub lock: Arc<Lock>,
    /// Figures and names, with the texts that were sealed.
    pub ground: Arc<Ground>,
    /// How expressions are printed.
    pub(super) stands: Arc<BTreeMap<String, Stand>>,
    /// What each of its corrections restates, in their order.
    pub restated: Vec<Vec<Restated>>,
    /// What became of it.
    pub holding: Holding,
    /// A digest of all that decides how it is printed, but for the figures and what they are made from.
    pub(super) said: Hash,
}

/// How a sealed expression is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// As it was sealed.
    Sealed {
        /// The value.
        value: String,
        /// The text.
        text: String,
    },
    /// By today's data, since a correction says so.
    Restated {
        /// The day of the correction.
        on: Day,
        /// As it was sealed; nothing where it wasn't there.
        was: Option<String>,
    },
}

/// Whether a sealed edition still holds.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The day on which it was sealed.
    pub sealed_on: Day,
    /// How many figures were sealed.
    pub figures: usize,
    /// How many charts.
    pub charts: usize,
    /// How many predictions.
    pub predictions: usize,
    /// How many of all that corrections restate.
    pub restated: usize,
    /// How many of all that the data say otherwise now.
    pub drifted: usize,
    /// The places where they do.
    pub drifts: Vec<Diagnostic>,
    /// The correction that would restate it, as front matter; none where all holds.
    pub correction: Option<String>,
    /// What figures are made from and was another when they were sealed.
    pub changed_inputs: Vec<&'static str>,
}

impl Holding {
    /// What no longer holds, as faults.
    pub fn drifts(&self) -> Result<()> {
        let mut faults = Collector::default();
        self.drifts.iter().for_each(|drift| faults.push(drift.clone()));
        faults.finish(())
    }
}

impl Held {
    /// All that decides how it is printed, but for the figures.
    pub(super) fn said(&self) -> String {
        format!("{} {:?}", self.said, self.holding.changed_inputs)
    }

    /// What is left of it without figures.
    pub(super) fn without_figures(self) -> Self {
        Self { ground: Arc::new(self.ground.with_figures(&Arc::default())), ..self }
    }

    /// The same edition by other figures that say the same, made from something else perhaps.
    pub(super) fn at(&self, ground: &Ground, inputs: &Inputs) -> Self {
        let changed_inputs = self.lock.inputs.changed(inputs);
        let holding = Holding { changed_inputs, ..self.holding.clone() };
        Self { ground: Arc::new(ground.with_texts_of(&self.ground)), holding, ..self.clone() }
    }

    /// An expression as it is printed on `shown_on`; `outcome` is what it comes to by today's data.
    pub fn printed(&self, code: &str, outcome: Result<Outcome>, shown_on: &Address) -> Result<Outcome> {
        match (self.stands.get(&written(code)), outcome) {
            (Some(Stand::Sealed { value, text }), Ok(Outcome::Value { text: now, html, about })) => {
                let is_same = now == *text && about.as_ref().is_none_or(|about| about.value == *value);
                if is_same {
                    return Ok(Outcome::Value { text: now, html, about });
                }
                let html = element(value, text);
                let about = about.map(|about| Box::new(about.as_sealed(text, html.clone())));
                Ok(Outcome::Value { text: text.clone(), html, about })
            }
            (Some(Stand::Sealed { value, text }), Err(_)) => {
                Ok(Outcome::Value { text: text.clone(), html: element(value, text), about: None })
            }
            (Some(Stand::Restated { on, was }), Ok(Outcome::Value { text, html, about }))
                if was.as_ref() != Some(&text) =>
            {
                Ok(self.marked(*on, was.as_deref(), (text, html, about), shown_on))
            }
            (_, outcome) => outcome,
        }
    }

    fn marked(
        &self,
        on: Day,
        was: Option<&str>,
        (text, html, about): (String, String, Option<Box<About>>),
        shown_on: &Address,
    ) -> Outcome {
        let day = wording::day(on);
        let way = shown_on.to(&format!("{}/#{ANCHOR}", self.lock.period.slug()));
        let mark = format!(
            "<sup class=\"corrected\"><a href=\"{}\" title=\"Corrected on {day}\" aria-label=\"Corrected on {day}\">\u{2020}</a></sup>",
            escaped(&way)
        );
        let Some(about) = about else { return Outcome::Value { text, html: html + &mark, about: None } };
        let sealed = was.map(|was| (format!("Sealed on {}", wording::day(self.lock.sealed_on)), was.to_owned()));
        let readings = sealed.into_iter().chain([("Corrected on".to_owned(), day)]);
        Outcome::Value { text, html, about: Some(Box::new(about.marked(readings, mark))) }
    }
}

/// The anchor of the corrections in an edition's page.
const ANCHOR: &str = "corrections";

fn element(value: &str, text: &str) -> String {
    format!("<data value=\"{}\">{}</data>", escaped(value), escaped(text))
}
