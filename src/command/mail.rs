//! `signal mail`: how large the mail of an edition is, part by part.

use std::sync::Arc;

use super::arguments::{Arguments, SealOptions};
use super::build::made_of;
use super::measure::measure;
use super::outcome::Outcome;
use super::output::{print, table};
use crate::data::mailing::Form;
use crate::data::publication;
use crate::data::settings;
use crate::pages::mail::{Meter, meter};
use crate::pages::{self, Options, edition};
use crate::plain::{Diagnostic, Kind, Result};

/// Runs the command.
pub fn run(arguments: &Arguments, options: &SealOptions) -> Result<Outcome> {
    let SealOptions { period } = *options;
    let publication = publication::read(&arguments.root)?;
    if publication.settings.value.mail.is_none() {
        let fault = Diagnostic::new(Kind::Missing, "the settings don't say how editions are sent by mail");
        let hint = "add `mail: {sender: …, from: …}`; docs/mail.md has the rest";
        return Err(fault.in_file(settings::FILE.as_ref()).hint(hint).into());
    }
    let (mined, figures) = measure(&publication)?;
    let made = Options { drafts: true, ..made_of(&mined)? };
    let site = pages::compose(&publication, &Arc::new(figures), &made)?;
    let Some(meter) = site.mails.iter().find(|meter| meter.period == period) else {
        let fault = Diagnostic::new(Kind::Missing, format!("there is no edition of {period}"));
        return Err(fault.in_file(edition::FOLDER.as_ref()).hint("name the quarter of one, as in 2026-Q2").into());
    };
    if !arguments.quiet {
        print(&report(meter))?;
    }
    Ok(Outcome::Done)
}

fn report(meter: &Meter) -> String {
    let row = |(name, bytes): &(String, usize)| [name.clone(), bytes.to_string()];
    let mut rows: Vec<[String; 2]> = meter.parts.iter().map(row).collect();
    rows.push(["in all".to_owned(), meter.bytes().to_string()]);
    let form = match meter.form {
        Form::Full => "the full form",
        Form::Short => "the short form",
    };
    let (warn, most) = (meter::kb(meter::WARN), meter::kb(meter::MOST));
    let slug = meter.period.slug();
    format!(
        "{}\n{slug}/mail.html, {form}; a build warns from {warn} on, and fails above {most}\n",
        table(["part", "bytes"], &["bytes"], &rows)
    )
}
