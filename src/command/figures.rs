//! `signal figures`: every figure as tidy rows, for tests, notebooks, and readers who doubt a number.

use super::arguments::{Arguments, FiguresOptions, Format};
use super::measure::measure;
use super::outcome::Outcome;
use super::output::print;
use crate::data::publication;
use crate::figures::{Filter, Names, tidy};
use crate::plain::{Diagnostic, Kind, Result};

/// Runs the command.
pub fn run(arguments: &Arguments, options: &FiguresOptions) -> Result<Outcome> {
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
    let wrong = |what: &str, text: &str, hint: String| {
        Diagnostic::new(Kind::Usage, format!("`{text}` is not a {what}")).hint(hint)
    };
    for text in &options.period {
        filter.add_period(text).map_err(|hint| wrong("period", text, hint))?;
    }
    for text in &options.scope {
        filter.add_scope(text, names).map_err(|hint| wrong("scope", text, hint))?;
    }
    for text in &options.metric {
        filter.add_metric(text).map_err(|hint| wrong("metric", text, hint))?;
    }
    Ok(filter)
}
