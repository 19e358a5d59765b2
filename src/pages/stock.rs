//! What was mined of a repository, as readers may know it: how far it is known and from which commits.

use std::collections::BTreeMap;

use super::desk::Labelled;
use super::wording;
use crate::data::history::{Completeness, History, Status};
use crate::data::snapshot::Depth;
use crate::plain::Period;

/// What a page says of the data that it rests on.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// From what the rows were made, line by line.
    pub facts: Vec<Labelled>,
    /// What is wrong with it, as sentences.
    pub troubles: Vec<String>,
    /// The branch's tips when quarters were closed, each with the last of its quarters, oldest first.
    pub closed: Vec<(Period, String)>,
}

/// So many digits tell a commit from all others of its repository.
const DIGITS: usize = 12;

impl Stock {
    /// Of a history; `depth` is how deep the newest quarter was read.
    #[must_use]
    pub fn new(history: &History, depth: Option<Depth>) -> Self {
        let mut stock = Self::default();
        let reason = history.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        match history.status {
            Status::Mined => {}
            Status::Gone => {
                stock.troubles.push("The repository is no longer where it was. What was counted before stands.".into());
            }
            Status::Failed => {
                let sentence = format!("The last attempt to read it failed{reason}. What was counted before stands.");
                stock.troubles.push(sentence);
            }
        }
        let boundaries = history.state.iter().flat_map(|state| &state.boundaries);
        stock.closed = boundaries.map(|boundary| (boundary.through, boundary.tip.clone())).collect();
        let Some(state) = &history.state else {
            stock.troubles.push("Nothing of it was ever read.".to_owned());
            return stock;
        };
        let mut fact = |label: &str, value: String| stock.facts.push(Labelled { label: label.to_owned(), value });
        fact("Branch", state.branch.strip_prefix("refs/heads/").unwrap_or(&state.branch).to_owned());
        if let Some(tip) = &state.tip {
            fact("Commit at its tip", short(tip));
        }
        if let Some(horizon) = state.horizon {
            fact("Known until", wording::day(horizon.day()));
        }
        if let Some(boundary) = state.boundaries.last() {
            fact(&format!("Closed through {} at", boundary.through), short(&boundary.tip));
        }
        match (state.completeness, state.known_from) {
            (Completeness::Whole, _) => fact("History", "whole".to_owned()),
            (Completeness::Shallow, Some(from)) => fact("History", format!("from {from} on")),
            (Completeness::Shallow, None) => fact("History", "cut off".to_owned()),
        }
        if let Some(depth) = depth {
            fact("Read down to", word(depth).to_owned());
        }
        if state.missing > 0 {
            fact("Commits missing from the copy", state.missing.to_string());
        }
        for restated in &state.restated {
            let commits = match restated.vanished {
                Some(1) => "1 commit".to_owned(),
                Some(count) => format!("{count} commits"),
                None => "commits".to_owned(),
            };
            let span = if restated.from == restated.through {
                restated.from.to_string()
            } else {
                format!("{} to {}", restated.from, restated.through)
            };
            let whose = if restated.of_origin { "origin's branch" } else { "branch" };
            let sentence = format!("The {whose} was rewritten and {commits} vanished: {span} was counted afresh.");
            stock.troubles.push(sentence);
        }
        if state.missing_mailmap {
            stock.troubles.push("Its .mailmap could not be read, so that nobody is joined by it.".to_owned());
        }
        stock
    }
}

/// At which commit each repository was read for a quarter, as CSV with the columns `repo` and `commit`; nothing stands for
/// one that isn't closed.
#[must_use]
pub fn commits(stock: &BTreeMap<String, Stock>, period: Period) -> String {
    let mut text = "repo,commit\n".to_owned();
    for (repo, stock) in stock {
        let commit = stock.closed.iter().find(|(through, _)| *through >= period).map_or("", |(_, tip)| tip.as_str());
        text.extend([repo.as_str(), ",", commit, "\n"]);
    }
    text
}

fn short(commit: &str) -> String {
    commit.chars().take(DIGITS).collect()
}

fn word(depth: Depth) -> &'static str {
    match depth {
        Depth::Headers => "headers of commits",
        Depth::Paths => "names of files",
        Depth::Lines => "lines of files",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(rest: &str) -> Stock {
        let history = serde_saphyr::from_str(&format!("version: 1\nrepo: a\n{rest}")).expect("a history");
        Stock::new(&history, Some(Depth::Lines))
    }

    fn line(stock: &Stock) -> String {
        let facts: Vec<String> = stock.facts.iter().map(|fact| format!("{} {}", fact.label, fact.value)).collect();
        facts.join(", ")
    }

    #[test]
    fn a_rewritten_and_vanished_repository_says_so() {
        let told = stock(
            "status: gone
state:
  branch: refs/heads/a/b
  tip: 0123456789abcdef0123
  horizon: 2026-07-02T00:00:00Z
  object_format: sha1
  completeness: shallow
  known_from: 2024-Q1
  missing: 3
  boundaries: [{through: 2026-Q2, tip: ffffffffffffffffffff}]
  restated: [{from: 2025-Q1, through: 2025-Q2, was: aa, vanished: 2}]
  key: 76ca784c65146ba3
  rules: {}
",
        );
        assert_eq!(
            line(&told),
            "Branch a/b, Commit at its tip 0123456789ab, Known until 2 July 2026, Closed through 2026-Q2 at ffffffffffff, \
             History from 2024-Q1 on, Read down to lines of files, Commits missing from the copy 3"
        );
        assert_eq!(
            told.troubles,
            [
                "The repository is no longer where it was. What was counted before stands.",
                "The branch was rewritten and 2 commits vanished: 2025-Q1 to 2025-Q2 was counted afresh.",
            ]
        );
    }

    #[test]
    fn one_that_was_never_read_has_no_facts() {
        let told = stock("status: failed\nreason: the server does not answer\n");
        assert!(told.facts.is_empty());
        assert_eq!(
            told.troubles,
            [
                "The last attempt to read it failed: the server does not answer. What was counted before stands.",
                "Nothing of it was ever read.",
            ]
        );
    }

    #[test]
    fn commits_are_those_at_the_boundary_of_the_quarter() {
        let closed = |list: &[(&str, &str)]| Stock {
            closed: list.iter().map(|(through, tip)| (through.parse().unwrap(), (*tip).to_owned())).collect(),
            ..Stock::default()
        };
        let stock = BTreeMap::from([
            ("a".to_owned(), closed(&[("2025-Q4", "old"), ("2026-Q1", "new")])),
            ("b".to_owned(), closed(&[])),
        ]);
        assert_eq!(commits(&stock, "2025-Q2".parse().unwrap()), "repo,commit\na,old\nb,\n");
        assert_eq!(commits(&stock, "2026-Q1".parse().unwrap()), "repo,commit\na,new\nb,\n");
        assert_eq!(commits(&stock, "2026-Q2".parse().unwrap()), "repo,commit\na,\nb,\n");
    }
}
