//! One repository, mined: its history file and the snapshots of the reported periods.

use std::collections::BTreeMap;
use std::path::Path;

use gix::ObjectId;

use super::authors::Authors;
use super::boundaries::{self, Plan};
use super::mailmap::Mailmap;
use super::memory::Memory;
use super::origin::{Origin, Shared};
use super::reading::Account;
use super::rules::Rules;
use super::store::{Branch, Store};
use super::tally::Tally;
use super::walk::Walk;
use super::{Unreadable, snapshots};
use crate::data::history::{self, History, Notes, Restatement, State, Status};
use crate::data::snapshot::{Beginning, Depth, Snapshot};
use crate::plain::{Instant, Period};

/// What is to be mined.
#[derive(Debug)]
pub struct Request<'a> {
    /// The repository's id.
    pub id: &'a str,
    /// The bare repository.
    pub path: &'a Path,
    /// The branch that the registry names.
    pub branch: Option<&'a str>,
    /// A commit to take for the branch's tip.
    pub at: Option<&'a str>,
    /// Up to when the mirror is known, when that is more than its tip's date.
    pub horizon: Option<Instant>,
    /// The reported periods.
    pub reported: (Period, Period),
    /// How deep their commits are read.
    pub depth: Depth,
    /// The first lines of the snapshots that there are; none of those to be mined anew.
    pub kept: &'a BTreeMap<Period, Beginning>,
    /// What was mined before.
    pub former: Option<&'a State>,
    /// What it is a copy of.
    pub origin: Option<Origin<'a>>,
    /// Makes the history even when it isn't due.
    pub fresh: bool,
    /// The folder where what was read of commits is kept.
    pub changes: &'a Path,
    /// Reads every object again, whatever is kept.
    pub reread: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Mined {
    /// Nothing has changed since the last time.
    Current,
    /// Something was due.
    Files(Box<Files>),
}

/// What was due.
#[derive(Debug)]
pub struct Files {
    /// The history; none when the one that there is still holds.
    pub history: Option<History>,
    /// The snapshots.
    pub snapshots: Vec<Snapshot>,
    /// How the snapshots' commits became known.
    pub account: Account,
}

/// Mines a repository, all of it: with the recorded boundaries, afresh and again are the same.
pub fn mine(request: &Request<'_>, rules: &Rules) -> Result<Mined, Unreadable> {
    let store = Store::open(request.path)?;
    let mut branch = store.branch(request.branch)?;
    if let Some(at) = request.at {
        branch.tip = Some(store.commit_named(at)?);
    }
    let horizon = match (request.horizon, request.at) {
        (Some(horizon), None) => Some(horizon),
        _ => branch.tip.map(|tip| date_of(&store, tip)).transpose()?,
    };
    let origin = request.origin.as_ref().map(Origin::open).transpose()?;
    let recorded_origin = origin.as_ref().map(super::origin::Open::recorded);
    let memory = Memory::new(request.changes, request.id, request.depth, store.object_hash(), &rules.work);
    // Snapshots made beside another origin hold other commits.
    let has_same_origin = request.former.is_some_and(|former| former.origin == recorded_origin);
    let kept = if has_same_origin { snapshots::settled(request, &store, &memory) } else { BTreeMap::new() };
    let mailmap = branch.tip.map_or(Ok(None), |tip| store.mailmap(tip));
    let unchanged = request.former.filter(|former| {
        !request.fresh
            && has_same_origin
            && is_current(former, &branch, horizon, rules)
            && (mailmap.is_err() || !former.missing_mailmap)
    });
    let due = |kept: &_, boundaries: &[_]| snapshots::due(request, kept, boundaries, branch.tip, horizon, rules);
    if let Some(former) = unchanged
        && former.is_whole()
        && store.shallow()?.is_empty()
        && due(&kept, &former.boundaries).is_empty()
    {
        return Ok(Mined::Current);
    }
    let walk = Walk::read(&store, branch.tip, &rules.actors)?;
    let recorded = request.former.map_or(&[][..], |former| &former.boundaries);
    let mut plan = boundaries::plan(recorded, &walk, branch.tip, horizon);
    plan.boundaries.iter_mut().filter(|_| origin.is_none()).for_each(|boundary| boundary.origin = None);
    let (shared, rewritten) = match &origin {
        Some(origin) => origin.read(request.former, &mut plan.boundaries, &rules.actors)?,
        None => (Shared::default(), None),
    };
    let missing_mailmap = mailmap.is_err();
    let mailmap = mailmap.ok().flatten().map(|bytes| Mailmap::parse(&bytes));
    let authors = Authors::new(&walk.authors, mailmap.as_ref(), rules);
    let tally = Tally::new(&walk, &plan, &authors, &shared, branch.tip);
    // Of a history that isn't whole, more may be there than the last time, in every period.
    let reach = (walk.completeness(), tally.known_from(&walk), walk.missing_count());
    let is_same_reach =
        request.former.is_some_and(|former| (former.completeness, former.known_from, former.missing) == reach);
    let nothing = BTreeMap::new();
    let due = due(if is_same_reach { &kept } else { &nothing }, &plan.boundaries);
    let (snapshots, account) = snapshots::make(request, due, &walk, &tally, &authors, (rules, &memory))?;
    let rewritten = rewritten.map(|lost| lost.restatement(tally.first_period, None));
    let rewritten = rewritten.map(|restatement| Restatement { of_origin: true, ..restatement });
    let state = State {
        restated: restated(request, &store, &walk, &plan, &tally, rules).into_iter().chain(rewritten).collect(),
        tip: branch.tip.map(|tip| tip.to_string()),
        branch: branch.name.clone(),
        horizon,
        declared: request.at.is_none() && request.horizon.is_some(),
        object_format: store.object_format(),
        completeness: reach.0,
        known_from: reach.1,
        missing: reach.2,
        missing_mailmap,
        roots: roots(&walk),
        origin: recorded_origin,
        boundaries: plan.boundaries,
        key: rules.key.id(),
        rules: rules.digests(),
    };
    if is_same_reach && unchanged.is_some_and(|former| former.boundaries == state.boundaries) {
        // What it says still holds, whatever was due beside it.
        let is_current = snapshots.is_empty();
        let files = Files { history: None, snapshots, account };
        return Ok(if is_current { Mined::Current } else { Mined::Files(Box::new(files)) });
    }
    let history = History {
        version: history::VERSION,
        repo: request.id.to_owned(),
        status: Status::Mined,
        reason: None,
        state: Some(state),
        periods: tally.notes.into_iter().filter(|(_, notes)| *notes != Notes::default()).collect(),
        authors: authors.lines.into_iter().zip(tally.rows).map(|(line, row)| row.with(line)).collect(),
    };
    Ok(Mined::Files(Box::new(Files { history: Some(history), snapshots, account })))
}

fn date_of(store: &Store, commit: ObjectId) -> Result<Instant, Unreadable> {
    let mut buffer = Vec::new();
    store.read(commit, &mut buffer)?;
    Ok(Instant(super::commit::Commit::parse(&buffer).committed))
}

/// Whether a file made from `former` would come out the same, but for a later moment within the same period.
fn is_current(former: &State, branch: &Branch, horizon: Option<Instant>, rules: &Rules) -> bool {
    former.tip == branch.tip.map(|tip| tip.to_string())
        && former.branch == branch.name
        && former.key == rules.key.id()
        && former.rules == rules.digests()
        && former.horizon.map(|it| Period::of(it.day())) == horizon.map(|it| Period::of(it.day()))
}

fn roots(walk: &Walk) -> Vec<String> {
    let mut roots: Vec<String> =
        walk.records.iter().zip(&walk.ids).filter(|(record, _)| record.is_root).map(|(_, id)| id.to_string()).collect();
    roots.sort_unstable();
    roots
}

/// The former restatements, and the one that this run makes.
fn restated(
    request: &Request<'_>,
    store: &Store,
    walk: &Walk,
    plan: &Plan,
    tally: &Tally,
    rules: &Rules,
) -> Vec<Restatement> {
    let mut restated = request.former.map_or_else(Vec::new, |former| former.restated.clone());
    let Some(lost) = &plan.lost else { return restated };
    let former_tip = request.former.and_then(|former| former.tip.as_deref());
    let former_tip = former_tip.and_then(|tip| ObjectId::from_hex(tip.as_bytes()).ok());
    let former_walk = match former_tip.map(|tip| Walk::read(store, Some(tip), &rules.actors)).transpose() {
        Ok(walk) => walk.filter(|walk| walk.missing.is_empty()),
        Err(_) => None,
    };
    if let Some(former) = &former_walk {
        let is_earlier = walk.ids.iter().all(|id| former.index.contains_key(id));
        if is_earlier {
            // Mined at an earlier commit on purpose: nothing was rewritten.
            return restated;
        }
    }
    let vanished = former_walk.map(|former| former.ids.iter().filter(|id| !walk.index.contains_key(*id)).count());
    let vanished = vanished.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    restated.push(lost.restatement(tally.first_period, vanished));
    restated
}
