//! All that was mined: one history per repository, and the snapshots of the reported periods.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cache::Shelf;
use super::document::{self, Folder, read_mined};
use super::history::{self, History};
use super::identity_key::{Hash, digest, shortened};
use super::publication::Publication;
use super::registry::Repo;
use super::snapshot::{self, Snapshot};
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Faults, Kind, Period, Result};

/// The mined half of a publication.
#[derive(Clone, Debug)]
pub struct Mined {
    /// In the order of the registry.
    pub histories: Vec<History>,
    /// The snapshots of the reported periods that there are, repository by repository.
    pub snapshots: Vec<Snapshot>,
    /// What tells this data from other data: a digest of all files.
    pub digest: Hash,
    /// The digests of each repository's files, that of the history first.
    keys: Vec<Vec<Key>>,
}

/// The digest of a file's bytes.
type Key = blake3::Hash;

/// Reads the mined files of every registered repository; all that are missing or broken are reported together.
pub fn read(publication: &Publication) -> Result<Mined> {
    let folders = Folders::new(publication);
    let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let read = |repo: &&Repo| Files::read(publication, &folders, repo)?.part(None);
    Mined::of(repos.par_iter().map(read).collect()).map_err(|(faults, _)| faults)
}

/// The mined half of a publication, for whoever reads it again and again: what stands in a file that says the same as
/// before isn't parsed again. Neither the names nor the times of files tell what they say.
#[derive(Debug, Default)]
pub struct Again {
    mined: Option<Mined>,
    /// Of an earlier reading that had faults.
    parts: Vec<Part>,
}

impl Again {
    /// What the files say now; `may_differ` says of which of them they may say something else than they did the last
    /// time that they were read without faults.
    pub fn read(&mut self, publication: &Publication, may_differ: &(dyn Fn(&Path) -> bool + Sync)) -> Result<&Mined> {
        let folders = Folders::new(publication);
        let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
        let of_known =
            |mined: &Mined| mined.histories.iter().map(|one| &one.repo).eq(repos.iter().map(|one| &one.id.value));
        let is_known = self.mined.as_ref().is_some_and(of_known);
        let stands = |id: &str| is_known && !folders.files(id).any(|file| may_differ(&file));
        // Nothing stands for what isn't read, since it is known.
        let files: Vec<Option<Result<Files>>> = repos
            .par_iter()
            .map(|&repo| (!stands(&repo.id.value)).then(|| Files::read(publication, &folders, repo)))
            .collect();
        let is_same = |mined: &Mined| {
            let same = |(files, keys): (&Option<Result<Files>>, &Vec<Key>)| match files {
                None => true,
                Some(files) => files.as_ref().is_ok_and(|files| files.keys() == *keys),
            };
            is_known && files.iter().zip(&mined.keys).all(same)
        };
        if !self.mined.as_ref().is_some_and(is_same) {
            let known = self.parts.drain(..).chain(self.mined.take().into_iter().flat_map(Mined::into_parts));
            let mut known: BTreeMap<String, Part> = known.map(|part| (part.history.repo.clone(), part)).collect();
            let known = repos.iter().map(|repo| known.remove(&repo.id.value));
            let parts: Vec<(Option<Part>, Option<Result<Files>>)> = known.zip(files).collect();
            let part = |(known, files): (Option<Part>, Option<Result<Files>>)| match files {
                Some(files) => files?.part(known),
                None => Ok(known.expect("what wasn't read is known")),
            };
            let parts = parts.into_par_iter().map(part).collect();
            match Mined::of(parts) {
                Ok(mined) => self.mined = Some(mined),
                Err((faults, parts)) => {
                    self.parts = parts;
                    return Err(faults);
                }
            }
        }
        Ok(self.mined.as_ref().expect("it was the same, or made anew"))
    }
}

impl Mined {
    /// Of all repositories; where there are faults, the parts that have none are given back with them.
    fn of(read: Vec<Result<Part>>) -> Result<Self, (Faults, Vec<Part>)> {
        let mut faults = Collector::default();
        let parts: Vec<Part> = read.into_iter().filter_map(|part| faults.keep(part)).collect();
        if let Err(faults) = faults.finish(()) {
            return Err((faults, parts));
        }
        let (mut histories, mut snapshots, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            histories.push(part.history);
            snapshots.extend(part.snapshots);
            keys.push(part.keys);
        }
        let digests: Vec<String> = keys.iter().flatten().map(|key| shortened(key).to_string()).collect();
        let digest = digest(digests.join("\n").as_bytes());
        Ok(Self { histories, snapshots, digest, keys })
    }

    fn into_parts(self) -> impl Iterator<Item = Part> {
        let mut snapshots = self.snapshots.into_iter();
        self.histories.into_iter().zip(self.keys).map(move |(history, keys)| {
            let snapshots = snapshots.by_ref().take(keys.len() - 1).collect();
            Part { history, snapshots, keys }
        })
    }
}

/// The histories alone, of the registered repositories that were mined; to look at people, one doesn't need all.
pub fn read_histories(publication: &Publication) -> Result<Vec<History>> {
    let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let is_mined = |repo: &&&Repo| publication.root.join(history::file(&repo.id.value)).exists();
    let read: Vec<Result<History>> =
        repos.par_iter().filter(is_mined).map(|repo| read_history(&publication.root, &repo.id.value)).collect();
    if read.is_empty() {
        return Err(Diagnostic::new(Kind::Missing, "no repository was mined yet")
            .hint("run `signal mine` first")
            .into());
    }
    let mut faults = Collector::default();
    let histories = read.into_iter().filter_map(|history| faults.keep(history)).collect();
    faults.finish(histories)
}

/// Where the files are.
struct Folders<'a> {
    histories: Folder<'a>,
    snapshots: Vec<(Period, Folder<'a>)>,
}

impl<'a> Folders<'a> {
    fn new(publication: &'a Publication) -> Self {
        let folder = |file: &Path| Folder::new(&publication.root, file.parent().unwrap_or(file));
        let periods = publication.settings.value.periods.value;
        let snapshots = periods.from.through(periods.to).map(|period| (period, folder(&snapshot::file(period, ""))));
        Self { histories: folder(&history::file("")), snapshots: snapshots.collect() }
    }

    /// The files of a repository, whether they are there or not.
    fn files(&self, id: &str) -> impl Iterator<Item = PathBuf> {
        let snapshots = self.snapshots.iter().map(move |(period, _)| snapshot::file(*period, id));
        std::iter::once(history::file(id)).chain(snapshots)
    }
}

/// The files of one repository, read and not yet parsed.
struct Files<'a> {
    root: &'a Path,
    repo: &'a Repo,
    history: Bytes,
    snapshots: Vec<Bytes>,
}

/// What a file holds.
struct Bytes {
    file: PathBuf,
    whole: Vec<u8>,
    key: Key,
}

impl Bytes {
    fn new(file: PathBuf, bytes: Vec<u8>) -> Self {
        Self { key: blake3::hash(&bytes), file, whole: bytes }
    }

    /// What it says of the repository of an id.
    fn parse<T: DeserializeOwned + Owned>(self, id: &str, version: u32) -> Result<T> {
        let value: T = document::parse_version(&self.file, &document::utf8(&self.file, self.whole)?, id, version)?;
        check_owner(&self.file, value.repo(), id)?;
        Ok(value)
    }

    /// The same, or what an earlier run read of the same bytes.
    fn kept<T: Serialize + DeserializeOwned + Owned>(self, kept: &mut Shelf, id: &str, version: u32) -> Result<T> {
        let (key, file) = (*self.key.as_bytes(), self.file.clone());
        let value: T = kept.value(key, || self.parse(id, version))?;
        // The same bytes may stand under two names.
        check_owner(&file, value.repo(), id)?;
        Ok(value)
    }
}

/// What is about one repository.
trait Owned {
    fn repo(&self) -> &str;
}

impl Owned for History {
    fn repo(&self) -> &str {
        &self.repo
    }
}

impl Owned for Snapshot {
    fn repo(&self) -> &str {
        &self.repo
    }
}

/// What the files of one repository say.
#[derive(Debug)]
struct Part {
    history: History,
    snapshots: Vec<Snapshot>,
    keys: Vec<Key>,
}

impl<'a> Files<'a> {
    fn read(publication: &'a Publication, folders: &Folders, repo: &'a Repo) -> Result<Self> {
        let id = &repo.id.value;
        let file = history::file(id);
        let Some(bytes) = folders.histories.bytes(&file)? else {
            let message = format!("`{id}` was never mined: {} is missing", file.display());
            let fault = publication.registry.fault(Kind::Missing, &repo.id, message);
            return Err(fault.hint(format!("run `signal mine --repo {id}`")).into());
        };
        let history = Bytes::new(file, bytes);
        let mut snapshots = Vec::new();
        for (period, folder) in &folders.snapshots {
            let file = snapshot::file(*period, id);
            snapshots.extend(folder.bytes(&file)?.map(|bytes| Bytes::new(file, bytes)));
        }
        Ok(Self { root: &publication.root, repo, history, snapshots })
    }

    fn keys(&self) -> Vec<Key> {
        std::iter::once(&self.history).chain(&self.snapshots).map(|file| file.key).collect()
    }

    /// What they say: `known` is what they said before, and else a run before this one may have kept it.
    fn part(self, known: Option<Part>) -> Result<Part> {
        let (id, keys) = (self.repo.id.value.as_str(), self.keys());
        let Self { root, history, snapshots: files, .. } = self;
        let mut snapshots = Vec::with_capacity(files.len());
        let history = if let Some(known) = known {
            if known.keys == keys {
                return Ok(known);
            }
            let (first, rest) = known.keys.split_first().expect("the first is that of the history");
            let mut said: HashMap<&Key, Snapshot> = rest.iter().zip(known.snapshots).collect();
            for file in files {
                snapshots.push(match said.remove(&file.key) {
                    Some(snapshot) => snapshot,
                    None => file.parse(id, snapshot::VERSION)?,
                });
            }
            if *first == history.key { known.history } else { history.parse(id, history::VERSION)? }
        } else {
            let mut kept = Shelf::open(root, id);
            let read: History = history.kept(&mut kept, id, history::VERSION)?;
            for file in files {
                snapshots.push(file.kept(&mut kept, id, snapshot::VERSION)?);
            }
            kept.close();
            read
        };
        Ok(Part { history, snapshots, keys })
    }
}

/// The history file of one repository.
pub fn read_history(root: &Path, id: &str) -> Result<History> {
    let file = history::file(id);
    let (history, _) = read_mined::<History>(root, &file, id, history::VERSION)?;
    check_owner(&file, &history.repo, id)?;
    Ok(history)
}

fn check_owner(file: &Path, repo: &str, id: &str) -> Result<()> {
    if repo == id {
        return Ok(());
    }
    let message = format!("the file says that it is about `{repo}`, its name says `{id}`");
    Err(Diagnostic::new(Kind::Data, message).in_file(file).hint("give it its own name back").into())
}
