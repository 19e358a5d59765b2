//! Copies that nobody declared: repositories whose histories begin with the same commits.

use std::collections::BTreeMap;

use super::document::Document;
use super::history::History;
use super::registry::{Registry, Repo};
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

/// Asks for a decision on every repository that shares a root with an earlier one of the registry.
///
/// `histories` stand in the order of the registry. A pair is decided when one of the two is `independent`, or when
/// both descend from the same origin.
pub fn check(registry: &Document<Registry>, histories: &[History]) -> Result<()> {
    let mut faults = Collector::default();
    let mut bearers: BTreeMap<&str, Vec<&Repo>> = BTreeMap::new();
    for ((_, repo), history) in registry.value.repos().zip(histories) {
        let roots = history.state.iter().flat_map(|state| &state.roots);
        let mut twin = None;
        for root in roots {
            let earlier = bearers.entry(root).or_default();
            twin = twin.or_else(|| earlier.iter().copied().find(|other| !is_decided(&registry.value, repo, other)));
            earlier.push(repo);
        }
        if let Some(twin) = twin {
            let (id, other) = (&repo.id.value, &twin.id.value);
            let message = format!("`{id}` and `{other}` begin with the same commits, which would count twice");
            let hint = format!(
                "say which is the copy: `fork_of: {other}` here or `fork_of: {id}` there; or `independent: true` if \
                 neither is"
            );
            faults.push(registry.fault(Kind::Data, &repo.id, message).hint(hint));
        }
    }
    faults.finish(())
}

fn is_decided(registry: &Registry, repo: &Repo, other: &Repo) -> bool {
    repo.independent || other.independent || registry.family(repo) == registry.family(other)
}
