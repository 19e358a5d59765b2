//! Keyed hashes: the only form in which an address, a name or a login reaches a file.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

/// The publication's own key. With it anyone who has the repositories can recompute every hash.
#[derive(Clone)]
pub struct IdentityKey([u8; 32]);

/// A keyed hash of 64 bits, written as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub u64);

/// What is hashed; equal texts of different sorts get different hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// An e-mail address.
    Address,
    /// A display name.
    Name,
    /// A login on a forge.
    Login,
    /// An account number on a forge.
    Account,
    /// A domain that isn't shown in clear.
    Domain,
}

impl IdentityKey {
    /// A key from whatever secret the publication has.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self(blake3::derive_key("signal 2026 identity key", secret.trim().as_bytes()))
    }

    /// The hash of a text, compared after NFKC, case folding and collapsed blanks.
    #[must_use]
    pub fn hash(&self, sort: Sort, text: &str) -> Hash {
        let sort: &[u8] = match sort {
            Sort::Address => b"address\0",
            Sort::Name => b"name\0",
            Sort::Login => b"login\0",
            Sort::Account => b"account\0",
            Sort::Domain => b"domain\0",
        };
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(sort).update(fold(text).as_bytes());
        Hash(first_word(&hasher.finalize()))
    }

    /// What tells this key from another without giving it away.
    #[must_use]
    pub fn id(&self) -> Hash {
        Hash(first_word(&blake3::keyed_hash(&self.0, b"which key")))
    }
}

impl fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityKey({})", self.id())
    }
}

fn first_word(hash: &blake3::Hash) -> u64 {
    u64::from_be_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

/// A digest of a rule set or of a file, as it stands in mined files.
#[must_use]
pub fn digest(bytes: &[u8]) -> Hash {
    shortened(&blake3::hash(bytes))
}

/// The same, of what was hashed already.
#[must_use]
pub fn shortened(hash: &blake3::Hash) -> Hash {
    Hash(first_word(hash))
}

/// NFKC, case folded, blanks collapsed and trimmed: the form in which names and addresses are compared.
#[must_use]
pub fn fold(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    let folded = unicase::UniCase::unicode(composed).to_folded_case();
    let composed: String = folded.nfkc().collect();
    words(&composed).collect::<Vec<_>>().join(" ")
}

/// The words of a name, split at blanks; control characters count as blanks, invisible marks as nothing.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty())
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for Hash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shaped = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match u64::from_str_radix(text, 16) {
            Ok(value) if shaped => Ok(Self(value)),
            _ => Err(format!("`{text}` is not a key of 16 hexadecimal digits")),
        }
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        serializer.serialize_bytes(&self.0.to_le_bytes())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return crate::plain::text::deserialize(deserializer);
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// The eight bytes of a hash.
struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Hash;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("eight bytes")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Hash, E> {
        let bytes = bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))?;
        Ok(Hash(u64::from_le_bytes(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_after_folding_means_equal_hash() {
        let key = IdentityKey::new("a key");
        let name = |text| key.hash(Sort::Name, text);
        assert_eq!(name("Ada  Lovelace "), name("ADA LOVELACE"));
        assert_eq!(name("Ａｄａ Lovelace"), name("ada lovelace"));
        assert_eq!(name("Straße"), name("STRASSE"));
        assert_ne!(name("Ada Lovelace"), name("AdaLovelace"));
        assert_ne!(name("ada"), key.hash(Sort::Login, "ada"));
        assert_ne!(name("ada"), IdentityKey::new("another").hash(Sort::Name, "ada"));
    }

    #[test]
    fn all_digit_hashes_survive_yaml() {
        let text = serde_yaml::to_string(&Hash(0x1234_5678_9012_3456)).unwrap();
        assert_eq!(serde_yaml::from_str::<Hash>(&text).unwrap(), Hash(0x1234_5678_9012_3456));
        let text = serde_yaml::to_string(&Hash(0x0000_0000_0001_2e10)).unwrap();
        assert_eq!(serde_yaml::from_str::<Hash>(&text).unwrap(), Hash(0x12e10));
    }
}
