//! What a figure is about.

use std::fmt;

/// A part of the corpus, or the whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A category, by its slug.
    Category(String),
    /// All tracked repositories.
    Corpus,
    /// A repository, by its id.
    Repo(String),
}

impl Scope {
    /// As in the `scope` column of tidy rows.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Corpus => "corpus",
            Self::Category(_) => "category",
            Self::Repo(_) => "repo",
        }
    }

    /// As in the `subject` column of tidy rows.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::Corpus => "corpus",
            Self::Category(slug) => slug,
            Self::Repo(id) => id,
        }
    }
}

impl fmt::Display for Scope {
    /// `corpus`, `category:kernels`, `repo:jax-ml--jax`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corpus => f.write_str("corpus"),
            _ => write!(f, "{}:{}", self.kind(), self.subject()),
        }
    }
}
