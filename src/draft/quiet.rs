//! The categories of which no unusual thing is to be told.

use std::fmt::Write as _;

use super::facts::{Facts, scope_of};
use super::wording::{bound, with_change};
use crate::data::registry::Category;

/// A line on each; nothing where there is none.
pub fn section(facts: &Facts<'_>, quiet: &[&Category]) -> Option<String> {
    if quiet.is_empty() {
        return None;
    }
    let mut text = "## Quiet corners {#quiet-corners .quiet}\n\n".to_owned();
    for category in quiet {
        let scope = scope_of(category);
        let (people, commits) = (with_change(facts, &scope, "contributors", "people"), bound(facts, &scope, "commits"));
        let _ = writeln!(text, "- **{}** had {people} and {commits} commits.", facts.title(&scope));
    }
    Some(text)
}
