//! What sorts of work there are.

use serde::{Deserialize, Serialize};

/// What sort of work a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkType {
    /// Something that wasn't there, or does more.
    Feature,
    /// Something that was wrong.
    Fix,
    /// The same in less time or memory.
    Performance,
    /// The same in other words.
    Refactor,
    /// Tests.
    Test,
    /// Documentation.
    Docs,
    /// Building and packing.
    Build,
    /// What runs when somebody pushes.
    Ci,
    /// Newer versions of what others make.
    Dependencies,
    /// Taking a commit back.
    Revert,
    /// Nothing tells.
    Other,
}

impl WorkType {
    /// All of them, in order.
    pub const ALL: [Self; 11] = [
        Self::Feature,
        Self::Fix,
        Self::Performance,
        Self::Refactor,
        Self::Test,
        Self::Docs,
        Self::Build,
        Self::Ci,
        Self::Dependencies,
        Self::Revert,
        Self::Other,
    ];

    /// The word that stands for it in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Feature => "feature",
            Self::Fix => "fix",
            Self::Performance => "performance",
            Self::Refactor => "refactor",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Ci => "ci",
            Self::Dependencies => "dependencies",
            Self::Revert => "revert",
            Self::Other => "other",
        }
    }
}
