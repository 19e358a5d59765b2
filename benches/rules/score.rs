//! A share of weighted trials with its interval.

use std::fmt;

/// Trials of which some succeeded, each standing for so many others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub hits: u32,
    pub trials: u32,
    weight_of_hits: f64,
    weight: f64,
    squares: f64,
}

/// The normal distribution's quantile for 95 %.
const Z: f64 = 1.959_964;

impl Score {
    /// Counts a trial.
    pub fn count(&mut self, is_hit: bool, weight: f64) {
        self.trials += 1;
        self.weight += weight;
        self.squares += weight * weight;
        if is_hit {
            self.hits += 1;
            self.weight_of_hits += weight;
        }
    }

    /// The share of the weight that hit; none without trials.
    pub fn share(&self) -> Option<f64> {
        (self.trials > 0).then(|| self.weight_of_hits / self.weight)
    }

    /// Wilson's interval of 95 %, with Kish's effective number of trials, (Σw)² / Σw², in the place of their number.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let share = self.share()?;
        let trials = self.weight * self.weight / self.squares;
        let shrink = 1.0 + Z * Z / trials;
        let middle = (share + Z * Z / (2.0 * trials)) / shrink;
        let reach = Z / shrink * (share * (1.0 - share) / trials + Z * Z / (4.0 * trials * trials)).sqrt();
        Some(((middle - reach).max(0.0), (middle + reach).min(1.0)))
    }
}

impl FromIterator<(bool, f64)> for Score {
    fn from_iter<I: IntoIterator<Item = (bool, f64)>>(trials: I) -> Self {
        let mut score = Self::default();
        trials.into_iter().for_each(|(is_hit, weight)| score.count(is_hit, weight));
        score
    }
}

/// `0.86 (0.71–0.94), 24/28`.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.share().zip(self.interval()) {
            Some((share, (low, high))) => {
                write!(f, "{share:.2} ({low:.2}–{high:.2}), {}/{}", self.hits, self.trials)
            }
            None => f.write_str("–"),
        }
    }
}
