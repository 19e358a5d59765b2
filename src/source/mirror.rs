//! A bare copy of a repository on this machine, and up to when it is known.

use std::fs;
use std::path::{Path, PathBuf};

use super::clock;
use super::git::{self, GitError};
use super::lock::Lock;
use crate::data::registry::Repo;
use crate::data::snapshot::Depth;
use crate::plain::{Instant, atomic};

/// A repository that can be read.
#[derive(Debug)]
pub struct Mirror {
    /// The bare repository.
    pub path: PathBuf,
    /// Up to when it is known, when that is more than the date of its tip.
    pub horizon: Option<Instant>,
    _lock: Lock,
}

/// Why there is no mirror to read.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Another process is at work on it.
    Busy,
    /// The remote answers that there is no such repository.
    Gone,
    /// Anything else; the first text may stand in a committed file, the second is for the user.
    Failed {
        /// A sentence without addresses and paths.
        reason: String,
        /// What git or the system said.
        detail: String,
    },
}

impl Trouble {
    /// A failure with the same words for file and user.
    #[must_use]
    pub fn failed(reason: &str, detail: impl Into<String>) -> Self {
        Self::Failed { reason: reason.to_owned(), detail: detail.into() }
    }
}

/// Where the note of the last successful fetch lies inside a mirror.
const FETCHED: &str = "signal-fetched";

/// Opens the mirror of a repository, cloned or updated first unless `fetch` is false.
pub fn open(root: &Path, repo: &Repo, fetch: bool, depth: Depth) -> Result<Mirror, Trouble> {
    let id = &repo.id.value;
    let lock = match Lock::take(&root.join(".signal/locks").join(id)) {
        Ok(Some(lock)) => lock,
        Ok(None) => return Err(Trouble::Busy),
        Err(error) => return Err(Trouble::failed("its lock could not be taken", error.to_string())),
    };
    if let Some(path) = &repo.path {
        let path = git_dir(&root.join(path));
        if !path.is_dir() {
            return Err(Trouble::failed("the local repository isn't there", format!("no folder {}", path.display())));
        }
        return Ok(Mirror { path, horizon: repo.horizon, _lock: lock });
    }
    let path = root.join(".signal/mirrors").join(format!("{id}.git"));
    if fetch {
        let url = repo.url.as_ref().map_or("", |url| url.value.as_str());
        update(&path, url, repo.branch.as_deref())?;
    } else if !path.is_dir() {
        return Err(Trouble::failed("it has no mirror here yet", "run `signal mine` without --no-fetch"));
    }
    let fetched = fs::read_to_string(path.join(FETCHED)).ok().and_then(|text| text.trim().parse().ok());
    Ok(Mirror { path, horizon: fetched.or(repo.horizon), _lock: lock })
}

/// The git directory of a bare repository, or of one with a work tree.
#[must_use]
pub fn git_dir(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if inner.is_dir() { inner } else { path.to_owned() }
}

fn update(path: &Path, url: &str, branch: Option<&str>) -> Result<(), Trouble> {
    if url.starts_with('-') || url.contains("::") {
        return Err(Trouble::failed("its address can't be used", format!("git must not be given the address `{url}`")));
    }
    let started = clock::now();
    let head = remote_head(url, branch)?;
    if path.is_dir() {
        fetch(path, url, &head)?;
    } else {
        // Built beside its place, so that a clone cut short is never taken for a mirror.
        let building = path.with_extension("part");
        let _ = fs::remove_dir_all(&building);
        fs::create_dir_all(path.parent().unwrap_or(path))
            .map_err(|error| Trouble::failed("the mirror could not be written", error.to_string()))?;
        let built = create(&building, url).and_then(|()| fetch(&building, url, &head)).and_then(|()| {
            fs::rename(&building, path)
                .map_err(|error| Trouble::failed("the mirror could not be written", error.to_string()))
        });
        if built.is_err() {
            let _ = fs::remove_dir_all(&building);
        }
        built?;
    }
    let noted = atomic::write(&path.join(FETCHED), started.to_string().as_bytes());
    noted.map(drop).map_err(|faults| Trouble::failed("the mirror could not be written", faults.to_string()))
}

/// What the remote's branch is called and whether it has a commit.
struct RemoteHead {
    reference: String,
    is_born: bool,
}

fn remote_head(url: &str, branch: Option<&str>) -> Result<RemoteHead, Trouble> {
    let named = branch.map(full_ref);
    let pattern = named.as_deref().unwrap_or("HEAD");
    let output = git::run(None, &["ls-remote", "--symref", "--", url, pattern]).map_err(trouble)?;
    let output = String::from_utf8_lossy(&output);
    let mut reference = named.clone();
    let mut is_born = false;
    for line in output.lines() {
        let Some((value, name)) = line.split_once('\t') else { continue };
        if name != pattern {
            continue;
        }
        match value.strip_prefix("ref: ") {
            Some(target) => reference = Some(target.to_owned()),
            None => is_born = true,
        }
    }
    match (reference, is_born, named.is_some()) {
        (Some(reference), true, _) => Ok(RemoteHead { reference, is_born: true }),
        (_, false, true) => {
            Err(Trouble::failed("the remote has no such branch", format!("the remote has no branch {pattern}")))
        }
        // A server that doesn't say what HEAD stands for: its commit is fetched all the same.
        (None, true, _) => Ok(RemoteHead { reference: "HEAD".to_owned(), is_born: true }),
        (reference, false, _) => {
            Ok(RemoteHead { reference: reference.unwrap_or_else(|| "refs/heads/main".to_owned()), is_born: false })
        }
    }
}

/// The full name of a branch: a branch may be called `HEAD` or `refs`.
#[must_use]
pub fn full_ref(branch: &str) -> String {
    if branch.starts_with("refs/") { branch.to_owned() } else { format!("refs/heads/{branch}") }
}

fn create(path: &Path, url: &str) -> Result<(), Trouble> {
    let shown = path.to_string_lossy();
    git::run(None, &["init", "--quiet", "--bare", "--", &shown]).map_err(trouble)?;
    for (name, value) in [
        ("remote.origin.url", url),
        ("remote.origin.promisor", "true"),
        // Headers are all that is read; what a mailmap needs comes by itself.
        ("remote.origin.partialclonefilter", "tree:0"),
    ] {
        git::run(Some(path), &["config", name, value]).map_err(trouble)?;
    }
    Ok(())
}

fn fetch(path: &Path, url: &str, head: &RemoteHead) -> Result<(), Trouble> {
    git::run(Some(path), &["config", "remote.origin.url", url]).map_err(trouble)?;
    let local = if head.reference == "HEAD" { "refs/heads/signal-head" } else { &head.reference };
    git::run(Some(path), &["symbolic-ref", "HEAD", local]).map_err(trouble)?;
    if !head.is_born {
        return Ok(());
    }
    let refspec = format!("+{}:{local}", head.reference);
    let arguments = ["fetch", "--quiet", "--no-tags", "--filter=tree:0", "--update-head-ok", "origin", &refspec];
    git::run(Some(path), &arguments).map_err(trouble)?;
    fetch_mailmap(path, local)
}

/// Brings the mailmap's blob, which the filter left out.
fn fetch_mailmap(path: &Path, reference: &str) -> Result<(), Trouble> {
    let listing = git::run(Some(path), &["ls-tree", "-z", reference, "--", ".mailmap"]).map_err(trouble)?;
    let listing = String::from_utf8_lossy(&listing);
    let Some(id) = listing.split(['\t', ' ']).nth(2) else { return Ok(()) };
    git::run(Some(path), &["cat-file", "-e", id]).map_err(trouble).map(drop)
}

fn trouble(error: GitError) -> Trouble {
    let stderr = match error {
        GitError::NotFound => return Trouble::failed("git isn't installed", "install git and put it on the PATH"),
        GitError::Failed(stderr) => stderr,
    };
    let lower = stderr.to_lowercase();
    let absent = ["repository not found", "does not exist", "does not appear to be a git repository", "not found"];
    if absent.iter().any(|sign| lower.contains(sign)) && !lower.contains("could not resolve") {
        return Trouble::Gone;
    }
    Trouble::failed("git could not fetch it", git::complaint(&stderr))
}
