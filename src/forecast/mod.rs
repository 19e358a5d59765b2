//! Predictions as data: what was stated, how it is judged, and how good the statements have been.
//!
//! It knows the file and the rules of grading. What a test comes to is for `pages` to say, where expressions are
//! evaluated; here two known sides become a state, and states become a score.

pub mod pace;
pub mod prediction;
pub mod score;
pub mod sheet;
pub mod sign;
pub mod state;

pub use pace::Pace;
pub use prediction::{Clause, Judged, Prediction, Test, Verdict};
pub use score::{Score, Scored};
pub use sheet::Sheet;
pub use sign::{Known, Sign, comparisons};
pub use state::State;
