//! How many people had how many active weeks.

use crate::plain::Number;

/// How many people had each number of active weeks, 0 to 52.
#[derive(Clone)]
pub(super) struct Spread([u32; 53]);

impl Default for Spread {
    fn default() -> Self {
        Self([0; 53])
    }
}

impl Spread {
    /// Counts a person with so many weeks.
    pub fn add(&mut self, weeks: u32) {
        self.0[weeks.min(52) as usize] += 1;
    }

    fn people(&self) -> u32 {
        self.0.iter().sum()
    }

    /// The mean; nothing when there is nobody.
    pub fn mean(&self) -> Option<Number> {
        let weeks: u64 = self.0.iter().zip(0_u64..).map(|(&people, weeks)| u64::from(people) * weeks).sum();
        Number::quotient(weeks, self.people())
    }

    /// The middle one's weeks, or the mean of the two in the middle; nothing when there is nobody.
    pub fn median(&self) -> Option<Number> {
        let people = self.people();
        let middle = |rank| self.ranked(rank).map(Number::whole);
        let (low, high) = (middle(people.checked_sub(1)? / 2)?, middle(people / 2)?);
        low.plus(high).over(Number::whole(2))
    }

    /// The weeks of the person with so many before them.
    fn ranked(&self, rank: u32) -> Option<u32> {
        let mut before = 0;
        (0..).zip(self.0).find_map(|(weeks, people)| {
            before += people;
            (rank < before).then_some(weeks)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(weeks: &[u32]) -> Spread {
        let mut spread = Spread::default();
        for &weeks in weeks {
            spread.add(weeks);
        }
        spread
    }

    #[test]
    fn mean_and_median_are_exact() {
        assert_eq!(spread(&[1, 1, 5]).mean(), Number::quotient(7, 3));
        assert_eq!(spread(&[5, 1, 1]).median(), Some(Number::whole(1)));
        assert_eq!(spread(&[2, 1, 9, 5]).median(), Number::quotient(7, 2));
        assert_eq!(spread(&[52]).median(), Some(Number::whole(52)));
    }

    #[test]
    fn of_nobody_there_is_none() {
        assert_eq!(spread(&[]).mean(), None);
        assert_eq!(spread(&[]).median(), None);
    }
}
