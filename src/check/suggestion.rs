//! The expression that binds what a sentence says.

use super::claim::{Key, Measure, Saying};
use crate::metrics::Scope;
use crate::plain::Period;

/// The expression for what is said in a text about `period`, without braces; none where there is no such expression.
#[must_use]
pub fn binding(saying: &Saying, period: Period) -> Option<String> {
    match saying {
        Saying::Amount(Measure::Level(key), _) => figure(key, period),
        Saying::Amount(Measure::Change(key, base), _) if *base == key.period.before(1) => {
            Some(format!("{} | change | abs", figure(key, period)?))
        }
        Saying::Amount(Measure::Share(part, whole), _) if part.scope == whole.scope => {
            Some(format!("{} | share(of={})", figure(part, period)?, figure(whole, period)?))
        }
        Saying::Amount(Measure::Share(part, whole), _) if part.metric == whole.metric => {
            Some(format!("{} | share(of={})", figure(part, period)?, subject(&whole.scope, whole.period, period)?))
        }
        _ => None,
    }
}

/// The expression for a figure.
#[must_use]
pub fn figure(key: &Key, period: Period) -> Option<String> {
    let subject = subject(&key.scope, key.period, period)?;
    let is_own = matches!(key.scope, Scope::Overlap(..) | Scope::Expansion(..) | Scope::Flow(..));
    Some(if is_own { subject } else { format!("{subject}.{}", key.metric) })
}

fn subject(scope: &Scope, at: Period, period: Period) -> Option<String> {
    let call = match scope {
        Scope::Corpus => "corpus()".to_owned(),
        Scope::Overlap(a, b) | Scope::Expansion(a, b) | Scope::Flow(a, b) => {
            format!("{}(\"{}\", \"{}\")", scope.kind(), a.as_str(), b.as_str())
        }
        Scope::Union(_) => return None,
        Scope::Repo(id) => format!("repo(\"{id}\")"),
        single => format!("{}(\"{}\")", single.kind(), single.subject()),
    };
    let back = period.since(at);
    Some(match back {
        0 => call,
        1..=8 => format!("{call}.before({back})"),
        _ => format!("{call}.at(\"{at}\")"),
    })
}
