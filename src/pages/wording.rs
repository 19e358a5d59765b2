//! Numbers and dates as people write them.

use crate::figures::Shown;
use crate::metrics::over_time::{Rank, Record};
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
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
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

/// That a value is less than a bound, rounded so that it stays true: `<5`, `<13%`.
#[must_use]
pub fn below(bound: Number, unit: Unit) -> String {
    let scaled = if unit == Unit::Share { bound.times(100) } else { bound };
    format!("<{}{}", grouped(&scaled.ceiling().to_string()), suffix(unit))
}

/// A figure as it may be published; nothing where it isn't.
#[must_use]
pub fn shown(shown: Shown, unit: Unit, style: Style) -> Option<String> {
    match shown {
        Shown::Exact(value) => Some(print(value, unit, style)),
        Shown::Below(bound) => Some(below(bound, unit)),
        Shown::Withheld | Shown::Nothing => None,
    }
}

/// A whole number above 0 in its place: `third`, `22nd`.
#[must_use]
pub fn ordinal(place: usize) -> String {
    if let Some(word) = place.checked_sub(1).and_then(|at| ORDINALS.get(at)) {
        return (*word).to_owned();
    }
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{ending}", grouped(&place.to_string()))
}

/// A rank: `third`, or `joint third` when others have it too.
#[must_use]
pub fn rank(rank: Rank) -> String {
    let joint = if rank.shared > 1 { "joint " } else { "" };
    format!("{joint}{}", ordinal(rank.place))
}

/// Some quarters: `one quarter`, `six quarters`, `14 quarters`.
#[must_use]
pub fn quarters(count: u32) -> String {
    let style = Style { spelled: true, ..Style::default() };
    let number = print(Number::whole(count), Unit::Count, style);
    format!("{number} quarter{}", if count == 1 { "" } else { "s" })
}

/// A streak that isn't 0: `up for six quarters in a row`, `down on the quarter before`; without its direction where the
/// text has it already.
#[must_use]
pub fn streak(length: i32, directed: bool) -> String {
    let way = match (directed, length > 0) {
        (false, _) => "",
        (true, true) => "up ",
        (true, false) => "down ",
    };
    match (length.unsigned_abs(), directed) {
        (1, true) => format!("{way}on the quarter before"),
        (1, false) => "one quarter".to_owned(),
        (length, true) => format!("{way}for {} in a row", quarters(length)),
        (length, false) => format!("{} in a row", quarters(length)),
    }
}

/// A record that isn't 0, in a period: `highest since 2024-Q1` where it was as high then, else `highest in six quarters`,
/// which is as far as the data says.
#[must_use]
pub fn record(record: Record, period: Period) -> String {
    let which = if record.over > 0 { "highest" } else { "lowest" };
    let beaten = record.over.unsigned_abs();
    match (record.since, u16::try_from(beaten + 1)) {
        (None, Ok(back)) => format!("{which} since {}", period.before(back)),
        _ => format!("{which} in {}", quarters(beaten + 1)),
    }
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
    fn what_is_below_a_bound_stays_below_it() {
        assert_eq!(below(Number::whole(5), Unit::Count), "<5");
        assert_eq!(below(share(5, 41), Unit::Share), "<13%");
        assert_eq!(below(share(1, 4), Unit::Share), "<25%");
    }

    #[test]
    fn places_and_pasts_in_words() {
        let ordinals = [1, 10, 11, 12, 13, 21, 22, 103, 111, 1001].map(ordinal).join(" ");
        assert_eq!(ordinals, "first tenth 11th 12th 13th 21st 22nd 103rd 111th 1,001st");
        assert_eq!(rank(Rank { place: 3, shared: 2, of: 9 }), "joint third");
        assert_eq!(streak(6, true), "up for six quarters in a row");
        assert_eq!(streak(-12, false), "12 quarters in a row");
        assert_eq!((streak(-1, true), streak(1, false)), ("down on the quarter before".into(), "one quarter".into()));
        let period = "2026-Q2".parse().unwrap();
        assert_eq!(record(Record { over: 8, since: None }, period), "highest since 2024-Q1");
        assert_eq!(record(Record { over: -5, since: Some(period) }, period), "lowest in six quarters");
    }

    #[test]
    fn dates_and_periods() {
        assert_eq!(day("2026-07-14".parse().unwrap()), "14 July 2026");
        assert_eq!(period("2026-Q2".parse().unwrap()), "Second quarter 2026");
        assert_eq!(escaped("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
