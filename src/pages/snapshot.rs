//! The table of an edition: a row per category, and the whole.

use std::sync::Arc;

use serde::Serialize;

use super::cell::{self, ABSENT, Cell, change_of, spark};
use super::ground::Ground;
use super::neighbour;
use super::safe::Safe;
use crate::charts;
use crate::data::registry::Registry;
use crate::metrics::Scope;
use crate::plain::{Number, Period};

/// The table.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    /// The titles of the columns with figures.
    pub columns: [&'static str; 3],
    /// A row per category, in the order of the registry.
    pub rows: Vec<Row>,
    /// The whole corpus.
    pub total: Row,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The category's, or `corpus`.
    pub slug: String,
    /// What readers call it.
    pub title: String,
    /// The name of a line drawing; may be empty.
    pub icon: String,
    /// The anchor in the edition's page where it speaks of it.
    pub href: Option<String>,
    /// The page about the category.
    pub path: Option<String>,
    /// Commits.
    pub commits: Cell,
    /// Contributors.
    pub contributors: Cell,
    /// Active repositories of those tracked.
    pub active: Cell,
    /// The change of commits.
    pub commits_bar_svg: Safe,
    /// The change of contributors.
    pub contributors_bar_svg: Safe,
    /// The course of contributors.
    pub spark_svg: Safe,
}

impl Snapshot {
    /// As plain text: the titles of all columns, and a row of cells for each category and for the whole.
    #[must_use]
    pub fn words(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let [commits, contributors, active] = self.columns;
        let head = ["Category", commits, "Change", contributors, "Change", active].map(str::to_owned);
        let change = |cell: &Cell| cell.change.as_ref().map(|change| change.text.clone()).unwrap_or_default();
        let row = |row: &Row| {
            let Row { title, commits, contributors, active, .. } = row;
            let cells = [&commits.value, &change(commits), &contributors.value, &change(contributors), &active.value];
            std::iter::once(title).chain(cells).cloned().collect()
        };
        (head.to_vec(), self.rows.iter().chain([&self.total]).map(row).collect())
    }
}

/// The table of a period; `href` says where a category's section is.
#[must_use]
pub fn snapshot(
    ground: &Arc<Ground>,
    registry: &Registry,
    period: Period,
    href: impl Fn(&str) -> Option<String>,
) -> Snapshot {
    let scopes = ground.categories();
    let size = |name: &str| {
        let changes = scopes.iter().chain([&Scope::Corpus]).filter_map(|scope| change_of(ground, scope, name, period));
        changes.map(|change| change.to_f64().abs()).fold(0.0, f64::max)
    };
    let (most_commits, most_contributors) = (size("commits"), size("contributors"));
    let row = |scope: &Scope| {
        let category =
            registry.categories.iter().find(|category| *scope == Scope::Category(category.slug.value.clone()));
        let bar = |name: &str, largest: f64| {
            Safe(charts::change_bar(change_of(ground, scope, name, period).map(Number::to_f64), largest))
        };
        Row {
            slug: scope.subject().into_owned(),
            title: ground.title(scope).into_owned(),
            icon: category.and_then(|category| category.icon.clone()).unwrap_or_default(),
            href: category.and_then(|category| href(&category.slug.value)),
            path: neighbour::path(scope),
            commits: count(ground, scope, "commits", period),
            contributors: count(ground, scope, "contributors", period),
            active: active(ground, scope, period),
            commits_bar_svg: bar("commits", most_commits),
            contributors_bar_svg: bar("contributors", most_contributors),
            spark_svg: spark(ground, scope, "contributors", period),
        }
    };
    Snapshot {
        columns: ["Commits", "Contributors", "Active repos"],
        rows: scopes.iter().map(row).collect(),
        total: row(&Scope::Corpus),
    }
}

/// A cell, even where the data hasn't got the metric.
#[must_use]
pub fn figure(ground: &Arc<Ground>, scope: &Scope, name: &str, period: Period) -> Cell {
    let spark_svg = spark(ground, scope, name, period);
    Cell { spark_svg, ..count(ground, scope, name, period) }
}

/// The same without its course, for tables that draw one of their own.
#[must_use]
pub fn count(ground: &Arc<Ground>, scope: &Scope, name: &str, period: Period) -> Cell {
    cell::bare(ground, scope, name, period).unwrap_or_else(|| Cell {
        label: name.replace('_', " "),
        value: ABSENT.to_owned(),
        change: None,
        spark_svg: Safe::default(),
        note: "not measured".to_owned(),
        definition: String::new(),
    })
}

/// `3 of 4`.
fn active(ground: &Arc<Ground>, scope: &Scope, period: Period) -> Cell {
    let mut active = count(ground, scope, "active_repos", period);
    let tracked = ground.printed(scope, "tracked_repos", period).filter(|_| active.value != ABSENT);
    if let Some(tracked) = tracked {
        active.value = format!("{} of {tracked}", active.value);
    }
    active
}
