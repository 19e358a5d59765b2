//! `chart("dots", …)`: then and now on one scale; of active weeks where nothing else is named.

use super::kind::{Kind, Plan};
use super::options::Options;
use super::spans::Comparison;
use super::view::{Drawn, View};
use crate::charts;
use crate::pages::ground::Complaint;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "dots", options: &Comparison::OPTIONS, read };

#[derive(Debug)]
struct Dots(Comparison);

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    Ok(Box::new(Dots(Comparison::read(options, Some("active_weeks"))?)))
}

impl Plan for Dots {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        self.0.draw(view, charts::dots)
    }
}
