//! What the commands do: each is the pipeline, or a part of it, written down once.

pub mod arguments;
pub mod brief;
pub mod build;
pub mod check;
pub mod doctor;
pub mod export;
pub mod fault;
pub mod figures;
pub mod import;
pub mod init;
pub mod look;
pub mod mail;
pub mod manual;
pub mod measure;
pub mod mine;
mod names;
pub mod new;
pub mod orgs;
pub mod outcome;
pub mod output;
pub mod people;
mod place;
pub mod progress;
pub mod schema;
pub mod seal;
pub mod serve;
mod sheet;
mod stopwatch;
pub mod units;
pub mod verify;
pub mod workshop;

pub use arguments::Arguments;
pub use outcome::Outcome;

use arguments::Command;

/// Runs a command.
pub fn run(arguments: &Arguments) -> crate::plain::Result<Outcome> {
    match &arguments.command {
        Command::Build(options) => build::run(arguments, options),
        Command::Serve(options) => serve::run(arguments, options),
        Command::Check(options) => check::run(arguments, options),
        Command::Figures(options) => figures::run(arguments, options),
        Command::Export(command) => export::run(arguments, command),
        Command::Schema(options) => schema::run(arguments, options),
        Command::Doctor => doctor::run(arguments),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::page(),
        Command::Brief(options) => brief::run(arguments, options),
        Command::New(command) => new::run(arguments, command),
        Command::Seal(options) => seal::run(arguments, options),
        Command::Mail(options) => mail::run(arguments, options),
        Command::Verify(options) => verify::run(arguments, options),
        Command::Mine(options) => mine::run(arguments, options),
        Command::Import(options) => import::run(arguments, options),
        Command::Init(options) => init::run(arguments, options),
        Command::People(command) => people::run(arguments, command),
        Command::Orgs(command) => orgs::run(arguments, command),
    }
}
