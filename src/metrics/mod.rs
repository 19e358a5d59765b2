//! From who did what, and when, to every figure of the counting contract.

pub mod catalogue;
pub mod figure;
pub mod scope;

pub use catalogue::Metric;
pub use figure::{Figure, Measured, Standing};
pub use scope::Scope;
