//! A map of few entries: a sorted list. A tree takes room for eleven entries where there is one, and there are hundreds
//! of thousands of such maps in a publication.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Entries in the order of their keys, each key once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

/// The entries of a [`Sorted`], in order.
pub type Iter<'a, K, V> = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

/// For more entries than any of ours has, no room is made before they come.
const MOST: usize = 256;

impl<K, V> Sorted<K, V> {
    /// Without an entry.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With room for so many entries as a file promises.
    pub(crate) fn with_room(promised: Option<usize>) -> Self {
        Self(Vec::with_capacity(promised.unwrap_or(0).min(MOST)))
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Sorted<K, V> {
    /// The value of a key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// Whether a key is there.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Puts a value in its place, and gives back the one that stood there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Where a key stands, or belongs.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        match self.0.last() {
            // Entries come in order, from files and from the miner.
            Some((last, _)) if last.borrow() >= key => self.0.binary_search_by(|(one, _)| one.borrow().cmp(key)),
            _ => Err(self.0.len()),
        }
    }

    /// Gives back the room for entries that didn't come.
    pub(crate) fn trimmed(mut self) -> Self {
        self.0.shrink_to_fit();
        self
    }
}

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Sorted<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Self {
        let mut sorted = Self::new();
        for (key, value) in entries {
            sorted.insert(key, value);
        }
        sorted.trimmed()
    }
}

impl<K: Ord, V> From<BTreeMap<K, V>> for Sorted<K, V> {
    fn from(tree: BTreeMap<K, V>) -> Self {
        Self(tree.into_iter().collect())
    }
}

impl<'a, K, V> IntoIterator for &'a Sorted<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Sorted<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Sorted<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
            type Value = Sorted<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut sorted = Sorted::with_room(map.size_hint());
                while let Some((key, value)) = map.next_entry()? {
                    if sorted.insert(key, value).is_some() {
                        return Err(de::Error::custom("a key stands twice"));
                    }
                }
                Ok(sorted.trimmed())
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Counts = Sorted<String, u32>;

    fn counts(text: &str) -> Counts {
        text.chars().zip(1..).map(|(key, value)| (key.to_string(), value)).collect()
    }

    #[test]
    fn entries_stand_in_order_however_they_come() {
        let mut sorted = counts("cab");
        assert_eq!(sorted.insert("b".to_owned(), 7), Some(3));
        assert!(sorted.keys().eq(["a", "b", "c"]) && sorted.values().eq(&[2, 7, 1]));
        assert_eq!((sorted.get("b"), sorted.get("bb"), sorted.get("d")), (Some(&7), None, None));
        assert!(sorted.contains_key("a") && sorted.len() == 3 && !sorted.is_empty());
        assert_eq!(
            sorted,
            Sorted::from(BTreeMap::from([("c", 1), ("a", 2), ("b", 7)].map(|(k, v)| (k.to_owned(), v))))
        );
    }

    #[test]
    fn it_is_written_and_read_as_a_mapping() {
        let yaml = serde_yaml::to_string(&counts("ba")).unwrap();
        assert_eq!(yaml, "a: 2\nb: 1\n");
        assert_eq!(serde_yaml::from_str::<Counts>("b: 1\na: 2\n").unwrap(), counts("ba"));
        assert!(serde_yaml::from_str::<Counts>("b: 1\nb: 2\n").is_err());
    }
}
