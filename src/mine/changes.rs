//! Which files a commit changed, by its trees alone: for a look at one commit, not for counting.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryMode;

use super::Unreadable;
use super::change::{Content, Fate, FileChange};
use super::commit::Commit;
use super::store::Store;

type Entries = BTreeMap<Vec<u8>, (EntryMode, ObjectId)>;

/// A file of a commit, and its blob in it.
pub type Changed = (FileChange, Option<ObjectId>);

/// What a commit did to files, against its first parent. A renamed file is one removed and one added.
pub fn changes(store: &Store, id: ObjectId) -> Result<Vec<Changed>, Unreadable> {
    let (tree, parent) = tree_of(store, id)?;
    let before = parent.map(|parent| tree_of(store, parent)).transpose()?.map(|(tree, _)| tree);
    let mut changed = Vec::new();
    compare(store, b"", before, Some(tree), &mut changed)?;
    Ok(changed)
}

/// The `.gitattributes` of a commit's tree, each with its folder; those that are missing here aren't among them.
pub fn attribute_files(store: &Store, id: ObjectId) -> Result<Vec<(Vec<u8>, Vec<u8>)>, Unreadable> {
    let mut found = Vec::new();
    let mut pending = vec![(Vec::new(), tree_of(store, id)?.0)];
    let mut buffer = Vec::new();
    while let Some((folder, tree)) = pending.pop() {
        for (name, (mode, id)) in entries(store, Some(tree)).unwrap_or_default() {
            if mode.is_tree() {
                pending.push((join(&folder, &name), id));
            } else if name == b".gitattributes" && mode.is_blob() && store.read(id, &mut buffer)?.is_some() {
                found.push((folder.clone(), buffer.clone()));
            }
        }
    }
    Ok(found)
}

/// The tree and the first parent of a commit.
fn tree_of(store: &Store, id: ObjectId) -> Result<(ObjectId, Option<ObjectId>), Unreadable> {
    let mut buffer = Vec::new();
    if store.read(id, &mut buffer)?.is_none() {
        return Err(Unreadable::plain(format!("the commit {id} is missing")));
    }
    let tree = buffer.strip_prefix(b"tree ").and_then(|rest| rest.split(|&byte| byte == b'\n').next());
    let tree = tree.and_then(|hex| ObjectId::from_hex(hex).ok());
    let tree = tree.ok_or_else(|| Unreadable::plain(format!("the commit {id} names no tree")))?;
    // A commit at which a shallow history is cut names parents that aren't there.
    if store.shallow()?.contains(&id) {
        return Ok((tree, None));
    }
    Ok((tree, Commit::parse(&buffer).parents.first().copied()))
}

fn entries(store: &Store, tree: Option<ObjectId>) -> Result<Entries, Unreadable> {
    let Some(tree) = tree else { return Ok(Entries::new()) };
    let mut buffer = Vec::new();
    if store.read(tree, &mut buffer)?.is_none() {
        return Err(Unreadable::plain(format!("the tree {tree} is missing")));
    }
    let entries = TreeRefIter::from_bytes(&buffer, tree.kind()).entries();
    let entries = entries.map_err(|error| Unreadable::new("a tree can't be read", &error))?;
    Ok(entries.into_iter().map(|entry| (entry.filename.to_vec(), (entry.mode, entry.oid.to_owned()))).collect())
}

fn compare(
    store: &Store,
    folder: &[u8],
    before: Option<ObjectId>,
    after: Option<ObjectId>,
    changed: &mut Vec<Changed>,
) -> Result<(), Unreadable> {
    let (before, after) = (entries(store, before)?, entries(store, after)?);
    for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (before.get(name), after.get(name));
        if old == new {
            continue;
        }
        let path = join(folder, name);
        let tree = |entry: Option<&(EntryMode, ObjectId)>| entry.filter(|it| it.0.is_tree()).map(|it| it.1);
        let file = |entry: Option<&(EntryMode, ObjectId)>| entry.filter(|it| !it.0.is_tree()).copied();
        if tree(old) != tree(new) {
            compare(store, &path, tree(old), tree(new), changed)?;
        }
        let fate = match (file(old), file(new)) {
            (None, None) => continue,
            (None, Some(_)) => Fate::Added,
            (Some(_), None) => Fate::Removed,
            (Some(_), Some(_)) => Fate::Modified,
        };
        let (mode, id) = file(new).or(file(old)).expect("one of them is a file");
        let content = if mode.is_blob() { Content::Unread } else { Content::Link };
        let blob = (fate != Fate::Removed && mode.is_blob()).then_some(id);
        changed.push((FileChange { path, was: None, fate, content, says_generated: false }, blob));
    }
    Ok(())
}

fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}
