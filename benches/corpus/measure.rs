//! What each stage takes, from files to figures.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use signal::data::cache;
use signal::data::document::Document;
use signal::data::history::History;
use signal::data::organisations::Organisations;
use signal::data::people::People;
use signal::data::profiles::Profile;
use signal::data::publication::Publication;
use signal::data::registry::Registry;
use signal::data::settings::Periods;
use signal::data::snapshot::Snapshot;
use signal::data::{mined, publication};
use signal::figures::Figures;
use signal::metrics::{Corpus, Survey, over_time};
use signal::people::{self, Affiliations};
use signal::plain::{Faults, Instant};

use crate::clock::{Took, peak, timed};

/// Reads a publication and measures it, several times; prints the quickest of each stage.
pub fn files(root: &Path, times: u32) -> Result<(), String> {
    let mut best: Vec<(&str, Took)> = Vec::new();
    for _ in 0..times.max(1) {
        keep_quickest(&mut best, once(root)?);
    }
    print(&best);
    Ok(())
}

/// Measures, several times, what comes after YAML was read once: what was kept, and counting. For a profiler.
pub fn counting(root: &Path, times: u32) -> Result<(), String> {
    let publication = publication::read(root).map_err(fault)?;
    mined::read(&publication).map_err(fault)?;
    let mut best: Vec<(&str, Took)> = Vec::new();
    for _ in 0..times.max(1) {
        keep_quickest(&mut best, from_kept(&publication)?);
    }
    print(&best);
    Ok(())
}

/// Notes what each stage took, where it was quicker than before.
pub fn keep_quickest<'a>(best: &mut Vec<(&'a str, Took)>, stages: Vec<(&'a str, Took)>) {
    for (place, (stage, took)) in stages.into_iter().enumerate() {
        match best.get_mut(place) {
            Some((_, before)) => {
                before.wall = before.wall.min(took.wall);
                before.cores = before.cores.min(took.cores);
            }
            None => best.push((stage, took)),
        }
    }
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
    pub profiles: &'a [Profile],
    pub histories: &'a [History],
    pub snapshots: &'a [Snapshot],
    pub periods: Periods,
    pub as_of: Instant,
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
pub fn fault(faults: Faults) -> String {
    faults.to_string()
}

fn once(root: &Path) -> Result<Vec<(&'static str, Took)>, String> {
    let mut stages = Vec::new();
    let publication = publication::read(root).map_err(fault)?;
    // Nothing may be kept from an earlier time.
    let _ = fs::remove_dir_all(root.join(cache::FOLDER));
    let ((), took) = timed(|| touch(root));
    stages.push(("bytes alone", took));
    let (mined, took) = timed(|| mined::read(&publication));
    mined.map_err(fault)?;
    stages.push(("read YAML", took));
    stages.extend(from_kept(&publication)?);
    Ok(stages)
}

/// What was kept, and everything after it.
fn from_kept(publication: &Publication) -> Result<Vec<(&'static str, Took)>, String> {
    let mut stages = Vec::new();
    let (mined, took) = timed(|| mined::read(publication));
    let mined = mined.map_err(fault)?;
    stages.push(("read what was kept", took));
    let settings = &publication.settings.value;
    let areas: Vec<String> = publication.areas.value.areas.iter().map(|area| area.slug.value.clone()).collect();
    let inputs = Inputs {
        registry: &publication.registry.value,
        people: &publication.people,
        organisations: &publication.organisations.value,
        areas: &areas,
        profiles: &publication.profiles.value.profiles,
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

/// Reads and hashes all mined files, which is the least that finding out what is stale takes.
fn touch(root: &Path) {
    let folders = ["data/history", "data/snapshots"].map(|folder| root.join(folder));
    let files: Vec<_> = folders
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(folder).into_iter().flatten())
        .filter(|entry| entry.file_type().is_file())
        .collect();
    let hash = |file: &walkdir::DirEntry| fs::read(file.path()).map(|bytes| blake3::hash(&bytes).as_bytes()[0]).ok();
    std::hint::black_box(files.par_iter().map(hash).collect::<Vec<_>>());
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
        profiles: inputs.profiles,
        periods: inputs.periods,
        as_of: inputs.as_of,
    };
    let (survey, took) = timed(|| Survey::new(&corpus));
    stages.push(("survey", took));
    let mut survey = survey.map_err(fault)?;
    let (figures, took) = timed(|| survey.figures());
    stages.push(("figures", took));
    let figures = figures.map_err(fault)?;
    let (rows, took) = timed(|| over_time::rows(&figures));
    stages.push(("over time", took));
    let (figures, took) = timed(|| Figures::counted(figures).with(rows));
    stages.push(("lookup", took));
    let counted = peak();
    let (count, took) = timed(|| figures.all().count());
    stages.push(("every row", took));
    eprintln!("{} people, {count} figures, {counted:.0} MB before their rows", who.roster.persons.len());
    drop(figures);
    Ok(())
}
