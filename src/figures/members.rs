//! Which repositories and categories belong where.

use crate::data::registry::Registry;
use crate::metrics::Scope;
use crate::plain::slug::slug;

/// Where each repository belongs, in the order of the registry.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<Row>);

#[derive(Clone, Debug)]
struct Row {
    repo: String,
    category: String,
    group: Option<String>,
    vendor: Option<String>,
}

impl Row {
    fn is_in(&self, whole: &Scope) -> bool {
        match whole {
            Scope::Category(slug) => self.category == *slug,
            Scope::Group(slug) => self.group.as_ref() == Some(slug),
            Scope::Repo(id) => self.repo == *id,
            Scope::Vendor(slug) => self.vendor.as_ref() == Some(slug),
            // People of an organisation, an area or a profile can be anywhere.
            Scope::Area(_) | Scope::Corpus | Scope::Organisation(_) | Scope::Profile(_) => true,
            Scope::Expansion(a, b) | Scope::Flow(a, b) | Scope::Overlap(a, b) => {
                self.is_in(&a.scope()) || self.is_in(&b.scope())
            }
            Scope::Union(sides) => sides.iter().any(|side| self.is_in(&side.scope())),
        }
    }
}

impl Members {
    /// As the registry says.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let row = registry.repos().map(|(category, repo)| Row {
            repo: repo.id.value.clone(),
            category: category.slug.value.clone(),
            group: category.group.as_deref().map(slug),
            vendor: repo.vendor.as_deref().map(slug),
        });
        Self(row.collect())
    }

    /// The ids of the repositories that the figures of a scope are counted from.
    #[must_use]
    pub fn repos(&self, scope: &Scope) -> Vec<&str> {
        self.0.iter().filter(|row| row.is_in(scope)).map(|row| row.repo.as_str()).collect()
    }

    /// The whole that a part contributes to: of a repository its category, of all others the corpus.
    #[must_use]
    pub fn whole(&self, part: &Scope) -> Option<Scope> {
        match part {
            Scope::Area(_) | Scope::Category(_) | Scope::Group(_) | Scope::Organisation(_) | Scope::Vendor(_) => {
                Some(Scope::Corpus)
            }
            Scope::Repo(id) => {
                let row = self.0.iter().find(|row| row.repo == *id)?;
                Some(Scope::Category(row.category.clone()))
            }
            _ => None,
        }
    }

    /// The repositories, categories, groups or vendors that lie in a whole; empty for other kinds.
    #[must_use]
    pub fn parts(&self, kind: &str, whole: &Scope) -> Vec<Scope> {
        let part = |row: &Row| match kind {
            "category" => Some(Scope::Category(row.category.clone())),
            "group" => row.group.clone().map(Scope::Group),
            "repo" => Some(Scope::Repo(row.repo.clone())),
            "vendor" => row.vendor.clone().map(Scope::Vendor),
            _ => None,
        };
        let mut parts: Vec<Scope> = self.0.iter().filter(|row| row.is_in(whole)).filter_map(part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Side;

    fn members() -> Members {
        let yaml = "categories:
- {slug: a, title: A, group: G, repos: [{id: x, path: x, vendor: V W}, {id: y, path: y}]}
- {slug: b, title: B, repos: [{id: z, path: z, vendor: v-w}]}
";
        Members::new(&serde_saphyr::from_str(yaml).expect("a registry"))
    }

    #[test]
    fn wholes_have_their_repositories() {
        let members = members();
        assert_eq!(members.repos(&Scope::Corpus), ["x", "y", "z"]);
        assert_eq!(members.repos(&Scope::Category("a".to_owned())), ["x", "y"]);
        assert_eq!(members.repos(&Scope::Group("g".to_owned())), ["x", "y"]);
        assert_eq!(members.repos(&Scope::Vendor("v-w".to_owned())), ["x", "z"]);
        assert_eq!(members.repos(&Scope::Organisation("o".to_owned())), ["x", "y", "z"]);
        let side = |id: &str| Side::of(&Scope::Repo(id.to_owned())).unwrap();
        assert_eq!(members.repos(&Scope::union(vec![side("z"), side("y")])), ["y", "z"]);
    }

    #[test]
    fn wholes_have_their_parts() {
        let members = members();
        let words = |parts: Vec<Scope>| parts.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(words(members.parts("category", &Scope::Corpus)), "category:a category:b");
        assert_eq!(words(members.parts("vendor", &Scope::Corpus)), "vendor:v-w");
        assert_eq!(words(members.parts("repo", &Scope::Category("a".to_owned()))), "repo:x repo:y");
        assert_eq!(members.whole(&Scope::Repo("z".to_owned())), Some(Scope::Category("b".to_owned())));
        assert_eq!(members.whole(&Scope::Corpus), None);
    }
}
