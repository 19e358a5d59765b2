//! The laws and the traps, on corpora small enough to count by hand.

use super::books::balance;
use super::calendar::Calendar;
use super::catalogue::Id;
use super::sheet::Sheet;
use super::testing::{Fact, Labour, Shot, World, period, scope};
use super::{Scope, Standing, Survey, measure};
use crate::data::cell::Cell;
use crate::data::history::Actor;
use crate::people::Affiliation;
use crate::plain::{Instant, Kind, Number};

#[expect(clippy::unnecessary_wraps, reason = "figures are options")]
fn whole(number: i128) -> Option<Number> {
    Some(Number::whole(number))
}

fn works_for(organisation: u32) -> Affiliation {
    Affiliation { organisation, inherited: false }
}

fn share(part: i128, of: i128) -> Option<Number> {
    Number::quotient(part, of)
}

#[test]
fn chaoss_examples_come_out_as_published() {
    let mut world = World::new(1, 16, "2024-Q3", "2024-Q3");
    for (soul, commits) in [1000, 202, 90, 33, 332, 343, 42, 433].into_iter().enumerate() {
        world.commits(0, soul, "2024-Q3", commits);
    }
    assert_eq!(world.value("corpus", "absence_factor", "2024-Q3"), whole(2));
    // Without organisations each is one of their own.
    assert_eq!(world.value("corpus", "elephant_factor", "2024-Q3"), whole(2));

    let mut world = World::new(1, 16, "2024-Q3", "2024-Q3");
    for soul in 0..16 {
        world.commits(0, soul, "2024-Q3", if soul < 8 { 100 } else { 25 });
        world.facts[soul].employer = Some(works_for(u32::try_from(soul % 8).unwrap()));
    }
    assert_eq!(world.value("corpus", "elephant_factor", "2024-Q3"), whole(4));
    assert_eq!(world.value("corpus", "absence_factor", "2024-Q3"), whole(5));
}

#[test]
fn one_person_with_most_of_the_work_is_the_absence_factor() {
    let mut world = World::new(1, 3, "2024-Q3", "2024-Q3");
    world.commits(0, 0, "2024-Q3", 60).commits(0, 1, "2024-Q3", 20).commits(0, 2, "2024-Q3", 20);
    assert_eq!(world.value("repo:r0", "absence_factor", "2024-Q3"), whole(1));
    assert_eq!(world.value("repo:r0", "core", "2024-Q3"), whole(2));
    assert_eq!(world.value("repo:r0", "regular", "2024-Q3"), whole(1));
    assert_eq!(world.value("repo:r0", "casual", "2024-Q3"), whole(0));
}

#[test]
fn ties_in_the_onion_go_to_who_came_first_then_to_the_smaller_key() {
    let tied = |key: u64, came: Option<&str>| {
        let mut world = World::new(1, 5, "2024-Q3", "2024-Q4");
        world.souls[2].key = key;
        if let Some(came) = came {
            world.commits(0, 2, came, 1);
        }
        // 2 and 4 are tied for the place where the core reaches 80 of 100 commits; 2 stays and 4 leaves.
        for (soul, commits) in [(0, 75), (2, 10), (4, 10), (1, 5)] {
            world.commits(0, soul, "2024-Q3", commits);
        }
        for soul in [0, 2, 1] {
            world.commits(0, soul, "2024-Q4", 1);
        }
        ["core_churned", "regular_churned"].map(|metric| world.value("corpus", metric, "2024-Q4"))
    };
    let (core_left, regular_left) = ([whole(1), whole(0)], [whole(0), whole(1)]);
    assert_eq!(tied(9, Some("2023-Q1")), regular_left);
    assert_eq!(tied(9, None), core_left);
    assert_eq!(tied(2, None), regular_left);
}

#[test]
fn new_means_new_over_all_of_the_history() {
    let mut world = World::new(2, 4, "2024-Q3", "2024-Q4");
    world.projects[1].tracked = Some(period("2024-Q4"));
    // 0 came long before the window, 1 before the second repository was tracked, 2 now, 3 stayed.
    world.commits(0, 0, "2011-Q1", 1).commits(0, 0, "2024-Q3", 1);
    world.commits(1, 1, "2024-Q1", 1).commits(0, 1, "2024-Q4", 2);
    world.commits(0, 2, "2024-Q4", 1);
    world.commits(0, 3, "2024-Q2", 1).commits(0, 3, "2024-Q3", 4).commits(1, 3, "2024-Q4", 5);
    assert_eq!(world.value("corpus", "new", "2024-Q3"), whole(0));
    assert_eq!(world.value("corpus", "returning", "2024-Q3"), whole(1));
    assert_eq!(world.value("corpus", "retained", "2024-Q3"), whole(1));
    assert_eq!(world.value("corpus", "new", "2024-Q4"), whole(1));
    assert_eq!(world.value("corpus", "returning", "2024-Q4"), whole(1));
    assert_eq!(world.value("corpus", "retained", "2024-Q4"), whole(1));
    assert_eq!(world.value("corpus", "commits_retained", "2024-Q4"), whole(5));
    assert_eq!(world.value("corpus", "churn_rate", "2024-Q4"), share(1, 2));
    assert_eq!(world.value("repo:r0", "new", "2024-Q4"), whole(2));
    assert_eq!(world.value("corpus", "drive_by", "2024-Q4"), whole(1));
    assert_eq!(world.value("corpus", "contributors_ever", "2024-Q3"), whole(2));
    assert_eq!(world.value("corpus", "contributors_ever", "2024-Q4"), whole(4));
}

#[test]
fn a_repository_tracked_later_leaves_earlier_quarters_as_they_were() {
    let mut world = World::new(2, 1, "2024-Q3", "2024-Q4");
    world.commits(1, 0, "2024-Q1", 1).commits(0, 0, "2024-Q3", 1);
    world.projects[1].tracked = Some(period("2024-Q4"));
    assert_eq!(world.value("corpus", "new", "2024-Q3"), whole(1));
    world.projects[1].tracked = None;
    assert_eq!(world.value("corpus", "new", "2024-Q3"), whole(0));
}

#[test]
fn an_open_quarter_states_levels_and_nobody_has_left_it() {
    let mut world = World::new(1, 2, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q3", 1).commits(0, 1, "2024-Q3", 1).commits(0, 0, "2024-Q4", 9);
    world.as_of = Instant(period("2024-Q4").end_seconds() - 1);
    for metric in ["churned", "churn_rate", "retention", "core_retention", "core_churned", "commits_change"] {
        assert_eq!(world.value("corpus", metric, "2024-Q4"), None, "{metric}");
    }
    assert_eq!(world.value("corpus", "cohort_2024-Q3", "2024-Q4"), None);
    assert_eq!(world.value("corpus", "commits_change_like_for_like", "2024-Q4"), None);
    assert_eq!(world.value("repo:r0", "contribution_to_change", "2024-Q4"), None);
    assert_eq!(world.value("corpus", "commits", "2024-Q4"), whole(9));
    assert_eq!(world.value("corpus", "retained", "2024-Q4"), whole(1));
    let figures = world.measure().unwrap();
    // Of areas nothing is known, since no tree was mined.
    let mut figures = figures.iter().filter(|one| !matches!(*one.scope, Scope::Area(_)));
    assert!(figures.all(|one| (one.figure.standing == Standing::Open) == (one.period == period("2024-Q4"))));
    // A second later it is over.
    world.as_of = Instant(period("2024-Q4").end_seconds());
    assert_eq!(world.value("corpus", "churned", "2024-Q4"), whole(1));
    assert_eq!(world.value("corpus", "cohort_2024-Q3", "2024-Q4"), share(1, 2));
}

#[test]
fn there_is_no_cap_on_authors() {
    let mut world = World::new(1, 2500, "2024-Q3", "2024-Q3");
    for soul in 0..2500 {
        world.facts.push(Fact {
            project: 0,
            soul,
            line: 0,
            period: period("2024-Q3"),
            cell: Cell { own: 1, weeks: 1, ..Cell::default() },
            employer: None,
            labour: Labour::default(),
        });
    }
    assert_eq!(world.value("corpus", "contributors", "2024-Q3"), whole(2500));
    assert_eq!(world.value("corpus", "core", "2024-Q3"), whole(2000));
    assert_eq!(world.value("corpus", "regular", "2024-Q3"), whole(375));
}

#[test]
fn change_from_nothing_is_not_stated() {
    let mut world = World::new(2, 1, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q4", 8).commits(1, 0, "2024-Q3", 4);
    assert_eq!(world.value("repo:r0", "commits_change", "2024-Q4"), None);
    assert_eq!(world.value("repo:r1", "commits_change", "2024-Q4"), whole(-1));
    assert_eq!(world.value("corpus", "commits_change", "2024-Q4"), whole(1));
    assert_eq!(world.value("repo:r0", "contribution_to_change", "2024-Q4"), whole(200));
    assert_eq!(world.value("repo:r1", "contribution_to_change", "2024-Q4"), whole(-100));
    assert_eq!(world.value("category:c0", "contribution_to_change", "2024-Q4"), whole(100));
}

#[test]
fn with_an_unknown_repository_only_like_for_like_is_compared() {
    let mut world = World::new(2, 2, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q3", 4).commits(0, 0, "2024-Q4", 6).commits(1, 1, "2024-Q3", 10);
    world.projects[1].horizon = Some(Instant(period("2024-Q3").end_seconds()));
    assert_eq!(world.value("corpus", "commits", "2024-Q4"), whole(6));
    assert_eq!(world.value("corpus", "commits_change", "2024-Q4"), None);
    assert_eq!(world.value("corpus", "churned", "2024-Q4"), None);
    assert_eq!(world.value("corpus", "commits_change_like_for_like", "2024-Q4"), share(1, 2));
    assert_eq!(world.value("corpus", "tracked_repos", "2024-Q4"), whole(2));
    assert_eq!(world.value("repo:r1", "commits", "2024-Q4"), None);
    let figures = world.measure().unwrap();
    let corpus = figures.iter().find(|one| *one.scope == scope("corpus") && one.period == period("2024-Q4")).unwrap();
    assert_eq!(corpus.figure.standing, Standing::Partial { unknown: 1, open: false });
}

#[test]
fn a_year_has_52_weeks_and_shared_ones_count_once() {
    // Thursday 31 December 2020 and Friday 1 January 2021 lie in week 53 of 2020.
    let mut world = World::new(1, 1, "2020-Q4", "2021-Q1");
    let (autumn, winter) = (period("2020-Q4"), period("2021-Q1"));
    let last = autumn.last_day().week() - autumn.first_week();
    let all = |weeks: i32| (1_u16 << weeks) - 1;
    for (at, weeks) in [(autumn, all(last + 1)), (winter, all(14))] {
        let cell = Cell { own: 3, weeks, ..Cell::default() };
        world.facts.push(Fact {
            project: 0,
            soul: 0,
            line: 0,
            period: at,
            cell,
            employer: None,
            labour: Labour::default(),
        });
    }
    assert_eq!(world.value("corpus", "active_weeks", "2021-Q1"), whole(14));
    assert_eq!(world.value("corpus", "active_weeks", "2020-Q4"), whole(14));
    assert_eq!(world.value("corpus", "active_weeks_year", "2020-Q4"), whole(14));
    assert_eq!(world.value("corpus", "active_weeks_year", "2021-Q1"), whole(27));
}

#[test]
fn what_a_bot_does_is_nobodys_even_when_the_miner_took_it_for_somebody() {
    let mut world = World::new(1, 2, "2024-Q3", "2024-Q3");
    world.commits(0, 0, "2024-Q3", 7).commits(0, 1, "2024-Q3", 2);
    world.souls[0].actor = Actor::Bot;
    assert_eq!(world.value("corpus", "commits", "2024-Q3"), whole(2));
    assert_eq!(world.value("corpus", "bot", "2024-Q3"), whole(7));
    assert_eq!(world.value("corpus", "contributors", "2024-Q3"), whole(1));
}

#[test]
fn hours_are_unknown_where_a_snapshot_is_missing() {
    let mut world = World::new(2, 1, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q3", 1).commits(0, 0, "2024-Q4", 1).commits(1, 0, "2024-Q4", 1);
    for (fact, at, seconds) in [(0, "2024-Q3", 5400), (1, "2024-Q4", 7200)] {
        world.facts[fact].labour.seconds = seconds;
        world.projects[0].snapshots.insert(period(at), Shot::default());
    }
    assert_eq!(world.value("corpus", "hours", "2024-Q3"), share(3, 2));
    assert_eq!(world.value("corpus", "hours", "2024-Q4"), None);
    assert_eq!(world.value("repo:r0", "hours_change", "2024-Q4"), share(1, 3));
}

#[test]
fn figures_of_a_repository_that_is_not_tracked_yet_are_empty() {
    let mut world = World::new(1, 1, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q3", 1).commits(0, 0, "2024-Q4", 1);
    world.projects[0].tracked = Some(period("2024-Q4"));
    let figures = world.measure().unwrap();
    let early = figures.iter().filter(|one| *one.scope == scope("repo:r0") && one.period == period("2024-Q3"));
    assert!(early.clone().count() > 0);
    early.for_each(|one| assert_eq!(one.figure.value, None, "{}", one.figure.metric.name));
    assert_eq!(world.value("corpus", "tracked_repos", "2024-Q3"), whole(0));
    assert_eq!(world.value("repo:r0", "returning", "2024-Q4"), whole(1));
    assert_eq!(world.value("repo:r0", "churned", "2024-Q4"), None);
}

fn audited(falsify: impl Fn(&mut [Sheet])) -> Vec<String> {
    let mut world = World::new(2, 3, "2024-Q3", "2024-Q4");
    world.commits(0, 0, "2024-Q3", 4).commits(0, 0, "2024-Q4", 6).commits(1, 1, "2024-Q3", 10);
    world.commits(1, 2, "2024-Q4", 5);
    let calendar = Calendar::new(crate::data::settings::Periods { from: world.from, to: world.to });
    let mut sheets = world.with_corpus(|corpus| Survey::new(corpus).expect("a corpus").sheets());
    falsify(&mut sheets);
    let faults = balance(&sheets, &calendar).expect_err("the books were falsified");
    assert_eq!(faults.kind(), Kind::Books);
    faults.iter().map(|fault| fault.message.clone()).collect()
}

#[test]
fn books_that_do_not_balance_are_named() {
    let last = |sheet: &Sheet| sheet.ledgers.len() - 1;
    let falsified = |place: usize, id: Id, value: i128| {
        audited(|sheets| {
            let at = last(&sheets[place]);
            sheets[place].ledgers[at].set(id, whole(value));
        })
    };
    assert_eq!(
        falsified(2, Id::Returning, 1)[0],
        "the books of repo:r0 don't balance in 2024-Q4: contributors = new + retained + returning, but 1 stands against 2"
    );
    for (place, id, value, law) in [
        (2, Id::Casual, 7, "contributors = core + regular + casual, but 1 stands against 8"),
        (0, Id::Churned, 5, "contributors before = retained + churned, but 2 stands against 6"),
        (0, Id::Churned, 5, "churned = the sum over layers, but 5 stands against 1"),
        (3, Id::Merges, 1, "all commits = merges + lanes, but 5 stands against 6"),
        (1, Id::Commits, 12, "commits = the sum over its parts, but 12 stands against 11"),
        (0, Id::Commits, 12, "commits = the sum over people, but 12 stands against 11"),
        (0, Id::Commits, 12, "commits = the sum over organisations, but 12 stands against 11"),
        (1, Id::Contributors, 3, "people of a whole ≤ the sum over its parts, but 3 stands against 2"),
        (2, Id::Contributors, 3, "people of a whole ≥ those of its largest part, but 2 stands against 3"),
        (
            3,
            Id::ContributionToChange,
            0,
            "the change of commits = the contributions to it, but -21.4286 stands against 14.2857",
        ),
    ] {
        let messages = falsified(place, id, value);
        assert!(messages.iter().any(|message| message.ends_with(law)), "{law}: {messages:#?}");
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let world = World::new(2, 1, "2024-Q3", "2024-Q3");
    let faults = world.with_corpus(|corpus| {
        let mut corpus = *corpus;
        corpus.histories = &corpus.histories[1..];
        measure(&corpus).expect_err("a history is missing")
    });
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(faults.kind(), Kind::Data);
    assert_eq!(messages[0], "`r0` of the registry has no history at its place");
    assert_eq!(messages.last(), Some(&"the roster of people was made from other histories than the figures"));
}
