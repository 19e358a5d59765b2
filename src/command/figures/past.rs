//! What questions about a quarter and those before it have in common.

use serde_json::Value;

use super::add_scopes;
use crate::command::arguments::{Arguments, PastOptions};
use crate::command::measure::measure;
use crate::data::publication::{self, Publication};
use crate::figures::{Figures, Filter, Names};
use crate::metrics::Scope;
use crate::metrics::over_time::{Chronicle, Wholes, wholes};
use crate::plain::{Diagnostic, Kind, Number, Period, Result};

/// A publication with its figures, and what is asked.
pub struct Past {
    publication: Publication,
    figures: Figures,
    filter: Filter,
    period: Option<Period>,
}

impl Past {
    /// Reads and counts.
    pub fn read(arguments: &Arguments, options: &PastOptions) -> Result<Self> {
        let publication = publication::read(&arguments.root)?;
        let mut filter = Filter::default();
        add_scopes(&mut filter, &options.scope, &Names::new(&publication.registry.value))?;
        let (_, figures) = measure(&publication)?;
        Ok(Self { publication, figures, filter, period: options.period })
    }

    /// The figures in the order of time.
    pub fn chronicle(&self) -> Chronicle<'_> {
        self.figures.chronicle()
    }

    /// The place of the period that is asked for, or of the last one that is over.
    pub fn place(&self, chronicle: &Chronicle) -> Result<usize> {
        let fault = |message: String, hint: &str| Diagnostic::new(Kind::Usage, message).hint(hint);
        let Some(last) = chronicle.last_closed() else {
            return Err(fault("no quarter is over yet".to_owned(), "mine up to the end of one").into());
        };
        let Some(period) = self.period else { return Ok(last) };
        match chronicle.place(period) {
            Some(place) if place <= last => Ok(place),
            Some(_) => {
                let hint = "an open quarter states levels only; ask for one that is over";
                Err(fault(format!("{period} isn't over"), hint).into())
            }
            None => {
                let hint = "`periods` in signal.yaml says which quarters are reported";
                Err(fault(format!("{period} is no reported quarter"), hint).into())
            }
        }
    }

    /// Whether something is asked for.
    pub fn wants(&self, scope: &Scope) -> bool {
        self.filter.wants_scope(scope)
    }

    /// What readers call a scope.
    pub fn title(&self, scope: &Scope) -> String {
        let registry = &self.publication.registry.value;
        let title = match scope {
            Scope::Corpus => "all repositories".to_owned(),
            Scope::Category(slug) => {
                let found = registry.categories.iter().find(|category| category.slug.value == *slug);
                found.map_or_else(|| slug.clone(), |category| category.title.clone())
            }
            Scope::Repo(id) => {
                let found = registry.repos().find(|(_, repo)| repo.id.value == *id);
                found.map_or_else(|| id.clone(), |(_, repo)| repo.title().to_owned())
            }
            other => other.subject().into_owned(),
        };
        title.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
    }

    /// The repositories of each scope that has several.
    pub fn wholes(&self) -> Wholes {
        wholes(&self.publication.registry.value)
    }
}

/// A number of JSON, as in tidy rows.
pub fn json(number: Number) -> Value {
    serde_json::from_str(&number.tidy()).expect("a tidy number is a number of JSON")
}

/// An array of objects, one on a line.
pub fn array(objects: &[Value]) -> String {
    let lines: Vec<String> = objects.iter().map(Value::to_string).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}
