//! Many rows in memory: how long counting them takes, and how much room.

use std::path::Path;

use rayon::prelude::*;
use signal::data::document::{Document, parse};
use signal::data::history::History;
use signal::data::organisations::Organisations;
use signal::data::people::People;
use signal::data::registry::Registry;
use signal::data::settings::Periods;
use signal::plain::Instant;

use crate::clock::{Took, timed};
use crate::histories::{Plan, history, last};
use crate::measure::{Inputs, count, fault, print};
use crate::write::{organisations, registry};

/// How many rows ten author lines have, on average: each is active in that many quarters.
const ROWS_OF_TEN_LINES: u32 = 17;

/// Makes so many million rows of histories, each what an author line did in a quarter, and measures them.
pub fn rows(millions: u32) -> Result<(), String> {
    let lines = 1_500;
    let repos = (millions * 1_000_000).div_ceil(lines * ROWS_OF_TEN_LINES / 10);
    let plan = Plan { repos, quarters: 16, lines, seed: 1 };
    let (histories, took) =
        timed(|| plan.in_order().into_par_iter().map(|repo| history(&plan, repo)).collect::<Vec<History>>());
    let rows: usize = histories.iter().flat_map(|history| &history.authors).map(|line| line.active.0.len()).sum();
    let lines: usize = histories.iter().map(|history| history.authors.len()).sum();
    println!("{rows} rows of {lines} author lines in {repos} repositories, made in {:.1} s\n", took.wall);
    let file = Path::new("made up");
    let registry: Registry = parse(file, &registry(&plan)).map_err(fault)?;
    let organisations: Organisations = parse(file, &organisations()).map_err(fault)?;
    let people = Document { file: file.to_owned(), text: String::new(), value: People::default() };
    let mut stages: Vec<(&str, Took)> = Vec::new();
    count(
        &Inputs {
            registry: &registry,
            people: &people,
            organisations: &organisations.with_shipped(),
            areas: &[],
            profiles: &[],
            histories: &histories,
            snapshots: &[],
            periods: Periods { from: plan.first(), to: last() },
            as_of: Instant(last().end_seconds()),
        },
        &mut stages,
    )?;
    print(&stages);
    Ok(())
}
