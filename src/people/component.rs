//! Groups that the clues of one rule would tie together across a veto, and which clues are refused therefor.
//!
//! A clue between two groups on different sides of a veto is refused by itself. Of the other clues, those are refused
//! that break a veto only together: all that lie on a path between two groups on different sides of a veto, unless a
//! group in between is itself on another side than one of the two, for then a part of the path breaks a veto already.
//! What is left breaks none, and nothing is decided by who comes first.
//!
//! All pairs of groups under a key are tried, but few are written down. The blocks of a graph stay the same when pairs
//! that are biconnected anyhow are thinned to a ring, so a key that 2,000 lines share needs thousands of edges, not
//! millions; and groups that no search can tell apart are decided together, as one kind.

#[cfg(test)]
mod oracle;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::clue::Clue;
use super::groups::Groups;
use super::path::{Paths, Role};
use super::refusal::Why;
use super::veto::{Sides, Vetoes};

/// Clues that hang together, by key, and the groups that they are about.
pub struct Component<'a> {
    keys: Vec<Key<'a>>,
    /// The representative of each group's node.
    nodes: Vec<u32>,
    /// For each node which of the signatures it has.
    signature: Vec<u32>,
    /// For each of the vetoes that matter here the side plus 1, or 0 for neither.
    signatures: Vec<Vec<u32>>,
    /// The reason that each of the vetoes gives.
    reasons: Vec<Why>,
}

/// The groups under one key.
struct Key<'a> {
    clues: &'a [Clue],
    /// Sorted by signature, the speaking first.
    members: Vec<Member>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    signature: u32,
    silent: bool,
    node: u32,
}

/// Lines of one key among which clues were refused.
pub struct Refused<'a> {
    pub why: Why,
    /// One of the clues of the key.
    pub key: &'a Clue,
    pub lines: Vec<u32>,
}

/// Lines of one key that it makes one person.
pub struct Joined<'a> {
    /// One of the clues of the key.
    pub key: &'a Clue,
    pub lines: Vec<u32>,
}

impl<'a> Component<'a> {
    /// From the clues of each key.
    pub fn new(runs: &[&'a [Clue]], groups: &mut Groups, sides: &Sides, vetoes: &Vetoes) -> Self {
        let mut nodes: Vec<u32> = runs.iter().flat_map(|run| run.iter()).map(|clue| groups.find(clue.line)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        // A veto with one side in the component forbids nothing in it.
        let mut present: Vec<(u32, u32)> =
            nodes.iter().flat_map(|&node| sides.of(node)).map(|side| (side.veto, side.side)).collect();
        present.sort_unstable();
        present.dedup();
        let several = present.chunk_by(|a, b| a.0 == b.0).filter(|sides| sides.len() > 1);
        let active: Vec<u32> = several.map(|sides| sides[0].0).collect();
        let sign = |&node: &u32| -> Vec<u32> {
            let side = |veto: &u32| sides.of(node).iter().find(|side| side.veto == *veto).map_or(0, |one| one.side + 1);
            active.iter().map(side).collect()
        };
        let signs: Vec<Vec<u32>> = nodes.iter().map(sign).collect();
        let mut signatures = signs.clone();
        signatures.sort_unstable();
        signatures.dedup();
        let signature: Vec<u32> =
            signs.iter().map(|sign| small(signatures.partition_point(|other| other < sign))).collect();
        let key = |run: &&'a [Clue]| {
            let member = |clue: &Clue| {
                let node = nodes.partition_point(|&other| other < groups.find(clue.line));
                Member { signature: signature[node], silent: !clue.speaks, node: small(node) }
            };
            let mut members: Vec<Member> = run.iter().map(member).collect();
            // A group speaks when one of its lines does.
            members.sort_unstable_by_key(|member| (member.node, member.silent));
            members.dedup_by_key(|member| member.node);
            members.sort_unstable();
            Key { clues: run, members }
        };
        let keys = runs.iter().map(key).collect();
        let reasons = active.iter().map(|&veto| vetoes.why(veto)).collect();
        Self { keys, nodes, signature, signatures, reasons }
    }

    /// Joins what isn't refused, and says what is.
    pub fn decide(&self, groups: &mut Groups) -> Vec<Refused<'a>> {
        let searches = self.searches();
        let mut verdicts: Vec<(&Key<'a>, Verdict)> =
            self.keys.iter().map(|key| (key, self.verdict(key, &searches))).collect();
        // Which lines are in which group has to be read before anything is joined.
        let mut refused = Vec::new();
        for (key, verdict) in &mut verdicts {
            for (why, nodes) in std::mem::take(&mut verdict.refused) {
                let is_meant = |clue: &&Clue| nodes.contains(&self.node(groups.find(clue.line)));
                let lines = key.clues.iter().filter(is_meant).map(|clue| clue.line).collect();
                refused.push(Refused { why, key: &key.clues[0], lines });
            }
        }
        for (a, b) in verdicts.iter().flat_map(|(_, verdict)| &verdict.joined) {
            groups.join(self.nodes[*a as usize], self.nodes[*b as usize]);
        }
        refused
    }

    /// The lines that each key joins, directly or by way of others under the key; to be asked before [`Self::decide`].
    pub fn joined(&self, groups: &mut Groups) -> Vec<Joined<'a>> {
        let searches = self.searches();
        let mut joined = Vec::new();
        for key in &self.keys {
            let mut sets = Groups::new(small(self.nodes.len()));
            self.verdict(key, &searches).joined.into_iter().for_each(|(a, b)| sets.join(a, b));
            let mut lines: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for clue in key.clues {
                lines.entry(sets.find(self.node(groups.find(clue.line)))).or_default().push(clue.line);
            }
            joined.extend(lines.into_values().map(|lines| Joined { key: &key.clues[0], lines }));
        }
        joined
    }

    /// What becomes of the pairs under one key.
    fn verdict(&self, key: &Key<'_>, searches: &[(Why, Paths)]) -> Verdict {
        let alike = |a: &Member, b: &Member| {
            let blocks = searches.iter().map(|(_, search)| search.block(a.node).cmp(&search.block(b.node)));
            (a.signature, a.silent).cmp(&(b.signature, b.silent)).then(blocks.fold(Ordering::Equal, Ordering::then))
        };
        let mut members = key.members.clone();
        members.sort_by(alike);
        let kinds: Vec<&[Member]> = members.chunk_by(|a, b| alike(a, b) == Ordering::Equal).collect();
        let mut verdict = Verdict::default();
        for (at, one) in kinds.iter().enumerate() {
            for other in &kinds[at..] {
                // Of one kind the last stands for the others; a kind of one has no pair.
                let (a, b) = (one[0], other[other.len() - 1]);
                if a.node == b.node || (a.silent && b.silent) {
                    continue;
                }
                let both = one.iter().chain(*other).map(|member| member.node);
                match self.refusal(searches, a.node, b.node) {
                    None => verdict.joined.extend(both.map(|node| (a.node, node))),
                    Some(why) => verdict.refused.entry(why).or_default().extend(both),
                }
            }
        }
        verdict
    }

    /// Why a pair of groups isn't joined.
    fn refusal(&self, searches: &[(Why, Paths)], a: u32, b: u32) -> Option<Why> {
        let direct = self.conflict(self.signature[a as usize], self.signature[b as usize]);
        direct.or_else(|| searches.iter().filter(|(_, search)| search.holds(a, b)).map(|(why, _)| *why).min())
    }

    /// The first veto that two signatures are on different sides of.
    fn conflict(&self, a: u32, b: u32) -> Option<Why> {
        let (a, b) = (&self.signatures[a as usize], &self.signatures[b as usize]);
        let differ = |(a, b): (&u32, &u32)| *a != 0 && *b != 0 && a != b;
        let sides = a.iter().zip(b).zip(&self.reasons);
        sides.filter(|(sides, _)| differ(*sides)).map(|(_, why)| *why).next()
    }

    /// The node of a representative.
    fn node(&self, group: u32) -> u32 {
        small(self.nodes.partition_point(|&other| other < group))
    }

    /// Searches for the paths that break a veto. Where one veto alone matters, its sides are the ends of one search;
    /// where several do, each two signatures that conflict need their own, since each bars other groups.
    fn searches(&self) -> Vec<(Why, Paths)> {
        let edges = self.edges();
        let search =
            |role: &dyn Fn(u32) -> Role| Paths::search(&edges, self.signature.iter().map(|&s| role(s)).collect());
        if let [why] = self.reasons[..] {
            // Signatures are sorted, and the one on neither side comes first if there is one.
            let neither = |signature: u32| self.signatures[signature as usize] == [0];
            return vec![(why, search(&|at| if neither(at) { Role::Open } else { Role::End(at) }))];
        }
        let count = small(self.signatures.len());
        let pairs = (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
        let conflicts = pairs.filter_map(|(a, b)| Some((a, b, self.conflict(a, b)?)));
        let role = |a: u32, b: u32, at: u32| match at {
            _ if at == a => Role::End(0),
            _ if at == b => Role::End(1),
            _ if self.conflict(at, a).or_else(|| self.conflict(at, b)).is_some() => Role::Barred,
            _ => Role::Open,
        };
        conflicts.map(|(a, b, why)| (why, search(&|at| role(a, b, at)))).collect()
    }

    /// Edges that have the same blocks as all pairs under all keys without the pairs that conflict by themselves.
    fn edges(&self) -> Vec<(u32, u32)> {
        let mut edges = Vec::new();
        for key in &self.keys {
            let alike = |a: &Member, b: &Member| (a.signature, a.silent) == (b.signature, b.silent);
            let kinds: Vec<&[Member]> = key.members.chunk_by(alike).collect();
            for (at, one) in kinds.iter().enumerate() {
                let (first, last) = (one[0], one[one.len() - 1]);
                if !first.silent {
                    edges.extend(one.windows(2).map(|pair| (pair[0].node, pair[1].node)));
                    edges.push((last.node, first.node));
                }
                for other in &kinds[at + 1..] {
                    if (first.silent && other[0].silent) || self.conflict(first.signature, other[0].signature).is_some()
                    {
                        continue;
                    }
                    // Two ties for each of one kind to the ring of the other; the ring has to be one of speakers.
                    let (ring, tied) = if first.silent { (*other, *one) } else { (*one, *other) };
                    let ends = [ring[0].node, ring[ring.len() - 1].node];
                    edges.extend(tied.iter().flat_map(|member| ends.map(|end| (end, member.node))));
                }
            }
        }
        edges
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("there are fewer groups than lines")
}

/// What becomes of the pairs under one key, as nodes.
#[derive(Default)]
struct Verdict {
    joined: Vec<(u32, u32)>,
    refused: BTreeMap<Why, BTreeSet<u32>>,
}
