//! `content/editions/<quarter>.lock.yaml`: a sealed edition.

use std::path::PathBuf;

use serde::Deserialize;

use super::inputs::Inputs;
use super::statement::Statement;
use crate::data::identity_key::Hash;
use crate::plain::{Day, Period};

/// The version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

/// How the names of locks end, after the quarter.
pub const ENDING: &str = ".lock.yaml";

/// Where the lock of a quarter's edition lies, relative to the publication.
#[must_use]
pub fn file(period: Period) -> PathBuf {
    PathBuf::from("content/editions").join(format!("{}{ENDING}", period.slug()))
}

/// The whole file, but for the digest at its end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The version of the format.
    pub version: u32,
    /// The quarter of the edition.
    pub period: Period,
    /// The day on which it was sealed.
    pub sealed_on: Day,
    /// The program that sealed it, with its version.
    pub program: String,
    /// What the figures were made from.
    pub inputs: Inputs,
    /// A digest of each paragraph: of the title, the summary, the byline, the day of publication, and of the text.
    pub words: Vec<Hash>,
    /// The figures in its text and in its predictions, by expression.
    pub figures: Vec<Figure>,
    /// Its charts, by expression.
    pub charts: Vec<Drawn>,
    /// What else was printed: the figures at its head, in its table, in its margins, and what figures open.
    pub beside: Vec<Beside>,
    /// What it predicted, by id.
    pub predictions: Vec<Statement>,
}

/// A figure that an editor bound. However often an expression stands in a text, it says one thing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The expression as it was written, with single blanks.
    pub expression: String,
    /// Scope, metric and period, as `signal figures explain` takes them; absent where it is no figure of the catalogue.
    #[serde(default)]
    pub figure: Option<String>,
    /// What was made of the figure, such as `share`; absent where nothing was.
    #[serde(default)]
    pub form: Option<String>,
    /// The value as in published tidy rows; the place of a rank, the length of a streak.
    pub value: String,
    /// As it was printed.
    pub text: String,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The expression as it was written, with single blanks.
    pub expression: String,
    /// A digest of the figures that were drawn, as in the chart's CSV.
    pub digest: Hash,
}

/// A figure that the page printed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Scope, metric and period.
    pub figure: String,
    /// The value as in published tidy rows; empty where there was none.
    pub value: String,
    /// As it was printed.
    pub text: String,
}

impl Lock {
    /// The digest of all of the edition's words.
    #[must_use]
    pub fn words(&self) -> Hash {
        whole(&self.words)
    }
}

/// The digest of words by those of their paragraphs.
#[must_use]
pub fn whole(paragraphs: &[Hash]) -> Hash {
    let text: Vec<String> = paragraphs.iter().map(Hash::to_string).collect();
    crate::data::identity_key::digest(text.join("\n").as_bytes())
}
