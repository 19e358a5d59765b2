//! `chart("composition", …)`: what a whole is made of, quarter by quarter.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::Options;
use super::parts::Parts;
use super::view::{Drawn, View};
use crate::charts::{self, Note};
use crate::metrics::Scope;
use crate::pages::ground::Complaint;
use crate::plain::{Period, Result, Unit};

pub const KIND: Kind = Kind { name: "composition", options: &["scope", "parts", "part", "note", "at"], read };

#[derive(Debug)]
struct Composition {
    scope: Scope,
    parts: Parts,
    note: Option<Note>,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scope = options.scope()?;
    let parts = Parts::read(options, &[(scope.clone(), true)])?;
    Ok(Box::new(Composition { scope, parts, note: options.note()? }))
}

impl Plan for Composition {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let periods = view.periods();
        let wholes: Vec<(&Scope, Period)> = periods.iter().map(|period| (&self.scope, *period)).collect();
        let pieces = self.parts.pieces(view, &wholes);
        let labels = pieces.parts.iter().map(|part| part.label.clone());
        let mut ledger = Ledger::new(std::iter::once("Quarter".to_owned()).chain(labels));
        for (period, entries) in periods.iter().zip(&pieces.entries) {
            ledger.push(period.to_string(), entries.clone());
        }
        let whole = format!("{} of {}", self.parts.whole(), view.within(&self.scope));
        let measured = format!("Shares of the {whole}, {}", view.reach());
        let last = pieces.entries.iter().rev().find(|row| row.iter().all(|entry| entry.float().is_some()));
        let told: Vec<String> = last
            .into_iter()
            .flatten()
            .zip(&pieces.parts)
            .map(|(entry, part)| format!("{} {}", part.label, entry.text()))
            .collect();
        let description = format!("{measured}; at the end {}.", told.join(", "));
        let source = format!("{}, {}", self.parts.name(), view.reach());
        let frame = view.frame(Unit::Share, measured, description, &source);
        let drawing = charts::composition(&frame, &periods, &pieces.parts, self.note.as_ref())?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
