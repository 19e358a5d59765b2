//! What was predicted, and how it is judged.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::sign::Sign;
use crate::data::document::Spanned;
use crate::plain::{Day, Period};

/// A prediction of an edition.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// What stands for it in addresses; unique in the publication.
    pub id: Spanned<String>,
    /// What is predicted, in markdown.
    pub statement: Spanned<String>,
    /// The quarter of the edition that it was made with.
    pub edition: Period,
    /// The day on which it was stated.
    pub stated_on: Day,
    /// The day on which it was sealed with its edition.
    pub sealed_on: Option<Day>,
    /// The quarter that decides it.
    pub due: Period,
    /// Its parts, each graded for itself; one at least.
    pub clauses: Vec<Clause>,
}

/// A part of a prediction.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What this part says, in markdown; absent when it is all of the prediction.
    pub statement: Option<Spanned<String>>,
    /// How probable it was held to be, in percent, 1 to 99.
    pub percent: Option<u8>,
    /// Who decides it.
    pub judged: Judged,
    /// Why it was taken out.
    pub void: Option<String>,
}

/// Who decides a clause.
#[derive(Clone, Debug)]
pub enum Judged {
    /// The figures.
    Test(Test),
    /// The editor, by evidence from elsewhere.
    Editor {
        /// Which evidence it takes, in markdown.
        evidence: Spanned<String>,
        /// What the editor found.
        verdict: Option<Verdict>,
    },
}

/// A comparison of two expressions, by their places in the text of the file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The left side.
    pub left: Range<usize>,
    /// How they are compared.
    pub sign: Sign,
    /// The right side.
    pub right: Range<usize>,
}

/// What an editor found.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Whether it came true.
    pub outcome: Outcome,
    /// What says so, in markdown.
    #[schemars(with = "String")]
    pub citation: Spanned<String>,
    /// The day of the evidence.
    pub on: Day,
}

/// What an editor may find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It came true.
    Confirmed,
    /// It didn't.
    Missed,
}

impl Prediction {
    /// Whether the quarter that decides it had begun when it was sealed, or was stated where nothing is sealed yet: shown,
    /// and never scored.
    #[must_use]
    pub fn is_retrospective(&self) -> bool {
        self.sealed_on.unwrap_or(self.stated_on) >= self.due.start()
    }
}

impl Test {
    /// From the first side to the last, in bytes of the file.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.left.start..self.right.end
    }
}
