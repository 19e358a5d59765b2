//! Every figure once more, from the plain list of facts, the slow and obvious way, held against the fast one.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::testing::{Fact, World, period};
use super::{Scope, Standing};
use crate::data::cell::Cell;
use crate::data::history::{Actor, Notes};
use crate::people::Affiliation;
use crate::plain::{Day, Number, Period};

mod between;
mod trees;
mod worlds;

use trees::Area;
use worlds::worlds;

type Persons = BTreeSet<usize>;

/// A set of repositories of a world.
#[derive(Clone)]
struct Set<'a> {
    world: &'a World,
    projects: Vec<usize>,
    /// The organisation whose people's work alone is looked at.
    only: Option<u32>,
}

fn share(part: usize, whole: usize) -> Option<Number> {
    Number::quotient(part as i128, whole as i128)
}

#[expect(clippy::unnecessary_wraps, reason = "every metric is an option")]
fn count(number: usize) -> Option<Number> {
    Some(Number::whole(number as i128))
}

impl<'a> Set<'a> {
    fn tracked(&self, at: Period) -> Vec<usize> {
        let since = |&place: &usize| self.world.projects[place].tracked.is_none_or(|since| since <= at);
        self.projects.iter().copied().filter(since).collect()
    }

    /// Until when a repository is known; nothing when it isn't known in the period.
    fn known_until(&self, place: usize, at: Period) -> Option<i64> {
        let project = &self.world.projects[place];
        let until = project.horizon?.0.min(self.world.as_of.0);
        let cut = project.shallow && project.known_from.is_none_or(|from| at < from);
        (!project.unmined && !cut && until > at.start().seconds()).then_some(until)
    }

    fn known(&self, at: Period) -> Vec<usize> {
        self.tracked(at).into_iter().filter(|&place| self.known_until(place, at).is_some()).collect()
    }

    fn closed(&self, at: Period) -> Vec<usize> {
        let end = at.next().start().seconds();
        let to_the_end = |&place: &usize| self.known_until(place, at).is_some_and(|until| until >= end);
        self.tracked(at).into_iter().filter(to_the_end).collect()
    }

    fn is_whole(&self, at: Period) -> bool {
        let project = |place: usize| &self.world.projects[place];
        self.tracked(at)
            .into_iter()
            .all(|place| project(place).unmined || (!project(place).shallow && project(place).missing == 0))
    }

    fn standing(&self, at: Period) -> Standing {
        let (tracked, known, closed) = (self.tracked(at).len(), self.known(at).len(), self.closed(at).len());
        if tracked == 0 {
            Standing::Untracked
        } else if known == 0 {
            Standing::Unknown
        } else if known < tracked {
            Standing::Partial { unknown: u32::try_from(tracked - known).unwrap(), open: closed < known }
        } else if closed < tracked {
            Standing::Open
        } else {
            Standing::Closed
        }
    }

    /// Facts that count as somebody's activity, in some repositories.
    fn deeds(&self, places: &[usize]) -> Vec<&'a Fact> {
        let counts = |fact: &&Fact| {
            places.contains(&fact.project)
                && !self.world.projects[fact.project].unmined
                && self.world.souls[fact.soul].actor == Actor::Person
                && fact.cell.own + fact.cell.assisted > 0
                && self.only.is_none_or(|only| fact.employer.is_some_and(|it| it.organisation == only))
        };
        self.world.facts.iter().filter(counts).collect()
    }

    fn deeds_at(&self, at: Period) -> Vec<&'a Fact> {
        self.deeds(&self.known(at)).into_iter().filter(|fact| fact.period == at).collect()
    }

    fn active(&self, at: Period) -> Persons {
        self.deeds_at(at).iter().map(|fact| fact.soul).collect()
    }

    fn commits_of(&self, at: Period, persons: &Persons) -> usize {
        let own = self.deeds_at(at).into_iter().filter(|fact| persons.contains(&fact.soul));
        own.map(|fact| (fact.cell.own + fact.cell.assisted) as usize).sum()
    }

    fn newcomers(&self, at: Period) -> Persons {
        let earlier: Persons =
            self.deeds(&self.tracked(at)).iter().filter(|fact| fact.period < at).map(|fact| fact.soul).collect();
        &self.active(at) - &earlier
    }

    fn retained(&self, at: Period) -> Persons {
        &self.active(at) & &self.active(at.before(1))
    }

    fn churned(&self, at: Period) -> Persons {
        &self.active(at.before(1)) - &self.active(at)
    }

    fn weeks_of(fact: &Fact) -> BTreeSet<i32> {
        (0..14).filter(|bit| fact.cell.weeks >> bit & 1 == 1).map(|bit| fact.period.first_week() + bit).collect()
    }

    fn weeks(&self, at: Period) -> BTreeMap<usize, BTreeSet<i32>> {
        let mut weeks = BTreeMap::<_, BTreeSet<_>>::new();
        for fact in self.deeds_at(at) {
            weeks.entry(fact.soul).or_default().extend(Self::weeks_of(fact));
        }
        weeks
    }

    /// Weeks of each person in the 52 weeks; nothing when a period that they touch is unknown.
    fn year(&self, at: Period) -> Option<BTreeMap<usize, BTreeSet<i32>>> {
        let last = at.last_day().week();
        let window: BTreeSet<i32> = (last - 51..=last).collect();
        let touches = |period: &Period| (period.start().week()..=period.last_day().week()).any(|w| window.contains(&w));
        let periods: Vec<Period> = at.before(6).through(at).filter(touches).collect();
        let places = self.tracked(at);
        if places.iter().any(|&place| periods.iter().any(|&period| self.known_until(place, period).is_none())) {
            return None;
        }
        let mut weeks = BTreeMap::<_, BTreeSet<_>>::new();
        for fact in self.deeds(&places).into_iter().filter(|fact| fact.period <= at) {
            weeks.entry(fact.soul).or_default().extend(&Self::weeks_of(fact) & &window);
        }
        weeks.retain(|_, weeks| !weeks.is_empty());
        Some(weeks)
    }

    fn layers(&self, at: Period) -> [Persons; 3] {
        let places = self.tracked(at);
        let first_day = |soul: usize| -> Day {
            let days = self.deeds(&places).into_iter().filter(|fact| fact.soul == soul);
            days.filter_map(|fact| self.world.first_day(fact.project, soul, fact.line)).min().expect("was there")
        };
        let mut ranked: Vec<_> = self
            .active(at)
            .into_iter()
            .map(|soul| {
                let commits = self.commits_of(at, &[soul].into());
                (std::cmp::Reverse(commits), first_day(soul), self.world.souls[soul].key, soul, commits)
            })
            .collect();
        ranked.sort_unstable();
        let total: usize = ranked.iter().map(|one| one.4).sum();
        let mut layers = [Persons::new(), Persons::new(), Persons::new()];
        let mut sum = 0;
        for (.., soul, commits) in ranked {
            let layer = if sum * 5 < total * 4 { 0 } else { usize::from(sum * 20 >= total * 19) + 1 };
            layers[layer].insert(soul);
            sum += commits;
        }
        layers
    }

    fn half(mut counts: Vec<usize>) -> Option<Number> {
        let total: usize = counts.iter().sum();
        counts.sort_unstable();
        counts.reverse();
        let enough = (1..=counts.len()).find(|&n| counts[..n].iter().sum::<usize>() * 2 >= total)?;
        if total == 0 { None } else { count(enough) }
    }

    fn organisations(&self, at: Period) -> Vec<usize> {
        let mut sums = BTreeMap::<_, usize>::new();
        for fact in self.deeds_at(at) {
            let company = |it: Affiliation| format!("company {}", it.organisation);
            let who = fact.employer.map_or_else(|| format!("person {}", fact.soul), company);
            *sums.entry(who).or_default() += (fact.cell.own + fact.cell.assisted) as usize;
        }
        sums.into_values().collect()
    }

    fn lane(&self, at: Period, lane: impl Fn(&Cell, Actor) -> u32) -> Option<Number> {
        let known = self.known(at);
        let here = self.world.facts.iter().filter(|fact| fact.period == at && known.contains(&fact.project));
        let here =
            here.filter(|fact| self.only.is_none() || self.deeds(&known).iter().any(|deed| std::ptr::eq(*deed, *fact)));
        count(here.map(|fact| lane(&fact.cell, self.world.souls[fact.soul].actor) as usize).sum())
    }

    fn notes(&self, at: Period, note: impl Fn(&Notes) -> u32) -> Option<Number> {
        let notes = self.known(at).into_iter().filter_map(|place| self.world.projects[place].notes.get(&at));
        count(notes.map(|notes| note(notes) as usize).sum())
    }

    /// A metric of the tables; nothing when it isn't stated.
    fn value(&self, metric: &str, at: Period) -> Option<Number> {
        if metric == "tracked_repos" {
            return count(self.tracked(at).len());
        }
        let (now, before) = (self.standing(at), self.standing(at.before(1)));
        if matches!(now, Standing::Untracked | Standing::Unknown) {
            return None;
        }
        let both_closed = now == Standing::Closed && before == Standing::Closed;
        let leaving = [
            "churned",
            "churn_rate",
            "retention",
            "core_retention",
            "core_churned",
            "regular_churned",
            "casual_churned",
        ];
        if leaving.contains(&metric) && !both_closed {
            return None;
        }
        let needs_all_of_history =
            ["contributors_ever", "new", "new_share", "returning", "commits_new", "new_one_week_share", "drive_by"];
        if needs_all_of_history.contains(&metric) && !self.is_whole(at) {
            return None;
        }
        let before_known = self.known(at.before(1));
        let begins = |place: &usize| self.tracked(at.before(1)).contains(place) && !before_known.contains(place);
        if ["retained", "commits_retained"].contains(&metric) && self.known(at).iter().any(begins) {
            return None;
        }
        let active = self.active(at);
        let was = self.active(at.before(1));
        let mean = |lists: Vec<usize>| share(lists.iter().sum(), lists.len());
        let median = |mut list: Vec<usize>| {
            list.sort_unstable();
            let n = list.len();
            if n == 0 { None } else { share(list[(n - 1) / 2] + list[n / 2], 2) }
        };
        let sizes = |weeks: BTreeMap<usize, BTreeSet<i32>>| weeks.into_values().map(|weeks| weeks.len()).collect();
        let single = |persons: &Persons| {
            let weeks = self.weeks(at);
            persons.iter().filter(|soul| weeks[soul].len() == 1).count()
        };
        let alone = |soul: &usize| self.commits_of(at, &[*soul].into()) == 1;
        let layers_before = || self.layers(at.before(1));
        let left = |layer: usize| count((&layers_before()[layer] - &active).len());
        match metric {
            "commits" => count(self.commits_of(at, &active)),
            "contributors" => count(active.len()),
            "active_repos" => count(self.deeds_at(at).iter().map(|fact| fact.project).collect::<BTreeSet<_>>().len()),
            "contributors_ever" => {
                let all = self.deeds(&self.tracked(at));
                count(all.iter().filter(|fact| fact.period <= at).map(|fact| fact.soul).collect::<Persons>().len())
            }
            "active_weeks" => mean(sizes(self.weeks(at))),
            "active_weeks_median" => median(sizes(self.weeks(at))),
            "active_weeks_year" => mean(sizes(self.year(at)?)),
            "active_weeks_year_median" => median(sizes(self.year(at)?)),
            "new" => count(self.newcomers(at).len()),
            "new_share" => share(self.newcomers(at).len(), active.len()),
            "retained" => count(self.retained(at).len()),
            "returning" => count((&(&active - &was) - &self.newcomers(at)).len()),
            "churned" => count(self.churned(at).len()),
            "churn_rate" => share(self.churned(at).len(), was.len()),
            "retention" => share(self.retained(at).len(), was.len()),
            "commits_retained" => count(self.commits_of(at, &self.retained(at))),
            "commits_new" => count(self.commits_of(at, &self.newcomers(at))),
            "one_week_share" => share(single(&active), active.len()),
            "new_one_week_share" => share(single(&self.newcomers(at)), self.newcomers(at).len()),
            "drive_by" => count(self.newcomers(at).iter().filter(|soul| alone(soul)).count()),
            "core" => count(self.layers(at)[0].len()),
            "regular" => count(self.layers(at)[1].len()),
            "casual" => count(self.layers(at)[2].len()),
            "core_retention" => share((&layers_before()[0] & &active).len(), layers_before()[0].len()),
            "core_churned" => left(0),
            "regular_churned" => left(1),
            "casual_churned" => left(2),
            "absence_factor" => Self::half(active.iter().map(|&soul| self.commits_of(at, &[soul].into())).collect()),
            "elephant_factor" => Self::half(self.organisations(at)),
            "merges" => self.lane(at, |cell, _| cell.merges),
            "bot" => {
                self.lane(at, |cell, actor| cell.bot + if actor == Actor::Bot { cell.own + cell.assisted } else { 0 })
            }
            "agent_authored" => self
                .lane(at, |cell, actor| cell.agent + if actor == Actor::Agent { cell.own + cell.assisted } else { 0 }),
            "agent_assisted" => self.lane(at, |cell, actor| if actor == Actor::Person { cell.assisted } else { 0 }),
            "imported" => self.lane(at, |cell, _| cell.imported),
            "shared" => self.lane(at, |cell, _| cell.shared),
            "late" => self.lane(at, |cell, actor| if actor == Actor::Person { cell.late } else { 0 }),
            "date_mended" => self.notes(at, |notes| notes.date_mended),
            "co_authored" => self.notes(at, |notes| notes.co_authored),
            other => self.value_of_trees(other, at),
        }
    }

    /// What a metric moved by, without asking whether it may be stated.
    fn moved(&self, metric: &str, at: Period) -> Option<Number> {
        let (before, now) = (self.value(metric, at.before(1))?, self.value(metric, at)?);
        let points = ["churn_rate", "retention", "core_retention", "coordination", "coordination_percentile"];
        if points.contains(&metric) || metric.ends_with("_share") {
            Some(now.minus(before).times(100))
        } else {
            now.minus(before).over(before)
        }
    }

    fn change(&self, metric: &str, at: Period) -> Option<Number> {
        let closed = |at| self.standing(at) == Standing::Closed;
        let may = closed(at) && closed(at.before(1)) && self.may_compare(metric, at);
        if may { self.moved(metric, at) } else { None }
    }

    fn change_like_for_like(&self, metric: &str, at: Period) -> Option<Number> {
        let before = self.closed(at.before(1));
        let both: Vec<usize> = self.closed(at).into_iter().filter(|place| before.contains(place)).collect();
        if both.is_empty() || !self.may_compare(metric, at) {
            return None;
        }
        Set { projects: both, ..self.clone() }.moved(metric, at)
    }

    fn contribution(&self, whole: &Self, at: Period) -> Option<Number> {
        if whole.standing(at) != Standing::Closed || whole.standing(at.before(1)) != Standing::Closed {
            return None;
        }
        let commits = |set: &Self, at| Number::whole(set.commits_of(at, &set.active(at)) as i128);
        if self.standing(at) == Standing::Untracked {
            return None;
        }
        let moved = commits(self, at).minus(commits(self, at.before(1)));
        moved.times(100).over(commits(whole, at.before(1)))
    }

    fn cohort(&self, from: Period, at: Period) -> Option<Number> {
        if self.standing(from) != Standing::Closed || self.standing(at) != Standing::Closed || !self.is_whole(from) {
            return None;
        }
        share((&self.newcomers(from) & &self.active(at)).len(), self.newcomers(from).len())
    }
}

/// The repositories of a scope, whose work is looked at, and the whole that it is a part of.
fn set<'a>(world: &'a World, scope: &Scope) -> (Set<'a>, Option<Set<'a>>) {
    let of = |belongs: &dyn Fn(usize) -> bool| Set {
        world,
        projects: (0..world.projects.len()).filter(|&place| belongs(place)).collect(),
        only: None,
    };
    let category = |place: usize| world.projects[place].category;
    let corpus = of(&|_| true);
    let named = |name: &str, kind: &str, number: usize| name == format!("{kind}{number}");
    match scope {
        Scope::Corpus => (corpus, None),
        Scope::Category(slug) => (of(&|place| named(slug, "c", category(place))), Some(corpus)),
        Scope::Group(slug) => (of(&|place| named(slug, "g", category(place) / 2)), Some(corpus)),
        Scope::Vendor(slug) => {
            let leads = |place: usize| world.projects[place].vendor.is_some_and(|it| named(slug, "v-", it as usize));
            (of(&leads), Some(corpus))
        }
        Scope::Repo(id) => {
            let one = of(&|place| named(id, "r", place));
            let category = category(one.projects[0]);
            (one, Some(of(&|place| world.projects[place].category == category)))
        }
        Scope::Organisation(slug) => {
            let only = Some(slug[1..].parse().expect("o0"));
            (Set { only, ..corpus.clone() }, Some(corpus))
        }
        other => unreachable!("{other} is not measured here"),
    }
}

/// What the oracle says about one row.
fn answer(world: &World, scope: &Scope, metric: &str, at: Period) -> Option<Number> {
    if let Scope::Area(slug) = scope {
        return Area { world, number: slug[1..].parse().expect("a0") }.answer(metric, at);
    }
    let (set, whole) = set(world, scope);
    let is_repo = matches!(scope, Scope::Repo(_));
    let corpus = Set { world, projects: (0..world.projects.len()).collect(), only: None };
    // What a set is to the corpus, by the name of the level.
    let beside = |level: &str, at: Period| match level {
        "commits_share" => Some(set.share_of(&corpus, "commits", at)),
        "hours_share" => Some(set.share_of(&corpus, "hours", at)),
        "coordination_percentile" => Some(set.percentile(&corpus, at)),
        _ => None,
    };
    if let Some(value) = beside(metric, at) {
        return value;
    }
    if let Some(level) = metric.strip_suffix("_change")
        && let Some(now) = beside(level, at)
    {
        let closed = |at| set.standing(at) == Standing::Closed;
        let may = closed(at) && closed(at.before(1)) && set.may_compare(level, at);
        let before = beside(level, at.before(1))?;
        return if may { Some(now?.minus(before?).times(100)) } else { None };
    }
    if let Some(from) = metric.strip_prefix("cohort_") {
        return set.cohort(period(from), at);
    }
    if metric == "contribution_to_change" {
        return set.contribution(&whole.expect("the corpus has no such row"), at);
    }
    if let Some(metric) = metric.strip_suffix("_change_like_for_like") {
        return set.change_like_for_like(metric, at);
    }
    if let Some(metric) = metric.strip_suffix("_change") {
        return set.change(metric, at);
    }
    if metric == "tracked_repos" && is_repo && set.standing(at) == Standing::Untracked {
        return None;
    }
    set.value(metric, at)
}

fn standing(world: &World, scope: &Scope, at: Period) -> Standing {
    match scope {
        Scope::Area(slug) => Area { world, number: slug[1..].parse().expect("a0") }.standing(at),
        _ => set(world, scope).0.standing(at),
    }
}

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
