//! Signal turns git repositories into a published newsletter about the people who write them.
//!
//! The folders are the stages, in the order in which data flows through them:
//!
//! ```text
//! source ─▶ mine ─▶ data ─▶ people ─▶ metrics ─▶ figures ─▶ charts ─▶ pages ─▶ publish
//! ```
//!
//! `plain` holds what every stage may use, `forecast` what predictions are and how they are graded, `seal` what a
//! published edition said, `draft` what an editor begins with, `serve` shows a preview to the same machine, `command`
//! writes the pipeline down. Only `source` and `mine` know git; only `source` knows a clock. `tests/architecture` holds the
//! folders to it.

pub mod charts;
pub mod check;
pub mod command;
pub mod data;
pub mod draft;
pub mod figures;
pub mod forecast;
pub mod metrics;
pub mod mine;
pub mod pages;
pub mod people;
pub mod plain;
pub mod publish;
pub mod seal;
pub mod serve;
pub mod source;
