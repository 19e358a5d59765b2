//! What an editor asks for with `chart(…)`: read, and every name in it looked up, before anything is drawn.

use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Kwargs, Value};

use super::chart::{Request, Sort};
use super::ground::{Complaint, Ground, is_change, level_of};
use super::subject::scope_of;
use super::wording;
use crate::metrics::Scope;
use crate::plain::{Period, suggest};

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
