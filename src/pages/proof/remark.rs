//! What the check says of words at a place.

use std::ops::Range;

use crate::plain::{Diagnostic, Kind, Place};

/// What became of a figure in prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It follows from its words what it claims, and that is so.
    Matched,
    /// It follows from its words what it claims, and that isn't so.
    False,
    /// It fits nothing, or several things.
    Unclear,
    /// A source vouches for it.
    Waived,
    /// It is no figure, but says why something happened.
    Causal,
}

impl Status {
    /// Whether somebody still has to look at it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::False | Self::Unclear)
    }

    /// As in machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::False => "false",
            Self::Unclear => "unclear",
            Self::Waived => "waived",
            Self::Causal => "causal",
        }
    }
}

/// What the check says of words at a place.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Where they stand.
    pub place: Place,
    /// The same in bytes of the file.
    pub range: Range<usize>,
    /// The words.
    pub words: String,
    /// What became of them.
    pub status: Status,
    /// How it is instead, why it is unclear, or who vouches for it.
    pub message: String,
    /// The figures that it could be, as expressions.
    pub candidates: Vec<String>,
    /// The expression that would bind it.
    pub binding: Option<String>,
    /// What can take the place of the words, so that the text reads the same and is bound.
    pub fix: Option<String>,
}

impl Remark {
    /// Words of which nothing is known yet.
    #[must_use]
    pub fn new(place: Place, range: Range<usize>, words: String) -> Self {
        let (message, candidates) = (String::new(), Vec::new());
        Self { place, range, words, status: Status::Unclear, message, candidates, binding: None, fix: None }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        let bind = self.binding.as_ref().map(|binding| format!("bind it, as in `{{{{ {binding} }}}}`"));
        let candidates = (!self.candidates.is_empty()).then(|| {
            let shown: Vec<String> = self.candidates.iter().take(3).map(|one| format!("`{{{{ {one} }}}}`")).collect();
            format!("bind it, perhaps as {}", shown.join(" or "))
        });
        if self.status == Status::False {
            match bind {
                Some(bind) => format!("correct it, or {bind}"),
                None => "say what the figures say".to_owned(),
            }
        } else {
            let first = bind.or(candidates).unwrap_or_else(|| "bind it with `{{ … }}`".to_owned());
            format!(
                "{first}; say what the text is about with `<!-- about: … -->`, or name a source with \
                 `<!-- waive: source:… -->`; docs/check.md has the words that are understood"
            )
        }
    }

    /// As a fault.
    #[must_use]
    pub fn fault(&self) -> Diagnostic {
        let words = &self.words;
        let message = match self.status {
            Status::False => format!("`{words}` isn't what the figures say: {}", self.message),
            _ => format!("it isn't clear what `{words}` states: {}", self.message),
        };
        Diagnostic::new(Kind::Claim, message).at(self.place.clone()).hint(self.hint())
    }
}
