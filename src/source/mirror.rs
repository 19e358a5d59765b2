//! A bare copy of a repository on this machine, and up to when it is known.

use std::fs;
use std::path::{Path, PathBuf};

use super::filter::Filter;
use super::git::{self, GitError};
use super::lock::Lock;
use super::{address, attributes, clock, leftovers, trust};
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
    /// Something that the user should know.
    pub note: Option<&'static str>,
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

/// A full copy where a part would have done.
const UNFILTERED: &str = "its server doesn't know filters, so that the mirror holds everything";

/// Opens the mirror of a repository for a depth, cloned or updated first unless `fetch` is false.
///
/// `boundaries` are commits at which periods were closed: at the depth of paths their `.gitattributes` are brought too.
pub fn open(root: &Path, repo: &Repo, fetch: bool, depth: Depth, boundaries: &[&str]) -> Result<Mirror, Trouble> {
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
        return Ok(Mirror { path, horizon: repo.horizon, note: None, _lock: lock });
    }
    let path = root.join(".signal/mirrors").join(format!("{id}.git"));
    let mut note = None;
    if fetch {
        let url = repo.url.as_ref().map_or("", |url| url.value.as_str());
        let since = repo.shallow_since.as_ref().map(|since| since.value.to_string());
        let remote = Remote { url, since: since.as_deref(), filter: Filter::of(depth), boundaries };
        note = update(&lock, &path, &remote, repo.branch.as_deref())?;
    } else if !path.is_dir() {
        return Err(Trouble::failed("it has no mirror here yet", "run `signal mine` without --no-fetch"));
    }
    let fetched = fs::read_to_string(path.join(FETCHED)).ok().and_then(|text| text.trim().parse().ok());
    Ok(Mirror { path, horizon: fetched.or(repo.horizon), note, _lock: lock })
}

/// The git directory of a bare repository, or of one with a work tree, which may be a file that points elsewhere.
#[must_use]
pub fn git_dir(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if inner.is_dir() {
        return inner;
    }
    let pointer = fs::read_to_string(&inner).ok();
    let target = pointer.as_deref().and_then(|text| text.strip_prefix("gitdir: "));
    target.map_or_else(|| path.to_owned(), |target| path.join(target.trim_end()))
}

/// The repository that a folder is, or lies in.
#[must_use]
pub fn enclosing(folder: &Path) -> Option<PathBuf> {
    let is_repository = |path: &&Path| path.join(".git").exists() || path.join("HEAD").exists();
    folder.ancestors().find(is_repository).map(Path::to_owned)
}

/// What is cloned from where.
#[derive(Clone, Copy)]
struct Remote<'a> {
    url: &'a str,
    /// The day from which on, when not all of it.
    since: Option<&'a str>,
    /// What need not come.
    filter: Filter,
    /// Commits besides the tip whose `.gitattributes` are read.
    boundaries: &'a [&'a str],
}

/// Brings a mirror up to date; gives what the user should know about it.
fn update(lock: &Lock, path: &Path, remote: &Remote, branch: Option<&str>) -> Result<Option<&'static str>, Trouble> {
    let url = remote.url;
    if let Some(why) = address::refusal(url, trust::is_untrusted()) {
        return Err(Trouble::failed("its address can't be used", why));
    }
    let started = clock::now();
    let head = remote_head(lock, url, branch)?;
    let is_filtered = if path.is_dir() {
        leftovers::remove(path);
        let present = Filter::of_mirror(lock, path).map_err(trouble)?;
        let is_deeper = present < remote.filter;
        fetch(lock, path, &Remote { filter: present.max(remote.filter), ..*remote }, &head, is_deeper)?
    } else {
        // Built beside its place, so that a clone cut short is never taken for a mirror.
        let building = path.with_extension("part");
        let _ = fs::remove_dir_all(&building);
        fs::create_dir_all(path.parent().unwrap_or(path))
            .map_err(|error| Trouble::failed("the mirror could not be written", error.to_string()))?;
        let built = create(lock, &building, remote).and_then(|()| fetch(lock, &building, remote, &head, true));
        let built = built.and_then(|is_filtered| {
            fs::rename(&building, path)
                .map_err(|error| Trouble::failed("the mirror could not be written", error.to_string()))?;
            Ok(is_filtered)
        });
        if built.is_err() {
            let _ = fs::remove_dir_all(&building);
        }
        built?
    };
    let noted = atomic::write(&path.join(FETCHED), started.to_string().as_bytes());
    noted.map_err(|faults| Trouble::failed("the mirror could not be written", faults.to_string()))?;
    Ok((!is_filtered).then_some(UNFILTERED))
}

/// What the remote's branch is called and whether it has a commit.
struct RemoteHead {
    reference: String,
    /// What the branch is at.
    tip: Option<String>,
}

impl RemoteHead {
    /// What the branch is called in the mirror.
    fn local(&self) -> &str {
        if self.reference == "HEAD" { "refs/heads/signal-head" } else { &self.reference }
    }
}

fn remote_head(lock: &Lock, url: &str, branch: Option<&str>) -> Result<RemoteHead, Trouble> {
    let named = branch.map(full_ref);
    let pattern = named.as_deref().unwrap_or("HEAD");
    let output = git::ask(lock, &["ls-remote", "--symref", "--", url, pattern]).map_err(trouble)?;
    let output = String::from_utf8_lossy(&output);
    let mut reference = named.clone();
    let mut tip = None;
    for line in output.lines() {
        let Some((value, name)) = line.split_once('\t') else { continue };
        if name != pattern {
            continue;
        }
        match value.strip_prefix("ref: ") {
            // A server may answer anything, and the answer becomes an argument.
            Some(target) if target.starts_with("refs/") => reference = Some(target.to_owned()),
            Some(_) => {}
            None => tip = Some(value.to_owned()),
        }
    }
    match (reference, tip, named.is_some()) {
        (Some(reference), Some(tip), _) => Ok(RemoteHead { reference, tip: Some(tip) }),
        (_, None, true) => {
            Err(Trouble::failed("the remote has no such branch", format!("the remote has no branch {pattern}")))
        }
        // A server that doesn't say what HEAD stands for: its commit is fetched all the same.
        (None, tip @ Some(_), _) => Ok(RemoteHead { reference: "HEAD".to_owned(), tip }),
        (reference, None, _) => {
            Ok(RemoteHead { reference: reference.unwrap_or_else(|| "refs/heads/main".to_owned()), tip: None })
        }
    }
}

/// The full name of a branch: a branch may be called `HEAD` or `refs`.
#[must_use]
pub fn full_ref(branch: &str) -> String {
    if branch.starts_with("refs/") { branch.to_owned() } else { format!("refs/heads/{branch}") }
}

fn create(lock: &Lock, path: &Path, remote: &Remote) -> Result<(), Trouble> {
    let shown = path.to_string_lossy();
    git::run(lock, None, &["init", "--quiet", "--bare", "--", &shown]).map_err(trouble)?;
    git::run(lock, Some(path), &["config", "remote.origin.url", remote.url]).map_err(trouble)?;
    remote.filter.record(lock, path).map_err(trouble)
}

/// Where a mirror notes from which day on it was fetched.
const SINCE: &str = "signal.shallowsince";

/// Brings what is new, or everything that the filter lets through when the mirror was less deep; false when the
/// server sent more than it was asked for.
fn fetch(lock: &Lock, path: &Path, remote: &Remote, head: &RemoteHead, all: bool) -> Result<bool, Trouble> {
    let local = head.local();
    let answer = |arguments: &[&str]| {
        let output = git::run(lock, Some(path), arguments).ok()?;
        Some(String::from_utf8_lossy(&output).trim_end().to_owned())
    };
    let since = answer(&["config", SINCE]).filter(|since| !since.is_empty());
    let is_same_depth = since.as_deref() == remote.since;
    let is_current = !all
        && is_same_depth
        && answer(&["config", "remote.origin.url"]).as_deref() == Some(remote.url)
        && answer(&["symbolic-ref", "HEAD"]).as_deref() == Some(local)
        && answer(&["rev-parse", "--verify", "--quiet", local]) == head.tip;
    if is_current && head.tip.is_some() {
        return fetch_read_by_name(lock, path, remote, local).map(|()| true);
    }
    git::run(lock, Some(path), &["config", "remote.origin.url", remote.url]).map_err(trouble)?;
    git::run(lock, Some(path), &["symbolic-ref", "HEAD", local]).map_err(trouble)?;
    if head.tip.is_none() {
        return Ok(true);
    }
    let depth = remote.since.map(|since| format!("--shallow-since={since}T00:00:00Z"));
    let is_cut = path.join("shallow").exists();
    let refspec = format!("+{}:{local}", head.reference);
    let mut arguments = vec!["fetch", "--quiet", "--no-tags", remote.filter.option(), "--update-head-ok"];
    arguments.extend(depth.as_deref());
    arguments.extend((is_cut && depth.is_none()).then_some("--unshallow"));
    let is_begun = answer(&["rev-parse", "--verify", "--quiet", local]).is_some();
    arguments.extend((all && is_begun).then_some("--refetch"));
    arguments.extend(["origin", refspec.as_str()]);
    git::run(lock, Some(path), &arguments).map_err(trouble)?;
    if !is_same_depth {
        git::run(lock, Some(path), &["config", SINCE, remote.since.unwrap_or_default()]).map_err(trouble)?;
    }
    let is_filtered = !all || remote.filter.took_effect(lock, path, local).map_err(trouble)?;
    if all {
        let got = if is_filtered { remote.filter } else { Filter::Nothing };
        got.record(lock, path).map_err(trouble)?;
    }
    fetch_read_by_name(lock, path, remote, local)?;
    Ok(is_filtered)
}

/// Brings the files that are read by their names, which the filter left out.
fn fetch_read_by_name(lock: &Lock, path: &Path, remote: &Remote, reference: &str) -> Result<(), Trouble> {
    let listing = git::run(lock, Some(path), &["ls-tree", "-z", reference, "--", ".mailmap"]).map_err(trouble)?;
    for entry in String::from_utf8_lossy(&listing).split_terminator('\0') {
        if let Some(id) = entry.split(['\t', ' ']).nth(2) {
            git::run(lock, Some(path), &["cat-file", "-e", id]).map_err(trouble)?;
        }
    }
    if remote.filter != Filter::Blobs {
        return Ok(());
    }
    let commits = [remote.boundaries, &[reference]].concat();
    attributes::bring(lock, path, &commits).map_err(trouble)
}

fn trouble(error: GitError) -> Trouble {
    let stderr = match error {
        GitError::NotFound => return Trouble::failed("git isn't installed", "install git and put it on the PATH"),
        GitError::Failed(stderr) => stderr,
    };
    if stderr.lines().any(|line| says_gone(&line.to_lowercase())) {
        return Trouble::Gone;
    }
    Trouble::failed("git could not fetch it", git::complaint(&stderr))
}

/// Whether a line of git's complaint is about a repository that isn't there. A program, a host or a commit may be
/// missing too.
fn says_gone(line: &str) -> bool {
    let absent = ["not found", "does not exist", "does not appear to be a git repository", "could not be found"];
    (line.contains("repositor") || line.contains("project")) && absent.iter().any(|sign| line.contains(sign))
}
