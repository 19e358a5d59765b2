//! `signal mine --explain` and `--suspects`: a look at one mirror as it stands, nothing is mined or written.

use std::path::Path;

use super::mine::named;
use super::outcome::Outcome;
use crate::data::publication::Publication;
use crate::data::registry::Repo;
use crate::data::snapshot::Depth;
use crate::mine::actors::Actors;
use crate::mine::store::Store;
use crate::mine::work::WorkRules;
use crate::mine::{Unreadable, explain, suspects};
use crate::plain::{Diagnostic, Kind, Result};
use crate::source::{Trouble, mirror};

/// Says which rules caught what in a commit.
pub fn explain(publication: &Publication, repo: &str, commit: &str) -> Result<Outcome> {
    let rules = &publication.rules.value;
    let work = WorkRules::new(rules, &publication.areas.value);
    let actors = Actors::with(rules);
    let depth = |repo: &Repo| repo.depth.or(publication.settings.value.depth).unwrap_or(Depth::Headers);
    look(publication, repo, |mirror, repo| {
        explain::explain(mirror, repo.branch.as_deref(), commit, (depth(repo), &actors, &work))
    })
}

/// Lists authors who may be bots.
pub fn suspects(publication: &Publication, repo: &str) -> Result<Outcome> {
    let actors = Actors::with(&publication.rules.value);
    look(publication, repo, |mirror, repo| suspects::suspects(&Store::open(mirror)?, repo.branch.as_deref(), &actors))
}

fn look(
    publication: &Publication,
    name: &str,
    at: impl FnOnce(&Path, &Repo) -> Result<String, Unreadable>,
) -> Result<Outcome> {
    let repo = named(publication, name)?;
    let id = &repo.id.value;
    let fault = |reason: &str, detail: &str| {
        let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
        Diagnostic::new(Kind::Source, format!("{id}: {reason}{detail}"))
    };
    let mirror =
        mirror::open(&publication.root, repo, false, Depth::Headers, &[]).map_err(|trouble| match trouble {
            Trouble::Busy => fault("another `signal mine` is working on it", "").hint("wait, then run again"),
            Trouble::Gone => fault("its mirror isn't there", ""),
            Trouble::Failed { reason, detail } => {
                fault(&reason, &detail).hint(format!("`signal mine --repo {id}` makes or updates its mirror"))
            }
        })?;
    let text = at(&mirror.path, repo);
    print!("{}", text.map_err(|Unreadable { reason, detail }| fault(&reason, &detail))?);
    Ok(Outcome::Done)
}
