//! `signal seal`: keeps what a published edition says, so that it never changes in silence.

use std::sync::Arc;

use super::arguments::{Arguments, SealOptions};
use super::build::made_of;
use super::measure::measure;
use super::outcome::Outcome;
use super::output::counted;
use super::progress::Progress;
use crate::data::{document, publication};
use crate::pages::{self, Options};
use crate::plain::Result;
use crate::seal;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &SealOptions) -> Result<Outcome> {
    let SealOptions { period } = *options;
    let publication = publication::read(&arguments.root)?;
    let (mined, figures) = measure(&publication)?;
    let site = pages::compose(&publication, &Arc::new(figures), &Options { seal: Some(period), ..made_of(&mined)? })?;
    let progress = Progress::new(0, arguments.voice());
    if let Some(holding) = site.holdings.get(&period) {
        holding.drifts()?;
        progress.say(&format!("{period} was sealed on {} and still holds; nothing to do", holding.sealed_on));
    }
    if let Some(lock) = &site.lock {
        let file = seal::file(period);
        document::write(&publication.root, &file, &seal::text(lock))?;
        let figures = counted(lock.figures.len() + lock.beside.len(), "figure", "figures");
        let charts = counted(lock.charts.len(), "chart", "charts");
        let predictions = counted(lock.predictions.len(), "prediction", "predictions");
        progress.say(&format!("{period} is sealed, with {figures}, {charts} and {predictions}: {}", file.display()));
        progress.say("Commit the lock. From now on, what the edition says is changed by a correction.");
    }
    Ok(Outcome::Done)
}
