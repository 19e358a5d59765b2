//! What an edition prints by today's data: every expression of its text and of its predictions, evaluated.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::document::{self, Spanned};
use crate::data::identity_key::{Hash, digest};
use crate::forecast::{Judged, Prediction};
use crate::pages::about::SOURCES;
use crate::pages::edition::Edition;
use crate::pages::expression::{Evaluator, Outcome};
use crate::pages::ground::Ground;
use crate::pages::manuscript::Manuscript;
use crate::pages::scanner;
use crate::plain::diagnostic::Collector;
use crate::plain::{Place, Result};

/// What expressions say, by how they are written.
pub type Printed = BTreeMap<String, Said>;

/// What an expression says, and where it does.
#[derive(Debug)]
pub struct Said {
    /// Where it stands; more than once where it is written more than once.
    pub places: Vec<Place>,
    /// What it comes to.
    pub now: Result<Now>,
}

/// What an expression comes to.
#[derive(Clone, Debug)]
pub enum Now {
    /// A figure, or a text made of some.
    Figure {
        /// Scope, metric and period, where it is one figure.
        figure: Option<String>,
        /// What was made of it.
        form: Option<&'static str>,
        /// As in published rows.
        value: String,
        /// As it is printed.
        text: String,
    },
    /// A chart, by a digest of the figures in it.
    Chart(Hash),
}

/// An expression as it is compared: with single blanks.
#[must_use]
pub fn written(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of an edition and its predictions, each with the file that it stands in.
pub fn printed(ground: &Arc<Ground>, edition: &Edition, predictions: &[(&Manuscript, &Prediction)]) -> Result<Printed> {
    let evaluator = Evaluator::new(ground, edition.period);
    let mut faults = Collector::default();
    let mut printed = Printed::new();
    let own = &edition.manuscript;
    faults.keep(add(&mut printed, ground, &evaluator, own, |start, end| own.place(start..end)));
    for (file, prediction) in predictions {
        for text in texts(prediction) {
            let place = document::place(&file.file, &file.text, text);
            let text =
                Manuscript { file: file.file.clone(), text: text.value.clone(), body: 0, ..Manuscript::default() };
            faults.keep(add(&mut printed, ground, &evaluator, &text, |_, _| place.clone()));
        }
    }
    faults.finish(printed)
}

/// The texts of a prediction that were there when it was made.
fn texts(prediction: &Prediction) -> Vec<&Spanned<String>> {
    let mut texts = vec![&prediction.statement];
    for clause in &prediction.clauses {
        texts.extend(&clause.statement);
        if let Judged::Editor { evidence, .. } = &clause.judged {
            texts.push(evidence);
        }
    }
    texts
}

fn add(
    printed: &mut Printed,
    ground: &Arc<Ground>,
    evaluator: &Evaluator,
    manuscript: &Manuscript,
    place: impl Fn(usize, usize) -> Place,
) -> Result<()> {
    for expression in scanner::scan(manuscript)?.expressions {
        let code = written(&manuscript.text[expression.inner()]);
        let range = &expression.range;
        let said = printed.entry(code).or_insert_with(|| {
            let outcome = evaluator.evaluate(manuscript, &expression);
            Said { places: Vec::new(), now: outcome.and_then(|outcome| now(ground, outcome)) }
        });
        said.places.push(place(range.start, range.end));
    }
    Ok(())
}

fn now(ground: &Arc<Ground>, outcome: Outcome) -> Result<Now> {
    match outcome {
        Outcome::Value { text, about: None, .. } => {
            Ok(Now::Figure { figure: None, form: None, value: String::new(), text })
        }
        Outcome::Value { text, about: Some(about), .. } => {
            let figure = (about.form != Some(SOURCES)).then(|| about.question.clone());
            Ok(Now::Figure { figure, form: about.form, value: about.value.clone(), text })
        }
        Outcome::Chart(request) => {
            let exhibit = request.draw(ground, "sealed", "")?;
            Ok(Now::Chart(digest(exhibit.csv().as_bytes())))
        }
    }
}
