//! What an editor decided in `people.yaml`.

use std::cmp::Reverse;

use super::evidence::Trace;
use super::groups::Groups;
use super::lines::Lines;
use super::refusal::Rule;
use super::veto::Stand;
use crate::data::document::Document;
use crate::data::history::Actor;
use crate::data::identity_key::Hash;
use crate::data::people::{LineKey, People};
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

/// The sides of the editor's vetoes: one veto for each list, numbered after the `forges`, one side for each entry.
///
/// An entry with a name goes before one without: `[A, A/n]` keeps the line of that name from the other lines of the
/// address. Errors: an entry that stands twice in a list.
pub fn never_merge(lines: &Lines<'_>, people: &Document<People>, forges: u32) -> Result<Vec<Stand>> {
    let mut faults = Collector::default();
    let mut sides = Vec::new();
    let index = Index::new(lines, !people.value.never_merge.is_empty());
    for (veto, list) in (forges..).zip(&people.value.never_merge) {
        let mut entries = list.value.clone();
        entries.sort_unstable();
        if entries.windows(2).any(|pair| pair[0] == pair[1]) {
            let message = "an entry stands twice in this list, and it can't be kept from itself";
            let hint = "remove one of the two, or tell them apart by name, as `address/name`";
            faults.push(people.fault(Kind::Data, list, message).hint(hint));
        }
        let mut members: Vec<(u32, Reverse<bool>, u32)> = Vec::new();
        for (side, key) in (0..).zip(&list.value) {
            members.extend(index.find(*key).map(|line| (line, Reverse(key.name.is_some()), side)));
        }
        members.sort_unstable();
        members.dedup_by_key(|member| member.0);
        sides.extend(members.into_iter().map(|(line, _, side)| Stand { line, veto, side }));
    }
    faults.finish(sides)
}

/// Joins the lines of each of the editor's merges. Keys that no line has are passed over: their repository may have
/// left the corpus.
///
/// Errors, at the entry: lines that a veto in `sides` keeps apart, also by way of earlier merges; lines of a person and
/// of a bot or an agent.
pub fn merge(
    lines: &Lines<'_>,
    people: &Document<People>,
    sides: &[Stand],
    groups: &mut Groups,
    trace: &mut Trace,
) -> Result<()> {
    let mut faults = Collector::default();
    let index = Index::new(lines, !people.value.merges.is_empty());
    for list in &people.value.merges {
        let mut members: Vec<u32> = list.value.iter().flat_map(|key| index.find(*key)).collect();
        let actor = |line: u32| lines.author(line).actor;
        let first = members.first().map(|&line| actor(line));
        if let Some(other) = members.iter().map(|&line| Some(actor(line))).find(|other| *other != first).flatten() {
            let [one, other] = [first.unwrap_or_default(), other].map(in_words);
            let message = format!("this merge joins lines of {one} with lines of {other}");
            let hint = "name the lines that are meant by address and name, as `address/name`, or leave the others out";
            faults.push(people.fault(Kind::Data, list, message).hint(hint));
            continue;
        }
        trace.note(Rule::Editor, None, || members.clone());
        for line in &mut members {
            *line = groups.find(*line);
        }
        members.sort_unstable();
        members.dedup();
        let touched = sides.iter().filter(|side| members.binary_search(&groups.find(side.line)).is_ok());
        let mut touched: Vec<(u32, u32)> = touched.map(|side| (side.veto, side.side)).collect();
        touched.sort_unstable();
        touched.dedup();
        if touched.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            let message = "this merge, alone or with those above it, joins lines that `never_merge` keeps apart";
            let hint = "decide which is right, and remove the entry from the other";
            faults.push(people.fault(Kind::Data, list, message).hint(hint));
            continue;
        }
        groups.join_all(members);
    }
    faults.finish(())
}

fn in_words(actor: Actor) -> &'static str {
    match actor {
        Actor::Person => "a person",
        Actor::Bot => "a bot",
        Actor::Agent => "an agent",
    }
}

/// Finds lines by their written pair.
struct Index(Vec<(Hash, Hash, u32)>);

impl Index {
    /// Of all lines, or empty when it won't be `used`.
    fn new(lines: &Lines<'_>, used: bool) -> Self {
        let written = lines.iter().filter(|_| used).filter_map(|(line, _, author)| {
            let pair = author.written.as_ref()?;
            Some((pair.address, pair.name, line))
        });
        let mut index: Vec<_> = written.collect();
        index.sort_unstable();
        Self(index)
    }

    fn find(&self, key: LineKey) -> impl Iterator<Item = u32> {
        let from = self.0.partition_point(|&(address, name, _)| match key.name {
            None => address < key.address,
            Some(wanted) => (address, name) < (key.address, wanted),
        });
        let fits = move |&(address, name, _): &(Hash, Hash, u32)| {
            address == key.address && key.name.is_none_or(|wanted| wanted == name)
        };
        self.0[from..].iter().copied().take_while(fits).map(|(_, _, line)| line)
    }
}
