//! Where commits come from: mirrors that the system's git clones and fetches, or local ones used as they stand.
//!
//! The only stage that starts processes, touches a network or reads a clock.

pub mod clock;
pub mod filter;
pub mod git;
pub mod lock;
pub mod mirror;
pub mod secret;

pub use mirror::{Mirror, Trouble};
