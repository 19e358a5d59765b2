//! What an editor writes of: `category("kernels")`, `overlap(category("edge"), repo("jax"))`, in some period.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use super::ground::{Complaint, Ground};
use super::quantity::Quantity;
use crate::figures::Names;
use crate::metrics::Scope;
use crate::plain::{Period, suggest};

/// Stands before what can't be printed when it is joined to a text; texts of editors can't have it.
pub(super) const UNPRINTABLE: char = '\u{f8ff}';

/// A scope, in the edition's period or another.
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
    /// A figure of it.
    pub fn quantity(&self, metric: &str, period: Period) -> Result<Quantity, Complaint> {
        Quantity::new(&self.ground, &self.scope, metric, period)
    }

    /// The one figure that a pair is printed as when it stands alone: how many people there are between the two.
    #[must_use]
    pub fn own(&self) -> Option<Result<Quantity, Complaint>> {
        let is_pair = matches!(self.scope, Scope::Expansion(..) | Scope::Flow(..) | Scope::Overlap(..));
        is_pair.then(|| self.quantity(self.scope.kind(), self.period.unwrap_or(self.current)))
    }

    /// What `overlap`, `union`, `flow` or `expansion` makes of scopes, which are subjects or words.
    pub fn pair(ground: &Arc<Ground>, kind: &str, sides: &[Value], current: Period) -> Result<Self, Complaint> {
        let sides = sides.iter().map(|side| side_of(ground, side)).collect::<Result<Vec<Scope>, _>>()?;
        let example = match kind {
            "union" => "as in `union(category(\"edge\"), category(\"kernels\")).contributors`".to_owned(),
            kind => format!("as in `{kind}(category(\"edge\"), category(\"kernels\"))`"),
        };
        let scope = Names::pair(kind, &sides)
            .map_err(|hint| Complaint::content(format!("these make no {kind}"), format!("{hint}, {example}")))?;
        Ok(Self { ground: Arc::clone(ground), scope, period: None, current })
    }

    fn moved(&self, period: Period) -> Result<Value, Complaint> {
        let period = Some(self.ground.reported(period)?);
        Ok(Value::from_object(Self { period, ..self.clone() }))
    }
}

/// A scope as a word, `category:kernels`, or as a value, `category("kernels")`.
pub(super) fn scope_of(ground: &Ground, value: &Value) -> Result<Scope, Complaint> {
    match (value.as_str(), value.downcast_object_ref::<Subject>()) {
        (Some(written), _) => ground.scope(written),
        (_, Some(subject)) => Ok(subject.scope.clone()),
        _ => {
            let hint = "write `category:kernels`, or `category(\"kernels\")`";
            Err(Complaint::content(format!("{} names no scope", value.kind()), hint))
        }
    }
}

/// One of several scopes; the period is chosen for all of them.
fn side_of(ground: &Ground, value: &Value) -> Result<Scope, Complaint> {
    if value.downcast_object_ref::<Subject>().is_some_and(|subject| subject.period.is_some()) {
        let hint = "as in `overlap(category(\"edge\"), category(\"kernels\")).at(\"2025-Q4\")`";
        return Err(Complaint::content("the sides of a pair have one period", hint));
    }
    match value.as_str() {
        Some(slug) if slug != "corpus" && !slug.contains(':') => ground.part("category", slug),
        _ => scope_of(ground, value),
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
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.own() {
            Some(Ok(quantity)) => f.write_str(&quantity.text()),
            Some(Err(complaint)) => write!(f, "{UNPRINTABLE}{complaint}"),
            None => write!(f, "{UNPRINTABLE}a scope can't be printed"),
        }
    }
}
