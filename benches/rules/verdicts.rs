//! What the rules say of the labelled commits, read from the mirrors as the miner reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use signal::data::publication::Publication;
use signal::data::registry::Repo;
use signal::data::snapshot::Depth;
use signal::data::work_type::WorkType;
use signal::mine::Unreadable;
use signal::mine::commit::Commit;
use signal::mine::differ::Differ;
use signal::mine::portion::telling_paths;
use signal::mine::store::Store;
use signal::mine::work::{Attributes, FileKind, WorkRules};
use signal::plain::{Diagnostic, Faults, Kind, Result};
use signal::source::mirror;

use crate::labels::CommitLabel;

/// A label with the answer of the rules.
pub struct Verdict {
    pub label: CommitLabel,
    pub work_type: WorkType,
    /// Why it is of that type.
    pub reason: String,
    pub areas: BTreeSet<String>,
}

/// The answers for all labels, in their order. Attributes are those of each branch's tip.
pub fn all(publication: &Publication, labels: Vec<CommitLabel>) -> Result<Vec<Verdict>> {
    let rules = WorkRules::new(&publication.rules.value, &publication.areas.value);
    let mut of_repos: BTreeMap<String, Vec<(usize, CommitLabel)>> = BTreeMap::new();
    for (place, label) in labels.into_iter().enumerate() {
        of_repos.entry(label.repo.clone()).or_default().push((place, label));
    }
    let read: Vec<Vec<(usize, Verdict)>> = of_repos
        .into_par_iter()
        .map(|(id, labels)| {
            let repo = publication.registry.value.repos().map(|(_, repo)| repo).find(|repo| repo.id.value == id);
            let repo = repo.ok_or_else(|| fault(&id, "it isn't in data/repos.yaml"))?;
            let mirror = mirror::open(&publication.root, repo, false, Depth::Headers, &[])
                .map_err(|trouble| fault(&id, &format!("its mirror can't be opened ({trouble:?})")))?;
            of_repo(&mirror.path, repo, &rules, labels)
                .map_err(|Unreadable { reason, detail }| fault(&id, &format!("{reason} ({detail})")))
        })
        .collect::<Result<_>>()?;
    let mut verdicts: Vec<(usize, Verdict)> = read.into_iter().flatten().collect();
    verdicts.sort_by_key(|(place, _)| *place);
    Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
}

fn fault(id: &str, message: &str) -> Faults {
    Diagnostic::new(Kind::Source, format!("{id}: {message}"))
        .hint(format!("`signal mine --repo {id}` makes or updates its mirror"))
        .into()
}

fn of_repo(
    path: &Path,
    repo: &Repo,
    rules: &WorkRules,
    labels: Vec<(usize, CommitLabel)>,
) -> std::result::Result<Vec<(usize, Verdict)>, Unreadable> {
    let store = Store::open(path)?;
    let differ = Differ::open(path, Depth::Lines, rules)?;
    let tip = store.branch(repo.branch.as_deref())?.tip;
    let attributes = tip.map_or_else(Attributes::default, |tip| differ.attributes(tip).parsed());
    let unread = |commit: &str| Unreadable { reason: format!("{commit} can't be read"), detail: String::new() };
    let mut verdicts = Vec::new();
    for (place, label) in labels {
        let id = store.commit_named(&label.commit)?;
        let bytes = differ.commit(id).map_err(|_| unread(&label.commit))?;
        let commit = Commit::parse(&bytes);
        let files = differ.changes(&commit).files.ok_or_else(|| unread(&label.commit))?;
        let kind = |file: &signal::mine::change::FileChange| rules.kind(&file.path, &attributes, file.says_generated);
        let kinds: Vec<FileKind> = files.iter().map(kind).collect();
        let (work_type, reason) = rules.explain_work_type(commit.message, &kinds);
        let areas = rules.areas(commit.message, &telling_paths(&files, &kinds));
        let areas = areas.into_iter().map(|area| rules.area_slug(area).to_owned()).collect();
        verdicts.push((place, Verdict { label, work_type, reason: format!("{reason:?}"), areas }));
    }
    Ok(verdicts)
}
