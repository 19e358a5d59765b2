//! The proof of an edition: every figure in its prose, bound, matched, waived or unclear.

mod causal;
mod comment;
mod prose;
pub mod remark;

use std::ops::Range;
use std::path::PathBuf;

use super::desk::Desk;
use super::edition::Edition;
use super::expression::{Evaluator, Outcome as Value};
use super::scanner;
use crate::check::{Checker, Judge, Lexicon, Outcome, Text, Thresholds, Verdict, spoken, suggestion};
use crate::data::settings::Unclear;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Period, Result};
use prose::{Filled, Prose};
pub use remark::{Remark, Status};

/// What was found in the prose of an edition.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The file.
    pub file: PathBuf,
    /// The edition's quarter.
    pub period: Period,
    /// How many expressions are bound.
    pub bound: usize,
    /// Everything else that is a figure, in the order of the text; and words of cause.
    pub remarks: Vec<Remark>,
}

impl Proof {
    /// What keeps the edition from being published: what is wrong, and, where the settings want it, what is unclear.
    pub fn faults(&self, unclear: Unclear) -> impl Iterator<Item = Diagnostic> {
        self.remarks.iter().filter_map(move |remark| match remark.status {
            Status::False => Some(remark.fault()),
            Status::Unclear if unclear == Unclear::Fault => Some(remark.fault()),
            _ => None,
        })
    }
}

/// The names of a publication, as the check knows them.
#[must_use]
pub fn lexicon(desk: &Desk<'_>) -> Lexicon {
    Lexicon::new(spoken(&desk.publication.registry.value, desk.ground.names()))
}

/// Reads the prose of editions.
#[derive(Debug)]
pub struct Proofreader<'a> {
    /// The publication.
    pub desk: &'a Desk<'a>,
    /// Its names.
    pub lexicon: &'a Lexicon,
}

impl Proofreader<'_> {
    /// Reads one edition. Faults are those of comments to the check.
    pub fn read(&self, edition: &Edition) -> Result<Proof> {
        let Edition { manuscript, period, .. } = edition;
        let ground = &self.desk.ground;
        let scanned = scanner::scan(manuscript)?;
        let evaluator = Evaluator::new(ground, *period);
        let filled =
            scanned.expressions.iter().map(|expression| match evaluator.evaluate(manuscript, expression).ok()? {
                Value::Value { about, .. } => Some(Filled::Value(about.and_then(|about| about.bound))),
                Value::Chart(_) => Some(Filled::Chart),
            });
        let filled: Vec<Option<Filled>> = filled.collect();
        let mut prose = prose::read(manuscript, &scanned, &filled, ground)?;
        front(edition, &mut prose);
        let settings = self.desk.publication.settings.value.check;
        let thresholds = Thresholds { flat: settings.flat, steep: settings.steep };
        let judge = Judge { figures: ground.figures(), names: ground.names(), thresholds };
        let checker = Checker { lexicon: self.lexicon, judge };
        let findings = checker.check(&prose.texts, *period);
        let mut used = vec![false; prose.waivers.len()];
        let mut remarks = Vec::new();
        for finding in findings {
            let range = span(&prose.offsets[finding.text], &prose.texts[finding.text], &finding.range);
            let words = prose.texts[finding.text].text[finding.range.clone()].to_owned();
            let remark = Remark::new(manuscript.place(range.clone()), range.clone(), words);
            let expression = |key: &crate::check::Key| suggestion::figure(key, *period);
            let remark = match finding.outcome {
                Outcome::Matched(saying, verdict) => {
                    let binding = suggestion::binding(&saying, *period);
                    match verdict {
                        Verdict::Holds => {
                            let fix = binding.as_deref().and_then(|binding| self.fix(edition, binding, &remark.words));
                            Remark { status: Status::Matched, binding, fix, ..remark }
                        }
                        Verdict::Fails(how) => Remark { status: Status::False, message: how, binding, ..remark },
                        Verdict::NoValue(why) => Remark { status: Status::Unclear, message: why, binding, ..remark },
                    }
                }
                Outcome::Unclear(unclear) => {
                    let candidates = unclear.candidates.iter().filter_map(expression).collect();
                    Remark { status: Status::Unclear, message: unclear.why, candidates, ..remark }
                }
                Outcome::Waived(waiver) => {
                    used[waiver] = true;
                    Remark { status: Status::Waived, message: format!("source:{}", prose.waivers[waiver].0), ..remark }
                }
            };
            remarks.push(remark);
        }
        self.waivers(edition, &prose, &used)?;
        remarks.extend(prose.texts.iter().zip(&prose.offsets).flat_map(|(text, offsets)| {
            causal::words(&text.text).into_iter().map(move |words| {
                let range = span(offsets, text, &words);
                let remark = Remark::new(manuscript.place(range.clone()), range, text.text[words].to_owned());
                let message = "the figures don't say why; be sure that you do".to_owned();
                Remark { status: Status::Causal, message, ..remark }
            })
        }));
        remarks.sort_by_key(|remark| remark.range.start);
        Ok(Proof { file: manuscript.file.clone(), period: *period, bound: scanned.expressions.len(), remarks })
    }

    /// The expression with its braces, when it prints the very words.
    fn fix(&self, edition: &Edition, binding: &str, words: &str) -> Option<String> {
        let digits = words.chars().next().is_some_and(|c| c.is_ascii_digit());
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let forms = if digits { vec![binding.to_owned()] } else { vec![format!("{binding} | spelled")] };
        let evaluator = Evaluator::new(&self.desk.ground, edition.period);
        forms.into_iter().find_map(|form| {
            let text = format!("{{{{ {form} }}}}");
            let manuscript = super::manuscript::Manuscript {
                file: PathBuf::new(),
                text: text.clone(),
                body: 0,
                ..super::manuscript::Manuscript::default()
            };
            let expression = scanner::Expression { range: 0..text.len() };
            match evaluator.evaluate(&manuscript, &expression).ok()? {
                Value::Value { text: printed, .. } if squeezed(&printed) == squeezed(words) => Some(text),
                _ => None,
            }
        })
    }

    /// Waivers whose source isn't there, or too old, and such as waive nothing.
    fn waivers(&self, edition: &Edition, prose: &Prose, used: &[bool]) -> Result<()> {
        let mut faults = Collector::default();
        let sources = &self.desk.publication.sources.value;
        for ((id, range), used) in prose.waivers.iter().zip(used) {
            let fault = |message: String| edition.manuscript.fault(Kind::Claim, range.clone(), message);
            match sources.find(id) {
                None => {
                    let ids = sources.sources.iter().map(|source| source.id.value.as_str());
                    let hint = crate::plain::suggest::hint(id, ids);
                    let hint = format!("{hint}; data/sources.yaml lists the sources");
                    faults.push(fault(format!("there is no source `{id}`")).hint(hint));
                }
                Some(source) if source.expires.value <= self.desk.today => {
                    let message = format!("the source `{id}` expired on {}", source.expires.value);
                    faults.push(
                        fault(message).hint("look it up again, then set its `date` and `expires` in data/sources.yaml"),
                    );
                }
                Some(_) if !used => {
                    let hint = "put it after the figure, in the same sentence, or delete it";
                    faults.push(fault("this waiver waives nothing".to_owned()).hint(hint));
                }
                Some(_) => {}
            }
        }
        faults.finish(())
    }
}

/// The title and the summary, when the front matter writes them as they are read.
fn front(edition: &Edition, prose: &mut Prose) {
    let Edition { manuscript, matter, .. } = edition;
    let front = &manuscript.text[..manuscript.body];
    for (name, value) in [("title:", &matter.title), ("summary:", &matter.summary)] {
        let line = front.find(name).map(|at| at + name.len());
        let Some(at) = line.and_then(|from| Some(from + front[from..].find(value.as_str())?)) else { continue };
        prose.texts.insert(0, Text { text: value.clone(), ..Text::default() });
        prose.offsets.insert(0, (at..at + value.len()).collect());
    }
}

/// Where words stand in the file.
fn span(offsets: &[usize], text: &Text, words: &Range<usize>) -> Range<usize> {
    let start = offsets.get(words.start).copied().unwrap_or_default();
    let last = text.text[..words.end].char_indices().next_back().map_or(words.start, |(at, _)| at);
    let width = text.text[last..].chars().next().map_or(1, char::len_utf8);
    let end = offsets.get(last).map_or(start, |at| at + width);
    start..end.max(start)
}
