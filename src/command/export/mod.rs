//! `signal export`: data out, for notebooks and spreadsheets.

mod contributors;
#[cfg(feature = "parquet")]
mod parquet;

use std::path::{Path, PathBuf};

use super::arguments::{Arguments, ExportCommand, ExportContributors, ExportFigures, ExportFormat};
use super::measure::{measure, with_corpus};
use super::names::{self, Known};
use super::outcome::Outcome;
use super::output::{counted, print};
use super::place;
use super::progress::Progress;
use crate::data::publication;
use crate::figures::{Filter, tidy};
use crate::plain::{Diagnostic, Kind, Result, atomic};

/// Runs the command.
pub fn run(arguments: &Arguments, command: &ExportCommand) -> Result<Outcome> {
    match command {
        ExportCommand::Figures(options) => figures(arguments, options),
        ExportCommand::Contributors(options) => contributors(arguments, options),
    }
}

fn figures(arguments: &Arguments, options: &ExportFigures) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let (_, figures) = measure(&publication)?;
    let filter = Filter::default();
    let rows = if options.published { tidy::published(&figures, &filter) } else { tidy::rows(&figures, &filter) };
    let bytes = match options.format {
        ExportFormat::Csv => tidy::csv(&rows).into_bytes(),
        ExportFormat::Json => tidy::json(&rows).into_bytes(),
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => parquet::bytes(&parquet::of_rows(&rows))?,
    };
    hand_over(arguments, options.out.as_deref(), &bytes, rows.len())
}

fn contributors(arguments: &Arguments, options: &ExportContributors) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let out = match (&options.out, options.names) {
        (out, false) => out.clone(),
        (Some(out), true) => Some(place::private(&publication.root, out)?),
        (None, true) => {
            let file = PathBuf::from(place::PRIVATE).join(format!("contributors.{}", options.format.ending()));
            Some(place::private(&publication.root, &publication.root.join(file))?)
        }
    };
    let known = options.names.then(|| Known::read(&publication)).transpose()?;
    let (_, sheet) = with_corpus(&publication, |corpus| {
        if known.is_some() {
            names::check_key(&publication, corpus)?;
        }
        contributors::sheet(&publication, corpus, known.as_ref())
    })?;
    let bytes = match options.format {
        ExportFormat::Csv => sheet.csv().into_bytes(),
        ExportFormat::Json => sheet.json().into_bytes(),
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => parquet::bytes(&sheet)?,
    };
    let missing = known.map(|known| known.missing).unwrap_or_default();
    if let Some(first) = missing.first() {
        let repos = counted(missing.len(), "repository", "repositories");
        let line = format!("names of {repos} are missing, `{first}` first: `signal mine` makes the mirrors");
        Progress::new(0, arguments.voice()).say(&line);
    }
    hand_over(arguments, out.as_deref(), &bytes, sheet.rows.len())
}

/// Into a file, whole or not at all; without one, to standard output.
fn hand_over(arguments: &Arguments, out: Option<&Path>, bytes: &[u8], rows: usize) -> Result<Outcome> {
    match (out, std::str::from_utf8(bytes)) {
        (Some(out), _) => {
            atomic::write(out, bytes)?;
            let line = format!("{} in {}", counted(rows, "row", "rows"), out.display());
            Progress::new(0, arguments.voice()).say(&line);
        }
        (None, Ok(text)) => print(text)?,
        (None, Err(_)) => {
            let fault = Diagnostic::new(Kind::Usage, "this format is no text that could be printed");
            return Err(fault.hint("name a file with `--out`").into());
        }
    }
    Ok(Outcome::Done)
}
