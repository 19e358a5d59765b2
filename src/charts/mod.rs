//! Draws figures as SVG that takes its colours from the page.
//!
//! A chart gets labels, periods and floats and returns finished `<svg>` elements; it knows no scope, no snapshot and no
//! theme. Every stroke and letter is drawn in `currentColor` under a class that names its part (`c-accent`,
//! `c-context`, …): a theme colours the classes, and where no stylesheet reaches (a feed, a mail) the chart stands in
//! the colour of the text around it. `plotters` maps the values and draws on a `canvas` of our own.

mod alone;
mod bars;
mod canvas;
mod card;
mod cohorts;
mod composition;
mod dots;
mod frame;
mod glyphs;
mod markup;
mod matrix;
mod migration;
mod multiples;
mod note;
mod onion;
mod palette;
mod parts;
mod pixels;
mod push;
mod quarters;
mod role;
mod rows;
mod shares;
mod sheet;
mod slope;
mod spark;
mod ticks;
mod trend;

#[cfg(test)]
mod gallery;
#[cfg(test)]
mod golden;

pub use bars::bars;
pub use card::{CARD, Card, CardFigure, card};
pub use cohorts::{Cohort, cohorts};
pub use composition::composition;
pub use dots::dots;
pub use frame::{Bar, Cell, Drawing, Frame, Note, Point, Series, Span, Stream};
pub use matrix::matrix;
pub use migration::migration;
pub use multiples::multiples;
pub use onion::{Layer, onion};
pub use palette::stylesheet;
pub use parts::Part;
pub use pixels::{Pixels, pixels, png};
pub use shares::shares;
pub use slope::slope;
pub use spark::{change_bar, sparkline};
pub use trend::trend;
