//! `signal figures detectors`: patterns that have a name, and what came of them before.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::past::{self, Past};
use crate::command::arguments::{Arguments, Format, PastOptions};
use crate::command::outcome::Outcome;
use crate::command::output::{counted, print};
use crate::figures::tidy::cell;
use crate::metrics::over_time::detectors::{Detector, Evidence, Finding, Report, Threshold, detect};
use crate::plain::{Number, Period, Result};

const COLUMNS: [&str; 13] = [
    "period",
    "detector",
    "scope",
    "subject",
    "evidence",
    "outcome",
    "cases",
    "followed",
    "alike",
    "alike_followed",
    "all",
    "all_followed",
    "thin",
];

/// Runs the command.
pub fn run(arguments: &Arguments, options: &PastOptions) -> Result<Outcome> {
    let past = Past::read(arguments, options)?;
    let chronicle = past.chronicle();
    let at = past.place(&chronicle)?;
    let period = chronicle.periods()[at];
    let mut reports = detect(&chronicle, at);
    for report in &mut reports {
        report.findings.retain(|finding| past.wants(&finding.scope));
    }
    let text = match options.format {
        Format::Table => reports.iter().map(|report| section(&past, report)).collect::<Vec<_>>().join("\n"),
        Format::Csv => csv(period, &reports),
        Format::Json => past::array(&reports.iter().map(|report| object(period, report)).collect::<Vec<_>>()),
    };
    print(&text).map(|()| Outcome::Done)
}

fn evidence(finding: &Finding) -> String {
    finding.evidence.iter().map(Evidence::text).collect::<Vec<_>>().join(", ")
}

fn thresholds(detector: &Detector) -> String {
    detector.thresholds.iter().map(Threshold::text).collect::<Vec<_>>().join("; ")
}

/// One detector with all that it found, as paragraphs for a terminal.
fn section(past: &Past, report: &Report) -> String {
    let detector = report.detector;
    let mut text = format!("{}: {}\n  {}.\n", detector.name, detector.meaning, thresholds(detector));
    let unfit: Vec<String> = report.unfit.iter().map(|(reason, count)| format!("{count}: {reason}")).collect();
    let judged = counted(report.judged, "scope was judged", "scopes were judged");
    let left_out = if unfit.is_empty() { String::new() } else { format!("; not judged: {}", unfit.join(", ")) };
    let _ = writeln!(text, "  {judged}{left_out}.");
    for same in report.findings.chunk_by(|a, b| a.scope.kind() == b.scope.kind()) {
        for finding in same {
            let title = past.title(&finding.scope);
            let _ = writeln!(text, "- {title} ({}): {}", finding.scope, evidence(finding));
        }
        let _ = writeln!(text, "  {}", same[0].tested.text(detector, same[0].scope.kind()));
    }
    text
}

fn csv(period: Period, reports: &[Report]) -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for report in reports {
        for finding in &report.findings {
            let tested = finding.tested;
            let _ = writeln!(
                text,
                "{period},{},{},{},{},{},{},{},{},{},{},{},{}",
                report.detector.name,
                finding.scope.kind(),
                cell(&finding.scope.subject()),
                cell(&evidence(finding)),
                report.detector.outcome.text(),
                tested.fired.cases,
                tested.fired.followed,
                tested.alike.cases,
                tested.alike.followed,
                tested.all.cases,
                tested.all.followed,
                tested.is_thin(),
            );
        }
    }
    text
}

fn object(period: Period, report: &Report) -> Value {
    let detector = report.detector;
    let thresholds: Vec<Value> = detector
        .thresholds
        .iter()
        .map(|bound| json!({"name": bound.name, "value": past::json(bound.number())}))
        .collect();
    let unfit: Vec<Value> =
        report.unfit.iter().map(|(reason, count)| json!({"reason": reason.to_string(), "scopes": count})).collect();
    let findings: Vec<Value> = report.findings.iter().map(found).collect();
    json!({
        "period": period.to_string(),
        "detector": detector.name,
        "meaning": detector.meaning,
        "thresholds": thresholds,
        "outcome": detector.outcome.text(),
        "premise": detector.premise,
        "judged": report.judged,
        "unfit": unfit,
        "findings": findings,
    })
}

fn found(finding: &Finding) -> Value {
    let number = |value: Option<Number>| value.map(past::json);
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|one| json!({"metric": one.metric, "before": number(one.before), "now": past::json(one.now)}))
        .collect();
    let tested = finding.tested;
    json!({
        "scope": finding.scope.kind(),
        "subject": finding.scope.subject(),
        "evidence": evidence,
        "cases": tested.fired.cases,
        "followed": tested.fired.followed,
        "alike": tested.alike.cases,
        "alike_followed": tested.alike.followed,
        "all": tested.all.cases,
        "all_followed": tested.all.followed,
        "thin": tested.is_thin(),
    })
}
