//! What a part of the work takes: seconds on the clock, and of all cores together.

use std::fs;
use std::time::Instant;

/// What something took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub wall: f64,
    pub cores: f64,
}

/// Linux counts in hundredths of a second.
const TICKS: f64 = 100.0;

/// Processor time of this program so far, in seconds.
fn cores() -> f64 {
    let Ok(line) = fs::read_to_string("/proc/self/stat") else { return 0.0 };
    let after = line.rsplit(')').next().unwrap_or_default();
    let number = |at: usize| after.split_whitespace().nth(at).and_then(|word| word.parse::<f64>().ok());
    (number(11).unwrap_or(0.0) + number(12).unwrap_or(0.0)) / TICKS
}

/// The most memory that was ever taken, in megabytes.
pub fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Does something and says what it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (before, start) = (cores(), Instant::now());
    let made = work();
    (made, Took { wall: start.elapsed().as_secs_f64(), cores: cores() - before })
}
