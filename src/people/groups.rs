//! Groups of lines that were found to be one person: a union-find.

/// Disjoint groups of the numbers below a bound.
#[derive(Clone)]
pub struct Groups(Vec<u32>);

impl Groups {
    /// Each number by itself.
    pub fn new(count: u32) -> Self {
        Self((0..count).collect())
    }

    /// The representative of a number's group; it changes only when the group is joined with another.
    pub fn find(&mut self, mut one: u32) -> u32 {
        while self.0[one as usize] != one {
            let above = self.0[self.0[one as usize] as usize];
            self.0[one as usize] = above;
            one = above;
        }
        one
    }

    /// Makes one group of two; the smaller representative stays.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }

    /// Makes one group of all.
    pub fn join_all(&mut self, all: impl IntoIterator<Item = u32>) {
        let mut all = all.into_iter();
        if let Some(first) = all.next() {
            all.for_each(|other| self.join(first, other));
        }
    }
}
