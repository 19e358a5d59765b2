//! `data/repos.yaml`: the tracked repositories, in categories.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use super::origin;
use super::snapshot::Depth;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Instant, Kind, Period, Result};

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// In any order; `order` decides how they are shown.
    pub categories: Vec<Category>,
}

/// A category and its repositories.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// What stands for it in addresses and expressions.
    #[schemars(with = "String")]
    pub slug: Spanned<String>,
    /// What readers see.
    pub title: String,
    /// A sentence for readers.
    #[serde(default)]
    pub description: Option<String>,
    /// The name of a line drawing of the theme.
    #[serde(default)]
    pub icon: Option<String>,
    /// Its place among the categories.
    #[serde(default)]
    pub order: u32,
    /// The group that it belongs to.
    #[serde(default)]
    pub group: Option<String>,
    /// The repositories.
    pub repos: Vec<Repo>,
}

/// A tracked repository.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repo {
    /// Stable, file-name safe and unique.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Where git clones it from.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub url: Option<Spanned<String>>,
    /// A local bare repository, used as it stands; relative to the publication.
    #[serde(default)]
    pub path: Option<String>,
    /// What people call it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub aliases: Vec<Spanned<String>>,
    /// Who leads it.
    #[serde(default)]
    pub vendor: Option<String>,
    /// The first period in which it belongs to the corpus; absent: all.
    #[serde(default)]
    pub tracked: Option<Period>,
    /// Its former names.
    #[serde(default)]
    pub was: Vec<String>,
    /// The id of the tracked repository that it is a copy of, or the address or path of one that isn't tracked.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub fork_of: Option<Spanned<String>>,
    /// Shares roots with another and yet isn't a copy.
    #[serde(default)]
    pub independent: bool,
    /// Clones only what came after this day: what needs all of history is unknown.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    pub shallow_since: Option<Spanned<Day>>,
    /// The branch, when not the remote's HEAD.
    #[serde(default)]
    pub branch: Option<String>,
    /// How deep its commits are read, when not as the settings say.
    #[serde(default)]
    pub depth: Option<Depth>,
    /// Until when a local mirror is known.
    #[serde(default)]
    pub horizon: Option<Instant>,
}

impl Repo {
    /// The short name of the repository: the last part of its id.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.value.rsplit("--").next().unwrap_or(&self.id.value)
    }

    /// What readers see: the first alias, else the short name.
    #[must_use]
    pub fn title(&self) -> &str {
        self.aliases.first().map_or_else(|| self.short(), |alias| &alias.value)
    }

    /// Whether it belongs to the corpus in a period.
    #[must_use]
    pub fn is_tracked(&self, period: Period) -> bool {
        self.tracked.is_none_or(|since| since <= period)
    }
}

impl Registry {
    /// All repositories with their category, in the order of the file.
    pub fn repos(&self) -> impl Iterator<Item = (&Category, &Repo)> {
        self.categories.iter().flat_map(|category| category.repos.iter().map(move |repo| (category, repo)))
    }

    /// The categories in the order in which they are shown.
    #[must_use]
    pub fn ordered(&self) -> Vec<&Category> {
        let mut ordered: Vec<&Category> = self.categories.iter().collect();
        ordered.sort_by_key(|category| (category.order, category.slug.value.as_str()));
        ordered
    }
}

/// Slugs and ids become file names and addresses.
#[must_use]
pub fn is_safe(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with(['.', '-'])
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Checks what the types can't say: safe and unique ids, slugs and aliases, one source for each repository.
pub fn validate(document: &Document<Registry>) -> Result<()> {
    let mut faults = Collector::default();
    let mut slugs = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let safe = "use letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
    for category in &document.value.categories {
        let slug = &category.slug;
        if !is_safe(&slug.value) {
            faults.push(document.fault(Kind::Syntax, slug, format!("`{}` can't be a slug", slug.value)).hint(safe));
        }
        if !slugs.insert(slug.value.to_lowercase()) {
            let message = format!("the category `{}` stands twice", slug.value);
            faults.push(document.fault(Kind::Data, slug, message).hint("give one of them another slug"));
        }
    }
    for (_, repo) in document.value.repos() {
        let id = &repo.id;
        if !is_safe(&id.value) {
            let hint = format!("{safe}; by custom `owner--name`");
            faults.push(document.fault(Kind::Syntax, id, format!("`{}` can't be an id", id.value)).hint(hint));
        }
        // Some file systems don't tell `A` from `a`.
        if !ids.insert(id.value.to_lowercase()) {
            let message = format!("the repository `{}` stands twice", id.value);
            faults.push(document.fault(Kind::Data, id, message).hint("a repository belongs to one category"));
        }
        match (&repo.url, &repo.path) {
            (None, None) => {
                let message = format!("`{}` has neither `url` nor `path`", id.value);
                faults.push(document.fault(Kind::Data, id, message).hint("say where it can be cloned from"));
            }
            (Some(_), Some(_)) => {
                let message = format!("`{}` has both `url` and `path`", id.value);
                faults.push(document.fault(Kind::Data, id, message).hint("keep one of them"));
            }
            _ => {}
        }
        for alias in &repo.aliases {
            if let Some(other) = names.insert(alias.value.to_lowercase(), &id.value)
                && other != id.value
            {
                let message = format!("`{}` is an alias of `{other}` already", alias.value);
                faults.push(document.fault(Kind::Data, alias, message).hint("an alias names one repository"));
            }
        }
    }
    origin::validate(document, &mut faults);
    faults.finish(())
}
