//! `chart("bars", …)`: changes, from the largest gain to the largest loss.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::{Marked, Options};
use super::view::{Drawn, View};
use crate::charts::{self, Bar};
use crate::metrics::Metric;
use crate::pages::ground::{Complaint, is_change, level_of};
use crate::pages::wording;
use crate::plain::{Number, Result};

pub const KIND: Kind = Kind { name: "bars", options: &["metric", "of", "within", "highlight"], read };

#[derive(Debug)]
struct Bars {
    scopes: Vec<Marked>,
    /// The change.
    metric: &'static Metric,
    /// What changes.
    label: &'static str,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scopes = options.subjects()?;
    // The level is looked up first: it is what the editor wrote.
    let written = options.metric(&scopes, None)?;
    let name = if is_change(written.name) { written.name.to_owned() } else { format!("{}_change", written.name) };
    for (scope, _) in &scopes {
        if options.ground.metric(scope, &name).is_err() {
            let message = format!("`{}` of {} has no change", written.name, options.ground.title(scope));
            return Err(Complaint::reference(message, "bars show a change; choose a metric that has one"));
        }
    }
    let metric = options.ground.metric(&scopes[0].0, &name)?;
    let label = options.ground.metric(&scopes[0].0, level_of(&name)).unwrap_or(metric).label;
    Ok(Box::new(Bars { scopes, metric, label }))
}

impl Plan for Bars {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let value = |scope| view.shown(scope, self.metric.name, view.period).value();
        let mut values: Vec<(&Marked, Option<Number>)> =
            self.scopes.iter().map(|marked| (marked, value(&marked.0))).collect();
        // A stable sort: where values are equal or absent, the order of the registry stays.
        values.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
        let mut ledger = Ledger::new([String::new(), wording::capitalised(self.metric.label)]);
        let mut bars = Vec::new();
        for ((scope, subject), value) in values {
            let entry = view.entry(scope, self.metric, view.period);
            let label = view.title(scope);
            ledger.push(label.clone(), vec![entry]);
            bars.push(Bar { label, value: value.map(Number::to_f64), text: entry.text(), subject: *subject });
        }
        let measured = format!("Change of {} against {}, {}", self.label, view.period.before(1), view.period);
        let list: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
        let description = format!("{measured}: {}.", list.join(", "));
        let source = format!("{}, {}", self.metric.name, view.period);
        let frame = view.frame(self.metric.unit, measured, description, &source);
        let drawing = charts::bars(&frame, &bars)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
