//! What is printed of figures where no editor chose how: by today's data, or as it was sealed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::plain::Day;

/// Texts of figures, by scope, metric and period.
#[derive(Debug, Default)]
pub enum Texts {
    /// By today's data.
    #[default]
    Own,
    /// The same, and what is asked for is noted with its value: so a seal holds all that a page printed.
    Noted(Mutex<BTreeMap<String, (String, String)>>),
    /// As they were sealed; by today's data where nothing was.
    Sealed {
        /// The texts that hold.
        texts: BTreeMap<String, String>,
        /// The days on which others were corrected.
        corrected: BTreeMap<String, Day>,
    },
}

impl Texts {
    /// The text of a figure; `now` gives its value and its text by today's data.
    pub fn printed(&self, key: impl FnOnce() -> String, now: impl FnOnce() -> (String, String)) -> String {
        match self {
            Self::Own => now().1,
            Self::Noted(notes) => {
                let printed = now();
                let text = printed.1.clone();
                notes.lock().unwrap_or_else(PoisonError::into_inner).insert(key(), printed);
                text
            }
            Self::Sealed { texts, .. } => texts.get(&key()).cloned().unwrap_or_else(|| now().1),
        }
    }

    /// The day on which what was sealed of a figure was corrected.
    #[must_use]
    pub fn corrected(&self, key: impl FnOnce() -> String) -> Option<Day> {
        match self {
            Self::Sealed { corrected, .. } => corrected.get(&key()).copied(),
            Self::Own | Self::Noted(_) => None,
        }
    }

    /// What was noted so far: value and text by figure.
    #[must_use]
    pub fn noted(&self) -> BTreeMap<String, (String, String)> {
        match self {
            Self::Noted(notes) => notes.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::Own | Self::Sealed { .. } => BTreeMap::new(),
        }
    }
}
