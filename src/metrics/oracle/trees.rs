//! What trees and lines say, who shared files, whose people they were: the obvious way.

use std::collections::{BTreeMap, BTreeSet};

use super::{Persons, Set, count, share};
use crate::data::history::Actor;
use crate::data::rules::FileKind;
use crate::data::snapshot::Depth;
use crate::data::work_type::WorkType;
use crate::metrics::Standing;
use crate::metrics::testing::{Fact, Shot, World};
use crate::plain::{Number, Period};

const FROM_TREES: [&str; 15] = [
    "lines_added",
    "lines_removed",
    "lines_changed",
    "file_touches",
    "file_churn",
    "reworked_files",
    "performance_to_feature",
    "test_to_implementation",
    "coordination",
    "coordination_percentile",
    "mean_degree",
    "largest_group_share",
    "tight_core",
    "hub",
    "drive_by_team",
];

fn kind_of(metric: &str) -> Option<FileKind> {
    let name = metric.strip_suffix("_lines").or_else(|| metric.strip_suffix("_lines_share"))?;
    FileKind::ALL.into_iter().find(|kind| kind.name() == name)
}

fn type_of(metric: &str) -> Option<WorkType> {
    let name = metric.strip_suffix("_commits").or_else(|| metric.strip_suffix("_commits_share"))?;
    WorkType::ALL.into_iter().find(|one| one.name() == name)
}

impl<'a> Set<'a> {
    /// Whether what a metric rests on was found by the same rules in both periods.
    pub(super) fn may_compare(&self, metric: &str, at: Period) -> bool {
        if !FROM_TREES.contains(&metric) && kind_of(metric).is_none() && type_of(metric).is_none() {
            return true;
        }
        let before = at.before(1);
        let known_before = self.known(before);
        let both = self.known(at).into_iter().filter(|place| known_before.contains(place));
        let places = both.filter(|&place| self.only.is_none() || !self.deeds(&[place]).is_empty());
        let of =
            |place: usize, at: Period| self.world.projects[place].snapshots.get(&at).map(|it| (it.depth, it.rules));
        places.into_iter().all(|place| match (of(place, before), of(place, at)) {
            (Some(before), Some(now)) => before == now,
            _ => true,
        })
    }

    /// The snapshots of the repositories in which something happened; nothing when one isn't as deep as asked.
    fn shots(&self, depth: Depth, at: Period) -> Option<Vec<(usize, &'a Shot)>> {
        let busy: BTreeSet<usize> = self.deeds_at(at).iter().map(|fact| fact.project).collect();
        let shot = |place: usize| self.world.projects[place].snapshots.get(&at).filter(|shot| shot.depth >= depth);
        busy.into_iter().map(|place| Some((place, shot(place)?))).collect()
    }

    fn sum(&self, depth: Depth, at: Period, of: impl Fn(&Fact) -> u64) -> Option<u64> {
        self.shots(depth, at)?;
        Some(self.deeds_at(at).into_iter().map(of).sum())
    }

    fn aside(&self, at: Period, of: impl Fn(&Shot) -> u32) -> Option<Number> {
        Some(Number::whole(
            self.shots(Depth::Paths, at)?.into_iter().map(|(_, shot)| i128::from(of(shot))).sum::<i128>(),
        ))
    }

    fn typed(&self, which: &[WorkType], at: Period) -> Option<u64> {
        let of = |fact: &Fact| which.iter().filter_map(|&one| fact.labour.types.get(&(one as usize))).sum::<u32>();
        self.sum(Depth::Paths, at, |fact| of(fact).into())
    }

    fn lines(&self, which: &[FileKind], at: Period) -> Option<(u64, u64)> {
        let of = |fact: &Fact, side: fn(&(u64, u64)) -> u64| {
            which.iter().filter_map(|&kind| fact.labour.lines.get(&(kind as usize))).map(side).sum::<u64>()
        };
        let side = |side: fn(&(u64, u64)) -> u64| self.sum(Depth::Lines, at, |fact| of(fact, side));
        Some((side(|lines| lines.0)?, side(|lines| lines.1)?))
    }

    /// Pairs of people who changed the same file.
    fn pairs(&self, at: Period) -> Option<BTreeSet<(usize, usize)>> {
        let mut pairs = BTreeSet::new();
        for (place, shot) in self.shots(Depth::Paths, at)? {
            let rows = self.world.rows(place, at);
            for set in &shot.shared_files {
                let deeds = self.deeds(&[place]);
                let members = set.iter().map(|at| rows[at % rows.len()]);
                let members = members.filter(|fact| deeds.iter().any(|deed| std::ptr::eq(*deed, *fact)));
                let souls: Persons = members.map(|fact| fact.soul).collect();
                for &a in &souls {
                    pairs.extend(souls.iter().filter(|&&b| a < b).map(|&b| (a, b)));
                }
            }
        }
        Some(pairs)
    }

    /// Everybody with everybody whom they can reach over pairs.
    fn groups(people: &Persons, pairs: &BTreeSet<(usize, usize)>) -> Vec<usize> {
        let reach = |start: usize| {
            let mut seen = Persons::from([start]);
            loop {
                let touches = |pair: &&(usize, usize)| seen.contains(&pair.0) || seen.contains(&pair.1);
                let more: Persons = pairs.iter().filter(touches).flat_map(|&(a, b)| [a, b]).collect();
                if more.is_subset(&seen) {
                    return seen.len();
                }
                seen.extend(more);
            }
        };
        people.iter().map(|&person| reach(person)).collect()
    }

    fn team(&self, metric: &str, at: Period) -> Option<Number> {
        let (people, pairs) = (self.active(at), self.pairs(at)?);
        let n = people.len();
        let coordination = if n < 3 { None } else { share(pairs.len(), n * (n - 1) / 2) };
        let degree = |person: usize| pairs.iter().filter(|&&(a, b)| a == person || b == person).count();
        let most = people.iter().map(|&person| degree(person)).max().unwrap_or(0);
        let largest = Self::groups(&people, &pairs).into_iter().max().unwrap_or(0);
        let half = Number::quotient(1, 2)?;
        let flag = |is: bool| count(usize::from(is));
        match metric {
            "coordination" => coordination,
            "mean_degree" => share(2 * pairs.len(), n),
            "largest_group_share" => share(largest, n),
            "tight_core" => flag(n >= 4 && coordination? >= half),
            "hub" if n < 6 => flag(false),
            "hub" => {
                let around = most > 0 && most * 2 >= n - 1 && most * n >= 6 * pairs.len();
                flag(around && coordination? < half)
            }
            "drive_by_team" => flag(n >= 6 && largest * 2 < n),
            other => unreachable!("{other} is about no team"),
        }
    }

    /// The part of a level that a set has in the corpus.
    pub(super) fn share_of(&self, corpus: &Self, level: &str, at: Period) -> Option<Number> {
        self.value(level, at)?.over(corpus.value(level, at)?)
    }

    /// Where the one repository stands among those of like size.
    pub(super) fn percentile(&self, corpus: &Self, at: Period) -> Option<Number> {
        let single = |place: usize| Set { projects: vec![place], ..corpus.clone() };
        let own = self.value("coordination", at)?;
        let n = self.active(at).len();
        let others: Vec<Number> = corpus
            .projects
            .iter()
            .filter(|&&place| place != self.projects[0])
            .map(|&place| single(place))
            .filter(|other| (n..=4 * n).contains(&(2 * other.active(at).len())))
            .filter_map(|other| other.value("coordination", at))
            .collect();
        let below = others.iter().filter(|&&other| other < own).count() * 2;
        let same = others.iter().filter(|&&other| other == own).count();
        if others.len() < 5 { None } else { share(below + same, others.len() * 2) }
    }

    /// Which commits of the period are somebody's.
    fn employed(&self, at: Period, inherited_only: bool) -> usize {
        let counts = |fact: &&Fact| fact.employer.is_some_and(|it| it.inherited || !inherited_only);
        let commits = |fact: &Fact| (fact.cell.own + fact.cell.assisted) as usize;
        self.deeds_at(at).into_iter().filter(counts).map(commits).sum()
    }

    fn by_repo(&self, at: Period) -> Vec<usize> {
        let mut sums = BTreeMap::<usize, usize>::new();
        for fact in self.deeds_at(at) {
            *sums.entry(fact.project).or_default() += (fact.cell.own + fact.cell.assisted) as usize;
        }
        sums.into_values().collect()
    }

    /// A metric that the main table of the oracle doesn't have.
    pub(super) fn value_of_trees(&self, metric: &str, at: Period) -> Option<Number> {
        let own =
            [FileKind::Implementation, FileKind::Test, FileKind::Docs, FileKind::Build, FileKind::Ci, FileKind::Data];
        let whole = |sum: u64| Some(Number::whole(sum));
        let both = |(added, removed): (u64, u64)| added + removed;
        if let Some(kind) = kind_of(metric) {
            let lines = both(self.lines(&[kind], at)?);
            return if metric.ends_with("_share") {
                Number::quotient(lines, both(self.lines(&own, at)?))
            } else {
                whole(lines)
            };
        }
        if let Some(one) = type_of(metric) {
            let commits = self.typed(&[one], at)?;
            return if metric.ends_with("_share") {
                Number::quotient(commits, self.typed(&WorkType::ALL, at)?)
            } else {
                whole(commits)
            };
        }
        let commits = self.commits_of(at, &self.active(at));
        let lane = |metric: &str| self.value(metric, at)?.as_whole();
        match metric {
            "hours" => Number::quotient(self.sum(Depth::Headers, at, |fact| fact.labour.seconds)?, 3600),
            "lines_added" => whole(self.lines(&own, at)?.0),
            "lines_removed" => whole(self.lines(&own, at)?.1),
            "lines_changed" => whole(both(self.lines(&own, at)?)),
            "file_touches" => whole(self.sum(Depth::Paths, at, |fact| fact.labour.file_touches.into())?),
            "file_churn" => whole(self.sum(Depth::Lines, at, |fact| fact.labour.file_churn)?),
            "reworked_files" => self.aside(at, |shot| shot.reworked_files),
            "missing_objects" => self.aside(at, |shot| shot.aside.missing_objects),
            "renames_skipped" => self.aside(at, |shot| shot.aside.renames_skipped),
            "too_many_files" => self.aside(at, |shot| shot.aside.too_many_files),
            "performance_to_feature" => {
                let features = self.typed(&[WorkType::Feature], at)?;
                let fast = self.typed(&[WorkType::Performance], at)?;
                if features < 10 { None } else { Number::quotient(fast, features) }
            }
            "test_to_implementation" => {
                let made = both(self.lines(&[FileKind::Implementation], at)?);
                let tests = both(self.lines(&[FileKind::Test], at)?);
                if made < 100 { None } else { Number::quotient(tests, made) }
            }
            "organisations" => {
                let known = self.deeds_at(at).into_iter().filter_map(|fact| fact.employer);
                count(known.map(|it| it.organisation).collect::<BTreeSet<_>>().len())
            }
            "affiliated_share" => share(self.employed(at, false), commits),
            "inherited_share" => share(self.employed(at, true), commits),
            "unaffiliated_share" => share(commits - self.employed(at, false), commits),
            "top_repo_share" => share(self.by_repo(at).into_iter().max()?, commits),
            "herfindahl" => share(self.by_repo(at).into_iter().map(|one| one * one).sum(), commits * commits),
            "entrants" if !self.is_whole(at) => None,
            "entrants" => {
                let began = |&&place: &&usize| self.deeds(&[place]).iter().map(|fact| fact.period).min() == Some(at);
                count(self.known(at).iter().filter(began).count())
            }
            "newly_tracked" => {
                let since = |&&place: &&usize| self.world.projects[place].tracked == Some(at);
                count(self.projects.iter().filter(since).count())
            }
            "bot_share" | "agent_authored_share" => {
                let (bot, agent) = (lane("bot")?, lane("agent_authored")?);
                let part = if metric == "bot_share" { bot } else { agent };
                Number::quotient(part, commits as i128 + bot + agent)
            }
            "agent_assisted_share" => Number::quotient(lane("agent_assisted")?, commits as i128),
            other => self.team(other, at),
        }
    }
}

/// An area of a world.
pub(super) struct Area<'a> {
    pub world: &'a World,
    pub number: usize,
}

impl Area<'_> {
    fn corpus(&self) -> Set<'_> {
        Set { world: self.world, projects: (0..self.world.projects.len()).collect(), only: None }
    }

    fn deeds(&self, at: Period) -> Vec<&Fact> {
        let read = |fact: &&Fact| {
            let shot = self.world.projects[fact.project].snapshots.get(&at);
            shot.is_some_and(|shot| shot.depth >= Depth::Paths) && fact.labour.areas.contains_key(&self.number)
        };
        self.corpus().deeds_at(at).into_iter().filter(read).collect()
    }

    pub(super) fn standing(&self, at: Period) -> Standing {
        let corpus = self.corpus();
        let is_read = |place: &usize| {
            let shot = self.world.projects[*place].snapshots.get(&at);
            let is_busy = corpus.deeds_at(at).iter().any(|fact| fact.project == *place);
            !is_busy || shot.is_some_and(|shot| shot.depth >= Depth::Paths)
        };
        let (tracked, known) = (corpus.tracked(at), corpus.known(at));
        let read: Vec<usize> = known.into_iter().filter(is_read).collect();
        let closed = corpus.closed(at).into_iter().filter(|place| read.contains(place)).count();
        let unknown = tracked.len() - read.len();
        if tracked.is_empty() {
            Standing::Untracked
        } else if read.is_empty() {
            Standing::Unknown
        } else if unknown > 0 {
            Standing::Partial { unknown: u32::try_from(unknown).unwrap(), open: closed < read.len() }
        } else if closed < read.len() {
            Standing::Open
        } else {
            Standing::Closed
        }
    }

    fn value(&self, metric: &str, at: Period) -> Option<Number> {
        if matches!(self.standing(at), Standing::Untracked | Standing::Unknown) {
            return None;
        }
        let deeds = self.deeds(at);
        assert!(deeds.iter().all(|fact| self.world.souls[fact.soul].actor == Actor::Person));
        let mut weeks = BTreeMap::<usize, u16>::new();
        let mut commits = 0;
        for fact in &deeds {
            let (more, mask) = fact.labour.areas[&self.number];
            commits += more as usize;
            *weeks.entry(fact.soul).or_default() |= mask;
        }
        let mut sizes: Vec<usize> = weeks.values().map(|mask| mask.count_ones() as usize).collect();
        sizes.sort_unstable();
        let n = sizes.len();
        match metric {
            "commits" => count(commits),
            "contributors" => count(n),
            "active_repos" => count(deeds.iter().map(|fact| fact.project).collect::<BTreeSet<_>>().len()),
            "active_weeks" => share(sizes.iter().sum(), n),
            "active_weeks_median" if n == 0 => None,
            "active_weeks_median" => share(sizes[(n - 1) / 2] + sizes[n / 2], 2),
            "commits_share" => Number::whole(commits as i128).over(self.corpus().value("commits", at)?),
            other => panic!("an area has no {other}"),
        }
    }

    pub(super) fn answer(&self, metric: &str, at: Period) -> Option<Number> {
        let Some(level) = metric.strip_suffix("_change") else { return self.value(metric, at) };
        let closed = |at| self.standing(at) == Standing::Closed;
        if !closed(at) || !closed(at.before(1)) || !self.corpus().may_compare("lines_changed", at) {
            return None;
        }
        let (before, now) = (self.value(level, at.before(1))?, self.value(level, at)?);
        if level == "commits_share" { Some(now.minus(before).times(100)) } else { now.minus(before).over(before) }
    }
}
