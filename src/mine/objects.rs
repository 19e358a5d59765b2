//! Reads trees and blobs: neighbouring commits share most of them, so that they are kept a while, for all threads that
//! read a repository together.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use gix::ObjectId;
use gix::objs::Kind;

use super::Unreadable;
use super::packs::{Bases, Packs, Place, Tools};
use super::store::{Missing, Store};

/// Bytes of trees that are kept, and bytes of blobs.
const TREES: usize = 32 * 1024 * 1024;
const BLOBS: usize = 128 * 1024 * 1024;

/// When so many places are known, they are forgotten.
const PLACES: usize = 50_000;

/// What the threads share that read a repository: its packs, and what was read of them lately.
pub struct Shared {
    packs: Packs,
    trees: Shelf,
    blobs: Shelf,
}

impl Shared {
    /// Opens the packs of a repository with ids of a format.
    #[must_use]
    pub fn open(path: &Path, format: gix::hash::Kind) -> Self {
        Self { packs: Packs::open(path, format), trees: Shelf::new(TREES), blobs: Shelf::new(BLOBS) }
    }
}

/// The objects of a repository, for one thread at a time.
pub struct Objects {
    store: Store,
    shared: Arc<Shared>,
    tools: RefCell<Tools>,
    /// Where objects lie that were asked for: most are asked for twice, as what is new and as what was there.
    places: RefCell<gix::hashtable::HashMap<ObjectId, Place>>,
    object_hash: gix::hash::Kind,
    buffer: RefCell<Vec<u8>>,
    /// The last commit that was read: often a parent, and the one that is asked for next.
    commit: RefCell<Option<(ObjectId, Vec<u8>)>>,
}

impl Objects {
    /// Opens the repository anew: a handle serves one thread at a time. The first one opens what they share.
    pub fn open(path: &Path, shared: &OnceLock<Arc<Shared>>) -> Result<Self, Unreadable> {
        let store = Store::open(path)?;
        let object_hash = store.object_hash();
        let shared = Arc::clone(shared.get_or_init(|| Arc::new(Shared::open(path, object_hash))));
        let (tools, places) = (RefCell::default(), RefCell::default());
        let (buffer, commit) = (RefCell::default(), RefCell::default());
        Ok(Self { store, shared, tools, places, object_hash, buffer, commit })
    }

    /// The bytes of a commit.
    pub fn commit(&self, id: ObjectId) -> Result<Vec<u8>, Missing> {
        let mut last = self.commit.borrow_mut();
        if let Some((_, bytes)) = last.as_ref().filter(|(last, _)| *last == id) {
            return Ok(bytes.clone());
        }
        let mut bytes = Vec::new();
        self.store.expect(id, Kind::Commit, &mut bytes)?;
        *last = Some((id, bytes.clone()));
        Ok(bytes)
    }

    /// The bytes of a file; none when they are too many to be text.
    pub fn blob(&self, id: ObjectId) -> Result<Option<Arc<Vec<u8>>>, Missing> {
        match self.bytes(id, Kind::Blob, &self.shared.blobs) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(_) if self.store.is_too_large(id) => Ok(None),
            Err(missing) => Err(missing),
        }
    }

    /// The bytes of a tree.
    pub fn tree(&self, id: ObjectId) -> Result<Arc<Vec<u8>>, Missing> {
        if id == ObjectId::empty_tree(self.object_hash) {
            return Ok(Arc::default());
        }
        self.bytes(id, Kind::Tree, &self.shared.trees)
    }

    fn bytes(&self, id: ObjectId, kind: Kind, kept: &Shelf) -> Result<Arc<Vec<u8>>, Missing> {
        let place = self.place(id);
        let key = place.map_or(Key::Elsewhere(id), Key::Packed);
        if let Some(bytes) = kept.get(key) {
            return Ok(bytes);
        }
        let read = |place| self.shared.packs.read(place, kind, &mut self.tools.borrow_mut(), kept);
        if let Some(bytes) = place.and_then(read) {
            return Ok(bytes);
        }
        let mut buffer = self.buffer.borrow_mut();
        self.store.expect(id, kind, &mut buffer)?;
        let bytes = Arc::new(buffer.clone());
        kept.put(key, &bytes);
        Ok(bytes)
    }

    fn place(&self, id: ObjectId) -> Option<Place> {
        let mut places = self.places.borrow_mut();
        if let Some(&place) = places.get(&id) {
            return Some(place);
        }
        let place = self.shared.packs.place(id)?;
        if places.len() >= PLACES {
            places.clear();
        }
        places.insert(id, place);
        Some(place)
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

/// Keeps objects for several threads.
struct Shelf(Mutex<Kept>);

impl Shelf {
    fn new(limit: usize) -> Self {
        Self(Mutex::new(Kept::new(limit)))
    }

    fn get(&self, key: Key) -> Option<Arc<Vec<u8>>> {
        self.kept().get(key)
    }

    fn put(&self, key: Key, bytes: &Arc<Vec<u8>>) {
        let forgotten = self.kept().put(key, bytes);
        // It is much, and nobody has to wait until it is given back.
        drop(forgotten);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A help and never a judge: whatever a panic left in it is whole objects.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bases for Shelf {
    fn get(&self, place: Place) -> Option<Arc<Vec<u8>>> {
        self.get(Key::Packed(place))
    }

    fn put(&self, place: Place, bytes: &Arc<Vec<u8>>) {
        self.put(Key::Packed(place), bytes);
    }
}

type Generation = HashMap<Key, Arc<Vec<u8>>>;

/// What was used lately, in two generations: when the younger one is full, the older one is forgotten.
struct Kept {
    young: Generation,
    old: Generation,
    bytes: usize,
    limit: usize,
}

impl Kept {
    fn new(limit: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), bytes: 0, limit: limit / 2 }
    }

    fn get(&mut self, key: Key) -> Option<Arc<Vec<u8>>> {
        if let Some(bytes) = self.young.get(&key) {
            return Some(Arc::clone(bytes));
        }
        let bytes = self.old.remove(&key)?;
        self.put(key, &bytes);
        Some(bytes)
    }

    /// Gives what it forgets.
    fn put(&mut self, key: Key, bytes: &Arc<Vec<u8>>) -> Generation {
        // What fills the store by itself would drive out everything else.
        if bytes.len() > self.limit / 4 {
            return Generation::new();
        }
        let mut forgotten = Generation::new();
        if self.bytes + bytes.len() > self.limit {
            forgotten = std::mem::replace(&mut self.old, std::mem::take(&mut self.young));
            self.bytes = 0;
        }
        self.bytes += bytes.len();
        self.young.insert(key, Arc::clone(bytes));
        forgotten
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let mut kept = Kept::new(80);
        let id = |byte: u8| Key::Elsewhere(ObjectId::from_bytes_or_panic(&[byte; 20]));
        let bytes = Arc::new(vec![0; 10]);
        for byte in 0..20 {
            kept.put(id(byte), &bytes);
            assert!(kept.get(id(0)).is_some(), "{byte}");
        }
        assert!(kept.get(id(1)).is_none());
        kept.put(id(99), &Arc::new(vec![0; 41]));
        assert!(kept.get(id(99)).is_none());
        assert!(kept.young.len() + kept.old.len() <= 8);
    }
}
