//! Measures the check on labelled sentences: `cargo run --example sentences -- FILE [HALF] [show]`.
//!
//! Prints a row per kind: how many false sentences were caught, how many true ones were called false, how many of
//! either were unclear, and how many true ones were accepted after a number in them had been swapped for another. With
//! `show` it prints the sentences of which it was wrong, or not sure, as well.

mod measure;

use std::path::Path;
use std::process::ExitCode;

use signal::check::{Checker, Judge, Lexicon, Thresholds, spoken};
use signal::command::measure::measure;
use signal::data::publication;
use signal::figures::Names;
use signal::plain::Result;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|word| word == "show");
    arguments.retain(|word| word != "show");
    let Some(file) = arguments.first() else {
        eprintln!("name a file of labelled sentences, such as tests/check/sentences.yaml");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    match report(&text, arguments.get(1).map(String::as_str), show) {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            eprintln!("{faults}");
            ExitCode::FAILURE
        }
    }
}

fn report(text: &str, half: Option<&str>, show: bool) -> Result<()> {
    let publication = publication::read(Path::new("."))?;
    let (_, figures) = measure(&publication)?;
    let names = Names::of(&publication);
    let lexicon = Lexicon::new(spoken(&publication.registry.value, &names));
    let settings = publication.settings.value.check;
    let thresholds = Thresholds { flat: settings.flat, steep: settings.steep };
    let checker = Checker { lexicon: &lexicon, judge: Judge { figures: &figures, names: &names, thresholds } };
    let sentences = measure::read(text);
    let chosen = sentences.iter().filter(|sentence| half.is_none_or(|half| sentence.half == half));
    let tell = |line: &str| {
        if show {
            println!("{line}");
        }
    };
    let rows = measure::count(&checker, &names, chosen, tell);
    print!("{}", measure::table(&rows));
    Ok(())
}
