//! Authors who may be bots though no rule says so: listed with the evidence, never moved.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::Unreadable;
use super::actors::Actors;
use super::address::Address;
use super::commit::Commit;
use super::explain::shown;
use super::ident::decode;
use super::store::Store;
use super::walk::Walk;
use super::work::subject::first_line;
use crate::data::history::Actor;
use crate::data::phrase::{humps, runs};

/// Parts of words that bots have in their names, at the beginning or the end of a word: people have them too.
const PARTS: [&str; 3] = ["bot", "automat", "jenkins"];

/// Whole words that bots have in their names.
const WORDS: [&str; 9] = ["ci", "robot", "action", "actions", "build", "builder", "release", "sync", "service"];

/// Fewer commits show no habit.
const FEWEST: usize = 20;

/// So many of ten commits in the same words, or in the same minute of the day, are a habit that people don't have.
const TENTHS: usize = 6;

/// What is known of one pair of name and address.
#[derive(Default)]
struct Habits {
    commits: usize,
    subjects: HashMap<String, usize>,
    minutes: HashMap<i64, usize>,
}

/// The suspects on a branch, those with the most commits first, for a terminal.
pub fn suspects(store: &Store, branch: Option<&str>, actors: &Actors) -> Result<String, Unreadable> {
    let walk = Walk::read(store, store.branch(branch)?.tip, actors)?;
    let mut habits: BTreeMap<(String, String), Habits> = BTreeMap::new();
    let mut buffer = Vec::new();
    for id in &walk.ids {
        store.read(*id, &mut buffer)?;
        let commit = Commit::parse(&buffer);
        let pair = (decode(commit.author.name), decode(commit.author.address));
        let one = habits.entry(pair).or_default();
        one.commits += 1;
        *one.subjects.entry(shape(&first_line(commit.message))).or_default() += 1;
        *one.minutes.entry(commit.author.seconds.div_euclid(60).rem_euclid(24 * 60)).or_default() += 1;
    }
    let mut found: Vec<(usize, String, String)> = Vec::new();
    for ((name, address), habits) in habits {
        if actors.actor(&name, &address) == Actor::Person {
            let evidence = evidence(&name, &address, &habits);
            if !evidence.is_empty() {
                found.push((habits.commits, format!("{name} <{address}>"), evidence.join("; ")));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut out = String::new();
    for (commits, who, evidence) in found {
        let _ = writeln!(out, "{commits:>6} commits  {}  ({})", shown(&who), shown(&evidence));
    }
    Ok(out)
}

fn evidence(name: &str, address: &str, habits: &Habits) -> Vec<String> {
    let mut evidence = Vec::new();
    let address = Address::new(address);
    let login = address.account().map_or(address.local, |account| account.login);
    for (what, text) in [("the name", name), ("the login", &login)] {
        let words: Vec<String> = runs(text).into_iter().chain(humps(text)).collect();
        let is_sign = |word: &&String| {
            WORDS.contains(&&word[..]) || PARTS.iter().any(|part| word.starts_with(part) || word.ends_with(part))
        };
        evidence.extend(words.iter().find(is_sign).map(|word| format!("{what} has `{word}`")));
    }
    if habits.commits >= FEWEST {
        let of = habits.commits;
        let most = |count: Option<&usize>| count.copied().filter(|count| count * 10 >= of * TENTHS);
        if let Some(count) = most(habits.subjects.values().max()) {
            evidence.push(format!("{count} of {of} subjects are alike but for numbers"));
        }
        if let Some(count) = most(habits.minutes.values().max()) {
            evidence.push(format!("{count} of {of} commits were made in the same minute of the day"));
        }
    }
    evidence
}

/// A subject without what differs from one run of a program to the next: words with digits.
fn shape(subject: &str) -> String {
    let words = runs(subject).into_iter().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(name: &str, address: &str, subjects: &[(&str, usize)]) -> String {
        let subjects: HashMap<String, usize> = subjects.iter().map(|(text, count)| (shape(text), *count)).collect();
        let commits = subjects.values().sum();
        evidence(name, address, &Habits { commits, subjects, minutes: HashMap::new() }).join("; ")
    }

    #[test]
    fn names_and_habits_are_evidence() {
        assert_eq!(signs("Ada Lovelace", "ada@example.org", &[("Add rows", 50), ("Fix rows", 50)]), "");
        assert_eq!(signs("Lucia Ricci", "lucia@example.org", &[]), "");
        assert_eq!(signs("Henry Talbot", "h@example.org", &[]), "the name has `talbot`");
        assert_eq!(signs("Rows", "7+rows-ci@users.noreply.github.com", &[]), "the login has `ci`");
        assert_eq!(signs("RowsBot", "r@example.org", &[]), "the name has `rowsbot`");
        let alike = [("Roll rows to 0a1b2c3", 30), ("Other", 5)];
        assert_eq!(signs("Ada", "ada@example.org", &alike), "30 of 35 subjects are alike but for numbers");
        assert_eq!(signs("Ada", "ada@example.org", &[("Roll rows", 19)]), "");
    }

    #[test]
    fn text_of_a_repository_does_not_steer_the_terminal() {
        assert_eq!(shown("a\x1b[31mb\n\u{202e}c é"), "a\\u{1b}[31mb\\n\\u{202e}c é");
    }
}
