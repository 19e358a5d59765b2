//! Decisions: one person, several, or nobody. Each is an edit of `data/people.yaml`, checked before it is written.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::subject::Subject;
use crate::command::output::counted;
use crate::data::document::Document;
use crate::data::history::{Actor, Void};
use crate::data::people::{LineKey, List, People};
use crate::people::{Directory, Site, check};
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Faults, Kind, Result};

/// One person.
pub fn merge(desk: &mut Desk, texts: &[String]) -> Result<String> {
    let subjects = several(desk, texts)?;
    let directory = desk.directory();
    let mut persons = BTreeSet::new();
    let mut ambiguous = None;
    for subject in &subjects {
        desk.sites(&directory, subject)?;
        let held = directory.persons(subject.key);
        ambiguous = ambiguous.or((held.len() > 1).then_some((subject, held.len())));
        persons.extend(held);
    }
    if persons.len() == 1 {
        return Ok("They are one person already; nothing was changed.\n".to_owned());
    }
    if let Some((subject, count)) = ambiguous {
        let message = format!("`{}` stands for {count} people, and not all of them can be meant", subject.typed);
        let hint = "say which, as `Name <address>` or by the keys that `signal people why` shows";
        return Err(Diagnostic::new(Kind::Reference, message).hint(hint).into());
    }
    let actors: BTreeSet<Actor> = persons.iter().map(|&person| directory.actor(person)).collect();
    if actors.len() > 1 {
        let message = "a person, a bot and an agent are never one, not even by an editor's word";
        return Err(Diagnostic::new(Kind::Data, message).hint("leave out the one that is another kind").into());
    }
    let keys: Vec<LineKey> = subjects.iter().map(|subject| subject.key).collect();
    let merged = desk.people().with_group(List::Merges, &keys)?;
    if check(&desk.histories, &merged).is_err() {
        return Err(opposed(desk, &merged));
    }
    let (before, all) = (persons.len(), desk.resolution.roster.persons.len());
    desk.write(merged)?;
    let now = desk.resolution.roster.persons.len();
    let further = all.saturating_sub(now + before - 1);
    let further = match further {
        0 => String::new(),
        count => format!(" By evidence that this makes good, {count} more become one with somebody."),
    };
    Ok(format!("{} become 1; run `signal build`.{further}\n", counted(before, "person", "people")))
}

/// The lists that keep apart what a merge would join.
fn opposed(desk: &Desk, merged: &Document<People>) -> Faults {
    let mut faults = Collector::default();
    let people = desk.people();
    for list in &people.value.never_merge {
        let mut alone = merged.clone();
        alone.value.never_merge = vec![list.clone()];
        if check(&desk.histories, &alone).is_err() {
            let message = "this list keeps apart what the merge would join";
            faults.push(people.fault(Kind::Data, list, message).hint("if it is one person after all, remove the list"));
        }
    }
    let unplaced =
        || Diagnostic::new(Kind::Data, "the lists of `never_merge` together keep apart what it would join").into();
    faults.finish(()).err().unwrap_or_else(unplaced)
}

/// Several persons.
pub fn split(desk: &mut Desk, texts: &[String]) -> Result<String> {
    let subjects = several(desk, texts)?;
    let directory = desk.directory();
    let mut persons = BTreeSet::new();
    let mut sites: BTreeSet<Site> = BTreeSet::new();
    for subject in &subjects {
        sites.extend(desk.sites(&directory, subject)?);
        persons.extend(directory.persons(subject.key));
    }
    let keys: Vec<LineKey> = subjects.iter().map(|subject| subject.key).collect();
    let people = desk.people();
    if people.value.never_merge.iter().any(|list| keys.iter().all(|key| list.value.contains(key))) {
        return Ok("They are kept apart already; nothing was changed.\n".to_owned());
    }
    let apart = people.with_group(List::NeverMerge, &keys)?;
    let mut taken = 0;
    let mut decided = apart.clone();
    // The smallest change that does it: none to the merges, else to those that hold several of the lines, else to all.
    for fewest in [usize::MAX, 2, 1] {
        (decided, taken) = taken_out(&apart, &keys, fewest)?;
        if check(&desk.histories, &decided).is_ok() {
            break;
        }
    }
    if check(&desk.histories, &decided).is_err() {
        return Err(held_whole(desk, &apart));
    }
    let before = persons.len();
    desk.write(decided)?;
    let roster = &desk.resolution.roster;
    let after: BTreeSet<u32> = sites.iter().map(|site| roster.of_line[site.history][site.line]).collect();
    let merges = match taken {
        0 => String::new(),
        1 => " They were taken out of a merge; what else it held may need a word.".to_owned(),
        count => format!(" They were taken out of {count} merges; what else those held may need a word."),
    };
    if after.len() == before {
        return Ok(format!("They were {before} people, and stay so whatever evidence comes.{merges}\n"));
    }
    let become_ = if before == 1 { "becomes" } else { "become" };
    Ok(format!("{} {become_} {}; run `signal build`.{merges}\n", counted(before, "person", "people"), after.len()))
}

/// The merges that join what a split would keep apart, and don't name it as the split does.
fn held_whole(desk: &Desk, apart: &Document<People>) -> Faults {
    let mut faults = Collector::default();
    let people = desk.people();
    for merge in &people.value.merges {
        let mut alone = apart.clone();
        alone.value.merges = vec![merge.clone()];
        if check(&desk.histories, &alone).is_err() {
            let message = "this merge joins what the split would keep apart, under other keys";
            let hint = "name the lines as it does, or take it out by hand";
            faults.push(people.fault(Kind::Data, merge, message).hint(hint));
        }
    }
    let unplaced =
        || Diagnostic::new(Kind::Data, "several merges together join what the split would keep apart").into();
    faults.finish(()).err().unwrap_or_else(unplaced)
}

/// The file with the lines of the keys taken out of the merges that hold at least so many of them, and out of how many.
fn taken_out(people: &Document<People>, keys: &[LineKey], fewest: usize) -> Result<(Document<People>, usize)> {
    let mut people = people.clone();
    let mut taken = 0;
    for merge in (0..people.value.merges.len()).rev() {
        let held = &people.value.merges[merge].value;
        if held.iter().filter(|line| keys.iter().any(|key| key.covers(**line))).count() >= fewest {
            people = people.without_in_merge(merge, keys)?;
            taken += 1;
        }
    }
    Ok((people, taken))
}

/// Nobody any more.
pub fn opt_out(desk: &mut Desk, text: &str) -> Result<String> {
    let subject = desk.subjects(&[text.to_owned()])?.remove(0);
    let directory = desk.directory();
    if directory.sites(subject.key).is_empty() && desk.people().value.is_withdrawn(subject.key) {
        return Ok("This person opted out already; nothing was changed.\n".to_owned());
    }
    desk.sites(&directory, &subject)?;
    let persons = directory.persons(subject.key);
    let [person] = persons.iter().copied().collect::<Vec<_>>()[..] else {
        let message = format!("`{}` stands for {} people", subject.typed, persons.len());
        let hint = "say which, as `Name <address>` or by the keys that `signal people why` shows";
        return Err(Diagnostic::new(Kind::Reference, message).hint(hint).into());
    };
    if directory.actor(person) != Actor::Person {
        let message = format!("`{}` is a bot or an agent; it is people who opt out", subject.typed);
        return Err(Diagnostic::new(Kind::Data, message).into());
    }
    let keys: Vec<LineKey> =
        keys_of(&directory, person).into_iter().filter(|key| !desk.people().value.is_withdrawn(*key)).collect();
    let lines = directory.lines(person).len();
    let repos: BTreeSet<&str> = directory.lines(person).iter().map(|&site| directory.repo(site)).collect();
    let said = format!(
        "{} in {} opted out: {} added to `withdrawn`.\n\
         With the next `signal build` they are one nameless identity in each repository, of no organisation.\n\
         The next `signal mine` folds their rows, so that no mined file holds a key of them.\n\
         Editions that are sealed already stay as they are.\n",
        counted(lines, "author line", "author lines"),
        counted(repos.len(), "repository", "repositories"),
        counted(keys.len(), "key", "keys"),
    );
    let decided = desk.people().with_withdrawn(&keys)?;
    desk.write(decided)?;
    Ok(said)
}

/// The keys of a person: addresses that are nobody else's, so that they hold for new names too, and lines of others.
/// Addresses that a mailmap gives the person are among them, for commits that will be written with them.
fn keys_of(directory: &Directory<'_>, person: u32) -> BTreeSet<LineKey> {
    let mut keys = BTreeSet::new();
    for &site in directory.lines(person) {
        let author = directory.author(site);
        let is_open = |it: &&crate::data::history::Pair| !it.void.contains(&Void::Address);
        for pair in author.written.iter().chain(author.mapped.as_deref()).filter(is_open) {
            let address = LineKey { address: pair.address, name: None };
            if directory.persons(address).iter().all(|other| *other == person) {
                keys.insert(address);
            }
        }
    }
    let lines = directory.lines(person).iter().filter_map(|&site| directory.key(site));
    let lines: Vec<LineKey> = lines.filter(|line| !keys.iter().any(|key| key.covers(*line))).collect();
    keys.extend(lines);
    keys
}

/// Two subjects or more, each once.
fn several(desk: &Desk, texts: &[String]) -> Result<Vec<Subject>> {
    let mut seen = BTreeSet::new();
    let subjects: Vec<Subject> = desk.subjects(texts)?.into_iter().filter(|subject| seen.insert(subject.key)).collect();
    if subjects.len() < 2 {
        let message = "these are all the same line";
        return Err(Diagnostic::new(Kind::Usage, message).hint("name two or more that differ").into());
    }
    Ok(subjects)
}
