//! What a plan sees when it draws.

use super::ledger::{Entry, Ledger};
use super::options::Options;
use crate::charts::{Drawing, Frame};
use crate::figures::Shown;
use crate::metrics::{Metric, Scope, Standing};
use crate::pages::address;
use crate::pages::ground::{self, Complaint, Ground, is_change};
use crate::plain::{Period, Unit};

/// What every chart is given by its editor.
#[derive(Debug)]
pub struct Head {
    /// The finding.
    pub title: String,
    /// What is measured, where the editor says it better than the program.
    pub subtitle: Option<String>,
    /// What its addresses are made from, so that a new title doesn't move them.
    pub id: Option<String>,
}

impl Head {
    /// Title, subtitle and id.
    pub fn read(options: &Options<'_>) -> Result<Self, Complaint> {
        let title =
            options.needed("title", "the title says the finding, as in `title=\"Kernels draw people again\"`")?;
        let id = options.text("id")?;
        if let Some(strange) = id.as_ref().filter(|id| !address::is_plain(id)) {
            let message = format!("`{strange}` can't be part of an address");
            return Err(Complaint::content(message, "make it of letters, digits, `-`, `_` and `.`"));
        }
        Ok(Self { title, subtitle: options.text("subtitle")?, id })
    }
}

/// Figures as they may be published, and names.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Figures and names.
    pub ground: &'a Ground,
    /// The period of the text.
    pub period: Period,
    /// What the editor calls the chart.
    pub head: &'a Head,
    /// Unique in its page.
    pub id: &'a str,
    /// Where it is published.
    pub credit: &'a str,
}

/// A drawing, what it is called, and its figures.
pub struct Drawn {
    /// What it is called.
    pub frame: Frame,
    /// What it looks like.
    pub drawing: Drawing,
    /// What it shows.
    pub ledger: Ledger,
}

impl View<'_> {
    /// What the chart is called; `measured` says what is measured where the editor doesn't.
    pub fn frame(&self, unit: Unit, measured: String, description: String, source: &str) -> Frame {
        Frame {
            id: self.id.to_owned(),
            title: self.head.title.clone(),
            subtitle: self.head.subtitle.clone().unwrap_or(measured),
            description,
            source: format!("Source: commits of public repositories; {source}"),
            credit: self.credit.to_owned(),
            unit,
        }
    }

    /// A figure as it may be published.
    pub fn shown(&self, scope: &Scope, metric: &str, period: Period) -> Shown {
        ground::shown(self.ground.figures(), scope, metric, period)
    }

    /// The same as an entry of a table.
    pub fn entry(&self, scope: &Scope, metric: &Metric, period: Period) -> Entry {
        Entry::new(self.shown(scope, metric.name, period), metric.unit, is_change(metric.name))
    }

    /// What may be drawn of a figure: what is masked has no length, and is a gap.
    pub fn float(&self, scope: &Scope, metric: &str, period: Period) -> Option<f64> {
        self.shown(scope, metric, period).value().map(crate::plain::Number::to_f64)
    }

    /// Whether the period isn't over yet.
    pub fn is_open(&self, scope: &Scope, metric: &str, period: Period) -> bool {
        let figure = self.ground.figures().get(scope, metric, period);
        figure.is_some_and(|figure| matches!(figure.standing, Standing::Open | Standing::Partial { open: true, .. }))
    }

    /// What readers call a scope.
    pub fn title(&self, scope: &Scope) -> String {
        self.ground.title(scope).into_owned()
    }

    /// The same within a sentence.
    pub fn within(&self, scope: &Scope) -> String {
        if *scope == Scope::Corpus { "all repositories".to_owned() } else { self.title(scope) }
    }

    /// The reported periods up to that of the text.
    pub fn periods(&self) -> Vec<Period> {
        self.ground.figures().periods().iter().copied().filter(|period| *period <= self.period).collect()
    }

    /// `2023-Q1 to 2026-Q2`.
    pub fn reach(&self) -> String {
        match (self.periods().first(), self.periods().last()) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            _ => self.period.to_string(),
        }
    }
}
