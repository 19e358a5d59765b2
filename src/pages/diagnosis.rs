//! From an error of the engine to a fault in the editor's own file.

use std::error::Error as _;
use std::ops::Range;

use minijinja::{Error, ErrorKind};

use super::filters;
use super::ground::Complaint;
use super::manuscript::Manuscript;
use crate::plain::{Diagnostic, Kind, suggest};

/// What an expression may begin with.
pub(super) const FUNCTIONS: [&str; 14] = [
    "area",
    "category",
    "chart",
    "corpus",
    "expansion",
    "flow",
    "group",
    "org",
    "overlap",
    "profile",
    "repo",
    "sources",
    "union",
    "vendor",
];

/// A complaint as a fault at a range, or at the name within it that the complaint is about.
pub(super) fn complain(manuscript: &Manuscript, range: Range<usize>, complaint: &Complaint) -> Diagnostic {
    let range = match complaint.kind {
        Kind::Reference | Kind::Data | Kind::Masked => narrowed(manuscript, range, &complaint.message),
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
pub(super) fn trimmed(code: &str, inner: &Range<usize>) -> Range<usize> {
    let start = inner.start + (code.len() - code.trim_start().len());
    start..start + code.trim().len()
}

/// What the engine's error means to an editor, at its place.
pub(super) fn diagnose(manuscript: &Manuscript, code: &str, inner: &Range<usize>, error: &Error) -> Diagnostic {
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
        _ if detail.contains("+ operator") => {
            let hint = "people count once; what scopes have together is a figure of its own, as in \
                        `union(category(\"edge\"), repo(\"jax\")).contributors`";
            (Kind::Content, "figures aren't added by hand".to_owned(), hint.to_owned())
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
