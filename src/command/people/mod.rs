//! `signal people`: what an editor asks and decides about who is whom.

mod candidates;
mod decide;
mod desk;
mod pair;
mod subject;
mod why;

use super::arguments::{Arguments, PeopleCommand};
use super::outcome::Outcome;
use super::output;
use crate::plain::Result;
use desk::Desk;

/// Runs the command.
pub fn run(arguments: &Arguments, command: &PeopleCommand) -> Result<Outcome> {
    let mut desk = Desk::read(&arguments.root)?;
    let (said, is_answer) = match command {
        PeopleCommand::Candidates(options) => (candidates::list(&desk, options), true),
        PeopleCommand::Why { lines } => (why::explain(&mut desk, lines)?, true),
        PeopleCommand::Merge { lines } => (decide::merge(&mut desk, lines)?, false),
        PeopleCommand::Split { lines } => (decide::split(&mut desk, lines)?, false),
        PeopleCommand::OptOut { line } => (decide::opt_out(&mut desk, line)?, false),
    };
    if is_answer || !arguments.quiet {
        output::print(&said)?;
    }
    Ok(Outcome::Done)
}
