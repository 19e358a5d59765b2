//! What rows and metrics look like.

use serde_json::{Map, Value, json};

use crate::metrics::Scope;
use crate::metrics::catalogue::formula::{Formula, Part, Term};
use crate::metrics::catalogue::{self, Direction, Metric};
use crate::plain::Unit;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

const UNITS: [Unit; 7] = [Unit::Count, Unit::Share, Unit::Ratio, Unit::Points, Unit::Weeks, Unit::Hours, Unit::Lines];

/// The JSON Schema of tidy rows.
pub fn rows() -> Value {
    json!({
        "$schema": DIALECT,
        "title": "Figures",
        "description": "Every figure of a publication as a row.",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["period", "scope", "subject", "metric", "value", "unit"],
            "properties": {
                "period": {"type": "string", "pattern": "^[0-9]{4}-Q[1-4]$", "description": "The calendar quarter, in UTC."},
                "scope": {"enum": Scope::KINDS, "description": "The kind of what the figure is about."},
                "subject": {
                    "type": "string",
                    "description": "Which one: a slug or an id; of pairs a+b or a>b, a category by its bare slug, all others with their kind.",
                },
                "metric": {
                    "type": "string",
                    "pattern": "^([a-z0-9_]+|cohort_[0-9]{4}-Q[1-4])$",
                    "description": "A name that `signal schema metrics` defines.",
                },
                "value": {
                    "description": "Null when it is unknown or has no meaning. In published rows small counts between scopes are masked.",
                    "oneOf": [
                        {"type": ["number", "null"]},
                        {
                            "type": "object",
                            "description": "More than 0 and less than this.",
                            "properties": {"below": {"type": "number"}},
                            "required": ["below"],
                            "additionalProperties": false,
                        },
                        {
                            "type": "object",
                            "description": "Not published, since it would give a small count away.",
                            "properties": {"withheld": {"const": true}},
                            "required": ["withheld"],
                            "additionalProperties": false,
                        },
                    ],
                },
                "unit": {"enum": UNITS.map(Unit::name)},
            },
        },
    })
}

/// The metric catalogue.
pub fn metrics() -> Value {
    Value::Array(catalogue::all().iter().map(metric).collect())
}

fn metric(metric: &Metric) -> Value {
    let better = metric.better.map(|better| match better {
        Direction::Up => "up",
        Direction::Down => "down",
    });
    let mut fields = Map::new();
    for (name, value) in [
        ("name", json!(metric.name)),
        ("label", json!(metric.label)),
        ("unit", json!(metric.unit.name())),
        ("family", json!(format!("{:?}", metric.family).to_lowercase())),
        ("definition", json!(metric.definition)),
        ("source", json!(metric.source)),
        ("caution", json!(metric.caution)),
        ("better", json!(better)),
        ("formula", json!(formula(metric))),
    ] {
        fields.insert(name.to_owned(), value);
    }
    Value::Object(fields)
}

/// How a figure follows from others, in a line; none for what is counted.
fn formula(metric: &Metric) -> Option<String> {
    let term = |term: Term| match term {
        Term::Now(name) => name.to_owned(),
        Term::Before(name) => format!("{name}(before)"),
        Term::At(name, period) => format!("{name}({period})"),
    };
    let change = |level: &str| match metric.unit {
        Unit::Points => format!("({level} − {level}(before)) × 100"),
        _ => format!("({level} − {level}(before)) / {level}(before)"),
    };
    Some(match metric.formula() {
        Formula::Counted => return None,
        Formula::Sum(names) => names.join(" + "),
        Formula::Rest(whole, names) => format!("{} − {}", term(whole), names.join(" − ")),
        Formula::Quotient(Part::Figure(name) | Part::Count(name), whole) => format!("{name} / {}", term(whole)),
        Formula::Change(level) => change(level),
        Formula::Contribution => "(commits − commits(before)) / commits(before) of the whole × 100".to_owned(),
        Formula::OfCorpus(level) => format!("{level} / {level} of the corpus"),
        Formula::LikeForLike(level) => format!("{}, over the repositories that both quarters know", change(level)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_described_and_its_name_fits_the_rows() {
        let metrics = metrics();
        assert_eq!(metrics.as_array().map(Vec::len), Some(catalogue::all().len()));
        let churn = metrics.as_array().unwrap().iter().find(|metric| metric["name"] == "churn_rate").unwrap();
        assert_eq!(churn["formula"], "churned / contributors(before)");
        assert_eq!(churn["family"], "turnover");
        let fits = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        assert!(catalogue::all().iter().all(|metric| fits(metric.name)));
        for metric in catalogue::all() {
            assert!(UNITS.contains(&metric.unit), "{}", metric.name);
        }
    }

    #[test]
    fn the_schema_of_rows_has_the_columns_of_rows() {
        let rows = rows();
        let columns = rows["items"]["properties"].as_object().unwrap().keys().map(String::as_str);
        let mut columns: Vec<&str> = columns.collect();
        columns.sort_unstable();
        assert_eq!(columns, ["metric", "period", "scope", "subject", "unit", "value"]);
    }
}
