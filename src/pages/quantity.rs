//! A figure in an expression: a value, what it is about, and how it will be printed.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use super::ground::{Complaint, Ground, is_change, level_of};
use super::wording::{self, Style};
use crate::metrics::{Metric, Scope};
use crate::plain::{Number, Period, Unit, suggest};

/// A value that an editor wrote.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub(super) ground: Arc<Ground>,
    /// What it is about.
    pub scope: Scope,
    /// When.
    pub period: Period,
    /// What was measured.
    pub metric: &'static Metric,
    /// The value.
    pub value: Number,
    /// Its unit, which isn't the metric's once a share was taken.
    pub unit: Unit,
    /// What it is a share of.
    pub of: Option<String>,
    /// How it is printed.
    pub style: Style,
}

impl Quantity {
    /// A figure of the data.
    pub fn new(ground: &Arc<Ground>, scope: &Scope, metric: &str, period: Period) -> Result<Self, Complaint> {
        let (figure, value) = ground.figure(scope, metric, period)?;
        let signed = is_change(metric) || figure.metric.unit == Unit::Points;
        Ok(Self {
            ground: Arc::clone(ground),
            scope: scope.clone(),
            period,
            metric: figure.metric,
            value,
            unit: figure.metric.unit,
            of: None,
            style: Style { signed, ..Style::default() },
        })
    }

    /// The same figure in another period.
    pub fn at(&self, period: Period) -> Result<Self, Complaint> {
        self.underived("`at` and `before` choose the period of a figure")?;
        Self::new(&self.ground, &self.scope, self.metric.name, self.ground.reported(period)?)
    }

    /// How much it changed against the period before.
    pub fn change(&self) -> Result<Self, Complaint> {
        self.underived("`change` compares a figure with its period before")?;
        self.sibling("_change")
    }

    /// How much it changed, over the repositories that both periods have.
    pub fn like_for_like(&self) -> Result<Self, Complaint> {
        self.underived("`like_for_like` compares a figure with its period before")?;
        self.sibling("_change_like_for_like")
    }

    fn sibling(&self, suffix: &str) -> Result<Self, Complaint> {
        let level = level_of(self.metric.name);
        let name = format!("{level}{suffix}");
        if self.ground.figures().series(&self.scope, &name).is_none() {
            let kind = if suffix == "_change" { "change" } else { "change like for like" };
            let message = format!("`{level}` of {} has no {kind}", self.ground.title(&self.scope));
            let hint = "the methodology page says which figures are compared; compare in words with `| before`";
            return Err(Complaint::reference(message, hint));
        }
        Self::new(&self.ground, &self.scope, &name, self.period)
    }

    /// Which part it is of another figure, or of the same figure of another scope.
    pub fn share(&self, of: &Value) -> Result<Self, Complaint> {
        let whole = if let Some(subject) = of.downcast_object_ref::<Subject>() {
            subject.quantity(self.metric.name, subject.period.unwrap_or(self.period))?
        } else if let Some(quantity) = of.downcast_object_ref::<Self>() {
            quantity.clone()
        } else {
            let hint = "as in `share(of=category(\"edge\"))`";
            return Err(Complaint::content(
                format!("a share is of a figure or a scope, and this is a {}", of.kind()),
                hint,
            ));
        };
        if whole.unit != self.unit || is_change(self.metric.name) || is_change(whole.metric.name) {
            let message = format!("`{}` is no part of `{}`", self.metric.name, whole.metric.name);
            return Err(Complaint::content(message, "both have to be levels in one unit"));
        }
        let title = self.ground.title(&whole.scope).into_owned();
        let Some(value) = self.value.over(whole.value) else {
            let message = format!("`{}` of {title} is 0 in {}", whole.metric.name, whole.period);
            return Err(Complaint::data(message, "there is no share of nothing"));
        };
        let of = if whole.scope == self.scope { whole.metric.label.to_owned() } else { title };
        Ok(Self { value, unit: Unit::Share, of: Some(of), ..self.clone() })
    }

    /// Its size, without a sign.
    #[must_use]
    pub fn magnitude(&self) -> Self {
        let style = Style { signed: false, ..self.style };
        Self { value: wording::magnitude(self.value), style, ..self.clone() }
    }

    fn underived(&self, clause: &str) -> Result<(), Complaint> {
        match self.of {
            None => Ok(()),
            Some(_) => Err(Complaint::content(format!("{clause}, not of a share"), "take the share last")),
        }
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        wording::print(self.value, self.unit, self.style)
    }

    /// As an element that says what it is.
    #[must_use]
    pub fn html(&self) -> String {
        let about = self.ground.title(&self.scope);
        let of = self.of.as_ref().map(|of| format!(", as a share of {of}")).unwrap_or_default();
        let title = format!("{} · {about} · {}{of}", self.metric.label, self.period);
        let (value, text) = (self.value.tidy(), wording::escaped(&self.text()));
        format!("<data value=\"{value}\" title=\"{}\">{text}</data>", wording::escaped(&title))
    }
}

impl Object for Quantity {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let message = format!("a figure has no part `{key}`");
        Some(Error::from(Complaint::content(message, "change it with a filter, as in `| change`")).into())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// What an editor writes of: `category("kernels")`, in the edition's period or another.
#[derive(Clone, Debug)]
pub struct Subject {
    pub(super) ground: Arc<Ground>,
    /// What.
    pub scope: Scope,
    /// When, where the editor said so.
    pub period: Option<Period>,
    /// When otherwise.
    pub current: Period,
}

impl Subject {
    fn quantity(&self, metric: &str, period: Period) -> Result<Quantity, Complaint> {
        Quantity::new(&self.ground, &self.scope, metric, period)
    }

    fn moved(&self, period: Period) -> Result<Value, Complaint> {
        let period = Some(self.ground.reported(period)?);
        Ok(Value::from_object(Self { period, ..self.clone() }))
    }
}

impl Object for Subject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let metric = key.as_str()?;
        let quantity = self.quantity(metric, self.period.unwrap_or(self.current));
        Some(quantity.map_or_else(|complaint| Error::from(complaint).into(), Value::from_object))
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "at" => {
                let (period,): (&str,) = from_args(args)?;
                Ok(self.moved(self.ground.period(period)?)?)
            }
            "before" => {
                let (count,): (Option<u16>,) = from_args(args)?;
                Ok(self.moved(self.period.unwrap_or(self.current).before(count.unwrap_or(1)))?)
            }
            other if self.ground.figures().series(&self.scope, other).is_some() => {
                let message = format!("`{other}` is a figure and takes no arguments");
                Err(Complaint::content(message, format!("write `.{other}` without `()`")).into())
            }
            other => {
                let hint = suggest::hint(other, ["at", "before"]);
                Err(Complaint::reference(format!("a scope has no method `{other}`"), hint).into())
            }
        }
    }
}
