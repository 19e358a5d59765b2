//! What is said of a category by itself when an editor says nothing.

use std::sync::Arc;

use super::ground::{self, Ground};
use super::wording::{self, Style};
use crate::figures::Shown;
use crate::metrics::{Scope, Standing};
use crate::plain::{Number, Period, Unit};

/// What stands for the sentence among the figures of a sealed edition, in place of a metric.
pub const SENTENCE: &str = "sentence";

/// How a quarter of a category went, in a sentence; in a sealed edition the one that was sealed.
#[must_use]
pub fn told(ground: &Arc<Ground>, scope: &Scope, period: Period) -> String {
    let key = || format!("{scope} {SENTENCE} {period}");
    ground.texts().printed(key, || (String::new(), sentence(ground, scope, period)))
}

/// The same by today's data.
#[must_use]
pub fn sentence(ground: &Arc<Ground>, scope: &Scope, period: Period) -> String {
    let figure = ground.figures().get(scope, "contributors", period);
    match figure.map(|figure| figure.standing) {
        None => return "It wasn't measured in this quarter.".to_owned(),
        Some(Standing::Untracked) => return "It isn't followed yet.".to_owned(),
        Some(Standing::Unknown) => return "Nothing is known of this quarter.".to_owned(),
        Some(Standing::Closed | Standing::Open | Standing::Partial { .. }) => {}
    }
    let get = |metric: &str| match ground::shown(ground.figures(), scope, metric, period) {
        Shown::Exact(number) => Some(number),
        Shown::Below(_) | Shown::Withheld | Shown::Nothing => None,
    };
    let (Some(people), Some(commits)) = (get("contributors"), get("commits")) else {
        return "Nothing is known of this quarter.".to_owned();
    };
    if people == Number::ZERO {
        return "Nobody committed anything.".to_owned();
    }
    let is_open =
        figure.is_some_and(|figure| matches!(figure.standing, Standing::Open | Standing::Partial { open: true, .. }));
    let so_far = if is_open { " so far" } else { "" };
    let mut text =
        format!("{} made {}{so_far}", count(people, "person", "people"), count(commits, "commit", "commits"));
    let changes = [("contributors_change", "people"), ("commits_change", "commits")];
    let changes: Vec<String> = changes.iter().filter_map(|(metric, what)| compared(get(metric)?, what)).collect();
    if !changes.is_empty() {
        text.extend([", ", &changes.join(" and "), " than in the quarter before"]);
    }
    match get("new") {
        Some(Number::ZERO) => text += "; none of the people is new",
        Some(new) if new == people && people != Number::whole(1) => text += "; all of the people are new",
        Some(new) => {
            let are = if new == Number::whole(1) { "is" } else { "are" };
            text.extend(["; ", &plain(new), " of the people ", are, " new"]);
        }
        None => {}
    }
    text + "."
}

fn plain(number: Number) -> String {
    wording::print(number, Unit::Count, Style::default())
}

fn count(number: Number, one: &str, many: &str) -> String {
    format!("{} {}", plain(number), if number == Number::whole(1) { one } else { many })
}

/// `7% fewer people`; nothing where it is the same.
fn compared(change: Number, what: &str) -> Option<String> {
    let size = wording::print(wording::magnitude(change), Unit::Share, Style::default());
    match change.sign() {
        1 => Some(format!("{size} more {what}")),
        -1 => Some(format!("{size} fewer {what}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{edge, ground, kernels, period};
    use super::*;

    #[test]
    fn a_category_is_told_in_a_sentence() {
        let told = |scope: &Scope, at: &str| sentence(&ground(), scope, period(at));
        insta::assert_snapshot!([
            told(&kernels(), "2026-Q2"),
            told(&kernels(), "2026-Q1"),
            told(&kernels(), "2026-Q3"),
            told(&edge(), "2026-Q2"),
            told(&edge(), "2025-Q3"),
            told(&kernels(), "2024-Q1"),
            told(&Scope::Repo("pytorch--executorch".to_owned()), "2025-Q3"),
        ].join("\n"), @r"
        71 people made 722 commits, 18% more people than in the quarter before.
        60 people made 612 commits.
        36 people made 240 commits so far.
        47 people made 481 commits, 18% more people than in the quarter before.
        Nothing is known of this quarter.
        It wasn't measured in this quarter.
        It isn't followed yet.
        ");
    }
}
