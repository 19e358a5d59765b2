//! Which repositories make up what is larger than one.

use std::collections::BTreeMap;

use crate::data::registry::Registry;
use crate::metrics::Scope;
use crate::plain::slug::slug;

/// The repositories of each scope that has several.
pub type Wholes = BTreeMap<Scope, Vec<Scope>>;

/// Those of the corpus, of its categories and their groups, and of vendors.
#[must_use]
pub fn wholes(registry: &Registry) -> Wholes {
    let mut wholes = Wholes::new();
    for (category, repo) in registry.repos() {
        let of = [
            Some(Scope::Corpus),
            Some(Scope::Category(category.slug.value.clone())),
            category.group.as_deref().map(slug).map(Scope::Group),
            repo.vendor.as_deref().map(slug).map(Scope::Vendor),
        ];
        for whole in of.into_iter().flatten() {
            wholes.entry(whole).or_default().push(Scope::Repo(repo.id.value.clone()));
        }
    }
    wholes
}
