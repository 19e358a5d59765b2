//! How long a build took, and what in it.

use std::sync::Arc;

use super::output::table;
use crate::pages::timings::{Timings, Work};
use crate::source::clock;

/// So many of each sort are listed.
const LISTED: usize = 8;

/// Measures a build, where somebody asks.
pub struct Stopwatch {
    timings: Option<Arc<Timings>>,
    began: u64,
    laps: Vec<(&'static str, u64)>,
}

impl Stopwatch {
    /// From now on.
    pub fn new(is_asked: bool) -> Self {
        let timings = is_asked.then(|| Arc::new(Timings::new(clock::elapsed)));
        Self { timings, began: clock::elapsed(), laps: Vec::new() }
    }

    /// A stage is over.
    pub fn lap(&mut self, stage: &'static str) {
        let now = clock::elapsed();
        self.laps.push((stage, now.saturating_sub(self.began)));
        self.began = now;
    }

    /// For what the pages note.
    pub fn timings(&self) -> Option<Arc<Timings>> {
        self.timings.clone()
    }

    /// Tables for a terminal; nothing where nobody asks.
    pub fn report(&self) -> Option<String> {
        let timings = self.timings.as_ref()?;
        let stages: Vec<[String; 2]> =
            self.laps.iter().map(|(stage, took)| [(*stage).to_owned(), milliseconds(*took)]).collect();
        let mut text = table(["stage", "ms"], &["ms"], &stages);
        for (work, head) in [(Work::Page, "page"), (Work::Template, "template"), (Work::Chart, "chart")] {
            let slowest = timings.slowest(work, LISTED).into_iter();
            let rows: Vec<[String; 3]> =
                slowest.map(|(name, spent)| [name, spent.times.to_string(), milliseconds(spent.nanoseconds)]).collect();
            if !rows.is_empty() {
                text.push('\n');
                text += &table([head, "times", "ms"], &["times", "ms"], &rows);
            }
        }
        Some(text)
    }
}

fn milliseconds(nanoseconds: u64) -> String {
    format!("{:.1}", nanoseconds as f64 / 1e6)
}
