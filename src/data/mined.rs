//! All that was mined: one history per repository, and the snapshots of the reported periods.

use std::path::Path;

use rayon::prelude::*;

use super::document::read_mined;
use super::history::{self, History};
use super::identity_key::{Hash, digest};
use super::publication::Publication;
use super::registry::Repo;
use super::snapshot::{self, Snapshot};
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result};

/// The mined half of a publication.
#[derive(Clone, Debug, Default)]
pub struct Mined {
    /// In the order of the registry.
    pub histories: Vec<History>,
    /// The snapshots of the reported periods that there are, repository by repository.
    pub snapshots: Vec<Snapshot>,
}

/// Reads the mined files of every registered repository; all that are missing or broken are reported together.
pub fn read(publication: &Publication) -> Result<Mined> {
    let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let read: Vec<_> = repos.par_iter().map(|repo| of_repo(publication, repo)).collect();
    let mut faults = Collector::default();
    let mut mined = Mined::default();
    for one in read {
        if let Some((history, snapshots)) = faults.keep(one) {
            mined.histories.push(history);
            mined.snapshots.extend(snapshots);
        }
    }
    faults.finish(mined)
}

fn of_repo(publication: &Publication, repo: &Repo) -> Result<(History, Vec<Snapshot>)> {
    let id = &repo.id.value;
    let file = history::file(id);
    if !publication.root.join(&file).exists() {
        let message = format!("`{id}` was never mined: {} is missing", file.display());
        let fault = publication.registry.fault(Kind::Missing, &repo.id, message);
        return Err(fault.hint(format!("run `signal mine --repo {id}`")).into());
    }
    let history = read_history(&publication.root, id)?;
    let periods = publication.settings.value.periods.value;
    let mut snapshots = Vec::new();
    for period in periods.from.through(periods.to) {
        let file = snapshot::file(period, id);
        if publication.root.join(&file).exists() {
            let snapshot: Snapshot = read_mined(&publication.root, &file, id)?;
            check_header(&file, snapshot.version, snapshot::VERSION, &snapshot.repo, id)?;
            snapshots.push(snapshot);
        }
    }
    Ok((history, snapshots))
}

impl Mined {
    /// What tells this data from other data: a digest of all rows.
    #[must_use]
    pub fn digest(&self) -> Hash {
        let histories = self.histories.par_iter().map(|history| digest(history.to_yaml().as_bytes()).to_string());
        let snapshots = self.snapshots.par_iter().map(|snapshot| digest(snapshot.to_yaml().as_bytes()).to_string());
        digest(histories.chain(snapshots).collect::<Vec<_>>().join("\n").as_bytes())
    }
}

/// The history file of one repository.
pub fn read_history(root: &Path, id: &str) -> Result<History> {
    let file = history::file(id);
    let history: History = read_mined(root, &file, id)?;
    check_header(&file, history.version, history::VERSION, &history.repo, id)?;
    Ok(history)
}

fn check_header(file: &Path, version: u32, expected: u32, repo: &str, id: &str) -> Result<()> {
    if version != expected {
        let message = format!("the file is of version {version}, this program reads version {expected}");
        let hint = format!("use the program that wrote it, or mine again with `signal mine --fresh --repo {id}`");
        return Err(Diagnostic::new(Kind::Data, message).in_file(file).hint(hint).into());
    }
    if repo != id {
        let message = format!("the file says that it is about `{repo}`, its name says `{id}`");
        return Err(Diagnostic::new(Kind::Data, message).in_file(file).hint("give it its own name back").into());
    }
    Ok(())
}
