//! `data/people.yaml`: what an editor decided about who is whom. Holds keys, never names or addresses.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::amend;
use super::document::{self, Document, Spanned};
use super::identity_key::Hash;
use crate::plain::{Diagnostic, Kind, Result};

/// The file's name.
pub const FILE: &str = "data/people.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Groups of lines that are one person.
    #[serde(default)]
    #[schemars(with = "Vec<Vec<LineKey>>")]
    pub merges: Vec<Spanned<Vec<LineKey>>>,
    /// Groups of lines of which no two are one person.
    #[serde(default)]
    #[schemars(with = "Vec<Vec<LineKey>>")]
    pub never_merge: Vec<Spanned<Vec<LineKey>>>,
    /// Lines of people who opted out.
    #[serde(default)]
    pub withdrawn: Vec<LineKey>,
}

/// The lists of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Of groups that are one person.
    Merges,
    /// Of groups that are kept apart.
    NeverMerge,
}

impl List {
    /// Its key in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Merges => "merges",
            Self::NeverMerge => "never_merge",
        }
    }
}

/// What a file says, without the places where it says so.
type Said = (Vec<Vec<LineKey>>, Vec<Vec<LineKey>>, Vec<LineKey>);

impl People {
    fn said(&self) -> Said {
        let values = |lists: &[Spanned<Vec<LineKey>>]| lists.iter().map(|list| list.value.clone()).collect();
        (values(&self.merges), values(&self.never_merge), self.withdrawn.clone())
    }

    /// Whether a line's author opted out.
    #[must_use]
    pub fn is_withdrawn(&self, key: LineKey) -> bool {
        self.withdrawn.iter().any(|one| one.covers(key))
    }
}

impl Document<People> {
    /// The file with a group added to a list. Errors when it is written in a way that can't be edited safely.
    pub fn with_group(&self, list: List, keys: &[LineKey]) -> Result<Self> {
        let mut said = self.value.said();
        match list {
            List::Merges => &mut said.0,
            List::NeverMerge => &mut said.1,
        }
        .push(keys.to_vec());
        let quoted: Vec<String> = keys.iter().map(|key| format!("'{key}'")).collect();
        let group = format!("[{}]", quoted.join(", "));
        self.amended(amend::append(&self.begun(), list.name(), &group), &said)
    }

    /// The file with lines added to those who opted out.
    pub fn with_withdrawn(&self, keys: &[LineKey]) -> Result<Self> {
        let mut said = self.value.said();
        said.2.extend(keys);
        let add = |text: String, key: &LineKey| amend::append(&text, "withdrawn", &format!("'{key}'"));
        self.amended(keys.iter().fold(self.begun(), add), &said)
    }

    /// The file with the lines that one of the keys covers taken out of a merge; the merge itself goes when fewer than
    /// two lines remain in it.
    pub fn without_in_merge(&self, merge: usize, keys: &[LineKey]) -> Result<Self> {
        let list = &self.value.merges[merge];
        let mut said = self.value.said();
        said.0[merge].retain(|held| !keys.iter().any(|key| key.covers(*held)));
        let at = list.referenced;
        let open = amend::offset(&self.text, at.line(), at.column());
        let removed = if said.0[merge].len() < 2 {
            said.0.remove(merge);
            let removed = amend::remove(&self.text, open);
            if said.0.is_empty() { removed.map(|text| amend::close(&text, List::Merges.name())) } else { removed }
        } else {
            let gone = |(at, held): (usize, &LineKey)| keys.iter().any(|key| key.covers(*held)).then_some(at);
            amend::elements(&self.text, open).filter(|found| found.len() == list.value.len()).and_then(|found| {
                let gone: Vec<usize> = found.into_iter().zip(&list.value).filter_map(gone).collect();
                gone.into_iter().rev().try_fold(self.text.clone(), |text, at| amend::remove(&text, at))
            })
        };
        let by_hand = || {
            let message = "this merge is written in a way that can't be edited safely";
            self.fault(Kind::Data, list, message).hint("write it as `- [key, key]`, or take the lines out by hand")
        };
        self.amended(removed.ok_or_else(by_hand)?, &said)
    }

    /// The text, with a first line where there was no file.
    fn begun(&self) -> String {
        if self.text.is_empty() {
            "# Who is whom, as keys. `signal people` edits this file.\n".to_owned()
        } else {
            self.text.clone()
        }
    }

    /// The file with another text, which has to say what is meant.
    fn amended(&self, text: String, meant: &Said) -> Result<Self> {
        match document::parse::<People>(&self.file, &text) {
            Ok(value) if value.said() == *meant => Ok(Self { file: self.file.clone(), text, value }),
            _ => Err(Diagnostic::new(Kind::Data, "the file is written in a way that can't be edited safely")
                .in_file(&self.file)
                .hint("write its lists with a dash and an entry on each line; nothing was changed")
                .into()),
        }
    }
}

/// An author line, wherever it occurs: an address's key alone, or with the key of a name, `address/name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey {
    /// The address.
    pub address: Hash,
    /// The name, when the address alone isn't enough.
    pub name: Option<Hash>,
}

impl LineKey {
    /// Whether every line of `other` is one of this key: an address stands for all its lines.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.address == other.address && (self.name.is_none() || self.name == other.name)
    }
}

impl fmt::Display for LineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            None => write!(f, "{}", self.address),
            Some(name) => write!(f, "{}/{name}", self.address),
        }
    }
}

impl FromStr for LineKey {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.split_once('/') {
            None => Ok(Self { address: text.parse()?, name: None }),
            Some((address, name)) => Ok(Self { address: address.parse()?, name: Some(name.parse()?) }),
        }
    }
}

impl<'de> Deserialize<'de> for LineKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        crate::plain::text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "00000000000000aa";
    const B: &str = "1111111111111111";
    const C: &str = "00000000000012e1/2222222222222222";

    fn document(text: &str) -> Document<People> {
        let value = document::parse(FILE.as_ref(), text).expect("the test's own file");
        Document { file: FILE.into(), text: text.to_owned(), value }
    }

    fn keys(texts: &[&str]) -> Vec<LineKey> {
        texts.iter().map(|text| text.parse().expect("a key")).collect()
    }

    #[test]
    fn groups_are_added_and_comments_stay() {
        let text =
            format!("# ours\nnever_merge: []\nmerges:\n# of spring\n- ['{A}', '{B}'] # sure\n\nwithdrawn: ['{A}']\n");
        let document = document(&text);
        let merged = document.with_group(List::Merges, &keys(&[B, C])).unwrap();
        assert_eq!(merged.text, text.replace("# sure\n", &format!("# sure\n- ['{B}', '{C}']\n")));
        let apart = merged.with_group(List::NeverMerge, &keys(&[A, C])).unwrap();
        assert!(
            apart.text.starts_with(&format!("# ours\nnever_merge:\n- ['{A}', '{C}']\nmerges:\n# of")),
            "{}",
            apart.text
        );
        let out = apart.with_withdrawn(&keys(&[B, C])).unwrap();
        assert!(out.text.ends_with(&format!("withdrawn: ['{A}', '{B}', '{C}']\n")), "{}", out.text);
        assert!(out.value.is_withdrawn(keys(&[&format!("{B}/{A}")])[0]));
        assert!(!out.value.is_withdrawn(keys(&["00000000000012e1"])[0]));
    }

    #[test]
    fn a_file_is_begun_with_a_word_about_it() {
        let begun = document("").with_withdrawn(&keys(&[A])).unwrap();
        assert_eq!(
            begun.text,
            format!("# Who is whom, as keys. `signal people` edits this file.\nwithdrawn:\n- '{A}'\n")
        );
    }

    #[test]
    fn lines_leave_a_merge_and_a_merge_of_one_goes() {
        let three = document(&format!("merges:\n- ['{A}', '{B}', '{C}'] # all\n"));
        let two = three.without_in_merge(0, &keys(&[B])).unwrap();
        assert_eq!(two.text, format!("merges:\n- ['{A}', '{C}'] # all\n"));
        // An address stands for its lines.
        let none = two.without_in_merge(0, &keys(&["00000000000012e1"])).unwrap();
        assert_eq!(none.text, "merges: []\n# all\n");
        assert_eq!(none.value.merges.len(), 0);
        let again = none.with_group(List::Merges, &keys(&[A, B])).unwrap();
        assert_eq!(again.text, format!("merges:\n- ['{A}', '{B}']\n# all\n"));
    }

    #[test]
    fn what_cannot_be_edited_safely_is_refused_with_its_place() {
        let nested = document(&format!("merges:\n- - '{A}'\n  - '{B}'\n  - '{C}'\n"));
        let faults = nested.without_in_merge(0, &keys(&[A])).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().place.as_ref().unwrap().line, 2);
        let flow = document(&format!("{{merges: [['{A}', '{B}']]}}\n"));
        let faults = flow.with_group(List::Merges, &keys(&[B, C])).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().message, "the file is written in a way that can't be edited safely");
    }
}
