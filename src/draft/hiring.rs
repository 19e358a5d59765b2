//! What the figures mean to somebody who hires.

use std::fmt::Write as _;

use super::facts::Facts;
use super::wording::{question, with_change};
use crate::metrics::Scope;

/// A line on each profile; nothing where the publication looks for none.
pub fn section(facts: &Facts<'_>) -> Option<String> {
    let profiles = &facts.publication.profiles.value.profiles;
    let scopes = profiles.iter().map(|profile| Scope::Profile(profile.slug.value.clone()));
    let scopes: Vec<Scope> = scopes.filter(|scope| facts.is_known(scope, "contributors")).collect();
    if scopes.is_empty() {
        return None;
    }
    let mut text = "## What this means if you are hiring {#hiring}\n\n".to_owned();
    for scope in &scopes {
        let people = with_change(facts, scope, "contributors", "people");
        let _ = writeln!(text, "- **{}**: {people}.", facts.title(scope));
    }
    text += "\n";
    text += &question(
        "Which of these are hard to find, and what are they paid? A pay band needs a source in data/sources.yaml, \
         and `waive: source:ID` in a comment beside it.",
    );
    Some(text)
}
