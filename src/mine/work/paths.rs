//! What rules say about paths, remembered: most files of a repository are changed again and again.

use std::collections::HashMap;
use std::sync::Arc;

use super::WorkRules;

/// When so many paths are known, they are forgotten: a stranger's repository may have any number of them.
const MOST: usize = 100_000;

/// What rules say about one path, whatever else is known of its file.
#[derive(Debug)]
pub struct PathFacts {
    /// The patterns of kinds that it matches, as numbers in order.
    pub patterns: Vec<usize>,
    /// The areas that it shows, as indices in order.
    pub areas: Vec<u16>,
}

/// The paths that were asked for, for one thread at a time.
pub struct Paths<'a> {
    rules: &'a WorkRules,
    known: HashMap<Vec<u8>, Arc<PathFacts>>,
}

impl<'a> Paths<'a> {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(rules: &'a WorkRules) -> Self {
        Self { rules, known: HashMap::new() }
    }

    /// The rules that are asked.
    #[must_use]
    pub fn rules(&self) -> &'a WorkRules {
        self.rules
    }

    /// What they say about a path.
    pub fn facts(&mut self, path: &[u8]) -> Arc<PathFacts> {
        if let Some(facts) = self.known.get(path) {
            return Arc::clone(facts);
        }
        let facts = PathFacts { patterns: self.rules.patterns_of_path(path), areas: self.rules.areas_of_path(path) };
        let facts = Arc::new(facts);
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(path.to_vec(), Arc::clone(&facts));
        facts
    }
}
