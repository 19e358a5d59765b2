//! Why one commit counts as it does: which rule says what about its author, its files and its subject.

use std::fmt::Write as _;

use super::actors::Actors;
use super::changes::{attribute_files, changes};
use super::commit::Commit;
use super::ident::decode;
use super::store::Store;
use super::work::areas::Sign;
use super::work::kinds::KindReason;
use super::work::subject::first_line;
use super::work::work_type::TypeReason;
use super::work::{Attributes, FileKind, WorkRules};
use super::{Unreadable, change::Content};
use crate::data::history::Actor;

/// The explanation of the commit that `text` names, for a terminal. Attributes are those of the branch's tip.
pub fn explain(
    store: &Store,
    branch: Option<&str>,
    text: &str,
    actors: &Actors,
    work: &WorkRules,
) -> Result<String, Unreadable> {
    let id = store.commit_named(text)?;
    let mut buffer = Vec::new();
    store.read(id, &mut buffer)?;
    let commit = Commit::parse(&buffer);
    let mut out = String::new();
    line(&mut out, "commit", &id.to_string());
    line(&mut out, "subject", &shown(&first_line(commit.message)));
    who(&mut out, &commit, actors);

    let tip = store.branch(branch)?.tip.unwrap_or(id);
    let attribute_files = attribute_files(store, tip)?;
    let attributes: Vec<(&[u8], &[u8])> = attribute_files.iter().map(|(at, text)| (&at[..], &text[..])).collect();
    let attributes = Attributes::parse(&attributes);
    let (mut kinds, mut paths, mut rows) = (Vec::new(), Vec::new(), String::new());
    let changed = changes(store, id)?;
    let mut blob = Vec::new();
    for (change, content) in &changed {
        let is_there = content.map(|id| store.read(id, &mut blob)).transpose()?.flatten().is_some();
        let says_generated = is_there && work.says_generated(&blob);
        let (kind, reason) = work.explain_kind(&change.path, &attributes, says_generated);
        let link = if change.content == Content::Link { ", a link or submodule" } else { "" };
        let unread = if content.is_some() && !is_there { ", its content is missing here" } else { "" };
        let path = shown(&decode(&change.path));
        let _ = writeln!(rows, "  {:<14}  {path}  ({}{link}{unread})", kind.name(), of_kind(&reason));
        if !matches!(kind, FileKind::Generated | FileKind::Vendored) {
            paths.push(&change.path[..]);
        }
        kinds.push(kind);
    }
    line(&mut out, "files", &changed.len().to_string());
    out.push_str(&rows);
    let (work_type, reason) = work.explain_work_type(commit.message, &kinds);
    line(&mut out, "work type", &format!("{}  ({})", work_type.name(), of_type(&reason)));
    let areas = work.explain_areas(commit.message, &paths);
    line(&mut out, "areas", if areas.is_empty() { "none" } else { "" });
    for (area, sign) in areas {
        let _ = writeln!(out, "  {:<22}  ({})", work.area_slug(area), of_sign(&sign));
    }
    Ok(out)
}

fn who(out: &mut String, commit: &Commit<'_>, actors: &Actors) {
    let (name, address) = (decode(commit.author.name), decode(commit.author.address));
    line(out, "author", &shown(&format!("{name} <{address}>")));
    let (actor, rule) = actors.verdict(&name, &address);
    let (word, own_lane) = match actor {
        Actor::Person => ("a person", "own"),
        Actor::Bot => ("a bot", "bot"),
        Actor::Agent => ("a coding agent", "agent_authored"),
    };
    line(out, "actor", &shown(&format!("{word}  ({})", rule.as_deref().unwrap_or("no rule says otherwise"))));
    let is_assisted = actor == Actor::Person && actors.credits(commit.message).agent;
    let lane = match (commit.parents.len(), is_assisted) {
        (2.., _) => "none: merges are a figure of their own",
        (_, true) => "agent_assisted, unless the history shows that it was imported",
        (_, false) if own_lane == "own" => "own, unless the history shows that it was imported",
        (_, false) => own_lane,
    };
    line(out, "lane", lane);
    let trailers = actors.trailers(commit.message);
    line(out, "trailers", if trailers.is_empty() { "none" } else { "" });
    for (trailer, is_agent) in trailers {
        let whom = if is_agent { "a known coding agent" } else { "somebody else" };
        let _ = writeln!(out, "  {}  ({whom})", shown(&decode(trailer)));
    }
}

fn line(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "{}", format!("{label:<10} {text}").trim_end());
}

fn of_kind(reason: &KindReason) -> String {
    match reason {
        KindReason::Attribute(name) => format!(".gitattributes: {name}"),
        KindReason::Path(pattern) => format!("path {pattern}"),
        KindReason::Header => "its first lines say so".to_owned(),
        KindReason::Nothing => "no rule fits".to_owned(),
    }
}

fn of_type(reason: &TypeReason) -> String {
    match reason {
        TypeReason::Tag(phrase) => format!("tag `{phrase}`"),
        TypeReason::Beginning(phrase) => format!("begins with `{phrase}`"),
        TypeReason::Paths(kind) => format!("all telling files are {}", kind.name()),
        TypeReason::Words(phrase) => format!("words `{phrase}`"),
        TypeReason::Nothing => "no rule fits".to_owned(),
    }
}

fn of_sign(sign: &Sign) -> String {
    match sign {
        Sign::Word(phrase) => format!("words `{phrase}`"),
        Sign::PathWord(phrase, path) => format!("`{phrase}` in {}", shown(&decode(path))),
        Sign::Path(pattern, path) => format!("path {pattern} on {}", shown(&decode(path))),
    }
}

/// Text of a repository for a terminal: what would move the cursor or turn the text around stands as its escape.
#[must_use]
pub fn shown(text: &str) -> String {
    let is_steering = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().fold(String::new(), |mut out, c| {
        if is_steering(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
        out
    })
}
