//! How likely a count is by chance: exact tails of distributions, and many of them looked at together.
//!
//! Tails are sums of their own terms, so that nothing small is lost in a difference. Results are floats, since logarithms and exponentials have no exact value; `rounded` makes them numbers that can be printed.

use crate::plain::Number;

/// Digits after the point that a probability keeps.
pub(super) const DIGITS: usize = 9;

/// A cell of an expected table that is below this is empty, but for what fitting leaves.
const NOTHING: f64 = 1e-6;

/// The natural logarithm of `count` factorial.
fn ln_factorial(count: u64) -> f64 {
    (2..=count).map(|factor| (factor as f64).ln()).sum()
}

/// The sum of a series whose terms fall: `first`, and each next one by `ratio` of its number.
fn series(first: f64, numbers: impl Iterator<Item = u64>, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut term) = (first, first);
    for number in numbers {
        term *= ratio(number as f64);
        sum += term;
        if term <= sum * 1e-18 {
            break;
        }
    }
    sum
}

/// How many of `all` things are in a row of a table, and how many in a column.
#[derive(Clone, Copy)]
pub(super) struct Totals {
    pub row: u64,
    pub column: u64,
    pub all: u64,
}

/// How likely `count` or more are in both the row and the column, where `expected` are by a model that has the totals.
///
/// Cells that vary on their own, each about what the model expects, give Fisher's noncentral hypergeometric
/// distribution once the totals are given; its odds are those of the expected two by two table. Where the totals leave
/// no choice, whatever is there is certain.
pub(super) fn at_least(count: u64, totals: Totals, expected: f64) -> f64 {
    let Totals { row, column, all } = totals;
    let (in_row, in_column) = (row as f64 - expected, column as f64 - expected);
    let elsewhere = all as f64 - row as f64 - in_column;
    if [expected, in_row, in_column, elsewhere].into_iter().any(|cell| cell < NOTHING) {
        return 1.0;
    }
    let ln_odds = expected.ln() + elsewhere.ln() - in_row.ln() - in_column.ln();
    let (least, most) = ((row + column).saturating_sub(all), row.min(column));
    // The logarithm of each possible count's weight, the first one's being 0.
    let mut weights = vec![0.0];
    for one in least..most {
        let ways = ((row - one) * (column - one)) as f64 / ((one + 1) * (all + one + 1 - row - column)) as f64;
        weights.push(weights[weights.len() - 1] + ways.ln() + ln_odds);
    }
    let largest = weights.iter().copied().fold(f64::MIN, f64::max);
    let mut sums = [0.0, 0.0];
    for (one, weight) in (least..).zip(weights) {
        sums[usize::from(one >= count)] += (weight - largest).exp();
    }
    sums[1] / (sums[0] + sums[1])
}

/// How likely it is that a fair coin falls as unevenly as `heads` to `tails`, or more so, to either side.
pub(super) fn fair_coin(heads: u64, tails: u64) -> f64 {
    let (all, most) = (heads + tails, heads.max(tails));
    if heads == tails {
        return 1.0;
    }
    let ln_first = ln_factorial(all) - ln_factorial(most) - ln_factorial(all - most) - all as f64 * 2_f64.ln();
    let tail = series(ln_first.exp(), most + 1..=all, |at| ((all + 1) as f64 - at) / at);
    (2.0 * tail).min(1.0)
}

/// The q-values of Benjamini and Hochberg, in the order of `p`: the smallest share of false discoveries at which each
/// would be one. There are `tests` tests; those that `p` leaves out have the probability 1.
pub(super) fn discovery_rates(p: &[f64], tests: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut rates = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * tests as f64 / (rank + 1) as f64);
        rates[at] = least;
    }
    rates
}

/// The number of so many digits after the point that is nearest to a float, halves to the even one.
pub(super) fn rounded(value: f64, digits: usize) -> Number {
    let text = format!("{value:.digits$}").replace('.', "");
    let parsed = text.parse::<i128>().expect("figures are finite and far below 38 digits");
    let unit = 10_i128.pow(u32::try_from(digits).expect("a few digits"));
    Number::quotient(parsed, unit).expect("a power of ten isn't 0")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-11 * b.abs().max(1e-3)
    }

    /// C(n, k) for all k, by Pascal's triangle in whole numbers.
    fn row_of_pascal(n: usize) -> Vec<u128> {
        let mut row = vec![1_u128];
        for _ in 0..n {
            let inner = row.windows(2).map(|pair| pair[0] + pair[1]);
            row = std::iter::once(1).chain(inner).chain([1]).collect();
        }
        row
    }

    #[test]
    fn a_coin_is_as_pascals_triangle_says() {
        for all in 0..=60_usize {
            let row = row_of_pascal(all);
            for heads in 0..=all {
                // As likely as this outcome or less so.
                let ways: u128 = row.iter().filter(|&&ways| ways <= row[heads]).sum();
                let expected = ways as f64 / 2_f64.powi(i32::try_from(all).unwrap());
                let found = fair_coin(heads as u64, (all - heads) as u64);
                assert!(near(found, expected), "{heads} of {all}: {found} against {expected}");
            }
        }
        assert_eq!(rounded(fair_coin(5, 0), DIGITS), Number::quotient(1, 16).unwrap());
    }

    #[test]
    fn a_coin_thrown_very_often_doesnt_underflow() {
        assert!(near(fair_coin(5000, 5000), 1.0));
        // A deviation is 50 throws; a normal variable is 99.5 throws off its mean, or more, in 4.66 % of cases.
        assert!((fair_coin(5100, 4900) - 0.0466).abs() < 0.0001);
        assert!(fair_coin(10_000, 0) < 1e-300);
    }

    /// By the definition, with whole binomial coefficients.
    fn at_least_by_ways(count: usize, (row, column, all): (usize, usize, usize), odds: f64) -> f64 {
        let (in_row, others) = (row_of_pascal(row), row_of_pascal(all - row));
        let weight = |one: usize| {
            let ways = in_row.get(one).zip(column.checked_sub(one).and_then(|rest| others.get(rest)));
            ways.map_or(0.0, |(a, b)| (a * b) as f64 * odds.powi(i32::try_from(one).unwrap()))
        };
        (count..=row).map(weight).sum::<f64>() / (0..=row).map(weight).sum::<f64>()
    }

    #[test]
    fn with_both_totals_given_a_count_is_as_its_ways_say() {
        for (row, column, all, expected) in
            [(8, 6, 20, 2.4), (8, 6, 20, 4.9), (5, 5, 9, 3.0), (30, 25, 60, 11.0), (1, 1, 40, 0.025), (7, 3, 8, 2.9)]
        {
            let (a, b, c) = (row as f64 - expected, column as f64 - expected, all as f64 - row as f64);
            let odds = expected * (c - b) / (a * b);
            for count in 0..=row.min(column) {
                let totals = Totals { row: row as u64, column: column as u64, all: all as u64 };
                let found = at_least(count as u64, totals, expected);
                let by_ways = at_least_by_ways(count, (row, column, all), odds);
                assert!(near(found, by_ways), "{count} of {row} and {column}: {found} against {by_ways}");
            }
        }
        // Where rows and columns have nothing to do with each other it is Fisher's exact test: his tea, three of four
        // cups right, comes out as 17 of 70.
        let tea = at_least(3, Totals { row: 4, column: 4, all: 8 }, 2.0);
        assert!(near(tea, 17.0 / 70.0), "{tea}");
    }

    #[test]
    fn what_the_totals_force_is_certain() {
        for (count, expected) in [(3, 3.0), (0, 0.0)] {
            assert!(near(at_least(count, Totals { row: 5, column: 3, all: 9 }, expected), 1.0));
        }
        assert!(near(at_least(0, Totals { row: 0, column: 0, all: 0 }, 0.0), 1.0));
    }

    #[test]
    fn floats_become_numbers_of_fixed_length() {
        assert_eq!(rounded(0.125, 2), Number::quotient(3, 25).unwrap());
        assert_eq!(rounded(0.375, 2), Number::quotient(19, 50).unwrap());
        assert_eq!(rounded(2.0 / 3.0, 6), Number::quotient(666_667, 1_000_000).unwrap());
        assert_eq!(rounded(1e-12, DIGITS), Number::ZERO);
    }

    #[test]
    fn the_example_of_benjamini_and_hochberg_gives_four_discoveries() {
        // The fifteen p-values of their paper of 1995.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        assert_eq!(discovery_rates(&p, 15).into_iter().filter(|&q| q <= 0.05).count(), 4);
        // Those with the probability 1 may as well be left out.
        assert_eq!(discovery_rates(&p, 15)[..14], discovery_rates(&p[..14], 15)[..]);
    }

    proptest! {
        #[test]
        fn discoveries_are_those_of_the_definition(
            p in proptest::collection::vec((0..40_u8).prop_map(|p| f64::from(p) / 40.0), 0..12),
            unlisted in 0..5_usize,
            level in 1..20_u8,
        ) {
            let tests = p.len() + unlisted;
            // Reject the k smallest, k the largest with p(k) ≤ k q / m. The level lies between the possible rates.
            let level = f64::from(level) / 20.0 + 1e-7;
            let mut sorted = p.clone();
            sorted.sort_by(f64::total_cmp);
            let k = (1..=p.len()).rev().find(|&k| sorted[k - 1] <= k as f64 * level / tests as f64).unwrap_or(0);
            let rejected = |p: f64| k > 0 && p <= sorted[k - 1];
            for (p, q) in p.iter().zip(discovery_rates(&p, tests)) {
                prop_assert!((0.0..=1.0).contains(&q));
                if level < 1.0 {
                    prop_assert_eq!(q <= level, rejected(*p), "{} {}", p, q);
                }
            }
        }
    }
}
