//! What the work is: the kind of each file, the type of each commit, the areas it belongs to.
//!
//! All three are rules as data: shipped ones in YAML, with what a publication adds. They know bytes of paths and
//! messages only, nothing of git.

pub mod areas;
pub mod attributes;
pub mod kinds;
pub mod path_index;
pub mod paths;
pub mod phrases;
pub mod subject;
pub mod work_type;

use std::collections::BTreeMap;

pub use crate::data::work_type::WorkType;
pub use attributes::Attributes;
pub use paths::Paths;

pub use crate::data::rules::FileKind;

use crate::data::areas::Areas;
use crate::data::identity_key::Hash;
use crate::data::rules::Rules;
use areas::{AreaRules, Sign};
use attributes::Said;
use kinds::{KindReason, Kinds};
use paths::PathFacts;
use work_type::{TypeReason, Types};

/// The three rule sets, ready to be asked.
#[derive(Clone, Debug)]
pub struct WorkRules {
    kinds: Kinds,
    types: Types,
    areas: AreaRules,
}

impl WorkRules {
    /// The shipped rules with what the publication adds; `areas` holds the shipped ones already.
    #[must_use]
    pub fn new(rules: &Rules, areas: &Areas) -> Self {
        Self { kinds: Kinds::new(&rules.kinds), types: Types::shipped(), areas: AreaRules::new(areas) }
    }

    /// The digest of each rule set, by its name.
    #[must_use]
    pub fn digests(&self) -> BTreeMap<String, Hash> {
        BTreeMap::from([
            ("areas".to_owned(), self.areas.digest()),
            ("kinds".to_owned(), self.kinds.digest()),
            ("work-types".to_owned(), self.types.digest()),
        ])
    }

    /// The digest of the rules that [`WorkRules::says_generated`] goes by.
    #[must_use]
    pub fn headers_digest(&self) -> Hash {
        self.kinds.headers_digest()
    }

    /// What a file is. `says_generated` is what [`WorkRules::says_generated`] said about its beginning.
    #[must_use]
    pub fn kind(&self, path: &[u8], attributes: &Attributes, says_generated: bool) -> FileKind {
        self.kinds.decide(path, attributes, says_generated).0
    }

    /// The same, with the rule that decided.
    #[must_use]
    pub fn explain_kind(
        &self,
        path: &[u8],
        attributes: &Attributes,
        says_generated: bool,
    ) -> (FileKind, KindReason<'_>) {
        self.kinds.decide(path, attributes, says_generated)
    }

    /// The patterns of kinds that a path matches: a function of the path alone, as [`WorkRules::areas_of_path`] is.
    #[must_use]
    pub fn patterns_of_path(&self, path: &[u8]) -> Vec<usize> {
        self.kinds.patterns(path)
    }

    /// What a file is, from what is remembered of its path.
    #[must_use]
    pub fn kind_from(&self, facts: &PathFacts, said: Said, says_generated: bool) -> FileKind {
        self.kinds.decide_by(&facts.patterns, said, says_generated).0
    }

    /// Whether the first bytes of a file say that a program wrote it; 4 KiB are enough.
    #[must_use]
    pub fn says_generated(&self, head: &[u8]) -> bool {
        self.kinds.says_generated(head)
    }

    /// The type of a commit, by its message and the kinds of the files that it changed.
    #[must_use]
    pub fn work_type(&self, message: &[u8], kinds: &[FileKind]) -> WorkType {
        self.types.decide(message, kinds).0
    }

    /// The same, with the evidence.
    #[must_use]
    pub fn explain_work_type(&self, message: &[u8], kinds: &[FileKind]) -> (WorkType, TypeReason) {
        self.types.decide(message, kinds)
    }

    /// The areas of a commit, as indices in order. `paths` are those of files that are neither generated nor vendored.
    #[must_use]
    pub fn areas(&self, message: &[u8], paths: &[&[u8]]) -> Vec<u16> {
        let of_paths: Vec<Vec<u16>> = paths.iter().map(|path| self.areas_of_path(path)).collect();
        self.areas_from(message, &of_paths)
    }

    /// The areas that one path shows, as indices in order: a function of the path alone, worth remembering.
    #[must_use]
    pub fn areas_of_path(&self, path: &[u8]) -> Vec<u16> {
        self.areas.of_path(path)
    }

    /// The areas of a commit from what [`WorkRules::areas_of_path`] said about each path.
    #[must_use]
    pub fn areas_from<P: AsRef<[u16]>>(&self, message: &[u8], of_paths: &[P]) -> Vec<u16> {
        self.areas.decide(message, of_paths)
    }

    /// The same with a sign of each area.
    #[must_use]
    pub fn explain_areas(&self, message: &[u8], paths: &[&[u8]]) -> Vec<(u16, Sign)> {
        self.areas.explain(message, paths)
    }

    /// The slug of an area, by its index.
    #[must_use]
    pub fn area_slug(&self, area: u16) -> &str {
        self.areas.slug(area)
    }
}

#[cfg(test)]
mod tests;
