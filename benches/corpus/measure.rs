//! What each stage takes, from files to figures.

use std::path::Path;

use signal::data::document::Document;
use signal::data::history::History;
use signal::data::organisations::Organisations;
use signal::data::people::People;
use signal::data::registry::Registry;
use signal::data::settings::Periods;
use signal::data::snapshot::Snapshot;
use signal::data::{mined, publication};
use signal::figures::Figures;
use signal::metrics::{Corpus, Survey};
use signal::people::{self, Affiliations};
use signal::plain::{Faults, Instant};

use crate::clock::{Took, peak, timed};

/// Reads a publication and measures it, several times; prints the quickest of each stage.
pub fn files(root: &Path, times: u32) -> Result<(), String> {
    let mut best: Vec<(&str, Took)> = Vec::new();
    for _ in 0..times.max(1) {
        for (place, (stage, took)) in once(root)?.into_iter().enumerate() {
            match best.get_mut(place) {
                Some((_, before)) => {
                    before.wall = before.wall.min(took.wall);
                    before.cores = before.cores.min(took.cores);
                }
                None => best.push((stage, took)),
            }
        }
    }
    print(&best);
    Ok(())
}

/// Prints a table.
pub fn print(stages: &[(&str, Took)]) {
    println!("| stage | seconds | of cores |\n|---|---:|---:|");
    for (stage, took) in stages {
        println!("| {stage} | {:.3} | {:.2} |", took.wall, took.cores);
    }
    println!("\npeak memory {:.0} MB", peak());
}

/// What figures are counted from.
pub struct Inputs<'a> {
    pub registry: &'a Registry,
    pub people: &'a Document<People>,
    pub organisations: &'a Organisations,
    pub areas: &'a [String],
    pub histories: &'a [History],
    pub snapshots: &'a [Snapshot],
    pub periods: Periods,
    pub as_of: Instant,
}

pub fn fault(faults: Faults) -> String {
    faults.iter().map(|fault| fault.render(false)).collect()
}

fn once(root: &Path) -> Result<Vec<(&'static str, Took)>, String> {
    let mut stages = Vec::new();
    let publication = publication::read(root).map_err(fault)?;
    let (mined, took) = timed(|| mined::read(&publication));
    let mined = mined.map_err(fault)?;
    stages.push(("read", took));
    let settings = &publication.settings.value;
    let areas: Vec<String> = publication.areas.value.areas.iter().map(|area| area.slug.value.clone()).collect();
    let inputs = Inputs {
        registry: &publication.registry.value,
        people: &publication.people,
        organisations: &publication.organisations.value,
        areas: &areas,
        histories: &mined.histories,
        snapshots: &mined.snapshots,
        periods: settings.periods.value,
        as_of: settings.as_of,
    };
    count(&inputs, &mut stages)?;
    let ((), took) = timed(|| drop(mined));
    stages.push(("forget", took));
    Ok(stages)
}

/// Everything after reading.
pub fn count(inputs: &Inputs, stages: &mut Vec<(&'static str, Took)>) -> Result<(), String> {
    let (who, took) = timed(|| people::resolve(inputs.histories, inputs.people));
    let who = who.map_err(fault)?;
    stages.push(("who is whom", took));
    let (employers, took) = timed(|| Affiliations::new(inputs.histories, &who.roster, inputs.organisations));
    stages.push(("who works where", took));
    let slugs: Vec<String> =
        inputs.organisations.organisations.iter().map(|organisation| organisation.slug.value.clone()).collect();
    let corpus = Corpus {
        registry: inputs.registry,
        histories: inputs.histories,
        snapshots: inputs.snapshots,
        roster: &who.roster,
        affiliation: &|history, line, period| employers.of(history, line, period),
        organisations: &slugs,
        areas: inputs.areas,
        periods: inputs.periods,
        as_of: inputs.as_of,
    };
    let (survey, took) = timed(|| Survey::new(&corpus));
    stages.push(("survey", took));
    let survey = survey.map_err(fault)?;
    let (figures, took) = timed(|| survey.figures());
    stages.push(("figures", took));
    let figures = figures.map_err(fault)?;
    eprintln!("{} people, {} figures", who.roster.persons.len(), figures.len());
    let (figures, took) = timed(|| Figures::new(figures));
    stages.push(("lookup", took));
    drop(figures);
    Ok(())
}
