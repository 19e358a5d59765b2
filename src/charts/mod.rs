//! Draws figures as SVG that takes its colours from the page.
//!
//! A chart gets labels, periods and floats and returns finished `<svg>` elements; it knows no scope, no snapshot and no
//! theme. Every stroke and letter is drawn in `currentColor` under a class that names its part (`c-accent`,
//! `c-context`, …): a theme colours the classes, and where no stylesheet reaches (a feed, a mail) the chart stands in
//! the colour of the text around it. `plotters` maps the values and draws on a `canvas` of our own.

mod bars;
mod canvas;
mod frame;
mod glyphs;
mod markup;
mod push;
mod quarters;
mod role;
mod sheet;
mod spark;
mod ticks;
mod trend;

#[cfg(test)]
mod golden;

pub use bars::bars;
pub use frame::{Bar, Drawing, Frame, Point, Series};
pub use spark::{change_bar, sparkline};
pub use trend::trend;
