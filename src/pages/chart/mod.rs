//! Charts in a text: read, looked up, drawn, and what the theme is given to show.
//!
//! Each kind of chart is a file that says which options it takes, reads them into a plan, and turns figures into the plain
//! data of its drawing.

mod bars;
mod cohorts;
mod composition;
mod dots;
pub mod files;
mod kind;
mod ledger;
mod migration;
mod multiples;
mod onion;
mod options;
mod overlap;
mod parts;
mod shares;
mod slope;
mod spans;
mod trend;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Kwargs, Object, ObjectRepr};
use serde::Serialize;

use self::kind::{Kind, Plan};
use self::ledger::Ledger;
use self::options::Options;
use self::view::{Head, View};
use super::ground::{Complaint, Ground};
use super::markup;
use super::safe::Safe;
use crate::metrics::{Metric, Scope};
use crate::plain::{Period, Result, suggest};

/// A chart that can be drawn: every name in it means something.
#[derive(Debug)]
pub struct Request {
    head: Head,
    period: Period,
    plan: Box<dyn Plan>,
    scopes: Vec<Scope>,
}

impl Object for Request {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// What `chart.html` is given.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// Unique in its page.
    pub id: String,
    /// The finding.
    pub title: String,
    /// What is measured.
    pub subtitle: String,
    /// What there is to see, in words.
    pub description: String,
    /// Drawn for a desk.
    pub wide_svg: Safe,
    /// Drawn for a phone.
    pub narrow_svg: Safe,
    /// Where the figures come from.
    pub source: String,
    /// The figures.
    pub table: Table,
    /// The chart and its figures as files.
    pub files: Vec<FileLink>,
}

/// The figures of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// The titles of the columns.
    pub head: Vec<String>,
    /// The rows, a cell for every column.
    pub rows: Vec<Vec<String>>,
}

/// A file of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct FileLink {
    /// `SVG`.
    pub label: &'static str,
    /// Its address, relative to the site's root.
    pub path: String,
}

/// A drawn chart, and what its files hold.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// For the page; no files yet.
    pub chart: Chart,
    alone: String,
    ledger: Ledger,
}

impl Exhibit {
    /// The first of its figures, as a mail has room for them, and how many rows and columns are left out.
    #[must_use]
    pub fn leading(&self) -> (Table, usize) {
        self.ledger.leading()
    }

    /// How wide and how high its file is drawn.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        let svg = markup::elements(&self.alone).into_iter().next();
        let whole = |length: &str| length.split('.').next()?.parse().ok();
        let length = |name: &str| svg.as_ref()?.get(name).and_then(whole);
        (length("width").unwrap_or_default(), length("height").unwrap_or_default())
    }

    /// The figures that are drawn, as in its file.
    #[must_use]
    pub fn csv(&self) -> String {
        self.ledger.csv()
    }
}

impl Request {
    /// What stands between the brackets of `chart(…)`, every name of it looked up.
    pub fn read(kind: &str, given: &Kwargs, ground: &Arc<Ground>, period: Period) -> Result<Self, Error> {
        let Some(kind) = Kind::ALL.iter().find(|known| known.name == kind) else {
            let hint = suggest::hint(kind, Kind::ALL.iter().map(|known| known.name));
            return Err(Complaint::reference(format!("there is no chart `{kind}`"), hint).into());
        };
        let options = Options::new(kind, given, ground, period)?;
        let head = Head::read(&options)?;
        Ok(Self { head, period, plan: (kind.read)(&options)?, scopes: options.named()? })
    }

    /// The line of one scope, for a page that no editor wrote.
    #[must_use]
    pub fn trend(scope: Scope, metric: &'static Metric, title: String, subtitle: String, period: Period) -> Self {
        let head = Head { title, subtitle: Some(subtitle), id: None };
        let plan = Box::new(trend::Trend { scopes: vec![(scope.clone(), true)], metric, note: None });
        Self { head, period, plan, scopes: vec![scope] }
    }

    /// What it is about, as far as the editor named it.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// What its id is made from: what the editor chose, or the title.
    #[must_use]
    pub fn name(&self) -> &str {
        self.head.id.as_deref().unwrap_or(&self.head.title)
    }

    /// Draws it; `id` is unique in its page, `credit` says where it is published.
    pub fn draw(&self, ground: &Ground, id: &str, credit: &str) -> Result<Exhibit> {
        let view = View { ground, period: self.period, head: &self.head, id, credit };
        let view::Drawn { frame, drawing, ledger } = self.plan.draw(&view)?;
        let chart = Chart {
            id: frame.id,
            title: frame.title,
            subtitle: frame.subtitle,
            description: frame.description,
            wide_svg: Safe(drawing.wide),
            narrow_svg: Safe(drawing.narrow),
            source: frame.source,
            table: ledger.table(),
            files: Vec::new(),
        };
        Ok(Exhibit { chart, alone: drawing.alone, ledger })
    }
}
