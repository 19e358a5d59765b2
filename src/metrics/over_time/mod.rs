//! How figures stand against their own past, and which of it is worth a story.
//!
//! Everything here works on finished figures: a `Point` is a figure with its place in time, a `Chronicle` has those of
//! all scopes. `streak`, `record` and `rank` are exact; `movers` asks how unusual a change is for its subject, and
//! `detectors` look for patterns that have a name, and say how often these meant anything before.

mod backtest;
mod chronicle;
pub mod detectors;
pub mod movers;
mod point;
mod rank;
mod record;
mod robust;
mod rows;
mod story;
mod streak;
mod wholes;
mod wording;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use backtest::{Outcome, Tally, Tested};
pub use chronicle::Chronicle;
pub use point::Point;
pub use rank::{Rank, rank};
pub use record::{Record, record};
pub use rows::rows;
pub use story::Story;
pub use streak::streak;
pub use wholes::{Wholes, wholes};
pub use wording::Titles;

/// The kinds of scopes that have a past of their own.
pub const KINDS: [&str; 6] = ["corpus", "group", "category", "vendor", "org", "repo"];
