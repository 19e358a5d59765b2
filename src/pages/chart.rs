//! Charts in a text: what an editor asks for, and what the theme is given to show.

use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Kwargs, Object, ObjectRepr, Value};
use serde::Serialize;

use super::ground::{Complaint, Ground, is_change, level_of};
use super::quantity::Subject;
use super::safe::Safe;
use super::wording::{self, Style};
use crate::charts::{self, Bar, Frame, Point, Series};
use crate::metrics::{Metric, Scope, Standing};
use crate::plain::{Number, Period, Result, suggest};

/// What stands between the brackets of `chart(…)`.
#[derive(Debug)]
pub struct Order {
    kind: Sort,
    metric: String,
    title: String,
    subtitle: Option<String>,
    scope: Option<Value>,
    context: Vec<Value>,
    of: Option<Value>,
    highlight: Vec<Value>,
}

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
    sort: Sort,
    metric: &'static Metric,
    title: String,
    subtitle: String,
    period: Period,
    /// With whether it is what the chart is about.
    scopes: Vec<(Scope, bool)>,
}

impl Object for Request {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

impl Order {
    /// Reads the arguments.
    pub fn read(kind: &str, options: &Kwargs) -> Result<Self, Error> {
        let kind = match kind {
            "trend" => Sort::Trend,
            "bars" => Sort::Bars,
            other => {
                let hint = suggest::hint(other, ["trend", "bars"]);
                return Err(Complaint::reference(format!("there is no chart `{other}`"), hint).into());
            }
        };
        let needed = |name: &str, hint: &str| -> Result<String, Error> {
            let given: Option<&str> = options.get(name)?;
            let text = given.map(str::trim).filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| Complaint::content(format!("the chart has no `{name}`"), hint).into())
        };
        let order = Self {
            kind,
            metric: needed("metric", "say what it shows, as in `metric=\"contributors\"`")?,
            title: needed("title", "the title says the finding, as in `title=\"Kernels draw people again\"`")?,
            subtitle: options.get("subtitle")?,
            scope: options.get("scope")?,
            context: options.get::<Option<Vec<Value>>>("context")?.unwrap_or_default(),
            of: options.get("of")?,
            highlight: options.get::<Option<Vec<Value>>>("highlight")?.unwrap_or_default(),
        };
        if options.assert_all_used().is_err() {
            let known = ["metric", "title", "subtitle", "scope", "context", "of", "highlight"];
            let extra: Vec<&str> = options.args().filter(|name| !known.contains(name)).collect();
            let message = format!("a chart has no option `{}`", extra.join("`, `"));
            return Err(Complaint::reference(message, suggest::hint(extra.first().unwrap_or(&""), known)).into());
        }
        let misplaced = match order.kind {
            Sort::Trend => [("of", order.of.is_some()), ("highlight", !order.highlight.is_empty())],
            Sort::Bars => [("scope", order.scope.is_some()), ("context", !order.context.is_empty())],
        };
        if let Some((name, _)) = misplaced.iter().find(|(_, given)| *given) {
            let hint = match order.kind {
                Sort::Trend => "a trend has `scope` and `context`",
                Sort::Bars => "bars have `of` and `highlight`",
            };
            return Err(Complaint::content(format!("this chart has no option `{name}`"), hint).into());
        }
        Ok(order)
    }

    /// The chart, once every name is known to mean something.
    pub fn request(self, ground: &Arc<Ground>, period: Period) -> Result<Request, Complaint> {
        let scopes = match self.kind {
            Sort::Trend => {
                let scope = self.scope.as_ref().ok_or_else(|| {
                    Complaint::content("the trend has no `scope`", "as in `scope=\"category:kernels\"`")
                })?;
                let mut scopes = vec![(scope_of(ground, scope)?, true)];
                for value in &self.context {
                    scopes.push((scope_of(ground, value)?, false));
                }
                scopes
            }
            Sort::Bars => {
                let highlight: Vec<Scope> =
                    self.highlight.iter().map(|value| scope_of(ground, value)).collect::<Result<_, _>>()?;
                let scopes = self.subjects(ground)?;
                if let Some(stray) = highlight.iter().find(|scope| !scopes.contains(scope)) {
                    let message = format!("{} isn't among the bars", ground.title(stray));
                    return Err(Complaint::content(message, "highlight one that `of` names"));
                }
                scopes.into_iter().map(|scope| (scope.clone(), highlight.contains(&scope))).collect()
            }
        };
        let name = match self.kind {
            Sort::Trend => self.metric.clone(),
            Sort::Bars if is_change(&self.metric) => self.metric.clone(),
            Sort::Bars => format!("{}_change", self.metric),
        };
        for (scope, _) in &scopes {
            // The level is looked up first: it is what the editor wrote.
            ground.metric(scope, &self.metric)?;
            if ground.metric(scope, &name).is_err() {
                let message = format!("`{}` of {} has no change", self.metric, ground.title(scope));
                return Err(Complaint::reference(message, "bars show a change; choose a metric that has one"));
            }
        }
        let metric = ground.metric(&scopes[0].0, &name)?;
        let label = ground.metric(&scopes[0].0, level_of(&name)).unwrap_or(metric).label;
        let subtitle = self.subtitle.unwrap_or_else(|| match self.kind {
            Sort::Trend => {
                let first = ground.figures().periods().first().copied().unwrap_or(period);
                format!("{} by quarter, {first} to {period}", wording::capitalised(label))
            }
            Sort::Bars => format!("Change of {label} against {}, {period}", period.before(1)),
        });
        Ok(Request { sort: self.kind, metric, title: self.title, subtitle, period, scopes })
    }

    fn subjects(&self, ground: &Ground) -> Result<Vec<Scope>, Complaint> {
        let hint = "as in `of=\"categories\"` or `of=[\"repo:jax\", \"repo:vllm\"]`";
        let Some(of) = &self.of else {
            return Err(Complaint::content("the bars have no `of`", hint));
        };
        let scopes = if of.as_str() == Some("categories") {
            ground.categories().to_vec()
        } else if of.as_str().is_none()
            && let Ok(list) = of.try_iter()
        {
            list.map(|value| scope_of(ground, &value)).collect::<Result<_, _>>()?
        } else {
            return Err(Complaint::content("`of` is neither `categories` nor a list of scopes", hint));
        };
        if scopes.is_empty() {
            return Err(Complaint::content("the bars are about nothing", hint));
        }
        Ok(scopes)
    }
}

/// A scope as a word, `category:kernels`, or as a value, `category("kernels")`.
fn scope_of(ground: &Ground, value: &Value) -> Result<Scope, Complaint> {
    match (value.as_str(), value.downcast_object_ref::<Subject>()) {
        (Some(written), _) => ground.scope(written),
        (_, Some(subject)) => Ok(subject.scope.clone()),
        _ => {
            let hint = "write `corpus`, `category:kernels` or `repo:jax`";
            Err(Complaint::content(format!("{} names no scope", value.kind()), hint))
        }
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
                let open = figure.is_some_and(|figure| {
                    matches!(figure.standing, Standing::Open | Standing::Partial { open: true, .. })
                });
                Point { period, value: figure.and_then(|figure| figure.value).map(Number::to_f64), open }
            });
            Series { label: ground.title(scope).to_owned(), points: points.collect(), subject: *subject }
        });
        let series: Vec<Series> = series.collect();
        let head = std::iter::once("Quarter".to_owned()).chain(series.iter().map(|one| one.label.clone())).collect();
        let rows = periods.iter().map(|&period| {
            let cells = self.scopes.iter().map(|(scope, _)| {
                let number = value(scope, period).and_then(|figure| figure.value);
                number.map_or(ABSENT.to_owned(), |number| self.text(number))
            });
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
        let get = |period: Period| ground.figures().get(scope, self.metric.name, period)?.value;
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
            .map(|(scope, subject)| {
                let figure = ground.figures().get(scope, self.metric.name, self.period);
                (scope, *subject, figure.and_then(|figure| figure.value))
            })
            .collect();
        // A stable sort: where values are equal or absent, the order of the registry stays.
        values.sort_by_key(|(_, _, value)| std::cmp::Reverse(*value));
        let bars = values.iter().map(|(scope, subject, value)| Bar {
            label: ground.title(scope).to_owned(),
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

    fn text(&self, number: Number) -> String {
        let style = Style { signed: is_change(self.metric.name), ..Style::default() };
        wording::print(number, self.metric.unit, style)
    }
}
