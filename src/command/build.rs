//! `signal build`: the whole pipeline.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arguments::{Arguments, BuildOptions, MineOptions};
use super::measure::measure;
use super::mine;
use super::outcome::Outcome;
use super::output::{counted, print};
use super::progress::Progress;
use super::stopwatch::Stopwatch;
use crate::data::history::History;
use crate::data::mined::Mined;
use crate::data::publication;
use crate::data::snapshot::Depth;
use crate::pages::mail::Meter;
use crate::pages::stock::Stock;
use crate::pages::{self, Options};
use crate::plain::{Day, Diagnostic, Kind, Result};
use crate::publish;
use crate::source::clock;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &BuildOptions) -> Result<Outcome> {
    let mut watch = Stopwatch::new(options.timings);
    let publication = publication::read(&arguments.root)?;
    watch.lap("read what is written by hand");
    let outcome = if options.offline {
        Outcome::Done
    } else {
        mine::mine(&publication, &MineOptions::default(), arguments.voice())?
    };
    watch.lap("mine");
    let (mined, figures) = measure(&publication)?;
    let figures = Arc::new(figures);
    watch.lap("count");
    let (unfinished, base_url, timings) = (options.draft, options.base_url.clone(), watch.timings());
    let made = Options { drafts: unfinished, base_url, timings, ..made_of(&mined)? };
    let site = pages::compose(&publication, &figures, &made)?;
    watch.lap("compose");
    let out = options.out.clone().unwrap_or_else(|| publication.root.join("public"));
    let published = publish::write(&out, &site.files)?;
    watch.lap("write");
    let (pages, files) = (site.pages.len(), site.files.len());
    let line =
        format!("{pages} pages, {files} files in {}, {} of them new or changed", out.display(), published.written);
    let progress = Progress::new(0, arguments.voice());
    for reason in &site.kept_back {
        progress.say(&format!("{reason}, and left out; `--draft` shows it"));
    }
    for proof in &site.proofs {
        let unclear = proof.remarks.iter().filter(|remark| remark.status.is_open()).count();
        if unclear > 0 {
            let figures = counted(unclear, "figure", "figures");
            progress.say(&format!("{figures} of {} aren't checked; `signal check` lists them", proof.file.display()));
        }
    }
    for warning in site.mails.iter().filter_map(Meter::warning) {
        progress.say(&warning);
    }
    progress.say(&line);
    if let Some(report) = watch.report() {
        print(&report)?;
    }
    let drifts = site.drifts();
    // The process ends, and giving millions of small pieces of memory back one by one would take longer than writing.
    std::mem::forget((mined, figures, made, site));
    // The site shows what was sealed, and still nobody should publish it before somebody has looked.
    drifts.map(|()| outcome)
}

/// What a site is made of, as of today.
pub fn made_of(mined: &Mined) -> Result<Options> {
    let (today, data_digest) = (Some(today()?), mined.digest.to_string());
    Ok(Options { today, data_digest, stock: stock(mined), ..Options::default() })
}

/// The day for which editions under embargo are looked at: today, or what those say who build the same again later.
pub fn today() -> Result<Day> {
    let Ok(given) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(clock::now().day()) };
    given.trim().parse().map(Day::of_seconds).map_err(|_| {
        let message = format!("SOURCE_DATE_EPOCH is `{given}`, which is no number of seconds");
        Diagnostic::new(Kind::Usage, message).hint("set it to seconds since 1970, or unset it").into()
    })
}

/// What the pages of repositories say about the data that they rest on.
#[must_use]
pub fn stock(mined: &Mined) -> BTreeMap<String, Stock> {
    // Those of a repository come in the order of the periods, so that the newest one stays.
    let depths: BTreeMap<&str, Depth> =
        mined.snapshots.iter().map(|snapshot| (snapshot.repo.as_str(), snapshot.depth)).collect();
    let of_one = |history: &History| {
        let depth = depths.get(history.repo.as_str()).copied();
        (history.repo.clone(), Stock::new(history, depth))
    };
    mined.histories.iter().map(of_one).collect()
}
