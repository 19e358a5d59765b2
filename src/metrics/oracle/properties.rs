//! What has to hold of every corpus.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::worlds::worlds;
use super::{answer, between, standing};
use crate::metrics::testing::World;
use crate::metrics::{Figure, Measured, Scope, Side, Survey};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fast_way_and_the_obvious_way_agree(world in worlds()) {
        let figures = world.measure().expect("the books balance");
        prop_assert_eq!(between::law_broken(&figures), None);
        for one in figures.iter().filter(|one| between::is_between(one)) {
            prop_assert_eq!(between::fault(&world, one), None);
        }
        for one in figures.into_iter().filter(|one| !between::is_between(one)) {
            let (metric, at) = (one.figure.metric.name, one.period);
            let expected = answer(&world, &one.scope, metric, at);
            prop_assert_eq!(one.figure.value, expected, "{} {} {}", one.scope, metric, at);
            prop_assert_eq!(one.figure.standing, standing(&world, &one.scope, at), "{} {}", one.scope, at);
        }
    }

    #[test]
    fn every_pair_has_its_rows_and_repositories_only_those_that_are_not_0(world in worlds()) {
        prop_assert_eq!(between::pairs_found(&world), between::pairs_expected(&world));
    }

    #[test]
    fn what_is_measured_on_demand_is_what_is_measured_ahead(world in worlds()) {
        let (ahead, survey) = world.with_corpus(|corpus| {
            let mut survey = Survey::new(corpus).expect("a corpus");
            (survey.figures().expect("the books balance").into_list(), survey)
        });
        let is_pair = |scope: &Scope| match scope {
            Scope::Overlap(a, _) => matches!(a.scope(), Scope::Category(_) | Scope::Group(_)),
            Scope::Expansion(..) => true,
            _ => false,
        };
        for figures in ahead.chunk_by(|a, b| a.scope == b.scope).filter(|figures| is_pair(&figures[0].scope)) {
            prop_assert_eq!(survey.on_demand(&figures[0].scope), figures);
        }
        // Every repository is in one of the categories that have one.
        let categories = ahead.iter().filter_map(|one| Side::of(&one.scope).filter(|side| !side.as_str().contains(':')));
        let union = Scope::union(categories.filter(|side| side.as_str() != "corpus").collect());
        let corpus = |one: &&Measured| *one.scope == Scope::Corpus && !between::is_between(one) && !one.figure.metric.name.starts_with("external_");
        let corpus: Vec<_> = ahead.iter().filter(corpus).map(|one| (one.period, one.figure)).collect();
        let beside_the_corpus = ["commits_share", "hours_share", "contribution_to_change"];
        let is_its_own = |figure: &Figure| !beside_the_corpus.iter().any(|name| figure.metric.name.starts_with(name));
        let union: Vec<_> = survey.on_demand(&union).into_iter().map(|one| (one.period, one.figure)).collect();
        let union: Vec<_> = union.into_iter().filter(|(_, figure)| is_its_own(figure)).collect();
        prop_assert_eq!(union, corpus);
    }

    #[test]
    fn the_order_of_people_and_repositories_changes_nothing(world in worlds(), turn in 1..5_usize) {
        // Keys have to differ for this: equal keys are told apart by nothing else than their order.
        let mut world = world;
        (0..).zip(&mut world.souls).for_each(|(key, soul)| soul.key = key);
        let turned = turn_round(&world, turn);
        let table = |world: &World, back: bool| {
            let rows = world.measure().expect("the books balance").into_iter().map(|one| {
                let unturned = |id: &str| match id.strip_prefix('r').map(str::parse::<usize>) {
                    Some(Ok(place)) if back => {
                        format!("r{}", (place + world.projects.len() - turn % world.projects.len()) % world.projects.len())
                    }
                    _ => id.to_owned(),
                };
                // `r0`, `repo:r0>repo:r1`
                let subject = one.scope.subject();
                let subject = subject.split('>').map(|side| side.split(':').map(unturned).collect::<Vec<_>>());
                let subject: Vec<Vec<String>> = subject.collect();
                ((one.scope.kind(), subject, one.figure.metric.name, one.period), one.figure.value)
            });
            rows.collect::<BTreeMap<_, _>>()
        };
        let (straight, turned) = (table(&world, false), table(&turned, true));
        for (row, value) in &straight {
            prop_assert_eq!(turned.get(row), Some(value), "{:?}", row);
        }
        prop_assert_eq!(straight.len(), turned.len());
    }
}

/// The same world with its repositories, people and facts in another order.
fn turn_round(world: &World, turn: usize) -> World {
    let (projects, souls) = (world.projects.len(), world.souls.len());
    let mut turned = world.clone();
    turned.projects.rotate_right(turn % projects);
    turned.souls.rotate_right(turn % souls);
    for fact in &mut turned.facts {
        fact.project = (fact.project + turn) % projects;
        fact.soul = (fact.soul + turn) % souls;
    }
    turned.facts.reverse();
    turned
}
