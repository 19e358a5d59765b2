//! The labels, as they are committed: ids and keys, no subject, name or address.

use serde::Deserialize;
use signal::data::people::LineKey;
use signal::data::work_type::WorkType;

/// Which part of the labels it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// Mistakes were looked at when rules were mended.
    Tune,
    /// Measured only.
    Held,
}

impl Half {
    /// Both, in the order in which they are printed.
    pub const ALL: [Self; 2] = [Self::Tune, Self::Held];

    /// As in a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tune => "tuning half",
            Self::Held => "held-back half",
        }
    }
}

/// How a commit came into the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stratum {
    /// Drawn from a repository and a span of time.
    Plain,
    /// Drawn from all subjects that speak of a rare type.
    Rare,
}

/// What one commit is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitLabel {
    pub repo: String,
    pub commit: String,
    pub half: Half,
    pub stratum: Stratum,
    /// How many commits of the frame it stands for.
    pub weight: f64,
    #[serde(rename = "type")]
    pub work_type: WorkType,
    pub areas: Vec<String>,
    /// Whether no careful colleague would call its type otherwise.
    pub sure: bool,
}

/// Whether two author lines are one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairLabel {
    pub lines: [Line; 2],
    pub same: bool,
    /// What told it.
    pub evidence: String,
    pub half: Half,
    pub stratum: String,
}

/// An author line of a repository.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub repo: String,
    pub key: LineKey,
}

/// All labelled commits.
pub fn commits() -> Vec<CommitLabel> {
    serde_yaml::from_str(include_str!("commits.yaml")).expect("a test reads the committed labels")
}

/// All labelled pairs.
pub fn pairs() -> Vec<PairLabel> {
    serde_yaml::from_str(include_str!("pairs.yaml")).expect("a test reads the committed labels")
}
