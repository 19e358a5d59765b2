//! The one lookup of figures, by scope, metric and period; names and their scopes; and the tidy rows.

mod demand;
pub mod filter;
pub mod lookup;
pub mod mask;
pub mod members;
pub mod names;
pub mod past;
pub mod sheet;
pub mod tidy;
pub mod trace;
pub mod working;

pub use filter::Filter;
pub use lookup::Figures;
pub use mask::Shown;
pub use names::Names;
