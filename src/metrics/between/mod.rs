//! What is between the parts of the corpus: who is active in two of them, who moves from one to another, who comes
//! from outside, and who does which kind of work.
//!
//! A part of the corpus that takes part in a pair is a *side* (`cut`). Whatever is stated of a pair stands as the
//! repositories of both sides allow it together. Counts of people who are somewhere add up what is known; counts of
//! people who moved need the whole corpus, since who seems to be at home nowhere may be so where nobody looked.

mod chance;
mod crossing;
mod cut;
mod deeds;
pub(super) mod demand;
mod expansion;
mod flow;
mod homes;
mod independence;
mod moves;
mod overlap;
mod profile;
mod rows;

#[cfg(test)]
mod tests;

pub(super) use crossing::active_people;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::calendar::Calendar;
use super::corpus::Corpus;
use super::figure::Measured;
use super::listing::in_a_row;
use super::part::Part;
use super::scope::Scope;
use crate::data::profiles::Profile;
use crate::plain::slug::slug;
use crossing::{Group, crossings};
use cut::Cut;
use deeds::deeds;
use flow::{Pairs, put_flows};
pub(super) use profile::people_of_profiles;
use rows::Rows;

/// What the figures are measured from.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub corpus: &'a Corpus<'a>,
    /// One per repository, in the order of the registry.
    pub parts: &'a [Part],
    pub calendar: &'a Calendar,
    pub profiles: &'a [Profile],
}

/// Measures everything between the parts of the corpus, in every reported period.
///
/// Returns, sides in alphabetical order and pairs with 0 among them: `overlap` of all pairs of categories, of groups
/// and of profiles; `expansion` of all ordered pairs of categories; `flow`, its rate and its tests, of all ordered pairs
/// of categories; the same between single repositories, but only of pairs that somebody moved between, since nearly all
/// others are 0: where a pair has no row and the flows of categories are stated, nobody moved. Then `contributors` of
/// every profile, and turnover inside and outside for corpus, groups, categories, vendors and repositories.
pub(super) fn measure(inputs: &Inputs) -> Vec<Measured> {
    let registry = inputs.corpus.registry;
    let (categories, groups, repos) = (Cut::categories(registry), Cut::groups(registry), Cut::repos(registry));
    let deeds = deeds(inputs.parts);
    let rows: [&(dyn Fn(&mut Rows) + Sync); 7] = [
        &|rows| overlap::put_overlaps(rows, inputs, &deeds, &categories),
        &|rows| overlap::put_overlaps(rows, inputs, &deeds, &groups),
        &|rows| expansion::put_expansions(rows, inputs, &deeds, &categories),
        &|rows| put_flows(rows, inputs, &deeds, &categories, Pairs::All),
        &|rows| put_flows(rows, inputs, &deeds, &repos, Pairs::Moved),
        &|rows| profile::put_profiles(rows, inputs),
        &|rows| {
            let corpus: Vec<&Part> = inputs.parts.iter().collect();
            rows.figures = crossings(&scopes(inputs), &corpus, inputs.calendar);
        },
    ];
    let figures = |put: &&(dyn Fn(&mut Rows) + Sync)| {
        let mut rows = Rows::new(inputs.calendar);
        put(&mut rows);
        rows.figures
    };
    let figures: Vec<Vec<Measured>> = rows.par_iter().with_max_len(1).map(figures).collect();
    in_a_row(figures)
}

/// Everything that people come to and leave.
fn scopes<'a>(inputs: &Inputs<'a>) -> Vec<Group<'a>> {
    let mut members: BTreeMap<Scope, Vec<&Part>> = BTreeMap::new();
    for ((category, repo), part) in inputs.corpus.registry.repos().zip(inputs.parts) {
        let mut scopes =
            vec![Scope::Corpus, Scope::Category(category.slug.value.clone()), Scope::Repo(repo.id.value.clone())];
        scopes.extend(category.group.as_deref().map(slug).map(Scope::Group));
        scopes.extend(repo.vendor.as_deref().map(slug).map(Scope::Vendor));
        for scope in scopes {
            members.entry(scope).or_default().push(part);
        }
    }
    members.into_iter().collect()
}
