//! The snapshots of the reported periods: which of them are due, and what stands in them.

use std::collections::BTreeMap;

use gix::ObjectId;

use super::authors::Authors;
use super::history::Request;
use super::memory::{Facts, Memory};
use super::portion::Portion;
use super::reading::{Account, Part, Reading};
use super::rules::Rules;
use super::store::Store;
use super::tally::Tally;
use super::walk::Walk;
use super::{Unreadable, hours, line_diff};
use crate::data::history::Boundary;
use crate::data::snapshot::{self, AuthorWork, Beginning, Depth, Header, Snapshot};
use crate::plain::{Instant, Period};

/// The headers of those snapshots whose missing objects haven't come since.
#[must_use]
pub fn settled(request: &Request<'_>, store: &Store, memory: &Memory) -> BTreeMap<Period, Header> {
    let is_settled = |period: Period, Beginning { header, set_aside }: &Beginning| {
        let (commits, attributes) = (set_aside.missing_objects, set_aside.missing_attributes);
        if commits == 0 && attributes == 0 {
            return true;
        }
        let is_of_it = |facts: &Facts| {
            ObjectId::from_hex(header.boundary.as_bytes()).is_ok_and(|boundary| boundary == facts.boundary)
                && facts.lacks.len() == commits as usize
                && facts.attributes.lacks.len() == attributes as usize
        };
        let Some(facts) = memory.load(period).filter(is_of_it) else {
            // Nobody knows what was missing. Attributes alone are no reason: a mirror without blobs lacks them for good.
            return commits == 0;
        };
        !facts.lacks.iter().chain(&facts.attributes.lacks).any(|&missing| store.has_come(missing))
    };
    let settled = request.kept.iter().filter(|(period, beginning)| is_settled(**period, beginning));
    settled.map(|(&period, beginning)| (period, beginning.header.clone())).collect()
}

/// The reported periods that the horizon has reached and whose snapshot is missing or was made from something else.
///
/// `kept` are the headers of those that may stay: made under the boundaries and beside the origin that still hold.
#[must_use]
pub fn due(
    request: &Request<'_>,
    kept: &BTreeMap<Period, Header>,
    boundaries: &[Boundary],
    tip: Option<ObjectId>,
    horizon: Option<Instant>,
    rules: &Rules,
) -> Vec<(Period, Header)> {
    let (Some(tip), Some(horizon)) = (tip, horizon) else { return Vec::new() };
    let (from, to) = request.reported;
    let digests = rules.snapshot_digests(request.depth);
    let header = |period: Period| {
        let boundary = boundaries.iter().find(|boundary| period <= boundary.through);
        let boundary = boundary.map_or_else(|| tip.to_string(), |boundary| boundary.tip.clone());
        let diff = diff(request.depth);
        Header { boundary, depth: request.depth, key: rules.key.id(), rules: digests.clone(), diff }
    };
    let is_kept = |period, header: &Header| kept.get(&period) == Some(header);
    let headers = from.through(to.min(Period::of(horizon.day()))).map(|period| (period, header(period)));
    headers.filter(|(period, header)| !is_kept(*period, header)).collect()
}

/// The algorithm of the line diff, where lines are counted.
fn diff(depth: Depth) -> Option<String> {
    (depth == Depth::Lines).then(|| line_diff::NAME.to_owned())
}

/// Makes the snapshots that are due.
pub fn make(
    request: &Request<'_>,
    due: Vec<(Period, Header)>,
    walk: &Walk,
    tally: &Tally,
    authors: &Authors,
    (rules, memory): (&Rules, &Memory),
) -> Result<(Vec<Snapshot>, Account), Unreadable> {
    let as_known = |header, portion: Option<&Portion>| snapshot(request, header, portion, tally, authors, rules);
    if request.depth == Depth::Headers {
        return Ok((due.into_iter().map(|header| as_known(header, None)).collect(), Account::default()));
    }
    // The walk found the newest commits first; so a file's older version is read with the newer one.
    let part = |(period, header): &(Period, Header)| {
        let counted = tally.counted.get(period).map_or(&[][..], Vec::as_slice);
        let boundary = ObjectId::from_hex(header.boundary.as_bytes()).expect("the walk has read it");
        Part::new(*period, boundary, counted, &walk.ids)
    };
    let parts: Vec<Part> = due.iter().rev().map(part).collect();
    let finish = |at: usize, portion: &Portion| as_known(due[due.len() - 1 - at].clone(), Some(portion));
    let (mut snapshots, account) = Reading::new(request, rules, memory).read(&parts, finish)?;
    snapshots.reverse();
    Ok((snapshots, account))
}

fn snapshot(
    request: &Request<'_>,
    (period, header): (Period, Header),
    known: Option<&Portion>,
    tally: &Tally,
    authors: &Authors,
    rules: &Rules,
) -> Snapshot {
    let nobody = BTreeMap::new();
    let lines = tally.author_dates.get(&period).unwrap_or(&nobody);
    let with_lines = known.filter(|_| request.depth == Depth::Lines);
    let rows: Vec<u32> = lines.keys().copied().collect();
    let work = |(&line, dates): (&u32, &Vec<i64>)| {
        let mut work = row(authors, line, dates);
        if let Some(portion) = known {
            let known = portion.work(line, period, &rules.work);
            (work.types, work.areas) = (Some(known.types.into()), Some(known.areas.into()));
            work.file_touches = Some(known.file_touches);
            work.lines = with_lines.map(|_| known.lines.into());
            work.file_churn = with_lines.map(|_| known.file_churn);
        }
        work
    };
    Snapshot {
        version: snapshot::VERSION,
        repo: request.id.to_owned(),
        period,
        boundary: header.boundary,
        depth: header.depth,
        key: header.key,
        rules: header.rules,
        diff: header.diff,
        set_aside: known.map(Portion::set_aside),
        lines: with_lines.map(|portion| portion.lines().into()),
        reworked_files: known.map(Portion::reworked_files),
        shared_files: known.map(|portion| shared(portion, &rows)),
        authors: lines.iter().map(work).collect(),
    }
}

/// Sets of rows: each author line's place among those of the period.
fn shared(portion: &Portion, rows: &[u32]) -> Vec<Vec<u32>> {
    let place = |line: u32| rows.binary_search(&line).expect("whoever changed a file has a row");
    let set = |lines: Vec<u32>| lines.into_iter().map(|line| u32::try_from(place(line)).expect("few rows")).collect();
    portion.shared_files().into_iter().map(set).collect()
}

fn row(authors: &Authors, line: u32, dates: &[i64]) -> AuthorWork {
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
