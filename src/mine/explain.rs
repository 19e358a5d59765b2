//! Why one commit counts as it does: which rule says what about its author, its files and its subject.

use std::fmt::Write as _;
use std::path::Path;

use super::Unreadable;
use super::actors::Actors;
use super::change::{Changes, Content, FileChange};
use super::commit::Commit;
use super::differ::Differ;
use super::ident::decode;
use super::portion::telling_paths;
use super::store::{Missing, Store};
use super::work::areas::Sign;
use super::work::kinds::KindReason;
use super::work::subject::first_line;
use super::work::work_type::TypeReason;
use super::work::{Attributes, FileKind, WorkRules};
use crate::data::history::Actor;
use crate::data::snapshot::Depth;

/// The explanation of the commit that `text` names, for a terminal. Attributes are those of the branch's tip.
///
/// Files are read at the depth at which they are counted, and whole where they aren't.
pub fn explain(
    path: &Path,
    branch: Option<&str>,
    text: &str,
    (depth, actors, work): (Depth, &Actors, &WorkRules),
) -> Result<String, Unreadable> {
    let store = Store::open(path)?;
    let id = store.commit_named(text)?;
    let mut buffer = Vec::new();
    store.read(id, &mut buffer)?;
    let commit = Commit::parse(&buffer);
    let mut out = String::new();
    line(&mut out, "commit", &id.to_string());
    line(&mut out, "subject", &shown(&first_line(commit.message)));
    who(&mut out, &commit, actors);

    let depth = if depth == Depth::Paths { Depth::Paths } else { Depth::Lines };
    let differ = Differ::open(path, depth, work)?;
    let attributes = differ.attributes(store.branch(branch)?.tip.unwrap_or(id));
    if !attributes.lacks.is_empty() {
        line(&mut out, "attributes", &format!("{} of .gitattributes can't be read here", attributes.lacks.len()));
    }
    let attributes = attributes.parsed();
    let changes = differ.changes(&commit);
    let files = changes.files.as_deref().unwrap_or_default();
    let kinds = kinds(&mut out, &changes, &attributes, work);
    let (work_type, reason) = work.explain_work_type(commit.message, &kinds);
    line(&mut out, "work type", &format!("{}  ({})", work_type.name(), of_type(&reason)));
    let areas = work.explain_areas(commit.message, &telling_paths(files, &kinds));
    line(&mut out, "areas", if areas.is_empty() { "none" } else { "" });
    for (area, sign) in areas {
        let _ = writeln!(out, "  {:<22}  ({})", work.area_slug(area), of_sign(&sign));
    }
    Ok(out)
}

/// Says what each file is, and gives their kinds.
fn kinds(out: &mut String, changes: &Changes, attributes: &Attributes, work: &WorkRules) -> Vec<FileKind> {
    let lacks = changes.lacks.map(|missing| match missing {
        Missing::Object(id) => format!("object {id} is missing here"),
        Missing::Broken => "an object isn't what it should be".to_owned(),
    });
    let Some(files) = &changes.files else {
        line(out, "files", &format!("unknown: {}", lacks.unwrap_or_default()));
        return Vec::new();
    };
    line(out, "files", &files.len().to_string());
    let mut kinds = Vec::with_capacity(files.len());
    for file in files {
        let (kind, reason) = work.explain_kind(&file.path, attributes, file.says_generated);
        let what = [Some(of_kind(&reason)), renamed(file), content(file.content)];
        let what: Vec<String> = what.into_iter().flatten().collect();
        let _ = writeln!(out, "  {:<14}  {}  ({})", kind.name(), shown(&decode(&file.path)), what.join("; "));
        kinds.push(kind);
    }
    if let Some(lacks) = lacks {
        line(out, "lines", &format!("unknown: {lacks}"));
    }
    if changes.renames_skipped {
        line(out, "renames", "too many to look for all of them");
    }
    kinds
}

fn renamed(file: &FileChange) -> Option<String> {
    file.was.as_ref().map(|was| format!("was {}", shown(&decode(was))))
}

fn content(content: Content) -> Option<String> {
    match content {
        Content::Text { added, removed } => Some(format!("+{added} -{removed}")),
        Content::Binary => Some("no text".to_owned()),
        Content::Link => Some("a link or submodule".to_owned()),
        Content::Unread => None,
    }
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

fn of_kind(reason: &KindReason<'_>) -> String {
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
