//! What moved in a way that is unusual for its subject.
//!
//! The thresholds were set on the shipped publication, on seven quarters of about 300 steps each that can be judged. Half
//! of the steps are below 0.7, nine in ten below 2. Were they normal, one in a quarter would be at 3 or beyond by chance;
//! seven are. At 2 it would be fourteen by chance of 23, which is no list to rank by. Counts below 20 hardly ever reach 3:
//! their noise is too large (two of 2,200 steps). Lanes such as commits with coding agents aren't watched: where something
//! new spreads, every subject's step is unusual (nearly half of them at 3 or beyond), which is one story and no ranking.

use std::collections::BTreeMap;

use super::point::Stretch;
use super::robust::last_step;
pub use super::story::{Cause, Move, Story};
use super::{Chronicle, Wholes};
use crate::metrics::{Scope, catalogue};
use crate::plain::Number;

/// The counts that can lead a story.
pub const WATCHED: [&str; 4] = ["commits", "contributors", "new", "churned"];

/// What is told along but leads no story: it doesn't count single events, so that 1/n says nothing of its noise.
pub const TOLD_ALONG: [&str; 2] = ["hours", "lines_changed"];

/// So many closed periods that can be compared, the last one included, have to be known.
pub const LEAST_PERIODS: usize = 8;

/// A story's leading change is at least so unusual.
pub const LEAST_Z: u8 = 3;

/// A change that goes with it is at least so unusual.
pub const ALONG_Z: u8 = 1;

/// Before or now, a story's leading count is at least so large.
pub const LEAST_COUNT: u8 = 20;

/// The figures of which a whole has as many as its repositories together.
const ADDITIVE: [&str; 3] = ["commits", "hours", "lines_changed"];

/// The stories of the period at a place of the chronicle, the most unusual first.
///
/// Figures of one subject that tell of the same (all of more, or all of less, life in it) are one story. So are those
/// of a repository and of the wholes of whose change it makes half or more.
#[must_use]
pub fn movers(chronicle: &Chronicle, wholes: &Wholes, at: usize) -> Vec<Story> {
    let mut alone = Vec::new();
    let mut shared: BTreeMap<(Scope, i8), Vec<Story>> = BTreeMap::new();
    for scope in chronicle.scopes() {
        for sense in [1, -1] {
            let Some(mut story) = story(chronicle, scope, at, sense) else { continue };
            story.cause = wholes.get(scope).and_then(|repos| cause(chronicle, &story, repos, at));
            match &story.cause {
                Some(cause) => shared.entry((cause.repo.clone(), sense)).or_default().push(story),
                None => alone.push((sense, story)),
            }
        }
    }
    let mut stories = Vec::new();
    for (sense, story) in alone {
        match shared.get_mut(&(story.scope.clone(), sense)) {
            Some(same) => same.push(story),
            None => stories.push(story),
        }
    }
    for mut same in shared.into_values() {
        same.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut first = same.remove(0);
        first.others = same;
        stories.push(first);
    }
    stories.sort_by(|a, b| a.order().cmp(&b.order()));
    stories
}

/// Every step of a watched count that can be judged in a period, however usual: for whoever doubts a threshold.
#[must_use]
pub fn moves<'a>(chronicle: &Chronicle<'a>, at: usize) -> Vec<(&'a Scope, Move)> {
    let of = |scope| WATCHED.iter().filter_map(move |name| Some((scope, of_metric(chronicle, scope, name, at)?)));
    chronicle.scopes().flat_map(of).collect()
}

fn of_metric(chronicle: &Chronicle, scope: &Scope, name: &str, at: usize) -> Option<Move> {
    let born = born(chronicle, scope);
    let stretch = Stretch::up_to(chronicle.series(scope, name).get(born..)?, at.checked_sub(born)?)?;
    if stretch.values.len() < LEAST_PERIODS {
        return None;
    }
    let step = last_step(&stretch.values)?;
    let (now, earlier) = stretch.split();
    Some(Move { metric: catalogue::find(name)?, before: *earlier.last()?, now, z: step.z, quarters: step.steps })
}

/// The place of the first period in which a subject was there: where nobody had ever contributed, nothing was usual.
fn born(chronicle: &Chronicle, scope: &Scope) -> usize {
    let ever = chronicle.series(scope, "contributors_ever");
    ever.iter().take_while(|point| point.value == Some(Number::ZERO)).count()
}

/// The story of one subject; `sense` is 1 for more life in it than usual, -1 for less.
fn story(chronicle: &Chronicle, scope: &Scope, at: usize, sense: i8) -> Option<Story> {
    let names = WATCHED.into_iter().chain(TOLD_ALONG);
    let steps = names.filter_map(|name| of_metric(chronicle, scope, name, at));
    let mut moves: Vec<Move> = steps.filter(|step| sense_of(step) == sense).collect();
    moves.retain(|step| step.size() >= Number::whole(ALONG_Z));
    moves.sort_by(|a, b| b.size().cmp(&a.size()).then(a.metric.name.cmp(b.metric.name)));
    let lead = moves.iter().position(|step| WATCHED.contains(&step.metric.name) && is_story(step))?;
    let lead = moves.remove(lead);
    moves.retain(|step| goes(step) == sense);
    moves.insert(0, lead);
    Some(Story { scope: scope.clone(), moves, cause: None, others: Vec::new() })
}

fn is_story(step: &Move) -> bool {
    step.size() >= Number::whole(LEAST_Z) && step.now.max(step.before) >= Number::whole(LEAST_COUNT)
}

/// Whether there is more or less life than usual.
fn sense_of(step: &Move) -> i8 {
    life(step, step.z)
}

/// Whether there is more or less life than before.
fn goes(step: &Move) -> i8 {
    life(step, step.now.minus(step.before))
}

/// That more people left is less life.
fn life(step: &Move, change: Number) -> i8 {
    match step.metric.better {
        Some(catalogue::Direction::Down) => -change.sign(),
        _ => change.sign(),
    }
}

/// The repository that makes half or more of the change, and more than any other.
fn cause(chronicle: &Chronicle, story: &Story, repos: &[Scope], at: usize) -> Option<Cause> {
    let additive = story.moves.iter().find(|step| ADDITIVE.contains(&step.metric.name))?;
    let change = additive.now.minus(additive.before);
    let half = Number::quotient(1, 2).expect("2 isn't 0");
    let of_repo = |repo: &Scope| {
        let points = chronicle.series(repo, additive.metric.name);
        let (before, now) = (points.get(at.checked_sub(1)?)?.closed()?, points.get(at)?.closed()?);
        let share = now.minus(before).over(change)?;
        (share >= half).then(|| Cause { repo: repo.clone(), metric: additive.metric, before, now, share })
    };
    // Of equal ones the first by id.
    repos.iter().filter_map(of_repo).max_by(|a, b| a.share.cmp(&b.share).then(b.repo.cmp(&a.repo)))
}
