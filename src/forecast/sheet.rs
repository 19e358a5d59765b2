//! `content/predictions/*.yaml`: predictions as an editor writes them, read strictly.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::prediction::{Clause, Judged, Prediction, Test, Verdict};
use super::sign::comparisons;
use crate::data::document::{Document, Spanned};
use crate::data::registry::is_safe;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Kind, Period, Place, Result};

/// A whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The quarter of the edition that they were made with.
    #[schemars(with = "Period")]
    pub edition: Spanned<Period>,
    /// The day on which they were stated.
    pub stated_on: Day,
    /// Whether they are unfinished.
    #[serde(default)]
    pub draft: bool,
    predictions: Vec<Entry>,
}

/// A prediction.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What stands for it in addresses; unique in the publication.
    #[schemars(with = "String")]
    id: Spanned<String>,
    /// What is predicted, in markdown.
    #[schemars(with = "String")]
    statement: Spanned<String>,
    /// The quarter that decides it.
    #[schemars(with = "Period")]
    due: Spanned<Period>,
    /// How probable it is held to be, from 0.01 to 0.99.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    probability: Option<Spanned<f64>>,
    /// What decides it: a comparison of two expressions, such as `corpus().contributors >= 3000`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    test: Option<Spanned<String>>,
    /// `editor` where no figure can decide it.
    #[serde(default)]
    #[schemars(with = "Option<Judge>")]
    judge: Option<Spanned<Judge>>,
    /// Which evidence the editor will take, in markdown.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    evidence: Option<Spanned<String>>,
    /// What the editor found.
    #[serde(default)]
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<Spanned<Verdict>>,
    /// Why it was taken out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    void: Option<Spanned<String>>,
    /// Its parts, each graded for itself.
    #[serde(default)]
    clauses: Option<Vec<Part>>,
}

/// A part of a prediction.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Part {
    /// What this part says, in markdown.
    #[schemars(with = "String")]
    statement: Spanned<String>,
    /// How probable it is held to be, from 0.01 to 0.99.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    probability: Option<Spanned<f64>>,
    /// What decides it: a comparison of two expressions, such as `corpus().contributors >= 3000`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    test: Option<Spanned<String>>,
    /// `editor` where no figure can decide it.
    #[serde(default)]
    #[schemars(with = "Option<Judge>")]
    judge: Option<Spanned<Judge>>,
    /// Which evidence the editor will take, in markdown.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    evidence: Option<Spanned<String>>,
    /// What the editor found.
    #[serde(default)]
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<Spanned<Verdict>>,
    /// Why it was taken out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    void: Option<Spanned<String>>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Judge {
    Editor,
}

/// The predictions of a file, in its order.
pub fn read(document: &Document<Sheet>) -> Result<Vec<Prediction>> {
    let mut faults = Collector::default();
    let sheet = &document.value;
    let mut predictions = Vec::new();
    for entry in &sheet.predictions {
        let id = &entry.id.value;
        if !is_safe(id) || *id != id.to_lowercase() {
            let hint = "use small letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
            faults.push(document.fault(Kind::Syntax, &entry.id, format!("`{id}` can't be an id")).hint(hint));
        }
        if entry.due.value <= sheet.edition.value {
            let (due, edition) = (entry.due.value, sheet.edition.value);
            let message = format!("the prediction is due in {due}, which the edition of {edition} knows already");
            faults.push(document.fault(Kind::Data, &entry.due, message).hint("name a later quarter"));
        }
        if let Some(clauses) = faults.keep(clauses(document, entry)) {
            predictions.push(Prediction {
                id: entry.id.clone(),
                statement: entry.statement.clone(),
                edition: sheet.edition.value,
                stated_on: sheet.stated_on,
                sealed_on: None,
                due: entry.due.value,
                clauses,
            });
        }
    }
    faults.finish(predictions)
}

fn clauses(document: &Document<Sheet>, entry: &Entry) -> Result<Vec<Clause>> {
    let mut faults = Collector::default();
    faults.keep(said(document, &entry.statement, "statement"));
    let Entry { probability, test, judge, evidence, verdict, void, .. } = entry.clone();
    let whole = Part { statement: entry.statement.clone(), probability, test, judge, evidence, verdict, void };
    let Some(parts) = &entry.clauses else {
        let clause = faults.keep(clause(document, &whole));
        return faults.finish(clause.map(|clause| Clause { statement: None, ..clause }).into_iter().collect());
    };
    if whole.probability.is_some() || whole.test.is_some() || whole.judge.is_some() {
        let message = "the prediction has clauses, and is judged as a whole as well";
        let hint = "write `probability`, and `test` or `judge`, in each of the clauses";
        faults.push(document.fault(Kind::Data, &entry.id, message).hint(hint));
    }
    if parts.is_empty() {
        let message = "the list of clauses is empty";
        faults.push(document.fault(Kind::Data, &entry.id, message).hint("leave `clauses` out, or write one"));
    }
    let voided = match &entry.void {
        Some(void) => faults.keep(said(document, void, "reason")),
        None => None,
    };
    let mut clauses = Vec::new();
    for part in parts {
        faults.keep(said(document, &part.statement, "statement"));
        if let Some(clause) = faults.keep(clause(document, part)) {
            clauses.push(Clause { void: clause.void.clone().or_else(|| voided.clone()), ..clause });
        }
    }
    faults.finish(clauses)
}

fn clause(document: &Document<Sheet>, part: &Part) -> Result<Clause> {
    let mut faults = Collector::default();
    let fault = |message: &str, hint: &str| document.fault(Kind::Data, &part.statement, message).hint(hint);
    let judged = match (&part.test, &part.judge) {
        (Some(written), None) => {
            if part.probability.is_none() {
                faults.push(fault("the prediction has no probability", "add a line `probability: 0.6`"));
            }
            if let Some(verdict) = &part.verdict {
                let message = "what has a test is judged by the figures, not by the editor";
                faults.push(document.fault(Kind::Data, verdict, message).hint("leave out `verdict`, or the test"));
            }
            faults.keep(test(document, written)).map(Judged::Test)
        }
        (None, Some(Spanned { value: Judge::Editor, .. })) => {
            if let Some(evidence) = &part.evidence {
                faults.keep(said(document, evidence, "evidence"));
                let verdict = part.verdict.as_ref().map(|verdict| verdict.value.clone());
                if let Some(verdict) = &verdict {
                    faults.keep(said(document, &verdict.citation, "citation"));
                }
                Some(Judged::Editor { evidence: evidence.clone(), verdict })
            } else {
                let hint = "add a line `evidence: …` that says what decides it, and where that will be found";
                faults.push(fault("the editor is the judge, and nothing says by which evidence", hint));
                None
            }
        }
        (Some(written), Some(_)) => {
            let message = "the prediction has a test and an editor to judge it";
            faults.push(document.fault(Kind::Data, written, message).hint("keep one of them"));
            None
        }
        (None, None) => {
            let hint = "add a line `test: repo(\"jax\").contributors >= 100`, or `judge: editor` with its `evidence`";
            faults.push(fault("nothing says how the prediction is judged", hint));
            None
        }
    };
    let percent = part.probability.as_ref().and_then(|written| faults.keep(percent(document, written)));
    let void = part.void.as_ref().and_then(|void| faults.keep(said(document, void, "reason")));
    faults.finish(())?;
    let judged = judged.expect("a clause without a judge is a fault");
    Ok(Clause { statement: Some(part.statement.clone()), percent, judged, void })
}

/// The text, when there is one.
fn said(document: &Document<Sheet>, text: &Spanned<String>, what: &str) -> Result<String> {
    if text.value.trim().is_empty() {
        let fault = document.fault(Kind::Data, text, format!("the {what} is empty"));
        return Err(fault.hint("write it, for readers").into());
    }
    Ok(text.value.clone())
}

/// A probability in percent.
fn percent(document: &Document<Sheet>, written: &Spanned<f64>) -> Result<u8> {
    let scaled = written.value * 100.0;
    let found = (1..=99_u8).find(|percent| (scaled - f64::from(*percent)).abs() < 1e-9);
    found.ok_or_else(|| {
        let message = format!("{} is no probability of a prediction", written.value);
        let hint = "write a number from 0.01 to 0.99 with two decimals at most; nothing is certain";
        document.fault(Kind::Data, written, message).hint(hint).into()
    })
}

fn test(document: &Document<Sheet>, written: &Spanned<String>) -> Result<Test> {
    let Some(range) = verbatim(document, written) else {
        let message = "the test isn't written as it is read";
        let hint = "write it on one line, without quotes around it or in single ones that don't stand in it";
        return Err(document.fault(Kind::Syntax, written, message).hint(hint).into());
    };
    let at = |inner: Range<usize>, message: &str| {
        let inner = range.start + inner.start..range.start + inner.end;
        Diagnostic::new(Kind::Content, message).at(Place::of_bytes(&document.file, &document.text, inner))
    };
    let mut found = comparisons(&written.value);
    let Some(first) = found.next() else {
        let hint = "compare two figures, or a figure with a number, as in `corpus().contributors >= 5000`";
        return Err(at(0..written.value.len(), "the test compares nothing").hint(hint).into());
    };
    if let Some(second) = found.next() {
        let hint = "write each comparison as one of several `clauses`, with its own statement and probability";
        return Err(at(second.range, "a test has one comparison").hint(hint).into());
    }
    let Some(sign) = first.sign else {
        let hint = "use `>=`, `>`, `<=`, `<` or `==`";
        return Err(at(first.range, "that two figures differ is no prediction").hint(hint).into());
    };
    let left = range.start..range.start + first.range.start;
    let right = range.start + first.range.end..range.end;
    for side in [&left, &right] {
        if document.text[side.clone()].trim().is_empty() {
            let hint = "as in `corpus().contributors >= 5000`";
            return Err(at(first.range, "a side of the comparison is missing").hint(hint).into());
        }
    }
    Ok(Test { left, sign, right })
}

/// Where a value stands in the text of its file, when it stands there as it is.
fn verbatim(document: &Document<Sheet>, written: &Spanned<String>) -> Option<Range<usize>> {
    let (line, column) = (written.referenced.line(), written.referenced.column());
    let (line, column) = (usize::try_from(line).ok()?.checked_sub(1)?, usize::try_from(column).ok()?.checked_sub(1)?);
    let before: usize = document.text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = document.text[before..].char_indices().nth(column).map(|(at, _)| at)?;
    let rest = &document.text[before + inside..];
    let quote = rest.len() - rest.trim_start_matches(['"', '\'']).len();
    let start = before + inside + quote.min(1);
    document.text[start..].starts_with(&written.value).then(|| start..start + written.value.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::document;

    fn document(predictions: &str) -> Result<Document<Sheet>> {
        let text = format!("edition: 2024-Q3\nstated_on: 2024-11-02\npredictions:\n{predictions}");
        let file = std::path::PathBuf::from("content/predictions/2024-q3.yaml");
        let value = document::parse(&file, &text)?;
        Ok(Document { file, text, value })
    }

    fn faults(predictions: &str) -> String {
        document(predictions).and_then(|document| read(&document)).expect_err("a fault").to_string()
    }

    #[test]
    fn a_prediction_has_parts_that_are_judged_by_figures_or_by_the_editor() {
        let written = "\
- id: whole
  statement: It grows.
  due: 2024-Q4
  probability: 0.35
  test: repo(\"ao\").contributors >= 100
- id: parts
  statement: Both grow.
  due: 2025-Q1
  void: The repository was closed.
  clauses:
  - {statement: One does., probability: 0.01, test: 'corpus().commits > 0'}
  - {statement: A firm says so., judge: editor, evidence: A dated note., verdict: {outcome: missed, citation: None came., on: 2025-04-01}}
";
        let document = document(written).unwrap_or_else(|faults| panic!("{faults}"));
        let read = read(&document).unwrap_or_else(|faults| panic!("{faults}"));
        let [whole, parts] = &read[..] else { panic!("two predictions") };
        assert!(whole.is_retrospective() && !parts.is_retrospective());
        let [Clause { statement: None, percent: Some(35), judged: Judged::Test(test), void: None }] =
            &whole.clauses[..]
        else {
            panic!("{whole:?}")
        };
        let side = |range: &Range<usize>| document.text[range.clone()].trim().to_owned();
        assert_eq!((side(&test.left), side(&test.right)), ("repo(\"ao\").contributors".to_owned(), "100".to_owned()));
        let [one, other] = &parts.clauses[..] else { panic!("{parts:?}") };
        let Judged::Test(test) = &one.judged else { panic!("{one:?}") };
        assert_eq!((side(&test.left), one.percent), ("corpus().commits".to_owned(), Some(1)));
        assert!(matches!(&other.judged, Judged::Editor { verdict: Some(_), .. }) && other.percent.is_none());
        assert!(parts.clauses.iter().all(|clause| clause.void.is_some()));
    }

    #[test]
    fn faults_have_their_places() {
        let entry = |lines: &str| format!("- id: a\n  statement: It grows.\n  due: 2024-Q4\n{lines}");
        let told = [
            faults("- {id: A b, statement: '', due: 2024-Q3, probability: 0.5, test: corpus().commits > 1}\n"),
            faults(&entry("  probability: 1.0\n  test: corpus().commits > 1\n")),
            faults(&entry("  probability: 0.505\n  test: corpus().commits > 1\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits\n")),
            faults(&entry("  probability: 0.5\n  test: 1 < corpus().commits < 3\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits != 3\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits >=\n")),
            faults(&entry("  probability: 0.5\n  test: >-\n    corpus().commits\n    >= 3\n")),
            faults(&entry("  test: corpus().commits > 1\n")),
            faults(&entry("  probability: 0.5\n")),
            faults(&entry("  judge: editor\n")),
            faults(&entry("  judge: reader\n  evidence: None.\n")),
            faults(&entry("  judge: editor\n  evidence: None.\n  verdict: {outcome: confirmed, citation: x}\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits > 1\n  judge: editor\n")),
            faults(&entry("  probability: 0.5\n  clauses: []\n")),
            faults(&entry("  clauses:\n  - {statement: x, probability: 2, test: corpus().commits > 1}\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits > 1\n  void: ' '\n")),
            faults(&entry("  probabilty: 0.5\n  test: corpus().commits > 1\n")),
            faults(&entry("  probability: 0.5\n  test: corpus().commits > 1\n").replace("2024-Q4", "2024-4")),
        ];
        insta::assert_snapshot!("sheet", told.join("\n\n"));
    }
}
