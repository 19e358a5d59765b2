//! What every stage may use: faults, calendar, exact numbers, files.

pub mod atomic;
pub mod day;
pub mod diagnostic;
pub mod instant;
pub mod number;
pub mod period;
pub mod slug;
pub mod sorted;
pub mod suggest;
pub mod text;
pub mod varint;

pub use day::Day;
pub use diagnostic::{Diagnostic, Faults, Kind, Place, Result};
pub use instant::Instant;
pub use number::{Number, Unit};
pub use period::Period;
