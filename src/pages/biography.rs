//! What the pages of a category and of a repository have in common: its life over all periods.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::address::Address;
use super::cell::{self, Cell};
use super::chart::files::File;
use super::course::{self, Course};
use super::desk::{Desk, Page};
use super::edition::Edition;
use super::exhibit;
use super::ground::Ground;
use super::neighbour::{Moves, Neighbours};
use super::safe::Safe;
use super::said::{self, Passage, Volume};
use super::shift::{self, Shift};
use super::stock::Stock;
use crate::metrics::{Figure, Scope, Standing};
use crate::plain::diagnostic::Collector;
use crate::plain::{Period, Result};

/// What all biographies are written from.
#[derive(Clone, Debug)]
pub struct Library<'a> {
    /// The publication, its figures and its theme.
    pub desk: &'a Desk<'a>,
    /// What the editions said, the earliest first.
    pub volumes: Arc<Vec<Volume<'a>>>,
    /// Between which repositories people moved.
    pub moves: Arc<Moves>,
    /// All organisations.
    pub organisations: Arc<Vec<Scope>>,
    /// What was mined, by the repository's id.
    pub stock: &'a BTreeMap<String, Stock>,
    editions: Arc<BTreeMap<Period, Address>>,
}

impl<'a> Library<'a> {
    /// Of all editions, read by `read`. Their faults are those of their own pages.
    pub fn new(
        desk: &'a Desk<'a>,
        editions: &'a [Edition],
        stock: &'a BTreeMap<String, Stock>,
        read: impl Fn(&'a Edition) -> Result<Volume<'a>> + Send + Sync,
    ) -> Result<Self> {
        let mut faults = Collector::default();
        let read: Vec<Result<Volume<'_>>> = editions.par_iter().map(read).collect();
        let volumes = Arc::new(read.into_iter().filter_map(|volume| faults.keep(volume)).collect());
        // There may be a hundred thousand scopes, so that they are looked through once.
        let scopes = desk.ground.figures().scopes();
        let moves = Arc::new(Moves::new(&scopes));
        let organisations = scopes.into_iter().filter(|scope| matches!(scope, Scope::Organisation(_))).cloned();
        let organisations = Arc::new(organisations.collect());
        let editions = Arc::new(editions.iter().map(|edition| (edition.period, edition.address())).collect());
        faults.finish(Self { desk, volumes, moves, organisations, stock, editions })
    }

    /// The same at another desk.
    #[must_use]
    pub fn at<'b>(&self, desk: &'b Desk<'b>) -> Library<'b>
    where
        'a: 'b,
    {
        Library { desk, ..self.clone() }
    }
}

/// A life over all periods.
#[derive(Debug, Serialize)]
pub struct Biography {
    /// The quarter that the figures are of: the last that is over and known; absent when none is known at all.
    pub period: Option<String>,
    /// The same in words.
    pub period_label: Option<String>,
    /// A year before it.
    pub year_before: Option<String>,
    /// The figures at its head.
    pub headline: Vec<Cell>,
    /// What to know of a scope of which no quarter is known.
    pub nothing: Option<&'static str>,
    /// The line of its contributors, as a finished chart; empty where there is no line to draw.
    pub trend_html: Safe,
    /// The files of that chart.
    #[serde(skip)]
    pub files: Vec<File>,
    /// Who came, stayed and left.
    pub course: Option<Course>,
    /// What the work became.
    pub work: Vec<Shift>,
    /// Who pays.
    pub paid: Vec<Shift>,
    /// Where people come from and go to.
    pub neighbours: Neighbours,
    /// Where else the editions state a figure of it.
    pub mentions: Vec<Passage>,
}

const HEADLINE: [&str; 5] = ["contributors", "commits", "new", "retention", "active_weeks"];
const CELLS: usize = 4;

impl Biography {
    /// Of a category or a repository; `neighbours` finds what is around it in a period.
    pub fn new(
        library: &Library<'_>,
        page: &Page,
        scope: &Scope,
        neighbours: impl FnOnce(Period) -> Neighbours,
    ) -> Result<Self> {
        let desk = library.desk;
        let ground = &desk.ground;
        let but = if let Scope::Category(slug) = scope { Some(slug.as_str()) } else { None };
        let mentions = said::mentions(&library.volumes, scope, but);
        let Some(period) = settled(ground, scope) else {
            return Ok(Self {
                period: None,
                period_label: None,
                year_before: None,
                headline: Vec::new(),
                nothing: Some(why_nothing(ground, scope)),
                trend_html: Safe::default(),
                files: Vec::new(),
                course: None,
                work: Vec::new(),
                paid: Vec::new(),
                neighbours: Neighbours::default(),
                mentions,
            });
        };
        let last = ground.figures().periods().last().copied().unwrap_or(period);
        let (trend_html, files) = exhibit::trend(desk, page, scope, "contributors", last)?;
        let edition = |at: Period| library.editions.get(&at).map(|address| address.as_str().to_owned());
        Ok(Self {
            period: Some(period.to_string()),
            period_label: Some(super::wording::period(period)),
            year_before: Some(period.before(4).to_string()),
            headline: cell::cells(ground, scope, &HEADLINE, period, CELLS),
            nothing: None,
            trend_html,
            files,
            course: Some(course::course(ground, scope, &course::TURNOVER, last, edition)),
            work: shift::work(ground, scope, period),
            paid: shift::paid(ground, scope, period),
            neighbours: neighbours(period),
            mentions,
        })
    }
}

/// The last quarter of which a scope is known to the end, else the last of which anything is.
#[must_use]
pub fn settled(ground: &Ground, scope: &Scope) -> Option<Period> {
    let series = ground.figures().series(scope, "contributors")?;
    let is_known = |(_, figure): &(&Period, &Figure)| figure.value.is_some();
    let is_over = |(_, figure): &(&Period, &Figure)| !figure.is_open();
    let known = || series.iter().rev().filter(is_known);
    known().find(is_over).or_else(|| known().next()).map(|(period, _)| *period)
}

fn why_nothing(ground: &Ground, scope: &Scope) -> &'static str {
    let series = ground.figures().series(scope, "contributors");
    let is_untracked = |standing: Standing| standing == Standing::Untracked;
    if series.is_some_and(|series| series.values().all(|figure| is_untracked(figure.standing))) {
        "It isn’t tracked yet: its figures begin with a later quarter."
    } else {
        "No quarter of it is known."
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{ground, kernels, period};
    use super::*;

    #[test]
    fn an_open_quarter_is_not_the_one_to_speak_of() {
        assert_eq!(settled(&ground(), &kernels()), Some(period("2026-Q2")));
        assert_eq!(settled(&ground(), &Scope::Repo("none".to_owned())), None);
        assert_eq!(why_nothing(&ground(), &kernels()), "No quarter of it is known.");
    }
}
