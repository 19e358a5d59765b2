//! The one lookup of figures, by scope, metric and period; how they are printed; and the tidy rows.

pub mod filter;
pub mod format;
pub mod lookup;
pub mod names;
pub mod tidy;

pub use filter::Filter;
pub use lookup::Figures;
pub use names::Names;
