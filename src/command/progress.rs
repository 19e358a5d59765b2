//! What a command says while it works: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::plain::diagnostic::printable;

/// Speaks on standard error, so that standard output stays for data.
pub struct Progress {
    bar: Option<ProgressBar>,
    is_quiet: bool,
}

impl Progress {
    /// For so many steps.
    #[must_use]
    pub fn new(steps: usize, is_quiet: bool) -> Self {
        let bar = (!is_quiet && std::io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{bar:32} {pos}/{len}  {msg}").expect("a valid template");
            ProgressBar::new(steps as u64).with_style(style)
        });
        Self { bar, is_quiet }
    }

    /// One step is done.
    pub fn step(&self, line: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(printable(line));
                bar.inc(1);
            }
            None => self.say(line),
        }
    }

    /// A line that stays.
    pub fn say(&self, line: &str) {
        if self.is_quiet {
            return;
        }
        let line = printable(line);
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }

    /// A line that is printed even when quiet.
    pub fn warn(&self, text: &str) {
        let text = printable(text);
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
    }

    /// All steps are done.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
