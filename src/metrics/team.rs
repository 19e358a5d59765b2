//! Who works with whom: people are connected when both changed the same file in the period.

use crate::plain::Number;

/// Above so many contributors, and from so much coordination on, a team is a tight core.
const TIGHT: (usize, i128) = (4, 50);

/// Below so many contributors it is too early to call a team scattered, or held together by a hub.
const SMALLEST: usize = 6;

/// How a team is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Team {
    pub people: usize,
    pub pairs: usize,
    /// The most others that one person is connected with.
    pub most: usize,
    /// How many are in the largest group.
    pub largest: usize,
}

/// The pairs of people who are together in a set, the smaller number first, sorted.
///
/// `sets` are of places in `people`; places without a person are passed over.
pub(super) fn pairs(sets: &[Vec<u32>], people: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut members: Vec<u32> = people.iter().flatten().copied().collect();
    members.sort_unstable();
    members.dedup();
    let local: Vec<Option<usize>> =
        people.iter().map(|person| person.and_then(|person| members.binary_search(&person).ok())).collect();
    // Many sets hold the same pairs: a bit for each is less than a list of all.
    let words = members.len().div_ceil(64);
    let mut met = vec![0_u64; words * members.len()];
    let mut set_bits = vec![0_u64; words];
    for set in sets {
        set_bits.fill(0);
        let places = || set.iter().filter_map(|&place| local.get(place as usize).copied().flatten());
        places().for_each(|place| set_bits[place / 64] |= 1 << (place % 64));
        for place in places() {
            let row = &mut met[place * words..(place + 1) * words];
            row.iter_mut().zip(&set_bits).for_each(|(row, bits)| *row |= bits);
        }
    }
    let mut pairs = Vec::new();
    for (a, row) in met.chunks(words.max(1)).enumerate() {
        for (word, &bits) in row.iter().enumerate() {
            let mut rest = bits;
            while rest != 0 {
                let b = word * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                if b > a {
                    pairs.push((members[a], members[b]));
                }
            }
        }
    }
    pairs
}

impl Team {
    /// Of these people, sorted, and these pairs of them, sorted, each once.
    pub fn new(people: &[u32], pairs: &[(u32, u32)]) -> Self {
        if pairs.is_empty() {
            return Self { people: people.len(), pairs: 0, most: 0, largest: people.len().min(1) };
        }
        let mut groups: Vec<u32> = (0..).take(people.len()).collect();
        let mut degrees = vec![0; people.len()];
        let place_of = Places::new(people, pairs.len());
        for own in pairs.chunk_by(|one, next| one.0 == next.0) {
            let a = place_of.person(own[0].0);
            degrees[a] += own.len();
            let mut group = root(&mut groups, a);
            for &(_, b) in own {
                let b = place_of.person(b);
                degrees[b] += 1;
                let other = root(&mut groups, b);
                // Most are in the group already.
                if other != group {
                    (groups[group.max(other)], group) = (small(group.min(other)), group.min(other));
                }
            }
        }
        let mut sizes = vec![0; people.len()];
        for place in 0..people.len() {
            sizes[root(&mut groups, place)] += 1;
        }
        let largest = |sizes: Vec<usize>| sizes.into_iter().max().unwrap_or(0);
        Self { people: people.len(), pairs: pairs.len(), most: largest(degrees), largest: largest(sizes) }
    }

    /// The share of all pairs that are connected; nothing below three people.
    pub fn coordination(&self) -> Option<Number> {
        let n = i128::try_from(self.people).expect("few people");
        (n >= 3).then(|| Number::quotient(2 * i128::try_from(self.pairs).expect("few pairs"), n * (n - 1))).flatten()
    }

    /// With how many others somebody is connected, on average.
    pub fn mean_degree(&self) -> Option<Number> {
        Number::quotient(2 * self.pairs as i128, self.people as i128)
    }

    /// The share of the people who are in the largest group.
    pub fn largest_group_share(&self) -> Option<Number> {
        Number::quotient(self.largest as i128, self.people as i128)
    }

    /// Whether nearly everybody works with everybody.
    pub fn is_tight(&self) -> bool {
        self.people >= TIGHT.0 && self.is_dense()
    }

    fn is_dense(&self) -> bool {
        self.coordination().is_some_and(|share| share.times(100) >= Number::whole(TIGHT.1))
    }

    /// Whether one person holds it together.
    pub fn has_hub(&self) -> bool {
        let half_of_others = 2 * self.most >= self.people.saturating_sub(1);
        let thrice_the_mean = self.most * self.people >= 3 * 2 * self.pairs;
        self.people >= SMALLEST && !self.is_dense() && self.most > 0 && half_of_others && thrice_the_mean
    }

    /// Whether most work beside each other.
    pub fn is_scattered(&self) -> bool {
        self.people >= SMALLEST && 2 * self.largest < self.people
    }
}

/// Where each of some people stands among them.
enum Places<'a> {
    Sorted(&'a [u32]),
    /// By the person's number.
    ByNumber(Vec<u32>),
}

impl<'a> Places<'a> {
    /// Of people, sorted, about whom so many questions will be asked.
    fn new(people: &'a [u32], questions: usize) -> Self {
        let numbers = people.last().map_or(0, |&last| last as usize + 1);
        if questions < numbers / 4 {
            return Self::Sorted(people);
        }
        let mut places = vec![u32::MAX; numbers];
        for (&person, place) in people.iter().zip(0..) {
            places[person as usize] = place;
        }
        Self::ByNumber(places)
    }

    fn person(&self, person: u32) -> usize {
        let place = match self {
            Self::Sorted(people) => people.binary_search(&person).ok(),
            Self::ByNumber(places) => places.get(person as usize).filter(|&&it| it != u32::MAX).map(|&it| it as usize),
        };
        place.expect("whoever shares a file is active")
    }
}

fn root(groups: &mut [u32], mut place: usize) -> usize {
    while groups[place] as usize != place {
        groups[place] = groups[groups[place] as usize];
        place = groups[place] as usize;
    }
    place
}

fn small(place: usize) -> u32 {
    u32::try_from(place).expect("people have numbers of 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_a_set_twice_meets_others_once() {
        // Places 0 and 3 are the same person; nobody stands at place 2.
        let people = [Some(7), Some(3), None, Some(7), Some(5)];
        assert_eq!(pairs(&[vec![0, 1, 2], vec![1, 3], vec![0, 3], vec![4]], &people), [(3, 7)]);
        assert_eq!(pairs(&[vec![0, 1, 4]], &people), [(3, 5), (3, 7), (5, 7)]);
        assert_eq!(pairs(&[], &[]), []);
    }

    #[test]
    fn more_people_than_a_word_has_bits() {
        let people: Vec<Option<u32>> = (0..130).map(Some).collect();
        assert_eq!(pairs(&[(0..130).collect()], &people).len(), 130 * 129 / 2);
        assert_eq!(pairs(&[vec![0, 64, 129]], &people), [(0, 64), (0, 129), (64, 129)]);
    }

    #[test]
    fn a_star_is_held_together_by_its_hub() {
        let people: Vec<u32> = (0..8).collect();
        let star: Vec<(u32, u32)> = (1..8).map(|other| (0, other)).collect();
        let team = Team::new(&people, &star);
        assert_eq!(team, Team { people: 8, pairs: 7, most: 7, largest: 8 });
        assert_eq!(team.coordination(), Number::quotient(1, 4));
        assert_eq!(team.mean_degree(), Number::quotient(7, 4));
        assert!(team.has_hub() && !team.is_tight() && !team.is_scattered());
    }

    #[test]
    fn half_of_all_pairs_among_four_are_a_tight_core() {
        let team = Team::new(&[1, 2, 3, 4], &[(1, 2), (2, 3), (3, 4)]);
        assert!(team.is_tight() && !team.has_hub());
        assert!(!Team::new(&[1, 2, 3], &[(1, 2), (1, 3), (2, 3)]).is_tight());
        assert_eq!(Team::new(&[1, 2], &[(1, 2)]).coordination(), None);
    }

    #[test]
    fn who_works_beside_each_other_is_scattered() {
        let team = Team::new(&[1, 2, 3, 4, 5, 6], &[(1, 2), (3, 4)]);
        assert_eq!(team.largest_group_share(), Number::quotient(1, 3));
        assert!(team.is_scattered() && !team.has_hub());
        assert_eq!(Team::new(&[], &[]).largest_group_share(), None);
    }
}
