//! Holds the check against labelled sentences: which false ones it catches, which true ones it calls false.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use signal::check::{Checker, Outcome, Text, Verdict};
use signal::figures::Names;
use signal::plain::Period;

/// A labelled sentence.
#[derive(Debug, Deserialize)]
pub struct Sentence {
    id: u32,
    /// `tune`, `held` or `more`.
    pub half: String,
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

/// What the check made of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Accepted,
    Refused,
    Unclear,
}

/// Counts of sentences of one kind.
#[derive(Default)]
pub struct Row {
    /// False ones that were caught.
    pub caught: usize,
    /// False ones that were accepted.
    pub missed: usize,
    /// False ones that were unclear.
    pub unclear_false: usize,
    /// True ones that were accepted.
    pub accepted: usize,
    /// True ones that were called false.
    pub alarms: usize,
    /// True ones that were unclear.
    pub unclear_true: usize,
    /// True ones with a number swapped.
    pub swaps: usize,
    /// Those of them that were accepted.
    pub swaps_accepted: usize,
}

impl Row {
    fn add(&mut self, other: &Self) {
        self.caught += other.caught;
        self.missed += other.missed;
        self.unclear_false += other.unclear_false;
        self.accepted += other.accepted;
        self.alarms += other.alarms;
        self.unclear_true += other.unclear_true;
        self.swaps += other.swaps;
        self.swaps_accepted += other.swaps_accepted;
    }

    fn line(&self, name: &str) -> String {
        let Self { caught, missed, unclear_false, accepted, alarms, unclear_true, swaps, swaps_accepted } = self;
        let (wrong, right) = (caught + missed + unclear_false, accepted + alarms + unclear_true);
        format!(
            "| {name} | {wrong} | {caught} | {missed} | {unclear_false} | {right} | {accepted} | {alarms} | {unclear_true} | \
             {swaps} | {swaps_accepted} |\n"
        )
    }

    /// The four rates that there are aims for, in percent.
    #[must_use]
    pub fn rates(&self) -> [f64; 4] {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let decided = self.caught + self.missed + self.accepted + self.alarms;
        let unclear = self.unclear_false + self.unclear_true;
        [
            percent(self.caught, self.caught + self.missed),
            percent(self.alarms, self.accepted + self.alarms),
            percent(unclear, decided + unclear),
            percent(self.swaps_accepted, self.swaps),
        ]
    }
}

/// Sentences of a file.
#[must_use]
pub fn read(text: &str) -> Vec<Sentence> {
    serde_saphyr::from_str(text).expect("the sentences are a list")
}

/// Counts what the check makes of sentences, by their kind; `tell` is given what it said where that was wrong.
pub fn count<'a>(
    checker: &Checker<'_>,
    names: &Names,
    sentences: impl IntoIterator<Item = &'a Sentence>,
    mut tell: impl FnMut(&str),
) -> BTreeMap<&'a str, Row> {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut dice = Dice(0x5eed);
    for sentence in sentences {
        let (came, told) = run(checker, names, sentence, &sentence.text);
        let row = rows.entry(&sentence.kind).or_default();
        *match (sentence.truth, came) {
            (false, Came::Refused) => &mut row.caught,
            (false, Came::Accepted) => &mut row.missed,
            (false, Came::Unclear) => &mut row.unclear_false,
            (true, Came::Accepted) => &mut row.accepted,
            (true, Came::Refused) => &mut row.alarms,
            (true, Came::Unclear) => &mut row.unclear_true,
        } += 1;
        let is_right = matches!((sentence.truth, came), (false, Came::Refused) | (true, Came::Accepted));
        if !is_right {
            let Sentence { id, kind, truth, text, .. } = sentence;
            tell(&format!("{id} {kind} {truth} {came:?}: {text}\n    {}", told.join("\n    ")));
        }
        if sentence.truth {
            for swapped in swaps(sentence, &mut dice) {
                let (came, told) = run(checker, names, sentence, &swapped);
                row.swaps += 1;
                if came == Came::Accepted {
                    row.swaps_accepted += 1;
                    tell(&format!("{} accepted: {swapped}\n    {}", sentence.id, told.join("\n    ")));
                }
            }
        }
    }
    rows
}

/// A table with a row for each kind, and the sum.
#[must_use]
pub fn table(rows: &BTreeMap<&str, Row>) -> String {
    let mut text =
        "| kind | false | caught | missed | unclear | true | accepted | false alarms | unclear | swaps | accepted |\n\
                    |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
            .to_owned();
    for (kind, row) in rows {
        text += &row.line(kind);
    }
    let all = sum(rows);
    text += &all.line("**all**");
    let [caught, alarms, unclear, swapped] = all.rates();
    let _ = writeln!(
        text,
        "\nCaught, of the false ones that were decided: {caught:.1} %. False alarms, of the true ones that were decided: \
         {alarms:.1} %.\nUnclear: {unclear:.1} %. Accepted with a number swapped: {swapped:.1} %."
    );
    text
}

/// All kinds together.
#[must_use]
pub fn sum(rows: &BTreeMap<&str, Row>) -> Row {
    let mut all = Row::default();
    for row in rows.values() {
        all.add(row);
    }
    all
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
