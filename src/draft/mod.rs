//! The first draft of an edition: what the figures say, in bound sentences, and what only an editor can say, as questions.
//!
//! Nothing here is a claim of its own: each number is an expression, each direction is the sign of a change, and each
//! reason is asked for in a comment `<!-- question: … -->`. An edition with a question in it can't be sealed.

mod facts;
mod hiring;
mod moving;
mod opening;
mod quiet;
mod section;
mod wording;

pub use facts::Facts;

/// The whole text of the edition, front matter included.
#[must_use]
pub fn edition(facts: &Facts<'_>) -> String {
    let (told, quiet) = section::told_and_quiet(facts);
    let sections = told.iter().map(|category| section::section(facts, category));
    let closing = [quiet::section(facts, &quiet), moving::section(facts), hiring::section(facts)];
    let parts = std::iter::once(opening::opening(facts)).chain(sections).chain(closing.into_iter().flatten());
    let parts: Vec<String> = parts.chain([opening::predictions(facts), opening::reading(facts)]).collect();
    parts.join("\n")
}
