//! How a command ended when nothing was wrong with the publication itself.

/// The end of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Something is wrong, and what it is has been printed where it was asked for.
    Wrong,
    /// Done, but some repositories could not be mined; each was named.
    Partial,
}

impl Outcome {
    /// The exit code; 1 and 2 belong to faults and wrong use.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Wrong => 1,
            Self::Partial => 3,
        }
    }
}
