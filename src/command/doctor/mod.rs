//! `signal doctor`: what is wrong here, or soon will be, each line with what to do.

mod machine;
mod mirrors;
mod publishing;
mod stock;

use super::arguments::Arguments;
use super::outcome::Outcome;
use super::output::print;
use crate::data::publication;
use crate::plain::diagnostic::printable;
use crate::plain::{Faults, Result};

/// How well something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    /// As it should be.
    Well,
    /// It works, and yet somebody should look at it.
    Ailing,
    /// It doesn't work.
    Ill,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    health: Health,
    /// What was looked at, in a word or two.
    subject: &'static str,
    /// How it is.
    found: String,
    /// What to do; there is nothing to do about what is well.
    advice: Option<String>,
}

impl Finding {
    fn well(subject: &'static str, found: impl Into<String>) -> Self {
        Self { health: Health::Well, subject, found: found.into(), advice: None }
    }

    fn ailing(subject: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { health: Health::Ailing, subject, found: found.into(), advice: Some(advice.into()) }
    }

    fn ill(subject: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { health: Health::Ill, subject, found: found.into(), advice: Some(advice.into()) }
    }

    fn line(&self) -> String {
        let mark = match self.health {
            Health::Well => "ok   ",
            Health::Ailing => "look ",
            Health::Ill => "wrong",
        };
        let advice = self.advice.as_ref().map(|advice| format!("\n{:19}→ {advice}", "")).unwrap_or_default();
        printable(&format!("{mark}  {:10}  {}{advice}\n", self.subject, self.found))
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut findings = machine::look(&arguments.root);
    match publication::read(&arguments.root) {
        Ok(publication) => {
            findings.push(Finding::well("files", "what is written by hand can be read"));
            findings.extend(stock::key(&publication));
            findings.extend(mirrors::look(&publication));
            findings.extend(stock::look(&publication));
            findings.extend(publishing::look(&publication));
        }
        Err(faults) => {
            findings.push(Finding::ill("files", told(&faults), "mend it; nothing else can be looked at before"));
        }
    }
    let text: String = findings.iter().map(Finding::line).collect();
    print(&text)?;
    Ok(if findings.iter().any(|one| one.health == Health::Ill) { Outcome::Wrong } else { Outcome::Done })
}

/// Faults in one line: the first, and how many there are besides.
fn told(faults: &Faults) -> String {
    let mut all = faults.iter();
    let Some(first) = all.next() else { return String::new() };
    let place = first.place.as_ref().map(|place| format!("{}:{}:{}: ", place.file.display(), place.line, place.column));
    let place = place.or_else(|| first.file.as_ref().map(|file| format!("{}: ", file.display()))).unwrap_or_default();
    let more = match all.count() {
        0 => String::new(),
        1 => ", and another fault".to_owned(),
        count => format!(", and {count} more faults"),
    };
    format!("{place}{}{more}", first.message)
}

/// Names in a line: the first few, and how many there are besides.
fn some(names: &[&str]) -> String {
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 3 { format!("{shown} and {} more", names.len() - 3) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_a_line_and_its_advice_another() {
        assert_eq!(Finding::well("git", "git version 2.47.3").line(), "ok     git         git version 2.47.3\n");
        let ill = Finding::ill("key", "the environment has no KEY", "set it");
        assert_eq!(ill.line(), "wrong  key         the environment has no KEY\n                   → set it\n");
        assert_eq!(some(&["a", "b"]), "a, b");
        assert_eq!(some(&["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
    }
}
