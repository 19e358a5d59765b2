//! A fault as other programs get it.

use serde::Serialize;

use crate::plain::{Diagnostic, Place};

/// What is wrong, where, and what to do.
#[derive(Debug, Serialize)]
pub struct Fault<'a> {
    kind: &'static str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> Fault<'a> {
    /// Of a diagnostic.
    #[must_use]
    pub fn of(fault: &'a Diagnostic) -> Self {
        let place = fault.place.as_ref();
        let file = place.map(|place| &place.file).or(fault.file.as_ref());
        let position = |of: fn(&Place) -> usize| place.map(of);
        Self {
            kind: fault.kind.name(),
            file: file.map(|file| file.display().to_string()),
            line: position(|place| place.line),
            column: position(|place| place.column),
            message: &fault.message,
            hint: fault.hint.as_deref(),
        }
    }
}
