//! `signal people why` of two: whether and how they are one person, or why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::subject::Subject;
use super::why::{Answer, in_words};
use crate::data::history::{Actor, Void};
use crate::data::identity_key::Hash;
use crate::data::people::LineKey;
use crate::people::Site;

impl Answer<'_> {
    /// Whether two are one, and how.
    pub fn two(&self, one: &Subject, other: &Subject) -> String {
        let directory = &self.directory;
        let (from, to) = (directory.sites(one.key), directory.sites(other.key));
        let (ours, theirs) = (directory.persons(one.key), directory.persons(other.key));
        let names = format!("{} and {}", one.typed, other.typed);
        if ours.is_disjoint(&theirs) {
            let mut text = format!("{names} are {} people.\n", ours.len() + theirs.len());
            text += &self.apart(one.key, other.key, &ours, &theirs);
            return text;
        }
        let mut text = format!("{names} are one person.\n");
        if ours.len() > 1 || theirs.len() > 1 {
            text += "One of them stands for others as well; `signal people why` with it alone shows them.\n";
        }
        let Some(way) = self.evidence.way(&from, &to) else { return text };
        let Some(first) = way.first() else { return text + "They have a line in common.\n" };
        let place = |site: Site| format!("{} in {}", self.line(site), directory.repo(site));
        let _ = writeln!(text, "\n{}", place(first.from));
        for step in &way {
            let rule = self.rule(step.joint.rule, step.joint.repo.as_deref(), step.joint.key);
            let _ = writeln!(text, "  by {rule}\n{}", place(step.to));
        }
        text
    }

    /// Why two are two.
    fn apart(&self, one: LineKey, other: LineKey, ours: &BTreeSet<u32>, theirs: &BTreeSet<u32>) -> String {
        let directory = &self.directory;
        let mut text = String::new();
        let mut may_merge = true;
        let people = self.desk.people();
        for list in &people.value.never_merge {
            let holders = |wanted: &BTreeSet<u32>| -> Vec<usize> {
                let is_held = |key: &LineKey| !directory.persons(*key).is_disjoint(wanted);
                (0..list.value.len()).filter(|&at| is_held(&list.value[at])).collect()
            };
            if holders(ours).iter().any(|at| holders(theirs).iter().any(|other| other != at)) {
                let (file, line) = (people.file.display(), list.referenced.line());
                let _ = writeln!(text, "{file}:{line}: `never_merge` keeps them apart.");
                may_merge = false;
            }
        }
        let actors = |persons: &BTreeSet<u32>| -> BTreeSet<Actor> {
            persons.iter().map(|&person| directory.actor(person)).collect()
        };
        if let ([ours], [theirs]) = (&as_list(actors(ours))[..], &as_list(actors(theirs))[..])
            && ours != theirs
        {
            let (ours, theirs) = (in_words(*ours), in_words(*theirs));
            let _ = writeln!(text, "One is {ours}, the other {theirs}, and those are never one.");
            may_merge = false;
        }
        let mut told = String::new();
        for refusal in &self.desk.resolution.refused {
            let sites = self.sites_of(refusal);
            let has = |persons: &BTreeSet<u32>| sites.iter().any(|&site| persons.contains(&directory.person(site)));
            if has(ours) && has(theirs) {
                let rule = self.rule(refusal.rule, refusal.repo.as_deref(), Some(refusal.key));
                let _ = writeln!(told, "  {rule}; {}", refusal.why);
            }
        }
        if !told.is_empty() {
            text += "\nRefused\n";
            text += &told;
        }
        let shared = self.shared_names(ours, theirs);
        for (name, [here, there]) in &shared {
            let name = self.labels.hash(*name);
            let _ = writeln!(text, "They bear an equal name, {name}, in {} and in {}.", listed(here), listed(there));
        }
        if !shared.is_empty() {
            text += "Across repositories equal names are candidates for an editor, never merges.\n";
        }
        if text.is_empty() {
            text += "No evidence joins them.\n";
        }
        if may_merge {
            let (one, other) = (directory.handle(one), directory.handle(other));
            let _ = writeln!(text, "\nIf they are one, `signal people merge {one} {other}` says so.");
        }
        text
    }

    /// Names of two or more words that persons of both sides bear, with the repositories of each side.
    fn shared_names(&self, ours: &BTreeSet<u32>, theirs: &BTreeSet<u32>) -> BTreeMap<Hash, [BTreeSet<&str>; 2]> {
        let names = |persons: &BTreeSet<u32>| {
            let mut names: BTreeMap<Hash, BTreeSet<&str>> = BTreeMap::new();
            for &site in persons.iter().flat_map(|&person| self.directory.lines(person)) {
                let author = self.directory.author(site);
                let pairs = author.written.iter().chain(author.mapped.as_deref());
                for pair in pairs.filter(|pair| pair.words >= 2 && !pair.void.contains(&Void::Name)) {
                    names.entry(pair.name).or_default().insert(self.directory.repo(site));
                }
            }
            names
        };
        let mut there = names(theirs);
        let both = names(ours).into_iter().filter_map(|(name, here)| Some((name, [here, there.remove(&name)?])));
        // Inside one repository the name was refused, and that is told already.
        both.filter(|(_, [here, there])| here.union(there).count() > 1).collect()
    }
}

fn as_list(actors: BTreeSet<Actor>) -> Vec<Actor> {
    actors.into_iter().collect()
}

fn listed(repos: &BTreeSet<&str>) -> String {
    repos.iter().copied().collect::<Vec<_>>().join(", ")
}
