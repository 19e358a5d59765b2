//! Charts in a text: what the theme is given to show.

use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr};
use serde::Serialize;

use super::ground::{self, Ground, is_change};
use super::safe::Safe;
use super::wording::{self, Style};
use crate::charts::{self, Bar, Frame, Point, Series};
use crate::figures::Shown;
use crate::metrics::{Figure, Metric, Scope};
use crate::plain::{Number, Period, Result};

/// The sorts of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A line over the periods.
    Trend,
    /// Bars of change around 0.
    Bars,
}

/// A chart that can be drawn: every name in it means something.
#[derive(Debug)]
pub struct Request {
    pub(super) sort: Sort,
    pub(super) metric: &'static Metric,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) period: Period,
    /// With whether it is what the chart is about.
    pub(super) scopes: Vec<(Scope, bool)>,
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
}

/// The figures of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// The titles of the columns.
    pub head: Vec<String>,
    /// The rows, a cell for every column.
    pub rows: Vec<Vec<String>>,
}

const ABSENT: &str = "n/a";

impl Request {
    /// The title, from which its id is made.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Draws it; `id` is unique in its page.
    pub fn draw(&self, ground: &Ground, id: &str) -> Result<Chart> {
        match self.sort {
            Sort::Trend => self.draw_trend(ground, id),
            Sort::Bars => self.draw_bars(ground, id),
        }
    }

    fn frame(&self, id: &str, description: &str) -> Frame {
        Frame {
            id: id.to_owned(),
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            description: description.to_owned(),
            unit: self.metric.unit,
        }
    }

    fn chart(&self, frame: Frame, drawing: charts::Drawing, span: &str, table: Table) -> Chart {
        let source = format!("Source: {} in data/figures.csv, {span}", self.metric.name);
        let Frame { id, title, subtitle, description, .. } = frame;
        let (wide_svg, narrow_svg) = (Safe(drawing.wide), Safe(drawing.narrow));
        Chart { id, title, subtitle, description, wide_svg, narrow_svg, source, table }
    }

    fn draw_trend(&self, ground: &Ground, id: &str) -> Result<Chart> {
        let periods: Vec<Period> =
            ground.figures().periods().iter().copied().filter(|period| *period <= self.period).collect();
        let value = |scope: &Scope, period: Period| ground.figures().get(scope, self.metric.name, period);
        let series = self.scopes.iter().map(|(scope, subject)| {
            let points = periods.iter().map(|&period| {
                let figure = value(scope, period);
                let open = figure.is_some_and(Figure::is_open);
                // A line shows a value to anybody who measures it; what is masked is a gap.
                Point { period, value: self.shown(ground, scope, period).value().map(Number::to_f64), open }
            });
            Series { label: ground.title(scope).into_owned(), points: points.collect(), subject: *subject }
        });
        let series: Vec<Series> = series.collect();
        let head = std::iter::once("Quarter".to_owned()).chain(series.iter().map(|one| one.label.clone())).collect();
        let rows = periods.iter().map(|&period| {
            let cells = self.scopes.iter().map(|(scope, _)| self.text_of(self.shown(ground, scope, period)));
            std::iter::once(period.to_string()).chain(cells).collect()
        });
        let table = Table { head, rows: rows.collect() };
        let frame = self.frame(id, &self.described(ground, &periods));
        let drawing = charts::trend(&frame, &series)?;
        let span = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => self.period.to_string(),
        };
        Ok(self.chart(frame, drawing, &span, table))
    }

    /// From where to where the line goes that the chart is about, and its highest point.
    fn described(&self, ground: &Ground, periods: &[Period]) -> String {
        let scope = &self.scopes[0].0;
        let get = |period: Period| self.shown(ground, scope, period).value();
        let known: Vec<(Period, Number)> =
            periods.iter().filter_map(|&period| get(period).map(|number| (period, number))).collect();
        let about = format!("{} of {}", wording::capitalised(self.metric.label), ground.title(scope));
        let (Some((first, from)), Some((last, to))) = (known.first(), known.last()) else {
            return format!("{about}: no quarter is known.");
        };
        let (top, most) = known.iter().rev().max_by_key(|(_, number)| *number).expect("it has a first");
        let (from, to, most) = (self.text(*from), self.text(*to), self.text(*most));
        format!("{about}: {from} in {first}, {to} in {last}; the most was {most} in {top}.")
    }

    fn draw_bars(&self, ground: &Ground, id: &str) -> Result<Chart> {
        let mut values: Vec<(&Scope, bool, Option<Number>)> = self
            .scopes
            .iter()
            .map(|(scope, subject)| (scope, *subject, self.shown(ground, scope, self.period).value()))
            .collect();
        // A stable sort: where values are equal or absent, the order of the registry stays.
        values.sort_by_key(|(_, _, value)| std::cmp::Reverse(*value));
        let bars = values.iter().map(|(scope, subject, value)| Bar {
            label: ground.title(scope).into_owned(),
            value: value.map(Number::to_f64),
            text: value.map_or(ABSENT.to_owned(), |number| self.text(number)),
            subject: *subject,
        });
        let bars: Vec<Bar> = bars.collect();
        let rows = bars.iter().map(|bar| vec![bar.label.clone(), bar.text.clone()]).collect();
        let table = Table { head: vec![String::new(), wording::capitalised(self.metric.label)], rows };
        let list: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
        let frame = self.frame(id, &format!("{}: {}.", self.subtitle, list.join(", ")));
        let drawing = charts::bars(&frame, &bars)?;
        Ok(self.chart(frame, drawing, &self.period.to_string(), table))
    }

    fn shown(&self, ground: &Ground, scope: &Scope, period: Period) -> Shown {
        ground::shown(ground.figures(), scope, self.metric.name, period)
    }

    fn text_of(&self, shown: Shown) -> String {
        match shown {
            Shown::Exact(number) => self.text(number),
            Shown::Below(bound) => wording::below(bound, self.metric.unit),
            Shown::Withheld | Shown::Nothing => ABSENT.to_owned(),
        }
    }

    fn text(&self, number: Number) -> String {
        let style = Style { signed: is_change(self.metric.name), ..Style::default() };
        wording::print(number, self.metric.unit, style)
    }
}
