//! Which edges of a graph lie on a path that leads from one end to a different one.
//!
//! Ends are given as numbers; nodes with one number are one end. A path begins at an end, stops at a different one, and
//! passes neither further ends nor barred nodes. Tie all ends to one extra node: a path between two ends becomes a
//! cycle through it, and two edges lie on a common cycle exactly when they are in one biconnected block. So the edges
//! asked for are those of the blocks that hold the extra node, and one depth-first search from there finds them.

/// What a node is to a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Paths may pass.
    Open,
    /// Paths may not pass.
    Barred,
    /// Paths begin and stop here.
    End(u32),
}

/// What a search found.
pub struct Paths {
    roles: Vec<Role>,
    /// For each node the block that it shares with the extra node; 0 is none.
    block: Vec<u32>,
}

impl Paths {
    /// Searches a graph with a node for each role; edges may be doubled and loops are no harm.
    pub fn search(edges: &[(u32, u32)], roles: Vec<Role>) -> Self {
        let ends = roles.iter().map(|role| if let Role::End(end) = role { end + 1 } else { 0 }).max().unwrap_or(0);
        let first_open = ends + 1;
        // Node 0 is the extra one, then come the ends, then the other nodes.
        let place = |node: u32| match roles[node as usize] {
            Role::End(end) => Some(end + 1),
            Role::Open => Some(first_open + node),
            Role::Barred => None,
        };
        let count = first_open as usize + roles.len();
        let mut arcs: Vec<(u32, u32)> = (1..first_open).map(|end| (0, end)).collect();
        arcs.extend(edges.iter().filter_map(|&(a, b)| Some((place(a)?, place(b)?))).filter(|(a, b)| a != b));
        let found = blocks_of_root(&Neighbours::new(count, &arcs));
        let nodes = 0..u32::try_from(roles.len()).expect("nodes are numbered in 32 bits");
        let block = nodes.map(|node| place(node).map_or(0, |place| found[place as usize])).collect();
        Self { roles, block }
    }

    /// The block of a node. Of two nodes it matters only whether they are in the same.
    pub fn block(&self, node: u32) -> u32 {
        self.block[node as usize]
    }

    /// Whether an edge between these nodes would lie on a path.
    pub fn holds(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        let one_end = matches!((self.roles[a], self.roles[b]), (Role::End(a), Role::End(b)) if a == b);
        self.block[a] != 0 && self.block[a] == self.block[b] && !one_end
    }
}

/// For each node its neighbours, in one vector.
struct Neighbours {
    from: Vec<usize>,
    to: Vec<u32>,
}

impl Neighbours {
    fn new(count: usize, edges: &[(u32, u32)]) -> Self {
        let mut from = vec![0; count + 1];
        for &(a, b) in edges {
            from[a as usize + 1] += 1;
            from[b as usize + 1] += 1;
        }
        for at in 0..count {
            from[at + 1] += from[at];
        }
        let mut next = from.clone();
        let mut to = vec![0; edges.len() * 2];
        for &(a, b) in edges {
            for (here, there) in [(a, b), (b, a)] {
                to[next[here as usize]] = there;
                next[here as usize] += 1;
            }
        }
        Self { from, to }
    }
}

/// For each node the number of the block that it shares with node 0, or 0 when there is none.
fn blocks_of_root(graph: &Neighbours) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let count = graph.from.len() - 1;
    let mut seen_at = vec![UNSEEN; count];
    let mut lowest = vec![UNSEEN; count];
    let mut parent = vec![0_u32; count];
    let mut next = graph.from.clone();
    let mut order: Vec<u32> = vec![0];
    let mut path: Vec<u32> = vec![0];
    (seen_at[0], lowest[0]) = (0, 0);
    while let Some(&node) = path.last() {
        let here = node as usize;
        if next[here] == graph.from[here + 1] {
            path.pop();
            let above = parent[here] as usize;
            lowest[above] = lowest[above].min(lowest[here]);
            continue;
        }
        let other = graph.to[next[here]];
        next[here] += 1;
        let there = other as usize;
        if seen_at[there] == UNSEEN {
            let time = u32::try_from(order.len()).expect("nodes are numbered in 32 bits");
            (seen_at[there], lowest[there], parent[there]) = (time, time, node);
            order.push(other);
            path.push(other);
        } else if other != parent[here] {
            lowest[here] = lowest[here].min(seen_at[there]);
        }
    }
    // A child stays in its parent's block when something under it reaches above the parent.
    let mut block = vec![0; count];
    let mut blocks = 0;
    for &node in &order[1..] {
        let above = parent[node as usize] as usize;
        if above == 0 {
            blocks += 1;
            block[node as usize] = blocks;
        } else if lowest[node as usize] < seen_at[above] {
            block[node as usize] = block[above];
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(edges: &[(u32, u32)], roles: &[Role]) -> Vec<(u32, u32)> {
        let paths = Paths::search(edges, roles.to_vec());
        edges.iter().copied().filter(|&(a, b)| paths.holds(a, b)).collect()
    }

    #[test]
    fn a_chain_between_two_ends_is_held_and_its_leaf_is_not() {
        let roles = [Role::End(0), Role::Open, Role::End(1), Role::Open];
        assert_eq!(held(&[(0, 1), (1, 2), (1, 3)], &roles), [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_detour_is_held_and_a_blind_alley_is_not() {
        // 0 and 1 are different ends; 2–3–4 is a ring on the way, 5–6 hangs from it.
        let mut roles = [Role::Open; 7];
        (roles[0], roles[1]) = (Role::End(0), Role::End(1));
        let ring = [(0, 2), (2, 3), (3, 4), (4, 2), (4, 1)];
        let alley = [(3, 5), (5, 6), (6, 3)];
        assert_eq!(held(&[&ring[..], &alley[..]].concat(), &roles), ring);
    }

    #[test]
    fn one_end_at_two_nodes_is_no_path_and_barred_nodes_stop_one() {
        assert_eq!(held(&[(0, 1), (1, 2)], &[Role::End(0), Role::Open, Role::End(0)]), []);
        assert_eq!(held(&[(0, 1), (1, 2)], &[Role::End(0), Role::Barred, Role::End(1)]), []);
        assert_eq!(held(&[], &[]), []);
    }
}
