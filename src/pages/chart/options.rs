//! The options of a chart, as an editor wrote them.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value, ValueKind};

use super::kind::Kind;
use crate::charts::Note;
use crate::figures::mask;
use crate::metrics::{Metric, Scope};
use crate::pages::ground::{Complaint, Ground};
use crate::pages::subject::scope_of;
use crate::plain::{Period, suggest};

/// A scope, with whether the story is about it.
pub type Marked = (Scope, bool);

/// The options of one chart.
pub struct Options<'a> {
    kind: &'static Kind,
    given: &'a Kwargs,
    /// Figures and names.
    pub ground: &'a Arc<Ground>,
    /// The period of the text.
    pub period: Period,
}

const OF: &str = "as in `of=\"categories\"` or `of=[\"repo:jax\", \"repo:vllm\"]`";

impl<'a> Options<'a> {
    /// The options of a chart, of which it has to know every one.
    pub fn new(
        kind: &'static Kind,
        given: &'a Kwargs,
        ground: &'a Arc<Ground>,
        period: Period,
    ) -> Result<Self, Complaint> {
        let known = || Kind::COMMON.iter().chain(kind.options).copied();
        if let Some(extra) = given.args().find(|name| known().all(|known| known != *name)) {
            let takes = Kind::ALL.iter().any(|other| other.options.contains(&extra));
            let hint = if takes {
                format!("it takes `{}`", known().collect::<Vec<_>>().join("`, `"))
            } else {
                suggest::hint(extra, known())
            };
            let message = format!("`{extra}` is no option of the chart `{}`", kind.name);
            return Err(Complaint::reference(message, hint));
        }
        Ok(Self { kind, given, ground, period })
    }

    fn value(&self, name: &str) -> Option<Value> {
        let value: Option<Value> = self.given.get(name).ok().flatten();
        value.filter(|value| !value.is_none() && !value.is_undefined())
    }

    fn lacks(&self, name: &str, hint: &str) -> Complaint {
        Complaint::content(format!("the chart `{}` has no `{name}`", self.kind.name), hint)
    }

    /// A text that may be absent.
    pub fn text(&self, name: &str) -> Result<Option<String>, Complaint> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let Some(text) = value.as_str() else {
            let message = format!("`{name}` is no text but {}", a(value.kind()));
            return Err(Complaint::content(message, format!("write it in quotes, as in `{name}=\"…\"`")));
        };
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    /// A text that has to be there.
    pub fn needed(&self, name: &str, hint: &str) -> Result<String, Complaint> {
        self.text(name)?.ok_or_else(|| self.lacks(name, hint))
    }

    /// The scope that has to be there.
    pub fn scope(&self) -> Result<Scope, Complaint> {
        let value = self.value("scope").ok_or_else(|| self.lacks("scope", "as in `scope=\"category:kernels\"`"))?;
        scope_of(self.ground, &value)
    }

    /// A list of scopes, or one of them alone; empty where it is absent.
    pub fn scopes(&self, name: &str) -> Result<Vec<Scope>, Complaint> {
        self.list(name)?.iter().map(|value| scope_of(self.ground, value)).collect()
    }

    /// All scopes that are named one by one.
    pub fn named(&self) -> Result<Vec<Scope>, Complaint> {
        let mut named = Vec::new();
        for option in ["scope", "context", "of", "highlight"].into_iter().filter(|one| self.kind.options.contains(one))
        {
            // `of="categories"` names none of them.
            let is_word = option == "of" && self.value(option).is_some_and(|value| value.as_str().is_some());
            if !is_word {
                named.extend(self.scopes(option)?);
            }
        }
        Ok(named)
    }

    /// A list of words, or one of them alone; empty where it is absent.
    pub fn words(&self, name: &str) -> Result<Vec<String>, Complaint> {
        let word = |value: &Value| {
            let hint = format!("write names in quotes, as in `{name}=[\"…\"]`");
            let word = value.as_str().map(str::to_owned);
            word.ok_or_else(|| Complaint::content(format!("`{name}` has {} in it", a(value.kind())), hint))
        };
        self.list(name)?.iter().map(word).collect()
    }

    fn list(&self, name: &str) -> Result<Vec<Value>, Complaint> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        match value.kind() {
            ValueKind::Seq | ValueKind::Iterable => {
                let items = value.try_iter().map_err(|error| Complaint::content(error.to_string(), OF))?;
                Ok(items.collect())
            }
            _ => Ok(vec![value]),
        }
    }

    /// What the chart is about: all that `of` names, those of `highlight` marked.
    pub fn subjects(&self) -> Result<Vec<Marked>, Complaint> {
        let Some(of) = self.value("of") else { return Err(self.lacks("of", OF)) };
        let scopes = match of.as_str() {
            Some("categories") => self.ground.categories().to_vec(),
            Some("repositories") => {
                let whole = self.value("within").map(|whole| scope_of(self.ground, &whole)).transpose()?;
                self.ground.names().members().parts("repo", &whole.unwrap_or(Scope::Corpus))
            }
            Some(_) => {
                let message = "`of` is neither `categories` nor `repositories` nor a list of scopes";
                return Err(Complaint::content(message, OF));
            }
            None => self.scopes("of")?,
        };
        if self.value("within").is_some() && of.as_str() != Some("repositories") {
            let hint = "as in `of=\"repositories\", within=\"category:kernels\"`";
            return Err(Complaint::content("`within` says of which repositories", hint));
        }
        if scopes.is_empty() {
            return Err(Complaint::content(format!("the chart `{}` is about nothing", self.kind.name), OF));
        }
        let highlight = self.scopes("highlight")?;
        if let Some(stray) = highlight.iter().find(|scope| !scopes.contains(scope)) {
            let message = format!("{} isn't in the chart", self.ground.title(stray));
            return Err(Complaint::content(message, "highlight what `of` names"));
        }
        Ok(scopes.into_iter().map(|scope| (scope.clone(), highlight.contains(&scope))).collect())
    }

    /// The metric that `metric` names, else the usual one; all of the scopes have it.
    pub fn metric(&self, scopes: &[Marked], usual: Option<&str>) -> Result<&'static Metric, Complaint> {
        let name = match (self.text("metric")?, usual) {
            (Some(name), _) => name,
            (None, Some(usual)) => usual.to_owned(),
            (None, None) => return Err(self.lacks("metric", "say what it shows, as in `metric=\"contributors\"`")),
        };
        let mut found = None;
        for (scope, _) in scopes {
            found = found.or(Some(self.ground.metric(scope, &name)?));
            self.ground.metric(scope, &name)?;
        }
        found.ok_or_else(|| Complaint::content(format!("the chart `{}` is about nothing", self.kind.name), OF))
    }

    /// The earlier period of a comparison: the one that `from` names, else so many periods ago.
    pub fn from(&self, usual: u16) -> Result<Period, Complaint> {
        let Some(written) = self.text("from")? else {
            let first = self.ground.figures().periods().first().copied().unwrap_or(self.period);
            return Ok(self.period.before(usual).max(first));
        };
        let period = self.ground.period(&written)?;
        if period >= self.period {
            let hint = format!("the text is about {}; name a quarter before it", self.period);
            return Err(Complaint::content(format!("`from` names {period}"), hint));
        }
        Ok(period)
    }

    /// What `note` says about the quarter that `at` names.
    pub fn note(&self) -> Result<Option<Note>, Complaint> {
        match (self.text("note")?, self.text("at")?) {
            (None, None) => Ok(None),
            (Some(text), at) => {
                let at = at.map_or(Ok(self.period), |written| self.ground.period(&written))?;
                if at > self.period {
                    let hint = format!("the chart ends with {}", self.period);
                    return Err(Complaint::content(format!("the note is about {at}"), hint));
                }
                Ok(Some(Note { at, text }))
            }
            (None, Some(_)) => {
                Err(Complaint::content("`at` has no `note`", "say what there is to see, as in `note=\"vLLM splits\"`"))
            }
        }
    }

    /// That a scope's figures are never masked, since what is drawn together gives each away.
    pub fn unmasked(&self, scopes: &[Marked]) -> Result<(), Complaint> {
        let Some((masked, _)) = scopes.iter().find(|(scope, _)| mask::is_masked(scope)) else { return Ok(()) };
        let message = format!("the parts of {} would give small counts away", self.ground.title(masked));
        Err(Complaint::content(message, "choose categories, repositories, groups or organisations"))
    }
}

/// A kind of value with its article.
fn a(kind: ValueKind) -> String {
    let word = kind.to_string();
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
