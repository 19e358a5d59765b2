//! `data/profiles.yaml`: which kinds of work somebody may be looked for by, and how the work shows.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::areas::Areas;
use super::document::{Document, Spanned};
use super::registry::{Registry, is_safe};
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result, suggest};

/// The file's name.
pub const FILE: &str = "data/profiles.yaml";

/// Every quarter touches so many ISO weeks; some touch one more.
const WEEKS: u8 = 13;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    /// In any order.
    pub profiles: Vec<Profile>,
}

/// A kind of work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What stands for it in addresses and expressions.
    #[schemars(with = "String")]
    pub slug: Spanned<String>,
    /// What readers see.
    pub title: String,
    /// A sentence for readers.
    pub description: String,
    /// Where the work is looked for, as `category:SLUG` or `repo:ID`; absent: everywhere.
    #[serde(default, rename = "in")]
    #[schemars(with = "Option<Vec<String>>")]
    pub within: Option<Vec<Spanned<String>>>,
    /// Slugs of areas; a commit in any of them shows the work.
    #[schemars(with = "Vec<String>")]
    pub areas: Vec<Spanned<String>>,
    /// In at least how many different weeks of a quarter there is such a commit.
    #[schemars(with = "u8")]
    pub weeks: Spanned<u8>,
}

impl Profile {
    /// Whether the work is looked for in a repository, which is in a category.
    #[must_use]
    pub fn looks_at(&self, category: &str, repo: &str) -> bool {
        let Some(within) = &self.within else { return true };
        within.iter().any(|one| match one.value.split_once(':') {
            Some(("category", slug)) => slug == category,
            Some(("repo", id)) => id == repo,
            _ => false,
        })
    }
}

/// Checks what the types can't say: safe and unique slugs, weeks that a quarter has, and that what is named exists.
pub fn validate(document: &Document<Profiles>, registry: &Registry, areas: &Areas) -> Result<()> {
    let mut faults = Collector::default();
    let mut slugs = BTreeSet::new();
    for Profile { slug, within, areas: named, weeks, .. } in &document.value.profiles {
        let name = &slug.value;
        if !is_safe(name) || *name != name.to_lowercase() {
            let hint = "use small letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
            faults.push(document.fault(Kind::Syntax, slug, format!("`{name}` can't be a slug")).hint(hint));
        }
        if !slugs.insert(name) {
            let fault = document.fault(Kind::Data, slug, format!("the profile `{name}` stands twice"));
            faults.push(fault.hint("give one of them another slug, or put their areas together"));
        }
        if named.is_empty() {
            let fault = document.fault(Kind::Data, slug, format!("the profile `{name}` names no areas"));
            faults.push(fault.hint("say which areas of data/areas.yaml show the work"));
        }
        if within.as_ref().is_some_and(Vec::is_empty) {
            let fault = document.fault(Kind::Data, slug, format!("the profile `{name}` looks nowhere"));
            faults.push(fault.hint("leave `in` out to look everywhere"));
        }
        if !(1..=WEEKS).contains(&weeks.value) {
            let fault = document.fault(Kind::Data, weeks, format!("a profile can't ask for {} weeks", weeks.value));
            faults.push(fault.hint(format!("write a number from 1 to {WEEKS}; not every quarter touches more weeks")));
        }
        for area in named {
            let known = areas.areas.iter().map(|area| &area.slug.value[..]);
            if !known.clone().any(|slug| slug == area.value) {
                let fault = document.fault(Kind::Reference, area, format!("no area is called `{}`", area.value));
                faults.push(fault.hint(suggest::hint(&area.value, known)));
            }
        }
        for place in within.iter().flatten() {
            if let Err((message, hint)) = find(&place.value, registry) {
                faults.push(document.fault(Kind::Reference, place, message).hint(hint));
            }
        }
    }
    faults.finish(())
}

/// Finds what a place names; else says what is wrong, and what may have been meant.
fn find(place: &str, registry: &Registry) -> std::result::Result<(), (String, String)> {
    let (what, name, known): (_, _, Vec<&str>) = match place.split_once(':') {
        Some(("category", slug)) => {
            ("category", slug, registry.categories.iter().map(|category| &category.slug.value[..]).collect())
        }
        Some(("repo", id)) => {
            ("tracked repository", id, registry.repos().map(|(_, repo)| &repo.id.value[..]).collect())
        }
        _ => {
            let hint = "write `category:SLUG` or `repo:ID`";
            return Err((format!("`{place}` is neither a category nor a repository"), hint.to_owned()));
        }
    };
    if known.contains(&name) {
        return Ok(());
    }
    Err((format!("no {what} is called `{name}`"), suggest::hint(name, known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::document;

    const REGISTRY: &str = "categories:\n- slug: kernels\n  title: Kernels\n  repos:\n  - {id: a--b, path: b.git}\n";

    fn read(text: &str) -> Result<Document<Profiles>> {
        let file = std::path::PathBuf::from(FILE);
        let value = document::parse(&file, text)?;
        let document = Document { file, text: text.to_owned(), value };
        let registry: Registry = document::parse("data/repos.yaml".as_ref(), REGISTRY)?;
        validate(&document, &registry, &Areas::default().with_shipped())?;
        Ok(document)
    }

    #[test]
    fn a_profile_looks_where_it_says() {
        let text = "profiles:\n\
                    - {slug: x, title: X, description: X., in: ['category:kernels'], areas: [kernels], weeks: 6}\n\
                    - {slug: y, title: Y, description: Y., in: ['repo:a--b'], areas: [kernels, attention], weeks: 1}\n\
                    - {slug: z, title: Z, description: Z., areas: [kernels], weeks: 13}\n";
        let profiles = read(text).unwrap().value.profiles;
        let seen = |category: &str, repo: &str| -> Vec<bool> {
            profiles.iter().map(|profile| profile.looks_at(category, repo)).collect()
        };
        assert_eq!(seen("kernels", "c--d"), [true, false, true]);
        assert_eq!(seen("edge", "a--b"), [false, true, true]);
    }

    #[test]
    fn faults_name_their_places() {
        let text = "profiles:\n\
                    - {slug: X Y, title: X, description: X., in: [], areas: [], weeks: 0}\n\
                    - slug: x\n  title: X\n  description: X.\n  in: ['category:kernel', 'repo:a/b', kernels]\n  \
                    areas: [kernel, attention]\n  weeks: 14\n\
                    - {slug: x, title: X, description: X., areas: [attention], weeks: 1}\n";
        insta::assert_snapshot!("profiles", read(text).unwrap_err().to_string());
        let key = "profiles:\n- {slug: x, title: X, description: X., area: [attention], weeks: 1}\n";
        insta::assert_snapshot!("profiles_key", read(key).unwrap_err().to_string());
    }
}
