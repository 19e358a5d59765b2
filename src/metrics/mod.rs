//! From who did what, and when, to every figure of the counting contract.
//!
//! Each repository is first prepared on its own (`part`); a scope is a set of parts, whose rows are merged into one
//! roll of who was active when (`roll`), counted (`tally`), written down with what may be stated (`ledger`), and
//! compared over time (`sheet`). The books are checked before any figure leaves (`books`).

mod area;
pub mod attendance;
mod between;
mod books;
mod calendar;
pub mod catalogue;
mod change;
mod corpus;
pub mod dossier;
mod fewest;
pub mod figure;
mod ledger;
mod listing;
pub mod over_time;
mod part;
mod roll;
mod row;
pub mod scope;
mod sheet;
mod spread;
mod standing;
mod survey;
mod tally;
mod team;
mod trees;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use catalogue::Metric;
pub use corpus::{Corpus, Employers};
pub use figure::{Figure, Measured, Standing};
pub use listing::Counted;
pub use scope::{Scope, Side};
pub use survey::{Survey, measure};
