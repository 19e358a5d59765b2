//! `chart("shares", …)`: what many wholes are made of, side by side.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::{Marked, Options};
use super::parts::Parts;
use super::view::{Drawn, View};
use crate::charts;
use crate::metrics::Scope;
use crate::pages::ground::Complaint;
use crate::plain::{Period, Result, Unit};

pub const KIND: Kind = Kind { name: "shares", options: &["of", "within", "highlight", "parts", "part"], read };

#[derive(Debug)]
struct Shares {
    scopes: Vec<Marked>,
    parts: Parts,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scopes = options.subjects()?;
    let parts = Parts::read(options, &scopes)?;
    Ok(Box::new(Shares { scopes, parts }))
}

impl Plan for Shares {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let wholes: Vec<(&Scope, Period)> = self.scopes.iter().map(|(scope, _)| (scope, view.period)).collect();
        let pieces = self.parts.pieces(view, &wholes);
        // By the part that the story is about, else by the first.
        let key = pieces.parts.iter().position(|part| part.subject).unwrap_or(0);
        let size = |at: usize| pieces.parts[key].values[at].unwrap_or(f64::NEG_INFINITY);
        let mut order: Vec<usize> = (0..self.scopes.len()).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        let mut parts = pieces.parts.clone();
        for part in &mut parts {
            part.values = order.iter().map(|at| part.values[*at]).collect();
        }
        let names: Vec<(String, bool)> =
            order.iter().map(|at| (view.title(&self.scopes[*at].0), self.scopes[*at].1)).collect();
        let mut ledger = Ledger::new(std::iter::once(String::new()).chain(parts.iter().map(|part| part.label.clone())));
        for (at, (name, _)) in order.iter().zip(&names) {
            ledger.push(name.clone(), pieces.entries[*at].clone());
        }
        let measured = format!("Shares of the {}, {}", self.parts.whole(), view.period);
        let told =
            order.iter().zip(&names).map(|(at, (name, _))| format!("{name} {}", pieces.entries[*at][key].text()));
        let description = format!("{measured}. {}: {}.", parts[key].label, told.collect::<Vec<_>>().join(", "));
        let source = format!("{}, {}", self.parts.name(), view.period);
        let frame = view.frame(Unit::Share, measured, description, &source);
        let drawing = charts::shares(&frame, &names, &parts)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
