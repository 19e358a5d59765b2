//! Reads every commit that a tip reaches, once, and keeps what is counted.

use std::collections::{BTreeSet, HashMap};

use gix::ObjectId;

use super::Unreadable;
use super::actors::{Actors, Credits};
use super::commit::Commit;
use super::store::Store;
use crate::data::history::Completeness;

/// What is kept of a commit.
#[derive(Clone, Debug)]
pub struct Record {
    /// Indices of those parents that could be read, in order.
    pub parents: Vec<u32>,
    /// The index of the first parent, when it could be read.
    pub first_parent: Option<u32>,
    /// Whether it has two or more parents, read or not.
    pub is_merge: bool,
    /// Whether it has none at all.
    pub is_root: bool,
    /// The committer date, as written.
    pub committed: i64,
    /// The author date, as written.
    pub authored: i64,
    /// The index of the pair of name and address that wrote it.
    pub author: u32,
    /// Whom its trailers credit.
    pub credits: Credits,
}

/// A whole history in memory.
#[derive(Debug, Default)]
pub struct Walk {
    /// The commits, in the order in which they were found.
    pub records: Vec<Record>,
    /// Their ids.
    pub ids: Vec<ObjectId>,
    /// Where each is.
    pub index: HashMap<ObjectId, u32>,
    /// Each pair of name and address as written, in the order in which they were found.
    pub authors: Vec<(Vec<u8>, Vec<u8>)>,
    /// Commits that aren't in the object store.
    pub missing: BTreeSet<ObjectId>,
    /// Indices of commits at which the history is cut off.
    pub cut: Vec<u32>,
}

impl Walk {
    /// Walks from `tip`. Parents beyond a shallow boundary aren't followed.
    pub fn read(store: &Store, tip: Option<ObjectId>, actors: &Actors) -> Result<Self, Unreadable> {
        let shallow = store.shallow()?;
        let mut walk = Self::default();
        let mut parents_of: Vec<Vec<ObjectId>> = Vec::new();
        let mut known_authors: HashMap<(Vec<u8>, Vec<u8>), u32> = HashMap::new();
        let mut pending: Vec<ObjectId> = tip.into_iter().collect();
        let mut buffer = Vec::new();
        while let Some(id) = pending.pop() {
            if walk.index.contains_key(&id) || walk.missing.contains(&id) {
                continue;
            }
            if store.read(id, &mut buffer)?.is_none() {
                walk.missing.insert(id);
                continue;
            }
            let commit = Commit::parse(&buffer);
            let at = index(walk.records.len());
            let pair = (commit.author.name.to_vec(), commit.author.address.to_vec());
            let author = *known_authors.entry(pair).or_insert_with_key(|pair| {
                walk.authors.push(pair.clone());
                index(walk.authors.len() - 1)
            });
            let is_cut = shallow.contains(&id);
            if is_cut {
                walk.cut.push(at);
            }
            walk.index.insert(id, at);
            walk.ids.push(id);
            walk.records.push(Record {
                parents: Vec::new(),
                first_parent: None,
                is_merge: commit.parents.len() > 1,
                is_root: commit.parents.is_empty(),
                committed: commit.committed,
                authored: commit.author.seconds,
                author,
                credits: actors.credits(commit.message),
            });
            // The last parent is put down first, so that the main line is read in a row.
            pending.extend(commit.parents.iter().rev().filter(|_| !is_cut));
            parents_of.push(commit.parents);
        }
        walk.link(&parents_of);
        Ok(walk)
    }

    fn link(&mut self, parents_of: &[Vec<ObjectId>]) {
        for (at, parents) in parents_of.iter().enumerate() {
            let record = &mut self.records[at];
            record.first_parent = parents.first().and_then(|id| self.index.get(id)).copied();
            record.parents = parents.iter().filter_map(|id| self.index.get(id)).copied().collect();
            if parents.iter().any(|id| self.missing.contains(id)) {
                self.cut.push(index(at));
            }
        }
        self.cut.sort_unstable();
        self.cut.dedup();
    }

    /// Whether it goes down to the roots.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        if self.cut.is_empty() { Completeness::Whole } else { Completeness::Shallow }
    }

    /// How many commits aren't in the object store.
    #[must_use]
    pub fn missing_count(&self) -> u32 {
        u32::try_from(self.missing.len()).unwrap_or(u32::MAX)
    }

    /// Everything that a commit of this history reaches, itself included.
    #[must_use]
    pub fn reachable(&self, from: u32) -> Vec<u32> {
        let mut seen = vec![false; self.records.len()];
        let mut pending = vec![from];
        let mut reached = Vec::new();
        while let Some(at) = pending.pop() {
            if std::mem::replace(&mut seen[at as usize], true) {
                continue;
            }
            reached.push(at);
            pending.extend(&self.records[at as usize].parents);
        }
        reached
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("no repository has four thousand million commits")
}
