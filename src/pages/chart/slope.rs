//! `chart("slope", …)`: from then to now.

use super::kind::{Kind, Plan};
use super::options::Options;
use super::spans::Comparison;
use super::view::{Drawn, View};
use crate::charts;
use crate::pages::ground::Complaint;
use crate::plain::Result;

pub const KIND: Kind = Kind { name: "slope", options: &Comparison::OPTIONS, read };

#[derive(Debug)]
struct Slope(Comparison);

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    Ok(Box::new(Slope(Comparison::read(options, None)?)))
}

impl Plan for Slope {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        self.0.draw(view, charts::slope)
    }
}
