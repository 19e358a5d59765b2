//! What values a number in a text allows, its hedges included.

use super::numeral::{Numeral, Of, Words};
use crate::plain::Number;

/// Words that make a number less, or more, than exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hedge {
    /// None: the value, rounded to the digits that are written.
    #[default]
    Exact,
    /// `roughly`, `about`: a twentieth to either side.
    About,
    /// `nearly`, `almost`, `just under`: below, by a tenth at most.
    Nearly,
    /// `just over`: above, by a tenth at most.
    JustOver,
    /// `more than`, `over`: above, by a quarter at most.
    Over,
    /// `at least`: the same, or exactly.
    AtLeast,
    /// `fewer than`, `under`: below, by a fifth at most.
    Under,
    /// `up to`, `at most`: the same, or exactly.
    AtMost,
}

/// The phrases of each hedge, as patterns.
pub const HEDGES: &[(&str, Hedge)] = &[
    ("roughly|about|around|approximately|circa|~", Hedge::About),
    ("in the region of", Hedge::About),
    ("on the order of", Hedge::About),
    ("close to", Hedge::About),
    ("barely", Hedge::About),
    ("some", Hedge::About),
    ("nearly|almost", Hedge::Nearly),
    ("just|slightly|a little|a shade|a touch under|below|short", Hedge::Nearly),
    ("just|slightly shy|short of", Hedge::Nearly),
    ("not quite", Hedge::Nearly),
    ("a little|bit less|fewer than", Hedge::Nearly),
    ("slightly|just|marginally less|fewer than", Hedge::Nearly),
    ("slightly|just|marginally more than", Hedge::JustOver),
    ("just|slightly|marginally over|above", Hedge::JustOver),
    ("a little|bit|shade|touch more than", Hedge::JustOver),
    ("a little|bit|shade|touch over|above", Hedge::JustOver),
    ("more|better than", Hedge::Over),
    ("well over|above", Hedge::Over),
    ("over|above|exceeding|topping", Hedge::Over),
    ("upwards of", Hedge::Over),
    ("exceeded|exceeds|exceed|surpassed|surpasses|topped|tops|passed|crossed", Hedge::Over),
    ("at least", Hedge::AtLeast),
    ("no|not fewer|less than", Hedge::AtLeast),
    ("fewer|less than", Hedge::Under),
    ("under|below", Hedge::Under),
    ("well under|below", Hedge::Under),
    ("at most", Hedge::AtMost),
    ("up to", Hedge::AtMost),
    ("no|not more than", Hedge::AtMost),
    ("exactly|precisely|fully|a total of|all of", Hedge::Exact),
];

/// The values that a statement allows, both ends with whether they are allowed themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    low: (Number, bool),
    high: (Number, bool),
}

/// Fractions in words may be off by so many hundredths.
const FRACTION: i128 = 2;
/// With `about` before them by so many.
const ABOUT_FRACTION: i128 = 4;

fn part(of: Number, part: i128, whole: i128) -> Number {
    of.times(part).over(Number::whole(whole)).expect("no part of 0")
}

fn hundredths(count: i128) -> Number {
    Number::quotient(count, 100).expect("a hundred is not 0")
}

impl Stated {
    /// What a number allows.
    #[must_use]
    pub fn new(numeral: &Numeral, hedge: Hedge) -> Self {
        let value = numeral.value;
        if let Words::Range(high) = numeral.words {
            return Self { low: (value, true), high: (high, true) };
        }
        let is_fraction = numeral.words == Words::Fraction;
        let exact = match (numeral.of, is_fraction) {
            (_, true) => hundredths(FRACTION),
            // A multiple is said to a tenth of itself.
            (Of::Times, _) if numeral.step == Number::whole(1) => part(value, 1, 10),
            _ => part(numeral.step, 1, 2),
        };
        let around = if is_fraction { hundredths(ABOUT_FRACTION) } else { larger(part(value, 1, 20), exact) };
        let near = if is_fraction { hundredths(6) } else { larger(part(value, 1, 10), exact) };
        let far = |by: i128| if is_fraction { hundredths(15) } else { larger(part(value, 1, by), numeral.step) };
        let (low, high) = match hedge {
            Hedge::Exact => ((value.minus(exact), true), (value.plus(exact), true)),
            Hedge::About => ((value.minus(around), true), (value.plus(around), true)),
            Hedge::Nearly => ((value.minus(near), true), (value, false)),
            Hedge::JustOver => ((value, false), (value.plus(near), true)),
            Hedge::Over => ((value, false), (value.plus(far(4)), true)),
            Hedge::AtLeast => ((value, true), (value.plus(far(4)), true)),
            Hedge::Under => ((value.minus(far(5)), true), (value, false)),
            Hedge::AtMost => ((value.minus(far(5)), true), (value, true)),
        };
        Self { low, high }
    }

    /// What a number allows where it only bounds: `no category has fewer than 100 people`.
    #[must_use]
    pub fn open(numeral: &Numeral, hedge: Hedge) -> Self {
        let stated = Self::new(numeral, hedge);
        match hedge {
            Hedge::Over | Hedge::AtLeast => {
                Self { high: (numeral.value.plus(Number::whole(i128::from(u32::MAX))), true), ..stated }
            }
            Hedge::Under | Hedge::AtMost => Self { low: (Number::ZERO, true), ..stated },
            _ => stated,
        }
    }

    /// Everything above a number.
    #[must_use]
    pub fn above(value: Number) -> Self {
        Self { low: (value, false), high: (value.times(1_000), true) }
    }

    /// The same values below 0.
    #[must_use]
    pub fn mirrored(self) -> Self {
        let turned = |(value, itself): (Number, bool)| (Number::ZERO.minus(value), itself);
        Self { low: turned(self.high), high: turned(self.low) }
    }

    /// Whether a value is among those that are allowed.
    #[must_use]
    pub fn allows(&self, value: Number) -> bool {
        let (low, low_itself) = self.low;
        let (high, high_itself) = self.high;
        (value > low || low_itself && value == low) && (value < high || high_itself && value == high)
    }
}

fn larger(a: Number, b: Number) -> Number {
    if a > b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numeral;
    use super::super::token::tokens;
    use super::*;

    fn allows(text: &str, hedge: Hedge, part: i128, whole: i128) -> bool {
        let (_, numeral) = numeral(&tokens(text)).expect("a number");
        Stated::new(&numeral, hedge).allows(Number::quotient(part, whole).unwrap())
    }

    #[test]
    fn rounding_to_the_digits_written_is_right_and_one_digit_more_is_wrong() {
        assert!(allows("8.5", Hedge::Exact, 846, 100) && !allows("8.46", Hedge::Exact, 845, 100));
        assert!(
            allows("1.3 million", Hedge::Exact, 1_349_999, 1) && !allows("1.3 million", Hedge::Exact, 1_350_001, 1)
        );
        assert!(allows("35 %", Hedge::Exact, 3549, 10_000) && !allows("35 %", Hedge::Exact, 3551, 10_000));
        assert!(allows("35.4 %", Hedge::Exact, 3544, 10_000) && !allows("35.4 %", Hedge::Exact, 3546, 10_000));
        assert!(allows("7,341", Hedge::Exact, 7341, 1) && !allows("7,340", Hedge::Exact, 7341, 1));
    }

    #[test]
    fn hedges_have_their_tolerance() {
        assert!(allows("340", Hedge::About, 329, 1) && !allows("340", Hedge::About, 320, 1));
        assert!(allows("340", Hedge::Nearly, 331, 1) && !allows("340", Hedge::Nearly, 340, 1));
        assert!(allows("500", Hedge::Over, 556, 1) && !allows("500", Hedge::Over, 500, 1));
        assert!(!allows("500", Hedge::Over, 700, 1), "who means 700 doesn't say more than 500");
        assert!(allows("half", Hedge::Nearly, 47, 100) && !allows("half", Hedge::Nearly, 50, 100));
        assert!(allows("two-thirds", Hedge::Exact, 66, 100) && !allows("two-thirds", Hedge::Exact, 63, 100));
        assert!(allows("dozens", Hedge::Exact, 31, 1) && !allows("low dozens", Hedge::Exact, 60, 1));
    }
}
