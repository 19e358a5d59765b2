//! Every figure as a row, `period,scope,subject,metric,value,unit`: as CSV, as JSON, as a table for a terminal.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Figures, Filter, Shown, mask};
use crate::metrics::{Figure, Scope};
use crate::plain::Period;

const COLUMNS: [&str; 6] = ["period", "scope", "subject", "metric", "value", "unit"];

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The quarter.
    pub period: Period,
    /// The kind of the scope.
    pub scope: &'static str,
    /// Which one of the kind.
    pub subject: Arc<str>,
    /// The metric's name.
    pub metric: &'static str,
    /// A number as in tidy rows; empty when the value is unknown or has no meaning. In published rows also `<5`, and
    /// `withheld`.
    pub value: String,
    /// The unit's name.
    pub unit: &'static str,
}

/// The rows that fit a filter, sorted bytewise by their columns. Nothing is masked in them.
#[must_use]
pub fn rows(figures: &Figures, filter: &Filter) -> Vec<Row> {
    collect(figures, filter, |_, figure, _| figure.value.map_or(Shown::Nothing, Shown::Exact))
}

/// The same as they may be published: small counts of people between scopes are masked.
#[must_use]
pub fn published(figures: &Figures, filter: &Filter) -> Vec<Row> {
    collect(figures, filter, |scope, figure, period| mask::of_figure(figures, scope, figure, period))
}

fn collect(figures: &Figures, filter: &Filter, show: impl Fn(&Scope, &Figure, Period) -> Shown) -> Vec<Row> {
    // Where all that is asked for has a name, nobody has to look through everything.
    let all = if filter.is_named() { Vec::new() } else { figures.scopes() };
    let ahead = all.into_iter().filter(|scope| filter.wants_scope(scope));
    // What wasn't measured ahead is measured when it is named.
    let scopes: BTreeSet<&Scope> = ahead.chain(filter.singles().filter(|scope| figures.has(scope))).collect();
    let mut scopes: Vec<(&str, Arc<str>, &Scope)> =
        scopes.into_iter().map(|scope| (scope.kind(), scope.subject().into(), scope)).collect();
    scopes.sort_unstable();
    let mut rows = Vec::new();
    for (kind, subject, scope) in scopes {
        for metric in figures.metrics(scope).into_iter().filter(|metric| filter.wants_metric(metric)) {
            let series = figures.series(scope, metric).expect("the metric is one of the scope's");
            rows.extend(series.iter().filter(|(period, _)| filter.wants_period(**period)).map(|(&period, figure)| {
                let (subject, unit) = (Arc::clone(&subject), figure.metric.unit.name());
                Row { period, scope: kind, subject, metric, value: show(scope, figure, period).tidy(), unit }
            }));
        }
    }
    // They come by scope and metric already, each of which has its periods in order.
    rows.sort_by_key(|row| row.period);
    rows
}

/// As CSV with a header, rows ended by line feeds.
///
/// Text that a spreadsheet would run as a formula begins with an apostrophe; numbers never do.
#[must_use]
pub fn csv(rows: &[Row]) -> String {
    header() + &lines(rows)
}

/// The first line of CSV.
#[must_use]
pub fn header() -> String {
    COLUMNS.join(",") + "\n"
}

/// The lines of CSV below its header.
#[must_use]
pub fn lines(rows: &[Row]) -> String {
    let mut text = String::new();
    for of_period in rows.chunk_by(|a, b| a.period == b.period) {
        let period = of_period[0].period.to_string();
        for Row { period: _, scope, subject, metric, value, unit } in of_period {
            for piece in
                [&period, ",", &cell(scope), ",", &cell(subject), ",", &cell(metric), ",", value, ",", unit, "\n"]
            {
                text.push_str(piece);
            }
        }
    }
    text
}

/// A cell of CSV; text that a spreadsheet would run as a formula begins with an apostrophe.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{guard}{}\"", text.replace('"', "\"\"")))
    } else if guard.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{guard}{text}"))
    }
}

/// As a JSON array of objects, one on a line. The value is a number, or null when it is unknown or has no meaning; in
/// published rows also an object, `{"below": 5}` or `{"withheld": true}`.
#[must_use]
pub fn json(rows: &[Row]) -> String {
    // Nearly all are names in small letters, which stand as they are; JSON has another way to write the others.
    let quoted = |text: &mut String, name: &str, value: &str| {
        text.push_str(name);
        if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-+:. ".contains(&byte)) {
            text.extend(["\"", value, "\""]);
        } else {
            text.push_str(&serde_json::to_string(value).expect("text is JSON"));
        }
    };
    let mut text = "[".to_owned();
    let mut period = (None, String::new());
    for (place, row) in rows.iter().enumerate() {
        if period.0 != Some(row.period) {
            period = (Some(row.period), row.period.to_string());
        }
        text.push_str(if place == 0 { "\n{" } else { ",\n{" });
        quoted(&mut text, "\"period\":", &period.1);
        quoted(&mut text, ",\"scope\":", row.scope);
        quoted(&mut text, ",\"subject\":", &row.subject);
        quoted(&mut text, ",\"metric\":", row.metric);
        text.push_str(",\"value\":");
        match (row.value.strip_prefix('<'), row.value.as_str()) {
            (Some(bound), _) => text.extend(["{\"below\":", bound, "}"]),
            (None, "") => text.push_str("null"),
            (None, mask::WITHHELD) => text.push_str("{\"withheld\":true}"),
            (None, number) => text.push_str(number),
        }
        quoted(&mut text, ",\"unit\":", row.unit);
        text.push('}');
    }
    text + if rows.is_empty() { "]\n" } else { "\n]\n" }
}

/// As a table for a terminal: columns aligned, values to the right, a dash where there is none.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let header = COLUMNS.map(str::to_owned);
    let body = rows.iter().map(|row| {
        let value = if row.value.is_empty() { "\u{2013}".to_owned() } else { row.value.clone() };
        let subject = row.subject.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        [row.period.to_string(), row.scope.to_owned(), subject, row.metric.to_owned(), value, row.unit.to_owned()]
    });
    let lines: Vec<[String; 6]> = std::iter::once(header).chain(body).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let mut shown = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let gap = if column == 0 { "" } else { "  " };
            let _ = match COLUMNS[column] {
                "value" => write!(shown, "{gap}{cell:>width$}"),
                _ => write!(shown, "{gap}{cell:<width$}"),
            };
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Figure, Measured, Side, Standing, catalogue};
    use crate::plain::Number;

    fn measured(period: &str, scope: Scope, metric: &str, value: Option<Number>) -> Measured {
        let metric = catalogue::find(metric).expect("a metric");
        let figure = Figure { metric, value, standing: Standing::Closed };
        Measured { period: period.parse().unwrap(), scope: scope.into(), figure }
    }

    fn figures() -> Figures {
        let repo = || Scope::Repo("a--b".to_owned());
        let corpus = || Scope::Corpus;
        Figures::new(vec![
            measured("2024-Q4", repo(), "commits", Some(Number::whole(1204))),
            measured("2024-Q4", corpus(), "commits_change", Number::quotient(-1, 3)),
            measured("2024-Q4", corpus(), "commits", Some(Number::whole(76_258))),
            measured("2024-Q3", corpus(), "commits_change", None),
            measured("2024-Q4", Scope::Category("k".to_owned()), "hours", Number::quotient(5, 2)),
        ])
    }

    #[test]
    fn rows_are_sorted_and_unknown_is_empty() {
        let text = csv(&rows(&figures(), &Filter::default()));
        assert_eq!(
            text,
            "period,scope,subject,metric,value,unit\n\
             2024-Q3,corpus,corpus,commits_change,,share\n\
             2024-Q4,category,k,hours,2.5,hours\n\
             2024-Q4,corpus,corpus,commits,76258,count\n\
             2024-Q4,corpus,corpus,commits_change,-0.333333,share\n\
             2024-Q4,repo,a--b,commits,1204,count\n"
        );
        let mut sorted: Vec<&str> = text.lines().skip(1).collect();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(text.lines().skip(1)));
    }

    #[test]
    fn a_filter_keeps_what_fits_all_its_lists() {
        let mut filter = Filter::default();
        filter.add_metric("commits").unwrap();
        filter.add_metric("commits_change").unwrap();
        filter.add_scope("corpus", &crate::figures::Names::default()).unwrap();
        filter.add_period("2024-Q4").unwrap();
        let kept: Vec<&str> = rows(&figures(), &filter).iter().map(|row| row.metric).collect();
        assert_eq!(kept, ["commits", "commits_change"]);
    }

    #[test]
    fn json_has_numbers_and_null() {
        let text = json(&rows(&figures(), &Filter::default()));
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value[0]["value"], serde_json::Value::Null);
        assert_eq!(value[2]["value"], 76_258);
        assert_eq!(value[3]["subject"], "corpus");
        assert_eq!(value.as_array().map(Vec::len), Some(5));
        assert_eq!(json(&[]), "[]\n");
    }

    #[test]
    fn what_is_published_is_masked_and_what_is_measured_is_not() {
        let profile = || Scope::Profile("p".to_owned());
        let count = |scope: Scope, people: i32| measured("2024-Q4", scope, "contributors", Some(Number::whole(people)));
        let figures = Figures::new(vec![
            count(profile(), 4),
            measured("2024-Q4", profile(), "contributors_change", Number::quotient(1, 3)),
            count(Scope::Corpus, 4),
        ]);
        let filter = Filter::default();
        assert_eq!(
            csv(&published(&figures, &filter)),
            "period,scope,subject,metric,value,unit\n\
             2024-Q4,corpus,corpus,contributors,4,count\n\
             2024-Q4,profile,p,contributors,<5,count\n\
             2024-Q4,profile,p,contributors_change,withheld,share\n"
        );
        let value: serde_json::Value = serde_json::from_str(&json(&published(&figures, &filter))).expect("JSON");
        assert_eq!(value[1]["value"], serde_json::json!({"below": 5}));
        assert_eq!(value[2]["value"], serde_json::json!({"withheld": true}));
        assert!(csv(&rows(&figures, &filter)).contains("profile,p,contributors,4,count\n"));
    }

    #[test]
    fn a_scope_that_is_named_is_measured_for_it() {
        let pair = Scope::overlap(Side::category("a"), Side::category("b"));
        let figures = figures().measuring(|scope| vec![measured("2024-Q4", scope.clone(), "contributors", None)]);
        let filter = Filter { scopes: vec![super::super::filter::Wanted::One(pair)], ..Filter::default() };
        let rows = rows(&figures, &filter);
        assert_eq!(rows.iter().map(|row| &*row.subject).collect::<Vec<_>>(), ["a+b"]);
    }

    #[test]
    fn a_table_is_aligned() {
        let mut filter = Filter::default();
        filter.add_metric("commits").unwrap();
        filter.add_metric("commits_change").unwrap();
        assert_eq!(
            table(&rows(&figures(), &filter)),
            "period   scope   subject  metric              value  unit\n\
             2024-Q3  corpus  corpus   commits_change          –  share\n\
             2024-Q4  corpus  corpus   commits             76258  count\n\
             2024-Q4  corpus  corpus   commits_change  -0.333333  share\n\
             2024-Q4  repo    a--b     commits              1204  count\n"
        );
    }

    #[test]
    fn text_is_guarded_and_numbers_are_not() {
        let scope = Scope::Repo("=cmd|' /C calc'!A0,\"\u{1b}[31m".to_owned());
        let figures = Figures::new(vec![measured("2024-Q4", scope, "commits_change", Number::quotient(-1, 2))]);
        let rows = rows(&figures, &Filter::default());
        assert_eq!(
            csv(&rows).lines().nth(1),
            Some("2024-Q4,repo,\"'=cmd|' /C calc'!A0,\"\"\u{1b}[31m\",commits_change,-0.5,share")
        );
        assert!(!table(&rows).contains('\u{1b}'));
    }
}
