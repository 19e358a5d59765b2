//! What a file is: by what `.gitattributes` says, by its path, and by what its first lines say.

use serde::{Deserialize, Serialize};

use super::attributes::{Attributes, Said};
use super::path_index::PathIndex;
use crate::data::identity_key::{Hash, digest};
use crate::data::path_pattern::PathPattern;
use crate::data::rules::{FileKind, KindRule};

const SHIPPED: &str = include_str!("rules/kinds.yaml");

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    paths: Vec<KindRule>,
    headers: Headers,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headers {
    /// How many of the first lines are looked at.
    lines: usize,
    /// Each a set of texts that stand in one line.
    marks: Vec<Vec<String>>,
}

/// The rules, ready to be asked.
#[derive(Clone, Debug)]
pub struct Kinds {
    index: PathIndex,
    /// The kind that each pattern stands for.
    of_pattern: Vec<FileKind>,
    headers: Headers,
    /// A word that stands in every mark.
    telling: Option<String>,
    digest: Hash,
}

/// What decided a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindReason<'a> {
    /// An attribute in `.gitattributes`.
    Attribute(&'static str),
    /// A pattern that the path matches.
    Path(&'a PathPattern),
    /// What the first lines say.
    Header,
    /// No rule fits.
    Nothing,
}

/// What opens a line that is a comment, in the languages of this field.
const COMMENTS: [&str; 8] = ["//", "#", "/*", "*", ";", "--", "<!--", "%"];

impl Kinds {
    /// The shipped rules after a publication's own.
    #[must_use]
    pub fn new(own: &[KindRule]) -> Self {
        let mut file: File = serde_yaml::from_str(SHIPPED).expect("the shipped rules are tested");
        file.paths.splice(0..0, own.iter().cloned());
        let canonical = serde_json::to_vec(&file).expect("plain data has no value that JSON lacks");
        let patterns = |rule: &KindRule| rule.paths.iter().map(|_| rule.kind).collect::<Vec<_>>();
        Self {
            of_pattern: file.paths.iter().flat_map(patterns).collect(),
            index: PathIndex::new(file.paths.into_iter().flat_map(|rule| rule.paths)),
            telling: telling_word(&file.headers.marks),
            headers: file.headers,
            digest: digest(&canonical),
        }
    }

    /// What tells these rules from others.
    #[must_use]
    pub fn digest(&self) -> Hash {
        self.digest
    }

    /// What tells the rules about first lines from others: the only ones that need a file's content.
    #[must_use]
    pub fn headers_digest(&self) -> Hash {
        digest(&serde_json::to_vec(&self.headers).expect("plain data has no value that JSON lacks"))
    }

    /// What a file is, and why. An attribute that is switched off keeps paths and headers from saying the same.
    #[must_use]
    pub fn decide(&self, path: &[u8], attributes: &Attributes, says_generated: bool) -> (FileKind, KindReason<'_>) {
        self.decide_by(&self.patterns(path), attributes.of(path), says_generated)
    }

    /// The patterns that a path matches, as numbers in order: a function of the path alone.
    #[must_use]
    pub fn patterns(&self, path: &[u8]) -> Vec<usize> {
        let mut numbers = Vec::new();
        self.index.each(path, |number| numbers.push(number));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// What a file is, and why, from the patterns that its path matches and what attributes say about it.
    #[must_use]
    pub fn decide_by(&self, patterns: &[usize], said: Said, says_generated: bool) -> (FileKind, KindReason<'_>) {
        if said.vendored == Some(true) {
            return (FileKind::Vendored, KindReason::Attribute("linguist-vendored"));
        }
        if said.generated == Some(true) {
            return (FileKind::Generated, KindReason::Attribute("linguist-generated"));
        }
        let is_denied = |kind| match kind {
            FileKind::Vendored => said.vendored == Some(false),
            FileKind::Generated => said.generated == Some(false),
            _ => false,
        };
        let first = patterns.iter().find(|&&number| !is_denied(self.of_pattern[number]));
        let by_path = first.map(|&number| (self.of_pattern[number], KindReason::Path(self.index.pattern(number))));
        let is_apart = matches!(by_path, Some((FileKind::Vendored | FileKind::Generated, _)));
        if says_generated && !is_apart && !is_denied(FileKind::Generated) {
            return (FileKind::Generated, KindReason::Header);
        }
        by_path.unwrap_or((FileKind::Implementation, KindReason::Nothing))
    }

    /// Whether a comment among the first lines says that a program wrote the file.
    #[must_use]
    pub fn says_generated(&self, head: &[u8]) -> bool {
        let head = &head[..head.len().min(4096)];
        let lower = head.to_ascii_lowercase();
        // Beyond ASCII there are letters that become other ones in lower case.
        if let (Some(word), true, Ok(lower)) = (&self.telling, head.is_ascii(), std::str::from_utf8(&lower))
            && !lower.contains(&word[..])
        {
            return false;
        }
        head.split(|&byte| byte == b'\n').take(self.headers.lines).any(|line| {
            let line = line.trim_ascii();
            if !COMMENTS.iter().any(|opening| line.starts_with(opening.as_bytes())) {
                return false;
            }
            let line = String::from_utf8_lossy(line).to_lowercase();
            self.headers.marks.iter().any(|mark| mark.iter().all(|text| line.contains(&text[..])))
        })
    }
}

/// A word that stands in every mark, if there is one: hardly any file has it, and those that don't need no further look.
fn telling_word(marks: &[Vec<String>]) -> Option<String> {
    let mut words = marks.first()?.iter().flat_map(|text| text.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let is_in_all = |word: &&str| marks.iter().all(|mark| mark.iter().any(|text| text.contains(*word)));
    words.find(|word| !word.is_empty() && is_in_all(word)).map(str::to_owned)
}
