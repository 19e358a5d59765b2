//! What a commit did to the files, against its first parent.

use std::path::Path;
use std::rc::Rc;

use gix::ObjectId;

use super::Unreadable;
use super::change::{Content, Fate, FileChange};
use super::commit::Commit;
use super::line_diff;
use super::objects::{Missing, Objects};
use super::renames::{self, Candidate, Renames};
use super::similarity::Pieces;
use super::trees::{Comparison, Difference, Entry, Sort};
use super::work::WorkRules;
use crate::data::snapshot::Depth;

/// So many first bytes of a file may say that a program wrote it.
const HEAD: usize = 2000;

/// Reads commits for one thread.
pub struct Differ<'a> {
    objects: Objects,
    comparison: Comparison,
    depth: Depth,
    rules: &'a WorkRules,
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Its message, as bytes.
    pub message: Vec<u8>,
    /// The files, in the order of their paths; none when a tree is missing.
    pub files: Option<Vec<FileChange>>,
    /// Whether a blob is missing, so that no lines are known.
    pub lacks_blobs: bool,
    /// Whether there were too many renames to try.
    pub renames_skipped: bool,
}

impl<'a> Differ<'a> {
    /// Opens a repository.
    pub fn open(path: &Path, depth: Depth, rules: &'a WorkRules) -> Result<Self, Unreadable> {
        Ok(Self { objects: Objects::open(path)?, comparison: Comparison::default(), depth, rules })
    }

    /// What a commit did to the files.
    #[must_use]
    pub fn changes(&mut self, commit: ObjectId) -> Changes {
        let unknown = |message| Changes { message, files: None, lacks_blobs: false, renames_skipped: false };
        let Ok(bytes) = self.objects.commit(commit) else { return unknown(Vec::new()) };
        let parsed = Commit::parse(&bytes);
        let message = parsed.message.to_vec();
        let Ok(differences) = self.differences(&parsed) else { return unknown(message) };
        let read = if self.depth == Depth::Lines { self.with_lines(&differences) } else { Err(Missing) };
        let lacks_blobs = self.depth == Depth::Lines && read.is_err();
        let (files, renames_skipped) = read.unwrap_or_else(|Missing| (paths_alone(&differences), false));
        Changes { message, files: Some(files), lacks_blobs, renames_skipped }
    }

    /// The bytes of each `.gitattributes` of a commit with the folder that it lies in, as far as they are here.
    #[must_use]
    pub fn attributes(&mut self, commit: ObjectId) -> Vec<(Vec<u8>, Vec<u8>)> {
        let Ok(bytes) = self.objects.commit(commit) else { return Vec::new() };
        let tree = Commit::parse(&bytes).tree;
        let Ok(files) = self.comparison.differences(&self.objects, None, tree) else { return Vec::new() };
        let mut found = Vec::new();
        for Difference { path, new, .. } in files {
            let (folder, name) = match path.iter().rposition(|&byte| byte == b'/') {
                Some(at) => (&path[..at], &path[at + 1..]),
                None => (&path[..0], &path[..]),
            };
            let entry = new.filter(|entry| name == b".gitattributes" && entry.sort == Sort::File);
            if let Some(Ok(Some(bytes))) = entry.map(|entry| self.objects.blob(entry.id)) {
                found.push((folder.to_vec(), bytes.to_vec()));
            }
        }
        found
    }

    fn differences(&mut self, commit: &Commit<'_>) -> Result<Vec<Difference>, Missing> {
        let parent = match commit.parents.first() {
            Some(&id) => Commit::parse(&self.objects.commit(id)?).tree,
            None => None,
        };
        self.comparison.differences(&self.objects, parent, Some(commit.tree.ok_or(Missing)?))
    }

    fn with_lines(&self, differences: &[Difference]) -> Result<(Vec<FileChange>, bool), Missing> {
        let (removed, added) = candidates(differences);
        let renames = renames::alike(&removed, &added, |id| self.pieces(id))?;
        let mut files = Vec::with_capacity(differences.len());
        for (mut change, old, new) in changes(differences, &removed, &added, &renames) {
            (change.content, change.says_generated) = self.content(old, new)?;
            files.push(change);
        }
        Ok((files, renames.is_cut_short))
    }

    /// What is too large to be read is like nothing.
    fn pieces(&self, id: ObjectId) -> Result<Pieces, Missing> {
        let bytes = self.objects.blob(id)?.unwrap_or_default();
        Ok(Pieces::of(&bytes, line_diff::is_text(&bytes)))
    }

    fn content(&self, old: Option<Entry>, new: Option<Entry>) -> Result<(Content, bool), Missing> {
        let is_link = |entry: Option<Entry>| entry.is_none_or(|entry| entry.sort != Sort::File);
        if is_link(old) && is_link(new) {
            return Ok((Content::Link, false));
        }
        let blob = |entry: Option<Entry>| match entry.filter(|entry| entry.sort == Sort::File) {
            Some(entry) => self.objects.blob(entry.id),
            None => Ok(Some(Rc::from([]))),
        };
        let (Some(before), Some(after)) = (blob(old)?, blob(new)?) else { return Ok((Content::Binary, false)) };
        let telling = if new.is_some() { &after } else { &before };
        let says_generated = self.rules.says_generated(&telling[..telling.len().min(HEAD)]);
        if !line_diff::is_text(&before) || !line_diff::is_text(&after) {
            return Ok((Content::Binary, says_generated));
        }
        let is_same = old.zip(new).is_some_and(|(old, new)| old.id == new.id);
        let (added, removed) = if is_same { (0, 0) } else { line_diff::count(&before, &after) };
        Ok((Content::Text { added, removed }, says_generated))
    }
}

/// The changes without a look at the contents: only exact renames are found.
fn paths_alone(differences: &[Difference]) -> Vec<FileChange> {
    let (removed, added) = candidates(differences);
    let renames = renames::exact(&removed, &added);
    let unread = |(mut change, old, new): (FileChange, Option<Entry>, Option<Entry>)| {
        let is_file = [old, new].into_iter().flatten().any(|entry| entry.sort == Sort::File);
        change.content = if is_file { Content::Unread } else { Content::Link };
        change
    };
    changes(differences, &removed, &added, &renames).map(unread).collect()
}

fn candidates(differences: &[Difference]) -> (Vec<Candidate<'_>>, Vec<Candidate<'_>>) {
    let mut removed = Vec::new();
    let mut added = Vec::new();
    for difference in differences {
        let path = &difference.path[..];
        match (difference.old, difference.new) {
            (Some(entry), None) => removed.push(Candidate { path, entry }),
            (None, Some(entry)) => added.push(Candidate { path, entry }),
            _ => {}
        }
    }
    (removed, added)
}

/// One change per file, its content still to be read; a renamed file stands at its new path.
fn changes<'a>(
    differences: &'a [Difference],
    removed: &'a [Candidate<'a>],
    added: &'a [Candidate<'a>],
    renames: &'a Renames,
) -> impl Iterator<Item = (FileChange, Option<Entry>, Option<Entry>)> + 'a {
    let mut is_origin = vec![false; removed.len()];
    for &origin in renames.origins.iter().flatten() {
        is_origin[origin] = true;
    }
    let (mut next_removed, mut next_added) = (0..removed.len(), 0..added.len());
    differences.iter().filter_map(move |Difference { path, old, new }| {
        let change =
            |fate, was| FileChange { path: path.clone(), was, fate, content: Content::Unread, says_generated: false };
        match (old, new) {
            (Some(_), None) => {
                let at = next_removed.next().expect("each removed file is a candidate");
                (!is_origin[at]).then(|| (change(Fate::Removed, None), *old, None))
            }
            (None, Some(_)) => {
                let at = next_added.next().expect("each added file is a candidate");
                Some(match renames.origins[at].map(|origin| removed[origin]) {
                    Some(origin) => (change(Fate::Renamed, Some(origin.path.to_vec())), Some(origin.entry), *new),
                    None => (change(Fate::Added, None), None, *new),
                })
            }
            _ => Some((change(Fate::Modified, None), *old, *new)),
        }
    })
}
