//! A figure in an expression: a value, what it is about, and how it will be printed.

use std::fmt;
use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Object, ObjectRepr, Value};

use super::ground::{self, Complaint, Ground, is_change, level_of};
use super::subject::Subject;
use super::wording::{self, Style};
use crate::figures::{Shown, mask};
use crate::metrics::over_time::{Rank, Record};
use crate::metrics::{Metric, Scope, Standing};
use crate::plain::{Number, Period, Unit};

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
    /// What of it may be printed: the value, or that it is below a bound.
    pub shown: Shown,
    /// What it rests on.
    pub standing: Standing,
    /// Its unit, which isn't the metric's once a share was taken.
    pub unit: Unit,
    /// What was made of the figure.
    pub form: Form,
    /// How it is printed.
    pub style: Style,
}

/// What was made of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing: the value itself.
    Level,
    /// A share of a whole.
    Share(Whole),
    /// Its place among others.
    Rank(Rank),
    /// How many periods in a row it went one way, and whether to say which.
    Streak(i32, bool),
    /// Since when it wasn't as high, or as low.
    Record(Record),
}

/// What a share was taken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// What it is called.
    pub of: String,
    /// How much it is, as it is printed.
    pub text: String,
}

impl Quantity {
    /// A figure of the data, as far as it may be published.
    pub fn new(ground: &Arc<Ground>, scope: &Scope, metric: &str, period: Period) -> Result<Self, Complaint> {
        let (figure, value) = ground.figure(scope, metric, period)?;
        let shown = ground::shown(ground.figures(), scope, metric, period);
        if shown == Shown::Withheld {
            let title = ground.title(scope);
            return Err(withheld(format!("`{metric}` of {title} would give away a count below five in {period}")));
        }
        let signed = is_change(metric) || figure.metric.unit == Unit::Points;
        Ok(Self {
            ground: Arc::clone(ground),
            scope: scope.clone(),
            period,
            metric: figure.metric,
            value,
            shown,
            standing: figure.standing,
            unit: figure.metric.unit,
            form: Form::Level,
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

    /// Which part it is of another figure, or of the same figure of another scope. Of people between scopes the whole is
    /// the contributors of the other.
    pub fn share(&self, of: &Value) -> Result<Self, Complaint> {
        self.underived("`share` takes a part of a figure")?;
        let whole = if let Some(subject) = of.downcast_object_ref::<Subject>() {
            let metric = if mask::headcount(&self.scope) == Some(self.metric.name) {
                mask::headcount(&subject.scope).unwrap_or("contributors")
            } else {
                self.metric.name
            };
            subject.quantity(metric, subject.period.unwrap_or(self.period))?
        } else if let Some(quantity) = of.downcast_object_ref::<Self>() {
            quantity.clone()
        } else {
            let hint = "as in `share(of=category(\"edge\"))`";
            return Err(Complaint::content(
                format!("a share is of a figure or a scope, and this is a {}", of.kind()),
                hint,
            ));
        };
        whole.underived("a share is taken of a figure")?;
        if whole.unit != self.unit || is_change(self.metric.name) || is_change(whole.metric.name) {
            let message = format!("`{}` is no part of `{}`", self.metric.name, whole.metric.name);
            return Err(Complaint::content(message, "both have to be levels in one unit"));
        }
        let title = self.ground.title(&whole.scope).into_owned();
        let Some(value) = self.value.over(whole.value) else {
            let message = format!("`{}` of {title} is 0 in {}", whole.metric.name, whole.period);
            return Err(Complaint::data(message, "there is no share of nothing"));
        };
        let shown = match (self.shown, whole.shown) {
            (Shown::Exact(_), Shown::Exact(_)) => Shown::Exact(value),
            (_, Shown::Exact(_)) if self.unit == Unit::Count => mask::below(value, self.value),
            _ => Shown::Withheld,
        };
        if shown == Shown::Withheld {
            return Err(withheld(format!("this share of {title} would give away a count below five")));
        }
        let of = if whole.scope == self.scope { whole.metric.label.to_owned() } else { title };
        let printed = self.ground.printed(&whole.scope, whole.metric.name, whole.period);
        let form = Form::Share(Whole { of, text: printed.unwrap_or_else(|| whole.text()) });
        let standing = if self.standing == Standing::Closed { whole.standing } else { self.standing };
        Ok(Self { value, shown, standing, unit: Unit::Share, form, ..self.clone() })
    }

    /// The same in words that aren't a number: a rank, a streak or a record.
    pub(super) fn formed(&self, form: Form) -> Self {
        Self { form, ..self.clone() }
    }

    /// Its size, without a sign.
    pub fn magnitude(&self) -> Result<Self, Complaint> {
        self.numeric("abs")?;
        let value = wording::magnitude(self.value);
        let shown = if let Shown::Exact(_) = self.shown { Shown::Exact(value) } else { self.shown };
        Ok(Self { value, shown, style: Style { signed: false, ..self.style }, ..self.clone() })
    }

    /// The same, printed in another way.
    pub fn restyled(&self, filter: &str, change: impl FnOnce(&mut Style)) -> Result<Self, Complaint> {
        if !matches!(self.form, Form::Rank(_)) || filter == "percent" {
            self.numeric(filter)?;
        }
        let mut quantity = self.clone();
        change(&mut quantity.style);
        Ok(quantity)
    }

    fn numeric(&self, filter: &str) -> Result<(), Complaint> {
        let what = match self.form {
            Form::Level | Form::Share(_) => return Ok(()),
            Form::Rank(_) => "a rank",
            Form::Streak(..) => "a streak",
            Form::Record(_) => "a record",
        };
        let message = format!("`{filter}` prints numbers, and this is {what}");
        Err(Complaint::content(message, format!("leave out `| {filter}`")))
    }

    /// That it is a figure as it was measured.
    pub(super) fn underived(&self, clause: &str) -> Result<(), Complaint> {
        let (what, order) = match self.form {
            Form::Level => return Ok(()),
            Form::Share(_) => ("share", "take the share last"),
            Form::Rank(_) => ("rank", "write `rank` last"),
            Form::Streak(..) => ("streak", "write `streak` last"),
            Form::Record(_) => ("record", "write `record` last"),
        };
        Err(Complaint::content(format!("{clause}, not of a {what}"), order))
    }

    /// What readers call that which it is about.
    #[must_use]
    pub fn about(&self) -> String {
        self.ground.title(&self.scope).into_owned()
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        match (&self.form, self.shown) {
            (Form::Rank(rank), _) if self.style.exact || self.style.digits.is_some() => rank.place.to_string(),
            (Form::Rank(rank), _) => wording::rank(*rank),
            (Form::Streak(length, directed), _) => wording::streak(*length, *directed),
            (Form::Record(record), _) => wording::record(*record, self.period),
            (Form::Level, Shown::Below(_)) if self.style.spelled && self.unit == Unit::Count => {
                "fewer than five".to_owned()
            }
            (_, Shown::Below(bound)) => wording::below(bound, self.unit),
            _ => wording::print(self.value, self.unit, self.style),
        }
    }

    /// What a machine reads: the value as in tidy rows, the place of a rank, the length of a streak or a record.
    #[must_use]
    pub fn datum(&self) -> String {
        match &self.form {
            Form::Level | Form::Share(_) => self.shown.tidy(),
            Form::Rank(rank) => rank.place.to_string(),
            Form::Streak(length, _) => length.to_string(),
            Form::Record(record) => record.over.to_string(),
        }
    }

    /// As an element that says what it is.
    #[must_use]
    pub fn html(&self) -> String {
        let about = self.ground.title(&self.scope);
        let made = match &self.form {
            Form::Level => String::new(),
            Form::Share(whole) => format!(", as a share of {}", whole.of),
            Form::Rank(rank) => format!(", rank of {}", rank.of),
            Form::Streak(..) => ", quarters in a row".to_owned(),
            Form::Record(_) => ", against the quarters before".to_owned(),
        };
        let title = format!("{} · {about} · {}{made}", self.metric.label, self.period);
        self.element(&format!(" title=\"{}\"", wording::escaped(&title)))
    }

    /// As an element, where something else says what it is.
    #[must_use]
    pub fn datum_html(&self) -> String {
        self.element("")
    }

    fn element(&self, title: &str) -> String {
        let (value, text) = (wording::escaped(&self.datum()), wording::escaped(&self.text()));
        format!("<data value=\"{value}\"{title}>{text}</data>")
    }
}

/// Why something is kept back.
pub(super) fn withheld(message: String) -> Complaint {
    let hint = "counts of 1 to 4 between scopes are printed \"<5\"; say it without the number";
    Complaint::masked(message, hint)
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
