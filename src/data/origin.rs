//! What a repository is a copy of, as `fork_of` in `data/repos.yaml` says.

use super::document::{Document, Spanned};
use super::registry::{Registry, Repo};
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, suggest};

/// What `fork_of` names.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A tracked repository, by its id or by its address.
    Tracked(&'a Repo),
    /// The address of a repository that isn't tracked.
    Address(&'a str),
    /// The path of a local repository that isn't tracked, relative to the publication.
    Path(&'a str),
    /// An id that no repository has.
    Unknown(&'a str),
}

/// An address without what forges don't mind.
fn bare(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    address.strip_suffix(".git").unwrap_or(address)
}

impl Registry {
    /// What a repository is declared to be a copy of.
    #[must_use]
    pub fn origin_of<'a>(&'a self, repo: &'a Repo) -> Option<Origin<'a>> {
        let name = repo.fork_of.as_ref()?.value.as_str();
        let is_meant = |other: &&Repo| {
            let is_source = |source: &str| bare(source) == bare(name);
            other.id.value == name
                || other.url.as_ref().is_some_and(|url| is_source(&url.value))
                || other.path.as_deref().is_some_and(is_source)
        };
        if let Some(tracked) = self.repos().map(|(_, other)| other).find(is_meant) {
            return Some(Origin::Tracked(tracked));
        }
        // `host:path` is an address, too; ids have neither colons nor slashes.
        let slash = name.find('/').unwrap_or(name.len());
        Some(if name[..slash].contains(':') {
            Origin::Address(name)
        } else if slash < name.len() {
            Origin::Path(name)
        } else {
            Origin::Unknown(name)
        })
    }

    /// The repositories that one descends from, nearest first. A circle ends where it closes.
    #[must_use]
    pub fn ancestors<'a>(&'a self, repo: &'a Repo) -> Vec<&'a Repo> {
        let mut line = vec![repo];
        while let Some(Origin::Tracked(next)) = self.origin_of(line[line.len() - 1]) {
            if line.iter().any(|known| known.id.value == next.id.value) {
                break;
            }
            line.push(next);
        }
        line.remove(0);
        line
    }

    /// The name of what one and all its siblings descend from in the end; its own id when it isn't a copy.
    #[must_use]
    pub fn family<'a>(&'a self, repo: &'a Repo) -> &'a str {
        let eldest = self.ancestors(repo).pop().unwrap_or(repo);
        match self.origin_of(eldest) {
            Some(Origin::Address(name) | Origin::Path(name) | Origin::Unknown(name)) => name,
            Some(Origin::Tracked(_)) | None => &eldest.id.value,
        }
    }
}

/// Checks that origins are there and whole, and that none descends from itself.
pub(super) fn validate(document: &Document<Registry>, faults: &mut Collector) {
    let registry = &document.value;
    for (_, repo) in registry.repos() {
        let id = &repo.id.value;
        if let (Some(since), Some(_)) = (&repo.shallow_since, &repo.path) {
            let message = format!("`{id}` is local, so nothing is cloned and `shallow_since` means nothing");
            faults.push(document.fault(Kind::Data, since, message).hint("remove `shallow_since`"));
        }
        let (Some(at), Some(origin)) = (&repo.fork_of, registry.origin_of(repo)) else { continue };
        if repo.independent {
            let message = format!("`{id}` is declared both a copy and independent");
            faults.push(document.fault(Kind::Data, at, message).hint("keep `fork_of` or `independent: true`"));
        }
        match origin {
            Origin::Unknown(name) => {
                let ids: Vec<&str> = registry.repos().map(|(_, other)| other.id.value.as_str()).collect();
                let hint =
                    format!("{}; one that isn't tracked is named by its address or path", suggest::hint(name, ids));
                let message = format!("`{id}` is declared a copy of `{name}`, which isn't tracked");
                faults.push(document.fault(Kind::Reference, at, message).hint(hint));
            }
            Origin::Tracked(origin) => check_tracked(document, repo, origin, at, faults),
            Origin::Address(_) | Origin::Path(_) => {}
        }
    }
}

fn check_tracked(
    document: &Document<Registry>,
    repo: &Repo,
    origin: &Repo,
    at: &Spanned<String>,
    faults: &mut Collector,
) {
    let (id, name) = (&repo.id.value, &origin.id.value);
    if id == name {
        let message = format!("`{id}` is declared a copy of itself");
        faults.push(document.fault(Kind::Data, at, message).hint("name the repository that it was copied from"));
        return;
    }
    let line = document.value.ancestors(repo);
    let last = line[line.len() - 1];
    if let Some(Origin::Tracked(again)) = document.value.origin_of(last)
        && again.id.value == *id
    {
        let names: Vec<String> = line.iter().map(|one| format!("`{}`", one.id.value)).collect();
        let message =
            format!("`{id}` descends from itself: it is declared a copy of {}, and so on", names.join(", a copy of "));
        faults.push(document.fault(Kind::Data, at, message).hint("remove `fork_of` from the one that was there first"));
    }
    if let Some(since) = &origin.shallow_since {
        let message = format!("`{name}` is the origin of `{id}`, so its history has to be whole");
        let hint = "remove `shallow_since`; what the two share can't be told otherwise";
        faults.push(document.fault(Kind::Data, since, message).hint(hint));
    }
}
