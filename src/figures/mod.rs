//! The one lookup of figures: by scope, metric and period.

pub mod lookup;

pub use lookup::Figures;
