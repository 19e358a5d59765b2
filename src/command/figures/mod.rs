//! `signal figures`: every figure as tidy rows, for tests, notebooks, and readers who doubt a number.

mod detectors;
mod movers;
mod past;

use super::arguments::{Arguments, FiguresCommand, FiguresOptions, Format};
use super::measure::measure;
use super::outcome::Outcome;
use super::output::print;
use crate::data::publication;
use crate::figures::{Filter, Names, tidy};
use crate::plain::{Diagnostic, Kind, Result};

/// Runs the command.
pub fn run(arguments: &Arguments, options: &FiguresOptions) -> Result<Outcome> {
    match &options.command {
        None => rows(arguments, options),
        Some(FiguresCommand::Movers(options)) => movers::run(arguments, options),
        Some(FiguresCommand::Detectors(options)) => detectors::run(arguments, options),
    }
}

fn rows(arguments: &Arguments, options: &FiguresOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let filter = filter(options, &Names::new(&publication.registry.value))?;
    let (_, figures) = measure(&publication)?;
    let rows = tidy::rows(&figures, &filter);
    let text = match options.format {
        Format::Table => tidy::table(&rows),
        Format::Csv => tidy::csv(&rows),
        Format::Json => tidy::json(&rows),
    };
    print(&text).map(|()| Outcome::Done)
}

fn filter(options: &FiguresOptions, names: &Names) -> Result<Filter> {
    let mut filter = Filter::default();
    for text in &options.period {
        filter.add_period(text).map_err(|hint| wrong("period", text, hint))?;
    }
    add_scopes(&mut filter, &options.scope, names)?;
    for text in &options.metric {
        filter.add_metric(text).map_err(|hint| wrong("metric", text, hint))?;
    }
    Ok(filter)
}

fn add_scopes(filter: &mut Filter, scopes: &[String], names: &Names) -> Result<()> {
    for text in scopes {
        filter.add_scope(text, names).map_err(|hint| wrong("scope", text, hint))?;
    }
    Ok(())
}

fn wrong(what: &str, text: &str, hint: String) -> Diagnostic {
    Diagnostic::new(Kind::Usage, format!("`{text}` is not a {what}")).hint(hint)
}
