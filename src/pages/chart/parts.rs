//! Wholes and what they are made of, for charts that stack them.

use super::ledger::Entry;
use super::options::{Marked, Options};
use super::view::View;
use crate::charts;
use crate::figures::Shown;
use crate::metrics::Scope;
use crate::pages::ground::Complaint;
use crate::plain::{Number, Period, Unit, suggest};

/// A known way to cut a whole into parts that add up.
struct Cut {
    name: &'static str,
    /// What the parts are parts of.
    whole: &'static str,
    /// Whether the largest stand first and the smallest are taken together; else the order has a meaning.
    sorted: bool,
    /// Labels, with the metric, and the metric that is taken off it.
    parts: &'static [(&'static str, &'static str, Option<&'static str>)],
}

const CUTS: [Cut; 6] = [
    Cut {
        name: "affiliation",
        whole: "commits",
        sorted: false,
        parts: &[("known organisations", "affiliated_share", None), ("others", "unaffiliated_share", None)],
    },
    Cut {
        name: "arrivals",
        whole: "contributors",
        sorted: false,
        parts: &[("stayed", "retained", None), ("came back", "returning", None), ("new", "new", None)],
    },
    Cut {
        name: "files",
        whole: "lines changed",
        sorted: true,
        parts: &[
            ("implementation", "implementation_lines", None),
            ("tests", "test_lines", None),
            ("docs", "docs_lines", None),
            ("build", "build_lines", None),
            ("CI", "ci_lines", None),
            ("data", "data_lines", None),
        ],
    },
    Cut {
        name: "lanes",
        whole: "commits of people, agents and bots",
        sorted: false,
        parts: &[
            ("people alone", "commits", Some("agent_assisted")),
            ("with an agent", "agent_assisted", None),
            ("by agents", "agent_authored", None),
            ("by bots", "bot", None),
        ],
    },
    Cut {
        name: "layers",
        whole: "contributors",
        sorted: false,
        parts: &[("core", "core", None), ("regular", "regular", None), ("casual", "casual", None)],
    },
    Cut {
        name: "work types",
        whole: "commits",
        sorted: true,
        parts: &[
            ("features", "feature_commits", None),
            ("fixes", "fix_commits", None),
            ("performance", "performance_commits", None),
            ("refactoring", "refactor_commits", None),
            ("tests", "test_commits", None),
            ("docs", "docs_commits", None),
            ("build", "build_commits", None),
            ("CI", "ci_commits", None),
            ("dependencies", "dependencies_commits", None),
            ("reverts", "revert_commits", None),
            ("unsorted", "other_commits", None),
        ],
    },
];

/// More parts than these can't be told apart.
const MOST: usize = 6;

/// How wholes are cut.
#[derive(Debug)]
pub struct Parts {
    cut: &'static Cut,
    /// The places of those that the story is about.
    subjects: Vec<usize>,
}

impl std::fmt::Debug for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Wholes cut into parts: for each part, its share of each whole.
pub struct Pieces {
    /// What is drawn.
    pub parts: Vec<charts::Part>,
    /// The same for a table, by whole.
    pub entries: Vec<Vec<Entry>>,
}

impl Parts {
    /// `parts` names the cut, `part` those of its parts that the story is about; all of the scopes have them.
    pub fn read(options: &Options<'_>, scopes: &[Marked]) -> Result<Self, Complaint> {
        let names = || CUTS.iter().map(|cut| cut.name);
        let known = format!("one of `{}`", names().collect::<Vec<_>>().join("`, `"));
        let name = options.needed("parts", &known)?;
        let Some(cut) = CUTS.iter().find(|cut| cut.name == name) else {
            let message = format!("nothing is cut into `{name}`");
            return Err(Complaint::reference(message, suggest::hint(&name, names())));
        };
        options.unmasked(scopes)?;
        for (scope, _) in scopes {
            for (_, metric, less) in cut.parts {
                options.ground.metric(scope, metric)?;
                less.map(|less| options.ground.metric(scope, less)).transpose()?;
            }
        }
        let place = |word: &String| {
            cut.parts.iter().position(|(label, _, _)| label == word).ok_or_else(|| {
                let hint = suggest::hint(word, cut.parts.iter().map(|(label, _, _)| *label));
                Complaint::reference(format!("`{}` have no part `{word}`", cut.name), hint)
            })
        };
        let subjects = options.words("part")?.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self { cut, subjects })
    }

    /// What the parts are parts of.
    pub fn whole(&self) -> &'static str {
        self.cut.whole
    }

    /// What the cut is called.
    pub fn name(&self) -> &'static str {
        self.cut.name
    }

    /// The wholes, each a scope in a period.
    pub fn pieces(&self, view: &View<'_>, wholes: &[(&Scope, Period)]) -> Pieces {
        let rows: Vec<Option<Vec<Number>>> =
            wholes.iter().map(|(scope, period)| self.values(view, scope, *period)).collect();
        let groups = self.groups(&rows);
        let shares: Vec<Option<Vec<Number>>> = rows
            .iter()
            .map(|row| {
                let row = row.as_ref()?;
                let sum = |places: &[usize]| places.iter().fold(Number::ZERO, |sum, at| sum.plus(row[*at]));
                let whole = sum(&(0..row.len()).collect::<Vec<_>>());
                groups.iter().map(|(_, _, places)| sum(places).over(whole)).collect()
            })
            .collect();
        let parts = groups.iter().enumerate().map(|(at, (label, subject, _))| charts::Part {
            label: label.clone(),
            subject: *subject,
            values: shares.iter().map(|row| row.as_ref().map(|row| row[at].to_f64())).collect(),
        });
        let entry = |row: &Option<Vec<Number>>, at: usize| {
            Entry::new(row.as_ref().map_or(Shown::Nothing, |row| Shown::Exact(row[at])), Unit::Share, false)
        };
        let entries = shares.iter().map(|row| (0..groups.len()).map(|at| entry(row, at)).collect());
        Pieces { parts: parts.collect(), entries: entries.collect() }
    }

    /// The size of each part of a whole; none while the quarter is open, since its parts come at different times.
    fn values(&self, view: &View<'_>, scope: &Scope, period: Period) -> Option<Vec<Number>> {
        let value = |metric: &str| {
            let is_over = !view.is_open(scope, metric, period);
            view.shown(scope, metric, period).value().filter(|_| is_over)
        };
        let part = |(_, metric, less): &(&str, &str, Option<&str>)| match less {
            Some(less) => Some(value(metric)?.minus(value(less)?)),
            None => value(metric),
        };
        self.cut.parts.iter().map(part).collect()
    }

    /// The parts as they are drawn: label, whether the story is about it, and the parts that it takes together.
    fn groups(&self, rows: &[Option<Vec<Number>>]) -> Vec<(String, bool, Vec<usize>)> {
        let size = |at: usize| rows.iter().flatten().map(|row| row[at]).fold(Number::ZERO, Number::plus);
        let mut order: Vec<usize> = (0..self.cut.parts.len()).collect();
        if self.cut.sorted {
            order.sort_by_key(|at| (!self.subjects.contains(at), std::cmp::Reverse(size(*at))));
        }
        let kept = if order.len() > MOST { MOST - 1 } else { order.len() };
        let rest = order.split_off(kept.max(self.subjects.len()));
        let mut groups: Vec<(String, bool, Vec<usize>)> = order
            .into_iter()
            .map(|at| (self.cut.parts[at].0.to_owned(), self.subjects.contains(&at), vec![at]))
            .collect();
        if !rest.is_empty() {
            groups.push(("all other".to_owned(), false, rest));
        }
        groups
    }
}
