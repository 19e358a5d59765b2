//! What is between the parts of a corpus, from the plain list of facts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Persons, Set, count, share};
use crate::data::history::Actor;
use crate::data::profiles::Profile;
use crate::data::snapshot::Depth;
use crate::metrics::testing::World;
use crate::metrics::{Measured, Scope, Side, Standing};
use crate::plain::{Number, Period};

const CROSSINGS: [&str; 4] = ["external_in", "internal_in", "external_out", "internal_out"];

/// Whether a row is about what is between parts.
pub(super) fn is_between(one: &Measured) -> bool {
    let pair = matches!(*one.scope, Scope::Overlap(..) | Scope::Expansion(..) | Scope::Flow(..) | Scope::Profile(_));
    pair || CROSSINGS.contains(&one.figure.metric.name)
}

/// Who came is new or returning, who left has churned: the scope and quarter where that isn't so.
pub(super) fn law_broken(figures: &[Measured]) -> Option<String> {
    let mut values = BTreeMap::new();
    for one in figures {
        values.insert((&one.scope, one.period, one.figure.metric.name), one.figure.value);
    }
    let broken = |one: &&Measured| {
        let sum = |metrics: [&'static str; 2]| {
            let value = |metric| values.get(&(&one.scope, one.period, metric)).copied().flatten();
            Some(value(metrics[0])?.plus(value(metrics[1])?))
        };
        let differ = |a: Option<Number>, b: Option<Number>| a.zip(b).is_some_and(|(a, b)| a != b);
        let churned = values.get(&(&one.scope, one.period, "churned")).copied().flatten();
        differ(sum(["external_in", "internal_in"]), sum(["new", "returning"]))
            || differ(sum(["external_out", "internal_out"]), churned)
    };
    figures.iter().find(broken).map(|one| format!("{} {}", one.scope, one.period))
}

fn corpus(world: &World) -> Set<'_> {
    Set { world, projects: (0..world.projects.len()).collect(), only: None }
}

/// The repositories of a part.
pub(super) fn part<'a>(world: &'a World, scope: &Scope) -> Set<'a> {
    let category = |place: &usize| world.projects[*place].category;
    let own: Box<dyn Fn(&usize) -> bool> = match scope {
        Scope::Corpus => Box::new(|_| true),
        Scope::Category(slug) => Box::new(move |place| *slug == format!("c{}", category(place))),
        Scope::Group(slug) => Box::new(move |place| *slug == format!("g{}", category(place) / 2)),
        Scope::Vendor(slug) => {
            Box::new(move |place| world.projects[*place].vendor.is_some_and(|number| *slug == format!("v-{number}")))
        }
        Scope::Repo(id) => Box::new(move |place| *id == format!("r{place}")),
        Scope::Profile(slug) => {
            let within = profile(world, slug).within.clone();
            Box::new(move |place| {
                let name = format!("category:c{}", category(place));
                within.as_ref().is_none_or(|within| within.iter().any(|one| one.value == name))
            })
        }
        other => panic!("{other} is not one part"),
    };
    Set { world, projects: (0..world.projects.len()).filter(own).collect(), only: None }
}

fn sides(scope: &Scope) -> Vec<Scope> {
    match scope {
        Scope::Overlap(a, b) | Scope::Expansion(a, b) | Scope::Flow(a, b) => vec![a.scope(), b.scope()],
        one => vec![one.clone()],
    }
}

pub(super) fn standing(world: &World, scope: &Scope, at: Period) -> Standing {
    let projects: BTreeSet<usize> = sides(scope).iter().flat_map(|side| part(world, side).projects).collect();
    Set { world, projects: projects.into_iter().collect(), only: None }.standing(at)
}

fn profile<'a>(world: &'a World, slug: &str) -> &'a Profile {
    world.profiles.iter().find(|profile| profile.slug.value == slug).expect("a profile of the world")
}

/// Who has the profile; nothing when a repository had commits and nobody looked at its trees.
fn practitioners(world: &World, slug: &str, at: Period) -> Option<Persons> {
    let (profile, set) = (profile(world, slug), part(world, &Scope::Profile(slug.to_owned())));
    let mut weeks = BTreeMap::<usize, BTreeSet<i32>>::new();
    for place in set.known(at) {
        let here: Vec<_> = set.deeds_at(at).into_iter().filter(|fact| fact.project == place).collect();
        match world.projects[place].snapshots.get(&at) {
            None if here.is_empty() => {}
            Some(_) if world.rows(place, at).is_empty() => {}
            Some(shot) if shot.depth >= Depth::Paths => {
                for fact in here {
                    for (area, (_, mask)) in &fact.labour.areas {
                        if profile.areas.iter().any(|one| one.value == format!("a{area}")) {
                            let known = weeks.entry(fact.soul).or_default();
                            known.extend((0..14).filter(|bit| mask >> bit & 1 == 1).map(|bit| at.first_week() + bit));
                        }
                    }
                }
            }
            _ => return None,
        }
    }
    weeks.retain(|_, weeks| weeks.len() >= usize::from(profile.weeks.value));
    Some(weeks.into_keys().collect())
}

/// Who is on a side; nothing when nothing is known of it.
fn present(world: &World, side: &Scope, at: Period) -> Option<Persons> {
    let set = part(world, side);
    match (set.standing(at), side) {
        (Standing::Unknown | Standing::Untracked, _) => None,
        (_, Scope::Profile(slug)) => practitioners(world, slug, at),
        _ => Some(set.active(at)),
    }
}

/// The digests of the rules for areas that a period's snapshots were made with.
fn rules(world: &World, scope: &Scope, at: Period) -> BTreeSet<u64> {
    let profiles = sides(scope).into_iter().filter(|side| matches!(side, Scope::Profile(_)));
    let places = profiles.flat_map(|side| part(world, &side).known(at));
    let made = places.filter(|&place| !world.rows(place, at).is_empty());
    made.filter_map(|place| world.projects[place].snapshots.get(&at)).map(|shot| shot.rules).collect()
}

/// How many people are on all sides of a pair, or have a profile.
fn people(world: &World, scope: &Scope, at: Period) -> Option<Number> {
    let sets: Option<Vec<Persons>> = sides(scope).iter().map(|side| present(world, side, at)).collect();
    count(sets?.into_iter().reduce(|a, b| &a & &b)?.len())
}

fn change(world: &World, scope: &Scope, at: Period) -> Option<Number> {
    let before = at.before(1);
    let closed = |at| standing(world, scope, at) == Standing::Closed;
    let same_rules = (&rules(world, scope, at) | &rules(world, scope, before)).len() < 2;
    if !closed(at) || !closed(before) || !same_rules {
        return None;
    }
    let (was, is) = (people(world, scope, before)?, people(world, scope, at)?);
    is.minus(was).over(was)
}

fn expansion(world: &World, from: &Scope, to: &Scope, at: Period) -> Option<Number> {
    present(world, from, at)?;
    present(world, to, at)?;
    let (from, to) = (part(world, from), part(world, to));
    if !from.is_whole(at) || !to.is_whole(at) {
        return None;
    }
    let deeds = from.deeds(&from.tracked(at)).into_iter();
    let earlier: Persons = deeds.filter(|fact| fact.period < at).map(|fact| fact.soul).collect();
    count((&to.newcomers(at) & &earlier).len())
}

fn crossing(world: &World, scope: &Scope, metric: &str, at: Period) -> Option<Number> {
    let (set, all, before) = (part(world, scope), corpus(world), at.before(1));
    if matches!(set.standing(at), Standing::Untracked | Standing::Unknown) {
        return None;
    }
    let closed = |set: &Set, at| set.standing(at) == Standing::Closed;
    let stated = if metric.ends_with("_in") {
        all.known(before).len() == all.tracked(before).len()
    } else {
        closed(&all, at) && closed(&set, at) && closed(&set, before)
    };
    if !stated {
        return None;
    }
    let (came, left) = (&set.active(at) - &set.active(before), set.churned(at));
    count(match metric {
        "external_in" => (&came - &all.active(before)).len(),
        "internal_in" => (&came & &all.active(before)).len(),
        "external_out" => (&left - &all.active(at)).len(),
        _ => (&left & &all.active(at)).len(),
    })
}

/// The homes that a corpus has: categories, or repositories.
struct Homes<'a> {
    world: &'a World,
    sides: Vec<Scope>,
}

impl<'a> Homes<'a> {
    fn of_categories(world: &'a World) -> Self {
        let has_repo = |number: &usize| world.projects.iter().any(|project| project.category == *number);
        let sides = (0..world.categories).filter(has_repo).map(|number| Scope::Category(format!("c{number}")));
        Self { world, sides: sides.collect() }
    }

    fn of_repos(world: &'a World) -> Self {
        Self { world, sides: (0..world.projects.len()).map(|place| Scope::Repo(format!("r{place}"))).collect() }
    }

    /// The homes that hold the scope's sides.
    fn of(world: &'a World, scope: &Scope) -> Self {
        if matches!(sides(scope)[0], Scope::Repo(_)) { Self::of_repos(world) } else { Self::of_categories(world) }
    }

    fn home(&self, soul: usize, at: Period) -> Option<usize> {
        let commits: Vec<usize> =
            self.sides.iter().map(|side| part(self.world, side).commits_of(at, &[soul].into())).collect();
        let most = *commits.iter().max()?;
        if most < 3 {
            return None;
        }
        let tied: Vec<usize> = (0..commits.len()).filter(|&side| commits[side] == most).collect();
        if tied.len() == 1 {
            return Some(tied[0]);
        }
        self.last_home(soul, at).filter(|last| tied.contains(last))
    }

    fn last_home(&self, soul: usize, at: Period) -> Option<usize> {
        (1..=4).find_map(|back| self.home(soul, at.before(back)))
    }

    fn is_stated(&self, at: Period) -> bool {
        let all = corpus(self.world);
        let known = |at: Period| all.known(at).len() == all.tracked(at).len();
        all.closed(at).len() == all.tracked(at).len() && (1..=4).all(|back| known(at.before(back)))
    }

    fn souls(&self) -> impl Iterator<Item = usize> {
        (0..self.world.souls.len()).filter(|&soul| self.world.souls[soul].actor == Actor::Person)
    }

    fn flow(&self, from: usize, to: usize, at: Period) -> usize {
        self.souls().filter(|&soul| self.home(soul, at) == Some(to) && self.last_home(soul, at) == Some(from)).count()
    }

    fn table(&self, at: Period) -> Vec<Vec<usize>> {
        let all = || 0..self.sides.len();
        all().map(|a| all().map(|b| if a == b { 0 } else { self.flow(a, b, at) }).collect()).collect()
    }

    /// All pairs that somebody moved between, when flows are stated.
    fn moved(&self, at: Period) -> BTreeSet<Scope> {
        let mut pairs = BTreeSet::new();
        if self.is_stated(at) {
            for (a, row) in self.table(at).into_iter().enumerate() {
                for (b, _) in row.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                    let side = |side: usize| Side::of(&self.sides[side]).expect("one part");
                    pairs.insert(Scope::Flow(side(a), side(b)));
                }
            }
        }
        pairs
    }

    fn value(&self, metric: &str, scope: &Scope, at: Period) -> Option<Number> {
        let ends = sides(scope);
        let place = |side: &Scope| self.sides.iter().position(|one| one == side).expect("a side");
        let (from, to) = (place(&ends[0]), place(&ends[1]));
        let tracked = |side: &Scope| !part(self.world, side).tracked(at).is_empty();
        if !self.is_stated(at) || !ends.iter().all(tracked) {
            return None;
        }
        let flow = self.flow(from, to, at);
        if metric == "flow" {
            return count(flow);
        }
        if metric == "flow_rate" {
            return share(flow, self.souls().filter(|&soul| self.last_home(soul, at) == Some(from)).count());
        }
        let table = self.table(at);
        let n = self.sides.iter().filter(|side| tracked(side)).count();
        let chances = match metric {
            "flow_expected" => return Some(near(fitted(&table)[from][to])),
            "flow_p" | "flow_q" | "flow_is_movement" => {
                let fitted = fitted(&table);
                let one = |a: usize, b: usize| cell(&table, &fitted, a, b);
                let pairs = (0..table.len()).flat_map(|a| (0..table.len()).map(move |b| (a, b)));
                let moved = pairs.filter(|&(a, b)| table[a][b] > 0);
                (one(from, to), moved.map(|(a, b)| one(a, b)).collect::<Vec<_>>(), n * (n - 1))
            }
            _ => {
                let one = |a: usize, b: usize| coin(table[a][b], table[b][a]);
                let pairs = (0..table.len()).flat_map(|a| (a + 1..table.len()).map(move |b| (a, b)));
                let moved = pairs.filter(|&(a, b)| table[a][b] + table[b][a] > 0);
                (one(from, to), moved.map(|(a, b)| one(a, b)).collect(), n * (n - 1) / 2)
            }
        };
        let (p, all, tests) = chances;
        let q = rate(p, &all, tests);
        if metric.contains("_is_") {
            return count(usize::from(q <= 0.05));
        }
        Some(near(if metric.ends_with("_p") { p } else { q }))
    }
}

/// The smallest share of false discoveries at which one is a discovery: of all levels, the first that lets it in.
fn rate(p: f64, all: &[f64], tests: usize) -> f64 {
    let at_level = |limit: f64| limit * tests as f64 / all.iter().filter(|&&one| one <= limit + 1e-12).count() as f64;
    all.iter().filter(|&&limit| limit >= p).map(|&limit| at_level(limit)).fold(1.0, f64::min)
}

/// Fits factors of rows and columns by going through the cells.
fn fitted(table: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let n = table.len();
    let mut cells: Vec<Vec<f64>> = (0..n).map(|a| (0..n).map(|b| f64::from(u8::from(a != b))).collect()).collect();
    let scale = |total: usize, sum: f64| if sum > 0.0 { total as f64 / sum } else { 0.0 };
    for _ in 0..2000 {
        for a in 0..n {
            let factor = scale(table[a].iter().sum(), cells[a].iter().sum());
            cells[a].iter_mut().for_each(|cell| *cell *= factor);
        }
        for b in 0..n {
            let factor = scale(table.iter().map(|row| row[b]).sum(), cells.iter().map(|row| row[b]).sum());
            for row in &mut cells {
                row[b] *= factor;
            }
        }
    }
    cells
}

/// How likely so many or more are in a cell, the totals of its row and column being given.
fn cell(table: &[Vec<usize>], fitted: &[Vec<f64>], from: usize, to: usize) -> f64 {
    let row: usize = table[from].iter().sum();
    let column: usize = table.iter().map(|row| row[to]).sum();
    let all: usize = table.iter().flatten().sum();
    let least = |cell: f64| cell.max(1e-9);
    let expected = fitted[from][to];
    let (in_row, in_column) = (least(row as f64 - expected), least(column as f64 - expected));
    let odds = least(expected) * least(all as f64 - row as f64 - column as f64 + expected) / (in_row * in_column);
    let choose = |n: usize, k: usize| (0..k).fold(1.0, |ways, at| ways * (n as f64 - at as f64) / (at as f64 + 1.0));
    let possible = |one: &usize| *one <= column && column - one <= all - row;
    let weight = |one: usize| choose(row, one) * choose(all - row, column - one) * odds.powi(one.try_into().unwrap());
    let (mut enough, mut sum) = (0.0, 0.0);
    for one in (0..=row).filter(possible) {
        sum += weight(one);
        enough += if one >= table[from][to] { weight(one) } else { 0.0 };
    }
    enough / sum
}

/// How likely so uneven a split of throws is, by going through all sequences of them.
fn coin(heads: usize, tails: usize) -> f64 {
    let all = heads + tails;
    let uneven = |sequence: &u32| 2 * (sequence.count_ones() as usize).abs_diff(all - sequence.count_ones() as usize);
    (0..1_u32 << all).filter(|sequence| uneven(sequence) >= 2 * heads.abs_diff(tails)).count() as f64
        / f64::from(1_u32 << all)
}

/// To three digits: the slow way of fitting comes no nearer in reasonable time.
fn near(value: f64) -> Number {
    let thousandths: i128 = format!("{:.0}", value * 1000.0).parse().expect("a number");
    Number::quotient(thousandths, 1000).expect("not 0")
}

/// The pairs that have rows, by period; each once.
pub(super) fn pairs_found(world: &World) -> Vec<(Period, Scope)> {
    let rows = world.measure().expect("the books balance").into_iter();
    let first = rows.filter(|one| ["overlap", "flow", "expansion"].contains(&one.figure.metric.name));
    let mut pairs: Vec<(Period, Scope)> = first.map(|one| (one.period, (*one.scope).clone())).collect();
    pairs.sort_unstable();
    pairs
}

/// The pairs that should have rows.
pub(super) fn pairs_expected(world: &World) -> Vec<(Period, Scope)> {
    let side = |side: &Scope| Side::of(side).expect("one part");
    let categories = Homes::of_categories(world).sides;
    let group = |scope: &Scope| match scope {
        Scope::Category(slug) if slug == "c2" => Scope::Group("g1".to_owned()),
        _ => Scope::Group("g0".to_owned()),
    };
    let groups: BTreeSet<Scope> = categories.iter().map(group).collect();
    let profiles = world.profiles.iter().map(|profile| Scope::Profile(profile.slug.value.clone()));
    let mut pairs = BTreeSet::new();
    for at in world.from.through(world.to) {
        for sides in [categories.clone(), groups.iter().cloned().collect(), profiles.clone().collect()] {
            for (a, b) in sides.iter().flat_map(|a| sides.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
                pairs.insert((at, Scope::overlap(side(a), side(b))));
                if matches!(a, Scope::Category(_)) {
                    pairs.insert((at, Scope::Flow(side(a), side(b))));
                    pairs.insert((at, Scope::Expansion(side(a), side(b))));
                }
            }
        }
        pairs.extend(Homes::of_repos(world).moved(at).into_iter().map(|pair| (at, pair)));
    }
    pairs.into_iter().collect()
}

/// What is to be said about a row.
fn answer(world: &World, scope: &Scope, metric: &str, at: Period) -> Option<Number> {
    match (scope, metric) {
        (_, metric) if CROSSINGS.contains(&metric) => crossing(world, scope, metric, at),
        (Scope::Expansion(a, b), _) => expansion(world, &a.scope(), &b.scope(), at),
        (Scope::Flow(..), _) => Homes::of(world, scope).value(metric, scope, at),
        (_, "overlap_change" | "contributors_change") => change(world, scope, at),
        _ => people(world, scope, at),
    }
}

/// Whether a row says what it has to; nothing when it does.
pub(super) fn fault(world: &World, one: &Measured) -> Option<String> {
    let expected = answer(world, &one.scope, one.figure.metric.name, one.period);
    let chances = ["flow_expected", "flow_p", "flow_q", "flow_asymmetry_p", "flow_asymmetry_q"];
    let is_chance = chances.contains(&one.figure.metric.name);
    let agrees = match (one.figure.value, expected) {
        (Some(found), Some(expected)) if is_chance => (found.to_f64() - expected.to_f64()).abs() < 0.003,
        (found, expected) => found == expected,
    };
    let stands = standing(world, &one.scope, one.period);
    (!agrees || one.figure.standing != stands)
        .then(|| format!("{one:?} should be {:?}, {stands:?}", expected.map(Number::tidy)))
}
