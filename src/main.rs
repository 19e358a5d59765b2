//! The `signal` command.

use std::process::ExitCode;

use clap::Parser;
use signal::command::{self, Arguments, progress};
use signal::plain::Kind;

/// Figures and pages are made of many small pieces on all cores, which this one hands out quicker than the system's. Its
/// feature `no_thp` keeps it from asking for huge pages: they are cleared as a whole however little of them is used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match command::run(&arguments) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(faults) => {
            progress::report(faults.iter(), arguments.voice());
            ExitCode::from(if faults.kind() == Kind::Usage { 2 } else { 1 })
        }
    }
}
