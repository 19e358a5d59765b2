//! Where commits come from: mirrors that the system's git clones and fetches, or local ones used as they stand.
//!
//! The only stage that starts processes, touches a network or reads a clock.

pub mod address;
pub mod attributes;
pub mod clock;
pub mod disk;
pub mod filter;
pub mod git;
pub mod health;
pub mod ignored;
pub mod leftovers;
pub mod lock;
pub mod mirror;
pub mod secret;
pub mod trust;

pub use mirror::{Mirror, Trouble};
