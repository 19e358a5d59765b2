//! Measures the check on labelled sentences: `cargo run --release --example sentences -- FILE [tune|held] [show]`.
//!
//! Prints a row per kind: how many false sentences were caught, how many true ones were called false, how many of
//! either were unclear, and how many true ones were accepted after a number in them had been swapped for another.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use signal::check::{Checker, Judge, Lexicon, Outcome, Text, Thresholds, Verdict, spoken};
use signal::command::measure::measure;
use signal::data::publication;
use signal::figures::Names;
use signal::plain::Period;

#[derive(Debug, Deserialize)]
struct Sentence {
    id: u32,
    half: String,
    kind: String,
    edition: Period,
    heading: Option<String>,
    about: Option<String>,
    before: Option<String>,
    text: String,
    truth: bool,
    #[serde(default)]
    figures: Vec<Figure>,
}

#[derive(Debug, Deserialize)]
struct Figure {
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Accepted,
    Refused,
    Unclear,
}

#[derive(Default)]
struct Row {
    caught: usize,
    missed: usize,
    unclear_false: usize,
    accepted: usize,
    alarms: usize,
    unclear_true: usize,
    swaps: usize,
    swaps_accepted: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments.first().expect("name the file of sentences");
    let half = arguments.get(1).map(String::as_str);
    let show = arguments.get(2).is_some_and(|word| word == "show");
    let text = std::fs::read_to_string(file).expect("the sentences can be read");
    let sentences: Vec<Sentence> = serde_saphyr::from_str(&text).expect("the sentences are a list");
    let publication = publication::read(Path::new(".")).expect("the publication can be read");
    let (_, figures) = measure(&publication).expect("the publication can be measured");
    let names = Names::of(&publication);
    let lexicon = Lexicon::new(spoken(&publication.registry.value, &names));
    let judge = Judge { figures: &figures, names: &names, thresholds: Thresholds { flat: 3, steep: 15 } };
    let checker = Checker { lexicon: &lexicon, judge };
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut dice = Dice(0x5eed);
    for sentence in sentences.iter().filter(|sentence| half.is_none_or(|half| half == "all" || sentence.half == half)) {
        let (came, told) = run(&checker, &names, sentence, &sentence.text);
        let row = rows.entry(&sentence.kind).or_default();
        match (sentence.truth, came) {
            (false, Came::Refused) => row.caught += 1,
            (false, Came::Accepted) => row.missed += 1,
            (false, Came::Unclear) => row.unclear_false += 1,
            (true, Came::Accepted) => row.accepted += 1,
            (true, Came::Refused) => row.alarms += 1,
            (true, Came::Unclear) => row.unclear_true += 1,
        }
        let is_right = matches!((sentence.truth, came), (false, Came::Refused) | (true, Came::Accepted));
        if show && !is_right {
            let place = sentence.heading.as_deref().or(sentence.about.as_deref()).or(sentence.before.as_deref());
            println!(
                "{} {} {} {came:?}: {} [{}]\n    {}",
                sentence.id,
                sentence.kind,
                sentence.truth,
                sentence.text,
                place.unwrap_or(""),
                told.join("\n    ")
            );
        }
        if sentence.truth {
            for swapped in swaps(sentence, &mut dice) {
                let (came, told) = run(&checker, &names, sentence, &swapped);
                row.swaps += 1;
                if came == Came::Accepted {
                    row.swaps_accepted += 1;
                    if show {
                        println!(
                            "{} {} SWAP accepted: {swapped}\n    {}",
                            sentence.id,
                            sentence.kind,
                            told.join("\n    ")
                        );
                    }
                }
            }
        }
    }
    println!(
        "| kind | false | caught | missed | unclear | true | accepted | false alarms | unclear | swaps | accepted |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut all = Row::default();
    for (kind, row) in &rows {
        print(kind, row);
        all.caught += row.caught;
        all.missed += row.missed;
        all.unclear_false += row.unclear_false;
        all.accepted += row.accepted;
        all.alarms += row.alarms;
        all.unclear_true += row.unclear_true;
        all.swaps += row.swaps;
        all.swaps_accepted += row.swaps_accepted;
    }
    print("**all**", &all);
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "\ncaught of decided false {:.1} %, alarms of decided true {:.1} %, unclear {:.1} %, accepted after a swap {:.1} %",
        percent(all.caught, all.caught + all.missed),
        percent(all.alarms, all.accepted + all.alarms),
        percent(
            all.unclear_false + all.unclear_true,
            all.caught + all.missed + all.accepted + all.alarms + all.unclear_false + all.unclear_true
        ),
        percent(all.swaps_accepted, all.swaps),
    );
}

fn print(kind: &str, row: &Row) {
    let Row { caught, missed, unclear_false, accepted, alarms, unclear_true, swaps, swaps_accepted } = row;
    let (wrong, right) = (caught + missed + unclear_false, accepted + alarms + unclear_true);
    println!(
        "| {kind} | {wrong} | {caught} | {missed} | {unclear_false} | {right} | {accepted} | {alarms} | {unclear_true} | {swaps} | {swaps_accepted} |"
    );
}

fn run(checker: &Checker<'_>, names: &Names, sentence: &Sentence, text: &str) -> (Came, Vec<String>) {
    let about = sentence.about.as_deref().map(|about| names.scope(about).unwrap_or(signal::metrics::Scope::Corpus));
    let heading =
        sentence.heading.iter().map(|heading| Text { text: heading.clone(), is_heading: true, ..Text::default() });
    let before = sentence.before.as_deref().map_or_else(String::new, |before| format!("{before} "));
    let from = before.len();
    let paragraph = Text { text: before + text, about, ..Text::default() };
    let texts: Vec<Text> = heading.chain([paragraph]).collect();
    let findings = checker.check(&texts, sentence.edition);
    let own = findings.iter().filter(|finding| finding.text + 1 == texts.len() && finding.range.start >= from);
    let mut came = Came::Accepted;
    let mut told = Vec::new();
    for finding in own {
        let words = &texts[finding.text].text[finding.range.clone()];
        let (one, what) = match &finding.outcome {
            Outcome::Matched(_, Verdict::Holds) => (Came::Accepted, "holds".to_owned()),
            Outcome::Matched(_, Verdict::Fails(how)) => (Came::Refused, format!("fails: {how}")),
            Outcome::Matched(_, Verdict::NoValue(why)) => (Came::Unclear, format!("no value: {why}")),
            Outcome::Unclear(unclear) => (Came::Unclear, format!("unclear: {}", unclear.why)),
            Outcome::Waived(_) => (Came::Accepted, "waived".to_owned()),
        };
        told.push(format!("`{words}` {what}"));
        came = match (came, one) {
            (Came::Refused, _) | (_, Came::Refused) => Came::Refused,
            (Came::Unclear, _) | (_, Came::Unclear) => Came::Unclear,
            _ => Came::Accepted,
        };
    }
    (came, told)
}

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// The text with each of its numbers in turn that is a figure swapped for another of as many digits.
fn swaps(sentence: &Sentence, dice: &mut Dice) -> Vec<String> {
    let text = sentence.text.as_str();
    let figures: Vec<_> = sentence.figures.iter().flat_map(|figure| text.match_indices(figure.text.as_str())).collect();
    let mut swapped = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || matches!(bytes[end], b',' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        {
            end += 1;
        }
        let is_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'-')
            || bytes.get(end).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
        let number = &text[at..end];
        let is_year = number.len() == 4 && number.starts_with("20") && !number.contains([',', '.']);
        let is_figure = figures.iter().any(|(from, words)| (*from..from + words.len()).contains(&at));
        if is_figure && !is_name && !is_year {
            let mut other = number.to_owned();
            while other == number {
                other = number
                    .chars()
                    .enumerate()
                    .map(|(at, c)| {
                        if !c.is_ascii_digit() {
                            return c;
                        }
                        let lowest = u64::from(at == 0 && number.len() > 1);
                        char::from_digit(u32::try_from(lowest + dice.roll() % (10 - lowest)).expect("a digit"), 10)
                            .expect("a digit")
                    })
                    .collect();
            }
            swapped.push(format!("{}{other}{}", &text[..at], &text[end..]));
        }
        at = end;
    }
    swapped
}
