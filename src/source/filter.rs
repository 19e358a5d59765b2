//! What a mirror leaves out: a server is asked for no more than a depth needs.

use std::path::Path;

use super::git::{self, GitError};
use super::lock::Lock;
use crate::data::snapshot::Depth;

/// A filter of partial clones, from the one that leaves out most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// Trees and blobs.
    Trees,
    /// Blobs.
    Blobs,
    /// Nothing.
    Nothing,
}

/// The settings by which git knows that a mirror isn't whole.
const SETTING: &str = "remote.origin.partialclonefilter";
const PROMISOR: &str = "remote.origin.promisor";

impl Filter {
    /// What a depth can do without.
    #[must_use]
    pub fn of(depth: Depth) -> Self {
        match depth {
            Depth::Headers => Self::Trees,
            Depth::Paths => Self::Blobs,
            Depth::Lines => Self::Nothing,
        }
    }

    /// What a mirror was made with.
    pub fn of_mirror(lock: &Lock, path: &Path) -> Result<Self, GitError> {
        match git::run(lock, Some(path), &["config", "--get", SETTING]) {
            Ok(value) if value.starts_with(b"tree:") => Ok(Self::Trees),
            Ok(_) => Ok(Self::Blobs),
            // Without such a setting git fails and says nothing.
            Err(GitError::Failed(stderr)) if stderr.trim().is_empty() => Ok(Self::Nothing),
            Err(error) => Err(error),
        }
    }

    /// The option of `git fetch`.
    #[must_use]
    pub fn option(self) -> &'static str {
        match self {
            Self::Trees => "--filter=tree:0",
            Self::Blobs => "--filter=blob:none",
            Self::Nothing => "--no-filter",
        }
    }

    /// Tells git what a mirror lacks, so that it brings single objects when they are asked for.
    pub fn record(self, lock: &Lock, path: &Path) -> Result<(), GitError> {
        let settings: [(&str, Option<&str>); 2] = match self {
            Self::Trees => [(PROMISOR, Some("true")), (SETTING, Some("tree:0"))],
            Self::Blobs => [(PROMISOR, Some("true")), (SETTING, Some("blob:none"))],
            Self::Nothing => [(PROMISOR, None), (SETTING, None)],
        };
        for (name, value) in settings {
            let changed = match value {
                Some(value) => git::run(lock, Some(path), &["config", name, value]),
                None => git::run(lock, Some(path), &["config", "--unset-all", name]),
            };
            match changed {
                // What isn't set can't be unset, and that is as it should be.
                Err(GitError::Failed(stderr)) if value.is_none() && stderr.trim().is_empty() => {}
                other => drop(other?),
            }
        }
        Ok(())
    }

    /// Whether something is really absent from the newest commit: a server may ignore a filter, and git goes on.
    pub fn took_effect(self, lock: &Lock, path: &Path, reference: &str) -> Result<bool, GitError> {
        if self == Self::Nothing {
            return Ok(true);
        }
        let arguments = ["rev-list", "--objects", "--missing=print", "--max-count=1", reference, "--"];
        let listed = git::run(lock, Some(path), &arguments)?;
        let mut lines = listed.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        // The first is the commit. One without files lacks nothing.
        let is_bare = lines.clone().count() < 2;
        Ok(is_bare || lines.any(|line| line.starts_with(b"?")))
    }
}
