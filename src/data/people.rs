//! `data/people.yaml`: what an editor decided about who is whom. Holds keys, never names or addresses.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::document::Spanned;
use super::identity_key::Hash;

/// The file's name.
pub const FILE: &str = "data/people.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Groups of lines that are one person.
    #[serde(default)]
    pub merges: Vec<Spanned<Vec<LineKey>>>,
    /// Groups of lines of which no two are one person.
    #[serde(default)]
    pub never_merge: Vec<Spanned<Vec<LineKey>>>,
    /// Lines of people who opted out.
    #[serde(default)]
    pub withdrawn: Vec<LineKey>,
}

/// An author line, wherever it occurs: an address's key alone, or with the key of a name, `address/name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey {
    /// The address.
    pub address: Hash,
    /// The name, when the address alone isn't enough.
    pub name: Option<Hash>,
}

impl FromStr for LineKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            None => Ok(Self { address: text.parse()?, name: None }),
            Some((address, name)) => Ok(Self { address: address.parse()?, name: Some(name.parse()?) }),
        }
    }
}

impl<'de> Deserialize<'de> for LineKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::plain::text::deserialize(deserializer)
    }
}
