//! Many path patterns tried at once: those that are as simple as a name are looked up, the others are tried one by one.

use std::collections::HashMap;

use crate::data::path_pattern::{PathPattern, Simple};

/// Patterns, numbered in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub struct PathIndex {
    all: Vec<PathPattern>,
    folders: HashMap<Vec<u8>, Vec<usize>>,
    files: HashMap<Vec<u8>, Vec<usize>>,
    extensions: HashMap<Vec<u8>, Vec<usize>>,
    others: Vec<usize>,
}

impl PathIndex {
    /// From patterns.
    #[must_use]
    pub fn new(patterns: impl IntoIterator<Item = PathPattern>) -> Self {
        let mut index = Self { all: patterns.into_iter().collect(), ..Self::default() };
        for (number, pattern) in index.all.iter().enumerate() {
            let (table, name) = match pattern.simple() {
                Some(Simple::Folder(name)) => (&mut index.folders, name),
                Some(Simple::File(name)) => (&mut index.files, name),
                Some(Simple::Extension(name)) => (&mut index.extensions, name),
                None => {
                    index.others.push(number);
                    continue;
                }
            };
            table.entry(name.as_bytes().to_vec()).or_default().push(number);
        }
        index
    }

    /// A pattern by its number.
    #[must_use]
    pub fn pattern(&self, number: usize) -> &PathPattern {
        &self.all[number]
    }

    /// Calls `found` with the number of each pattern that a path matches; in no particular order, some twice.
    pub fn each(&self, path: &[u8], mut found: impl FnMut(usize)) {
        let path = path.to_ascii_lowercase();
        let mut folders: Vec<&[u8]> = path.split(|&byte| byte == b'/').collect();
        let file = folders.pop().expect("a split has at least one part");
        for folder in &folders {
            self.folders.get(*folder).into_iter().flatten().for_each(|&number| found(number));
        }
        self.files.get(file).into_iter().flatten().for_each(|&number| found(number));
        for (at, _) in file.iter().enumerate().filter(|(_, byte)| **byte == b'.') {
            self.extensions.get(&file[at..]).into_iter().flatten().for_each(|&number| found(number));
        }
        self.others
            .iter()
            .filter(|&&number| self.all[number].matches(&folders, file))
            .for_each(|&number| found(number));
    }

    /// The first pattern that a path matches.
    #[must_use]
    pub fn first(&self, path: &[u8]) -> Option<usize> {
        let mut first: Option<usize> = None;
        self.each(path, |number| first = Some(first.map_or(number, |first| first.min(number))));
        first
    }
}
