//! `signal check`: what the editions say, held against the figures; and everything that a build checks.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::arguments::{Arguments, CheckOptions, Report};
use super::build::made_of;
use super::fault::Fault;
use super::measure::measure;
use super::outcome::Outcome;
use super::output::{counted, print};
use super::progress::{self, Progress};
use crate::data::publication::{self, Publication};
use crate::data::settings::Unclear;
use crate::data::{document, mined::Mined};
use crate::figures::Figures;
use crate::pages::proof::{Proof, Remark, Status};
use crate::pages::{self, Options};
use crate::plain::{Diagnostic, Faults, Place, Result};

/// Runs the command.
pub fn run(arguments: &Arguments, options: &CheckOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let (mined, figures) = measure(&publication)?;
    let figures = Arc::new(figures);
    let mut found = proofs(&publication, &mined, &figures, options);
    if options.fix
        && let Ok(Found { proofs, .. }) = &found
    {
        let fixed = fix(&publication, proofs)?;
        Progress::new(0, arguments.voice()).say(&format!("{} bound", counted(fixed, "figure", "figures")));
        if fixed > 0 {
            found = self::proofs(&publication, &mined, &figures, options);
        }
    }
    let unclear = publication.settings.value.check.unclear;
    let is_right = match &found {
        Ok(found) => found.faults(unclear).is_empty(),
        Err(_) => false,
    };
    match options.format {
        Report::Json => print(&json(&found, is_right))?,
        Report::Github => print(&annotations(&found, unclear))?,
        Report::Text => return text(arguments, found, unclear),
    }
    Ok(if is_right { Outcome::Done } else { Outcome::Wrong })
}

/// What was found.
struct Found {
    /// What the prose says.
    proofs: Vec<Proof>,
    /// What sealed editions say and the data don't any more.
    drifts: Vec<Diagnostic>,
}

impl Found {
    /// What keeps the editions from being published.
    fn faults(&self, unclear: Unclear) -> Vec<Diagnostic> {
        self.proofs.iter().flat_map(|proof| proof.faults(unclear)).chain(self.drifts.iter().cloned()).collect()
    }
}

/// Composes everything, writes nothing, and gives what the prose was found to say.
fn proofs(publication: &Publication, mined: &Mined, figures: &Arc<Figures>, options: &CheckOptions) -> Result<Found> {
    let made = Options { drafts: options.draft, lenient: true, ..made_of(mined)? };
    let site = pages::compose(publication, figures, &made)?;
    let wanted = |proof: &Proof| options.edition.is_none_or(|edition| proof.period == edition);
    let drifts = site.drifts().err().iter().flat_map(|faults| faults.iter().cloned()).collect();
    Ok(Found { proofs: site.proofs.into_iter().filter(wanted).collect(), drifts })
}

/// Writes the expressions that print the same as the words that they replace; how many.
fn fix(publication: &Publication, proofs: &[Proof]) -> Result<usize> {
    let mut count = 0;
    for proof in proofs {
        let mut text = document::text(&publication.root, &proof.file)?;
        let fixes: Vec<_> =
            proof.remarks.iter().filter_map(|remark| Some((remark.range.clone(), remark.fix.clone()?))).collect();
        for (range, expression) in fixes.iter().rev() {
            text.replace_range(range.clone(), expression);
        }
        if !fixes.is_empty() {
            document::write(&publication.root, &proof.file, &text)?;
            count += fixes.len();
        }
    }
    Ok(count)
}

fn text(arguments: &Arguments, found: Result<Found>, unclear: Unclear) -> Result<Outcome> {
    let found = found?;
    let faults = found.faults(unclear);
    progress::report(&faults, arguments.voice());
    if !arguments.quiet {
        let mut lines = String::new();
        for proof in &found.proofs {
            lines += &summary(proof);
        }
        print(&lines)?;
    }
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Wrong })
}

/// The counts of an edition, and the words of cause in it.
fn summary(proof: &Proof) -> String {
    let count = |status: Status| proof.remarks.iter().filter(|remark| remark.status == status).count();
    let mut text = format!(
        "{}: {} bound, {} matched, {} waived, {} unclear, {} false\n",
        proof.file.display(),
        proof.bound,
        count(Status::Matched),
        count(Status::Waived),
        count(Status::Unclear),
        count(Status::False),
    );
    for Remark { place, words, message, .. } in proof.remarks.iter().filter(|remark| remark.status == Status::Causal) {
        let _ = writeln!(text, "  {}:{}:{}: `{words}`: {message}", place.file.display(), place.line, place.column);
    }
    text
}

#[derive(Debug, Serialize)]
struct Output<'a> {
    clean: bool,
    editions: Vec<OneEdition<'a>>,
    faults: Vec<Fault<'a>>,
}

#[derive(Debug, Serialize)]
struct OneEdition<'a> {
    file: String,
    period: String,
    bound: usize,
    findings: Vec<OneFinding<'a>>,
}

#[derive(Debug, Serialize)]
struct OneFinding<'a> {
    status: &'static str,
    line: usize,
    column: usize,
    text: &'a str,
    message: &'a str,
    hint: Option<String>,
    binding: Option<&'a str>,
    candidates: &'a [String],
}

impl<'a> OneFinding<'a> {
    fn of(remark: &'a Remark) -> Self {
        Self {
            status: remark.status.name(),
            line: remark.place.line,
            column: remark.place.column,
            text: &remark.words,
            message: &remark.message,
            hint: remark.status.is_open().then(|| remark.hint()),
            binding: remark.binding.as_deref(),
            candidates: &remark.candidates,
        }
    }
}

fn json(found: &Result<Found>, clean: bool) -> String {
    let editions = found.iter().flat_map(|found| &found.proofs).map(|proof| OneEdition {
        file: proof.file.display().to_string(),
        period: proof.period.to_string(),
        bound: proof.bound,
        findings: proof.remarks.iter().map(OneFinding::of).collect(),
    });
    let drifts = found.iter().flat_map(|found| &found.drifts);
    let faults = found.as_ref().err().into_iter().flat_map(Faults::iter).chain(drifts).map(Fault::of);
    let output = Output { clean, editions: editions.collect(), faults: faults.collect() };
    serde_json::to_string_pretty(&output).expect("these are texts and numbers") + "\n"
}

/// A line for each fault, in the words that GitHub shows beside a pull request; what is only a note is a warning.
fn annotations(found: &Result<Found>, unclear: Unclear) -> String {
    let mut text = String::new();
    match found {
        Err(faults) => faults.iter().for_each(|fault| text += &annotation("error", fault)),
        Ok(Found { proofs, drifts }) => {
            for drift in drifts {
                text += &annotation("error", drift);
            }
            for remark in proofs.iter().flat_map(|proof| &proof.remarks).filter(|remark| remark.status.is_open()) {
                let is_note = remark.status == Status::Unclear && unclear == Unclear::Note;
                text += &annotation(if is_note { "warning" } else { "error" }, &remark.fault());
            }
        }
    }
    text
}

fn annotation(level: &str, fault: &Diagnostic) -> String {
    let place = |place: &Place| format!(" file={},line={},col={}", property(&place.file), place.line, place.column);
    let file = |file: &PathBuf| format!(" file={}", property(file));
    let place = fault.place.as_ref().map(place).or_else(|| fault.file.as_ref().map(file)).unwrap_or_default();
    let hint = fault.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    format!("::{level}{place}::{}\n", escaped(&format!("{}{hint}", fault.message)))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(file: &Path) -> String {
    escaped(&file.display().to_string()).replace(':', "%3A").replace(',', "%2C")
}
