//! The files of a publication: what an editor writes by hand, and what the miner writes.
//!
//! Everything right of the miner starts from these types. `docs/formats.md` describes the files.

pub mod amend;
pub mod areas;
pub mod cache;
pub mod cell;
pub mod claim;
pub mod copies;
pub mod document;
pub mod history;
pub mod identity_key;
pub mod mailing;
pub mod mined;
pub mod organisations;
pub mod origin;
pub mod path_pattern;
pub mod people;
pub mod phrase;
pub mod profiles;
pub mod publication;
pub mod quick;
pub mod registry;
pub mod rules;
mod schema;
pub mod settings;
pub mod snapshot;
pub mod sources;
pub mod work_type;
