//! The refused clues of small graphs, held against brute force.

use proptest::prelude::*;

use super::{Component, Why};
use crate::data::history::Actor;
use crate::data::identity_key::Hash;
use crate::people::clue::Clue;
use crate::people::groups::Groups;
use crate::people::veto::{Stand, Vetoes};

const NODES: u32 = 6;

/// A rule's clues about six groups of one line each.
#[derive(Clone, Debug)]
struct Case {
    /// For each key the groups under it, and whether they speak.
    keys: Vec<Vec<(u32, bool)>>,
    /// For each veto the side of each group; 0 is neither.
    sides: Vec<Vec<u32>>,
}

impl Case {
    fn conflict(&self, a: u32, b: u32) -> bool {
        self.sides.iter().map(|sides| (sides[a as usize], sides[b as usize])).any(|(a, b)| a != 0 && b != 0 && a != b)
    }

    fn edges(&self) -> Vec<(u32, u32)> {
        let under =
            |key: &Vec<(u32, bool)>, node| key.iter().find(|(other, _)| *other == node).map(|(_, speaks)| *speaks);
        let tried = |a: u32, b: u32| {
            self.keys.iter().any(|key| matches!((under(key, a), under(key, b)), (Some(a), Some(b)) if a || b))
        };
        (0..NODES).flat_map(|b| (0..b).map(move |a| (a, b))).filter(|&(a, b)| tried(a, b)).collect()
    }

    fn breaks(&self, edges: &[(u32, u32)]) -> bool {
        let mut groups = Groups::new(NODES);
        for &(a, b) in edges {
            groups.join(a, b);
        }
        (0..NODES).any(|b| (0..b).any(|a| groups.find(a) == groups.find(b) && self.conflict(a, b)))
    }

    /// All edges of all sets of edges that break a veto and of which no smaller part does.
    fn in_minimal_sets(&self) -> Vec<(u32, u32)> {
        let edges = self.edges();
        let chosen = |set: u32| -> Vec<(u32, u32)> {
            edges.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, edge)| *edge).collect()
        };
        let breaking: Vec<bool> = (0..1_u32 << edges.len()).map(|set| self.breaks(&chosen(set))).collect();
        let is_minimal = |set: u32| {
            let smaller = (0..edges.len()).filter(|at| set >> at & 1 == 1).map(|at| set & !(1 << at));
            breaking[set as usize] && smaller.into_iter().all(|part| !breaking[part as usize])
        };
        let together = (0..1_u32 << edges.len()).filter(|&set| is_minimal(set)).fold(0, |all, set| all | set);
        chosen(together)
    }

    /// All edges that conflict, and all on simple paths between conflicting ends past nodes that conflict with neither.
    fn on_paths(&self) -> Vec<(u32, u32)> {
        let (mut refused, free): (Vec<_>, Vec<_>) = self.edges().into_iter().partition(|&(a, b)| self.conflict(a, b));
        for start in 0..NODES {
            self.walk(&free, &mut vec![start], &mut refused);
        }
        refused.sort_unstable_by_key(|&(a, b)| (b, a));
        refused.dedup();
        refused
    }

    fn walk(&self, free: &[(u32, u32)], path: &mut Vec<u32>, refused: &mut Vec<(u32, u32)>) {
        let here = path[path.len() - 1];
        for next in (0..NODES).filter(|next| free.contains(&(here.min(*next), here.max(*next)))) {
            if path.contains(&next) {
                continue;
            }
            path.push(next);
            if !self.conflict(path[0], next) {
                self.walk(free, path, refused);
            } else if !path[1..].iter().any(|between| self.conflict(*between, next)) {
                refused.extend(path.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1]))));
            }
            path.pop();
        }
    }

    /// What the component refuses, and the groups that it leaves.
    fn decided(&self) -> (Vec<(u32, u32)>, Groups) {
        let side = |veto, line, side| Stand { line, veto, side };
        let sides =
            (0..).zip(&self.sides).flat_map(|(veto, sides)| (0..).zip(sides).map(move |(n, s)| side(veto, n, *s)));
        let vetoes = Vetoes { sides: sides.filter(|side| side.side != 0).collect(), forges: 1 };
        let clue = |key, line, speaks| Clue { scope: 0, key: Hash(key), actor: Actor::Person, line, speaks };
        let keys =
            (0..).zip(&self.keys).map(|(key, nodes)| nodes.iter().map(|&(n, speaks)| clue(key, n, speaks)).collect());
        let keys: Vec<Vec<Clue>> = keys.filter(|clues: &Vec<Clue>| !clues.is_empty()).collect();
        let runs: Vec<&[Clue]> = keys.iter().map(Vec::as_slice).collect();
        let mut groups = Groups::new(NODES);
        let sides = vetoes.of_groups(&mut groups, NODES);
        let component = Component::new(&runs, &mut groups, &sides, &vetoes);
        let searches = component.searches();
        let is_refused =
            |&(a, b): &(u32, u32)| component.refusal(&searches, component.node(a), component.node(b)).is_some();
        let refused: Vec<(u32, u32)> = self.edges().into_iter().filter(is_refused).collect();
        let listed = component.decide(&mut groups);
        for &(a, b) in &refused {
            assert!(listed.iter().any(|one| one.lines.contains(&a) && one.lines.contains(&b)), "{a}–{b} is listed");
        }
        assert!(listed.iter().all(|one| matches!(one.why, Why::Accounts | Why::NeverMerge) && one.lines.len() > 1));
        (refused, groups)
    }
}

fn cases(vetoes: usize) -> impl Strategy<Value = Case> {
    let key = proptest::collection::btree_map(0..NODES, proptest::bool::weighted(0.8), 0..5);
    let key = key.prop_map(|nodes| nodes.into_iter().collect());
    let sides = proptest::collection::vec(prop_oneof![3 => Just(0), 1 => 1..4_u32], NODES as usize);
    let sides = proptest::collection::vec(sides, vetoes);
    (proptest::collection::vec(key, 1..6), sides).prop_map(|(keys, sides)| Case { keys, sides })
}

proptest! {
    #[test]
    fn where_one_veto_matters_exactly_the_minimal_sets_are_refused(case in cases(1)) {
        prop_assume!(case.edges().len() <= 11);
        prop_assert_eq!(case.decided().0, case.in_minimal_sets());
    }

    #[test]
    fn where_several_do_the_minimal_sets_are_among_what_is_refused(case in cases(3)) {
        prop_assume!(case.edges().len() <= 11);
        let refused = case.decided().0;
        prop_assert!(case.in_minimal_sets().iter().all(|edge| refused.contains(edge)));
    }

    #[test]
    fn what_is_refused_lies_on_a_path_between_two_sides(case in prop_oneof![cases(1), cases(2), cases(3)]) {
        prop_assert_eq!(case.decided().0, case.on_paths());
    }

    #[test]
    fn what_is_left_is_joined_and_breaks_no_veto(case in cases(2)) {
        let (refused, mut groups) = case.decided();
        let left: Vec<(u32, u32)> = case.edges().into_iter().filter(|edge| !refused.contains(edge)).collect();
        prop_assert!(!case.breaks(&left));
        let mut expected = Groups::new(NODES);
        for (a, b) in left {
            expected.join(a, b);
        }
        for node in 0..NODES {
            prop_assert_eq!(groups.find(node), expected.find(node));
        }
    }
}
