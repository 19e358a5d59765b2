//! Which files two trees tell apart.

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::ControlFlow;

use gix::ObjectId;
use gix::bstr::BStr;
use gix::diff::tree::{State, Visit, visit};
use gix::objs::tree::EntryMode;
use gix::objs::{Data, Find, Kind, TreeRefIter};

use super::objects::Objects;
use super::store::Missing;

/// What an entry of a tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// A file, whether or not it can be run.
    File,
    /// A symbolic link.
    Link,
    /// A submodule.
    Submodule,
}

/// An entry of a tree that isn't a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The object.
    pub id: ObjectId,
    /// What it is.
    pub sort: Sort,
}

impl Entry {
    fn new(mode: EntryMode, id: ObjectId) -> Option<Self> {
        let sort = match () {
            () if mode.is_tree() => return None,
            () if mode.is_link() => Sort::Link,
            () if mode.is_commit() => Sort::Submodule,
            () => Sort::File,
        };
        Some(Self { id, sort })
    }
}

/// A path at which two trees differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path.
    pub path: Vec<u8>,
    /// What was there.
    pub old: Option<Entry>,
    /// What is there.
    pub new: Option<Entry>,
}

/// Compares trees, one pair after the other.
#[derive(Default)]
pub struct Comparison {
    state: State,
}

impl Comparison {
    /// The paths at which two trees differ, in the order of their bytes; no tree is one without files. More of them
    /// than are read count as missing.
    pub fn differences(
        &mut self,
        objects: &Objects,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
    ) -> Result<Vec<Difference>, Missing> {
        if old == new {
            return Ok(Vec::new());
        }
        let bytes = |tree: Option<ObjectId>| tree.map(|id| objects.tree(id)).transpose();
        let (old, new) = (bytes(old)?, bytes(new)?);
        let entries = |bytes| TreeRefIter::from_bytes(bytes, objects.object_hash());
        let (old, new) = (entries(old.as_deref().unwrap_or_default()), entries(new.as_deref().unwrap_or_default()));
        let mut collector = Collector::default();
        let trees = Trees { objects, missing: Cell::new(Missing::Broken) };
        let compared = gix::diff::tree(old, new, &mut self.state, &trees, &mut collector);
        compared.map_err(|_| trees.missing.get())?;
        collector.found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(collector.found)
    }
}

/// The trees as the library asks for them. It doesn't say which one it lacked.
struct Trees<'a> {
    objects: &'a Objects,
    missing: Cell<Missing>,
}

impl Find for Trees<'_> {
    fn try_find<'a>(&self, id: &gix::oid, buffer: &'a mut Vec<u8>) -> gix::error::Result<Option<Data<'a>>> {
        match self.objects.tree(id.to_owned()) {
            Ok(bytes) => {
                buffer.clear();
                buffer.extend_from_slice(&bytes);
                Ok(Some(Data { kind: Kind::Tree, object_hash: self.objects.object_hash(), data: buffer }))
            }
            Err(missing) => {
                self.missing.set(missing);
                Ok(None)
            }
        }
    }
}

/// A commit with more entries, of trees and of files, or with more bytes in its paths is not read: of a few small trees,
/// each holding one of the others many times, a stranger can make one of any size.
const MOST_ENTRIES: usize = 2_000_000;
const MOST_BYTES: usize = 1 << 30;

/// Follows the path of a comparison and notes what isn't a tree.
#[derive(Default)]
struct Collector {
    path: Vec<u8>,
    ahead: VecDeque<Vec<u8>>,
    found: Vec<Difference>,
    entries: usize,
    bytes: usize,
}

impl Collector {
    fn note(&mut self, old: Option<Entry>, new: Option<Entry>) {
        if old.is_some() || new.is_some() {
            self.found.push(Difference { path: self.path.clone(), old, new });
        }
    }
}

impl Visit for Collector {
    fn pop_front_tracked_path_and_set_current(&mut self) {
        self.path = self.ahead.pop_front().expect("every folder was put down before");
    }

    fn push_back_tracked_path_component(&mut self, component: &BStr) {
        self.push_path_component(component);
        self.ahead.push_back(self.path.clone());
    }

    fn push_path_component(&mut self, component: &BStr) {
        if component.is_empty() {
            return;
        }
        if !self.path.is_empty() {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(component);
    }

    fn pop_path_component(&mut self) {
        let end = self.path.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
        self.path.truncate(end);
    }

    fn visit(&mut self, change: visit::Change) -> visit::Action {
        self.entries += 1;
        self.bytes += self.path.len();
        if self.entries > MOST_ENTRIES || self.bytes > MOST_BYTES {
            return ControlFlow::Break(());
        }
        match change {
            visit::Change::Addition { entry_mode, oid, .. } => self.note(None, Entry::new(entry_mode, oid)),
            visit::Change::Deletion { entry_mode, oid, .. } => self.note(Entry::new(entry_mode, oid), None),
            visit::Change::Modification { previous_entry_mode, previous_oid, entry_mode, oid } => {
                self.note(Entry::new(previous_entry_mode, previous_oid), Entry::new(entry_mode, oid));
            }
        }
        ControlFlow::Continue(())
    }
}
