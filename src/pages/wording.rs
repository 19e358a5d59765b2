//! Numbers and dates as people write them.

use crate::plain::{Day, Number, Period, Unit};

/// How a number is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// With a plus sign when it is above 0.
    pub signed: bool,
    /// With so many decimals; absent: as its unit asks for.
    pub digits: Option<u32>,
    /// Whole numbers below ten in words.
    pub spelled: bool,
    /// With all digits that tidy rows have.
    pub exact: bool,
}

const WORDS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A number in its unit: `1,204`, `35%`, `8.5`, `+2.1 points`.
#[must_use]
pub fn print(value: Number, unit: Unit, style: Style) -> String {
    let scaled = if unit == Unit::Share { value.times(100) } else { value };
    let size = magnitude(scaled);
    if style.spelled
        && unit == Unit::Count
        && let Some(word) = size.as_whole().and_then(|whole| WORDS.get(usize::try_from(whole).ok()?))
        && value.sign() >= 0
    {
        return (*word).to_owned();
    }
    let digits = style.digits.unwrap_or_else(|| usual_digits(size, unit, style.signed));
    let text = if style.exact { size.tidy() } else { size.fixed(digits) };
    let vanished = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    let sign = match value.sign() {
        -1 if !vanished => "\u{2212}",
        1 if !vanished && style.signed => "+",
        1 if vanished && !style.signed && style.digits.is_none() => {
            return format!("<{}{}", smallest(digits), suffix(unit));
        }
        _ => "",
    };
    format!("{sign}{}{}", grouped(&text), suffix(unit))
}

/// The value without its sign.
#[must_use]
pub fn magnitude(value: Number) -> Number {
    if value.sign() < 0 { Number::ZERO.minus(value) } else { value }
}

fn suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "%",
        Unit::Points => " points",
        _ => "",
    }
}

fn usual_digits(size: Number, unit: Unit, signed: bool) -> u32 {
    let hundred = Number::whole(100);
    match unit {
        Unit::Share if size < Number::whole(1) && size.sign() > 0 => 1,
        // A part that isn't the whole mustn't read as the whole.
        Unit::Share if !signed && size < hundred && size.fixed(0) == "100" => 1,
        Unit::Share | Unit::Hours | Unit::Lines => 0,
        Unit::Count if size.as_whole().is_some() => 0,
        Unit::Count | Unit::Ratio | Unit::Points | Unit::Weeks => 1,
    }
}

/// The smallest number with so many decimals that isn't 0.
fn smallest(digits: u32) -> String {
    match digits {
        0 => "1".to_owned(),
        _ => format!("0.{:0>width$}", 1, width = digits as usize),
    }
}

fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// `14 July 2026`.
#[must_use]
pub fn day(day: Day) -> String {
    let date = day.date();
    let month = usize::try_from(date.month() - 1).expect("months are 1 to 12");
    format!("{} {} {}", date.day(), MONTHS[month], date.year())
}

/// `Second quarter 2026`.
#[must_use]
pub fn period(period: Period) -> String {
    let ordinal = ["First", "Second", "Third", "Fourth"][usize::from(period.quarter() - 1)];
    format!("{ordinal} quarter {}", period.year())
}

/// With its first letter in upper case.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Text as it stands in HTML, attribute values included.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A text as an anchor or a part of an id: lower case, words joined by `-`; empty when it has no letter or digit.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i128, whole: i128) -> Number {
        Number::quotient(part, whole).unwrap()
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        let plain = Style::default();
        let signed = Style { signed: true, ..plain };
        assert_eq!(print(Number::whole(1204), Unit::Count, plain), "1,204");
        assert_eq!(print(Number::whole(999), Unit::Lines, plain), "999");
        assert_eq!(print(Number::whole(1_234_567), Unit::Lines, plain), "1,234,567");
        assert_eq!(print(share(7, 20), Unit::Share, plain), "35%");
        assert_eq!(print(share(17, 2), Unit::Weeks, plain), "8.5");
        assert_eq!(print(share(9, 50), Unit::Share, signed), "+18%");
        assert_eq!(print(share(-1, 20), Unit::Share, signed), "−5%");
        assert_eq!(print(Number::ZERO, Unit::Share, signed), "0%");
        assert_eq!(print(share(21, 10), Unit::Points, signed), "+2.1 points");
        assert_eq!(print(share(-1, 100), Unit::Points, signed), "0.0 points");
    }

    #[test]
    fn rounding_never_makes_nothing_or_everything_of_a_part() {
        let plain = Style::default();
        assert_eq!(print(share(4, 1000), Unit::Share, plain), "0.4%");
        assert_eq!(print(share(1, 10_000), Unit::Share, plain), "<0.1%");
        assert_eq!(print(share(999, 1000), Unit::Share, plain), "99.9%");
        assert_eq!(print(share(1, 1), Unit::Share, plain), "100%");
    }

    #[test]
    fn styles_say_more_or_less() {
        let plain = Style::default();
        assert_eq!(print(Number::whole(3), Unit::Count, Style { spelled: true, ..plain }), "three");
        assert_eq!(print(Number::whole(10), Unit::Count, Style { spelled: true, ..plain }), "10");
        assert_eq!(print(share(1, 3), Unit::Share, Style { exact: true, ..plain }), "33.3333%");
        assert_eq!(print(share(1, 3), Unit::Share, Style { digits: Some(2), ..plain }), "33.33%");
    }

    #[test]
    fn dates_periods_and_slugs() {
        assert_eq!(day("2026-07-14".parse().unwrap()), "14 July 2026");
        assert_eq!(period("2026-Q2".parse().unwrap()), "Second quarter 2026");
        assert_eq!(slug("What’s Moving: GPU & more!"), "whats-moving-gpu-more");
        assert_eq!(escaped("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
