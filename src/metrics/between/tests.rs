//! The rules of homes, moves and profiles, on corpora small enough to count by hand.

use super::super::testing::{Fact, Labour, Project, Shot, World, period, profile};
use crate::data::cell::Cell;
use crate::data::snapshot::Depth;
use crate::plain::{Instant, Number};

#[expect(clippy::unnecessary_wraps, reason = "figures are options")]
fn whole(number: i128) -> Option<Number> {
    Some(Number::whole(number))
}

/// Three categories with a repository each.
fn world(souls: u64, from: &str, to: &str) -> World {
    let mut world = World::new(3, souls, from, to);
    world.categories = 3;
    (0..3).for_each(|place| world.projects[place].category = place);
    world
}

#[test]
fn a_home_takes_three_commits_and_is_remembered_for_four_quarters() {
    let moved = |first: &str, commits: u32| {
        let mut world = world(1, "2024-Q2", "2024-Q3");
        world.commits(0, 0, first, commits).commits(1, 0, "2024-Q3", 3);
        ["flow", "flow_rate"].map(|metric| world.value("flow:c0>c1", metric, "2024-Q3"))
    };
    assert_eq!(moved("2024-Q2", 3), [whole(1), whole(1)]);
    assert_eq!(moved("2023-Q3", 3), [whole(1), whole(1)]);
    assert_eq!(moved("2024-Q2", 2), [whole(0), None]);
    assert_eq!(moved("2023-Q2", 3), [whole(0), None]);
}

#[test]
fn who_is_gone_is_in_the_denominator_of_the_rate() {
    let mut world = world(3, "2024-Q2", "2024-Q3");
    for soul in 0..3 {
        world.commits(0, soul, "2024-Q2", 9);
    }
    // One moves, one stays, one goes.
    world.commits(1, 0, "2024-Q3", 9).commits(0, 0, "2024-Q3", 8).commits(0, 1, "2024-Q3", 1);
    assert_eq!(world.value("flow:c0>c1", "flow", "2024-Q3"), whole(1));
    assert_eq!(world.value("flow:c0>c1", "flow_rate", "2024-Q3"), Number::quotient(1, 3));
    assert_eq!(world.value("overlap:c0+c1", "overlap", "2024-Q3"), whole(1));
    assert_eq!(world.value("expansion:c0>c1", "expansion", "2024-Q3"), whole(1));
    assert_eq!(world.value("corpus", "external_out", "2024-Q3"), whole(1));
    assert_eq!(world.value("category:c1", "internal_in", "2024-Q3"), whole(1));
}

#[test]
fn a_tie_keeps_the_last_home() {
    let after_a_tie = |last: usize| {
        let mut world = world(1, "2024-Q2", "2024-Q4");
        world.commits(last, 0, "2024-Q2", 5).commits(0, 0, "2024-Q3", 4).commits(1, 0, "2024-Q3", 4);
        world.commits(2, 0, "2024-Q4", 3);
        ["flow:c0>c2", "flow:c1>c2"].map(|flow| world.value(flow, "flow", "2024-Q4"))
    };
    assert_eq!(after_a_tie(0), [whole(1), whole(0)]);
    assert_eq!(after_a_tie(1), [whole(0), whole(1)]);
    // The last home isn't among the tied, so there is none in the third quarter, and the one before it counts.
    assert_eq!(after_a_tie(2), [whole(0), whole(0)]);
}

#[test]
fn ties_are_settled_by_history_before_the_reported_periods() {
    let flow = |from: &str, first: usize| {
        let mut world = world(1, from, "2024-Q4");
        world.commits(first, 0, "2022-Q4", 3);
        for at in ["2023-Q2", "2023-Q4", "2024-Q2"] {
            world.commits(0, 0, at, 4).commits(1, 0, at, 4);
        }
        world.commits(2, 0, "2024-Q4", 3);
        ["flow:c0>c2", "flow:c1>c2"].map(|flow| world.value(flow, "flow", "2024-Q4"))
    };
    for from in ["2022-Q1", "2024-Q1", "2024-Q3", "2024-Q4"] {
        assert_eq!(flow(from, 0), [whole(1), whole(0)], "{from}");
        assert_eq!(flow(from, 1), [whole(0), whole(1)], "{from}");
        assert_eq!(flow(from, 2), [whole(0), whole(0)], "{from}");
    }
}

#[test]
fn many_movers_in_one_direction_are_a_movement() {
    let mut world = World::new(5, 70, "2024-Q2", "2024-Q3");
    world.categories = 5;
    (0..5).for_each(|place| world.projects[place].category = place);
    let mut soul = 0;
    let mut moves = |world: &mut World, from: usize, to: usize, count: usize| {
        for _ in 0..count {
            world.commits(from, soul, "2024-Q2", 5).commits(to, soul, "2024-Q3", 5);
            soul += 1;
        }
    };
    let quiet = (0..5).flat_map(|from| (0..5).map(move |to| (from, to))).filter(|(from, to)| from != to);
    for (from, to) in quiet.filter(|pair| *pair != (0, 1)) {
        moves(&mut world, from, to, 2);
    }
    moves(&mut world, 0, 1, 30);
    let value = |flow: &str, metric: &str| world.value(flow, metric, "2024-Q3");
    assert_eq!(value("flow:c0>c1", "flow"), whole(30));
    assert_eq!(value("flow:c0>c1", "flow_is_movement"), whole(1));
    assert_eq!(value("flow:c0>c1", "flow_is_asymmetric"), whole(1));
    assert_eq!(value("flow:c1>c0", "flow_is_asymmetric"), whole(1));
    assert_eq!(value("flow:c1>c0", "flow_is_movement"), whole(0));
    assert_eq!(value("flow:c2>c3", "flow_is_movement"), whole(0));
    assert_eq!(value("flow:c2>c3", "flow_asymmetry_p"), whole(1));
    // All 20 pairs have movers; the smallest p of all is multiplied by as many.
    let [p, q] = ["flow_p", "flow_q"].map(|metric| value("flow:c0>c1", metric).unwrap().to_f64());
    assert!(p > 0.0 && (q - p * 20.0).abs() < 2e-8, "{p} {q}");
}

#[test]
fn open_and_unknown_quarters_state_levels_only() {
    let mut world = world(1, "2024-Q2", "2024-Q3");
    world.commits(0, 0, "2024-Q2", 5).commits(1, 0, "2024-Q2", 1).commits(0, 0, "2024-Q3", 1);
    world.commits(1, 0, "2024-Q3", 5);
    world.projects[2].horizon = Some(Instant(period("2024-Q3").end_seconds() - 1));
    assert_eq!(world.value("flow:c0>c1", "flow", "2024-Q3"), None);
    assert_eq!(world.value("overlap:c0+c1", "overlap", "2024-Q3"), whole(1));
    assert_eq!(world.value("overlap:c0+c1", "overlap_change", "2024-Q3"), whole(0));
    assert_eq!(world.value("overlap:c0+c2", "overlap_change", "2024-Q3"), None);
    assert_eq!(world.value("overlap:c0+c2", "overlap", "2024-Q3"), whole(0));
    assert_eq!(world.value("category:c0", "external_out", "2024-Q3"), None);
    // Nothing at all is known of it: whoever is there isn't counted as nobody.
    world.projects[2].horizon = None;
    assert_eq!(world.value("overlap:c0+c2", "overlap", "2024-Q3"), None);
    assert_eq!(world.value("category:c0", "external_in", "2024-Q3"), None);
}

/// What one person did, all of it in the first area.
fn deed(project: usize, at: &str, cell: Cell) -> Fact {
    let labour = Labour { areas: [(0, (1, cell.weeks))].into(), ..Labour::default() };
    Fact { project, soul: 0, line: 0, period: period(at), cell, employer: None, labour }
}

/// One person with a commit in each of the first weeks of a quarter, in two repositories, by two lines.
fn busy(at: &str, weeks: [u16; 2]) -> World {
    let mut world = World::new(2, 1, at, at);
    for (place, weeks) in weeks.into_iter().enumerate() {
        let cell = Cell { own: 20, weeks, ..Cell::default() };
        world.facts.push(Fact { line: place, ..deed(place, at, cell) });
        world.projects[place].snapshots.insert(period(at), Shot { depth: Depth::Paths, ..Shot::default() });
    }
    world
}

#[test]
fn weeks_of_a_profile_are_joined_over_repositories_and_lines() {
    // 2020-Q4 touches 14 weeks, the last of them the 53rd; 2021-Q1 begins in it and touches 14 as well.
    for at in ["2020-Q4", "2021-Q1"] {
        let mut world = busy(at, [0b11_1111_1111_0000, 0b00_0000_0001_1111]);
        world.profiles = (12..=15).map(|weeks| profile(&format!("p{weeks}"), None, &["a0"], weeks)).collect();
        let fits = |slug: &str| world.value(&format!("profile:{slug}"), "contributors", at);
        assert_eq!([fits("p12"), fits("p14"), fits("p15")], [whole(1), whole(1), whole(0)]);
    }
}

#[test]
fn a_profile_is_unknown_where_trees_were_not_read() {
    let value = |spoil: &dyn Fn(&mut Project)| {
        let mut world = busy("2024-Q3", [0b111, 0b1]);
        world.profiles = vec![profile("p", None, &["a0"], 3)];
        spoil(&mut world.projects[1]);
        world.value("profile:p", "contributors", "2024-Q3")
    };
    assert_eq!(value(&|_| {}), whole(1));
    assert_eq!(value(&|project| project.snapshots.values_mut().for_each(|shot| shot.depth = Depth::Headers)), None);
    assert_eq!(value(&|project| project.snapshots.clear()), None);
    // Of a repository that isn't known nothing is asked: the known ones are added up.
    assert_eq!(value(&|project| project.horizon = None), whole(1));
}

#[test]
fn profiles_under_different_rules_are_not_compared() {
    let change = |rules: u64| {
        let mut world = busy("2024-Q3", [0b111, 0b1]);
        world.to = period("2024-Q4");
        world.as_of = Instant(world.to.end_seconds());
        world.projects.iter_mut().for_each(|project| project.horizon = Some(Instant(i64::MAX)));
        let cell = Cell { own: 20, weeks: 0b1110, ..Cell::default() };
        world.facts.push(deed(0, "2024-Q4", cell));
        world.projects[0].snapshots.insert(world.to, Shot { depth: Depth::Paths, rules, ..Shot::default() });
        world.profiles = vec![profile("p", None, &["a0"], 3)];
        ["contributors", "contributors_change"].map(|metric| world.value("profile:p", metric, "2024-Q4"))
    };
    assert_eq!(change(0), [whole(1), whole(0)]);
    assert_eq!(change(1), [whole(1), None]);
}
