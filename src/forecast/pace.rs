//! How far a figure is from what was predicted of it, and whether it goes there fast enough.

use super::sign::Sign;
use crate::plain::Number;

/// The distance of two sides, and its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Whether the test would hold now.
    pub holds: bool,
    /// How much lies between the sides; never negative.
    pub gap: Number,
    /// How many quarters are left.
    pub quarters: u32,
    /// By how much it came nearer to being true in a quarter, lately, or grew safer; negative when it went the other way.
    pub gained: Option<Number>,
    /// Whether the test will hold when it goes on like that.
    pub is_enough: Option<bool>,
}

impl Pace {
    /// Of two sides now, and of the same some quarters before, where they were known; `quarters` are left.
    ///
    /// None for `==`, which nothing approaches.
    #[must_use]
    pub fn of(
        sign: Sign,
        now: (Number, Number),
        before: Option<((Number, Number), u32)>,
        quarters: u32,
    ) -> Option<Self> {
        if sign == Sign::Equal {
            return None;
        }
        let lead = |(left, right): (Number, Number)| left.minus(right);
        let ahead = lead(now);
        let moved =
            before.and_then(|(earlier, passed)| ahead.minus(lead(earlier)).over(Number::whole(i128::from(passed))));
        let is_upward = matches!(sign, Sign::AtLeast | Sign::Above);
        Some(Self {
            holds: sign.holds(now.0, now.1),
            gap: if ahead.sign() < 0 { Number::ZERO.minus(ahead) } else { ahead },
            quarters,
            gained: moved.map(|moved| moved.times(if is_upward { 1 } else { -1 })),
            is_enough: moved.map(|moved| sign.holds(ahead.plus(moved.times(quarters)), Number::ZERO)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_is_what_the_last_quarters_gained() {
        let sides = |left: i32, right: i32| (Number::whole(left), Number::whole(right));
        // From 60 to 72 in four quarters is 3 a quarter: 72 + 2 × 3 = 78.
        let pace = |sign, threshold| {
            let before = Some((sides(60, threshold), 4));
            Pace::of(sign, sides(72, threshold), before, 2).expect("a pace")
        };
        let up = pace(Sign::AtLeast, 80);
        assert_eq!((up.holds, up.gap, up.gained), (false, Number::whole(8), Some(Number::whole(3))));
        assert_eq!(up.is_enough, Some(false));
        assert_eq!(pace(Sign::AtLeast, 78).is_enough, Some(true));
        assert_eq!(pace(Sign::Above, 78).is_enough, Some(false));
        let down = pace(Sign::Below, 75);
        assert_eq!((down.holds, down.gained, down.is_enough), (true, Some(Number::whole(-3)), Some(false)));
        assert_eq!(Pace::of(Sign::AtLeast, sides(72, 80), None, 2).map(|pace| pace.is_enough), Some(None));
        assert_eq!(Pace::of(Sign::Equal, sides(72, 80), None, 2), None);
    }
}
