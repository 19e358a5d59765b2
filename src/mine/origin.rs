//! The origin of a copy: which commits are the origin's, and since when.

use std::collections::HashMap;
use std::path::Path;

use gix::ObjectId;

use super::Unreadable;
use super::actors::Actors;
use super::boundaries::{self, Lost};
use super::store::Store;
use super::walk::Walk;
use crate::data::history::{self, Boundary, State};
use crate::plain::Period;

/// Where the origin of a copy lies, and which of its commits to take for its tip.
#[derive(Debug)]
pub struct Origin<'a> {
    /// What stands for it in the file: no address and no path.
    pub label: String,
    /// The bare repository.
    pub path: &'a Path,
    /// The commit up to which the origin was mined; without it, the branch's tip.
    pub at: Option<&'a str>,
}

/// An origin that can be read, with the tip that holds for this run.
pub(super) struct Open {
    store: Store,
    tip: Option<ObjectId>,
    label: String,
}

impl Origin<'_> {
    pub(super) fn open(&self) -> Result<Open, Unreadable> {
        let of_origin = |error: Unreadable| Unreadable { reason: format!("its origin: {}", error.reason), ..error };
        let store = Store::open(self.path).map_err(of_origin)?;
        let tip = match self.at {
            Some(at) => Some(store.commit_named(at).map_err(of_origin)?),
            None => store.branch(None).map_err(of_origin)?.tip,
        };
        Ok(Open { store, tip, label: self.label.clone() })
    }
}

impl Open {
    /// As it stands in the file.
    pub fn recorded(&self) -> history::Origin {
        history::Origin { repo: self.label.clone(), tip: self.tip.map(|tip| tip.to_string()) }
    }

    /// Writes the origin's tips into the boundaries: those of closed periods stay as recorded, new ones get the tip of
    /// this run. A recorded tip that the origin no longer reaches is lost, with those after it.
    pub fn read(
        &self,
        former: Option<&State>,
        boundaries: &mut [Boundary],
        actors: &Actors,
    ) -> Result<(Shared, Option<Lost>), Unreadable> {
        let walk = Walk::read(&self.store, self.tip, actors)?;
        if !walk.cut.is_empty() {
            let reason = "the history of its origin isn't whole, so what the two share can't be told";
            return Err(Unreadable::plain(reason));
        }
        let is_reached = |tip: &str| ObjectId::from_hex(tip.as_bytes()).is_ok_and(|id| walk.index.contains_key(&id));
        // Another origin than before is another decision of the editor: it holds for all periods.
        let recorded = former.filter(|state| state.origin.as_ref().is_some_and(|origin| origin.repo == self.label));
        let recorded = recorded.map_or(&[][..], |state| &state.boundaries);
        let kept = boundaries.iter().zip(recorded).take_while(|(now, then)| now == then).count();
        let lost = (0..kept).find(|&at| boundaries[at].origin.as_deref().is_some_and(|tip| !is_reached(tip)));
        let rewritten = lost.map(|at| Lost {
            kept_through: at.checked_sub(1).map(|before| boundaries[before].through),
            through: boundaries[kept - 1].through,
            was: boundaries[at].origin.clone().expect("only a recorded tip can be lost"),
        });
        // Mined at an earlier commit on purpose: nothing was rewritten.
        let rewritten = rewritten.filter(|lost| !self.was_reached_by(&lost.was, actors));
        for boundary in &mut boundaries[lost.unwrap_or(kept)..] {
            boundary.origin = self.tip.map(|tip| tip.to_string());
        }
        Ok((Shared::new(&walk, boundaries), rewritten))
    }

    /// Whether the tip of this run is an ancestor of a commit.
    fn was_reached_by(&self, commit: &str, actors: &Actors) -> bool {
        let Ok(id) = ObjectId::from_hex(commit.as_bytes()) else { return false };
        let walk = Walk::read(&self.store, Some(id), actors);
        walk.is_ok_and(|walk| self.tip.is_some_and(|tip| walk.index.contains_key(&tip)))
    }
}

/// Which commits are the origin's; none in a repository that isn't a copy.
#[derive(Default)]
pub(super) struct Shared {
    /// For each commit of the origin, the first boundary at which the origin had it.
    since: HashMap<ObjectId, u32>,
    closed: Vec<Period>,
}

impl Shared {
    fn new(walk: &Walk, boundaries: &[Boundary]) -> Self {
        let at_origin = |boundary: &Boundary| Boundary {
            through: boundary.through,
            tip: boundary.origin.clone().unwrap_or_default(),
            origin: None,
        };
        let groups = boundaries::groups(walk, &boundaries.iter().map(at_origin).collect::<Vec<_>>());
        Self {
            since: walk.ids.iter().copied().zip(groups).collect(),
            closed: boundaries.iter().map(|boundary| boundary.through).collect(),
        }
    }

    /// Whether a commit that is counted in `period` is the origin's: whether the origin had it when the period was
    /// closed. What the origin takes over later changes no closed period.
    pub fn holds(&self, commit: &ObjectId, period: Period) -> bool {
        let closing = self.closed.partition_point(|through| *through < period);
        self.since.get(commit).is_some_and(|&since| since as usize <= closing)
    }
}
