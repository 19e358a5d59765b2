//! When each pattern is there.

use super::Threshold;
use super::view::{Evidence, Unfit, Verdict, View};
use crate::plain::Number;

pub(super) const LEAST_PEOPLE: Threshold = Threshold::count("contributors in the quarter before: at least", 20);
pub(super) const PEOPLE_UP: Threshold = Threshold::percent("contributors up by at least", 10);
pub(super) const COMMITS_DOWN: Threshold = Threshold::percent("commits down by at least", 5);
pub(super) const COMMITS_UP: Threshold = Threshold::percent("commits up by at least", 10);
pub(super) const PEOPLE_FLAT: Threshold = Threshold::percent("contributors up or down by at most", 5);
pub(super) const SURGE: Threshold = Threshold::percent("contributors up by at least", 15);
pub(super) const WEEKS_DOWN: Threshold = Threshold::percent("active weeks per contributor down by at least", 5);
pub(super) const ONE_WEEK_UP: Threshold = Threshold::points("share active in one week only up by at least", 2);
pub(super) const YOUNG: Threshold = Threshold::count("quarters since nobody had contributed yet: at most", 8);
pub(super) const TIGHT: Threshold = Threshold::percent("coordination: at least", 50);
pub(super) const LEAST_TEAM: Threshold = Threshold::count("contributors: at least", 5);
pub(super) const TURN: Threshold = Threshold::points("retention moved by at least", 5);
pub(super) const TURN_AFTER: Threshold =
    Threshold::count("quarters before in which it moved the other way: at least", 2);
pub(super) const PEOPLE_DOWN: Threshold = Threshold::percent("contributors down by at least", 10);
pub(super) const COMMITS_HELD: Threshold = Threshold::percent("commits down by at most", 3);
pub(super) const QUIET: Threshold = Threshold::percent("commits, of the median of four quarters before: at most", 33);
pub(super) const LEAST_COMMITS: Threshold = Threshold::count("median of commits of those four: at least", 20);

type Judgement = Result<Verdict, Unfit>;

/// How many quarters make a year.
const YEAR: usize = 4;

pub(super) fn ramp(view: &View) -> Judgement {
    let (people, commits) = team(view)?;
    let premise = growth(&commits)? <= minus(COMMITS_DOWN);
    Ok(Verdict::of(premise, growth(&people)? >= PEOPLE_UP.number(), &[people, commits]))
}

pub(super) fn deepening(view: &View) -> Judgement {
    let (people, commits) = team(view)?;
    let grown = growth(&people)?;
    let flat = minus(PEOPLE_FLAT) <= grown && grown <= PEOPLE_FLAT.number();
    Ok(Verdict::of(growth(&commits)? >= COMMITS_UP.number(), flat, &[commits, people]))
}

pub(super) fn shallow_surge(view: &View) -> Judgement {
    let (people, _) = team(view)?;
    let (weeks, short) = (view.step("active_weeks")?, view.step("one_week_share")?);
    let shallow = growth(&weeks)? <= minus(WEEKS_DOWN) && difference(&short)? >= ONE_WEEK_UP.number();
    Ok(Verdict::of(growth(&people)? >= SURGE.number(), shallow, &[people, weeks, short]))
}

pub(super) fn tight_newcomer(view: &View) -> Judgement {
    let long_ago = view.at.checked_sub(distance(YOUNG)).ok_or(Unfit::NoPast("contributors_ever"))?;
    let ever = view.series("contributors_ever").get(long_ago).and_then(|point| point.value);
    match ever.ok_or(Unfit::NoPast("contributors_ever"))? {
        Number::ZERO => {}
        _ => return Err(Unfit::NotYoung),
    }
    let people = view.now("contributors")?;
    if people < LEAST_TEAM.number() {
        return Err(Unfit::TooFew("contributors"));
    }
    let tight = view.now("coordination")?;
    let level = |metric, now| Evidence { metric, before: None, now };
    let evidence = [level("coordination", tight), level("contributors", people)];
    Ok(Verdict::of(true, tight >= TIGHT.number(), &evidence))
}

pub(super) fn retention_turns_up(view: &View) -> Judgement {
    retention_turns(view, 1)
}

pub(super) fn retention_turns_down(view: &View) -> Judgement {
    retention_turns(view, -1)
}

/// A turn to one side, after steps to the other.
fn retention_turns(view: &View, way: i8) -> Judgement {
    team(view)?;
    let after = distance(TURN_AFTER);
    let (now, earlier) = view.past("retention", after + 1)?;
    let last = earlier[after];
    let back = earlier.windows(2).all(|pair| pair[1].minus(pair[0]).sign() == -way);
    let moved = now.minus(last).times(way) >= TURN.number();
    Ok(Verdict::of(moved, back, &[Evidence { metric: "retention", before: Some(last), now }]))
}

pub(super) fn consolidation(view: &View) -> Judgement {
    let (people, commits) = team(view)?;
    let premise = growth(&commits)? >= minus(COMMITS_HELD);
    Ok(Verdict::of(premise, growth(&people)? <= minus(PEOPLE_DOWN), &[people, commits]))
}

pub(super) fn quiet(view: &View) -> Judgement {
    let (now, mut earlier) = view.past("commits", YEAR)?;
    let last = earlier[YEAR - 1];
    earlier.sort_unstable();
    let twice = earlier[YEAR / 2 - 1].plus(earlier[YEAR / 2]);
    if twice < LEAST_COMMITS.number().times(2) {
        return Err(Unfit::TooFew("commits"));
    }
    let share = now.times(2).over(twice).expect("it isn't less than the least");
    Ok(Verdict::of(true, share <= QUIET.number(), &[Evidence { metric: "commits", before: Some(last), now }]))
}

/// People and commits, where there are enough people for a change of either to mean something.
fn team(view: &View) -> Result<(Evidence, Evidence), Unfit> {
    let (people, commits) = (view.step("contributors")?, view.step("commits")?);
    if people.before < Some(LEAST_PEOPLE.number()) {
        return Err(Unfit::TooFew("contributors"));
    }
    Ok((people, commits))
}

/// The relative change; there is none from 0.
fn growth(step: &Evidence) -> Result<Number, Unfit> {
    let before = step.before.ok_or(Unfit::NoPast(step.metric))?;
    step.now.minus(before).over(before).ok_or(Unfit::NoPast(step.metric))
}

fn difference(step: &Evidence) -> Result<Number, Unfit> {
    step.before.map(|before| step.now.minus(before)).ok_or(Unfit::NoPast(step.metric))
}

fn minus(bound: Threshold) -> Number {
    Number::ZERO.minus(bound.number())
}

fn distance(bound: Threshold) -> usize {
    usize::try_from(bound.value).expect("it counts quarters")
}
