//! The areas of a commit: by words of its subject, and by words and patterns of the paths that it changed.

use super::path_index::PathIndex;
use super::phrases::Phrases;
use super::subject::first_line;
use crate::data::areas::Areas;
use crate::data::identity_key::{Hash, digest};
use crate::data::path_pattern::PathPattern;
use crate::data::phrase::{Phrase, humps, runs};

/// The rules, ready to be asked.
#[derive(Clone, Debug)]
pub struct AreaRules {
    slugs: Vec<String>,
    words: Phrases,
    area_of_word: Vec<u16>,
    path_words: Phrases,
    area_of_path_word: Vec<u16>,
    paths: PathIndex,
    area_of_path: Vec<u16>,
    digest: Hash,
}

/// What shows an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A word of the subject.
    Word(Phrase),
    /// A word of a path.
    PathWord(Phrase, Vec<u8>),
    /// A path that matches a pattern.
    Path(PathPattern, Vec<u8>),
}

/// Paths show an area when at least one in so many does: a sweep through the whole tree isn't work on all areas.
const SHARE: usize = 5;

/// Raised when the same rules come to say something else of the same commits.
const EDITION: u32 = 2;

impl AreaRules {
    /// From a publication's areas, the shipped ones among them.
    #[must_use]
    pub fn new(areas: &Areas) -> Self {
        let areas = &areas.areas;
        let rows: Vec<_> = areas.iter().map(|it| (&it.slug.value, &it.words, &it.path_words, &it.paths)).collect();
        // Titles and descriptions shape no row, so they don't make files due.
        let canonical = serde_json::to_vec(&(EDITION, rows)).expect("plain data has no value that JSON lacks");
        let repeat = |lengths: Vec<usize>| {
            let areas = (0_u16..).zip(lengths);
            areas.flat_map(|(area, length)| std::iter::repeat_n(area, length)).collect::<Vec<u16>>()
        };
        Self {
            slugs: areas.iter().map(|area| area.slug.value.clone()).collect(),
            words: Phrases::new(areas.iter().flat_map(|area| area.words.iter().cloned())),
            area_of_word: repeat(areas.iter().map(|area| area.words.len()).collect()),
            path_words: Phrases::new(areas.iter().flat_map(|area| area.path_words.iter().cloned())),
            area_of_path_word: repeat(areas.iter().map(|area| area.path_words.len()).collect()),
            paths: PathIndex::new(areas.iter().flat_map(|area| area.paths.iter().cloned())),
            area_of_path: repeat(areas.iter().map(|area| area.paths.len()).collect()),
            digest: digest(&canonical),
        }
    }

    /// What tells these rules from others.
    #[must_use]
    pub fn digest(&self) -> Hash {
        self.digest
    }

    /// The slug of an area.
    #[must_use]
    pub fn slug(&self, area: u16) -> &str {
        &self.slugs[usize::from(area)]
    }

    /// The areas that one path shows.
    #[must_use]
    pub fn of_path(&self, path: &[u8]) -> Vec<u16> {
        let mut areas: Vec<u16> = self.signs_of_path(path).into_iter().map(|(area, _)| area).collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// The areas of a commit from its message and what each of its paths shows.
    #[must_use]
    pub fn decide<P: AsRef<[u16]>>(&self, message: &[u8], of_paths: &[P]) -> Vec<u16> {
        let mut counts = vec![0_usize; self.slugs.len()];
        for area in of_paths.iter().flat_map(AsRef::as_ref) {
            counts[usize::from(*area)] += 1;
        }
        let mut areas: Vec<u16> = self.of_message(message).into_iter().map(|(area, _)| area).collect();
        areas.extend(
            (0_u16..).zip(counts).filter(|&(_, count)| count > 0 && count * SHARE >= of_paths.len()).map(|it| it.0),
        );
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// The areas of a commit, each with its first sign; words before paths.
    #[must_use]
    pub fn explain(&self, message: &[u8], paths: &[&[u8]]) -> Vec<(u16, Sign)> {
        let of_paths: Vec<Vec<u16>> = paths.iter().map(|path| self.of_path(path)).collect();
        let mut signs = self.of_message(message);
        signs.extend(paths.iter().flat_map(|path| self.signs_of_path(path)));
        let first = |area: u16| signs.iter().find(|(of, _)| *of == area).cloned();
        self.decide(message, &of_paths).into_iter().filter_map(first).collect()
    }

    fn of_message(&self, message: &[u8]) -> Vec<(u16, Sign)> {
        let found = each_word(&self.words, &first_line(message));
        found.into_iter().map(|n| (self.area_of_word[n], Sign::Word(self.words.phrase(n).clone()))).collect()
    }

    fn signs_of_path(&self, path: &[u8]) -> Vec<(u16, Sign)> {
        let mut signs = Vec::new();
        for name in String::from_utf8_lossy(path).split('/') {
            for number in each_word(&self.path_words, name) {
                let sign = Sign::PathWord(self.path_words.phrase(number).clone(), path.to_vec());
                signs.push((self.area_of_path_word[number], sign));
            }
        }
        self.paths.each(path, |number| {
            signs.push((self.area_of_path[number], Sign::Path(self.paths.pattern(number).clone(), path.to_vec())));
        });
        signs
    }
}

/// The phrases in a text, by its words as they stand and as capitals cut them.
fn each_word(phrases: &Phrases, text: &str) -> Vec<usize> {
    let runs = runs(text);
    let mut found = phrases.longest(&runs);
    let humps = humps(text);
    if humps != runs {
        found.extend(phrases.longest(&humps));
    }
    found
}
