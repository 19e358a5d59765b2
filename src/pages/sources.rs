//! Where people came from, as a list: `sources(repo("jax"))`, `sources(category("edge")).top(3)`.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use super::about::About;
use super::ground::{self, Complaint, Ground};
use super::subject::UNPRINTABLE;
use super::wording::{self, Style};
use crate::figures::{Shown, names};
use crate::metrics::{Scope, Side};
use crate::plain::text::listed;
use crate::plain::{Number, Period, Unit, suggest};

/// The repositories, or categories, that people came from to one.
#[derive(Clone, Debug)]
pub struct Sources {
    ground: Arc<Ground>,
    to: Scope,
    period: Period,
    most: Option<usize>,
}

const FLOW: &str = "flow";

impl Sources {
    /// Of a repository or a category.
    pub fn new(ground: &Arc<Ground>, to: Scope, period: Period) -> Result<Self, Complaint> {
        if !matches!(to, Scope::Category(_) | Scope::Repo(_)) {
            let message = format!("{} has no sources", ground.title(&to));
            return Err(Complaint::content(message, "name a repository or a category, as in `sources(repo(\"jax\"))`"));
        }
        Ok(Self { ground: Arc::clone(ground), to, period, most: None })
    }

    /// The sources by number of people; among those below five by name, since their order would tell more than `<5`.
    fn found(&self) -> Result<Vec<(String, Shown)>, Complaint> {
        let figures = self.ground.figures();
        let to = Side::of(&self.to).expect("a repository or a category is a side");
        let others = self.ground.names().members().parts(self.to.kind(), &Scope::Corpus);
        let mut found: Vec<(String, Shown)> = Vec::new();
        let mut is_known = false;
        for other in others.into_iter().filter(|other| *other != self.to) {
            let from = Side::of(&other).expect("a repository or a category is a side");
            let shown = ground::shown(figures, &Scope::Flow(from, to.clone()), FLOW, self.period);
            is_known |= shown != Shown::Nothing;
            if !matches!(shown, Shown::Nothing | Shown::Exact(Number::ZERO)) {
                found.push((self.ground.title(&other).into_owned(), shown));
            }
        }
        if !is_known {
            let message = format!("nothing is known of who came to {} in {}", self.ground.title(&self.to), self.period);
            let hint = "moves are stated of closed quarters; choose another period with `.at(…)`";
            return Err(Complaint::data(message, hint));
        }
        found.sort_by_key(|(title, shown)| (Reverse(shown.value()), title.clone()));
        Ok(found)
    }

    /// What it opens in a text.
    pub fn about(&self) -> Result<About, Complaint> {
        let readings = self.found()?.into_iter().map(|(title, shown)| (title, printed(shown)));
        Ok(About::of_sources(&self.ground, &self.to, self.period, &self.text()?, readings.collect()))
    }

    /// As it is read: `XLA (12), Flax (8) and Optax (5)`. Without a number of places those below five are left out.
    pub fn text(&self) -> Result<String, Complaint> {
        let mut found = self.found()?;
        match self.most {
            Some(most) => found.truncate(most),
            None => found.retain(|(_, shown)| shown.value().is_some()),
        }
        let words: Vec<String> =
            found.into_iter().map(|(title, shown)| format!("{title} ({})", printed(shown))).collect();
        if words.is_empty() {
            let (what, to) = (names::noun(self.to.kind()), self.ground.title(&self.to));
            let message = format!("from no single {what} five people came to {to} in {}", self.period);
            return Err(Complaint::data(message, "list smaller ones with `.top(3)`, or write of something else"));
        }
        Ok(listed(&words, "and"))
    }
}

fn printed(shown: Shown) -> String {
    wording::shown(shown, Unit::Count, Style::default()).unwrap_or_default()
}

impl Object for Sources {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let message = format!("sources have no part `{key}`");
        Some(Error::from(Complaint::content(message, "as in `sources(repo(\"jax\")).top(3)`")).into())
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        let moved = |period: Period| -> Result<Value, Error> {
            Ok(Value::from_object(Self { period: self.ground.reported(period)?, ..Self::clone(self) }))
        };
        match method {
            "top" => {
                let (most,): (usize,) = from_args(args)?;
                Ok(Value::from_object(Self { most: Some(most), ..Self::clone(self) }))
            }
            "at" => {
                let (period,): (&str,) = from_args(args)?;
                moved(self.ground.period(period)?)
            }
            "before" => {
                let (count,): (Option<u16>,) = from_args(args)?;
                moved(self.period.before(count.unwrap_or(1)))
            }
            other => {
                let hint = suggest::hint(other, ["at", "before", "top"]);
                Err(Complaint::reference(format!("sources have no method `{other}`"), hint).into())
            }
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Ok(text) => f.write_str(&text),
            Err(complaint) => write!(f, "{UNPRINTABLE}{complaint}"),
        }
    }
}
