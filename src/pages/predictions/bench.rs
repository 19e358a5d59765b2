//! What the two sides of a test come to in a period.

use std::ops::Range;
use std::sync::Arc;

use crate::figures::Shown;
use crate::forecast::{Known, Sign, Test};
use crate::metrics::Standing;
use crate::pages::expression::Evaluator;
use crate::pages::ground::{Ground, is_change};
use crate::pages::manuscript::Manuscript;
use crate::pages::quantity::{Form, Quantity};
use crate::pages::wording::{self, Style};
use crate::plain::{Kind, Number, Period, Result, Unit};

/// Evaluates tests in every reported period.
#[derive(Debug)]
pub struct Bench {
    evaluators: Vec<(Period, Evaluator)>,
}

/// Both sides of a test in a period.
#[derive(Clone, Debug)]
pub struct Reading {
    /// When.
    pub period: Period,
    /// The figure that the test is about.
    pub left: Quantity,
    /// What it is compared with.
    pub right: Side,
    /// How much there is of both.
    pub known: (Known, Known),
    /// In which unit.
    pub unit: Unit,
}

/// What a figure is compared with.
#[derive(Clone, Debug)]
pub enum Side {
    /// A number that the editor wrote.
    Number(Number),
    /// Another figure.
    Figure(Box<Quantity>),
}

impl Bench {
    /// For the reported periods.
    #[must_use]
    pub fn new(ground: &Arc<Ground>) -> Self {
        let evaluator = |&period: &Period| (period, Evaluator::new(ground, period));
        Self { evaluators: ground.figures().periods().iter().map(evaluator).collect() }
    }

    /// What a test comes to in the reported periods up to `last`, in order; faults have places in the file.
    pub fn readings(&self, manuscript: &Manuscript, test: &Test, last: Period) -> Vec<(Period, Result<Reading>)> {
        let periods = self.evaluators.iter().filter(|(period, _)| *period <= last);
        periods.map(|(period, evaluator)| (*period, reading(manuscript, test, *period, evaluator))).collect()
    }
}

fn reading(manuscript: &Manuscript, test: &Test, period: Period, evaluator: &Evaluator) -> Result<Reading> {
    if number(&manuscript.text[test.left.clone()]).is_some() {
        let message = "the test begins with a number";
        let hint = "write the figure on the left and what it is compared with on the right";
        return Err(manuscript.fault(Kind::Content, trimmed(manuscript, &test.left), message).hint(hint).into());
    }
    let left = evaluator.quantity(manuscript, test.left.clone())?;
    let (known, unit) = measured(manuscript, &test.left, &left)?;
    let written = number(&manuscript.text[test.right.clone()]);
    let (right, other) = if let Some((value, is_percent)) = written {
        let range = trimmed(manuscript, &test.right);
        if is_percent && unit != Unit::Share {
            let message = format!("`{}` is no share, and isn't compared with percent", left.metric.name);
            let hint = "write a plain number; differences of shares are in points";
            return Err(manuscript.fault(Kind::Content, range, message).hint(hint).into());
        }
        if unit == Unit::Share && value > Number::whole(1) && !is_change(left.metric.name) {
            let message = format!("`{}` is a share, and never more than 1", left.metric.name);
            let hint = "write it as a part of 1 or in percent, as in `0.35` or `35%`";
            return Err(manuscript.fault(Kind::Content, range, message).hint(hint).into());
        }
        (Side::Number(value), Known::Exact(value))
    } else {
        let quantity = evaluator.quantity(manuscript, test.right.clone())?;
        let (known, other) = measured(manuscript, &test.right, &quantity)?;
        if other != unit {
            let message = format!(
                "`{}` is counted in another unit than `{}`: {}, not {}",
                quantity.metric.name,
                left.metric.name,
                other.name(),
                unit.name()
            );
            let hint = "compare what has one unit";
            let range = trimmed(manuscript, &test.right);
            return Err(manuscript.fault(Kind::Content, range, message).hint(hint).into());
        }
        (Side::Figure(Box::new(quantity)), known)
    };
    Ok(Reading { period, left, right, known: (known, other), unit })
}

/// What of a figure may be known, and in which unit: the number of a value, of a place or of quarters in a row.
fn measured(manuscript: &Manuscript, range: &Range<usize>, quantity: &Quantity) -> Result<(Known, Unit)> {
    let fault =
        |kind: Kind, message: &str, hint: &str| manuscript.fault(kind, trimmed(manuscript, range), message).hint(hint);
    let counted = |count: i128| Ok((Known::Exact(Number::whole(count)), Unit::Count));
    match (&quantity.form, quantity.shown) {
        (Form::Rank(rank), _) => counted(i128::try_from(rank.place).expect("places are few")),
        (Form::Streak(length, _), _) => counted(i128::from(*length)),
        (Form::Record(_), _) => {
            let hint = "compare the figure with its value of then, as in `… > corpus().before(4).commits`";
            Err(fault(Kind::Content, "a record isn't compared", hint).into())
        }
        (Form::Level | Form::Share(_), Shown::Exact(value)) => Ok((Known::Exact(value), quantity.unit)),
        (Form::Level | Form::Share(_), Shown::Below(bound)) => Ok((Known::Below(bound), quantity.unit)),
        (Form::Level | Form::Share(_), Shown::Withheld | Shown::Nothing) => {
            Err(fault(Kind::Masked, "the figure would give away a count below five", "test another figure").into())
        }
    }
}

/// A number that stands there as such, `-0.5` or `35%`, and whether it was written in percent.
fn number(code: &str) -> Option<(Number, bool)> {
    let code = code.trim();
    let (digits, is_percent) = code.strip_suffix('%').map_or((code, false), |digits| (digits, true));
    let (sign, digits) = digits.strip_prefix('-').map_or((1, digits), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than any figure has would not fit.
    if whole.is_empty() || whole.len() > 15 || decimals.len() > 9 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let value: i128 = format!("{whole}{decimals}").parse().ok()?;
    let places = u32::try_from(decimals.len()).ok()? + if is_percent { 2 } else { 0 };
    Number::quotient(sign * value, 10_i128.pow(places)).map(|number| (number, is_percent))
}

/// Without the blanks at both ends.
fn trimmed(manuscript: &Manuscript, range: &Range<usize>) -> Range<usize> {
    let code = &manuscript.text[range.clone()];
    let start = range.start + code.len() - code.trim_start().len();
    start..start + code.trim().len()
}

impl Reading {
    /// Whether the test is true; none when what is masked could make it either.
    #[must_use]
    pub fn decide(&self, sign: Sign) -> Option<bool> {
        sign.decide(self.known.0, self.known.1)
    }

    /// Both values, where they are known exactly.
    #[must_use]
    pub fn values(&self) -> Option<(Number, Number)> {
        self.known.0.value().zip(self.known.1.value())
    }

    /// What both sides rest on.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (&self.right, self.left.standing) {
            (Side::Figure(right), Standing::Closed) => right.standing,
            (_, standing) => standing,
        }
    }

    /// Whether a quarter that it rests on is still running.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.standing(), Standing::Open | Standing::Partial { open: true, .. })
    }

    /// Both sides as readers see them, with so many digits that they differ where their values do.
    #[must_use]
    pub fn texts(&self) -> (String, String) {
        let text = |quantity: &Quantity| match (&quantity.form, self.unit) {
            // Shares are near what they are measured against, more often than not.
            (Form::Level | Form::Share(_), Unit::Share) => {
                let style = Style { digits: quantity.style.digits.or(Some(1)), ..quantity.style };
                Quantity { style, ..quantity.clone() }.text()
            }
            _ => quantity.text(),
        };
        let right = match &self.right {
            Side::Number(value) => self.print(*value),
            Side::Figure(quantity) => text(quantity),
        };
        let left = text(&self.left);
        match self.values() {
            Some((value, other)) if value != other && left == right => (self.print(value), self.print(other)),
            _ => (left, right),
        }
    }

    /// A number in the unit of both sides, with all its digits.
    #[must_use]
    pub fn print(&self, value: Number) -> String {
        let signed = self.left.style.signed && self.unit != Unit::Count;
        wording::print(value, self.unit, Style { exact: true, signed, ..Style::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        let read = |code: &str| number(code).map(|(number, is_percent)| (number.tidy(), is_percent));
        let told = |text: &str, is_percent: bool| Some((text.to_owned(), is_percent));
        assert_eq!(read(" 100 "), told("100", false));
        assert_eq!(read("-0.35"), told("-0.35", false));
        assert_eq!(read("34.5%"), told("0.345", true));
        for code in ["", "%", "-", "1e5", "1,000", "corpus().commits", ".5", "9999999999999999", "½"] {
            assert_eq!(read(code), None, "{code}");
        }
    }
}
