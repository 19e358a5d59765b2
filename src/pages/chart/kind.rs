//! The kinds of charts.

use std::fmt;

use super::options::Options;
use super::view::{Drawn, View};
use super::{bars, cohorts, composition, dots, migration, multiples, onion, overlap, shares, slope, trend};
use crate::pages::ground::Complaint;
use crate::plain::Result;

/// What an editor asked for, with every name looked up.
pub trait Plan: fmt::Debug + Send + Sync {
    /// From figures to a drawing and the table beside it.
    fn draw(&self, view: &View<'_>) -> Result<Drawn>;
}

/// A kind of chart.
pub struct Kind {
    /// As in `chart("trend", …)`.
    pub name: &'static str,
    /// The options that it takes besides those of all charts.
    pub options: &'static [&'static str],
    /// Looks the options up.
    pub read: fn(&Options<'_>) -> Result<Box<dyn Plan>, Complaint>,
}

impl Kind {
    /// The options of all charts.
    pub const COMMON: [&'static str; 3] = ["title", "subtitle", "id"];

    /// All kinds.
    pub const ALL: [&'static Self; 11] = [
        &bars::KIND,
        &cohorts::KIND,
        &composition::KIND,
        &dots::KIND,
        &migration::KIND,
        &multiples::KIND,
        &onion::KIND,
        &overlap::KIND,
        &shares::KIND,
        &slope::KIND,
        &trend::KIND,
    ];
}
