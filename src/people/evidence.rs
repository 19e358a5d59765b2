//! The evidence that was accepted, for those who ask why: which lines it joined, and the way from one to another.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::clue::Clue;
use super::lines::Lines;
use super::refusal::Rule;
use crate::data::identity_key::Hash;

/// Where an author line stands: the history, and the row in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The index of the history.
    pub history: usize,
    /// The index of its row.
    pub line: usize,
}

/// Lines that a rule made one person, or found to be one already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    /// The rule.
    pub rule: Rule,
    /// The repository, for the rules that look at one repository at a time.
    pub repo: Option<String>,
    /// What the lines share: an address, a login, an account's number or a name. None for an editor's merges.
    pub key: Option<Hash>,
    /// The lines, in the order of the histories.
    pub lines: Vec<Site>,
}

/// All accepted evidence, the strongest rule first.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    joints: Vec<Joint>,
    of_site: BTreeMap<Site, Vec<usize>>,
}

/// One step on the way from a line to another.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The line that is left.
    pub from: Site,
    /// The line that is reached.
    pub to: Site,
    /// The evidence that both are one person.
    pub joint: &'a Joint,
}

impl Evidence {
    /// The evidence that holds any of the lines, the strongest rule first.
    #[must_use]
    pub fn of(&self, lines: &BTreeSet<Site>) -> Vec<&Joint> {
        let found: BTreeSet<usize> =
            lines.iter().filter_map(|site| self.of_site.get(site)).flatten().copied().collect();
        found.into_iter().map(|at| &self.joints[at]).collect()
    }

    /// A shortest way from one of some lines to one of others; none when nothing joins them. Empty when they meet.
    #[must_use]
    pub fn way(&self, from: &BTreeSet<Site>, to: &BTreeSet<Site>) -> Option<Vec<Step<'_>>> {
        let mut reached: BTreeMap<Site, Option<(Site, usize)>> = from.iter().map(|site| (*site, None)).collect();
        let mut walked = vec![false; self.joints.len()];
        let mut next: VecDeque<Site> = from.iter().copied().collect();
        let mut end = from.intersection(to).next().copied();
        while let (None, Some(site)) = (end, next.pop_front()) {
            for &at in self.of_site.get(&site).into_iter().flatten() {
                if std::mem::replace(&mut walked[at], true) {
                    continue;
                }
                for &other in &self.joints[at].lines {
                    reached.entry(other).or_insert_with(|| {
                        next.push_back(other);
                        Some((site, at))
                    });
                }
            }
            end = next.iter().find(|site| to.contains(site)).copied();
        }
        let mut way = Vec::new();
        let mut to = end?;
        while let Some((from, at)) = reached[&to] {
            way.push(Step { from, to, joint: &self.joints[at] });
            to = from;
        }
        way.reverse();
        Some(way)
    }
}

/// Collects evidence while the rules run, when it is wanted.
#[derive(Default)]
pub(super) struct Trace(Option<Vec<Note>>);

/// Lines that a rule joined, and one of the clues of their key.
type Note = (Rule, Option<Clue>, Vec<u32>);

impl Trace {
    /// One that collects.
    pub fn wanted() -> Self {
        Self(Some(Vec::new()))
    }

    pub fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    /// Notes lines that a rule joined by the key of a clue.
    pub fn note(&mut self, rule: Rule, key: Option<&Clue>, lines: impl FnOnce() -> Vec<u32>) {
        if let Some(noted) = &mut self.0 {
            noted.push((rule, key.copied(), lines()));
        }
    }

    /// What was collected.
    pub fn finish(self, all: &Lines<'_>) -> Evidence {
        let mut evidence = Evidence::default();
        for (rule, key, mut lines) in self.0.into_iter().flatten() {
            lines.sort_unstable();
            lines.dedup();
            if lines.len() < 2 {
                continue;
            }
            let lines: Vec<Site> = lines.into_iter().map(|line| all.site(line)).collect();
            for site in &lines {
                evidence.of_site.entry(*site).or_default().push(evidence.joints.len());
            }
            let repo = key.filter(|_| rule.is_within()).map(|clue| all.repo(clue.scope).to_owned());
            evidence.joints.push(Joint { rule, repo, key: key.map(|clue| clue.key), lines });
        }
        evidence
    }
}
