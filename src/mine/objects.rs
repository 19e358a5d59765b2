//! Reads the trees and blobs of one worker: neighbouring commits share most of them, so that they are kept a while.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use gix::ObjectId;
use gix::objs::Kind;

use super::Unreadable;
use super::packs::{Bases, Packs, Place, Tools};
use super::store::{Missing, Store};

/// Bytes of trees that are kept, and bytes of blobs.
const TREES: usize = 32 * 1024 * 1024;
const BLOBS: usize = 96 * 1024 * 1024;

/// The objects of a repository, for one thread at a time.
pub struct Objects {
    store: Store,
    packs: Packs,
    tools: RefCell<Tools>,
    object_hash: gix::hash::Kind,
    trees: RefCell<Kept>,
    blobs: RefCell<Kept>,
    buffer: RefCell<Vec<u8>>,
}

impl Objects {
    /// Opens the repository anew: a handle serves one thread at a time.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let store = Store::open(path)?;
        let object_hash = store.object_hash();
        let (packs, tools) = (Packs::open(path, object_hash), RefCell::default());
        let (trees, blobs) = (RefCell::new(Kept::new(TREES)), RefCell::new(Kept::new(BLOBS)));
        Ok(Self { store, packs, tools, object_hash, trees, blobs, buffer: RefCell::default() })
    }

    /// The bytes of a commit.
    pub fn commit(&self, id: ObjectId) -> Result<Vec<u8>, Missing> {
        let mut bytes = Vec::new();
        self.store.expect(id, Kind::Commit, &mut bytes).map(|()| bytes)
    }

    /// The bytes of a file; none when they are too many to be text.
    pub fn blob(&self, id: ObjectId) -> Result<Option<Arc<[u8]>>, Missing> {
        match self.bytes(id, Kind::Blob, &self.blobs) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(_) if self.store.is_too_large(id) => Ok(None),
            Err(missing) => Err(missing),
        }
    }

    /// The bytes of a tree.
    pub fn tree(&self, id: ObjectId) -> Result<Arc<[u8]>, Missing> {
        if id == ObjectId::empty_tree(self.object_hash) {
            return Ok(Arc::from([]));
        }
        self.bytes(id, Kind::Tree, &self.trees)
    }

    fn bytes(&self, id: ObjectId, kind: Kind, kept: &RefCell<Kept>) -> Result<Arc<[u8]>, Missing> {
        let place = self.packs.place(id);
        let key = place.map_or(Key::Elsewhere(id), Key::Packed);
        let mut kept = kept.borrow_mut();
        if let Some(bytes) = kept.get(key) {
            return Ok(bytes);
        }
        if let Some(bytes) =
            place.and_then(|place| self.packs.read(place, kind, &mut self.tools.borrow_mut(), &mut *kept))
        {
            return Ok(bytes);
        }
        let mut buffer = self.buffer.borrow_mut();
        self.store.expect(id, kind, &mut buffer)?;
        let bytes: Arc<[u8]> = Arc::from(&buffer[..]);
        kept.put(key, &bytes);
        Ok(bytes)
    }

    /// Whether something that was missing can be read by now.
    #[must_use]
    pub fn has_come(&self, missing: Missing) -> bool {
        self.store.has_come(missing)
    }

    /// The hash function of the ids.
    #[must_use]
    pub fn object_hash(&self) -> gix::hash::Kind {
        self.object_hash
    }
}

/// An object by where it lies, so that those are known too of which others are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Packed(Place),
    Elsewhere(ObjectId),
}

impl Bases for Kept {
    fn get(&mut self, place: Place) -> Option<Arc<[u8]>> {
        self.get(Key::Packed(place))
    }

    fn put(&mut self, place: Place, bytes: &Arc<[u8]>) {
        self.put(Key::Packed(place), bytes);
    }
}

/// What was used lately, in two generations: when the younger one is full, the older one is forgotten.
struct Kept {
    young: HashMap<Key, Arc<[u8]>>,
    old: HashMap<Key, Arc<[u8]>>,
    bytes: usize,
    limit: usize,
}

impl Kept {
    fn new(limit: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), bytes: 0, limit: limit / 2 }
    }

    fn get(&mut self, key: Key) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.young.get(&key) {
            return Some(Arc::clone(bytes));
        }
        let bytes = self.old.remove(&key)?;
        self.put(key, &bytes);
        Some(bytes)
    }

    fn put(&mut self, key: Key, bytes: &Arc<[u8]>) {
        // What fills the store by itself would drive out everything else.
        if bytes.len() > self.limit / 4 {
            return;
        }
        if self.bytes + bytes.len() > self.limit {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += bytes.len();
        self.young.insert(key, Arc::clone(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let mut kept = Kept::new(80);
        let id = |byte: u8| Key::Elsewhere(ObjectId::from_bytes_or_panic(&[byte; 20]));
        let bytes: Arc<[u8]> = Arc::from([0; 10]);
        for byte in 0..20 {
            kept.put(id(byte), &bytes);
            assert!(kept.get(id(0)).is_some(), "{byte}");
        }
        assert!(kept.get(id(1)).is_none());
        kept.put(id(99), &Arc::from([0; 41]));
        assert!(kept.get(id(99)).is_none());
        assert!(kept.young.len() + kept.old.len() <= 8);
    }
}
