//! Who is whom: author lines to people, and people to organisations.
//!
//! [`resolve`] runs the rules of evidence from the strongest to the weakest, each to completion before the next, on the
//! groups that the former left. A rule is a list of [clues](clue): lines that share a key are one person, unless a
//! [veto](veto) speaks against it. Nothing here depends on the order of files or rows, or on what the keys are.

mod account;
pub mod affiliation;
pub mod candidates;
mod clue;
mod component;
pub mod directory;
pub mod domains;
mod editor;
pub mod evidence;
mod groups;
#[cfg(test)]
mod laws;
mod lines;
mod path;
pub mod refusal;
mod resolve;
pub mod roster;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
mod veto;

pub use affiliation::{Affiliation, Affiliations};
pub use candidates::{Candidate, Reason, candidates};
pub use directory::Directory;
pub use domains::{Unclaimed, unclaimed};
pub use evidence::{Evidence, Joint, Site, Step};
pub use refusal::{Refusal, Rule, Why};
pub use resolve::{Resolution, check, explain, resolve};
pub use roster::{Person, Roster};
