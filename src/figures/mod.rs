//! The one lookup of figures, by scope, metric and period; and the tidy rows.

pub mod filter;
pub mod lookup;
pub mod names;
pub mod tidy;

pub use filter::Filter;
pub use lookup::Figures;
pub use names::Names;
