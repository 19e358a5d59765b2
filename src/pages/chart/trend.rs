//! `chart("trend", …)`: lines over the quarters.

use super::kind::{Kind, Plan};
use super::ledger::{Entry, Ledger};
use super::options::{Marked, Options};
use super::view::{Drawn, View};
use crate::charts::{self, Note, Point, Series};
use crate::metrics::Metric;
use crate::pages::ground::Complaint;
use crate::pages::wording;
use crate::plain::{Period, Result};

pub const KIND: Kind = Kind { name: "trend", options: &["metric", "scope", "context", "note", "at"], read };

#[derive(Debug)]
pub struct Trend {
    pub scopes: Vec<Marked>,
    pub metric: &'static Metric,
    pub note: Option<Note>,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let mut scopes = vec![(options.scope()?, true)];
    scopes.extend(options.scopes("context")?.into_iter().map(|scope| (scope, false)));
    let metric = options.metric(&scopes, None)?;
    Ok(Box::new(Trend { scopes, metric, note: options.note()? }))
}

impl Plan for Trend {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let (series, ledger) = courses(view, &self.scopes, self.metric);
        let label = wording::capitalised(self.metric.label);
        let measured = format!("{label} by quarter, {}", view.reach());
        let about = format!("{label} of {}: {}", series[0].label, course(view, &self.scopes[0], self.metric));
        let source = format!("{}, {}", self.metric.name, view.reach());
        let frame = view.frame(self.metric.unit, measured, about, &source);
        let drawing = charts::trend(&frame, &series, self.note.as_ref())?;
        Ok(Drawn { frame, drawing, ledger })
    }
}

/// A line for each scope, and a row for each quarter.
pub fn courses(view: &View<'_>, scopes: &[Marked], metric: &Metric) -> (Vec<Series>, Ledger) {
    let periods = view.periods();
    let series = scopes.iter().map(|(scope, subject)| {
        let points = periods.iter().map(|&period| Point {
            period,
            value: view.float(scope, metric.name, period),
            open: view.is_open(scope, metric.name, period),
        });
        Series { label: view.title(scope), points: points.collect(), subject: *subject }
    });
    let series: Vec<Series> = series.collect();
    let mut ledger =
        Ledger::new(std::iter::once("Quarter".to_owned()).chain(series.iter().map(|one| one.label.clone())));
    for &period in &periods {
        let entries = scopes.iter().map(|(scope, _)| view.entry(scope, metric, period));
        ledger.push(period.to_string(), entries.collect());
    }
    (series, ledger)
}

/// From where to where a line goes, and its highest point.
pub fn course(view: &View<'_>, (scope, _): &Marked, metric: &Metric) -> String {
    let known: Vec<(Period, Entry, f64)> = view
        .periods()
        .into_iter()
        .filter_map(|period| {
            let entry = view.entry(scope, metric, period);
            Some((period, entry, entry.float()?))
        })
        .collect();
    let (Some((first, from, _)), Some((last, to, _))) = (known.first(), known.last()) else {
        return "no quarter is known.".to_owned();
    };
    let (top, most, _) = known.iter().rev().max_by(|a, b| a.2.total_cmp(&b.2)).expect("it has a first");
    format!("{} in {first}, {} in {last}; the most was {} in {top}.", from.text(), to.text(), most.text())
}
