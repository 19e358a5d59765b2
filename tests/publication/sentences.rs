//! The check held against labelled sentences; `docs/check.md` has the tables.

use std::fmt::Write as _;
use std::path::Path;

use signal::check::vocabulary::{MOVES, MULTIPLES, NOUNS, TIMES, TRAITS};
use signal::check::{Checker, Judge, Lexicon, Thresholds, spoken, stated::HEDGES};
use signal::figures::Names;

use crate::figures::shipped;

#[path = "../../examples/sentences/measure.rs"]
mod measure;

/// The parts of docs/check.md that are made here.
const PARTS: [&str; 2] = ["measured", "vocabulary"];

/// File, half, and what the sentences are.
const SETS: [(&str, &str, &str); 4] = [
    ("tests/check/sentences.yaml", "held", "Held back: nobody has looked at these while the check was improved"),
    ("tests/check/fourth.yaml", "held", "Held back as well, by a writer who didn't know the check"),
    ("tests/check/sentences.yaml", "tune", "Looked at while it was improved"),
    ("tests/check/more.yaml", "more", "Written later by others, and looked at as well"),
];

fn measured() -> (String, Vec<[f64; 4]>) {
    let (publication, figures) = shipped();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = Names::of(publication);
    let lexicon = Lexicon::new(spoken(&publication.registry.value, &names));
    let thresholds = Thresholds { flat: 3, steep: 15 };
    let checker = Checker { lexicon: &lexicon, judge: Judge { figures, names: &names, thresholds } };
    let mut text = String::new();
    let mut rates = Vec::new();
    for (file, half, title) in SETS {
        let sentences = measure::read(&std::fs::read_to_string(root.join(file)).unwrap());
        let rows = measure::count(&checker, &names, sentences.iter().filter(|one| one.half == half), |_| {});
        rates.push(measure::sum(&rows).rates());
        let _ = write!(text, "\n### {title}\n\n{}", measure::table(&rows));
    }
    (text, rates)
}

fn vocabulary() -> String {
    let table = |title: &str, rows: Vec<(String, &str)>| {
        let mut text = format!("\n### {title}\n\n| means | words |\n|---|---|\n");
        let mut last = String::new();
        for (meaning, words) in rows {
            let words = words.replace('|', "\\|");
            if meaning == last {
                text.truncate(text.len() - " |\n".len());
                let _ = writeln!(text, "; {words} |");
            } else {
                let _ = writeln!(text, "| {meaning} | {words} |");
            }
            last = meaning;
        }
        text
    };
    let metric = |rows: &[(&'static str, &'static str)]| -> Vec<(String, &'static str)> {
        rows.iter().map(|(name, words)| (format!("`{name}`"), *words)).collect()
    };
    let back = |count: u16| if count == 0 { "the edition's quarter".to_owned() } else { format!("{count} before it") };
    let way = |way: i8| ["down", "flat", "up"][usize::try_from(way + 1).unwrap()];
    [
        table("Nouns", metric(NOUNS)),
        table("What people and commits are said to be or do", metric(TRAITS)),
        table(
            "Directions",
            MOVES
                .iter()
                .map(|(sign, force, words)| (format!("{}, {force:?}", way(*sign)).to_lowercase(), *words))
                .collect(),
        ),
        table("Multiples", MULTIPLES.iter().map(|(part, whole, words)| (format!("{part}/{whole}"), *words)).collect()),
        table("Times", TIMES.iter().map(|(count, words)| (back(*count), *words)).collect()),
        table("Hedges", HEDGES.iter().map(|(words, hedge)| (format!("{hedge:?}").to_lowercase(), *words)).collect()),
    ]
    .concat()
}

#[test]
fn the_check_is_as_good_as_its_page_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let mut text = std::fs::read_to_string(&file).unwrap();
    let (measured, rates) = measured();
    for (name, made) in PARTS.into_iter().zip([measured, vocabulary()]) {
        let (begin, end) = (format!("<!-- made: {name} -->\n"), format!("<!-- end: {name} -->"));
        let (before, rest) = text.split_once(&begin).expect("the page has a place for it");
        let (written, after) = rest.split_once(&end).expect("it has an end");
        let made = format!("{made}\n");
        if std::env::var_os("SIGNAL_BLESS").is_some() {
            text = format!("{before}{begin}{made}{end}{after}");
            continue;
        }
        assert_eq!(written, made, "run `SIGNAL_BLESS=1 cargo test --test publication sentences` to write it anew");
    }
    if std::env::var_os("SIGNAL_BLESS").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    for [caught, _, _, swapped] in rates {
        assert!(caught > 80.0 && swapped < 1.0, "caught {caught} %, accepted after a swap {swapped} %");
    }
}
