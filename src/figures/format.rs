//! A figure as people write it: `1,204`, `35%`, `8.5`, `+18%`, `−5%`, `+2.1 pp`.

use crate::metrics::Figure;
use crate::plain::{Number, Unit};

/// How to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// With a plus before what is above 0.
    pub signed: bool,
    /// Shares under 10 % with one decimal.
    pub fine: bool,
}

/// A figure's value as text, signed when it is a change; nothing when it has no value.
#[must_use]
pub fn text(figure: &Figure) -> Option<String> {
    let signed = figure.metric.is_change() || figure.metric.unit == Unit::Points;
    figure.value.map(|value| number(value, figure.metric.unit, Style { signed, fine: false }))
}

/// A value without a plus: `1,204`, `35%`, `8.5`, `−5%`.
#[must_use]
pub fn plain(value: Number, unit: Unit) -> String {
    number(value, unit, Style::default())
}

/// A value with its sign: `+1,204`, `+18%`, `−5%`, `+2.1 pp`; what rounds to 0 has none.
#[must_use]
pub fn signed(value: Number, unit: Unit) -> String {
    number(value, unit, Style { signed: true, fine: false })
}

/// A value as text, rounded half to even: counts, lines and shares whole, points, weeks, ratios and short hours with
/// one decimal, thousands separated by commas, a true minus.
#[must_use]
pub fn number(value: Number, unit: Unit, style: Style) -> String {
    let shown = if unit == Unit::Share { value.times(100) } else { value };
    let text = shown.fixed(digits(shown, unit, style));
    let (minus, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text.as_str()),
    };
    let size = separated(size);
    let is_zero = size.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = match (minus, style.signed && !is_zero) {
        (true, _) => "\u{2212}",
        (false, true) => "+",
        (false, false) => "",
    };
    let suffix = match unit {
        Unit::Share => "%",
        Unit::Points => " pp",
        _ => "",
    };
    format!("{sign}{size}{suffix}")
}

fn digits(shown: Number, unit: Unit, style: Style) -> u32 {
    let size = if shown.sign() < 0 { Number::ZERO.minus(shown) } else { shown };
    let below_ten = size < Number::whole(10);
    match unit {
        Unit::Count | Unit::Lines => 0,
        Unit::Share => u32::from(style.fine && below_ten && size.sign() != 0),
        Unit::Hours => u32::from(below_ten && size.as_whole().is_none()),
        Unit::Ratio | Unit::Points | Unit::Weeks => 1,
    }
}

/// Commas between groups of three digits before the point.
fn separated(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::with_capacity(text.len() + whole.len() / 3);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Standing, catalogue};

    fn quotient(part: i128, whole: i128) -> Number {
        Number::quotient(part, whole).expect("not 0")
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(plain(Number::whole(1204), Unit::Count), "1,204");
        assert_eq!(plain(Number::whole(76_258_000), Unit::Lines), "76,258,000");
        assert_eq!(plain(Number::whole(999), Unit::Count), "999");
        assert_eq!(plain(quotient(35, 100), Unit::Share), "35%");
        assert_eq!(plain(Number::whole(12), Unit::Share), "1,200%");
        assert_eq!(plain(quotient(17, 2), Unit::Weeks), "8.5");
        assert_eq!(plain(Number::whole(8), Unit::Weeks), "8.0");
        assert_eq!(plain(quotient(12_345, 10), Unit::Ratio), "1,234.5");
        assert_eq!(plain(quotient(7, 2), Unit::Hours), "3.5");
        assert_eq!(plain(Number::whole(7), Unit::Hours), "7");
        assert_eq!(plain(quotient(12_041, 10), Unit::Hours), "1,204");
    }

    #[test]
    fn changes_have_signs_and_a_true_minus() {
        assert_eq!(signed(quotient(18, 100), Unit::Share), "+18%");
        assert_eq!(signed(quotient(-5, 100), Unit::Share), "\u{2212}5%");
        assert_eq!(signed(quotient(21, 10), Unit::Points), "+2.1 pp");
        assert_eq!(signed(quotient(-21, 10), Unit::Points), "\u{2212}2.1 pp");
        assert_eq!(signed(Number::whole(-1204), Unit::Count), "\u{2212}1,204");
        assert_eq!(plain(quotient(-5, 100), Unit::Share), "\u{2212}5%");
    }

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(quotient(4, 1000), Unit::Share), "0%");
        assert_eq!(signed(quotient(-4, 1000), Unit::Share), "0%");
        assert_eq!(signed(quotient(-1, 100), Unit::Points), "0.0 pp");
        assert_eq!(signed(Number::ZERO, Unit::Count), "0");
    }

    #[test]
    fn halves_go_to_the_even_side() {
        assert_eq!(plain(quotient(125, 1000), Unit::Share), "12%");
        assert_eq!(plain(quotient(135, 1000), Unit::Share), "14%");
        assert_eq!(plain(quotient(25, 100), Unit::Weeks), "0.2");
    }

    #[test]
    fn small_shares_get_a_decimal_only_when_asked() {
        let fine = Style { signed: false, fine: true };
        assert_eq!(plain(quotient(34, 1000), Unit::Share), "3%");
        assert_eq!(number(quotient(34, 1000), Unit::Share, fine), "3.4%");
        assert_eq!(number(quotient(104, 1000), Unit::Share, fine), "10%");
        assert_eq!(number(Number::ZERO, Unit::Share, fine), "0%");
    }

    #[test]
    fn a_figure_knows_whether_it_is_a_change() {
        let figure = |name: &str, value| Figure {
            metric: catalogue::find(name).expect("a metric"),
            value,
            standing: Standing::Closed,
        };
        let fifth = Some(quotient(1, 5));
        assert_eq!(text(&figure("commits_change", fifth)).as_deref(), Some("+20%"));
        assert_eq!(text(&figure("new_share", fifth)).as_deref(), Some("20%"));
        assert_eq!(text(&figure("contribution_to_change", fifth)).as_deref(), Some("+0.2 pp"));
        assert_eq!(text(&figure("commits_change", None)), None);
    }
}
