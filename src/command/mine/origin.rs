//! The origin of a copy, brought here for the copy's sake.

use std::collections::BTreeSet;

use super::{Failure, Miner, failure};
use crate::data::document::Spanned;
use crate::data::history::Status;
use crate::data::identity_key::digest;
use crate::data::mined;
use crate::data::origin::Origin;
use crate::data::registry::Repo;
use crate::data::snapshot::Depth;
use crate::mine;
use crate::source::{Mirror, Trouble, mirror};

/// A mirror of the origin, and which commit of it holds.
pub(super) struct Source {
    label: String,
    at: Option<String>,
    mirror: Mirror,
}

impl Source {
    /// As the miner takes it.
    pub fn origin(&self) -> mine::Origin<'_> {
        mine::Origin { label: self.label.clone(), path: &self.mirror.path, at: self.at.as_deref() }
    }
}

impl Miner<'_> {
    /// The origin of a repository that is declared a copy; `failed` are the repositories of this run that failed.
    pub(super) fn origin(&self, repo: &Repo, failed: &BTreeSet<&str>) -> Result<Option<Source>, Failure> {
        let root = &self.publication.root;
        let Some(origin) = self.publication.registry.value.origin_of(repo) else { return Ok(None) };
        let name = match origin {
            Origin::Tracked(origin) => return self.tracked(origin, failed).map(Some),
            Origin::Address(name) | Origin::Path(name) | Origin::Unknown(name) => name,
        };
        let is_address = matches!(origin, Origin::Address(_));
        let at = repo.fork_of.as_ref().expect("a copy names its origin");
        let stranger = Repo {
            // No tracked repository can have this id, for the sign in it.
            id: Spanned::new(format!("{}+origin", repo.id.value), at.referenced, at.defined),
            url: is_address.then(|| at.clone()),
            path: (!is_address).then(|| name.to_owned()),
            branch: None,
            horizon: None,
            shallow_since: None,
            ..repo.clone()
        };
        let mirror = mirror::open(root, &stranger, !self.options.no_fetch, Depth::Headers, &[]).map_err(of_origin)?;
        let label = format!("~{}", digest(name.as_bytes()));
        Ok(Some(Source { label, at: None, mirror }))
    }

    fn tracked(&self, origin: &Repo, failed: &BTreeSet<&str>) -> Result<Source, Failure> {
        let (id, root) = (&origin.id.value, &self.publication.root);
        if failed.contains(id.as_str()) {
            let reason = format!("its origin `{id}` could not be mined");
            let is_recorded = mined::read_history(root, id).is_ok_and(|history| history.status != Status::Mined);
            return Err(if is_recorded {
                Failure::Recorded(Status::Failed, reason, String::new())
            } else {
                Failure::Passing(reason)
            });
        }
        // Mined already, in this run or before: what is shared is told by the same tip.
        let history = mined::read_history(root, id);
        let Some(state) = history.ok().and_then(|history| history.state) else {
            let (reason, todo) =
                (format!("its origin `{id}` was never mined"), format!("run `signal mine --repo {id}`"));
            return Err(Failure::Recorded(Status::Failed, reason, todo));
        };
        let mirror = mirror::open(root, origin, false, Depth::Headers, &[]).map_err(of_origin)?;
        Ok(Source { label: id.clone(), at: state.tip, mirror })
    }
}

/// What keeps an origin away keeps its copy from being mined.
fn of_origin(trouble: Trouble) -> Failure {
    match failure(trouble) {
        Failure::Recorded(_, reason, detail) => {
            Failure::Recorded(Status::Failed, format!("its origin can't be mined: {reason}"), detail)
        }
        Failure::Passing(detail) => Failure::Passing(format!("its origin: {detail}")),
    }
}
