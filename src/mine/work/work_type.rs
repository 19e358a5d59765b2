//! The one type of a commit: by tags of its subject, by its paths when all are of one kind, by words of its subject.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::phrases::Phrases;
use super::subject::Subject;
use crate::data::identity_key::{Hash, digest};
use crate::data::phrase::Phrase;
use crate::data::rules::FileKind;
use crate::data::work_type::WorkType;

const SHIPPED: &str = include_str!("rules/types.yaml");

/// What decided a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeReason {
    /// A tag at the beginning of the subject.
    Tag(Phrase),
    /// How the subject begins.
    Beginning(Phrase),
    /// All files are of one kind; settings, tables and what programs wrote aside.
    Paths(FileKind),
    /// Words of the subject.
    Words(Phrase),
    /// No rule fits.
    Nothing,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    narrow: Vec<WorkType>,
    tags: BTreeMap<WorkType, Vec<Phrase>>,
    beginnings: Vec<Rule>,
    words: Vec<Rule>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(rename = "type")]
    work_type: WorkType,
    #[serde(default)]
    within: Option<usize>,
    phrases: Vec<Phrase>,
}

/// The rules, ready to be asked.
#[derive(Clone, Debug)]
pub struct Types {
    narrow: Vec<WorkType>,
    tags: BTreeMap<Phrase, WorkType>,
    beginnings: Rules,
    words: Rules,
    digest: Hash,
}

impl Types {
    /// The shipped rules.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = serde_yaml::from_str(SHIPPED).expect("the shipped rules are tested");
        let canonical = serde_json::to_vec(&file).expect("plain data has no value that JSON lacks");
        let tags = file.tags.iter().flat_map(|(&of, phrases)| phrases.iter().map(move |phrase| (phrase.clone(), of)));
        Self {
            tags: tags.collect(),
            narrow: file.narrow,
            beginnings: Rules::new(file.beginnings, Some(1)),
            words: Rules::new(file.words, None),
            digest: digest(&canonical),
        }
    }

    /// What tells these rules from others.
    #[must_use]
    pub fn digest(&self) -> Hash {
        self.digest
    }

    /// The type of a commit, and why.
    #[must_use]
    pub fn decide(&self, message: &[u8], kinds: &[FileKind]) -> (WorkType, TypeReason) {
        let subject = Subject::parse(message);
        if let Some((phrase, of)) = self.tag(&subject.tags) {
            return (of, TypeReason::Tag(phrase));
        }
        if let Some((phrase, of)) =
            self.beginnings.first(&subject.words).or_else(|| self.beginnings.first(&subject.line))
        {
            return (of, TypeReason::Beginning(phrase));
        }
        if let Some((kind, of)) = of_kinds(kinds) {
            return (of, TypeReason::Paths(kind));
        }
        match self.words.first(&subject.words).or_else(|| self.words.first(&subject.line)) {
            Some((phrase, of)) => (of, TypeReason::Words(phrase)),
            None => (WorkType::Other, TypeReason::Nothing),
        }
    }

    fn tag(&self, tags: &[Vec<String>]) -> Option<(Phrase, WorkType)> {
        let known = tags.iter().filter_map(|tag| {
            let phrase: Phrase = tag.join(" ").parse().ok()?;
            self.tags.get(&phrase).map(|&of| (phrase, of))
        });
        let known: Vec<(Phrase, WorkType)> = known.collect();
        // Of several narrow types the one that stands first in the list: `build(deps)` is about dependencies.
        let narrow = self.narrow.iter().find_map(|narrow| known.iter().find(|(_, of)| of == narrow));
        narrow.or(known.first()).cloned()
    }
}

/// The type that files of one kind show; what accompanies every kind of work doesn't count against it.
fn of_kinds(kinds: &[FileKind]) -> Option<(FileKind, WorkType)> {
    let mut telling = kinds.iter().copied().filter(|kind| !matches!(kind, FileKind::Data | FileKind::Generated));
    let kind = telling.next()?;
    if telling.any(|other| other != kind) {
        return None;
    }
    let of = match kind {
        FileKind::Test => WorkType::Test,
        FileKind::Docs => WorkType::Docs,
        FileKind::Build => WorkType::Build,
        FileKind::Ci => WorkType::Ci,
        FileKind::Vendored => WorkType::Dependencies,
        FileKind::Implementation | FileKind::Data | FileKind::Generated => return None,
    };
    Some((kind, of))
}

/// Rules in order, the first that finds a phrase decides.
#[derive(Clone, Debug)]
struct Rules {
    phrases: Phrases,
    /// For each phrase: the place of its rule, its type, and how far from the beginning it may start.
    rules: Vec<(usize, WorkType, usize)>,
}

impl Rules {
    fn new(rules: Vec<Rule>, within: Option<usize>) -> Self {
        let mut of_phrases = Vec::new();
        let mut phrases = Vec::new();
        for (place, rule) in rules.into_iter().enumerate() {
            let within = within.or(rule.within).unwrap_or(usize::MAX);
            of_phrases.extend(rule.phrases.iter().map(|_| (place, rule.work_type, within)));
            phrases.extend(rule.phrases);
        }
        Self { phrases: Phrases::new(phrases), rules: of_phrases }
    }

    /// The phrase that decides: of the first rule, the one that begins first, the longest there.
    fn first(&self, words: &[String]) -> Option<(Phrase, WorkType)> {
        let mut best: Option<((usize, usize, usize), usize)> = None;
        self.phrases.each(words, |number, at| {
            let (place, _, within) = self.rules[number];
            let rank = (place, at, usize::MAX - self.phrases.phrase(number).words().len());
            if at < within && best.is_none_or(|(former, _)| rank < former) {
                best = Some((rank, number));
            }
        });
        best.map(|(_, number)| (self.phrases.phrase(number).clone(), self.rules[number].1))
    }
}
