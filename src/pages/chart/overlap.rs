//! `chart("overlap", …)`: how many people any two have in common.

use super::kind::{Kind, Plan};
use super::ledger::{Entry, Ledger};
use super::options::{Marked, Options};
use super::view::{Drawn, View};
use crate::charts::{self, Cell};
use crate::metrics::{Metric, Scope, Side};
use crate::pages::ground::Complaint;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "overlap", options: &["of", "within", "highlight"], read };

#[derive(Debug)]
struct Overlap {
    scopes: Vec<Marked>,
    metric: &'static Metric,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scopes = options.subjects()?;
    let [(first, _), (second, _), ..] = &scopes[..] else {
        return Err(Complaint::content("an overlap needs two", "name more in `of`"));
    };
    let metric = options.ground.metric(&pair(first, second)?, "overlap")?;
    for (at, (scope, _)) in scopes.iter().enumerate() {
        scopes[..at].iter().try_for_each(|(other, _)| pair(scope, other).map(drop))?;
    }
    Ok(Box::new(Overlap { scopes, metric }))
}

fn pair(a: &Scope, b: &Scope) -> Result<Scope, Complaint> {
    match (Side::of(a), Side::of(b)) {
        (Some(left), Some(right)) if left != right => Ok(Scope::overlap(left, right)),
        _ => Err(Complaint::content("these make no overlap", "name different single parts in `of`")),
    }
}

impl Plan for Overlap {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let names: Vec<(String, bool)> =
            self.scopes.iter().map(|(scope, subject)| (view.title(scope), *subject)).collect();
        let mut ledger = Ledger::new(["Both".to_owned(), self.metric.label.to_owned()]);
        let mut cells = Vec::new();
        let mut most: Option<(f64, String)> = None;
        for (at, (scope, _)) in self.scopes.iter().enumerate() {
            let mut row = Vec::new();
            for (before, (other, _)) in self.scopes[..at].iter().enumerate() {
                let both = pair(scope, other).expect("all pairs were made when the options were read");
                let entry = view.entry(&both, self.metric, view.period);
                let name = format!("{} and {}", names[before].0, names[at].0);
                if let Some(value) = entry.float().filter(|value| most.as_ref().is_none_or(|(most, _)| value > most)) {
                    most = Some((value, format!("{} in {name}", entry.text())));
                }
                ledger.push(name, vec![entry]);
                row.push(told(&entry));
            }
            cells.push(row);
        }
        let measured = format!("People active in both, {}", view.period);
        let most = most.map_or_else(|| "nothing is known".to_owned(), |(_, text)| format!("the most are {text}"));
        let description = format!("{measured}, for each two of {}; {most}.", names.len());
        let frame = view.frame(self.metric.unit, measured, description, &format!("overlap, {}", view.period));
        let drawing = charts::matrix(&frame, &names, &cells)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}

/// A cell as it may be published: what is masked has no tint of its own, and nothing is a mere dot.
fn told(entry: &Entry) -> Cell {
    let value = entry.float();
    let is_nothing = value.is_some_and(|value| value == 0.0);
    Cell { value, text: if is_nothing { "·".to_owned() } else { entry.text() } }
}
