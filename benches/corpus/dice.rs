//! Chance from a seed: the same seed throws the same numbers on every machine.

/// A generator of numbers (`SplitMix64`: Steele, Lea, Flood, OOPSLA 2014).
pub struct Dice(u64);

impl Dice {
    /// Of a seed, for one of several things that are made from it.
    pub fn new(seed: u64, of: u64) -> Self {
        let mut dice = Self(seed ^ of.wrapping_mul(0xd6e8_feb8_6659_fd93));
        dice.number();
        dice
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound, which is above 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        let throw = self.below(u64::from(most - least) + 1);
        least + u32::try_from(throw).expect("below a difference of two such numbers")
    }

    /// Above 0 and not above 1.
    pub fn part(&mut self) -> f64 {
        ((self.number() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// A count from 1 up with a long tail: `k` or more come with the probability `k` to the power of -`steepness`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and `most`")]
    pub fn tail(&mut self, steepness: f64, most: u32) -> u32 {
        self.part().powf(-1.0 / steepness).min(f64::from(most)) as u32
    }

    /// A place below `count`, the early ones far more often than the late.
    pub fn early(&mut self, count: u32) -> u32 {
        (self.tail(0.6, u32::MAX) - 1) % count
    }

    /// One of a list.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).expect("below a length")]
    }
}
