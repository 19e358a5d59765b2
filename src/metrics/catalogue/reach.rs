//! Which scopes a metric is measured for.

use crate::metrics::Scope;

/// Which scopes a metric is measured for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every set of commits: corpus, groups, categories, vendors, repositories, organisations, areas, unions.
    All,
    /// All but areas, of which the history says nothing.
    People,
    /// All that consist of whole repositories: neither areas nor organisations.
    Repositories,
    /// All that may consist of several repositories: no single one.
    Sets,
    /// Single repositories.
    Repos,
    /// All but the corpus, which is part of nothing.
    Parts,
    /// All but areas and the corpus.
    Holders,
}

impl Reach {
    /// Whether a scope has such a metric.
    #[must_use]
    pub fn holds(self, scope: &Scope) -> bool {
        let is_between =
            matches!(scope, Scope::Expansion(..) | Scope::Flow(..) | Scope::Overlap(..) | Scope::Profile(_));
        if is_between {
            return false;
        }
        let is_set = scope.is_set();
        let is_area = matches!(scope, Scope::Area(_));
        let is_repo = matches!(scope, Scope::Repo(_));
        match self {
            Self::All => true,
            Self::People => !is_area,
            Self::Repositories => is_set || is_repo,
            Self::Sets => is_set,
            Self::Repos => is_repo,
            Self::Parts => !matches!(scope, Scope::Corpus),
            Self::Holders => !is_area && !matches!(scope, Scope::Corpus),
        }
    }
}
