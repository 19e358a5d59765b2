//! What everybody did where, person by person.

use std::slice::ChunkBy;

use rayon::prelude::*;

use super::super::part::Part;

/// Commits of a person to a repository in a period.
#[derive(Clone, Copy)]
pub(super) struct Deed {
    pub person: u32,
    /// The number of the period, negative before the ones looked at.
    pub at: i32,
    /// The repository, by its place in the registry.
    pub part: u32,
    pub commits: u32,
}

/// The deeds in the periods looked at, as far as they count, by person and period.
pub(super) fn deeds(parts: &[Part]) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::with_capacity(parts.iter().map(|part| part.work.len()).sum());
    for (place, part) in (0..).zip(parts) {
        let counted = part.work.iter().filter(|work| part.counts(work.at.into()));
        deeds.extend(counted.map(|work| Deed {
            person: work.person,
            at: work.at.into(),
            part: place,
            commits: work.commits,
        }));
    }
    // Stable, because it merges the sorted runs that the parts are.
    deeds.par_sort_by_key(|deed| (deed.person, deed.at));
    deeds
}

/// The deeds of each person together.
pub(super) fn by_person(deeds: &[Deed]) -> ChunkBy<'_, Deed, impl FnMut(&Deed, &Deed) -> bool> {
    deeds.chunk_by(|a, b| a.person == b.person)
}
