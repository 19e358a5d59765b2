//! How many would move from each side to each other one if, among those who move, where they go had nothing to do
//! with where they come from.
//!
//! This is quasi-independence: a table whose diagonal is empty by its nature, since a mover doesn't stay, and whose
//! other cells are a factor of the row times a factor of the column. The factors that give the marginals of the
//! observed table are found by proportional fitting, one marginal after the other (Goodman 1968).

/// The fitted table.
pub(super) struct Independence {
    leaving: Vec<f64>,
    arriving: Vec<f64>,
    /// The one side that every mover left or reached, when there is one.
    hub: Option<usize>,
    rows: Vec<f64>,
    columns: Vec<f64>,
}

/// Fitting ends when no marginal is off by more than this part of a person.
const TOLERANCE: f64 = 1e-9;

/// Fitting ends here at the latest. Only tables in which nearly every mover shares a side come near it.
const ROUNDS: usize = 20_000;

/// The sum of all others, for each: from both ends, since a difference would lose what is small.
fn sums_of_others(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len());
    let mut before = 0.0;
    for value in values {
        sums.push(before);
        before += value;
    }
    let mut after = 0.0;
    for (sum, value) in sums.iter_mut().zip(values).rev() {
        *sum += after;
        after += value;
    }
    sums
}

fn scaled(totals: &[f64], sums: &[f64]) -> Vec<f64> {
    totals.iter().zip(sums).map(|(&total, &sum)| if total > 0.0 { total / sum } else { 0.0 }).collect()
}

impl Independence {
    /// Fits a table to how many left each side and how many reached it. The two have one sum, and nobody reached the
    /// side that they left.
    pub fn fit(leaving: &[u64], arriving: &[u64]) -> Self {
        let movers: u64 = leaving.iter().sum();
        let hub = (0..leaving.len()).find(|&side| movers > 0 && leaving[side] + arriving[side] == movers);
        let floats = |counts: &[u64]| counts.iter().map(|&count| count as f64).collect::<Vec<f64>>();
        let (leaving, arriving) = (floats(leaving), floats(arriving));
        let mut fitted = Self { rows: vec![0.0; leaving.len()], columns: arriving.clone(), leaving, arriving, hub };
        if movers > 0 && hub.is_none() {
            fitted.iterate();
        }
        fitted
    }

    fn iterate(&mut self) {
        for _ in 0..ROUNDS {
            self.rows = scaled(&self.leaving, &sums_of_others(&self.columns));
            self.columns = scaled(&self.arriving, &sums_of_others(&self.rows));
            // The columns fit now; the rows may not.
            let sums = sums_of_others(&self.columns);
            let off = |((row, sum), total): ((&f64, &f64), &f64)| (row * sum - total).abs();
            if self.rows.iter().zip(&sums).zip(&self.leaving).map(off).fold(0.0, f64::max) < TOLERANCE {
                break;
            }
        }
    }

    /// How many are expected to move between two sides.
    pub fn expected(&self, from: usize, to: usize) -> f64 {
        match self.hub {
            _ if from == to => 0.0,
            // The marginals leave no choice: whoever reached another side left this one, and the other way round.
            Some(hub) if hub == from => self.arriving[to],
            Some(hub) if hub == to => self.leaving[from],
            Some(_) => 0.0,
            None => self.rows[from] * self.columns[to],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Fits the whole table cell by cell, as the method is written down.
    fn fitted_by_cells(observed: &[Vec<u64>]) -> Vec<Vec<f64>> {
        let n = observed.len();
        let row = |at: usize| observed[at].iter().sum::<u64>() as f64;
        let column = |at: usize| observed.iter().map(|row| row[at]).sum::<u64>() as f64;
        let mut cells: Vec<Vec<f64>> =
            (0..n).map(|from| (0..n).map(|to| if from == to { 0.0 } else { 1.0 }).collect()).collect();
        for _ in 0..3000 {
            for (at, cells) in cells.iter_mut().enumerate() {
                let sum: f64 = cells.iter().sum();
                for cell in cells.iter_mut() {
                    *cell *= if sum > 0.0 { row(at) / sum } else { 0.0 };
                }
            }
            for at in 0..n {
                let sum: f64 = cells.iter().map(|row| row[at]).sum();
                for row in &mut cells {
                    row[at] *= if sum > 0.0 { column(at) / sum } else { 0.0 };
                }
            }
        }
        cells
    }

    fn fit(observed: &[Vec<u64>]) -> Independence {
        let leaving: Vec<u64> = observed.iter().map(|row| row.iter().sum()).collect();
        let arriving: Vec<u64> = (0..observed.len()).map(|at| observed.iter().map(|row| row[at]).sum()).collect();
        Independence::fit(&leaving, &arriving)
    }

    fn tables() -> impl Strategy<Value = Vec<Vec<u64>>> {
        (2..6_usize).prop_flat_map(|n| {
            let cell = prop_oneof![Just(0_u64), 1..4_u64, 1..200_u64];
            proptest::collection::vec(proptest::collection::vec(cell, n), n).prop_map(|mut rows| {
                rows.iter_mut().enumerate().for_each(|(at, row)| row[at] = 0);
                rows
            })
        })
    }

    #[test]
    fn equal_marginals_share_evenly() {
        let table = fit(&[vec![0, 9, 3], vec![3, 0, 9], vec![9, 3, 0]]);
        assert!((table.expected(0, 1) - 6.0).abs() < 1e-9);
        assert!(table.expected(1, 1) < 1e-9);
    }

    #[test]
    fn two_sides_leave_no_choice_and_neither_does_a_hub() {
        let observed = [vec![0, 5, 7], vec![2, 0, 0], vec![1, 0, 0]];
        let table = fit(&observed);
        for (from, row) in observed.iter().enumerate() {
            for (to, &cell) in row.iter().enumerate() {
                assert!((table.expected(from, to) - cell as f64).abs() < 1e-9);
            }
        }
        assert!((fit(&[vec![0, 3], vec![8, 0]]).expected(1, 0) - 8.0).abs() < 1e-9);
        assert!(fit(&[vec![0, 0], vec![0, 0]]).expected(1, 0) < 1e-9);
    }

    proptest! {
        #[test]
        fn the_fit_has_the_marginals_and_the_cells_of_the_method(observed in tables()) {
            let n = observed.len();
            let (table, slow) = (fit(&observed), fitted_by_cells(&observed));
            for at in 0..n {
                let row: f64 = (0..n).map(|to| table.expected(at, to)).sum();
                let column: f64 = (0..n).map(|from| table.expected(from, at)).sum();
                prop_assert!((row - observed[at].iter().sum::<u64>() as f64).abs() < 1e-6);
                prop_assert!((column - observed.iter().map(|row| row[at]).sum::<u64>() as f64).abs() < 1e-6);
                // Where a hub leaves no choice, the method comes near the end without ever reaching it.
                for to in (0..n).filter(|_| table.hub.is_none()) {
                    let (cell, slow) = (table.expected(at, to), slow[at][to]);
                    prop_assert!((cell - slow).abs() < 1e-6 * cell.max(1.0), "{} against {}", cell, slow);
                }
            }
        }
    }
}
