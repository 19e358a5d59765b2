//! `chart("onion", …)`: core, regular and casual contributors.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::Options;
use super::view::{Drawn, View};
use crate::charts::{self, Layer};
use crate::metrics::{Metric, Scope};
use crate::pages::ground::Complaint;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "onion", options: &["scope"], read };

/// The layers, with what makes them so.
const LAYERS: [(&str, &str); 3] = [
    ("core", "the fewest people who together wrote 80% of the commits"),
    ("regular", "those who follow, up to 95% of the commits"),
    ("casual", "everybody else"),
];

#[derive(Debug)]
struct Onion {
    scope: Scope,
    metrics: Vec<&'static Metric>,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scope = options.scope()?;
    let metrics = LAYERS.iter().map(|(name, _)| options.ground.metric(&scope, name)).collect::<Result<_, _>>()?;
    options.unmasked(&[(scope.clone(), true)])?;
    Ok(Box::new(Onion { scope, metrics }))
}

impl Plan for Onion {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let mut ledger = Ledger::new(["Layer".to_owned(), "People".to_owned()]);
        let mut layers = Vec::new();
        for (metric, (_, detail)) in self.metrics.iter().zip(LAYERS) {
            let entry = view.entry(&self.scope, metric, view.period);
            ledger.push(metric.label, vec![entry]);
            let label = format!("{} {}", entry.text(), metric.label);
            layers.push(Layer { label, detail: detail.to_owned(), count: entry.float() });
        }
        let measured = format!("Contributors of {} by layer, {}", view.within(&self.scope), view.period);
        let list: Vec<&str> = layers.iter().map(|layer| layer.label.as_str()).collect();
        let description = format!("{measured}: {}.", list.join(", "));
        let source = format!("core, regular and casual, {}", view.period);
        let frame = view.frame(self.metrics[0].unit, measured, description, &source);
        let drawing = charts::onion(&frame, &layers)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
