//! What must not become one person.
//!
//! A veto has sides, and some lines are on one of them: the accounts of a forge are the sides of one veto, the entries
//! of a `never_merge` list those of another. A group is on at most one side of a veto, and groups on different sides
//! are never joined. That persons, bots and agents stay apart needs no veto: clues of different actors never meet.

use rayon::prelude::*;

use super::groups::Groups;
use super::refusal::Why;

/// A line on a side of a veto.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stand {
    pub line: u32,
    pub veto: u32,
    pub side: u32,
}

/// All vetoes; the forges come first, then the lists of an editor.
#[derive(Default)]
pub struct Vetoes {
    pub sides: Vec<Stand>,
    pub forges: u32,
}

impl Vetoes {
    pub fn why(&self, veto: u32) -> Why {
        if veto < self.forges { Why::Accounts } else { Why::NeverMerge }
    }

    /// On which side of which veto each group is.
    pub fn of_groups(&self, groups: &mut Groups, count: u32) -> Sides {
        let of = |one: &Stand| Stand { line: groups.find(one.line), ..*one };
        let mut sorted: Vec<Stand> = self.sides.iter().map(of).collect();
        sorted.par_sort_unstable();
        sorted.dedup();
        let mut first = vec![u32::MAX; count as usize];
        for (at, side) in (0..).zip(&sorted) {
            let first = &mut first[side.line as usize];
            *first = at.min(*first);
        }
        Sides { sorted, first }
    }
}

/// The sides of groups as they are before a rule; `line` is the group's representative.
pub struct Sides {
    sorted: Vec<Stand>,
    first: Vec<u32>,
}

impl Sides {
    /// The sides of the group with this representative, sorted by veto.
    pub fn of(&self, group: u32) -> &[Stand] {
        let Some(rest) = self.sorted.get(self.first[group as usize] as usize..) else { return &[] };
        &rest[..rest.iter().take_while(|side| side.line == group).count()]
    }

    /// For each representative in `tied`, a coarser grouping: whether it would break a veto.
    pub fn torn(&self, tied: &mut Groups) -> Vec<bool> {
        let mut sides: Vec<Stand> = self.sorted.iter().map(|one| Stand { line: tied.find(one.line), ..*one }).collect();
        sides.par_sort_unstable();
        let mut torn = vec![false; self.first.len()];
        for pair in sides.windows(2) {
            if (pair[0].line, pair[0].veto) == (pair[1].line, pair[1].veto) && pair[0].side != pair[1].side {
                torn[pair[0].line as usize] = true;
            }
        }
        torn
    }
}
