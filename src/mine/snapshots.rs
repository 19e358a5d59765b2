//! The snapshots of the reported periods: which of them are due, and what stands in them.

use std::collections::BTreeMap;

use gix::ObjectId;

use super::authors::Authors;
use super::differ::Differ;
use super::history::Request;
use super::portion::Portion;
use super::rules::Rules;
use super::tally::Tally;
use super::walk::Walk;
use super::work::Attributes;
use super::workers::{self, Job};
use super::{Unreadable, hours, line_diff};
use crate::data::history::Boundary;
use crate::data::snapshot::{self, AuthorWork, Depth, Header, Snapshot};
use crate::plain::{Instant, Period};

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
        Header { boundary, depth: request.depth, key: rules.key.id(), rules: digests.clone() }
    };
    let is_kept = |period, header: &Header| kept.get(&period) == Some(header);
    let headers = from.through(to.min(Period::of(horizon.day()))).map(|period| (period, header(period)));
    headers.filter(|(period, header)| !is_kept(*period, header)).collect()
}

/// Makes the snapshots that are due.
pub fn make(
    request: &Request<'_>,
    due: Vec<(Period, Header)>,
    walk: &Walk,
    tally: &Tally,
    authors: &Authors,
    rules: &Rules,
) -> Result<Vec<Snapshot>, Unreadable> {
    let portions = match request.depth {
        Depth::Headers => due.iter().map(|_| None).collect(),
        _ => portions(request, &due, walk, tally, rules)?,
    };
    let nobody = BTreeMap::new();
    let snapshot = |((period, header), portion): ((Period, Header), Option<Portion>)| {
        let lines = tally.author_dates.get(&period).unwrap_or(&nobody);
        let known = portion.as_ref();
        let with_lines = known.filter(|_| request.depth == Depth::Lines);
        let rows: Vec<u32> = lines.keys().copied().collect();
        let work = |(&line, dates): (&u32, &Vec<i64>)| {
            let mut work = row(authors, line, dates);
            if let Some(portion) = known {
                let known = portion.work(line, period, &rules.work);
                (work.types, work.areas) = (Some(known.types), Some(known.areas));
                work.file_touches = Some(known.file_touches);
                work.lines = with_lines.map(|_| known.lines);
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
            diff: with_lines.map(|_| line_diff::NAME.to_owned()),
            set_aside: known.map(Portion::set_aside),
            lines: with_lines.map(Portion::lines),
            reworked_files: known.map(Portion::reworked_files),
            shared_files: known.map(|portion| shared(portion, &rows)),
            authors: lines.iter().map(work).collect(),
        }
    };
    Ok(due.into_iter().zip(portions).map(snapshot).collect())
}

/// What trees and lines say about each due period.
fn portions(
    request: &Request<'_>,
    due: &[(Period, Header)],
    walk: &Walk,
    tally: &Tally,
    rules: &Rules,
) -> Result<Vec<Option<Portion>>, Unreadable> {
    let mut jobs = Vec::new();
    for (at, (period, _)) in due.iter().enumerate() {
        let counted = tally.counted.get(period).map_or(&[][..], Vec::as_slice);
        jobs.extend(counted.iter().map(|&counted| Job { period: at, commit: walk.ids[counted.at as usize], counted }));
    }
    if jobs.is_empty() {
        return Ok(due.iter().map(|_| Some(Portion::default())).collect());
    }
    let open = || Differ::open(request.path, request.depth, &rules.work);
    // The attributes are those of the boundary: a closed period must not change with the tip.
    let mut differ = open()?;
    let mut known: BTreeMap<&str, Attributes> = BTreeMap::new();
    for (_, header) in due {
        let commit = ObjectId::from_hex(header.boundary.as_bytes()).expect("the walk has read it");
        known.entry(&header.boundary).or_insert_with(|| attributes(&mut differ, commit));
    }
    drop(differ);
    let attributes: Vec<&Attributes> = due.iter().map(|(_, header)| &known[header.boundary.as_str()]).collect();
    let count = |portions: &mut Vec<Portion>, differ: &mut Differ<'_>, job: &Job| {
        let changes = differ.changes(job.commit);
        portions[job.period].count(job.counted, &changes, &rules.work, attributes[job.period]);
    };
    let empty = || due.iter().map(|_| Portion::default()).collect::<Vec<_>>();
    let parts = workers::run(&jobs, open, empty, count)?;
    let mut sums = empty();
    for part in parts {
        for (sum, portion) in sums.iter_mut().zip(part) {
            sum.add(portion);
        }
    }
    Ok(sums.into_iter().map(Some).collect())
}

fn attributes(differ: &mut Differ<'_>, commit: ObjectId) -> Attributes {
    let files = differ.attributes(commit);
    let files: Vec<(&[u8], &[u8])> = files.iter().map(|(folder, bytes)| (&folder[..], &bytes[..])).collect();
    Attributes::parse(&files)
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
