//! `data/history/<id>.yaml`: what the headers of all commits say, one row per author line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::cell::Cells;
use super::identity_key::Hash;
use crate::plain::{Day, Instant, Period};

/// The version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

/// Where the history of a repository lies, relative to the publication.
#[must_use]
pub fn file(id: &str) -> PathBuf {
    PathBuf::from("data/history").join(format!("{id}.yaml"))
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The version of the format.
    pub version: u32,
    /// The repository's id in `data/repos.yaml`.
    pub repo: String,
    /// How the last attempt to mine it went.
    pub status: Status,
    /// Why the last attempt failed, in a sentence without paths or addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was mined; absent when nothing ever was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Per period, what belongs to no author line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub periods: BTreeMap<Period, Notes>,
    /// A row per author line, sorted by the keys of address and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<AuthorLine>,
}

/// How the last attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The file holds what the repository held at the horizon.
    Mined,
    /// The repository answers that it isn't there.
    Gone,
    /// It could not be fetched or read; what was mined before stands.
    Failed,
}

/// From what the rows were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The full name of the branch.
    pub branch: String,
    /// The commit that the branch was at; absent in a repository without commits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<String>,
    /// Up to when the repository is known: the last successful fetch, or as declared, or the tip's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<Instant>,
    /// Whether the horizon is more than the tip's own date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declared: bool,
    /// The hash function of the object ids.
    pub object_format: String,
    /// Whether all of the history is there.
    pub completeness: Completeness,
    /// In a shallow history, the first period that is known whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_from: Option<Period>,
    /// Commits that could not be found in the object store.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missing: u32,
    /// Whether `.mailmap` at the tip could not be read, so that nothing is known of what it maps.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missing_mailmap: bool,
    /// Commits without parents, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<String>,
    /// In a copy, what it was copied from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The branch's tips when periods were closed, oldest first. Each holds for the periods after the one before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boundaries: Vec<Boundary>,
    /// What a rewritten branch made necessary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restated: Vec<Restatement>,
    /// Which key the hashes were made with.
    pub key: Hash,
    /// The digest of each rule set that shaped the rows.
    pub rules: BTreeMap<String, Hash>,
}

/// Whether all of the history is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Completeness {
    /// Down to the roots.
    Whole,
    /// Cut off somewhere.
    Shallow,
}

/// The branch's tip at the moment when periods up to `through` were found closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// The last period that it closes.
    pub through: Period,
    /// The commit.
    pub tip: String,
    /// In a copy, the commit that the origin's branch was at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// What a copy was copied from, as it was when the copy was mined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its id when it is tracked, else `~` and a digest of what `fork_of` says.
    pub repo: String,
    /// The commit that its branch was at; absent in a repository without commits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<String>,
}

/// Periods that were mined afresh because the branch no longer reached their boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// The first period restated.
    pub from: Period,
    /// The last period restated.
    pub through: Period,
    /// The boundary that was lost.
    pub was: String,
    /// Whether it was the origin's boundary, and the origin's branch that was rewritten.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_origin: bool,
    /// How many commits vanished; absent when the old ones can't be read any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vanished: Option<u32>,
}

/// What a period holds besides the author lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// Commits with an impossible date, counted under the date of an ancestor.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub date_mended: u32,
    /// Counted commits that name a further person as co-author.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub co_authored: u32,
}

/// One pair of name and address, as ever seen in an author field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorLine {
    /// As written in the commits; absent in the one row of all who opted out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Pair>,
    /// As the repository's `.mailmap` maps it, when it does. Few lines have it, so it takes no room in the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapped: Option<Box<Pair>>,
    /// The address's domain, in clear when an organisation's or shared by three lines, else `~` and a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// What the author is, when not a person.
    #[serde(default, skip_serializing_if = "Actor::is_person")]
    pub actor: Actor,
    /// The day of the first counted commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Day>,
    /// The day of the last counted commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Day>,
    /// What was done, by period.
    pub active: Cells,
}

/// A name and an address, as keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The address.
    pub address: Hash,
    /// The name.
    pub name: Hash,
    /// How many words the name has.
    pub words: u32,
    /// The account that a no-reply address names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Box<Account>>,
    /// Which of the two are placeholders that say nothing about who it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub void: Vec<Void>,
}

/// Evidence that a pair doesn't give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Void {
    /// The address is a placeholder.
    Address,
    /// The name is a placeholder.
    Name,
}

/// An account on a forge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The forge's host.
    pub forge: String,
    /// The login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<Hash>,
    /// The number, which a renamed account keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Hash>,
}

/// What an author is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// Somebody.
    #[default]
    Person,
    /// A bot or a collective account.
    Bot,
    /// A coding agent.
    Agent,
}

impl Actor {
    /// Whether it is somebody.
    #[must_use]
    pub fn is_person(&self) -> bool {
        *self == Self::Person
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl State {
    /// Whether nothing of the history is cut off or missing, so that a first commit is known to be one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.completeness == Completeness::Whole && self.missing == 0
    }
}

impl History {
    /// A file for a repository of which nothing was ever mined.
    #[must_use]
    pub fn unmined(repo: &str, status: Status, reason: &str) -> Self {
        Self {
            version: VERSION,
            repo: repo.to_owned(),
            status,
            reason: Some(reason.to_owned()),
            state: None,
            periods: BTreeMap::new(),
            authors: Vec::new(),
        }
    }

    /// The bytes of the file.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        serde_yaml::to_string(self).expect("plain data has no value that YAML lacks")
    }
}
