//! Exact numbers: every figure is a count or a quotient of counts until it is printed.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroI128;

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole things.
    Count,
    /// A part of a whole, 0.35 for 35 %; also relative change.
    Share,
    /// A quotient that isn't a part.
    Ratio,
    /// A difference of shares, in percentage points.
    Points,
    /// ISO weeks.
    Weeks,
    /// Hours of work.
    Hours,
    /// Lines of text.
    Lines,
}

impl Unit {
    /// As in the `unit` column of tidy rows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Points => "pp",
            Self::Weeks => "weeks",
            Self::Hours => "hours",
            Self::Lines => "lines",
        }
    }
}

/// A rational number in lowest terms, its denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    // Never 0, so that no number takes no room of its own: figures are many.
    denominator: NonZeroI128,
}

const ONE: NonZeroI128 = NonZeroI128::new(1).expect("1 is not 0");

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: ONE };

    /// A whole number.
    #[must_use]
    pub fn whole(value: impl Into<i128>) -> Self {
        Self { numerator: value.into(), denominator: ONE }
    }

    /// `part / whole`, or nothing when `whole` is 0.
    #[must_use]
    pub fn quotient(part: impl Into<i128>, whole: impl Into<i128>) -> Option<Self> {
        let (part, whole) = (part.into(), whole.into());
        Some(Self::reduced(part, NonZeroI128::new(whole)?))
    }

    fn reduced(numerator: i128, denominator: NonZeroI128) -> Self {
        if denominator == ONE {
            return Self { numerator, denominator };
        }
        // Nearly all counts are small, and a machine divides small numbers many times faster.
        if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator.get())) {
            return Self::reduced_small(numerator, denominator);
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.get().unsigned_abs());
        let divisor = i128::try_from(divisor).expect("a divisor of two i128 fits");
        let sign = denominator.get().signum();
        let denominator = NonZeroI128::new(sign * denominator.get() / divisor).expect("a divisor leaves 1 at least");
        Self { numerator: sign * numerator / divisor, denominator }
    }

    /// The same, of a denominator that isn't 0.
    fn reduced_small(numerator: i64, denominator: i64) -> Self {
        let (part, whole) = (numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = small_gcd(part, whole);
        let part = i128::from(part / divisor);
        let lowest = NonZeroI128::new(i128::from(whole / divisor)).expect("a divisor leaves 1 at least");
        Self { numerator: if (numerator < 0) == (denominator < 0) { part } else { -part }, denominator: lowest }
    }

    /// The numerator and the denominator.
    fn terms(self) -> (i128, i128) {
        (self.numerator, self.denominator.get())
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let ((a, b), (c, d)) = (self.terms(), other.terms());
        if b == d {
            return Self::reduced(a + c, self.denominator);
        }
        Self::reduced(a * d + c * b, NonZeroI128::new(b * d).expect("neither is 0"))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { numerator: -other.numerator, denominator: other.denominator })
    }

    /// The product with a whole number.
    #[must_use]
    pub fn times(self, factor: impl Into<i128>) -> Self {
        Self::reduced(self.numerator * factor.into(), self.denominator)
    }

    /// The quotient, or nothing when `other` is 0.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let ((a, b), (c, d)) = (self.terms(), other.terms());
        Some(Self::reduced(a * d, NonZeroI128::new(b * c)?))
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn sign(self) -> i8 {
        i8::try_from(self.numerator.signum()).expect("a sign")
    }

    /// The whole number that this is, if it is one.
    #[must_use]
    pub fn as_whole(self) -> Option<i128> {
        (self.denominator == ONE).then_some(self.numerator)
    }

    /// The smallest whole number that isn't below this.
    #[must_use]
    pub fn ceiling(self) -> i128 {
        -(-self.numerator).div_euclid(self.denominator.get())
    }

    /// The nearest float, for drawing.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator.get() as f64
    }

    /// Rounded half to even at `digits` decimals (0 to 12), with exactly that many: `-0.350`.
    #[must_use]
    pub fn fixed(self, digits: u32) -> String {
        let scaled = half_even(self.numerator.abs() * 10_i128.pow(digits), self.denominator.get());
        let sign = if self.numerator < 0 && scaled != 0 { "-" } else { "" };
        if digits == 0 {
            return format!("{sign}{scaled}");
        }
        let unit = 10_i128.pow(digits);
        format!("{sign}{}.{:0width$}", scaled / unit, scaled % unit, width = digits as usize)
    }

    /// As in tidy rows: whole numbers in full, others to six significant digits, half to even, no exponent,
    /// zeros at the end stripped.
    #[must_use]
    pub fn tidy(self) -> String {
        let (numerator, denominator) = self.terms();
        if denominator == 1 {
            return numerator.to_string();
        }
        let size = numerator.abs();
        // How many decimals leave six digits that count.
        let mut decimals = 0_u32;
        while decimals < 18 && size * 10_i128.pow(decimals) < denominator * 100_000 {
            decimals += 1;
        }
        let mut excess = 0_u32;
        while size >= denominator * 10_i128.pow(6 + excess) {
            excess += 1;
        }
        if excess > 0 {
            let step = 10_i128.pow(excess);
            let rounded = half_even(size, denominator * step) * step;
            return (rounded * numerator.signum()).to_string();
        }
        let text = self.fixed(decimals);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }
}

/// `numerator / denominator`, both not negative, to the nearest whole number, halves to the even one.
fn half_even(numerator: i128, denominator: i128) -> i128 {
    let (floor, rest) = (numerator / denominator, numerator % denominator);
    match (rest * 2).cmp(&denominator) {
        Ordering::Less => floor,
        Ordering::Greater => floor + 1,
        Ordering::Equal => floor + floor % 2,
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return small_gcd(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

/// By subtraction and halving (Stein, 1967): a machine divides many times slower.
fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << twos
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((a, b), (c, d)) = (self.terms(), other.terms());
        if b == d { a.cmp(&c) } else { (a * d).cmp(&(c * b)) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tidy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(part: i128, whole: i128) -> String {
        Number::quotient(part, whole).expect("not 0").tidy()
    }

    #[test]
    fn tidy_numbers_have_six_digits_and_no_more() {
        assert_eq!(tidy(1, 3), "0.333333");
        assert_eq!(tidy(-2, 3), "-0.666667");
        assert_eq!(tidy(1, 3000), "0.000333333");
        assert_eq!(tidy(100_000, 3), "33333.3");
        assert_eq!(tidy(10_000_000, 3), "3333330");
        assert_eq!(tidy(1, 2), "0.5");
        assert_eq!(tidy(99_999_996, 100), "1000000");
        assert_eq!(tidy(123_456_789, 1), "123456789");
        assert_eq!(tidy(0, 7), "0");
    }

    #[test]
    fn halves_go_to_the_even_side() {
        assert_eq!(tidy(1_234_565, 10_000_000), "0.123456");
        assert_eq!(tidy(1_234_575, 10_000_000), "0.123458");
        assert_eq!(Number::quotient(5, 2).unwrap().fixed(0), "2");
        assert_eq!(Number::quotient(-7, 2).unwrap().fixed(0), "-4");
        assert_eq!(Number::quotient(-1, 1000).unwrap().fixed(1), "0.0");
    }

    #[test]
    fn ceilings_are_whole_and_not_below() {
        let ceiling = |part: i128| Number::quotient(part, 4).map(Number::ceiling);
        assert_eq!([-5, -4, 0, 1, 4, 5].map(ceiling), [-1, -1, 0, 1, 1, 2].map(Some));
    }

    #[test]
    fn terms_are_lowest_and_equal_numbers_are_equal() {
        let huge = i128::from(u64::MAX) * 6;
        assert_eq!(Number::quotient(huge, huge * 2), Number::quotient(-1, -2));
        assert_eq!(Number::quotient(huge, -3).unwrap().as_whole(), Some(huge / -3));
        assert_eq!(
            Number::quotient(1, 6).unwrap().plus(Number::quotient(1, 6).unwrap()),
            Number::quotient(1, 3).unwrap()
        );
        assert_eq!(Number::quotient(1, 2).unwrap().minus(Number::quotient(1, 2).unwrap()), Number::ZERO);
        assert!(Number::quotient(-1, 3) < Number::quotient(-1, 4));
    }

    #[test]
    fn nothing_divides_by_zero() {
        assert_eq!(Number::quotient(1, 0), None);
        assert_eq!(Number::whole(3).over(Number::ZERO), None);
    }
}
