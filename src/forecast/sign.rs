//! How the two sides of a test are compared, and where in a text a comparison stands.

use std::ops::Range;

use crate::plain::Number;

/// A comparison that a test may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `==`
    Equal,
}

/// What is known of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Its value.
    Exact(Number),
    /// Only that it is more than 0 and less than this.
    Below(Number),
}

impl Known {
    /// The value, where it is known.
    #[must_use]
    pub fn value(self) -> Option<Number> {
        match self {
            Self::Exact(value) => Some(value),
            Self::Below(_) => None,
        }
    }
}

impl Sign {
    /// As readers say it, before a number.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::Above => "more than",
            Self::AtMost => "at most",
            Self::Below => "less than",
            Self::Equal => "exactly",
        }
    }

    /// Whether the comparison is true of two numbers.
    #[must_use]
    pub fn holds(self, left: Number, right: Number) -> bool {
        match self {
            Self::AtLeast => left >= right,
            Self::Above => left > right,
            Self::AtMost => left <= right,
            Self::Below => left < right,
            Self::Equal => left == right,
        }
    }

    /// Whether it is true of two sides; none when what is masked could make it either.
    #[must_use]
    pub fn decide(self, left: Known, right: Known) -> Option<bool> {
        match (left, right) {
            (Known::Exact(left), Known::Exact(right)) => Some(self.holds(left, right)),
            (Known::Below(bound), Known::Exact(right)) => {
                // What lies between 0 and the bound is on the same side of everything else.
                let inside = right.sign() > 0 && right < bound;
                (!inside).then(|| self.holds(half(bound), right))
            }
            (Known::Exact(_), Known::Below(_)) => self.mirrored().decide(right, left),
            (Known::Below(_), Known::Below(_)) => None,
        }
    }

    /// The comparison that says the same with its sides exchanged.
    fn mirrored(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::Above => Self::Below,
            Self::AtMost => Self::AtLeast,
            Self::Below => Self::Above,
            Self::Equal => Self::Equal,
        }
    }
}

fn half(number: Number) -> Number {
    number.over(Number::whole(2)).expect("2 is not 0")
}

/// A comparison in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where its sign stands, in bytes.
    pub range: Range<usize>,
    /// Which; none for `!=`.
    pub sign: Option<Sign>,
}

/// The comparisons of an expression, outside strings, in order.
pub fn comparisons(code: &str) -> impl Iterator<Item = Comparison> {
    let mut quote = None;
    let mut chars = code.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            match (quote, c) {
                (Some(_), '\\') => {
                    chars.next();
                }
                (Some(open), c) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '<' | '>' | '=' | '!') => {
                    let doubled = chars.next_if(|(_, next)| *next == '=').is_some();
                    let sign = match (c, doubled) {
                        ('>', true) => Some(Sign::AtLeast),
                        ('>', false) => Some(Sign::Above),
                        ('<', true) => Some(Sign::AtMost),
                        ('<', false) => Some(Sign::Below),
                        ('=', true) => Some(Sign::Equal),
                        ('!', true) => None,
                        // An option of a filter, `of=…`.
                        _ => continue,
                    };
                    return Some(Comparison { range: at..at + 1 + usize::from(doubled), sign });
                }
                _ => {}
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Vec<(&str, Option<Sign>)> {
        comparisons(code).map(|one| (&code[one.range.clone()], one.sign)).collect()
    }

    #[test]
    fn comparisons_stand_outside_strings() {
        assert_eq!(found("repo('a >= b').x >= 100"), [(">=", Some(Sign::AtLeast))]);
        assert_eq!(found("x | share(of=corpus()) < 0.5"), [("<", Some(Sign::Below))]);
        assert_eq!(found("'\\'>' ~ a != b == c"), [("!=", None), ("==", Some(Sign::Equal))]);
        assert_eq!(found("corpus().commits"), []);
    }

    #[test]
    fn what_is_masked_decides_what_it_can() {
        let below = Known::Below(Number::whole(5));
        let against = |sign: Sign, right: i32| sign.decide(below, Known::Exact(Number::whole(right)));
        for (sign, right, expected) in [
            (Sign::AtLeast, 5, Some(false)),
            (Sign::AtLeast, 4, None),
            (Sign::AtLeast, 0, Some(true)),
            (Sign::Above, 0, Some(true)),
            (Sign::Above, 100, Some(false)),
            (Sign::AtMost, 0, Some(false)),
            (Sign::AtMost, 5, Some(true)),
            (Sign::Below, 5, Some(true)),
            (Sign::Below, -1, Some(false)),
            (Sign::Below, 3, None),
            (Sign::Equal, 3, None),
            (Sign::Equal, 0, Some(false)),
            (Sign::Equal, 5, Some(false)),
        ] {
            assert_eq!(against(sign, right), expected, "{sign:?} {right}");
        }
        assert_eq!(Sign::AtMost.decide(Known::Exact(Number::whole(7)), below), Some(false));
        assert_eq!(Sign::Above.decide(Known::Exact(Number::whole(7)), below), Some(true));
        assert_eq!(Sign::Equal.decide(below, below), None);
    }
}
