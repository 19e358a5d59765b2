//! All that was mined: one history per repository, and the snapshots of the reported periods.

use std::path::Path;

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
use crate::plain::{Diagnostic, Kind, Period, Result};

/// The mined half of a publication.
#[derive(Clone, Debug)]
pub struct Mined {
    /// In the order of the registry.
    pub histories: Vec<History>,
    /// The snapshots of the reported periods that there are, repository by repository.
    pub snapshots: Vec<Snapshot>,
    /// What tells this data from other data: a digest of all files.
    pub digest: Hash,
}

/// Reads the mined files of every registered repository; all that are missing or broken are reported together.
pub fn read(publication: &Publication) -> Result<Mined> {
    let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let folders = Folders::new(publication);
    let read: Vec<_> = repos.par_iter().map(|repo| Part::read(publication, &folders, repo)).collect();
    let mut faults = Collector::default();
    let (mut histories, mut snapshots, mut digests) = (Vec::new(), Vec::new(), Vec::new());
    for part in read {
        if let Some(part) = faults.keep(part) {
            histories.push(part.history);
            snapshots.extend(part.snapshots);
            digests.extend(part.digests.iter().map(Hash::to_string));
        }
    }
    let digest = digest(digests.join("\n").as_bytes());
    faults.finish(Mined { histories, snapshots, digest })
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
}

/// The files of one repository.
struct Part {
    history: History,
    snapshots: Vec<Snapshot>,
    digests: Vec<Hash>,
}

impl Part {
    fn read(publication: &Publication, folders: &Folders, repo: &Repo) -> Result<Self> {
        let (id, root) = (&repo.id.value, &publication.root);
        let file = history::file(id);
        let Some(bytes) = folders.histories.bytes(&file)? else {
            let message = format!("`{id}` was never mined: {} is missing", file.display());
            let fault = publication.registry.fault(Kind::Missing, &repo.id, message);
            return Err(fault.hint(format!("run `signal mine --repo {id}`")).into());
        };
        let mut shelf = Shelf::open(root, id);
        let mut digests = Vec::new();
        let history: History = read_kept(&mut shelf, &mut digests, bytes, &file, id, history::VERSION)?;
        check_owner(&file, &history.repo, id)?;
        let mut snapshots = Vec::new();
        for (period, folder) in &folders.snapshots {
            let file = snapshot::file(*period, id);
            if let Some(bytes) = folder.bytes(&file)? {
                let snapshot: Snapshot = read_kept(&mut shelf, &mut digests, bytes, &file, id, snapshot::VERSION)?;
                check_owner(&file, &snapshot.repo, id)?;
                snapshots.push(snapshot);
            }
        }
        shelf.close();
        Ok(Self { history, snapshots, digests })
    }
}

/// What a mined file says, or what an earlier run read of the same bytes; notes their digest.
fn read_kept<T: Serialize + DeserializeOwned>(
    shelf: &mut Shelf,
    digests: &mut Vec<Hash>,
    bytes: Vec<u8>,
    file: &Path,
    id: &str,
    version: u32,
) -> Result<T> {
    let hash = blake3::hash(&bytes);
    digests.push(shortened(&hash));
    shelf.value(*hash.as_bytes(), || document::parse_version(file, &document::utf8(file, bytes)?, id, version))
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
