//! `data/rules.yaml`: what a publication adds to the shipped rules about who is no person and what a file is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Document, Spanned};
use super::path_pattern::PathPattern;
use super::phrase::runs;
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

/// The file's name.
pub const FILE: &str = "data/rules.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Accounts that do chores.
    #[serde(default)]
    pub bots: Bots,
    /// Programs that write code.
    #[serde(default)]
    pub agents: Agents,
    /// Whole names that the rules take for a bot's and that are a person's, or a group's that shall count as one.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub people: Vec<Spanned<String>>,
    /// Values that say nothing about who somebody is.
    #[serde(default)]
    pub placeholders: Placeholders,
    /// What a file is, by its path. These come before the shipped rules, in their order.
    #[serde(default)]
    pub kinds: Vec<KindRule>,
}

/// Accounts that do chores. All but words are compared as a whole; case doesn't matter.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bots {
    /// E-mail addresses.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub addresses: Vec<Spanned<String>>,
    /// Logins on a forge.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub logins: Vec<Spanned<String>>,
    /// Names.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub names: Vec<Spanned<String>>,
    /// Whole words of a name or of the part of an address before the `@`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub words: Vec<Spanned<String>>,
    /// Last words of names that stand for many, such as `authors`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub collective_endings: Vec<Spanned<String>>,
}

/// Programs that write code. All but words are compared as a whole; case doesn't matter.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agents {
    /// E-mail addresses.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub addresses: Vec<Spanned<String>>,
    /// Logins on a forge.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub logins: Vec<Spanned<String>>,
    /// Names.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub names: Vec<Spanned<String>>,
    /// Whole words of a trailer that has no address.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub words: Vec<Spanned<String>>,
}

/// Values that say nothing about who somebody is. Compared as a whole; case doesn't matter.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    /// Names.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub names: Vec<Spanned<String>>,
    /// What stands before the `@`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub local_parts: Vec<Spanned<String>>,
    /// What stands after the `@`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub hosts: Vec<Spanned<String>>,
    /// E-mail addresses.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub addresses: Vec<Spanned<String>>,
}

/// What the files under some paths are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// What they are.
    pub kind: FileKind,
    /// Where they are.
    pub paths: Vec<PathPattern>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// What the project makes.
    Implementation,
    /// What tries it out.
    Test,
    /// What explains it.
    Docs,
    /// What builds and packs it.
    Build,
    /// What runs when somebody pushes.
    Ci,
    /// What a program wrote.
    Generated,
    /// What other projects wrote.
    Vendored,
    /// What programs read: tables, models, pictures, settings.
    Data,
}

impl FileKind {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Implementation,
        Self::Test,
        Self::Docs,
        Self::Build,
        Self::Ci,
        Self::Generated,
        Self::Vendored,
        Self::Data,
    ];

    /// The word that stands for it in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Implementation => "implementation",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Ci => "ci",
            Self::Generated => "generated",
            Self::Vendored => "vendored",
            Self::Data => "data",
        }
    }
}

/// Checks what the types can't say: addresses that are some, words that are single words, nothing empty.
pub fn validate(document: &Document<Rules>) -> Result<()> {
    let mut faults = Collector::default();
    let Rules { bots, agents, people, placeholders, .. } = &document.value;
    for address in bots.addresses.iter().chain(&agents.addresses).chain(&placeholders.addresses) {
        if !address.value.contains('@') {
            let fault = document.fault(Kind::Syntax, address, format!("`{}` is not an address", address.value));
            faults.push(fault.hint("an address has an `@`; names belong under `names`, logins under `logins`"));
        }
    }
    for word in bots.words.iter().chain(&agents.words).chain(&bots.collective_endings) {
        let value = &word.value;
        if runs(value) != [value.to_lowercase()] {
            let fault = document.fault(Kind::Syntax, word, format!("`{value}` is not a word and would match nothing"));
            faults.push(fault.hint("a word has letters and digits only; put the whole name under `names`"));
        }
    }
    let wholes = [&bots.logins, &bots.names, &agents.logins, &agents.names, people, &placeholders.names];
    let wholes = wholes.into_iter().chain([&placeholders.local_parts, &placeholders.hosts]);
    for value in wholes.flatten().filter(|value| value.value.trim().is_empty()) {
        let fault = document.fault(Kind::Syntax, value, "an empty text would match everybody without a name");
        faults.push(fault.hint("take it out"));
    }
    faults.finish(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::document;

    fn fault(text: &str) -> String {
        let file = std::path::PathBuf::from(FILE);
        let read = document::parse(&file, text)
            .and_then(|value| validate(&Document { file: file.clone(), text: text.to_owned(), value }));
        read.unwrap_err().to_string()
    }

    #[test]
    fn faults_name_their_places() {
        insta::assert_snapshot!(
            "rules",
            fault("bots:\n  addresses: [ci@example.org, robot]\n  words: [roller, sync-bot]\n  names: ['']\n")
        );
        insta::assert_snapshot!("rules_kind", fault("kinds:\n- kind: documentation\n  paths: [book/]\n"));
        insta::assert_snapshot!(
            "rules_pattern",
            fault("kinds:\n- kind: docs\n  paths:\n  - book/\n  - '*.{md,txt}'\n")
        );
        insta::assert_snapshot!("rules_key", fault("bot:\n  names: [x]\n"));
    }
}
