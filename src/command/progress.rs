//! What a command says while it works: a bar on a terminal, plain lines elsewhere, objects for other programs, nothing
//! when quiet.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use super::fault::Fault;
use crate::plain::Diagnostic;
use crate::plain::diagnostic::printable;

/// How a command speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A bar on a terminal, plain lines elsewhere.
    Plain,
    /// Warnings and faults alone.
    Quiet,
    /// An object for each line.
    Json,
}

/// Speaks on standard error, so that standard output stays for data.
pub struct Progress {
    bar: Option<ProgressBar>,
    voice: Voice,
}

impl Progress {
    /// For so many steps.
    #[must_use]
    pub fn new(steps: usize, voice: Voice) -> Self {
        let bar = (voice == Voice::Plain && std::io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{bar:32} {pos}/{len}  {msg}").expect("a valid template");
            ProgressBar::new(steps as u64).with_style(style)
        });
        Self { bar, voice }
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
        if self.voice != Voice::Quiet {
            self.print("info", line);
        }
    }

    /// A line that is printed even when quiet.
    pub fn warn(&self, text: &str) {
        self.print("warning", text);
    }

    /// All steps are done.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn print(&self, level: &str, line: &str) {
        let line = match self.voice {
            Voice::Json => json!({"level": level, "message": line}).to_string(),
            Voice::Plain | Voice::Quiet => printable(line),
        };
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }
}

/// Prints what is wrong.
pub fn report<'a>(faults: impl IntoIterator<Item = &'a Diagnostic>, voice: Voice) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for fault in faults {
        match voice {
            Voice::Json => eprintln!("{}", line(fault)),
            Voice::Plain | Voice::Quiet => eprintln!("{}\n", fault.render(colour)),
        }
    }
}

/// A line of the log, about a fault.
#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    #[serde(flatten)]
    fault: Fault<'a>,
}

fn line(fault: &Diagnostic) -> String {
    serde_json::to_string(&Line { level: "error", fault: Fault::of(fault) }).expect("these are texts and numbers")
}
