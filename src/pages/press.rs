//! Renders templates; what is wrong in one is said at its own file, line and column.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter};

use super::address::Address;
use super::ground::Complaint;
use super::tags;
use super::theme::{CONTRACT, Theme};
use super::timings::{Timings, Work, noted};
use super::wording::escaped;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Place, Result, suggest};

/// Enough for a page of several megabytes, and little enough to end.
const FUEL: u64 = 2_000_000;

/// A theme that is ready to print.
#[derive(Debug)]
pub struct Press {
    theme: Theme,
    environment: Environment<'static>,
    base_url: String,
    timings: Option<Arc<Timings>>,
}

impl Press {
    /// Compiles all templates; `base_url` ends with a slash.
    pub fn new(theme: Theme, base_url: &str) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(true);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(format);
        let icons = theme.icons.clone();
        environment.add_function("icon", move |name: &str| {
            Value::from_safe_string(icons.get(name).cloned().unwrap_or_default())
        });
        let base = base_url.to_owned();
        environment.add_function("absolute", move |path: &str| address(path, |path| format!("{base}{path}")));
        let mut press = Self { theme, environment, base_url: base_url.to_owned(), timings: None };
        let mut faults = Collector::default();
        for (name, template) in press.theme.templates.clone() {
            let long = tags::too_long(&template.text);
            if !long.is_empty() {
                for range in long {
                    let message = format!("the tag has {} bytes, and at most {} are read", range.len(), tags::LONGEST);
                    let place = Place::of_bytes(&template.file, &template.text, range);
                    let hint = "close it, or take it apart with `{% set … %}`";
                    faults.push(Diagnostic::new(Kind::Theme, message).at(place).hint(hint));
                }
                continue;
            }
            if let Err(error) = press.environment.add_template_owned(name, template.text) {
                faults.push(press.diagnose(&error, &Value::UNDEFINED));
            }
        }
        faults.finish(press)
    }

    /// The theme.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Where the site will stand, with a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The same, noting how long templates take.
    #[must_use]
    pub fn timed(self, timings: Option<Arc<Timings>>) -> Self {
        Self { timings, ..self }
    }

    /// Where it is noted how long things take.
    #[must_use]
    pub fn timings(&self) -> Option<&Timings> {
        self.timings.as_deref()
    }

    /// Renders a template for a page.
    pub fn render(&self, template: &str, page: &Address, context: &Value) -> Result<String> {
        noted(self.timings(), Work::Template, template, || self.set(template, page, context))
    }

    fn set(&self, template: &str, page: &Address, context: &Value) -> Result<String> {
        let environment = self.for_page(page);
        let rendered = environment.get_template(template).and_then(|template| template.render(context.clone()));
        rendered.map_err(|error| self.diagnose(&error, context).into())
    }

    /// With the functions whose answer depends on the page.
    fn for_page(&self, page: &Address) -> Environment<'static> {
        let mut environment = self.environment.clone();
        // A server answers with this page at any depth, so that nothing on it can be relative.
        let base = (page.as_str() == "404.html").then(|| self.base_url.clone());
        let page = page.clone();
        let from_here = move |path: &str| match &base {
            Some(base) => format!("{base}{path}"),
            None => page.to(path),
        };
        let from_here = Arc::new(from_here);
        let to = Arc::clone(&from_here);
        environment.add_function("link", move |path: &str| address(path, |path| to(path)));
        let assets: BTreeMap<String, String> =
            self.theme.assets.iter().map(|(name, asset)| (name.clone(), asset.address.clone())).collect();
        environment.add_function("asset", move |name: &str| {
            if let Some(path) = assets.get(name) {
                return address(path, |path| from_here(path));
            }
            let hint = suggest::hint(name, assets.keys().map(String::as_str));
            Err(Complaint::reference(format!("the theme has no asset `{name}`"), hint).into())
        });
        environment
    }

    fn diagnose(&self, error: &Error, context: &Value) -> Diagnostic {
        // An error in a partial is wrapped by the template that includes it.
        let mut innermost = error;
        while let Some(inner) = innermost.source().and_then(|source| source.downcast_ref::<Error>()) {
            innermost = inner;
        }
        let complaint = innermost.source().and_then(|source| source.downcast_ref::<Complaint>());
        let detail = innermost.detail().unwrap_or_default();
        let (message, hint) = match (complaint, innermost.kind()) {
            (Some(complaint), _) => (complaint.message.clone(), complaint.hint.clone()),
            (None, ErrorKind::UndefinedError) => {
                let name = detail.split('`').nth(1).unwrap_or("the value");
                (format!("`{name}` is undefined"), hint_for(name, context))
            }
            (None, ErrorKind::TemplateNotFound) => {
                // "tried to include non-existing template 'x'", "template \"x\" does not exist".
                let name = detail.split(['"', '\'']).skip(1).find(|part| !part.is_empty()).unwrap_or_default();
                let known = self.theme.templates.keys().map(String::as_str);
                (format!("there is no template `{name}`"), suggest::hint(name, known))
            }
            (None, ErrorKind::OutOfFuel) => {
                ("the template takes too long".to_owned(), "look for a loop over too much".to_owned())
            }
            (None, kind) => {
                let message = if detail.is_empty() { kind.to_string() } else { format!("{kind}: {detail}") };
                (message, format!("templates are written for minijinja; contract {CONTRACT} says what they are given"))
            }
        };
        let diagnostic = Diagnostic::new(Kind::Theme, message).hint(hint);
        let Some(name) = innermost.name() else { return diagnostic };
        let Some(template) = self.theme.templates.get(name) else { return diagnostic.in_file(Path::new(name)) };
        let (file, text) = (&template.file, &template.text);
        match (innermost.range(), innermost.line()) {
            (Some(range), _) if range.end <= text.len() => diagnostic.at(Place::of_bytes(file, text, range)),
            (_, Some(line)) => diagnostic.at(Place::of_line(file, text, line, 1)),
            _ => diagnostic.in_file(file),
        }
    }
}

/// An address without a slash in front, as markup.
fn address(path: &str, make: impl FnOnce(&str) -> String) -> Result<Value, Error> {
    if path.starts_with('/') {
        let hint = format!("write `{}`; \"\" is the home page", path.trim_start_matches('/'));
        return Err(Complaint::content(format!("`{path}` breaks when the site stands under a sub-path"), hint).into());
    }
    Ok(Value::from_safe_string(escaped(&make(path))))
}

fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        let message = "this value is absent, and there is nothing to print";
        return Err(Complaint::content(message, "ask first, as in `{% if site.tagline %}`").into());
    }
    match value.as_str() {
        // The engine's own escaping writes slashes as entities, which nobody needs and no diff likes.
        Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
            out.write_str(&escaped(text)).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// What else the context has where the name was looked for.
fn hint_for(name: &str, context: &Value) -> String {
    let (parent, key) = name.rsplit_once('.').unwrap_or(("", name));
    let mut at = context.clone();
    for step in parent.split('.').filter(|step| !step.is_empty()) {
        at = at.get_attr(step).unwrap_or(Value::UNDEFINED);
    }
    let keys: Vec<String> = match at.try_iter() {
        Ok(keys) if !at.is_undefined() => keys.filter_map(|key| key.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    if keys.is_empty() {
        return format!("contract {CONTRACT} of themes says what a template is given");
    }
    suggest::hint(key, keys.iter().map(String::as_str))
}
