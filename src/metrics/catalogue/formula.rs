//! How a figure follows from other figures of its scope, for those who work it out again.

use super::{Metric, find};
use crate::plain::Period;

/// How a figure follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// It doesn't: it is counted from what was mined.
    Counted,
    /// The sum of these.
    Sum(&'static [&'static str]),
    /// The first less the others.
    Rest(Term, &'static [&'static str]),
    /// A part of a whole, or a sum divided by a number.
    Quotient(Part, Term),
    /// How much another one moved since the period before: in points when that is a share, else as a share of it.
    Change(&'static str),
    /// How much of the change of `commits` of the whole that the scope is a part of comes from it, in points.
    Contribution,
    /// The same of the corpus, of which it is a part.
    OfCorpus(&'static str),
    /// As `Change`, of both periods over the repositories that both know: no sheet has these levels.
    LikeForLike(&'static str),
}

/// Another figure of the same scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// In the same period.
    Now(&'static str),
    /// In the period before.
    Before(&'static str),
    /// In this period.
    At(&'static str, Period),
}

/// What is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A figure of the same period.
    Figure(&'static str),
    /// A whole number that is no figure of its own, in words for readers.
    Count(&'static str),
}

const CONTRIBUTORS: &str = "contributors";
const NOW: Term = Term::Now(CONTRIBUTORS);
const BEFORE: Term = Term::Before(CONTRIBUTORS);

impl Metric {
    /// How its figures follow from others.
    #[must_use]
    pub fn formula(&self) -> Formula {
        if let Some(level) = self.name.strip_suffix("_change_like_for_like") {
            return Formula::LikeForLike(level);
        }
        if let Some(level) = self.name.strip_suffix("_change").filter(|level| find(level).is_some()) {
            return Formula::Change(level);
        }
        if let Some(Ok(period)) = self.name.strip_prefix("cohort_").map(str::parse) {
            return Formula::Quotient(Part::Count("those of them who are active"), Term::At("new", period));
        }
        match self.name {
            "active_weeks" => Formula::Quotient(Part::Count("active weeks of all"), NOW),
            "commits_share" | "hours_share" => Formula::OfCorpus(self.name.trim_end_matches("_share")),
            "lines_changed" => Formula::Sum(&["lines_added", "lines_removed"]),
            "performance_to_feature" => {
                Formula::Quotient(Part::Figure("performance_commits"), Term::Now("feature_commits"))
            }
            "test_to_implementation" => {
                Formula::Quotient(Part::Figure("test_lines"), Term::Now("implementation_lines"))
            }
            name if name.ends_with("_lines_share") => {
                Formula::Quotient(Part::Figure(name.trim_end_matches("_share")), Term::Now("lines_changed"))
            }
            "casual" => Formula::Rest(NOW, &["core", "regular"]),
            "casual_churned" => Formula::Rest(Term::Now("churned"), &["core_churned", "regular_churned"]),
            "churn_rate" => Formula::Quotient(Part::Figure("churned"), BEFORE),
            "churned" => Formula::Rest(BEFORE, &["retained"]),
            "contribution_to_change" => Formula::Contribution,
            "contributors" => Formula::Sum(&["new", "retained", "returning"]),
            "core_retention" => Formula::Quotient(Part::Count("those of them who are active"), Term::Before("core")),
            "new_one_week_share" => Formula::Quotient(Part::Count("those with one active week"), Term::Now("new")),
            "new_share" => Formula::Quotient(Part::Figure("new"), NOW),
            "one_week_share" => Formula::Quotient(Part::Count("those with one active week"), NOW),
            "retention" => Formula::Quotient(Part::Figure("retained"), BEFORE),
            _ => Formula::Counted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::all;
    use super::*;

    /// The metrics that a formula names.
    fn named(formula: Formula) -> Vec<&'static str> {
        let term = |term: Term| match term {
            Term::Now(name) | Term::Before(name) | Term::At(name, _) => name,
        };
        match formula {
            Formula::Counted => Vec::new(),
            Formula::Sum(names) => names.to_vec(),
            Formula::Rest(first, names) => [&[term(first)], names].concat(),
            Formula::Quotient(Part::Figure(part), whole) => vec![part, term(whole)],
            Formula::Quotient(Part::Count(_), whole) => vec![term(whole)],
            Formula::Change(level) | Formula::LikeForLike(level) | Formula::OfCorpus(level) => vec![level],
            Formula::Contribution => vec!["commits"],
        }
    }

    #[test]
    fn formulas_name_metrics_that_there_are() {
        for metric in all().iter().chain(find("cohort_2024-Q1")) {
            for name in named(metric.formula()) {
                assert!(find(name).is_some_and(|other| other != metric), "{} names {name}", metric.name);
            }
        }
        assert_eq!(find("churn_rate").map(Metric::formula), Some(Formula::Quotient(Part::Figure("churned"), BEFORE)));
    }
}
