//! `data/areas.yaml`: what parts of the work there are, and how a commit shows that it belongs to one.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use super::path_pattern::PathPattern;
use super::phrase::Phrase;
use super::registry::is_safe;
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result, suggest};

/// The file's name.
pub const FILE: &str = "data/areas.yaml";

/// The shipped areas, made for repositories of systems and of machine learning.
const SHIPPED: &str = include_str!("defaults/areas.yaml");

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Areas {
    /// Slugs of shipped areas that are left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub without: Vec<Spanned<String>>,
    /// The areas. One with the slug of a shipped area stands in its place.
    #[serde(default)]
    pub areas: Vec<Area>,
}

/// A part of the work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// What stands for it in files, addresses and expressions.
    #[schemars(with = "String")]
    pub slug: Spanned<String>,
    /// What readers see.
    pub title: String,
    /// A sentence for readers.
    pub description: String,
    /// Whole words of the subject; any sign is enough.
    #[serde(default)]
    pub words: Vec<Phrase>,
    /// Whole words in the name of a file or folder that the commit changed.
    #[serde(default)]
    pub path_words: Vec<Phrase>,
    /// Patterns of paths that the commit changed.
    #[serde(default)]
    pub paths: Vec<PathPattern>,
}

impl Areas {
    /// The shipped areas, without those left out, with those replaced, and then the added ones.
    #[must_use]
    pub fn with_shipped(self) -> Self {
        let shipped: Self = serde_saphyr::from_str(SHIPPED).expect("the shipped file is tested");
        let without: BTreeSet<&str> = self.without.iter().map(|slug| &slug.value[..]).collect();
        let mut areas: Vec<Area> =
            shipped.areas.into_iter().filter(|area| !without.contains(&area.slug.value[..])).collect();
        for area in self.areas {
            match areas.iter_mut().find(|one| one.slug.value == area.slug.value) {
                Some(one) => *one = area,
                None => areas.push(area),
            }
        }
        Self { without: Vec::new(), areas }
    }
}

/// Checks what the types can't say: safe and unique slugs, an area that something can show, names of shipped areas.
pub fn validate(document: &Document<Areas>) -> Result<()> {
    let mut faults = Collector::default();
    let mut slugs = BTreeSet::new();
    for Area { slug, words, path_words, paths, .. } in &document.value.areas {
        let name = &slug.value;
        if !is_safe(name) || *name != name.to_lowercase() {
            let hint = "use small letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
            faults.push(document.fault(Kind::Syntax, slug, format!("`{name}` can't be a slug")).hint(hint));
        }
        if !slugs.insert(name) {
            let fault = document.fault(Kind::Data, slug, format!("the area `{name}` stands twice"));
            faults.push(fault.hint("put its words and paths together"));
        }
        if words.is_empty() && path_words.is_empty() && paths.is_empty() {
            let fault = document.fault(Kind::Data, slug, format!("nothing shows that a commit belongs to `{name}`"));
            faults.push(fault.hint("give it `words`, `path_words` or `paths`; `without` leaves out a shipped area"));
        }
    }
    let shipped = Areas::default().with_shipped();
    for slug in &document.value.without {
        let known = shipped.areas.iter().map(|area| &area.slug.value[..]);
        if !known.clone().any(|one| one == slug.value) {
            let fault = document.fault(Kind::Reference, slug, format!("no shipped area is called `{}`", slug.value));
            faults.push(fault.hint(suggest::hint(&slug.value, known)));
        }
    }
    faults.finish(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::document;

    fn read(text: &str) -> Result<Document<Areas>> {
        let file = std::path::PathBuf::from(FILE);
        let value = document::parse(&file, text)?;
        let document = Document { file, text: text.to_owned(), value };
        validate(&document)?;
        Ok(document)
    }

    #[test]
    fn the_shipped_areas_are_in_order() {
        assert!(read(SHIPPED).is_ok());
    }

    #[test]
    fn a_publication_adds_replaces_and_leaves_out() {
        let all = Areas::default().with_shipped().areas.len();
        let text = "without: [security]\nareas:\n\
                    - {slug: kernels, title: K, description: K., words: [microkernel]}\n\
                    - {slug: sparse, title: S, description: S., paths: [sparse/]}\n";
        let areas = read(text).unwrap().value.with_shipped().areas;
        assert_eq!(areas.len(), all);
        assert!(areas.iter().all(|area| area.slug.value != "security"));
        assert_eq!(areas.last().unwrap().slug.value, "sparse");
        let kernels = areas.iter().find(|area| area.slug.value == "kernels").unwrap();
        assert_eq!((&kernels.title[..], kernels.words.len(), kernels.paths.len()), ("K", 1, 0));
    }

    #[test]
    fn faults_name_their_places() {
        let text = "without: [kernel]\nareas:\n\
                    - {slug: KV Cache, title: K, description: K., words: [kv cache]}\n\
                    - {slug: a, title: A, description: A.}\n\
                    - {slug: a, title: A, description: A., words: [a]}\n";
        insta::assert_snapshot!("areas", read(text).unwrap_err().to_string());
        let one = |signs: &str| {
            read(&format!("areas:\n- slug: a\n  title: A\n  description: A.\n  {signs}\n")).unwrap_err().to_string()
        };
        insta::assert_snapshot!("areas_pattern", one("paths: [src/, 'src/**/x.py']"));
        insta::assert_snapshot!("areas_word", one("words: [fine, '--']"));
        insta::assert_snapshot!("areas_key", one("word: [fine]"));
    }
}
