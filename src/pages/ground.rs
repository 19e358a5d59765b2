//! What expressions stand on: figures, names and periods; and how a name that means nothing is answered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::{Error, ErrorKind};

use crate::data::registry::Registry;
use crate::figures::{Figures, Names};
use crate::metrics::{Figure, Metric, Scope, Standing};
use crate::plain::{Kind, Period, suggest};

/// Figures, names and titles.
#[derive(Debug)]
pub struct Ground {
    figures: Arc<Figures>,
    names: Names,
    titles: BTreeMap<Scope, String>,
    categories: Vec<Scope>,
}

impl Ground {
    /// Of a publication.
    #[must_use]
    pub fn new(figures: Arc<Figures>, registry: &Registry) -> Self {
        let names = Names::new(registry);
        let mut titles = BTreeMap::from([(Scope::Corpus, "All repositories".to_owned())]);
        let mut ordered: Vec<_> = registry.categories.iter().collect();
        ordered.sort_by_key(|category| (category.order, category.slug.value.as_str()));
        for (category, repo) in registry.repos() {
            titles.insert(Scope::Category(category.slug.value.clone()), category.title.clone());
            titles.insert(Scope::Repo(repo.id.value.clone()), repo.title().to_owned());
        }
        let categories = ordered.iter().map(|category| Scope::Category(category.slug.value.clone())).collect();
        Self { figures, names, titles, categories }
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

    /// The corpus and everything that the registry names.
    pub fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.titles.keys()
    }

    /// What readers call a scope.
    #[must_use]
    pub fn title<'a>(&'a self, scope: &'a Scope) -> Cow<'a, str> {
        self.titles.get(scope).map_or_else(|| scope.subject(), |title| Cow::Borrowed(title))
    }

    /// A repository by any of its names.
    pub fn repo(&self, name: &str) -> Result<Scope, Complaint> {
        let unknown = |hint| Complaint::reference(format!("no tracked repository is called `{name}`"), hint);
        self.names.repo(name).map_err(unknown)
    }

    /// A category by its slug.
    pub fn category(&self, slug: &str) -> Result<Scope, Complaint> {
        let unknown = |hint| Complaint::reference(format!("there is no category `{slug}`"), hint);
        self.names.category(slug).map_err(unknown)
    }

    /// A scope in one word: `corpus`, `category:kernels`, `repo:jax`.
    pub fn scope(&self, written: &str) -> Result<Scope, Complaint> {
        match written.split_once(':') {
            None if written == "corpus" => Ok(Scope::Corpus),
            Some(("category", slug)) => self.category(slug),
            Some(("repo", name)) => self.repo(name),
            _ => {
                let hint = "write `corpus`, `category:kernels` or `repo:jax`";
                Err(Complaint::reference(format!("`{written}` names no scope"), hint))
            }
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
            if known.is_empty() {
                return Complaint::reference(format!("nothing was measured for {}", self.title(scope)), MINE);
            }
            Complaint::reference(format!("there is no metric `{name}` for {}", self.title(scope)), hint)
        })
    }

    /// A figure that has a value, or why it has none.
    pub fn figure(
        &self,
        scope: &Scope,
        name: &str,
        period: Period,
    ) -> Result<(&Figure, crate::plain::Number), Complaint> {
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
    let name = name.strip_suffix("_like_for_like").unwrap_or(name);
    name.strip_suffix("_change").unwrap_or(name)
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
