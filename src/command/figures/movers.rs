//! `signal figures movers`: what moved in a way that is unusual for it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::past::{self, Past};
use crate::command::arguments::{Arguments, Format, PastOptions};
use crate::command::outcome::Outcome;
use crate::command::output::{counted, print, table};
use crate::figures::tidy::cell;
use crate::metrics::over_time::movers::{ALONG_Z, LEAST_COUNT, LEAST_PERIODS, LEAST_Z, movers, moves};
use crate::metrics::over_time::{Chronicle, Story};
use crate::plain::{Number, Period, Result};

const COLUMNS: [&str; 11] =
    ["period", "scope", "subject", "metric", "before", "now", "z", "quarters", "cause", "others", "why"];

/// Runs the command.
pub fn run(arguments: &Arguments, options: &PastOptions) -> Result<Outcome> {
    let past = Past::read(arguments, options)?;
    let chronicle = past.chronicle();
    let at = past.place(&chronicle)?;
    let period = chronicle.periods()[at];
    let mut stories = movers(&chronicle, &past.wholes(), at);
    stories.retain(|story| story.scopes().any(|scope| past.wants(scope)));
    let text = match options.format {
        Format::Table => listing(&past, period, &stories) + "\n" + &distribution(&chronicle, at),
        Format::Csv => csv(&past, period, &stories),
        Format::Json => past::array(&stories.iter().map(|story| object(&past, period, story)).collect::<Vec<_>>()),
    };
    print(&text).map(|()| Outcome::Done)
}

fn why(past: &Past, story: &Story) -> String {
    story.why(&|scope| past.title(scope))
}

fn listing(past: &Past, period: Period, stories: &[Story]) -> String {
    if stories.is_empty() {
        return format!("Nothing moved in {period} in a way that is unusual for it.\n");
    }
    let row = |story: &Story| [story.lead().z.fixed(1), story.scope.to_string(), why(past, story)];
    table(["z", "subject", "why"], &["z"], &stories.iter().map(row).collect::<Vec<_>>())
}

/// The thresholds, and how many changes lie where, so that they can be judged.
fn distribution(chronicle: &Chronicle, at: usize) -> String {
    let moves = moves(chronicle, at);
    let mut sizes: Vec<Number> = moves.iter().map(|(_, step)| step.size()).collect();
    sizes.sort_unstable();
    let beyond = sizes.iter().filter(|size| **size >= Number::whole(LEAST_Z)).count();
    let mut text = format!(
        "z is the robust distance of a change from the usual change of the same figure. A story leads with one of at \
         least {LEAST_Z} and\nwith a count of at least {LEAST_COUNT}; what goes with it is at {ALONG_Z} or beyond. {LEAST_PERIODS} quarters in a \
         row have to be known.\n"
    );
    let changes = counted(sizes.len(), "change", "changes");
    let _ = write!(
        text,
        "Of {changes} in {} that can be judged, {beyond} are at {LEAST_Z} or beyond",
        chronicle.periods()[at]
    );
    let quantile = |hundredths: usize| sizes.get((sizes.len() * hundredths / 100).min(sizes.len().saturating_sub(1)));
    match (quantile(50), quantile(90), quantile(99)) {
        (Some(half), Some(nine), Some(most)) => {
            let [half, nine, most] = [half, nine, most].map(|size| size.fixed(1));
            text + &format!("; half are below {half}, nine in ten below {nine}, 99 in 100 below {most}.\n")
        }
        _ => text + ".\n",
    }
}

fn csv(past: &Past, period: Period, stories: &[Story]) -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for story in stories {
        let lead = story.lead();
        let cause = story.cause.as_ref().map(|cause| cause.repo.to_string()).unwrap_or_default();
        let others: Vec<String> = story.others.iter().map(|other| other.scope.to_string()).collect();
        let _ = writeln!(
            text,
            "{period},{},{},{},{},{},{},{},{},{},{}",
            story.scope.kind(),
            cell(&story.scope.subject()),
            lead.metric.name,
            lead.before.tidy(),
            lead.now.tidy(),
            lead.z.tidy(),
            lead.quarters,
            cell(&cause),
            cell(&others.join(" ")),
            cell(&why(past, story)),
        );
    }
    text
}

fn object(past: &Past, period: Period, story: &Story) -> Value {
    let moves: Vec<Value> = story
        .moves
        .iter()
        .map(|step| {
            json!({
                "metric": step.metric.name,
                "before": past::json(step.before),
                "now": past::json(step.now),
                "z": past::json(step.z),
                "quarters": step.quarters,
            })
        })
        .collect();
    let cause = story.cause.as_ref().map(|cause| {
        json!({
            "repo": cause.repo.subject(),
            "metric": cause.metric.name,
            "before": past::json(cause.before),
            "now": past::json(cause.now),
            "share": past::json(cause.share),
        })
    });
    let others: Vec<String> = story.others.iter().map(|other| other.scope.to_string()).collect();
    json!({
        "period": period.to_string(),
        "scope": story.scope.kind(),
        "subject": story.scope.subject(),
        "moves": moves,
        "cause": cause,
        "others": others,
        "why": why(past, story),
    })
}
