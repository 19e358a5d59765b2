//! What expressions stand on: figures, names and periods; and how a name that means nothing is answered.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use minijinja::{Error, ErrorKind};

use super::cell::ABSENT;
use super::seals::Texts;
use super::wording::{self, Style};
use crate::data::registry::Registry;
use crate::figures::{Figures, Names, Shown, mask, names};
use crate::metrics::{Figure, Metric, Scope, Side, Standing};
use crate::plain::{Kind, Number, Period, suggest};

/// Figures, names and titles.
#[derive(Clone)]
pub struct Ground {
    figures: Arc<Figures>,
    names: Arc<Names>,
    categories: Arc<[Scope]>,
    texts: Arc<Texts>,
}

/// Whatever holds a ground has a form of its own to show; the figures are the same for all.
impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ground").finish_non_exhaustive()
    }
}

impl Ground {
    /// Of a publication: its figures, its names, and the order of its categories.
    #[must_use]
    pub fn new(figures: Arc<Figures>, names: Names, registry: &Registry) -> Self {
        let ordered = registry.ordered();
        let categories = ordered.iter().map(|category| Scope::Category(category.slug.value.clone())).collect();
        Self { figures, names: Arc::new(names), categories, texts: Arc::new(Texts::Own) }
    }

    /// The same for the pages of one edition, with other texts.
    #[must_use]
    pub fn with_texts(&self, texts: Texts) -> Self {
        Self { texts: Arc::new(texts), ..self.clone() }
    }

    /// The same with the texts of another.
    #[must_use]
    pub fn with_texts_of(&self, other: &Self) -> Self {
        Self { texts: Arc::clone(&other.texts), ..self.clone() }
    }

    /// The same with other figures, or with the same ones for somebody of whom it is noted what is read.
    #[must_use]
    pub fn with_figures(&self, figures: &Arc<Figures>) -> Self {
        Self { figures: Arc::clone(figures), ..self.clone() }
    }

    /// What is printed where no editor chose how.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// A figure where no editor chose how it is printed, changes with a sign; in a sealed edition as it was sealed.
    /// Nothing where there is no value, or none that may be published.
    #[must_use]
    pub fn printed(&self, scope: &Scope, name: &str, period: Period) -> Option<String> {
        let text = self.texts.printed(|| format!("{scope} {name} {period}"), || self.now(scope, name, period));
        Some(text).filter(|text| text != ABSENT)
    }

    /// The same by today's data: the value as in published rows, and the text.
    #[must_use]
    pub fn now(&self, scope: &Scope, name: &str, period: Period) -> (String, String) {
        let shown = shown(&self.figures, scope, name, period);
        let unit = self.figures.get(scope, name, period).map(|figure| figure.metric.unit);
        let style = Style { signed: is_change(name), ..Style::default() };
        let text = unit.and_then(|unit| wording::shown(shown, unit, style));
        (shown.tidy(), text.unwrap_or_else(|| ABSENT.to_owned()))
    }

    /// All figures.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The categories, in the order in which they are shown.
    #[must_use]
    pub fn categories(&self) -> &[Scope] {
        &self.categories
    }

    /// What things are called.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What readers call a scope.
    #[must_use]
    pub fn title<'a>(&'a self, scope: &'a Scope) -> Cow<'a, str> {
        self.names.title(scope)
    }

    /// What a kind of part is called by: a repository by any of its names, everything else by slug or name.
    pub fn part(&self, kind: &str, name: &str) -> Result<Scope, Complaint> {
        self.names.part(kind, name).map_err(|hint| {
            let message = match kind {
                "repo" => format!("no tracked repository is called `{name}`"),
                kind => format!("there is no {} `{name}`", names::noun(kind)),
            };
            Complaint::reference(message, hint)
        })
    }

    /// A scope in one word: `corpus`, `category:kernels`, `repo:jax`, `overlap:edge+kernels`.
    pub fn scope(&self, written: &str) -> Result<Scope, Complaint> {
        match written.split_once(':') {
            Some((kind, name)) if names::PARTS.contains(&kind) => self.part(kind, name),
            _ => self
                .names
                .scope(written)
                .map_err(|hint| Complaint::reference(format!("`{written}` names no scope"), hint)),
        }
    }

    /// A reported period.
    pub fn period(&self, written: &str) -> Result<Period, Complaint> {
        let period =
            written.parse().map_err(|message: String| Complaint::reference(message, "as in `at(\"2025-Q4\")`"))?;
        self.reported(period)
    }

    /// The period, when it is reported.
    pub fn reported(&self, period: Period) -> Result<Period, Complaint> {
        let periods = self.figures.periods();
        match (periods.first(), periods.last()) {
            (Some(first), Some(last)) if !(first..=last).contains(&&period) => Err(Complaint::reference(
                format!("`{period}` isn't reported"),
                format!("the reported periods are {first} to {last}; signal.yaml sets them"),
            )),
            _ => Ok(period),
        }
    }

    /// The metric of a name, as far as a scope has it.
    pub fn metric(&self, scope: &Scope, name: &str) -> Result<&'static Metric, Complaint> {
        let any = self.figures.series(scope, name).and_then(|series| series.values().next());
        any.map(|figure| figure.metric).ok_or_else(|| {
            let known = self.figures.metrics(scope);
            let hint = suggest::hint(name, known.iter().copied());
            if known.is_empty() && Side::of(scope).is_none() {
                let hint = "name categories, or repositories, on both sides";
                return Complaint::reference(format!("nothing is counted between {}", self.title(scope)), hint);
            }
            if known.is_empty() {
                return Complaint::reference(format!("nothing was measured for {}", self.title(scope)), MINE);
            }
            Complaint::reference(format!("there is no metric `{name}` for {}", self.title(scope)), hint)
        })
    }

    /// A figure that has a value, or why it has none.
    pub fn figure(&self, scope: &Scope, name: &str, period: Period) -> Result<(&Figure, Number), Complaint> {
        self.metric(scope, name)?;
        let title = self.title(scope);
        let Some(figure) = self.figures.get(scope, name, period) else {
            return Err(Complaint::data(format!("`{name}` of {title} wasn't measured in {period}"), MINE));
        };
        match figure.value {
            Some(value) => Ok((figure, value)),
            None => Err(why_none(figure, &title, period)),
        }
    }
}

/// A figure as it may be published; nothing where there is none.
#[must_use]
pub fn shown(figures: &Figures, scope: &Scope, metric: &str, period: Period) -> Shown {
    mask::shown(figures, scope, metric, period).unwrap_or(Shown::Nothing)
}

const MINE: &str = "mine it with `signal mine`, or write of something else";

fn why_none(figure: &Figure, title: &str, period: Period) -> Complaint {
    let name = figure.metric.name;
    let nothing = format!("`{name}` of {title} has no value in {period}");
    match figure.standing {
        Standing::Unknown => Complaint::data(format!("{nothing}: none of its repositories is known then"), MINE),
        Standing::Untracked => {
            let hint = "choose a later period with `at`, or change `tracked` in data/repos.yaml";
            Complaint::data(format!("{nothing}: it wasn't tracked yet"), hint)
        }
        Standing::Open | Standing::Partial { open: true, .. } => {
            let hint = "wait until the quarter is over and mined, or write of a level such as commits";
            Complaint::data(format!("{nothing}: the quarter is still open, and only levels are stated of it"), hint)
        }
        Standing::Partial { unknown, .. } => {
            let are = if unknown == 1 { "is" } else { "are" };
            let hint = if name.ends_with("_change") {
                "compare like for like with `| like_for_like`, or mine what is missing with `signal mine`"
            } else {
                MINE
            };
            Complaint::data(format!("{nothing}: {unknown} of its repositories {are} unknown"), hint)
        }
        Standing::Closed if is_change(name) => {
            let hint = "say in words what is new, or write of the level";
            Complaint::data(format!("{nothing}: the quarter before is 0 or unknown"), hint)
        }
        Standing::Closed => {
            Complaint::data(format!("{nothing}: there is nothing to count it from"), "write of something else")
        }
    }
}

/// Whether a metric says how much another one changed.
#[must_use]
pub fn is_change(name: &str) -> bool {
    level_of(name) != name
}

/// The metric whose change a metric is, or itself.
#[must_use]
pub fn level_of(name: &str) -> &str {
    let level = name.strip_suffix("_like_for_like").unwrap_or(name).strip_suffix("_change");
    // `contribution_to_change` is the change of nothing.
    level.filter(|level| *level != "contribution_to").unwrap_or(name)
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What sort of fault it is.
    pub kind: Kind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Complaint {
    /// A name refers to nothing.
    pub fn reference(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Reference, message: message.into(), hint: hint.into() }
    }

    /// The expression can't be what the editor means.
    pub fn content(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Content, message: message.into(), hint: hint.into() }
    }

    /// The figure would point at somebody.
    pub fn masked(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Masked, message: message.into(), hint: hint.into() }
    }

    /// The data doesn't say.
    pub fn data(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Data, message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Complaint {}

impl From<Complaint> for Error {
    fn from(complaint: Complaint) -> Self {
        Self::new(ErrorKind::InvalidOperation, complaint.message.clone()).with_source(complaint)
    }
}
