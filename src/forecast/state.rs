//! Where a prediction stands.

/// Where a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing can be said yet.
    Open,
    /// The due period lies ahead, and the figure is known up to now.
    Tracking,
    /// The due period has begun and isn't over.
    TooEarly,
    /// The due period is over, and what was stated can't be decided.
    Undecided,
    /// It came true.
    Confirmed,
    /// It didn't.
    Missed,
    /// Taken out, with a reason.
    Void,
}

impl State {
    /// The class of the state in themes, and its name in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Tracking => "tracking",
            Self::TooEarly => "too-early",
            Self::Undecided => "undecided",
            Self::Confirmed => "confirmed",
            Self::Missed => "missed",
            Self::Void => "void",
        }
    }

    /// As readers see it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Tracking => "Open, tracked",
            Self::TooEarly => "Too early to say",
            Self::Undecided => "Can\u{2019}t be decided",
            Self::Confirmed => "Confirmed",
            Self::Missed => "Missed",
            Self::Void => "Void",
        }
    }

    /// Whether it came true, once that is decided.
    #[must_use]
    pub fn came_true(self) -> Option<bool> {
        match self {
            Self::Confirmed => Some(true),
            Self::Missed => Some(false),
            _ => None,
        }
    }

    /// Whether a later period or an editor may still decide it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Tracking | Self::TooEarly | Self::Undecided)
    }
}
