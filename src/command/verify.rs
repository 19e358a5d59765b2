//! `signal verify`: builds a sealed edition again from the committed data, and compares.

use std::fmt::Write as _;
use std::sync::Arc;

use super::arguments::{Arguments, SealOptions};
use super::build::made_of;
use super::measure::measure;
use super::outcome::Outcome;
use super::output::{counted, print};
use crate::data::publication;
use crate::pages;
use crate::pages::seals::Holding;
use crate::plain::text::listed;
use crate::plain::{Diagnostic, Kind, Result};
use crate::seal;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &SealOptions) -> Result<Outcome> {
    let SealOptions { period } = *options;
    let publication = publication::read(&arguments.root)?;
    let (mined, figures) = measure(&publication)?;
    let site = pages::compose(&publication, &Arc::new(figures), &made_of(&mined)?)?;
    let Some(holding) = site.holdings.get(&period) else {
        let message = format!("there is no sealed edition of {period}");
        let fault = Diagnostic::new(Kind::Missing, message).in_file(&seal::file(period));
        return Err(fault.hint(format!("seal it with `signal seal {period}` when it is published")).into());
    };
    if !arguments.quiet {
        print(&report(holding))?;
    }
    holding.drifts()?;
    Ok(Outcome::Done)
}

/// What became of it, and what to write into the front matter.
fn report(holding: &Holding) -> String {
    let Holding { sealed_on, figures, charts, predictions, restated, drifted, correction, changed_inputs, .. } =
        holding;
    let figures = counted(*figures, "figure", "figures");
    let (charts, predictions) =
        (counted(*charts, "chart", "charts"), counted(*predictions, "prediction", "predictions"));
    let but =
        if *restated > 0 { format!(" but for what corrections restate, {restated} in all") } else { String::new() };
    let found = match drifted {
        0 => format!("all as sealed{but}"),
        1 => "1 of what was sealed no longer holds by the data".to_owned(),
        count => format!("{count} of what was sealed no longer hold by the data"),
    };
    let mut text = format!("{figures}, {charts} and {predictions}, sealed on {sealed_on}: {found}\n");
    if !changed_inputs.is_empty() {
        let _ = writeln!(text, "Changed since: {}", listed(changed_inputs, "and"));
    }
    if let Some(correction) = correction {
        let _ = writeln!(text, "\nIf the data are right, this correction restates all of it:\n\n{correction}");
    }
    text
}
