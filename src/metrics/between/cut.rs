//! One way to cut the corpus into sides that share no repository: categories, groups of them, single repositories.

use std::collections::BTreeMap;

use super::super::figure::Standing;
use super::super::part::Part;
use super::super::scope::{Scope, Side};
use super::super::standing::of_scope;
use crate::data::registry::Registry;

/// The sides, numbered.
pub(super) struct Cut {
    pub sides: Vec<Side>,
    /// The repositories of each side, by their places in the registry.
    members: Vec<Vec<usize>>,
    /// The side of each repository; one may be on none.
    pub of_part: Vec<Option<u32>>,
}

impl Cut {
    pub fn categories(registry: &Registry) -> Self {
        Self::new(registry.repos().map(|(category, _)| Some(Side::category(&category.slug.value))))
    }

    pub fn groups(registry: &Registry) -> Self {
        let group = |slug: &String| Side::of(&Scope::Group(slug.clone()));
        Self::new(registry.repos().map(|(category, _)| category.group.as_ref().and_then(group)))
    }

    pub fn repos(registry: &Registry) -> Self {
        Self::new(registry.repos().map(|(_, repo)| Side::of(&Scope::Repo(repo.id.value.clone()))))
    }

    fn new(sides: impl Iterator<Item = Option<Side>>) -> Self {
        let named: Vec<Option<Side>> = sides.collect();
        let mut members: BTreeMap<&Side, Vec<usize>> = BTreeMap::new();
        for (place, side) in named.iter().enumerate() {
            if let Some(side) = side {
                members.entry(side).or_default().push(place);
            }
        }
        let numbers: BTreeMap<&Side, u32> = members.keys().copied().zip(0..).collect();
        let of_part = named.iter().map(|side| side.as_ref().map(|side| numbers[side])).collect();
        let (sides, members) = members.iter().map(|(&side, members)| (side.clone(), members.clone())).unzip();
        Self { sides, members, of_part }
    }

    pub fn len(&self) -> usize {
        self.sides.len()
    }

    /// The repositories of a side.
    pub fn parts<'a>(&self, side: usize, parts: &'a [Part]) -> impl Iterator<Item = &'a Part> + Clone {
        self.members[side].iter().map(|&place| &parts[place])
    }

    /// Whether a side has a repository in the corpus in a period.
    pub fn is_tracked(&self, side: usize, parts: &[Part], at: usize) -> bool {
        self.parts(side, parts).any(|part| part.is_tracked(at))
    }

    /// What two sides allow to say together.
    pub fn standing(&self, (a, b): (usize, usize), parts: &[Part], at: usize) -> Standing {
        of_scope(self.parts(a, parts).chain(self.parts(b, parts)), at)
    }

    /// Whether something is known of both sides in a period: nothing is said of what is between them otherwise.
    pub fn knows_both(&self, (a, b): (usize, usize), parts: &[Part], at: usize) -> bool {
        [a, b].into_iter().all(|side| self.parts(side, parts).any(|part| part.counts(at)))
    }

    /// All pairs of two sides, in both orders.
    pub fn ordered_pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.len();
        (0..count).flat_map(move |a| (0..count).filter(move |&b| a != b).map(move |b| (a, b)))
    }
}
