//! A prediction as it was sealed, and what it may not become: an edit is no prediction.

use std::path::Path;

use serde::Deserialize;

use crate::data::document::{self, Spanned};
use crate::data::identity_key::{Hash, digest};
use crate::forecast::{Clause, Judged, Prediction};
use crate::plain::{Day, Diagnostic, Kind, Period, Place};

/// A sealed prediction. That it was taken out later, or judged by an editor, is an outcome and no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What stands for it.
    pub id: String,
    /// The day on which it was stated.
    pub stated_on: Day,
    /// The quarter that decides it.
    pub due: Period,
    /// What is predicted, in markdown.
    pub statement: String,
    /// Its parts.
    pub clauses: Vec<Part>,
    /// A digest of all that.
    pub digest: Hash,
}

/// A part of a prediction: either a test or the evidence that an editor judges by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What this part says; absent when it is all of the prediction.
    #[serde(default)]
    pub statement: Option<String>,
    /// How probable it was held to be, in percent.
    #[serde(default)]
    pub percent: Option<u8>,
    /// The test as it was written.
    #[serde(default)]
    pub test: Option<String>,
    /// Which evidence it takes.
    #[serde(default)]
    pub evidence: Option<String>,
}

impl Part {
    fn of(clause: &Clause, file: &str) -> Self {
        let statement = clause.statement.as_ref().map(|statement| statement.value.clone());
        let part = Self { statement, percent: clause.percent, test: None, evidence: None };
        match &clause.judged {
            Judged::Test(test) => Self { test: Some(file[test.range()].trim().to_owned()), ..part },
            Judged::Editor { evidence, .. } => Self { evidence: Some(evidence.value.clone()), ..part },
        }
    }
}

impl Statement {
    /// A prediction as its file has it; `text` is all of the file.
    #[must_use]
    pub fn of(prediction: &Prediction, text: &str) -> Self {
        let mut statement = Self {
            id: prediction.id.value.clone(),
            stated_on: prediction.stated_on,
            due: prediction.due,
            statement: prediction.statement.value.clone(),
            clauses: prediction.clauses.iter().map(|clause| Part::of(clause, text)).collect(),
            digest: Hash(0),
        };
        statement.digest = statement.sum();
        statement
    }

    fn sum(&self) -> Hash {
        let clauses = self.clauses.iter().map(|part| {
            let percent = part.percent.map(|percent| percent.to_string());
            [&part.statement, &percent, &part.test, &part.evidence].map(|text| format!("{text:?}")).join("\t")
        });
        let Self { id, stated_on, due, statement, .. } = self;
        let head = format!("{id:?}\t{stated_on}\t{due}\t{statement:?}");
        let lines: Vec<String> = std::iter::once(head).chain(clauses).collect();
        digest(lines.join("\n").as_bytes())
    }

    /// What in a file isn't as it was sealed, each at its place.
    #[must_use]
    pub fn edits(&self, sealed_on: Day, prediction: &Prediction, file: &Path, text: &str) -> Vec<Diagnostic> {
        let now = Self::of(prediction, text);
        if now.digest == self.digest {
            return Vec::new();
        }
        let edited = |what: &str, was: &str, place: Place| {
            let message =
                format!("{what} of the prediction `{}` was edited after it was sealed on {sealed_on}", self.id);
            let hint = format!(
                "put back what was sealed, `{was}`; a prediction that can't stand is taken out with `void` and a reason"
            );
            Diagnostic::new(Kind::Seal, message).at(place).hint(hint)
        };
        let at = |written: &Spanned<String>| document::place(file, text, written);
        let here = at(&prediction.id);
        let mut faults = Vec::new();
        if now.statement != self.statement {
            faults.push(edited("the statement", &self.statement, at(&prediction.statement)));
        }
        if now.due != self.due {
            faults.push(edited("the due quarter", &self.due.to_string(), here.clone()));
        }
        if now.stated_on != self.stated_on {
            faults.push(edited("the day", &format!("stated_on: {}", self.stated_on), here.clone()));
        }
        if now.clauses.len() != self.clauses.len() {
            let was = format!("{} of them", self.clauses.len());
            faults.push(edited("the number of clauses", &was, here.clone()));
            return faults;
        }
        for ((was, now), clause) in self.clauses.iter().zip(&now.clauses).zip(&prediction.clauses) {
            let start = clause.statement.as_ref().map_or_else(|| here.clone(), at);
            let text_of = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            if was.statement != now.statement {
                faults.push(edited("a clause", &text_of(&was.statement), start.clone()));
            }
            if was.percent != now.percent {
                let was = was.percent.map_or_else(|| "no probability".to_owned(), |it| format!("0.{it:02}"));
                faults.push(edited("the probability", &was, start.clone()));
            }
            let judged = match &clause.judged {
                Judged::Test(comparison) => Place::of_bytes(file, text, comparison.range()),
                Judged::Editor { evidence, .. } => at(evidence),
            };
            if was.test != now.test {
                faults.push(edited("the test", &text_of(&was.test), judged.clone()));
            }
            if was.evidence != now.evidence {
                faults.push(edited("the evidence", &text_of(&was.evidence), judged));
            }
        }
        faults
    }
}
