//! Then and now, for charts that compare two quarters.

use super::ledger::{Entry, Ledger};
use super::options::{Marked, Options};
use super::view::{Drawn, View};
use crate::charts::{Drawing, Frame, Span};
use crate::metrics::Metric;
use crate::pages::ground::Complaint;
use crate::pages::wording;
use crate::plain::{Period, Result};

/// Two quarters of a metric.
#[derive(Debug)]
pub struct Comparison {
    /// What is compared.
    pub scopes: Vec<Marked>,
    /// In what.
    pub metric: &'static Metric,
    /// With when.
    pub from: Period,
}

impl Comparison {
    /// The options of such charts.
    pub const OPTIONS: [&'static str; 5] = ["metric", "of", "within", "highlight", "from"];

    /// Reads them; a year is the usual reach.
    pub fn read(options: &Options<'_>, usual: Option<&str>) -> Result<Self, Complaint> {
        let scopes = options.subjects()?;
        let metric = options.metric(&scopes, usual)?;
        Ok(Self { scopes, metric, from: options.from(4)? })
    }

    /// Draws what was and what is; `drawn` is given the spans and what the two quarters are called.
    pub fn draw(&self, view: &View<'_>, drawn: fn(&Frame, &[Span], [&str; 2]) -> Result<Drawing>) -> Result<Drawn> {
        let (spans, ledger) = self.spans(view);
        let (metric, from) = (self.metric, self.from);
        let measured = format!("{}, {from} and {}", wording::capitalised(metric.label), view.period);
        let description = wording::capitalised(&self.described(&spans, view));
        let source = format!("{}, {from} and {}", metric.name, view.period);
        let frame = view.frame(metric.unit, measured, description, &source);
        let [before, now] = self.times(view);
        let drawing = drawn(&frame, &spans, [&before, &now])?;
        Ok(Drawn { frame, drawing, ledger })
    }

    /// What was and what is, the largest first.
    fn spans(&self, view: &View<'_>) -> (Vec<Span>, Ledger) {
        let entry = |scope, period| view.entry(scope, self.metric, period);
        let mut rows: Vec<(&Marked, Entry, Entry)> = self
            .scopes
            .iter()
            .map(|marked| (marked, entry(&marked.0, self.from), entry(&marked.0, view.period)))
            .collect();
        let size = |entry: &Entry| entry.float().unwrap_or(f64::NEG_INFINITY);
        rows.sort_by(|a, b| size(&b.2).total_cmp(&size(&a.2)));
        let mut ledger = Ledger::new([String::new(), self.from.to_string(), view.period.to_string()]);
        let mut spans = Vec::new();
        for ((scope, subject), before, now) in rows {
            let label = view.title(scope);
            ledger.push(label.clone(), vec![before, now]);
            spans.push(Span {
                label,
                subject: *subject,
                before: before.float(),
                now: now.float(),
                before_text: before.text(),
                now_text: now.text(),
            });
        }
        (spans, ledger)
    }

    /// The two quarters as people name them.
    fn times(&self, view: &View<'_>) -> [String; 2] {
        [self.from, view.period].map(|period| format!("Q{} {}", period.quarter(), period.year()))
    }

    /// `Kernels 505, then 556; …`.
    fn described(&self, spans: &[Span], view: &View<'_>) -> String {
        let list: Vec<String> =
            spans.iter().map(|span| format!("{} {}, then {}", span.label, span.before_text, span.now_text)).collect();
        format!("{} in {} and {}: {}.", self.metric.label, self.from, view.period, list.join("; "))
    }
}
