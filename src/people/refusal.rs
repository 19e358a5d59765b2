//! What was evidence and yet joined nobody.

use std::fmt;

use crate::data::identity_key::Hash;
use crate::data::people::LineKey;

/// The rules of evidence, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// An editor's `merges`.
    Editor,
    /// Lines that a repository's `.mailmap` maps to one address.
    Mailmap,
    /// Equal addresses.
    Address,
    /// Equal logins or account numbers on a forge.
    Account,
    /// Equal names of two or more words, within one repository.
    Name,
}

impl Rule {
    /// Whether it looks at one repository at a time.
    #[must_use]
    pub fn is_within(self) -> bool {
        matches!(self, Self::Mailmap | Self::Name)
    }
}

/// Why evidence was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It would join a person with a bot or an agent, or a bot with an agent.
    Actor,
    /// It would join two accounts of one forge, alone or together with other evidence of the same rule.
    Accounts,
    /// It would join what an editor's `never_merge` keeps apart, alone or together with other evidence of the rule.
    NeverMerge,
    /// Lines of two accounts of one forge bear the name in this repository.
    NameOfTwoAccounts,
}

/// Lines that share a key of a rule, among which the rule was refused.
///
/// All pairs of these lines that aren't one person were refused, the first by `why`; those that nevertheless are one
/// person in the roster were joined by other evidence, or were on one side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// The repository, for the rules that look at one repository at a time.
    pub repo: Option<String>,
    /// What the lines share: an address, a login, an account's number or a name.
    pub key: Hash,
    /// The lines, sorted; each once, in however many repositories it occurs.
    pub lines: Vec<LineKey>,
    /// The reason.
    pub why: Why,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Editor => "merges in people.yaml",
            Self::Mailmap => "the repository's .mailmap",
            Self::Address => "equal address",
            Self::Account => "equal account",
            Self::Name => "equal name in one repository",
        })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Actor => "a person, a bot and an agent are never one",
            Self::Accounts => "it leads from one account of a forge to another",
            Self::NeverMerge => "it leads to a line that never_merge keeps apart",
            Self::NameOfTwoAccounts => "lines of two accounts bear the name in this repository",
        })
    }
}
