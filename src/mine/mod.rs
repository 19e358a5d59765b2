//! From a repository's commits to its history file and snapshots: the only thing that crosses from git to the figures.
//!
//! The only stage that uses gix. What it makes is a pure function of the commits that the recorded tip and
//! boundaries reach, the rules and the key.

pub mod actors;
pub mod address;
pub mod authors;
pub mod boundaries;
pub mod change;
pub mod commit;
pub mod dates;
pub mod differ;
pub mod domains;
pub mod encoding;
pub mod explain;
pub mod history;
pub mod hours;
pub mod ident;
pub mod line_diff;
pub mod mailmap;
pub mod memory;
pub mod objects;
pub mod origin;
pub mod packs;
pub mod placeholders;
pub mod portion;
pub mod reading;
pub mod renames;
pub mod rules;
pub mod signatures;
pub mod similarity;
pub mod snapshots;
pub mod store;
pub mod suspects;
pub mod tally;
pub mod trees;
pub mod walk;
pub mod work;
pub mod workers;

pub use history::{Files, Mined, Request, mine};
pub use origin::Origin;
pub use rules::Rules;

/// Why a repository can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// A clause without paths, fit for a committed file.
    pub reason: String,
    /// What the library said about it.
    pub detail: String,
}

impl Unreadable {
    fn new(reason: &str, error: &dyn std::fmt::Display) -> Self {
        Self { reason: reason.to_owned(), detail: error.to_string() }
    }

    fn plain(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), detail: String::new() }
    }
}
