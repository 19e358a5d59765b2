//! Corpora made up at random, every standing and lane among them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::data::cell::Cell;
use crate::data::history::{Actor, Notes};
use crate::data::snapshot::{Depth, SetAside};
use crate::metrics::testing::{AREAS, Fact, Labour, Project, Shot, Soul, World, period, profile};
use crate::people::Affiliation;
use crate::plain::{Instant, Period};

fn quarters(first: &str, last: &str) -> impl Strategy<Value = Period> + use<> {
    proptest::sample::select(period(first).through(period(last)).collect::<Vec<_>>())
}

/// The start, the middle or the end of a quarter.
fn moments() -> impl Strategy<Value = Instant> {
    (quarters("2020-Q2", "2021-Q4"), 0..3_i64).prop_map(|(at, part)| {
        let (start, end) = (at.start().seconds(), at.end_seconds());
        Instant(start + (end - start) * part / 2)
    })
}

fn projects() -> impl Strategy<Value = Project> {
    let snapshots = proptest::collection::btree_map(quarters("2020-Q2", "2021-Q4"), shots(), 0..7);
    let notes = (0..3_u32, 0..3_u32).prop_map(|(date_mended, co_authored)| Notes { date_mended, co_authored });
    let notes = proptest::collection::btree_map(quarters("2020-Q3", "2021-Q3"), notes, 0..3);
    let never = Just(Instant(i64::MAX));
    (
        0..3_usize,
        prop_oneof![3 => Just(None), 1 => quarters("2020-Q2", "2021-Q3").prop_map(Some)],
        proptest::bool::weighted(0.05),
        prop_oneof![4 => never.prop_map(Some), 1 => moments().prop_map(Some), 1 => Just(None)],
        prop_oneof![
            8 => Just((false, None)),
            1 => quarters("2020-Q1", "2021-Q2").prop_map(|from| (true, Some(from))),
            1 => Just((true, None)),
        ],
        prop_oneof![12 => Just(0_u32), 1 => Just(3)],
        notes,
        snapshots,
        prop_oneof![Just(None), (0..2_u32).prop_map(Some)],
    )
        .prop_map(
            |(category, tracked, unmined, horizon, (shallow, known_from), missing, notes, snapshots, vendor)| {
                let horizon = horizon.filter(|_| !unmined);
                Project { category, vendor, tracked, unmined, horizon, shallow, known_from, missing, notes, snapshots }
            },
        )
}

fn shots() -> impl Strategy<Value = Shot> {
    let depth = prop_oneof![1 => Just(Depth::Headers), 2 => Just(Depth::Paths), 6 => Just(Depth::Lines)];
    let sets = proptest::collection::vec(proptest::collection::vec(0..9_usize, 1..5), 0..5);
    let rare = || prop_oneof![3 => Just(0_u32), 1 => 1..4_u32];
    let aside = (rare(), rare(), rare());
    (depth, prop_oneof![6 => Just(0_u64), 1 => Just(1)], aside, 0..9_u32, sets).prop_map(
        |(depth, rules, (missing_objects, renames_skipped, too_many_files), reworked_files, shared_files)| {
            let aside = SetAside { missing_objects, renames_skipped, too_many_files, missing_attributes: 0 };
            Shot { depth, rules, aside, reworked_files, shared_files }
        },
    )
}

/// What trees and lines say; the commits by type are made to fit the fact.
fn labours() -> impl Strategy<Value = Labour> {
    let types = proptest::collection::vec(0..11_usize, 0..3);
    let areas = proptest::collection::btree_map(0..AREAS, (1..4_u32, 0..1_u16 << 14), 0..3);
    let lines = proptest::collection::btree_map(0..8_usize, (0..300_u64, 0..300_u64), 0..4);
    (1..100_000_u64, types, areas, lines, 0..9_u32, 0..99_u64).prop_map(
        |(seconds, types, areas, lines, file_touches, file_churn)| {
            let types = types.into_iter().map(|place| (place, 0)).collect();
            Labour { seconds, types, areas, lines, file_touches, file_churn }
        },
    )
}

fn cells() -> impl Strategy<Value = (Cell, u16)> {
    let few = || prop_oneof![Just(0_u32), Just(1), 0..20_u32];
    let rare = || prop_oneof![4 => Just(0_u32), 1 => 1..5_u32];
    (few(), rare(), (rare(), rare(), rare(), rare(), rare()), any::<bool>(), 1..1_u16 << 14).prop_map(
        |(own, assisted, (agent, bot, imported, shared, merges), late, weeks)| {
            let late = if late { own / 2 } else { 0 };
            (Cell { own, assisted, agent, bot, imported, shared, merges, late, weeks: 0 }, weeks)
        },
    )
}

type Raw = (usize, usize, usize, Period, (Cell, u16), Option<Affiliation>, Labour);

fn facts(raw: Vec<Raw>, projects: usize, souls: usize) -> Vec<Fact> {
    let mut seen = BTreeSet::new();
    let mut facts = Vec::new();
    for (project, soul, line, period, (mut cell, weeks), employer, mut labour) in raw {
        let (project, soul) = (project % projects, soul % souls);
        let last = period.last_day().week() - period.first_week();
        let weeks = weeks & ((1 << (last + 1)) - 1);
        cell.weeks = if cell.counted() == 0 { 0 } else { weeks.max(1) };
        let kinds = u32::try_from(labour.types.len()).expect("few types");
        labour.types.values_mut().for_each(|commits| *commits = cell.counted() / kinds);
        labour.areas.values_mut().for_each(|(_, mask)| *mask &= (1 << (last + 1)) - 1);
        if seen.insert((project, soul, line, period)) {
            facts.push(Fact { project, soul, line, period, cell, employer, labour });
        }
    }
    facts
}

/// 2020 has 53 weeks; its fourth quarter touches 14, and so does the first of 2021.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let actor = prop_oneof![8 => Just(Actor::Person), 1 => Just(Actor::Bot), 1 => Just(Actor::Agent)];
    let soul = (0..3_u64, actor).prop_map(|(key, actor)| Soul { key, actor });
    let employer = (0..2_u32, proptest::bool::weighted(0.3))
        .prop_map(|(organisation, inherited)| Some(Affiliation { organisation, inherited }));
    let employer = prop_oneof![Just(None), employer];
    let raw = (0..8_usize, 0..8_usize, 0..2_usize, quarters("2019-Q2", "2021-Q4"), cells(), employer, labours());
    (
        proptest::collection::vec(projects(), 1..5),
        proptest::collection::vec(soul, 1..7),
        proptest::collection::vec(raw, 0..70),
        prop_oneof![2 => Just(Instant(period("2021-Q4").end_seconds())), 1 => moments()],
    )
        .prop_map(|(projects, souls, raw, as_of)| {
            let facts = facts(raw, projects.len(), souls.len());
            let profiles = vec![
                profile("p0", Some("c0"), &["a0"], 2),
                profile("p1", None, &["a0", "a1"], 9),
                profile("p2", Some("c1"), &["a1", "a2"], 1),
            ];
            World {
                profiles,
                categories: 3,
                projects,
                souls,
                facts,
                from: period("2020-Q3"),
                to: period("2021-Q3"),
                as_of,
            }
        })
}
