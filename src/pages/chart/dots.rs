//! `chart("dots", …)`: then and now on one scale; of active weeks where nothing else is named.

use super::kind::{Kind, Plan};
use super::options::Options;
use super::spans::Comparison;
use super::view::{Drawn, View};
use crate::charts;
use crate::pages::ground::Complaint;
use crate::pages::wording;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "dots", options: &Comparison::OPTIONS, read };

#[derive(Debug)]
struct Dots(Comparison);

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    Ok(Box::new(Dots(Comparison::read(options, Some("active_weeks"))?)))
}

impl Plan for Dots {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let (spans, ledger) = self.0.spans(view);
        let (metric, from) = (self.0.metric, self.0.from);
        let measured = format!("{}, {from} and {}", wording::capitalised(metric.label), view.period);
        let description = wording::capitalised(&self.0.described(&spans, view));
        let source = format!("{}, {from} and {}", metric.name, view.period);
        let frame = view.frame(metric.unit, measured, description, &source);
        let times = self.0.times(view);
        let drawing = charts::dots(&frame, &spans, [&times[0], &times[1]])?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
