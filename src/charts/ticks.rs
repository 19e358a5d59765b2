//! Where the grid lines are, and numbers as people write them.

use crate::plain::Unit;

/// How many grid lines there may be, without the baseline.
const MOST: f64 = 4.0;

/// Below this a difference is rounding, not a value.
const SMALLEST: f64 = 1e-9;

/// The values of the grid lines between `low` and `high` (`low` ≤ 0 ≤ `high`), 0 among them.
pub fn ticks(unit: Unit, low: f64, high: f64) -> Vec<f64> {
    let step = step(unit, low, high);
    if step <= 0.0 {
        return vec![0.0];
    }
    // A hair of tolerance, so that 3 × 0.1 counts as 0.3.
    let (below, above) = ((-low / step + 1e-9).floor(), (high / step + 1e-9).floor());
    let mut values = Vec::new();
    let mut at = -below;
    while at <= above {
        values.push(at * step);
        at += 1.0;
    }
    values
}

/// The smallest step of 1, 2, 2.5 or 5 times a power of ten that leaves few enough lines; 0 when there is no room.
fn step(unit: Unit, low: f64, high: f64) -> f64 {
    let span = high - low;
    if span < SMALLEST {
        return 0.0;
    }
    let whole = matches!(unit, Unit::Count | Unit::Lines);
    let first = 10_f64.powf((span / MOST).log10().floor() - 1.0);
    let mut decade = first;
    loop {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            let step = decade * factor;
            let lines = (-low / step + 1e-9).floor() + (high / step + 1e-9).floor();
            let allowed = !whole || (step >= 1.0 && step.fract() == 0.0);
            if allowed && lines <= MOST {
                return step;
            }
        }
        decade *= 10.0;
    }
}

/// A number on a tick: `1.2k`, `35%`, `−5`.
pub fn tick_text(unit: Unit, value: f64) -> String {
    let size = value.abs();
    let text = match unit {
        Unit::Share => format!("{}%", short(size * 100.0, 1)),
        _ if size >= 999_999.5 => format!("{}M", short(size / 1e6, 2)),
        _ if size >= 999.5 => format!("{}k", short(size / 1e3, 2)),
        _ => short(size, 2),
    };
    signed(value, text)
}

/// A number beside a line: `1,204`, `35.2%`.
pub fn label_text(unit: Unit, value: f64) -> String {
    let size = value.abs();
    let text = match unit {
        Unit::Share => format!("{}%", short(size * 100.0, u8::from(size < 0.1))),
        Unit::Count | Unit::Lines | Unit::Hours => grouped(size),
        _ => short(size, 1),
    };
    signed(value, text)
}

/// With the minus sign of mathematics, which is as wide as a figure; none before 0.
fn signed(value: f64, text: String) -> String {
    let nothing = !text.contains(|c: char| ('1'..='9').contains(&c));
    if value < 0.0 && !nothing { format!("−{text}") } else { text }
}

fn short(value: f64, decimals: u8) -> String {
    let text = format!("{value:.*}", usize::from(decimals));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(unit: Unit, low: f64, high: f64) -> Vec<String> {
        ticks(unit, low, high).into_iter().map(|value| tick_text(unit, value)).collect()
    }

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(texts(Unit::Count, 0.0, 4700.0), ["0", "1k", "2k", "3k", "4k"]);
        assert_eq!(texts(Unit::Count, 0.0, 6200.0), ["0", "2k", "4k", "6k"]);
        assert_eq!(texts(Unit::Count, 0.0, 1.05), ["0", "1"]);
        assert_eq!(texts(Unit::Count, 0.0, 11.0), ["0", "5", "10"]);
        assert_eq!(texts(Unit::Share, 0.0, 0.42), ["0%", "10%", "20%", "30%", "40%"]);
        assert_eq!(texts(Unit::Points, -12.0, 7.0), ["−10", "−5", "0", "5"]);
        assert_eq!(texts(Unit::Ratio, 0.0, 0.3), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(texts(Unit::Count, 0.0, 0.0), ["0"]);
    }

    #[test]
    fn there_are_never_more_than_four_lines_and_the_baseline() {
        for unit in [Unit::Count, Unit::Share, Unit::Points] {
            for at in 1_u32..2000 {
                let high = f64::from(at) * 0.37;
                assert!(ticks(unit, 0.0, high).len() <= 5, "{high}");
                assert!(ticks(unit, -high, f64::from(at % 17)).len() <= 5, "{high}");
            }
        }
    }

    #[test]
    fn labels_give_the_number_in_full() {
        assert_eq!(label_text(Unit::Count, 76_258.0), "76,258");
        assert_eq!(label_text(Unit::Count, 999.0), "999");
        assert_eq!(label_text(Unit::Share, 0.352), "35%");
        assert_eq!(label_text(Unit::Share, 0.0321), "3.2%");
        assert_eq!(label_text(Unit::Points, -0.01), "0");
        assert_eq!(label_text(Unit::Points, -2.5), "−2.5");
    }
}
