//! The command of git that counts again what a figure is counted from, for one repository.

use std::fmt::Write as _;

use crate::data::history::State;
use crate::data::registry::Repo;
use crate::metrics::Metric;
use crate::metrics::catalogue::Family;
use crate::plain::Period;

/// Up to which commit a repository counts in a period, and from which on what arrived late does.
pub struct Reach<'a> {
    /// The commit that the branch was at.
    pub boundary: &'a str,
    /// The boundary before it, when there is one: what it doesn't reach arrived since.
    pub previous: Option<&'a str>,
    /// Whether the boundary is recorded, so that it stays.
    pub is_closed: bool,
}

impl<'a> Reach<'a> {
    /// Of a period; none in a repository without commits.
    pub fn of(state: &'a State, period: Period) -> Option<Self> {
        let at = state.boundaries.iter().position(|boundary| boundary.through >= period);
        let earlier = &state.boundaries[..at.unwrap_or(state.boundaries.len())];
        let previous = earlier.last().map(|boundary| boundary.tip.as_str());
        Some(match at {
            Some(at) => Self { boundary: &state.boundaries[at].tip, previous, is_closed: true },
            None => Self { boundary: state.tip.as_deref()?, previous, is_closed: false },
        })
    }
}

const ADDRESSES: &str = "--format=%ae";

/// What git is asked to print, and what is made of it.
fn question(metric: &Metric) -> (&'static str, &'static str, &'static str) {
    let level = crate::pages::ground::level_of(metric.name);
    match (level, metric.family) {
        ("merges", _) => ("--merges", "--format=%H", " | wc -l"),
        (name, _) if name.starts_with("lines_") => ("--no-merges", "--numstat --format=", ""),
        ("commits" | "late" | "contribution_to_change", _) => ("--no-merges", "--format=%H", " | wc -l"),
        ("active_repos" | "tracked_repos" | "hours" | "date_mended" | "co_authored", _) => {
            ("--no-merges", "'--format=%H %aI %cI'", "")
        }
        (_, Family::Lanes | Family::Concentration) => {
            ("--no-merges", "'--format=%an <%ae>'", " | sort | uniq -c | sort -rn")
        }
        _ => ("--no-merges", ADDRESSES, " | sort -u | wc -l"),
    }
}

/// Whether git's answer is a number of addresses, which stand for people.
pub fn counts_addresses(metric: &Metric) -> bool {
    question(metric).1 == ADDRESSES
}

/// The command, in a shell's words, run in the publication's folder.
pub fn command(repo: &Repo, reach: &Reach<'_>, metric: &Metric, period: Period) -> String {
    let (merges, format, then) = question(metric);
    let mirror = match &repo.path {
        Some(path) => quoted(path),
        None => format!(".signal/mirrors/{}.git", repo.id.value),
    };
    let mut command = format!("git --no-replace-objects --git-dir {mirror} log {merges} {format}");
    let name = crate::pages::ground::level_of(metric.name);
    if let ("late", Some(previous)) = (name, reach.previous) {
        let _ = write!(command, " {previous}..{}{then}", reach.boundary);
        return command;
    }
    let (first, last) = (period.start(), period.last_day());
    let _ = write!(command, " --since-as-filter={first}T00:00:00Z --until={last}T23:59:59Z {}{then}", reach.boundary);
    command
}

/// A path as one word of a shell.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::catalogue;

    fn repo(yaml: &str) -> Repo {
        serde_saphyr::from_str(yaml).expect("a repository")
    }

    fn ask(repo: &Repo, name: &str, previous: Option<&str>) -> String {
        let reach = Reach { boundary: "b0b", previous, is_closed: true };
        command(repo, &reach, catalogue::find(name).expect("a metric"), "2024-Q3".parse().unwrap())
    }

    #[test]
    fn each_question_is_asked_of_its_mirror() {
        let mirrored = repo("{id: a--b, url: https://example.org/a}");
        let since = "--since-as-filter=2024-07-01T00:00:00Z --until=2024-09-30T23:59:59Z b0b";
        let log = "git --no-replace-objects --git-dir .signal/mirrors/a--b.git log";
        assert_eq!(ask(&mirrored, "commits", None), format!("{log} --no-merges --format=%H {since} | wc -l"));
        let people = format!("{log} --no-merges --format=%ae {since} | sort -u | wc -l");
        assert_eq!(ask(&mirrored, "contributors_change", None), people);
        assert_eq!(ask(&mirrored, "merges", Some("0dd")), format!("{log} --merges --format=%H {since} | wc -l"));
        assert_eq!(ask(&mirrored, "late", Some("0dd")), format!("{log} --no-merges --format=%H 0dd..b0b | wc -l"));
        let local = repo("{id: a--b, path: \"it's/a b.git\"}");
        assert!(ask(&local, "commits", None).contains(" --git-dir 'it'\\''s/a b.git' "));
    }
}
