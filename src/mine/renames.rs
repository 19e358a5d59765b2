//! Which removed and added files of a commit are one that was renamed.
//!
//! Found in git's order, so that git's own numbers hold: equal contents first, then equal names that are unique,
//! then the most alike of all.

use std::collections::{HashMap, VecDeque};

use gix::ObjectId;

use super::similarity::{ALIKE, ALIKE_BY_NAME, LONGEST_PIECE, Pieces, SAME};
use super::store::Missing;
use super::trees::{Entry, Sort};

/// More pairs than these aren't tried: the commit is counted with exact renames and unique names alone.
const MOST_PAIRS: usize = 10_000_000;

/// How many likely origins are kept for an added file.
const ORIGINS: usize = 4;

/// What decides which files are paired, in words.
#[must_use]
pub fn parameters() -> String {
    format!(
        "renames from {ALIKE}/{SAME}, by name from {ALIKE_BY_NAME}, pieces of {LONGEST_PIECE} bytes, \
         {ORIGINS} origins, {MOST_PAIRS} pairs"
    )
}

/// A file that is gone, or new.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its path.
    pub path: &'a [u8],
    /// What it is.
    pub entry: Entry,
}

impl Candidate<'_> {
    fn name(&self) -> &[u8] {
        self.path.rsplit(|&byte| byte == b'/').next().unwrap_or(self.path)
    }
}

/// For each added file, the removed one that it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    /// Indices of removed files, in the order of the added ones.
    pub origins: Vec<Option<usize>>,
    /// Whether there were too many pairs to try.
    pub is_cut_short: bool,
}

/// Pairs files of the same content: each with the first of the same name that is left, else with the first that is.
#[must_use]
pub fn exact(removed: &[Candidate<'_>], added: &[Candidate<'_>]) -> Renames {
    let mut by_name: HashMap<(Entry, &[u8]), VecDeque<usize>> = HashMap::new();
    let mut by_content: HashMap<Entry, VecDeque<usize>> = HashMap::new();
    for (at, candidate) in removed.iter().enumerate() {
        by_name.entry((candidate.entry, candidate.name())).or_default().push_back(at);
        by_content.entry(candidate.entry).or_default().push_back(at);
    }
    let mut is_used = vec![false; removed.len()];
    let mut left = |queue: Option<&mut VecDeque<usize>>| {
        let queue = queue?;
        // Each stands in two queues, and is taken from one of them.
        let at = std::iter::from_fn(|| queue.pop_front()).find(|&at| !is_used[at])?;
        is_used[at] = true;
        Some(at)
    };
    let origins = added.iter().map(|candidate| {
        left(by_name.get_mut(&(candidate.entry, candidate.name())))
            .or_else(|| left(by_content.get_mut(&candidate.entry)))
    });
    Renames { origins: origins.collect(), is_cut_short: false }
}

/// Pairs files of the same content, then files that are alike. `pieces` reads one.
pub fn alike(
    removed: &[Candidate<'_>],
    added: &[Candidate<'_>],
    mut pieces: impl FnMut(ObjectId) -> Result<Pieces, Missing>,
) -> Result<Renames, Missing> {
    let mut renames = exact(removed, added);
    let mut search = Search { removed, added, old: vec![None; removed.len()], new: vec![None; added.len()] };
    let (sources, targets) = search.left(&renames);
    if sources.is_empty() || targets.is_empty() {
        return Ok(renames);
    }
    search.by_name(&sources, &targets, &mut renames, &mut pieces)?;
    let (sources, targets) = search.left(&renames);
    if sources.len().saturating_mul(targets.len()) > MOST_PAIRS {
        renames.is_cut_short = true;
        return Ok(renames);
    }
    search.by_content(&sources, &targets, &mut renames, &mut pieces)?;
    Ok(renames)
}

/// What is known of the candidates; the pieces of each are made when they are needed first.
struct Search<'a> {
    removed: &'a [Candidate<'a>],
    added: &'a [Candidate<'a>],
    old: Vec<Option<Pieces>>,
    new: Vec<Option<Pieces>>,
}

/// A removed file that an added one may have been.
#[derive(Clone, Copy)]
struct Pair {
    source: usize,
    target: usize,
    score: u64,
    same_name: bool,
}

impl Search<'_> {
    /// The files that aren't paired yet.
    fn left(&self, renames: &Renames) -> (Vec<usize>, Vec<usize>) {
        let mut is_used = vec![false; self.removed.len()];
        for &origin in renames.origins.iter().flatten() {
            is_used[origin] = true;
        }
        let is_file = |candidate: &Candidate<'_>| candidate.entry.sort == Sort::File;
        let sources = (0..self.removed.len()).filter(|&at| !is_used[at] && is_file(&self.removed[at])).collect();
        let targets =
            (0..self.added.len()).filter(|&at| renames.origins[at].is_none() && is_file(&self.added[at])).collect();
        (sources, targets)
    }

    fn score(
        &mut self,
        (source, target): (usize, usize),
        least: u64,
        pieces: &mut impl FnMut(ObjectId) -> Result<Pieces, Missing>,
    ) -> Result<u64, Missing> {
        if self.old[source].is_none() {
            self.old[source] = Some(pieces(self.removed[source].entry.id)?);
        }
        if self.new[target].is_none() {
            self.new[target] = Some(pieces(self.added[target].entry.id)?);
        }
        match (&self.old[source], &self.new[target]) {
            (Some(old), Some(new)) => Ok(old.score(new, least)),
            _ => Ok(0),
        }
    }

    fn by_name(
        &mut self,
        sources: &[usize],
        targets: &[usize],
        renames: &mut Renames,
        pieces: &mut impl FnMut(ObjectId) -> Result<Pieces, Missing>,
    ) -> Result<(), Missing> {
        let old_names = unique(sources.iter().map(|&at| (self.removed[at].name(), at)));
        let new_names = unique(targets.iter().map(|&at| (self.added[at].name(), at)));
        for &source in sources {
            let name = self.removed[source].name();
            if let (Some(Some(_)), Some(&Some(target))) = (old_names.get(name), new_names.get(name))
                && self.score((source, target), ALIKE_BY_NAME, pieces)? >= ALIKE_BY_NAME
            {
                renames.origins[target] = Some(source);
            }
        }
        Ok(())
    }

    fn by_content(
        &mut self,
        sources: &[usize],
        targets: &[usize],
        renames: &mut Renames,
        pieces: &mut impl FnMut(ObjectId) -> Result<Pieces, Missing>,
    ) -> Result<(), Missing> {
        let mut pairs: Vec<Pair> = Vec::new();
        for &target in targets {
            let mut best: Vec<Pair> = Vec::with_capacity(ORIGINS);
            for &source in sources {
                let score = self.score((source, target), ALIKE, pieces)?;
                if score >= ALIKE {
                    let same_name = self.removed[source].name() == self.added[target].name();
                    keep(&mut best, Pair { source, target, score, same_name });
                }
            }
            pairs.extend(best);
        }
        pairs.sort_by_key(|pair| std::cmp::Reverse((pair.score, pair.same_name)));
        let mut is_used = vec![false; self.removed.len()];
        for pair in pairs {
            if !is_used[pair.source] && renames.origins[pair.target].is_none() {
                is_used[pair.source] = true;
                renames.origins[pair.target] = Some(pair.source);
            }
        }
        Ok(())
    }
}

/// Keeps a pair when it is among the few best.
fn keep(best: &mut Vec<Pair>, pair: Pair) {
    if best.len() < ORIGINS {
        best.push(pair);
        return;
    }
    let rank = |pair: &Pair| (pair.score, pair.same_name);
    let worst = best.iter_mut().min_by_key(|pair| rank(pair)).expect("there are some");
    if rank(&pair) > rank(worst) {
        *worst = pair;
    }
}

/// Where each name stands; none for a name that stands more than once.
fn unique<'a>(names: impl Iterator<Item = (&'a [u8], usize)>) -> HashMap<&'a [u8], Option<usize>> {
    let mut places = HashMap::new();
    for (name, at) in names {
        places.entry(name).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, byte: u8) -> Candidate<'_> {
        let entry = Entry { id: ObjectId::from_bytes_or_panic(&[byte; 20]), sort: Sort::File };
        Candidate { path: path.as_bytes(), entry }
    }

    fn text(byte: u8) -> String {
        match byte {
            1 => "a\nb\nc\nd\n".into(),
            2 => "a\nb\nc\nx\n".into(),
            3 => "a\nb\nc\nd\ny\n".into(),
            _ => "1\n2\n3\n4\n".into(),
        }
    }

    fn origins(removed: &[Candidate<'_>], added: &[Candidate<'_>]) -> Vec<Option<usize>> {
        let pieces = |id: ObjectId| Ok(Pieces::of(text(id.as_bytes()[0]).as_bytes(), true));
        alike(removed, added, pieces).unwrap().origins
    }

    #[test]
    fn equal_contents_go_first_and_by_their_name() {
        let removed = [file("a/x", 1), file("a/y", 1), file("z", 4)];
        assert_eq!(
            exact(&removed, &[file("b/y", 1), file("b/q", 1), file("b/r", 1)]).origins,
            [Some(1), Some(0), None]
        );
        assert_eq!(origins(&[file("z", 1)], &[file("a", 2), file("b", 1)]), [None, Some(0)]);
    }

    #[test]
    fn a_unique_name_settles_it_before_the_most_alike() {
        assert_eq!(origins(&[file("old/x", 1)], &[file("a", 3), file("new/x", 2)]), [None, Some(0)]);
        assert_eq!(origins(&[file("old/x", 1)], &[file("a", 3), file("b", 2)]), [Some(0), None]);
        assert_eq!(origins(&[file("old/x", 1)], &[file("new/x", 4)]), [None]);
    }

    #[test]
    fn what_is_missing_is_said() {
        let nothing = |_: ObjectId| Err(Missing::Broken);
        assert_eq!(alike(&[file("a", 1)], &[file("b", 2)], nothing), Err(Missing::Broken));
        assert!(alike(&[file("a", 1)], &[file("b", 1)], nothing).is_ok());
    }
}
