//! Bound sentences: the number is an expression, the words around it are the sign of its change.

use super::facts::Facts;
use crate::metrics::{Scope, Side, catalogue};
use crate::plain::text::listed;

/// Text as markdown that says just this.
pub fn escaped(text: &str) -> String {
    let mut safe = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // Alone, an ampersand is no entity.
        let is_entity = c == '&' && rest.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#');
        if is_entity || "\\`*_{}[]<>#|~!$".contains(c) {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}

/// Text as a string of an expression.
pub fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A question to the editor, on lines of its own.
pub fn question(text: &str) -> String {
    // A comment ends at the first of these, whatever stands around it.
    format!("<!-- question: {} -->\n", text.replace("-->", "-- >"))
}

/// A scope as an expression.
pub fn subject(facts: &Facts<'_>, scope: &Scope) -> String {
    let side = |side: &Side| match side.scope() {
        Scope::Category(slug) => quoted(&slug),
        other => subject(facts, &other),
    };
    match scope {
        Scope::Corpus => "corpus()".to_owned(),
        Scope::Repo(id) => {
            let short = id.rsplit("--").next().unwrap_or(id);
            let is_enough = facts.names.part("repo", short).as_ref() == Ok(scope);
            format!("repo({})", quoted(if is_enough { short } else { id }))
        }
        Scope::Expansion(a, b) | Scope::Flow(a, b) | Scope::Overlap(a, b) => {
            format!("{}({}, {})", scope.kind(), side(a), side(b))
        }
        single => format!("{}({})", single.kind(), quoted(&single.subject())),
    }
}

/// A figure of the quarter as an expression.
pub fn bound(facts: &Facts<'_>, scope: &Scope, metric: &str) -> String {
    format!("{{{{ {}.{metric} }}}}", subject(facts, scope))
}

/// A figure of the quarter with its change in brackets, where there is one.
pub fn with_change(facts: &Facts<'_>, scope: &Scope, metric: &str, noun: &str) -> String {
    let value = bound(facts, scope, metric);
    match (facts.before(scope, metric), facts.now(scope, metric)) {
        (Some(before), Some(_)) if before.sign() != 0 => {
            format!("{value} {noun} ({{{{ {}.{metric} | change }}}})", subject(facts, scope))
        }
        _ => format!("{value} {noun}"),
    }
}

/// `That is … more people and … fewer commits, compared with the quarter before.`; nothing where that isn't known.
pub fn compared(facts: &Facts<'_>, scope: &Scope) -> Option<String> {
    let changes = [("contributors", "people"), ("commits", "commits")];
    let changes: Vec<String> =
        changes.iter().filter_map(|(metric, noun)| against(facts, scope, metric, noun)).collect();
    (!changes.is_empty()).then(|| format!("That is {}, compared with the quarter before.", listed(&changes, "and")))
}

/// `… more people`, `… fewer people`, `as many people`; nothing where one of the two quarters is unknown.
fn against(facts: &Facts<'_>, scope: &Scope, metric: &str, noun: &str) -> Option<String> {
    let (before, now) = (facts.before(scope, metric)?, facts.now(scope, metric)?);
    let change = format!("{{{{ {}.{metric} | change | abs }}}}", subject(facts, scope));
    match now.minus(before).sign() {
        0 => Some(format!("just as many {noun}")),
        // Nothing can be told in per cent of nothing.
        _ if before.sign() == 0 => None,
        1.. => Some(format!("{change} more {noun}")),
        _ => Some(format!("{change} fewer {noun}")),
    }
}

/// `At AITER, commits went from … to … and contributors from … to ….`; nothing where none of the figures is known.
pub fn moved(facts: &Facts<'_>, scope: &Scope, metrics: &[&str]) -> Option<String> {
    let subject = subject(facts, scope);
    let mut parts: Vec<String> = Vec::new();
    for name in metrics {
        let (Some(metric), Some(_)) = (catalogue::find(name), facts.now(scope, name)) else { continue };
        let went = if parts.is_empty() { " went" } else { "" };
        parts.push(match facts.before(scope, name) {
            Some(_) => {
                format!(
                    "{}{went} from {{{{ {subject}.before(1).{name} }}}} to {{{{ {subject}.{name} }}}}",
                    metric.label
                )
            }
            None => format!("{} came to {{{{ {subject}.{name} }}}}", metric.label),
        });
    }
    let at = if matches!(scope, Scope::Repo(_)) { "At" } else { "In" };
    (!parts.is_empty()).then(|| format!("{at} {}, {}.", facts.title(scope), listed(&parts, "and")))
}

/// A chart of one metric of a scope over time, alone in its paragraph.
pub fn trend(facts: &Facts<'_>, scope: &Scope, metric: &str, label: &str) -> String {
    let title = format!("{}: {label}, quarter by quarter", facts.names.title(scope));
    format!(
        "{{{{ chart(\"trend\", scope={}, metric=\"{metric}\", title={}) }}}}\n",
        quoted(&scope.to_string()),
        quoted(&title)
    )
}

/// A paragraph of sentences, a sentence on each line, so that changes to it are easy to read.
pub fn paragraph(sentences: impl IntoIterator<Item = String>) -> String {
    let lines: Vec<String> = sentences.into_iter().collect();
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
}
