//! The people of a corpus.

use rayon::prelude::*;

use super::groups::Groups;
use super::lines::Lines;
use crate::data::history::Actor;
use crate::data::identity_key::Hash;

/// A resolved identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The smallest key of an address among its lines; it breaks ties and means nothing else. 0 for those who opted
    /// out: their row has no address.
    pub key: Hash,
    /// What it is.
    pub actor: Actor,
}

impl Person {
    /// Whether it stands for those who opted out, in one repository.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.key == Hash(0)
    }
}

/// All identities of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The identities, sorted by their smallest line (address, name, repository).
    pub persons: Vec<Person>,
    /// For each history and each of its author lines, the index of the person.
    pub of_line: Vec<Vec<u32>>,
}

impl Roster {
    /// One person for each group.
    pub(super) fn new(lines: &Lines<'_>, groups: &mut Groups) -> Self {
        // The smallest line of each group stands at the group's representative.
        let ranks: Vec<_> = (0..lines.len()).into_par_iter().map(|line| lines.rank(line)).collect();
        let mut smallest: Vec<u32> = (0..lines.len()).collect();
        for line in 0..lines.len() {
            let group = groups.find(line) as usize;
            // Most groups are of one line.
            if smallest[group] != line && ranks[line as usize] < ranks[smallest[group] as usize] {
                smallest[group] = line;
            }
        }
        let firsts = (0..lines.len()).filter(|&line| groups.find(line) == line);
        let mut order: Vec<_> = firsts.map(|group| (ranks[smallest[group as usize] as usize], group)).collect();
        order.par_sort_unstable();
        let mut index = vec![0; smallest.len()];
        let mut persons = Vec::with_capacity(order.len());
        for (at, &(_, group)) in (0..).zip(&order) {
            index[group as usize] = at;
            let first = lines.author(smallest[group as usize]);
            let key = first.written.as_ref().map_or(Hash(0), |pair| pair.address);
            persons.push(Person { key, actor: first.actor });
        }
        let person = |line| index[groups.find(line) as usize];
        let mut all = (0..lines.len()).map(person);
        let of_line = lines.counts().map(|count| all.by_ref().take(count).collect()).collect();
        Self { persons, of_line }
    }
}
