//! One repository, mined: its history file and the snapshots of the reported periods.

use std::collections::BTreeMap;
use std::path::Path;

use gix::ObjectId;

use super::authors::Authors;
use super::boundaries::{self, Plan, Slot};
use super::dates::{self, Dated};
use super::mailmap::Mailmap;
use super::origin::{Origin, Shared};
use super::rules::Rules;
use super::store::{Branch, Store};
use super::walk::{Record, Walk};
use super::{Unreadable, hours};
use crate::data::cell::{Cell, Cells};
use crate::data::history::{self, Actor, AuthorLine, Completeness, History, Notes, Restatement, State, Status};
use crate::data::snapshot::{self, AuthorWork, Depth, Snapshot};
use crate::plain::{Day, Instant, Period};

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
    /// What was mined before.
    pub former: Option<&'a State>,
    /// What it is a copy of.
    pub origin: Option<Origin<'a>>,
    /// Mines even when nothing is due.
    pub fresh: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Mined {
    /// Nothing has changed since the last time.
    Current,
    /// New files.
    Files(Box<History>, Vec<Snapshot>),
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
    let unchanged = request.former.filter(|former| {
        !request.fresh && former.origin == recorded_origin && is_current(former, &branch, horizon, rules)
    });
    if unchanged.is_some_and(State::is_whole) && store.shallow()?.is_empty() {
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
    let mailmap = branch.tip.and_then(|tip| store.mailmap(tip)).map(|bytes| Mailmap::parse(&bytes));
    let authors = Authors::new(&walk.authors, mailmap.as_ref(), rules);
    let tally = Tally::new(&walk, &plan, &authors, &shared, branch.tip);
    let snapshots = tally.snapshots(request, &plan, &branch, horizon, &authors, rules);
    let rewritten = rewritten.map(|lost| lost.restatement(tally.first_period, None));
    let rewritten = rewritten.map(|restatement| Restatement { of_origin: true, ..restatement });
    let state = State {
        restated: restated(request, &store, &walk, &plan, &tally, rules).into_iter().chain(rewritten).collect(),
        tip: branch.tip.map(|tip| tip.to_string()),
        branch: branch.name,
        horizon,
        declared: request.at.is_none() && request.horizon.is_some(),
        object_format: store.object_format(),
        completeness: if walk.cut.is_empty() { Completeness::Whole } else { Completeness::Shallow },
        known_from: tally.known_from(&walk),
        missing: u32::try_from(walk.missing.len()).unwrap_or(u32::MAX),
        roots: roots(&walk),
        origin: recorded_origin,
        boundaries: plan.boundaries,
        key: rules.key.id(),
        rules: rules.digests(),
    };
    // Of a history that isn't whole, more may be there than the last time under the same tip.
    let reach = |state: &State| (state.completeness, state.known_from, state.missing);
    if unchanged.is_some_and(|former| reach(former) == reach(&state)) {
        return Ok(Mined::Current);
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
    Ok(Mined::Files(Box::new(history), snapshots))
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

/// What one author line did.
#[derive(Clone, Debug, Default)]
struct Row {
    cells: BTreeMap<Period, Cell>,
    first: Option<Day>,
    last: Option<Day>,
}

impl Row {
    fn with(self, line: super::authors::Line) -> AuthorLine {
        AuthorLine {
            written: line.written,
            mapped: line.mapped,
            domain: line.domain,
            actor: line.actor,
            first: self.first,
            last: self.last,
            active: Cells(self.cells),
        }
    }
}

/// Every commit counted where it belongs.
struct Tally {
    rows: Vec<Row>,
    notes: BTreeMap<Period, Notes>,
    author_dates: BTreeMap<Period, BTreeMap<u32, Vec<i64>>>,
    first_period: Option<Period>,
    dates: Vec<Dated>,
}

impl Tally {
    fn new(walk: &Walk, plan: &Plan, authors: &Authors, shared: &Shared, tip: Option<ObjectId>) -> Self {
        let groups = boundaries::groups(walk, &plan.boundaries);
        let dates = dates::mend(walk, &plan.boundaries, &groups, tip);
        let mut tally = Self {
            rows: vec![Row::default(); authors.lines.len()],
            notes: BTreeMap::new(),
            author_dates: BTreeMap::new(),
            first_period: None,
            dates,
        };
        for (at, record) in walk.records.iter().enumerate() {
            let line = authors.of_pair[record.author as usize];
            let actor = authors.lines[line as usize].actor;
            let when = tally.dates[at];
            let slot = boundaries::slot(&plan.boundaries, groups[at], Day::of_seconds(when.seconds));
            let slot = Slot { is_shared: shared.holds(&walk.ids[at], slot.period), ..slot };
            tally.count(record, line, actor, when, slot);
        }
        tally
    }

    fn count(&mut self, record: &Record, line: u32, actor: Actor, when: Dated, slot: Slot) {
        let period = slot.period;
        self.first_period = self.first_period.into_iter().chain([period]).min();
        let row = &mut self.rows[line as usize];
        let cell = row.cells.entry(period).or_default();
        if slot.is_shared {
            cell.shared += 1;
            return;
        }
        let notes = self.notes.entry(period).or_default();
        notes.date_mended += u32::from(when.is_mended);
        if record.is_merge {
            cell.merges += 1;
            return;
        }
        match (slot.is_imported, actor) {
            (true, _) => cell.imported += 1,
            (false, Actor::Agent) => cell.agent += 1,
            (false, Actor::Bot) => cell.bot += 1,
            (false, Actor::Person) => {
                *(if record.credits.agent { &mut cell.assisted } else { &mut cell.own }) += 1;
                cell.late += u32::from(slot.is_late);
                notes.co_authored += u32::from(record.credits.co_author);
                let day = Day::of_seconds(when.seconds);
                // A late commit is work that became visible when the period began.
                let week = if slot.is_late { period.first_week() } else { day.week() };
                cell.weeks |= 1 << (week - period.first_week());
                row.first = row.first.into_iter().chain([day]).min();
                row.last = row.last.max(Some(day));
                self.author_dates.entry(period).or_default().entry(line).or_default().push(record.authored);
            }
        }
    }

    /// In a history that is cut off, everything after the last period that the cut may have touched.
    fn known_from(&self, walk: &Walk) -> Option<Period> {
        let latest = walk.cut.iter().map(|&at| self.dates[at as usize].seconds).max()?;
        Some(Period::of(Day::of_seconds(latest)).next())
    }

    /// The snapshots of the reported periods that the horizon has reached.
    fn snapshots(
        &self,
        request: &Request<'_>,
        plan: &Plan,
        branch: &Branch,
        horizon: Option<Instant>,
        authors: &Authors,
        rules: &Rules,
    ) -> Vec<Snapshot> {
        let (Some(tip), Some(horizon)) = (branch.tip, horizon) else { return Vec::new() };
        let (from, to) = request.reported;
        let nobody = BTreeMap::new();
        let snapshot = |period: Period| {
            let boundary = plan.boundaries.iter().find(|boundary| period <= boundary.through);
            let lines = self.author_dates.get(&period).unwrap_or(&nobody);
            Snapshot {
                version: snapshot::VERSION,
                repo: request.id.to_owned(),
                period,
                boundary: boundary.map_or_else(|| tip.to_string(), |boundary| boundary.tip.clone()),
                depth: Depth::Headers,
                key: rules.key.id(),
                rules: rules.digests(),
                diff: None,
                set_aside: None,
                lines: None,
                reworked_files: None,
                shared_files: None,
                authors: lines.iter().map(|(&line, dates)| work(authors, line, dates)).collect(),
            }
        };
        from.through(to.min(Period::of(horizon.day()))).map(snapshot).collect()
    }
}

fn work(authors: &Authors, line: u32, dates: &[i64]) -> AuthorWork {
    let written = authors.lines[line as usize].written.as_ref();
    AuthorWork {
        address: written.map(|pair| pair.address),
        name: written.map(|pair| pair.name),
        work_seconds: hours::seconds(&mut dates.to_vec()),
        types: None,
        areas: None,
        lines: None,
        file_touches: None,
        file_churn: None,
    }
}
