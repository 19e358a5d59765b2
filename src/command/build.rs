//! `signal build`: the whole pipeline.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arguments::{Arguments, BuildOptions, MineOptions};
use super::measure::measure;
use super::mine;
use super::outcome::Outcome;
use super::progress::Progress;
use crate::data::publication;
use crate::figures::{Figures, Filter, tidy};
use crate::pages::{self, Options};
use crate::plain::{Day, Diagnostic, Kind, Result};
use crate::publish;
use crate::source::clock;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &BuildOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let outcome = if options.offline {
        Outcome::Done
    } else {
        mine::mine(&publication, &MineOptions::default(), arguments.quiet)?
    };
    let (mined, figures) = measure(&publication)?;
    let figures = Arc::new(figures);
    let site = pages::compose(
        &publication,
        &figures,
        &Options {
            drafts: options.draft,
            today: Some(today()?),
            base_url: options.base_url.clone(),
            data_digest: mined.digest.to_string(),
            files: BTreeMap::from([("data/figures.csv".to_owned(), downloads(&figures).into_bytes())]),
        },
    )?;
    let out = options.out.clone().unwrap_or_else(|| publication.root.join("public"));
    let published = publish::write(&out, &site.files)?;
    let (pages, files) = (site.pages.len(), site.files.len());
    let line =
        format!("{pages} pages, {files} files in {}, {} of them new or changed", out.display(), published.written);
    let progress = Progress::new(0, arguments.quiet);
    for reason in &site.kept_back {
        progress.say(&format!("{reason}, and left out; `--draft` shows it"));
    }
    progress.say(&line);
    Ok(outcome)
}

/// The day for which editions under embargo are looked at: today, or what those say who build the same again later.
fn today() -> Result<Day> {
    let Ok(given) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(clock::now().day()) };
    given.trim().parse().map(Day::of_seconds).map_err(|_| {
        let message = format!("SOURCE_DATE_EPOCH is `{given}`, which is no number of seconds");
        Diagnostic::new(Kind::Usage, message).hint("set it to seconds since 1970, or unset it").into()
    })
}

/// The figures of the whole and of the categories, as a reader can download them.
fn downloads(figures: &Figures) -> String {
    let mut filter = Filter::default();
    for scope in ["corpus", "category"] {
        filter.add_scope(scope, &crate::figures::Names::default()).expect("a kind of scope needs no name");
    }
    tidy::csv(&tidy::rows(figures, &filter))
}
