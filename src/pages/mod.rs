//! From an editor's markdown, figures and a theme to finished pages. Knows no git, no history and no clock.

pub mod about;
pub mod absolute;
pub mod address;
pub mod biography;
pub mod card;
pub mod category;
pub mod cell;
pub mod chart;
pub mod check;
pub mod citation;
pub mod compose;
pub mod content;
pub mod course;
pub mod desk;
mod diagnosis;
pub mod downloads;
pub mod edition;
pub mod exhibit;
pub mod expression;
pub mod feeds;
pub mod filters;
pub mod front_matter;
pub mod ground;
pub mod headings;
pub mod index;
pub mod linked_data;
pub mod mail;
pub mod manuscript;
pub mod markdown;
pub mod markup;
pub mod memory;
pub mod neighbour;
pub mod notes;
pub mod page;
pub mod past;
pub mod picture;
pub mod pieces;
pub mod predictions;
pub mod press;
pub mod proof;
pub mod quantity;
pub mod quiet;
pub mod references;
pub mod rendered;
pub mod repository;
pub mod safe;
pub mod said;
pub mod scanner;
pub mod seals;
pub mod sections;
pub mod shift;
pub mod shipped;
pub mod signposts;
pub mod snapshot;
pub mod sources;
pub mod stock;
pub mod subject;
mod tags;
pub mod theme;
pub mod timings;
pub mod twin;
pub mod wording;
pub mod world;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod lives;
#[cfg(test)]
mod tests;

pub use compose::{Options, Site, compose, compose_again};
pub use memory::Memory;
