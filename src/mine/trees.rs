//! Which files two trees tell apart.

use std::cmp::Ordering;
use std::collections::VecDeque;

use gix::ObjectId;
use gix::objs::TreeRefIter;
use gix::objs::tree::{EntryMode, EntryRef, name_order};

use super::line_diff::common;

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

/// A commit with more entries, of trees and of files, or with more bytes in its paths is not read: of a few small trees,
/// each holding one of the others many times, a stranger can make one of any size.
const MOST_ENTRIES: usize = 2_000_000;
const MOST_BYTES: usize = 1 << 30;

/// The paths at which two trees differ, in the order of their bytes; no tree is one without files. More of them than are
/// read count as missing.
pub fn differences(
    objects: &Objects,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
) -> Result<Vec<Difference>, Missing> {
    let mut comparison = Comparison::default();
    comparison.ahead.extend((old != new).then(|| Folder { path: Vec::new(), old, new }));
    while let Some(folder) = comparison.ahead.pop_front() {
        let bytes = |tree: Option<ObjectId>| tree.map(|id| objects.tree(id)).transpose();
        let (old, new) = (bytes(folder.old)?, bytes(folder.new)?);
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        comparison.compare(&folder.path, (&old, &new), objects.object_hash())?;
    }
    comparison.found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(comparison.found)
}

/// A path at which at least one of two trees has a tree, and they aren't the same.
struct Folder {
    path: Vec<u8>,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
}

/// What is known of two trees so far.
#[derive(Default)]
struct Comparison {
    /// A queue, so that names in names in names take no stack.
    ahead: VecDeque<Folder>,
    found: Vec<Difference>,
    entries: usize,
    bytes: usize,
}

impl Comparison {
    /// Of one folder, given as the bytes of both trees.
    fn compare(&mut self, folder: &[u8], sides: (&[u8], &[u8]), format: gix::hash::Kind) -> Result<(), Missing> {
        let (mut old_rest, mut new_rest) = sides;
        loop {
            (old_rest, new_rest) = past_the_same(old_rest, new_rest, format.len_in_bytes());
            let (old, new) = (first(old_rest, format)?, first(new_rest, format)?);
            let order = match (&old, &new) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((old, _)), Some((new, _))) => {
                    name_order(old.filename, old.mode.is_tree(), new.filename, new.mode.is_tree())
                }
            };
            let (old, new) = (old.filter(|_| order.is_le()), new.filter(|_| order.is_ge()));
            old_rest = old.map_or(old_rest, |(_, rest)| rest);
            new_rest = new.map_or(new_rest, |(_, rest)| rest);
            self.note(folder, old.map(|(entry, _)| entry), new.map(|(entry, _)| entry))?;
        }
    }

    /// An entry of either tree, or one of each.
    fn note(&mut self, folder: &[u8], old: Option<EntryRef<'_>>, new: Option<EntryRef<'_>>) -> Result<(), Missing> {
        let content = |entry: Option<EntryRef<'_>>| entry.map(|entry| (entry.mode, entry.oid.to_owned()));
        if content(old) == content(new) {
            return Ok(());
        }
        let name: &[u8] = old.or(new).map_or(b"", |entry| entry.filename);
        let separator: &[u8] = if folder.is_empty() || name.is_empty() { b"" } else { b"/" };
        let path = [folder, separator, name].concat();
        self.entries += 1;
        self.bytes += path.len();
        if self.entries > MOST_ENTRIES || self.bytes > MOST_BYTES {
            return Err(Missing::Broken);
        }
        let tree =
            |entry: Option<EntryRef<'_>>| entry.filter(|entry| entry.mode.is_tree()).map(|entry| entry.oid.to_owned());
        let (old_tree, new_tree) = (tree(old), tree(new));
        if old_tree != new_tree {
            self.ahead.push_back(Folder { path: path.clone(), old: old_tree, new: new_tree });
        }
        let file = |entry: Option<EntryRef<'_>>| entry.and_then(|entry| Entry::new(entry.mode, entry.oid.to_owned()));
        let (old, new) = (file(old), file(new));
        if old.is_some() || new.is_some() {
            self.found.push(Difference { path, old, new });
        }
        Ok(())
    }
}

/// The first entry of a tree's bytes, and the bytes after it.
fn first(bytes: &[u8], format: gix::hash::Kind) -> Result<Option<(EntryRef<'_>, &[u8])>, Missing> {
    let mut entries = TreeRefIter::from_bytes(bytes, format);
    let entry = entries.next().transpose().map_err(|_| Missing::Broken)?;
    Ok(entry.map(|entry| (entry, &bytes[entries.offset_to_next_entry(bytes)..])))
}

/// How entries begin that git writes.
const MODES: [&[u8]; 5] = [b"100644 ", b"40000 ", b"100755 ", b"120000 ", b"160000 "];

/// Two trees without the entries that both begin with, and without anything when the rest of both is the same: commits
/// change one or two entries of many, so that hardly any needs to be taken apart.
fn past_the_same<'a>(old: &'a [u8], new: &'a [u8], hash: usize) -> (&'a [u8], &'a [u8]) {
    if old == new {
        return (&[], &[]);
    }
    let same = common(old, new);
    let mut at = 0;
    while let Some(mode) = MODES.iter().find(|mode| old[at..same].starts_with(mode)) {
        let name = at + mode.len();
        let end = old[name..same].iter().position(|&byte| byte == 0).map(|length| name + length + 1 + hash);
        let Some(end) = end.filter(|&end| end <= same) else { break };
        at = end;
    }
    (&old[at..], &new[at..])
}
