//! `data/snapshots/<period>/<id>.yaml`: what trees, lines and author dates say about one period of one repository.
//!
//! The fields of a depth that wasn't mined are absent: unknown, not 0.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::identity_key::Hash;
use crate::plain::Period;
use crate::plain::sorted::Sorted;

/// The version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

/// Where a snapshot lies, relative to the publication.
#[must_use]
pub fn file(period: Period, id: &str) -> PathBuf {
    PathBuf::from("data/snapshots").join(period.to_string()).join(format!("{id}.yaml"))
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version of the format.
    pub version: u32,
    /// The repository's id in `data/repos.yaml`.
    pub repo: String,
    /// The quarter.
    pub period: Period,
    /// The commit up to which the period was read: its boundary, or the tip while it is open.
    pub boundary: String,
    /// How deep the commits were read.
    pub depth: Depth,
    /// Which key the hashes were made with.
    pub key: Hash,
    /// The digest of each rule set that shaped the rows.
    pub rules: BTreeMap<String, Hash>,
    /// The line diff's algorithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// What could not be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<SetAside>,
    /// Lines by kind of file, vendored and generated ones too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Sorted<String, Lines>>,
    /// Files touched in two or more weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworked_files: Option<u32>,
    /// Sets of rows of `authors` that changed the same implementation or test file; contained sets are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_files: Option<Vec<Vec<u32>>>,
    /// A row per author line with a counted commit in the period, sorted by the keys of address and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<AuthorWork>,
}

/// What a snapshot was made from; another header means that the file is due.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Header {
    /// The commit up to which the period was read.
    pub boundary: String,
    /// How deep.
    pub depth: Depth,
    /// Which key the hashes were made with.
    pub key: Hash,
    /// The digest of each rule set that shaped the rows.
    pub rules: BTreeMap<String, Hash>,
    /// The line diff's algorithm.
    pub diff: Option<String>,
}

/// What the first lines of a file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// What it was made from.
    pub header: Header,
    /// What could not be counted.
    pub set_aside: SetAside,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    set_aside: SetAside,
}

/// No header has more bytes: it holds a commit and a digest of each rule set.
const LONGEST_HEADER: u64 = 64 * 1024;

/// The keys with which the rest of a file may begin.
const BODY: [&str; 4] = ["lines:", "reworked_files:", "shared_files:", "authors:"];

impl Beginning {
    /// Reads the beginning of a file of this version; none when there is no such file or it says something else.
    #[must_use]
    pub fn read(path: &Path) -> Option<Self> {
        Self::parse(BufReader::new(File::open(path).ok()?))
    }

    /// The same, from the file's bytes.
    #[must_use]
    pub fn parse(file: impl BufRead) -> Option<Self> {
        let mut text = String::new();
        // A file that isn't ours may be one endless line.
        for line in file.take(LONGEST_HEADER).lines() {
            let line = line.ok()?;
            if BODY.iter().any(|key| line.starts_with(key)) {
                break;
            }
            text.push_str(&line);
            text.push('\n');
        }
        if !text.starts_with(&format!("version: {VERSION}\n")) {
            return None;
        }
        let Counted { set_aside } = serde_saphyr::from_str(&text).ok()?;
        Some(Self { header: serde_saphyr::from_str(&text).ok()?, set_aside })
    }
}

/// How deep commits were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// Commit headers and messages.
    Headers,
    /// Trees, with exact renames.
    Paths,
    /// File contents.
    Lines,
}

/// What could not be counted, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// Commits left out because an object is missing.
    #[serde(default)]
    pub missing_objects: u32,
    /// Commits whose renames were too many to search.
    #[serde(default)]
    pub renames_skipped: u32,
    /// Commits over 100 files, left out of shared files.
    #[serde(default)]
    pub too_many_files: u32,
    /// The `.gitattributes` at the boundary that could not be read, so that their files may count as another kind.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missing_attributes: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Lines of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// Added.
    pub added: u64,
    /// Removed.
    pub removed: u64,
}

/// What one author line did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorWork {
    /// The address; absent in the one row of all who opted out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Hash>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Hash>,
    /// Seconds of work by the git-hours rule.
    pub work_seconds: u64,
    /// Commits by work type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Sorted<String, u32>>,
    /// Commits and ISO weeks by area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<Sorted<String, AreaWork>>,
    /// Lines by kind of file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Sorted<String, Lines>>,
    /// Pairs of commit and file that existed before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_touches: Option<u32>,
    /// Lines changed in those files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_churn: Option<u64>,
}

/// Work in one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaWork {
    /// Commits.
    pub commits: u32,
    /// The numbers of the ISO weeks with one.
    pub weeks: Vec<u8>,
}

impl Snapshot {
    /// The bytes of the file.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        serde_yaml::to_string(self).expect("plain data has no value that YAML lacks")
    }
}
