//! `signal people why`: which evidence makes lines one person, and which was refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::desk::Desk;
use super::subject::{Labels, Subject};
use crate::command::output::{counted, table};
use crate::data::history::Actor;
use crate::data::identity_key::Hash;
use crate::people::{Directory, Evidence, Joint, Refusal, Rule, Site, explain as resolve};
use crate::plain::Result;

/// So many lines of others are shown under a refusal.
const SHOWN: usize = 8;

/// The answer about one subject, or about two.
pub fn explain(desk: &mut Desk, texts: &[String]) -> Result<String> {
    let subjects = desk.subjects(texts)?;
    let (resolution, evidence) = resolve(&desk.histories, desk.people())?;
    desk.resolution = resolution;
    let directory = desk.directory();
    for subject in &subjects {
        desk.sites(&directory, subject)?;
    }
    let answer = Answer { desk, directory, evidence, labels: Labels::new(&subjects) };
    Ok(match &subjects[..] {
        [one, other] => answer.two(one, other),
        subjects => subjects.iter().map(|subject| answer.one(subject)).collect(),
    })
}

/// What an answer is made from.
pub struct Answer<'a> {
    pub desk: &'a Desk,
    pub directory: Directory<'a>,
    pub evidence: Evidence,
    pub labels: Labels,
}

impl Answer<'_> {
    fn one(&self, subject: &Subject) -> String {
        let persons = self.directory.persons(subject.key);
        let mut text = match persons.len() {
            1 => String::new(),
            count => format!("{} stands for {count} people.\n\n", subject.typed),
        };
        for (at, &person) in (1..).zip(&persons) {
            let who = if persons.len() == 1 { subject.typed.clone() } else { format!("Person {at}") };
            text += &self.person(&who, person);
            if at < persons.len() {
                text.push('\n');
            }
        }
        text
    }

    fn person(&self, who: &str, person: u32) -> String {
        let directory = &self.directory;
        let sites: BTreeSet<Site> = directory.lines(person).iter().copied().collect();
        let repos: BTreeSet<&str> = sites.iter().map(|&site| directory.repo(site)).collect();
        let mut text = format!(
            "{who}: {}, {} in {}.\n\n",
            in_words(directory.actor(person)),
            counted(sites.len(), "author line", "author lines"),
            counted(repos.len(), "repository", "repositories"),
        );
        let mut rows: Vec<[String; 4]> = sites.iter().map(|&site| self.row(site)).collect();
        rows.sort_by(|a, b| (&a[1], &a[0]).cmp(&(&b[1], &b[0])));
        text += &table(["line", "repository", "active", "commits"], &["commits"], &rows);
        let joints = self.evidence.of(&sites);
        if !joints.is_empty() {
            text += "\nJoined by\n";
            text.extend(joints.into_iter().map(|joint| self.joint(joint)));
        }
        let refused: Vec<&Refusal> = self.desk.resolution.refused.iter().collect();
        let mut told = String::new();
        for refusal in refused {
            let (own, others): (Vec<Site>, Vec<Site>) =
                self.sites_of(refusal).into_iter().partition(|&site| directory.person(site) == person);
            if !own.is_empty() && !others.is_empty() {
                told += &self.refusal(refusal, &others);
            }
        }
        if !told.is_empty() {
            text += "\nRefused\n";
            text += &told;
        }
        text
    }

    fn row(&self, site: Site) -> [String; 4] {
        let author = self.directory.author(site);
        let mut periods = author.active.0.keys();
        let active = match (periods.next(), periods.next_back()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            (Some(only), None) => only.to_string(),
            _ => String::new(),
        };
        let repo = self.directory.repo(site).to_owned();
        [self.line(site), repo, active, self.directory.commits(site).to_string()]
    }

    pub fn line(&self, site: Site) -> String {
        self.directory.key(site).map_or_else(String::new, |key| self.labels.line(key))
    }

    /// Evidence, with the lines that it joins and where they are.
    fn joint(&self, joint: &Joint) -> String {
        let mut text = format!("  {}\n", self.rule(joint.rule, joint.repo.as_deref(), joint.key));
        text += &self.lines(&joint.lines, joint.repo.is_none(), |site| self.is_mapped(joint, site));
        text
    }

    pub fn rule(&self, rule: Rule, repo: Option<&str>, key: Option<Hash>) -> String {
        let repo = repo.map_or_else(String::new, |repo| format!(" ({repo})"));
        let key = key.map_or_else(String::new, |key| format!(": {}", self.labels.hash(key)));
        format!("{rule}{repo}{key}")
    }

    /// Whether a line shares the key by what its repository's mailmap makes of it.
    fn is_mapped(&self, joint: &Joint, site: Site) -> bool {
        let written = self.directory.author(site).written.as_ref();
        let own = |key: Hash| {
            written.is_some_and(|pair| match joint.rule {
                Rule::Name => pair.name == key,
                Rule::Account => {
                    pair.account.as_ref().is_some_and(|it| it.login == Some(key) || it.number == Some(key))
                }
                _ => pair.address == key,
            })
        };
        joint.key.is_some_and(|key| !own(key))
    }

    fn lines(&self, sites: &[Site], with_repos: bool, is_mapped: impl Fn(Site) -> bool) -> String {
        let mut repos: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for &site in sites {
            let mapped = if is_mapped(site) { " (mapped)" } else { "" };
            repos.entry(self.line(site) + mapped).or_default().insert(self.directory.repo(site));
        }
        let mut text = String::new();
        for (line, repos) in repos {
            let list: Vec<&str> = repos.into_iter().collect();
            let place = if with_repos { format!(" in {}", list.join(", ")) } else { String::new() };
            let _ = writeln!(text, "    {line}{place}");
        }
        text
    }

    /// Where the lines of a refusal stand.
    pub fn sites_of(&self, refusal: &Refusal) -> Vec<Site> {
        let sites = refusal.lines.iter().flat_map(|key| self.directory.sites(*key));
        let is_here = |site: &Site| refusal.repo.as_ref().is_none_or(|repo| repo == self.directory.repo(*site));
        sites.filter(is_here).collect()
    }

    fn refusal(&self, refusal: &Refusal, others: &[Site]) -> String {
        let rule = self.rule(refusal.rule, refusal.repo.as_deref(), Some(refusal.key));
        let mut text = format!("  {rule}; {}\n", refusal.why);
        text += &self.lines(&others[..others.len().min(SHOWN)], refusal.repo.is_none(), |_| false);
        if others.len() > SHOWN {
            let _ = writeln!(text, "    and {} more", others.len() - SHOWN);
        }
        text
    }
}

pub fn in_words(actor: Actor) -> &'static str {
    match actor {
        Actor::Person => "a person",
        Actor::Bot => "a bot",
        Actor::Agent => "an agent",
    }
}
