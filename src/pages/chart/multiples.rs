//! `chart("multiples", …)`: many courses, each in a plot of its own.

use super::kind::{Kind, Plan};
use super::options::{Marked, Options};
use super::trend::{course, courses};
use super::view::{Drawn, View};
use crate::charts;
use crate::metrics::Metric;
use crate::pages::ground::Complaint;
use crate::pages::wording;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "multiples", options: &["metric", "of", "within", "highlight"], read };

#[derive(Debug)]
struct Multiples {
    scopes: Vec<Marked>,
    metric: &'static Metric,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scopes = options.subjects()?;
    let metric = options.metric(&scopes, None)?;
    Ok(Box::new(Multiples { scopes, metric }))
}

impl Plan for Multiples {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let (series, ledger) = courses(view, &self.scopes, self.metric);
        let label = wording::capitalised(self.metric.label);
        let measured = format!("{label} by quarter, {}, all on one scale", view.reach());
        let lines = self
            .scopes
            .iter()
            .zip(&series)
            .map(|(scope, one)| format!("{}: {}", one.label, course(view, scope, self.metric)));
        let description = lines.collect::<Vec<_>>().join(" ");
        let source = format!("{}, {}", self.metric.name, view.reach());
        let frame = view.frame(self.metric.unit, measured, description, &source);
        let drawing = charts::multiples(&frame, &series)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
