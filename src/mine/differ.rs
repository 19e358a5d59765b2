//! What a commit did to the files, against its first parent.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use gix::ObjectId;

use super::Unreadable;
use super::change::{Changes, Content, Fate, FileChange};
use super::commit::Commit;
use super::line_diff;
use super::objects::{Objects, Shared};
use super::renames::{self, Candidate, Renames};
use super::similarity::Pieces;
use super::store::{self, Missing};
use super::trees::{self, Difference, Entry, Sort};
use super::work::{Attributes, WorkRules};
use crate::data::snapshot::Depth;

/// So many first bytes of a file may say that a program wrote it.
const HEAD: usize = 2000;

/// Raised when the same parameters come to give other facts.
const EDITION: u32 = 1;

/// What decides the facts that are read of a commit, in words: facts of other words are other facts.
#[must_use]
pub fn parameters(depth: Depth, rules: &WorkRules) -> String {
    let of_lines = || {
        let (diff, largest, text, renames) =
            (line_diff::NAME, store::LARGEST, line_diff::LOOKED_AT, renames::parameters());
        let headers = rules.headers_digest();
        format!("lines, {diff}, {renames}, text by {text} bytes, at most {largest}, headers {headers} in {HEAD}")
    };
    let what = if depth == Depth::Lines { of_lines() } else { "paths".to_owned() };
    format!("edition {EDITION}, {what}")
}

/// The `.gitattributes` of a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeFiles {
    /// The folder of each with its bytes.
    pub files: Vec<(Vec<u8>, Vec<u8>)>,
    /// Those that can't be read; of trees one is enough to know of none.
    pub lacks: Vec<Missing>,
}

impl AttributeFiles {
    /// What they say.
    #[must_use]
    pub fn parsed(&self) -> Attributes {
        let files: Vec<(&[u8], &[u8])> = self.files.iter().map(|(folder, bytes)| (&folder[..], &bytes[..])).collect();
        Attributes::parse(&files)
    }
}

/// Reads commits, for one thread at a time.
pub struct Differ<'a> {
    objects: Objects,
    depth: Depth,
    rules: &'a WorkRules,
}

impl<'a> Differ<'a> {
    /// Opens a repository.
    pub fn open(path: &Path, depth: Depth, rules: &'a WorkRules) -> Result<Self, Unreadable> {
        Self::beside(&OnceLock::new(), path, depth, rules)
    }

    /// Opens a repository for one of several threads: what they share is opened by the first.
    pub fn beside(
        shared: &OnceLock<Arc<Shared>>,
        path: &Path,
        depth: Depth,
        rules: &'a WorkRules,
    ) -> Result<Self, Unreadable> {
        Ok(Self { objects: Objects::open(path, shared)?, depth, rules })
    }

    /// The bytes of a commit.
    pub fn commit(&self, id: ObjectId) -> Result<Vec<u8>, Missing> {
        self.objects.commit(id)
    }

    /// Whether something that was missing can be read by now.
    #[must_use]
    pub fn has_come(&self, missing: Missing) -> bool {
        self.objects.has_come(missing)
    }

    /// What a commit did to the files.
    #[must_use]
    pub fn changes(&self, commit: &Commit<'_>) -> Changes {
        let differences = match self.differences(commit) {
            Ok(differences) => differences,
            Err(missing) => return Changes { files: None, lacks: Some(missing), renames_skipped: false },
        };
        let read = (self.depth == Depth::Lines).then(|| self.with_lines(&differences)).transpose();
        match read {
            Ok(Some((files, renames_skipped))) => Changes { files: Some(files), lacks: None, renames_skipped },
            Ok(None) => Changes { files: Some(paths_alone(&differences)), lacks: None, renames_skipped: false },
            Err(missing) => {
                Changes { files: Some(paths_alone(&differences)), lacks: Some(missing), renames_skipped: false }
            }
        }
    }

    /// Each `.gitattributes` of a commit.
    #[must_use]
    pub fn attributes(&self, commit: ObjectId) -> AttributeFiles {
        let mut found = AttributeFiles::default();
        let files = self.objects.commit(commit).and_then(|bytes| {
            let tree = Commit::parse(&bytes).tree.ok_or(Missing::Broken)?;
            trees::differences(&self.objects, None, Some(tree))
        });
        let files = files.unwrap_or_else(|missing| {
            found.lacks.push(missing);
            Vec::new()
        });
        for Difference { path, new, .. } in files {
            let (folder, name) = match path.iter().rposition(|&byte| byte == b'/') {
                Some(at) => (&path[..at], &path[at + 1..]),
                None => (&path[..0], &path[..]),
            };
            let entry = new.filter(|entry| name == b".gitattributes" && entry.sort == Sort::File);
            match entry.map(|entry| self.objects.blob(entry.id)) {
                Some(Ok(Some(bytes))) => found.files.push((folder.to_vec(), Vec::clone(&bytes))),
                Some(Err(missing)) => found.lacks.push(missing),
                Some(Ok(None)) | None => {}
            }
        }
        found
    }

    fn differences(&self, commit: &Commit<'_>) -> Result<Vec<Difference>, Missing> {
        let tree = |commit: &Commit<'_>| commit.tree.ok_or(Missing::Broken);
        let parent = match commit.parents.first() {
            Some(&id) => Some(tree(&Commit::parse(&self.objects.commit(id)?))?),
            None => None,
        };
        trees::differences(&self.objects, parent, Some(tree(commit)?))
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
            None => Ok(Some(Arc::default())),
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
