//! What an editor may not do to a sealed edition without saying so.

use std::collections::BTreeSet;

use super::claims::{self, Claim};
use super::hold::Hold;
use super::words;
use crate::pages::front_matter::range_of;
use crate::plain::{Diagnostic, Kind, Place, suggest};
use crate::seal::lock::whole;

impl Hold<'_> {
    /// That a correction says what the data say.
    pub(super) fn check_claim(&mut self, name: &str, claim: Claim<'_>, now: &str) {
        if claim.now == Some(now) {
            return;
        }
        let said = match claim.now {
            Some(said) => format!("says \u{201c}{said}\u{201d} of `{name}`"),
            None => format!("says that `{name}` was taken out"),
        };
        let message = format!("the correction of {} {said}, and the data say \u{201c}{now}\u{201d}", claim.on);
        let hint =
            self.remedy("add a correction of its own, or mend this one if it wasn't published yet:", name, Some(now));
        let fault = Diagnostic::new(Kind::Seal, message).at(self.named(name)).hint(hint);
        self.faults.push(fault);
    }

    /// Figures that were sealed and don't stand in the text any more.
    pub(super) fn left_out(&mut self) {
        let lock = self.lock();
        let figures = lock.figures.iter().map(|figure| (figure.expression.as_str(), Some(figure.text.as_str())));
        let charts = lock.charts.iter().map(|chart| (chart.expression.as_str(), None));
        for (expression, text) in figures.chain(charts) {
            if self.present.printed.contains_key(expression) {
                continue;
            }
            match self.claims.get(expression) {
                Some(Claim { now: None, .. }) => {}
                Some(Claim { on, .. }) => {
                    let message =
                        format!("the correction of {on} restates `{expression}`, which isn't in the text any more");
                    let fault = Diagnostic::new(Kind::Seal, message).at(self.named(expression));
                    self.faults.push(fault.hint("write `~` in place of its text, which says that it was taken out"));
                }
                None => {
                    let what = match text {
                        Some(text) => format!("`{expression}`, sealed as \u{201c}{text}\u{201d} on {},", self.on()),
                        None => format!("the chart `{expression}`, sealed on {},", self.on()),
                    };
                    let file = self.present.edition.manuscript.file.display();
                    let message = format!("{what} isn't in the text of {file} any more");
                    let clause = "put it back, or say in the front matter why it was taken out:";
                    let place = self.sealed.place("expression: ", expression);
                    let hint = self.remedy(clause, expression, None);
                    self.edited.insert(expression.to_owned(), None);
                    self.faults.push(Diagnostic::new(Kind::Seal, message).at(place).hint(hint));
                }
            }
        }
    }

    /// Corrections of what isn't there.
    pub(super) fn strangers(&mut self) {
        let lock = self.lock();
        let mut known: BTreeSet<&str> = self.present.printed.keys().map(String::as_str).collect();
        known.extend(lock.figures.iter().map(|figure| figure.expression.as_str()));
        known.extend(lock.charts.iter().map(|chart| chart.expression.as_str()));
        known.extend(lock.beside.iter().map(|beside| beside.figure.as_str()));
        let strangers: Vec<&str> = self.claims.keys().copied().filter(|name| !known.contains(name)).collect();
        for name in strangers {
            let message = format!("the correction restates `{name}`, which this edition doesn't print");
            let fault = Diagnostic::new(Kind::Reference, message).at(self.named(name));
            self.faults.push(fault.hint(suggest::hint(name, known.iter().copied())));
        }
    }

    /// Other words than those that were sealed, or that the last correction left.
    pub(super) fn words(&mut self) {
        let edition = self.present.edition;
        let (manuscript, sealed) = (&edition.manuscript, &self.lock().words);
        let now = match words::paragraphs(edition) {
            Ok(now) => now,
            Err(faults) => return faults.iter().for_each(|fault| self.faults.push(fault.clone())),
        };
        let digests: Vec<_> = now.iter().map(|paragraph| paragraph.digest).collect();
        let corrected = claims::words(&edition.matter.corrections);
        if whole(&digests) == corrected.unwrap_or_else(|| self.lock().words()) {
            return;
        }
        // Whoever takes a correction back has the words that were sealed.
        let start = words::first_edit(&now, sealed, manuscript);
        let start = start.unwrap_or_else(|| range_of(manuscript, "corrections").start);
        let end = manuscript.text[start..].find('\n').map_or(manuscript.text.len(), |length| start + length);
        let (message, clause) = match corrected {
            None => (
                format!("from here on the words aren't those that were sealed on {}", self.on()),
                "put back what was sealed, or say in the front matter what was put right:",
            ),
            Some(_) => (
                "the words aren't those that the last correction left".to_owned(),
                "undo the last edit, or say in the front matter what was put right:",
            ),
        };
        let yaml = claims::yaml(self.present.today, &self.edited, Some(whole(&digests)));
        let fault = manuscript.fault(Kind::Seal, start..end, message);
        self.faults.push(fault.hint(format!("{clause}\n\n{yaml}")));
    }

    /// Where a correction names a figure.
    fn named(&self, name: &str) -> Place {
        let manuscript = &self.present.edition.manuscript;
        let front = &manuscript.text[..manuscript.body];
        let written = front.find(name).or_else(|| front.find(&name.replace('\'', "''")));
        let range = written.map_or_else(|| range_of(manuscript, "corrections"), |start| start..start + name.len());
        manuscript.place(range)
    }
}
