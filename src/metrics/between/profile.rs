//! Who does which kind of work: people with commits in named areas in at least so many weeks of a period.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::super::catalogue::{self, Id};
use super::super::figure::Standing;
use super::super::part::Part;
use super::super::scope::{Scope, Side};
use super::super::standing::of_scope;
use super::Inputs;
use super::overlap::overlap_of;
use super::rows::{Rows, change, named};
use crate::data::history::History;
use crate::data::identity_key::Hash;
use crate::data::profiles::Profile;
use crate::data::snapshot::Snapshot;
use crate::plain::{Number, Period};

/// The rule set that says which commit belongs to which areas, as snapshots name it.
const RULES: &str = "areas";

/// A person, and the weeks of a period with a commit of theirs that belongs: bit 0 is the first that it touches.
type Weeks = (u32, u16);

/// What one repository shows of one period.
struct Sight {
    /// By profile.
    weeks: Vec<Vec<Weeks>>,
    /// The digest of the rules; none where nothing had to be looked at.
    rules: Option<Hash>,
}

/// What all repositories show of each period; nothing where one has commits and says nothing about areas.
struct Sights {
    /// By period, then by place in the registry; of repositories that count then.
    by_period: Vec<Vec<Option<Sight>>>,
}

/// A profile over time.
struct Sheet<'a> {
    scope: Scope,
    side: Side,
    members: Vec<&'a Part>,
    standings: Vec<Standing>,
    /// By period, the people, sorted; nothing where it isn't known who they are.
    people: Vec<Option<Vec<u32>>>,
    rules: Vec<BTreeSet<Hash>>,
}

/// Writes the rows of every profile, and of every pair, in every reported period.
pub(super) fn put_profiles(rows: &mut Rows, inputs: &Inputs) {
    let members: Vec<Vec<usize>> = inputs.profiles.iter().map(|profile| members(inputs, profile)).collect();
    let sights = Sights::new(inputs, &members);
    let sheets: Vec<Sheet> = (0..inputs.profiles.len())
        .into_par_iter()
        .map(|place| Sheet::new(inputs, place, &members[place], &sights))
        .collect();
    let (contributors, contributors_change) =
        (catalogue::metric(Id::Contributors), catalogue::change(Id::Contributors).expect("it has one"));
    for sheet in &sheets {
        let rules = |at: usize| sheet.rules[at].clone();
        let value = |at: usize| Some((sheet.standings[at], Number::whole(sheet.people[at].as_ref()?.len() as u64)));
        for at in inputs.calendar.reported() {
            let moved = moved(at, value, rules);
            rows.put(at, &sheet.scope, contributors, value(at).map(|(_, value)| value), sheet.standings[at]);
            rows.put(at, &sheet.scope, contributors_change, moved, sheet.standings[at]);
        }
    }
    for (place, a) in sheets.iter().enumerate() {
        for b in &sheets[place + 1..] {
            put_pair(rows, inputs, a, b);
        }
    }
}

/// The people of each profile in a period, sorted; nothing where it isn't known who they are.
pub(in crate::metrics) fn people_of_profiles(inputs: &Inputs, at: usize) -> Vec<Option<Vec<u32>>> {
    let members: Vec<Vec<usize>> = inputs.profiles.iter().map(|profile| members(inputs, profile)).collect();
    let sights = Sights::new(inputs, &members);
    let sheets = (0..inputs.profiles.len()).map(|place| Sheet::new(inputs, place, &members[place], &sights));
    sheets.map(|mut sheet| sheet.people.swap_remove(at)).collect()
}

fn put_pair(rows: &mut Rows, inputs: &Inputs, a: &Sheet, b: &Sheet) {
    let scope = Scope::overlap(a.side.clone(), b.side.clone());
    let others = b.members.iter().copied().filter(|&part| !a.members.iter().any(|&own| std::ptr::eq(own, part)));
    let both: Vec<&Part> = a.members.iter().copied().chain(others).collect();
    let standing = |at: usize| of_scope(both.iter().copied(), at);
    let value = |at: usize| {
        let (a, b) = (a.people[at].as_ref()?, b.people[at].as_ref()?);
        Some((standing(at), Number::whole(overlap_of(a, b))))
    };
    let rules = |at: usize| &a.rules[at] | &b.rules[at];
    for at in inputs.calendar.reported() {
        rows.put(at, &scope, named("overlap"), value(at).map(|(_, value)| value), standing(at));
        rows.put(at, &scope, named("overlap_change"), moved(at, value, rules), standing(at));
    }
}

/// The change of a count, unless the areas were other ones before: figures under different rules aren't compared.
fn moved(
    at: usize,
    value: impl Fn(usize) -> Option<(Standing, Number)>,
    rules: impl Fn(usize) -> BTreeSet<Hash>,
) -> Option<Number> {
    let before = at.checked_sub(1)?;
    let comparable = (&rules(before) | &rules(at)).len() <= 1;
    change(value(before), value(at)).filter(|_| comparable)
}

/// The repositories that a profile looks at, by their places in the registry.
fn members(inputs: &Inputs, profile: &Profile) -> Vec<usize> {
    let repos = inputs.corpus.registry.repos().enumerate();
    let own = repos.filter(|(_, (category, repo))| profile.looks_at(&category.slug.value, &repo.id.value));
    own.map(|(place, _)| place).collect()
}

impl<'a> Sheet<'a> {
    fn new(inputs: &Inputs<'a>, place: usize, members: &[usize], sights: &Sights) -> Self {
        let profile = &inputs.profiles[place];
        let parts: Vec<&Part> = members.iter().map(|&member| &inputs.parts[member]).collect();
        let scope = Scope::Profile(profile.slug.value.clone());
        let periods = || 0..inputs.calendar.len();
        let standings: Vec<Standing> = periods().map(|at| of_scope(parts.iter().copied(), at)).collect();
        let people = |at: usize| match standings[at] {
            Standing::Unknown | Standing::Untracked => None,
            _ => sights.people(at, place, members, inputs),
        };
        let rules = |at: usize| {
            let counted = members.iter().filter(|&&member| inputs.parts[member].counts(at));
            let seen = counted.filter_map(|&member| sights.by_period[at][member].as_ref());
            seen.filter_map(|sight| sight.rules).collect()
        };
        Self {
            side: Side::of(&scope).expect("a profile is a single part"),
            people: periods().map(people).collect(),
            rules: periods().map(rules).collect(),
            scope,
            members: parts,
            standings,
        }
    }
}

impl Sights {
    fn new(inputs: &Inputs, members: &[Vec<usize>]) -> Self {
        let corpus = inputs.corpus;
        let mut snapshots: HashMap<(&str, Period), &Snapshot> = HashMap::new();
        if !inputs.profiles.is_empty() {
            snapshots.extend(corpus.snapshots.iter().map(|one| ((one.repo.as_str(), one.period), one)));
        }
        let by_part: Vec<Vec<Option<Sight>>> = (0..inputs.parts.len())
            .into_par_iter()
            .map(|place| {
                let watching = |one: &usize| members[*one].binary_search(&place).is_ok();
                let profiles: Vec<usize> = (0..members.len()).filter(watching).collect();
                let eye = Eye::new(inputs, place, &profiles);
                let look = |(at, period): (usize, Period)| match snapshots.get(&(eye.history.repo.as_str(), period)) {
                    Some(snapshot) => eye.look(snapshot),
                    None => (inputs.parts[place].season(at).lanes.cell.counted() == 0).then(|| eye.nothing()),
                };
                inputs.calendar.periods().enumerate().map(look).collect()
            })
            .collect();
        let mut by_period: Vec<Vec<Option<Sight>>> = inputs.calendar.periods().map(|_| Vec::new()).collect();
        for sights in by_part {
            by_period.iter_mut().zip(sights).for_each(|(period, sight)| period.push(sight));
        }
        Self { by_period }
    }

    /// The people of a profile in a period.
    fn people(&self, at: usize, profile: usize, members: &[usize], inputs: &Inputs) -> Option<Vec<u32>> {
        let mut rows: Vec<Weeks> = Vec::new();
        for &member in members.iter().filter(|&&member| inputs.parts[member].counts(at)) {
            rows.extend(&self.by_period[at][member].as_ref()?.weeks[profile]);
        }
        rows.sort_unstable();
        let least = u32::from(inputs.profiles[profile].weeks.value);
        let busy = |rows: &&[Weeks]| rows.iter().fold(0, |all, (_, weeks)| all | weeks).count_ones() >= least;
        Some(rows.chunk_by(|a, b| a.0 == b.0).filter(busy).map(|rows| rows[0].0).collect())
    }
}

/// The keys of an author line's address and name; none in the one row of all who opted out.
type Keys = (Option<Hash>, Option<Hash>);

/// Looks at the snapshots of one repository.
struct Eye<'a> {
    history: &'a History,
    /// The profiles that look at each area.
    profiles_of: HashMap<&'a str, Vec<usize>>,
    /// How many profiles there are, whether they look here or not.
    profiles: usize,
    /// The person of each author line, by the line's keys; of people only.
    persons: Vec<(Keys, Option<u32>)>,
}

impl<'a> Eye<'a> {
    fn new(inputs: &Inputs<'a>, place: usize, profiles: &[usize]) -> Self {
        let (history, roster) = (&inputs.corpus.histories[place], inputs.corpus.roster);
        let mut profiles_of: HashMap<&str, Vec<usize>> = HashMap::new();
        for &profile in profiles {
            let areas: BTreeSet<&str> = inputs.profiles[profile].areas.iter().map(|area| &area.value[..]).collect();
            for area in areas {
                profiles_of.entry(area).or_default().push(profile);
            }
        }
        let mut persons = Vec::new();
        if !profiles.is_empty() {
            let lines = history.authors.iter().zip(&roster.of_line[place]);
            persons.extend(lines.map(|(author, &person)| {
                let pair = author.written.as_ref();
                let is_person = roster.persons[person as usize].actor.is_person();
                ((pair.map(|pair| pair.address), pair.map(|pair| pair.name)), is_person.then_some(person))
            }));
            persons.sort_unstable();
        }
        Self { history, profiles_of, profiles: inputs.profiles.len(), persons }
    }

    /// What is seen where nothing was done.
    fn nothing(&self) -> Sight {
        Sight { weeks: vec![Vec::new(); self.profiles], rules: None }
    }

    /// What a snapshot shows; nothing when it wasn't mined deep enough, or fits neither its period nor the history.
    fn look(&self, snapshot: &Snapshot) -> Option<Sight> {
        let mut sight = self.nothing();
        if self.profiles_of.is_empty() || snapshot.authors.is_empty() {
            return Some(sight);
        }
        sight.rules = snapshot.rules.get(RULES).copied();
        let bits = bits(snapshot.period);
        for row in &snapshot.authors {
            let found = self.persons.binary_search_by_key(&(row.address, row.name), |(keys, _)| *keys).ok()?;
            let areas = row.areas.as_ref()?;
            let Some(person) = self.persons[found].1 else { continue };
            for (area, work) in areas {
                let Some(profiles) = self.profiles_of.get(area.as_str()) else { continue };
                let mut weeks = 0;
                for &number in &work.weeks {
                    weeks |= *bits.get(usize::from(number))?.as_ref()?;
                }
                for &profile in profiles {
                    sight.weeks[profile].push((person, weeks));
                }
            }
        }
        Some(sight)
    }
}

/// The bit of each week number that a period touches.
fn bits(period: Period) -> [Option<u16>; 54] {
    let mut bits = [None; 54];
    for (number, bit) in (0..).zip(&mut bits) {
        *bit = period.week_numbered(number).map(|week| 1 << (week - period.first_week()));
    }
    bits
}
