//! Holds the rules against labels that were made by hand; see `docs/rules.md`.
//!
//! ```text
//! cargo bench --bench rules -- commits [tune|held]
//! cargo bench --bench rules -- mistakes
//! cargo bench --bench rules -- pairs [tune|held]
//! ```
//!
//! `commits` and `mistakes` need local mirrors, as `signal mine` makes them; `pairs` needs the committed files alone.

mod commits;
mod labels;
mod pairs;
mod score;
mod verdicts;

use std::path::Path;
use std::process::ExitCode;

use labels::Half;
use signal::data::publication;
use signal::plain::Result;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["commits"] => commits(&Half::ALL),
        ["commits", "tune"] => commits(&[Half::Tune]),
        ["commits", "held"] => commits(&[Half::Held]),
        ["mistakes"] => verdicts().map(|verdicts| commits::mistakes(&verdicts)),
        ["pairs"] => pairs(&Half::ALL),
        ["pairs", "tune"] => pairs(&[Half::Tune]),
        ["pairs", "held"] => pairs(&[Half::Held]),
        // A bare `cargo bench` gets here too.
        _ => {
            println!("say what to do: commits, mistakes or pairs; `tune` or `held` after it for one half alone");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            eprintln!("{faults}");
            ExitCode::FAILURE
        }
    }
}

fn verdicts() -> Result<Vec<verdicts::Verdict>> {
    verdicts::all(&publication::read(Path::new("."))?, labels::commits())
}

fn commits(halves: &[Half]) -> Result<()> {
    commits::tables(&verdicts()?, halves);
    Ok(())
}

fn pairs(halves: &[Half]) -> Result<()> {
    let publication = publication::read(Path::new("."))?;
    pairs::tables(&publication, &labels::pairs(), halves)
}
