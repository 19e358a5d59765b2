//! The text of a lock: the same bytes for the same edition, a line for each figure.

use std::fmt::Write as _;

use super::lock::{Beside, Drawn, Figure, Lock};
use super::statement::{Part, Statement};
use crate::data::identity_key::{Hash, digest};

const HEAD: &str =
    "# Written by `signal seal`, never by hand. What a sealed edition says is changed by a correction.\n";

/// How the last line begins, which has the digest of all lines before it.
pub const LAST: &str = "digest: ";

/// The digest that stands in the last line.
#[must_use]
pub fn sum(text: &str) -> Hash {
    digest(text.as_bytes())
}

/// The whole file.
#[must_use]
pub fn text(lock: &Lock) -> String {
    let mut text = HEAD.to_owned();
    let Lock { version, period, sealed_on, program, inputs, words, .. } = lock;
    let _ = write!(
        text,
        "version: {version}\nperiod: {period}\nsealed_on: {sealed_on}\nprogram: {}\ninputs:\n  as_of: {}\n  from: {}\n  \
         to: {}\n  repositories: {}\n",
        quoted(program),
        inputs.as_of,
        inputs.from,
        inputs.to,
        inputs.repositories,
    );
    for (name, digest) in inputs.digests() {
        let _ = writeln!(text, "  {name}: {}", quoted(&digest));
    }
    list(&mut text, "words", words, |digest| format!("'{digest}'"));
    list(&mut text, "figures", &lock.figures, figure);
    list(&mut text, "charts", &lock.charts, |Drawn { expression, digest }| {
        format!("{{expression: {}, digest: '{digest}'}}", quoted(expression))
    });
    list(&mut text, "beside", &lock.beside, |Beside { figure, value, text }| {
        format!("{{figure: {}, value: {}, text: {}}}", quoted(figure), quoted(value), quoted(text))
    });
    list(&mut text, "predictions", &lock.predictions, prediction);
    let sum = sum(&text);
    let _ = writeln!(text, "{LAST}'{sum}'");
    text
}

fn list<T>(text: &mut String, name: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        let _ = writeln!(text, "{name}: []");
        return;
    }
    let _ = writeln!(text, "{name}:");
    for item in items {
        let _ = writeln!(text, "- {}", line(item));
    }
}

fn figure(figure: &Figure) -> String {
    let mut line = format!("{{expression: {}", quoted(&figure.expression));
    for (name, value) in [("figure", &figure.figure), ("form", &figure.form)] {
        line.extend(value.as_ref().map(|value| format!(", {name}: {}", quoted(value))));
    }
    line + &format!(", value: {}, text: {}}}", quoted(&figure.value), quoted(&figure.text))
}

fn prediction(statement: &Statement) -> String {
    let Statement { id, stated_on, due, statement, clauses, digest } = statement;
    let mut lines = format!("id: {}\n  stated_on: {stated_on}\n  due: {due}\n", quoted(id));
    let _ = write!(lines, "  statement: {}\n  clauses:\n", quoted(statement));
    for Part { statement, percent, test, evidence } in clauses {
        let percent = percent.map(|percent| percent.to_string());
        let texts = [("statement", statement), ("test", test), ("evidence", evidence)];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, quoted(text.as_ref()?))));
        let entries = percent.into_iter().map(|percent| ("percent", percent)).chain(texts);
        let entries: Vec<String> = entries.map(|(name, text)| format!("{name}: {text}")).collect();
        let _ = writeln!(lines, "  - {{{}}}", entries.join(", "));
    }
    lines + &format!("  digest: '{digest}'")
}

/// A text as YAML reads it back: in single quotes, and in double ones where it has more than one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.contains(char::is_control) {
        return serde_json::to_string(text).expect("a string is always JSON");
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::seal::lock::file;
    use crate::seal::{Inputs, decoding};

    fn lock(texts: &[String]) -> Lock {
        let text = |at: usize| texts[at % texts.len()].clone();
        let (zero, period) = (Hash(0), "2026-Q2".parse().unwrap());
        Lock {
            version: 1,
            period,
            sealed_on: "2026-07-14".parse().unwrap(),
            program: text(0),
            inputs: Inputs {
                as_of: "2026-07-01".parse().unwrap(),
                from: "2023-Q1".parse().unwrap(),
                to: period,
                repositories: texts.len(),
                data: text(1),
                catalogue: zero,
                repos: Hash(1_234_567_890_123_456),
                people: Hash(u64::MAX),
                orgs: zero,
                areas: zero,
                profiles: zero,
                rules: zero,
            },
            words: vec![Hash(0x1234_5678_9012_3456); texts.len() - 1],
            figures: texts
                .iter()
                .map(|one| Figure {
                    expression: one.clone(),
                    figure: Some(text(2)).filter(|text| text.len() > 3),
                    form: Some(text(3)).filter(|text| text.len() < 3),
                    value: text(4),
                    text: text(5),
                })
                .collect(),
            charts: vec![Drawn { expression: text(6), digest: zero }],
            beside: vec![Beside { figure: text(7), value: text(8), text: text(9) }],
            predictions: vec![Statement {
                id: text(10),
                stated_on: "2026-07-14".parse().unwrap(),
                due: period,
                statement: text(11),
                clauses: vec![
                    Part { statement: Some(text(12)), percent: Some(7), test: Some(text(13)), evidence: None },
                    Part { statement: None, percent: None, test: None, evidence: Some(text(14)) },
                ],
                digest: zero,
            }],
        }
    }

    proptest! {
        #[test]
        fn a_lock_reads_as_it_was_written(texts in prop::collection::vec(
            prop_oneof![
                "[ -~]{0,12}", "[a-z'\"\\\\\n\t:#{}\\[\\],&*!|>%@`é−“†~-]{0,12}",
                Just("1,204".to_owned()), Just("~".to_owned()), Just("null".to_owned()), Just("digest: ".to_owned()),
                Just("\ndigest: '0'\n".to_owned()), Just("yes".to_owned()), Just("0x1f".to_owned()),
            ],
            1..20,
        )) {
            let (lock, folder) = (lock(&texts), tempfile::tempdir().unwrap());
            let file = file(lock.period);
            std::fs::create_dir_all(folder.path().join(&file).parent().unwrap()).unwrap();
            std::fs::write(folder.path().join(&file), text(&lock)).unwrap();
            let read = decoding::read(folder.path(), &file).unwrap_or_else(|faults| panic!("{faults}"));
            prop_assert_eq!(read.lock, lock);
        }
    }
}
