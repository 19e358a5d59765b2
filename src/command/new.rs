//! `signal new`: the beginning of something that an editor goes on with.

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::{Arguments, NewCommand, NewEdition};
use super::build::today;
use super::measure::measure;
use super::outcome::Outcome;
use super::output::counted;
use super::progress::Progress;
use crate::data::publication;
use crate::draft::{self, Facts};
use crate::pages::edition;
use crate::pages::predictions::reviews;
use crate::plain::{Diagnostic, Kind, Result, atomic};

/// Runs the command.
pub fn run(arguments: &Arguments, command: &NewCommand) -> Result<Outcome> {
    match command {
        NewCommand::Edition(options) => new_edition(arguments, options),
    }
}

fn new_edition(arguments: &Arguments, options: &NewEdition) -> Result<Outcome> {
    let NewEdition { period, out } = options;
    let usual = PathBuf::from(edition::FOLDER).join(format!("{}.md", period.slug()));
    let file = out.clone().unwrap_or_else(|| arguments.root.join(&usual));
    if file.symlink_metadata().is_ok() {
        let message = "there is such a file already, and it was left as it is";
        let hint = "write the draft beside it with `--out FILE`, or move it away first";
        return Err(Diagnostic::new(Kind::Usage, message).in_file(&file).hint(hint).into());
    }
    let publication = publication::read(&arguments.root)?;
    let (_, figures) = measure(&publication)?;
    let figures = Arc::new(figures);
    let reviews = reviews(&publication, &figures, *period, today()?)?;
    let text = draft::edition(&Facts::new(&publication, &figures, *period, reviews)?);
    atomic::write(&file, text.as_bytes())?;
    let questions = counted(text.matches("<!-- question:").count(), "question", "questions");
    let progress = Progress::new(0, arguments.voice());
    progress.say(&format!("{} is a draft, with {questions} to you in comments", file.display()));
    progress
        .say("See it with `signal serve`. Answer or delete the questions, delete `draft: true`, then `signal seal`.");
    Ok(Outcome::Done)
}
