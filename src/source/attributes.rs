//! The `.gitattributes` of commits, which say what programs wrote: a mirror without contents lacks them.

use std::collections::BTreeSet;
use std::path::Path;

use super::git::{self, GitError};
use super::lock::Lock;

/// So many objects are asked for at a time; their ids are arguments.
const BATCH: usize = 400;

/// A tree of more entries isn't listed to its end, and the miner doesn't read it either. Of a few small trees, each
/// holding one of the others many times, a stranger can make one of any size.
const MOST_ENTRIES: usize = 2_000_000;

/// Brings those that the mirror lacks, by their ids, and makes sure that they are here. Commits that aren't here are
/// passed over: of a branch that was rewritten, nothing is read there.
pub fn bring(lock: &Lock, mirror: &Path, commits: &[&str]) -> Result<(), GitError> {
    let mut wanted = BTreeSet::new();
    // Boundaries stand in a file that may say anything, and are arguments.
    let is_name = |name: &&&str| name.starts_with("refs/") || name.bytes().all(|byte| byte.is_ascii_hexdigit());
    for commit in commits.iter().filter(is_name) {
        if git::run_offline(lock, mirror, &["cat-file", "-e", commit]).is_ok() {
            list(lock, mirror, commit, &mut wanted)?;
        }
    }
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    for batch in wanted.chunks(BATCH) {
        // Reads them too: what differs from its id isn't here.
        let check = [&["rev-list", "--objects", "--no-walk", "--quiet"], batch].concat();
        if git::run_offline(lock, mirror, &check).is_ok() {
            continue;
        }
        let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin"];
        git::run(lock, Some(mirror), &[&fetch, batch].concat())?;
        git::run_offline(lock, mirror, &check)?;
    }
    Ok(())
}

/// Adds the ids of the files of that name in a commit's tree.
fn list(lock: &Lock, mirror: &Path, commit: &str, wanted: &mut BTreeSet<String>) -> Result<(), GitError> {
    let mut entries = 0;
    let mut found = Vec::new();
    let take = |entry: &[u8]| {
        entries += 1;
        let tab = entry.iter().position(|&byte| byte == b'\t').unwrap_or(entry.len());
        let (about, path) = (&entry[..tab], entry.get(tab + 1..).unwrap_or_default());
        if about.starts_with(b"100") && path.rsplit(|&byte| byte == b'/').next() == Some(b".gitattributes") {
            found.extend(String::from_utf8_lossy(about).split(' ').nth(2).map(str::to_owned));
        }
        entries <= MOST_ENTRIES
    };
    if git::records(lock, mirror, &["ls-tree", "-r", "-t", "-z", "--full-tree", commit], take)? {
        wanted.extend(found);
    }
    Ok(())
}
