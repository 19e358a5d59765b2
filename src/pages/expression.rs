//! Evaluates what stands between `{{` and `}}`; every fault points into the editor's own file.

use std::error::Error as _;
use std::ops::Range;
use std::sync::Arc;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use super::chart::Request;
use super::filters;
use super::ground::{Complaint, Ground};
use super::manuscript::Manuscript;
use super::order::Order;
use super::quantity::{Quantity, Subject};
use super::scanner::Expression;
use super::wording;
use crate::metrics::Scope;
use crate::plain::{Diagnostic, Kind, Period, Result, suggest};

/// More than any sentence needs, and little enough to end at once.
const FUEL: u64 = 20_000;

const FUNCTIONS: [&str; 4] = ["category", "chart", "corpus", "repo"];

/// What an expression came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A value within a sentence.
    Value {
        /// As it is read.
        text: String,
        /// As an element.
        html: String,
    },
    /// A chart, which takes the place of a paragraph.
    Chart(Arc<Request>),
}

/// Evaluates expressions for one period.
#[derive(Debug)]
pub struct Evaluator {
    environment: Environment<'static>,
}

impl Evaluator {
    /// For texts about `period`.
    #[must_use]
    pub fn new(ground: &Arc<Ground>, period: Period) -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(true);
        filters::add(&mut environment);
        let subject = move |ground: &Arc<Ground>, scope: Scope| {
            Value::from_object(Subject { ground: Arc::clone(ground), scope, period: None, current: period })
        };
        let here = Arc::clone(ground);
        environment.add_function("corpus", move || subject(&here, Scope::Corpus));
        let here = Arc::clone(ground);
        environment.add_function("category", move |slug: &str| -> Result<Value, Error> {
            Ok(subject(&here, here.category(slug)?))
        });
        let here = Arc::clone(ground);
        environment
            .add_function("repo", move |name: &str| -> Result<Value, Error> { Ok(subject(&here, here.repo(name)?)) });
        let here = Arc::clone(ground);
        environment.add_function("chart", move |kind: &str, options: Kwargs| -> Result<Value, Error> {
            Ok(Value::from_object(Order::read(kind, &options)?.request(&here, period)?))
        });
        Self { environment }
    }

    /// Evaluates one expression of a text.
    pub fn evaluate(&self, manuscript: &Manuscript, expression: &Expression) -> Result<Outcome> {
        let inner = expression.inner();
        let code = &manuscript.text[inner.clone()];
        if code.trim().is_empty() {
            let message = "the braces hold nothing";
            let hint = "name a figure, as in `{{ category(\"kernels\").commits }}`";
            return Err(manuscript.fault(Kind::Content, expression.range.clone(), message).hint(hint).into());
        }
        if let Some(range) = comparison(code) {
            let message = "figures aren't compared in a text";
            let hint = "print them, and say in words which is the larger";
            let range = inner.start + range.start..inner.start + range.end;
            return Err(manuscript.fault(Kind::Content, range, message).hint(hint).into());
        }
        let compiled = self.environment.compile_expression_owned(code.to_owned());
        let value = compiled.and_then(|compiled| compiled.eval(()));
        let fault = match value.map(|value| printed(&value, code)) {
            Ok(Ok(outcome)) => return Ok(outcome),
            Ok(Err(complaint)) => complain(manuscript, trimmed(code, &inner), &complaint),
            Err(error) => diagnose(manuscript, code, &inner, &error),
        };
        Err(fault.into())
    }
}

/// The first comparison outside strings: the engine compares objects with numbers by sort, which is never meant.
fn comparison(code: &str) -> Option<Range<usize>> {
    let mut quote = None;
    let mut chars = code.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '<' | '>') => return Some(at..at + 1),
            (None, '=' | '!') if chars.peek().is_some_and(|(_, next)| *next == '=') => return Some(at..at + 2),
            _ => {}
        }
    }
    None
}

fn printed(value: &Value, code: &str) -> Result<Outcome, Complaint> {
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Ok(Outcome::Value { text: quantity.text(), html: quantity.html() });
    }
    if let Some(request) = value.downcast_object::<Request>() {
        return Ok(Outcome::Chart(request));
    }
    if value.downcast_object_ref::<Subject>().is_some() {
        let hint = "name a metric of it, as in `.contributors`";
        return Err(Complaint::content("a scope can't be printed", hint));
    }
    if value.as_str().is_some() || value.is_number() {
        let text = value.to_string();
        return Ok(Outcome::Value { html: wording::escaped(&text), text });
    }
    if value.is_undefined() {
        let hint = suggest::hint(code.trim(), FUNCTIONS);
        return Err(Complaint::reference(format!("`{}` is undefined", code.trim()), hint));
    }
    let (given, hint) = match value.kind() {
        ValueKind::Plain => ("a function".to_owned(), "call it with `()`, and name a metric, as in `corpus().commits`"),
        kind => (kind.to_string(), "name a figure, as in `corpus().commits`"),
    };
    Err(Complaint::content(format!("{given} can't be printed"), hint))
}

fn complain(manuscript: &Manuscript, range: Range<usize>, complaint: &Complaint) -> Diagnostic {
    let range = match complaint.kind {
        Kind::Reference | Kind::Data => narrowed(manuscript, range, &complaint.message),
        _ => range,
    };
    let diagnostic = manuscript.fault(complaint.kind, range, complaint.message.clone());
    if complaint.hint.is_empty() { diagnostic } else { diagnostic.hint(complaint.hint.clone()) }
}

/// The engine points at a whole call; what the message names first is what is meant, when it stands there.
fn narrowed(manuscript: &Manuscript, range: Range<usize>, message: &str) -> Range<usize> {
    let Some(name) = message.split('`').nth(1).filter(|name| !name.is_empty()) else { return range };
    let code = &manuscript.text[range.clone()];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_whole = |at: &usize| !code[..*at].ends_with(is_word) && !code[at + name.len()..].starts_with(is_word);
    let found = code.rmatch_indices(name).map(|(at, _)| at).find(is_whole);
    found.map_or(range.clone(), |at| range.start + at..range.start + at + name.len())
}

/// Without the blanks at both ends.
fn trimmed(code: &str, inner: &Range<usize>) -> Range<usize> {
    let start = inner.start + (code.len() - code.trim_start().len());
    start..start + code.trim().len()
}

fn diagnose(manuscript: &Manuscript, code: &str, inner: &Range<usize>, error: &Error) -> Diagnostic {
    let whole = trimmed(code, inner);
    let range = match error.range() {
        Some(range) if !range.is_empty() && inner.start + range.end <= inner.end => {
            inner.start + range.start..inner.start + range.end
        }
        _ => whole,
    };
    if let Some(complaint) = error.source().and_then(|source| source.downcast_ref::<Complaint>()) {
        return complain(manuscript, range, complaint);
    }
    let detail = error.detail().unwrap_or_default();
    // "filter foo is unknown", "foo is unknown".
    let name = detail.strip_suffix(" is unknown").and_then(|rest| rest.split_whitespace().next_back());
    let name = name.unwrap_or_default();
    let (kind, message, hint) = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => {
            let hint = "an expression reads like `category(\"kernels\").contributors | change`".to_owned();
            (Kind::Syntax, format!("the expression can't be read: {detail}"), hint)
        }
        ErrorKind::UnknownFilter => {
            (Kind::Reference, format!("there is no filter `{name}`"), suggest::hint(name, filters::NAMES))
        }
        ErrorKind::UnknownFunction => {
            (Kind::Reference, format!("there is no function `{name}`"), suggest::hint(name, FUNCTIONS))
        }
        ErrorKind::UndefinedError => {
            let name = detail.split('`').nth(1).unwrap_or_default();
            (Kind::Reference, format!("`{name}` is undefined"), suggest::hint(name, FUNCTIONS))
        }
        ErrorKind::MissingArgument => {
            let hint = "as in `category(\"kernels\")`, `at(\"2025-Q4\")`, `digits(2)`".to_owned();
            (Kind::Content, "an argument is missing".to_owned(), hint)
        }
        ErrorKind::TooManyArguments => {
            let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
            (Kind::Content, format!("there is an argument too many{detail}"), "leave it out".to_owned())
        }
        ErrorKind::OutOfFuel => {
            (Kind::Content, "the expression takes too long".to_owned(), "write a simpler one".to_owned())
        }
        _ if detail.contains(" operator ") => {
            let hint = "change it with a filter, as in `| change` or `| share(of=corpus())`".to_owned();
            (Kind::Content, "a figure isn't calculated with by hand".to_owned(), hint)
        }
        _ if detail.starts_with("cannot convert") => {
            let message = format!("an argument is of the wrong sort: {detail}");
            (Kind::Content, message, "as in `digits(2)`, `before(4)`, `at(\"2025-Q4\")`".to_owned())
        }
        _ => {
            let message = if detail.is_empty() { error.kind().to_string() } else { detail.to_owned() };
            (Kind::Content, message, "write a simpler expression, as in `corpus().commits | change`".to_owned())
        }
    };
    complain(manuscript, range, &Complaint { kind, message, hint })
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::super::scanner;
    use super::*;

    fn evaluate(code: &str) -> Result<Outcome, String> {
        let text = format!("# A line\n\nWörds {{{{ {code} }}}} after.\n");
        let manuscript = Manuscript { file: "content/editions/2026-q2.md".into(), text, body: 0 };
        let scanned = scanner::scan(&manuscript).map_err(|faults| faults.to_string())?;
        let evaluator = Evaluator::new(&fixture::ground(), fixture::period("2026-Q2"));
        evaluator.evaluate(&manuscript, &scanned.expressions[0]).map_err(|fault| fault.to_string())
    }

    fn text(code: &str) -> String {
        match evaluate(code) {
            Ok(Outcome::Value { text, .. }) => text,
            other => panic!("{code}: {other:?}"),
        }
    }

    #[test]
    fn figures_are_found_by_scope_metric_and_period() {
        assert_eq!(text("corpus().commits"), "1,204");
        assert_eq!(text("category('kernels').contributors"), "71");
        assert_eq!(text("repo('ExecuTorch').commits"), "361");
        assert_eq!(text("corpus().at('2025-Q4').commits"), "1,000");
        assert_eq!(text("corpus().before(2).commits"), "1,000");
        assert_eq!(text("corpus().before().commits"), "1,020");
        assert_eq!(text("corpus().commits | at('2025-Q4')"), "1,000");
        assert_eq!(text("corpus().commits | before"), "1,020");
        assert_eq!(text("category('kernels').retention"), "73%");
    }

    #[test]
    fn filters_make_other_figures_and_other_words() {
        assert_eq!(text("category('kernels').contributors | change"), "+18%");
        assert_eq!(text("category('kernels').contributors | change | abs"), "18%");
        assert_eq!(text("category('kernels').contributors | change | percent(1)"), "+18.3%");
        assert_eq!(text("category('kernels').contributors | like_for_like"), "+18%");
        assert_eq!(text("category('kernels').contributors | before | change | abs"), "0%");
        assert_eq!(text("category('kernels').retention | change"), "+1.0 points");
        assert_eq!(text("repo('executorch').commits | share(of=category('edge'))"), "75%");
        assert_eq!(text("repo('executorch').commits | share(of=corpus().commits) | digits(1)"), "30.0%");
        assert_eq!(text("corpus().commits | share(of=corpus().at('2025-Q4'))"), "120%");
        assert_eq!(text("category('kernels').active_repos | spelled"), "three");
        assert_eq!(text("category('kernels').contributors | change | exact"), "+18.3333%");
        assert_eq!(text("'about ' ~ corpus().commits"), "about 1,204");
        assert_eq!(text("\"{{\""), "{{");
    }

    #[test]
    fn a_value_says_what_it_is() {
        let Ok(Outcome::Value { html, .. }) = evaluate("category('kernels').contributors") else { panic!() };
        let title = "contributors · GPU Kernels &amp; Performance · 2026-Q2";
        assert_eq!(html, format!("<data value=\"71\" title=\"{title}\">71</data>"));
        let Ok(Outcome::Value { html, .. }) = evaluate("repo('executorch').commits | share(of=category('edge'))")
        else {
            panic!()
        };
        let title = "commits · ExecuTorch · 2026-Q2, as a share of On-device";
        assert_eq!(
            html,
            format!("<data value=\"0.750520\" title=\"{title}\">75%</data>").replace("0.750520", "0.75052")
        );
        let Ok(Outcome::Value { html, .. }) = evaluate("'<b>'") else { panic!() };
        assert_eq!(html, "&lt;b&gt;");
    }

    #[test]
    fn what_has_no_value_says_why() {
        let faults = [
            "category('kernels').contributrs",
            "category('kernals').contributors",
            "repo('excutorch').commits",
            "corpus",
            "corpus()",
            "korpus().commits",
            "kernels",
            "kernels.commits",
            "corpus().commits.value",
            "corpus().commits()",
            "corpus().last(2)",
            "corpus().at('2024-Q1').commits",
            "corpus().at('Q1 2026').commits",
            "corpus().before(40).commits",
            "category('edge').at('2025-Q3').commits",
            "repo('executorch').at('2025-Q3').commits",
            "corpus().at('2025-Q3').contributors | change",
            "corpus().at('2026-Q3').contributors | change",
            "category('kernels').at('2025-Q3').contributors | change",
            "corpus().commits | change",
            "corpus().commits | chnge",
            "corpus() | change",
            "corpus().commits | share",
            "corpus().commits | share(off=corpus())",
            "corpus().commits | share(of='kernels')",
            "corpus().commits | share(of=category('kernels').retention)",
            "corpus().commits | percent",
            "corpus().commits | digits(40)",
            "corpus().commits | digits('two')",
            "corpus().commits + 1",
            "'<' if corpus().commits > 1000 else '>='",
            "'\\'<' if corpus().commits == 1000 else ''",
            "corpus().commits |",
            "category('kernels)",
            "category()",
            "corpus(1).commits",
            "",
            "none",
            "[1, 2]",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("expression", faults.join("\n\n"));
    }

    #[test]
    fn charts_are_checked_before_they_are_drawn() {
        let good =
            "chart('trend', scope='category:kernels', metric='contributors', title='Up', context=['repo:executorch'])";
        assert!(matches!(evaluate(good), Ok(Outcome::Chart(_))));
        let good = "chart('bars', metric='contributors', of='categories', title='Up', highlight=['category:edge'])";
        assert!(matches!(evaluate(good), Ok(Outcome::Chart(_))));
        let faults = [
            "chart('pie', metric='contributors', title='Up')",
            "chart('trend', scope='category:kernels', title='Up')",
            "chart('trend', scope='category:kernels', metric='contributors')",
            "chart('trend', metric='contributors', title='Up')",
            "chart('trend', scope='kernels', metric='contributors', title='Up')",
            "chart('trend', scope='category:kernals', metric='contributors', title='Up')",
            "chart('trend', scope='corpus', metric='contributrs', title='Up')",
            "chart('trend', scope='corpus', metric='contributors', title='Up', contxt=['repo:executorch'])",
            "chart('trend', scope='corpus', metric='contributors', title='Up', of='categories')",
            "chart('bars', metric='contributors', title='Up')",
            "chart('bars', metric='commits', of='categories', title='Up')",
            "chart('bars', metric='contributors', of='repos', title='Up')",
            "chart('bars', metric='contributors', of=['category:edge'], highlight=['category:kernels'], title='Up')",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("chart", faults.join("\n\n"));
    }
}
