//! Predictions on pages: tests evaluated, the ledger, and the grades that an edition opens with.

mod bench;
mod card;
mod course;
pub mod ledger;
pub mod page;
mod review;
mod shelf;
mod trial;

#[cfg(test)]
mod tests;

pub use card::Verdict;
pub use ledger::{Grades, Ledger};
pub use review::{Review, reviews};
