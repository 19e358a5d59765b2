//! The names of a publication that an editor may write somewhere.

use std::collections::BTreeSet;

use crate::data::publication::Publication;
use crate::metrics::catalogue;
use crate::pages::theme;

/// Names by where they may stand.
pub struct Names {
    /// Themes that the settings may name.
    pub themes: Vec<String>,
    /// Drawings of the theme.
    pub icons: Vec<String>,
    /// Ids of repositories.
    pub repos: Vec<String>,
    /// Who leads them.
    pub vendors: Vec<String>,
    /// Groups of categories.
    pub groups: Vec<String>,
    /// Slugs of areas.
    pub areas: Vec<String>,
    /// Where a profile may be looked for.
    pub places: Vec<String>,
    /// Comparisons that a prediction may begin with: each metric, each category, each repository by id and alias.
    pub figures: Vec<String>,
}

impl Names {
    /// Of a publication.
    pub fn of(publication: &Publication) -> Self {
        let registry = &publication.registry.value;
        let categories = || registry.categories.iter().map(|category| category.slug.value.as_str());
        let ids = || registry.repos().map(|(_, repo)| repo.id.value.as_str());
        let places = categories().map(|slug| format!("category:{slug}")).chain(ids().map(|id| format!("repo:{id}")));
        let aliases = registry.repos().flat_map(|(_, repo)| repo.aliases.iter().map(|alias| alias.value.as_str()));
        let quoted = |name: &str| serde_json::to_string(name).expect("a string is JSON");
        let figures = catalogue::all()
            .iter()
            .map(|metric| format!("corpus().{} >= 0", metric.name))
            .chain(categories().map(|slug| format!("category({}).contributors >= 0", quoted(slug))))
            .chain(ids().chain(aliases).map(|name| format!("repo({}).contributors >= 0", quoted(name))));
        let theme = theme::load(publication);
        Self {
            themes: theme::names(publication),
            icons: theme.map(|theme| theme.icons.into_keys().collect()).unwrap_or_default(),
            repos: sorted(ids()),
            vendors: sorted(registry.repos().filter_map(|(_, repo)| repo.vendor.as_deref())),
            groups: sorted(registry.categories.iter().filter_map(|category| category.group.as_deref())),
            areas: sorted(publication.areas.value.areas.iter().map(|area| area.slug.value.as_str())),
            places: places.collect(),
            figures: figures.collect(),
        }
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names: BTreeSet<&str> = names.collect();
    names.into_iter().map(str::to_owned).collect()
}
