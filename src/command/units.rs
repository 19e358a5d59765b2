//! Repositories that are mined one after the other: an origin, then its copies.

use crate::data::registry::{Registry, Repo};

/// A repository that is mined by itself, or an origin with its copies, each after what it is a copy of.
pub type Unit<'a> = Vec<&'a Repo>;

/// The units that the chosen repositories belong to, in the order of the registry; origins of chosen ones join them.
#[must_use]
pub fn units<'a>(registry: &'a Registry, chosen: &[&'a Repo]) -> Vec<Unit<'a>> {
    let mut units: Vec<(&str, Unit<'a>)> = Vec::new();
    for repo in chosen {
        let line = registry.ancestors(repo);
        let eldest = line.last().unwrap_or(repo).id.value.as_str();
        let at = units.iter().position(|(name, _)| *name == eldest).unwrap_or_else(|| {
            units.push((eldest, Vec::new()));
            units.len() - 1
        });
        let unit = &mut units[at].1;
        for one in line.into_iter().rev().chain([*repo]) {
            if unit.iter().all(|known| known.id.value != one.id.value) {
                unit.push(one);
            }
        }
    }
    units.into_iter().map(|(_, unit)| unit).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::document;

    #[test]
    fn an_origin_comes_before_its_copies_and_joins_those_that_were_chosen() {
        let text = "categories: [{slug: c, title: C, repos: [\
                    {id: b, path: b.git, fork_of: a}, {id: x, path: x.git}, {id: d, path: d.git, fork_of: b}, \
                    {id: a, path: a.git}, {id: e, path: e.git, fork_of: a}, {id: u, path: u.git, fork_of: ../o.git}]}]";
        let registry: Registry = document::parse(Path::new("data/repos.yaml"), text).unwrap();
        let all: Vec<&Repo> = registry.repos().map(|(_, repo)| repo).collect();
        let names = |chosen: &[&Repo]| -> Vec<String> {
            let names = |unit: Unit| unit.iter().map(|repo| repo.id.value.as_str()).collect::<Vec<_>>().join(" ");
            units(&registry, chosen).into_iter().map(names).collect()
        };
        assert_eq!(names(&all), ["a b d e", "x", "u"]);
        assert_eq!(names(&all[2..3]), ["a b d"]);
    }
}
