//! What an edition said when it was published, kept in a file beside it: the lock.
//!
//! The lock holds every figure that the edition printed, as it was printed, digests of its words and of what the figures
//! were made from, and its predictions. This folder knows the file and what a prediction may not become. What an edition
//! prints now, and how that compares, is for `pages` to say, where texts are evaluated.

mod decoding;
mod encoding;
pub mod inputs;
pub mod lock;
pub mod statement;

pub use decoding::{Sealed, decode, read};
pub use encoding::text;
pub use inputs::Inputs;
pub use lock::{Beside, Drawn, Figure, Lock, file};
pub use statement::Statement;
