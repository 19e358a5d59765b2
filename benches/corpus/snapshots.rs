//! Snapshots at depth `lines`, in the proportions of the shipped publication.

use std::collections::BTreeMap;

use signal::data::history::History;
use signal::data::identity_key::digest;
use signal::data::rules::FileKind;
use signal::data::snapshot::{AreaWork, AuthorWork, Depth, Lines, SetAside, Snapshot, VERSION};
use signal::data::work_type::WorkType;
use signal::plain::Period;
use signal::plain::day::week_number;

use crate::dice::Dice;
use crate::histories::{Plan, commit, rules};

/// Slugs of shipped areas.
const AREAS: [&str; 24] = [
    "kernels",
    "language-bindings",
    "model-integration",
    "backend-lowering",
    "hardware-cuda",
    "api-server",
    "attention",
    "quantisation",
    "memory",
    "distributed",
    "training",
    "evaluation",
    "benchmarking",
    "runtime",
    "compilation",
    "interop",
    "scheduling",
    "batching",
    "decoding",
    "data-loading",
    "edge",
    "hardware-rocm",
    "fine-tuning",
    "retrieval",
];

/// The snapshot of one quarter.
pub fn snapshot(plan: &Plan, repo: u32, history: &History, period: Period) -> Snapshot {
    let mut dice =
        Dice::new(plan.seed ^ 0x5eed, u64::from(repo) << 16 | u64::from(period.since(plan.first()).unsigned_abs()));
    let mut authors = Vec::new();
    for line in &history.authors {
        let Some(cell) = line.active.0.get(&period).filter(|cell| cell.counted() > 0) else { continue };
        let pair = line.written.as_ref().expect("every line that is made has a pair");
        let weeks: Vec<u8> = (0..14)
            .filter(|week| cell.weeks >> week & 1 == 1)
            .map(|week| week_number(period.first_week() + week))
            .collect();
        authors.push(AuthorWork {
            address: Some(pair.address),
            name: Some(pair.name),
            ..work(cell.counted(), &weeks, &mut dice)
        });
    }
    let mut lines: BTreeMap<String, Lines> = BTreeMap::new();
    for (kind, more) in authors.iter().filter_map(|author| author.lines.as_ref()).flatten() {
        let sum = lines.entry(kind.clone()).or_default();
        sum.added += more.added;
        sum.removed += more.removed;
    }
    let shared_files = shared(u32::try_from(authors.len()).expect("few"), &mut dice);
    Snapshot {
        version: VERSION,
        repo: history.repo.clone(),
        period,
        boundary: commit(&mut dice),
        depth: Depth::Lines,
        key: digest(b"key"),
        rules: rules(&["actors", "areas", "kinds", "work-types"]),
        diff: Some("myers (imara-diff), as git's default".to_owned()),
        set_aside: Some(SetAside::default()),
        lines: Some(lines.into()),
        reworked_files: Some(dice.between(0, 300)),
        shared_files: Some(shared_files),
        authors,
    }
}

fn work(commits: u32, weeks: &[u8], dice: &mut Dice) -> AuthorWork {
    let mut types: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..commits {
        let place = dice.early(u32::try_from(WorkType::ALL.len()).expect("eleven"));
        *types.entry(WorkType::ALL[place as usize].name().to_owned()).or_default() += 1;
    }
    let mut areas: BTreeMap<String, AreaWork> = BTreeMap::new();
    if dice.percent(80) {
        for _ in 0..=dice.tail(1.3, 30).min(2 + commits * 2) {
            let area = AREAS[dice.early(24) as usize].to_owned();
            let from = usize::try_from(dice.below(weeks.len() as u64)).expect("below a length");
            areas.insert(area, AreaWork { commits: dice.between(1, commits), weeks: weeks[from..].to_vec() });
        }
    }
    let mut lines: BTreeMap<String, Lines> = BTreeMap::new();
    for _ in 0..dice.tail(1.4, 6).min(commits + 1) {
        let kind = FileKind::ALL[dice.early(u32::try_from(FileKind::ALL.len()).expect("eight")) as usize];
        let added = u64::from(dice.tail(0.4, 20_000));
        lines.insert(kind.name().to_owned(), Lines { added, removed: added * dice.below(100) / 100 });
    }
    AuthorWork {
        address: None,
        name: None,
        work_seconds: u64::from(commits) * 5_400 + 1_800,
        types: Some(types.into()),
        areas: Some(areas.into()),
        lines: Some(lines.into()),
        file_touches: Some(dice.tail(0.6, 2_000)),
        file_churn: Some(u64::from(dice.tail(0.4, 20_000))),
    }
}

/// Who changed the same files: some three sets for four people, mostly of a few, the busiest in most of them.
fn shared(people: u32, dice: &mut Dice) -> Vec<Vec<u32>> {
    let mut sets = Vec::new();
    for _ in 0..if people > 1 { people * 3 / 4 } else { 0 } {
        let mut set: Vec<u32> =
            (0..=dice.tail(1.1, 40)).map(|_| (dice.early(people) * 7 + people / 3) % people).collect();
        set.sort_unstable();
        set.dedup();
        if set.len() > 1 {
            sets.push(set);
        }
    }
    sets.sort_unstable();
    sets.dedup();
    sets
}
