//! The `signal` command.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use signal::command::{self, Arguments};
use signal::plain::Kind;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match command::run(&arguments) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(faults) => {
            let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            for fault in faults.iter() {
                eprintln!("{}\n", fault.render(colour));
            }
            ExitCode::from(if faults.kind() == Kind::Usage { 2 } else { 1 })
        }
    }
}
