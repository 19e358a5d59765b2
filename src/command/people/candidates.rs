//! `signal people candidates`: who may be one person.

use std::collections::BTreeSet;

use serde::Serialize;

use super::desk::Desk;
use crate::command::arguments::{CandidateOptions, Listing};
use crate::command::output::table;
use crate::people::{Candidate, Directory, Reason, candidates};
use crate::plain::Period;

/// So many keys are shown in a row of the table.
const SHOWN: usize = 4;

/// One candidate, as printed.
#[derive(Serialize)]
struct Row {
    commits: u64,
    evidence: Vec<String>,
    people: Vec<Person>,
}

/// One of its people.
#[derive(Serialize)]
struct Person {
    key: String,
    commits: u64,
    lines: usize,
    repositories: Vec<String>,
    from: Option<Period>,
    to: Option<Period>,
}

/// The candidates, as the options ask.
pub fn list(desk: &Desk, options: &CandidateOptions) -> String {
    let directory = desk.directory();
    let found = candidates(&directory, &desk.people().value, &desk.resolution.refused);
    let count = found.len();
    let shown = found.into_iter().take(options.limit);
    let rows: Vec<Row> = shown.map(|candidate| row(&directory, candidate)).collect();
    match options.format {
        Listing::Json => {
            let rows: Vec<String> =
                rows.iter().map(|row| serde_json::to_string(row).expect("plain data is JSON")).collect();
            if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
        }
        Listing::Table if rows.is_empty() => "There are no candidates.\n".to_owned(),
        Listing::Table => text(&rows, count),
    }
}

fn text(rows: &[Row], count: usize) -> String {
    let line = |row: &Row| {
        let keys = row.people.iter().take(SHOWN).map(|person| person.key.clone());
        let mut keys: Vec<String> = keys.collect();
        if row.people.len() > SHOWN {
            keys.push(format!("and {} more", row.people.len() - SHOWN));
        }
        [row.commits.to_string(), row.people.len().to_string(), row.evidence.join("; "), keys.join(" ")]
    };
    let lines: Vec<[String; 4]> = rows.iter().map(line).collect();
    let table = table(["commits", "people", "evidence", "keys"], &["commits", "people"], &lines);
    let rest =
        if count > rows.len() { format!(" {} of {count} are shown; see --limit.", rows.len()) } else { String::new() };
    format!("{table}\nAsk with `signal people why KEY KEY`, decide with `signal people merge` or `split`.{rest}\n")
}

fn row(directory: &Directory<'_>, candidate: Candidate) -> Row {
    Row {
        commits: candidate.commits,
        evidence: candidate.reasons.into_iter().map(in_words).collect(),
        people: candidate.persons.into_iter().map(|person| person_of(directory, person)).collect(),
    }
}

fn person_of(directory: &Directory<'_>, person: u32) -> Person {
    let sites = directory.lines(person);
    let keyed = sites.iter().filter_map(|&site| Some((site, directory.key(site)?)));
    let most = keyed.max_by_key(|&(site, key)| (directory.commits(site), std::cmp::Reverse(key)));
    let (_, key) = most.expect("a candidate has lines");
    let repos: BTreeSet<&str> = sites.iter().map(|&site| directory.repo(site)).collect();
    let periods = || sites.iter().flat_map(|&site| directory.author(site).active.0.keys()).copied();
    Person {
        key: directory.handle(key).to_string(),
        commits: directory.commits_of(person),
        lines: sites.len(),
        repositories: repos.into_iter().map(str::to_owned).collect(),
        from: periods().min(),
        to: periods().max(),
    }
}

fn in_words(reason: Reason) -> String {
    match reason {
        Reason::Name(repos) => format!("equal name, {repos} repositories"),
        Reason::Refused(rule, why, Some(repo)) => format!("{rule} ({repo}), refused: {why}"),
        Reason::Refused(rule, why, None) => format!("{rule}, refused: {why}"),
    }
}
