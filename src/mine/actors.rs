//! Who is a person, a bot or a coding agent; and which lane a person's commit is in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::address::Address;
use crate::data::document::Spanned;
use crate::data::history::Actor;
use crate::data::identity_key::{Hash, digest, fold};
use crate::data::rules;

const SHIPPED: &str = include_str!("rules/actors.yaml");

/// The rules, ready to be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actors {
    agents: Agents,
    bots: Bots,
    /// Names that are people's whatever the other rules say.
    #[serde(skip)]
    people: BTreeSet<String>,
    /// What a publication added, as it enters the digest; empty when it added nothing.
    #[serde(skip)]
    added: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agents {
    addresses: BTreeSet<String>,
    logins: BTreeSet<String>,
    names: BTreeSet<String>,
    words: BTreeSet<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bots {
    addresses: BTreeSet<String>,
    login_endings: Vec<String>,
    logins: BTreeSet<String>,
    names: BTreeSet<String>,
    words: BTreeSet<String>,
    collective_endings: BTreeSet<String>,
}

/// Trailers that credit somebody besides the author.
const TRAILERS: [&str; 4] = ["co-authored-by", "assisted-by", "ai-assisted-by", "generated-by"];

/// Whom the trailers of a message credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credits {
    /// A known coding agent.
    pub agent: bool,
    /// Somebody else.
    pub co_author: bool,
}

impl Actors {
    /// The shipped rules.
    #[must_use]
    pub fn shipped() -> Self {
        serde_yaml::from_str(SHIPPED).expect("the shipped rules are tested")
    }

    /// The shipped rules with what a publication adds.
    #[must_use]
    pub fn with(added: &rules::Rules) -> Self {
        let mut actors = Self::shipped();
        let Agents { addresses, logins, names, words } = &mut actors.agents;
        addresses.extend(lower(&added.agents.addresses));
        logins.extend(lower(&added.agents.logins));
        names.extend(folded(&added.agents.names));
        words.extend(lower(&added.agents.words));
        let Bots { addresses, login_endings: _, logins, names, words, collective_endings } = &mut actors.bots;
        addresses.extend(lower(&added.bots.addresses));
        logins.extend(lower(&added.bots.logins));
        names.extend(folded(&added.bots.names));
        words.extend(lower(&added.bots.words));
        collective_endings.extend(lower(&added.bots.collective_endings));
        actors.people.extend(folded(&added.people));
        let text = |actors: &Self| {
            let parts = (&actors.agents, &actors.bots, &actors.people);
            serde_json::to_string(&parts).expect("plain data has no value that JSON lacks")
        };
        let with = text(&actors);
        if with != text(&Self::shipped()) {
            actors.added = with;
        }
        actors
    }

    /// What tells these rules from others.
    #[must_use]
    pub fn digest(&self) -> Hash {
        digest([SHIPPED, &self.added].concat().as_bytes())
    }

    /// What the author of a commit is.
    #[must_use]
    pub fn actor(&self, name: &str, address: &str) -> Actor {
        self.verdict(name, address).0
    }

    /// What the author of a commit is, and the rule that says so; none says it of most people.
    #[must_use]
    pub fn verdict(&self, name: &str, address: &str) -> (Actor, Option<String>) {
        let address = Address::new(address);
        let name = fold(name);
        let login = address.account().map(|account| account.login);
        let login = login.as_deref();
        let says = |actor, list: &str, value: &str| (actor, Some(format!("{list}: {value}")));
        if self.people.contains(&name) {
            return says(Actor::Person, "people", &name);
        }
        if self.is_agent(&address) {
            return says(Actor::Agent, "agents, address or login", &address.text);
        }
        if self.agents.names.contains(&name) {
            return says(Actor::Agent, "agents.names", &name);
        }
        if self.bots.addresses.contains(&address.text) {
            return says(Actor::Bot, "bots.addresses", &address.text);
        }
        if self.bots.names.contains(&name) {
            return says(Actor::Bot, "bots.names", &name);
        }
        if let Some(login) = login.filter(|login| self.bots.logins.contains(*login)) {
            return says(Actor::Bot, "bots.logins", login);
        }
        let ends = |text: &str| self.bots.login_endings.iter().find(|ending| text.ends_with(&ending[..]));
        if let Some(ending) = login.and_then(ends).or_else(|| ends(&name)) {
            return says(Actor::Bot, "bots.login_endings", ending);
        }
        if let Some(word) = words(&name).chain(words(&address.local)).find(|word| self.bots.words.contains(*word)) {
            return says(Actor::Bot, "bots.words", word);
        }
        if self.is_collective(&name) {
            return says(Actor::Bot, "bots.collective_endings", &name);
        }
        (Actor::Person, None)
    }

    /// Several words, the last of which stands for many: `jax authors`.
    fn is_collective(&self, name: &str) -> bool {
        name.rsplit_once(' ').is_some_and(|(_, last)| self.bots.collective_endings.contains(last))
    }

    fn is_agent(&self, address: &Address) -> bool {
        self.agents.addresses.contains(&address.text)
            || address.account().is_some_and(|account| self.agents.logins.contains(&account.login))
    }

    /// Whom the trailers credit, wherever in the message they stand: a squash merge puts them in the middle.
    #[must_use]
    pub fn credits(&self, message: &[u8]) -> Credits {
        let mut credits = Credits::default();
        for (line, colon) in trailers(message) {
            if self.credits_agent(line, colon) {
                credits.agent = true;
            } else if colon == TRAILERS[0].len() {
                credits.co_author = true;
            }
        }
        credits
    }

    /// The trailers of a message, each with whether it credits a known agent.
    #[must_use]
    pub fn trailers<'m>(&self, message: &'m [u8]) -> Vec<(&'m [u8], bool)> {
        trailers(message).map(|(line, colon)| (line, self.credits_agent(line, colon))).collect()
    }

    /// The address decides; only where there is none, the name does.
    fn credits_agent(&self, line: &[u8], colon: usize) -> bool {
        let value = super::ident::decode(&line[colon + 1..]);
        let address = value.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inner, _)| inner.trim());
        match address.filter(|address| address.contains('@')) {
            Some(address) => self.is_agent(&Address::new(address)),
            None => words(&fold(&value)).any(|word| self.agents.words.contains(word)),
        }
    }
}

/// The lines that are trailers, each with the place of its colon.
fn trailers(message: &[u8]) -> impl Iterator<Item = (&[u8], usize)> {
    message.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter_map(|line| {
        let colon = line.iter().take(16).position(|&byte| byte == b':')?;
        TRAILERS.iter().any(|trailer| line[..colon].eq_ignore_ascii_case(trailer.as_bytes())).then_some((line, colon))
    })
}

fn lower(texts: &[Spanned<String>]) -> impl Iterator<Item = String> {
    texts.iter().map(|text| text.value.trim().to_lowercase())
}

fn folded(texts: &[Spanned<String>]) -> impl Iterator<Item = String> {
    texts.iter().map(|text| fold(&text.value))
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_whose_names_hold_bot_are_people() {
        let actors = Actors::shipped();
        for (name, address) in [
            ("Henry Talbot", "talbot@example.org"),
            ("Ann Abbot", "abbot@example.org"),
            ("Sam Abbott", "abbott@example.org"),
            ("Botond Kiss", "botond@example.org"),
            ("Claude Dupont", "claude.dupont@example.fr"),
            ("Claude Li", "7+CityClaude@users.noreply.github.com"),
            ("Max Robotnik", "max@robotics.example.org"),
            ("Jack Steamer", "team@example.org"),
            ("irobot engineer", "maly@irobot.com"),
        ] {
            assert_eq!(actors.actor(name, address), Actor::Person, "{name}");
        }
    }

    #[test]
    fn bots_and_collective_accounts_are_bots() {
        let actors = Actors::shipped();
        for (name, address) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("jax authors", "no-reply@google.com"),
            ("Some Project Authors", "x@example.org"),
            ("release bot", "ci@example.org"),
            ("CI", "ci-bot@example.org"),
            ("Facebook GitHub Bot", "facebook-github-bot@users.noreply.github.com"),
            ("oqoqo [bot]", "x@example.org"),
        ] {
            assert_eq!(actors.actor(name, address), Actor::Bot, "{name}");
        }
    }

    #[test]
    fn agents_are_known_by_address_and_login() {
        let actors = Actors::shipped();
        for (name, address) in [
            ("Claude", "noreply@anthropic.com"),
            ("Copilot", "198982749+Copilot@users.noreply.github.com"),
            ("devin-ai-integration[bot]", "158243242+devin-ai-integration[bot]@users.noreply.github.com"),
            ("Cursor Agent", "cursoragent@cursor.com"),
        ] {
            assert_eq!(actors.actor(name, address), Actor::Agent, "{name}");
        }
    }

    #[test]
    fn trailers_are_found_anywhere_and_the_address_decides() {
        let actors = Actors::shipped();
        let credits = |message: &str| {
            let credits = actors.credits(message.as_bytes());
            (credits.agent, credits.co_author)
        };
        assert_eq!(credits("Fix\n\nCo-Authored-By: Claude Opus 4 <noreply@anthropic.com>"), (true, false));
        assert_eq!(
            credits("a\n  co-authored-by: Copilot <1+Copilot@users.noreply.github.com>\n\n* b\n"),
            (true, false)
        );
        assert_eq!(credits("Fix\n\nCo-authored-by: Claude Dupont <claude@example.fr>"), (false, true));
        assert_eq!(credits("Fix\n\nAssisted-by: Claude Code and Codex"), (true, false));
        assert_eq!(credits("Fix\n\nAI-assisted-by: Augment (Sonnet)"), (true, false));
        assert_eq!(credits("Fix\n\nAssisted-by: Claudette"), (false, false));
        assert_eq!(credits("Fix what Co-authored-by: Claude <noreply@anthropic.com> broke"), (false, false));
        assert_eq!(credits("Signed-off-by: Claude <noreply@anthropic.com>"), (false, false));
    }
}
