//! How unusual the last step of a series is, next to the steps that the same series took before.
//!
//! A step is the log ratio of neighbouring values, a half added to each so that 0 has a logarithm. The usual step is the
//! median of the earlier ones, the usual distance from it their median absolute deviation, times 1.4826 to match the
//! standard deviation where steps are normal (Hampel 1974). A count of n things that happen independently has a log
//! with a standard deviation of about 1/√n, so that no step is told apart more finely than √(1/now + 1/before).

use crate::plain::Number;

/// From the median absolute deviation of normal values to their standard deviation.
const NORMAL: f64 = 1.4826;

/// The last step of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// By how many usual distances it differs from the usual step; to three decimals.
    pub z: Number,
    /// In how many steps, itself the last, none went so far to the same side.
    pub steps: usize,
}

/// The last step of a series of values that aren't below 0; none when there are fewer than three.
pub(super) fn last_step(values: &[Number]) -> Option<Step> {
    let raised = |value: Number| value.times(2).plus(Number::whole(1));
    let ratio = |pair: &[Number]| raised(pair[1]).over(raised(pair[0])).expect("a half was added");
    let ratios: Vec<Number> = values.windows(2).map(ratio).collect();
    let (now, earlier) = ratios.split_last()?;
    let logs: Vec<f64> = earlier.iter().map(|ratio| ratio.to_f64().ln()).collect();
    let usual = median(logs.clone())?;
    let spread = NORMAL * median(logs.iter().map(|log| (log - usual).abs()).collect())?;
    let inverse = |value: &Number| 1.0 / value.to_f64().max(0.5);
    let noise = values[values.len() - 2..].iter().map(inverse).sum::<f64>().sqrt();
    let z = thousandths((now.to_f64().ln() - usual) / spread.max(noise));
    let tamer = |ratio: &&Number| if z.sign() < 0 { *ratio > now } else { *ratio < now };
    Some(Step { z, steps: 1 + earlier.iter().rev().take_while(tamer).count() })
}

/// The middle one, or the mean of the two in the middle; nothing when there is none.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    Some(f64::midpoint(*low, *high))
}

/// Half to even, so that what is sorted and printed doesn't hang on the last bits of a logarithm.
fn thousandths(value: f64) -> Number {
    let scaled = (value * 1000.0).round_ties_even();
    #[expect(clippy::cast_possible_truncation, reason = "a log ratio of counts over their noise is far below 2^53")]
    let scaled = scaled as i64;
    Number::quotient(scaled, 1000).expect("1000 isn't 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(values: &[u32]) -> Option<Step> {
        last_step(&values.iter().map(|&value| Number::whole(value)).collect::<Vec<_>>())
    }

    fn z(values: &[u32]) -> String {
        step(values).expect("enough values").z.tidy()
    }

    #[test]
    fn a_step_is_measured_by_the_steps_before() {
        // ln(100.5/200.5) = -0.690650 is the step; those before are 0, so that the noise √(1/200 + 1/100) = 0.122474
        // is the scale.
        assert_eq!(z(&[200, 200, 200, 200, 100]), "-5.639");
        // Steps before: ln(200.5/100.5) = 0.690650, -0.690650, 0.690650; median 0.690650, deviations 0, 1.381301, 0:
        // their median is 0 too. The step is 0.690650 less than usual, and √(1/200 + 1/200) = 0.1 the noise.
        assert_eq!(z(&[100, 200, 100, 200, 200]), "-6.907");
        // Steps before: 0.690650, -0.690650, 0.690650, -0.690650; median 0, deviation 0.690650 · 1.4826 = 1.023958.
        assert_eq!(z(&[100, 200, 100, 200, 100, 200]), "0.674");
    }

    #[test]
    fn nothing_counts_as_a_half_and_two_values_are_too_few() {
        // ln(20.5/0.5) = 3.713572 over √(1/20 + 1/0.5) = 1.431782.
        assert_eq!(z(&[0, 0, 0, 20]), "2.594");
        assert_eq!(step(&[1, 2]), None);
    }

    #[test]
    fn it_says_for_how_long_no_step_went_so_far() {
        let steps = |values: &[u32]| step(values).expect("enough values").steps;
        assert_eq!(steps(&[100, 100, 100, 100, 50]), 4);
        assert_eq!(steps(&[100, 40, 100, 100, 50]), 3);
        assert_eq!(steps(&[100, 50, 100, 50]), 2);
        // A step that is as large isn't surpassed.
        assert_eq!(steps(&[80, 100, 50, 100, 50]), 2);
    }
}
