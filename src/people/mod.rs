//! Who is whom: author lines to people, and people to organisations.

use crate::data::history::Actor;
use crate::data::identity_key::Hash;

/// A resolved identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The smallest key of an address among its lines; it breaks ties and means nothing else.
    pub key: Hash,
    /// What it is.
    pub actor: Actor,
}

/// All identities of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The identities.
    pub persons: Vec<Person>,
    /// For each history and each of its author lines, the index of the person.
    pub of_line: Vec<Vec<u32>>,
}
