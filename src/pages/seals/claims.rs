//! What the corrections of an edition say of its figures.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use crate::data::identity_key::Hash;
use crate::metrics::catalogue;
use crate::pages::front_matter::Correction;
use crate::pages::ground::Ground;
use crate::plain::Day;
use crate::seal::Lock;

/// The last word on a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The day of the correction.
    pub on: Day,
    /// What the figure is said to be; nothing where it was taken out.
    pub now: Option<&'a str>,
}

/// A figure that a correction restates, for readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restated {
    /// What it is.
    pub what: String,
    /// As it was printed before; nothing where it wasn't there.
    pub was: Option<String>,
    /// As it is printed now; nothing where it was taken out.
    pub now: Option<String>,
}

impl Restated {
    /// `contributors of the corpus: 3,201, now 3,247`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let was = self.was.as_ref().map(|was| format!("{was}, now ")).unwrap_or_default();
        format!("{}: {was}{}", self.what, self.now.as_deref().unwrap_or("taken out"))
    }
}

/// The corrections by their days; of one day the later one in the list is the later one.
fn ordered(corrections: &[Correction]) -> Vec<(usize, &Correction)> {
    let mut ordered: Vec<(usize, &Correction)> = corrections.iter().enumerate().collect();
    ordered.sort_by_key(|(_, correction)| correction.on);
    ordered
}

/// The last word on each figure that is restated.
#[must_use]
pub fn claims(corrections: &[Correction]) -> BTreeMap<&str, Claim<'_>> {
    let all = ordered(corrections).into_iter().flat_map(|(_, correction)| {
        let claim = |now| Claim { on: correction.on, now };
        correction.figures.iter().map(move |(name, now)| (name.as_str(), claim(now.as_deref())))
    });
    all.collect()
}

/// The digest of the words that the last correction of words left.
#[must_use]
pub fn words(corrections: &[Correction]) -> Option<Hash> {
    ordered(corrections).into_iter().filter_map(|(_, correction)| correction.words).next_back()
}

/// For each correction, in the order of the list, what it restates.
#[must_use]
pub fn restated(ground: &Ground, lock: &Lock, corrections: &[Correction]) -> Vec<Vec<Restated>> {
    let charts: BTreeSet<&str> = lock.charts.iter().map(|chart| chart.expression.as_str()).collect();
    let mut said: BTreeMap<&str, &str> =
        lock.figures.iter().map(|figure| (figure.expression.as_str(), figure.text.as_str())).collect();
    said.extend(lock.beside.iter().map(|beside| (beside.figure.as_str(), beside.text.as_str())));
    let mut restated = vec![Vec::new(); corrections.len()];
    for (at, correction) in ordered(corrections) {
        for (name, now) in &correction.figures {
            let is_chart = charts.contains(name.as_str()) || name.starts_with("chart(");
            let now = now.as_deref();
            let was = match now {
                Some(now) => said.insert(name, now),
                None => said.remove(name.as_str()),
            };
            // The value is another and reads the same.
            if !is_chart && was.is_some() && was == now {
                continue;
            }
            let shown = |text: Option<&str>| text.filter(|_| !is_chart).map(str::to_owned);
            restated[at].push(Restated {
                what: if is_chart { chart(name) } else { what(ground, lock, name) },
                was: shown(was),
                now: if is_chart && now.is_some() { Some("drawn anew".to_owned()) } else { shown(now) },
            });
        }
    }
    restated
}

/// `the chart “Kernels draw people again”`.
fn chart(expression: &str) -> String {
    let quoted = expression.split_once("title=").map(|(_, rest)| rest);
    let title = quoted.and_then(|rest| {
        let quote = rest.chars().next()?;
        rest[quote.len_utf8()..].split(quote).next()
    });
    title.map_or_else(|| "a chart".to_owned(), |title| format!("the chart \u{201c}{title}\u{201d}"))
}

/// What readers call a figure: `contributors, GPU Kernels & Performance, 2026-Q2`.
fn what(ground: &Ground, lock: &Lock, name: &str) -> String {
    let figure = lock.figures.iter().find(|figure| figure.expression == name);
    let key = figure.map_or(Some(name), |figure| figure.figure.as_deref());
    let parts = key.map(|key| key.split(' ').collect::<Vec<_>>()).unwrap_or_default();
    let [scope, metric, period] = parts[..] else { return name.to_owned() };
    let Ok(scope) = ground.scope(scope) else { return name.to_owned() };
    let label = catalogue::find(metric).map_or(metric, |metric| metric.label);
    let mut what = format!("{label}, {}, {period}", ground.title(&scope));
    if let Some(form) = figure.and_then(|figure| figure.form.as_ref()) {
        let _ = write!(what, ", {form}");
    }
    what
}

/// The front matter of a correction, to be completed by an editor.
#[must_use]
pub fn yaml(on: Day, figures: &BTreeMap<String, Option<String>>, words: Option<Hash>) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut yaml = format!("corrections:\n- on: {on}\n  text: What was wrong, and what is right.\n");
    if !figures.is_empty() {
        yaml += "  figures:\n";
    }
    for (name, now) in figures {
        let now = now.as_deref().map_or_else(|| "~".to_owned(), quoted);
        let _ = writeln!(yaml, "    {}: {now}", quoted(name));
    }
    if let Some(words) = words {
        let _ = writeln!(yaml, "  words: '{words}'");
    }
    yaml.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(on: &str, figures: &[(&str, Option<&str>)], words: Option<u64>) -> Correction {
        let figures = figures.iter().map(|(name, now)| ((*name).to_owned(), now.map(str::to_owned)));
        Correction {
            on: on.parse().unwrap(),
            text: "It was wrong.".to_owned(),
            figures: figures.collect(),
            words: words.map(Hash),
        }
    }

    #[test]
    fn the_last_day_has_the_last_word() {
        let corrections = [
            correction("2026-12-02", &[("a", Some("3")), ("b", None)], Some(2)),
            correction("2026-12-01", &[("a", Some("2")), ("b", Some("5"))], Some(1)),
            correction("2026-12-02", &[("c", Some("1"))], None),
        ];
        let claims = claims(&corrections);
        let said: Vec<_> = claims.iter().map(|(name, claim)| (*name, claim.on.to_string(), claim.now)).collect();
        let day = "2026-12-02".to_owned();
        assert_eq!(said, [("a", day.clone(), Some("3")), ("b", day.clone(), None), ("c", day, Some("1"))]);
        assert_eq!(words(&corrections), Some(Hash(2)));
    }

    #[test]
    fn charts_are_known_by_their_titles() {
        assert_eq!(chart("chart(\"bars\", title='A \"b\"', of=1)"), "the chart “A \"b\"”");
        assert_eq!(chart("chart(\"bars\")"), "a chart");
    }

    #[test]
    fn what_is_proposed_reads_as_a_correction() {
        let figures = [("corpus commits 2026-Q2", Some("1,205")), ("corpus().x | y('z')", None)];
        let figures: BTreeMap<String, Option<String>> =
            figures.into_iter().map(|(name, now)| (name.to_owned(), now.map(str::to_owned))).collect();
        let yaml = yaml("2026-12-01".parse().unwrap(), &figures, Some(Hash(7)));
        let list = yaml.strip_prefix("corrections:\n").unwrap();
        let read: Vec<Correction> = crate::data::document::parse(std::path::Path::new("x"), list).unwrap();
        assert_eq!((read[0].figures.clone(), read[0].words), (figures, Some(Hash(7))));
    }
}
