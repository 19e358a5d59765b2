//! `data/sources.yaml`: where numbers come from that the figures don't hold, such as pay bands.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use super::registry::is_safe;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Kind, Result};

/// The file's name.
pub const FILE: &str = "data/sources.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// In any order.
    pub sources: Vec<Source>,
}

/// Something that can be cited.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What stands for it in `<!-- waive: source:ID -->`.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Who published what, so that a reader finds it.
    pub citation: String,
    /// Where it is.
    #[serde(default)]
    pub url: Option<String>,
    /// When it was looked at.
    pub date: Day,
    /// The first day on which it is too old to be cited.
    #[schemars(with = "Day")]
    pub expires: Spanned<Day>,
}

/// Checks what the types can't say: safe and unique ids, and an expiry after the date.
pub fn validate(document: &Document<Sources>) -> Result<()> {
    let mut faults = Collector::default();
    let mut ids = BTreeSet::new();
    for Source { id, date, expires, .. } in &document.value.sources {
        let name = &id.value;
        if !is_safe(name) {
            let hint = "use letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
            faults.push(document.fault(Kind::Syntax, id, format!("`{name}` can't be an id")).hint(hint));
        }
        if !ids.insert(name) {
            let fault = document.fault(Kind::Data, id, format!("the source `{name}` stands twice"));
            faults.push(fault.hint("give one of them another id"));
        }
        if expires.value <= *date {
            let fault = document.fault(Kind::Data, expires, format!("`{name}` expires before it was looked at"));
            faults.push(fault.hint("set `expires` to the first day on which it is too old"));
        }
    }
    faults.finish(())
}

impl Sources {
    /// The source of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id.value == id)
    }
}
