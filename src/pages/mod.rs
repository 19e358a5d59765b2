//! From an editor's markdown, figures and a theme to finished pages. Knows no git, no history and no clock.

pub mod address;
pub mod cell;
pub mod chart;
pub mod check;
pub mod compose;
pub mod content;
pub mod desk;
mod diagnosis;
pub mod edition;
pub mod expression;
pub mod filters;
pub mod front_matter;
pub mod ground;
pub mod headings;
pub mod manuscript;
pub mod markdown;
pub mod markup;
pub mod notes;
pub mod order;
pub mod page;
pub mod past;
pub mod predictions;
pub mod press;
pub mod quantity;
pub mod references;
pub mod safe;
pub mod scanner;
pub mod shipped;
pub mod snapshot;
pub mod sources;
pub mod subject;
pub mod theme;
pub mod wording;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use compose::{Options, Site, compose};
