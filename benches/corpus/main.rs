//! Makes publications of any size, and measures what reading and counting them takes.
//!
//! ```text
//! cargo bench --bench corpus -- make FOLDER [REPOS [QUARTERS [SEED]]]
//! cargo bench --bench corpus -- read FOLDER [TIMES]
//! cargo bench --bench corpus -- count FOLDER [TIMES]
//! cargo bench --bench corpus -- pages FOLDER [TIMES]
//! cargo bench --bench corpus -- rows [MILLIONS]
//! cargo bench --bench corpus -- plot TABLE > docs/performance.svg
//! cargo bench --bench corpus -- scatter TABLE > docs/mining.svg
//! ```

mod clock;
mod dice;
mod editions;
mod histories;
mod measure;
mod plot;
mod rows;
mod scatter;
mod site;
mod snapshots;
mod write;

use std::path::Path;
use std::process::ExitCode;

use histories::Plan;

/// The program's own: what it hands out, and how quickly, is a good part of what is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |at: usize, otherwise: u32| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(otherwise);
    let done = match words[..] {
        ["make", root, ..] => {
            let quarters = u16::try_from(number(3, 16)).unwrap_or(16);
            let plan = Plan { repos: number(2, 474), quarters, lines: 527, seed: number(4, 1).into() };
            make(&plan, Path::new(root))
        }
        ["read", root, ..] => measure::files(Path::new(root), number(2, 3)),
        ["count", root, ..] => measure::counting(Path::new(root), number(2, 3)),
        ["pages", root, ..] => site::site(Path::new(root), number(2, 3)),
        ["rows", ..] => rows::rows(number(1, 10)),
        ["plot", table] => draw(table, plot::plot),
        ["scatter", table] => draw(table, scatter::scatter),
        // `cargo test` and a bare `cargo bench` get here too.
        _ => {
            println!(
                "say what to do: make FOLDER, read FOLDER, count FOLDER, pages FOLDER, rows, plot TABLE or scatter TABLE"
            );
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the picture of a table in a file.
fn draw(table: &str, by: impl FnOnce(&str) -> Result<String, String>) -> Result<(), String> {
    let text = std::fs::read_to_string(table).map_err(|error| error.to_string())?;
    print!("{}", by(&text)?);
    Ok(())
}

fn make(plan: &Plan, root: &Path) -> Result<(), String> {
    let ((lines, works), took) = match clock::timed(|| write::write(plan, root)) {
        (Ok(rows), took) => (rows, took),
        (Err(error), _) => return Err(error.to_string()),
    };
    println!("{} repositories, {lines} author lines, {works} rows of snapshots in {:.1} s", plan.repos, took.wall);
    Ok(())
}
