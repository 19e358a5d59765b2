//! `signal init`: a publication that builds at once from one local repository, with a secret key of its own.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::{Arguments, InitOptions};
use super::outcome::Outcome;
use crate::mine::store::{self, Store};
use crate::plain::{Diagnostic, Kind, Period, Result, atomic};
use crate::source::{mirror, secret};

/// Where the key of a new publication is. Git ignores it.
const KEY_FILE: &str = "identity.key";

/// So many periods are reported, when the repository is that old.
const PERIODS: u16 = 8;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &InitOptions) -> Result<Outcome> {
    let folder = &options.dir;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::new(Kind::Usage, "the folder isn't empty")
            .in_file(folder)
            .hint("name one that is empty or not there yet; nothing was changed")
            .into());
    }
    let subject = Subject::read(options.repo.as_deref())?;
    let title = options.title.clone().unwrap_or_else(|| format!("The {} report", subject.name));
    let files = [
        ("signal.yaml".to_owned(), settings(&title, &subject)),
        (KEY_FILE.to_owned(), secret::generate().map_err(|error| Diagnostic::io(folder, "draw a key", &error))?),
        (".gitignore".to_owned(), format!("/public\n/private\n/.signal\n/{KEY_FILE}\n")),
        ("data/repos.yaml".to_owned(), registry(&subject)),
        (format!("content/editions/{}.md", subject.latest.slug()), edition(&subject)),
    ];
    for (file, text) in files {
        atomic::write(&folder.join(&file), text.as_bytes())?;
    }
    secret::protect(&folder.join(KEY_FILE)).map_err(|error| Diagnostic::io(folder, "protect the key", &error))?;
    if !arguments.quiet {
        println!("Made {}, a report on {}.", folder.display(), subject.name);
        println!("Next: signal build --root {0}, then open {0}/public/index.html", folder.display());
        println!("The identity key is in {KEY_FILE}; keep it safe and out of git.");
    }
    Ok(Outcome::Done)
}

/// The repository to report on.
struct Subject {
    path: PathBuf,
    id: String,
    name: String,
    /// The first and the last period to report.
    earliest: Period,
    latest: Period,
    as_of: String,
}

impl Subject {
    fn read(path: Option<&Path>) -> Result<Self> {
        let shown = path.unwrap_or(Path::new("."));
        let unusable = |message: String| {
            Diagnostic::new(Kind::Source, message)
                .in_file(shown)
                .hint("name a local git repository with commits: `signal init DIR --repo PATH`")
        };
        let absolute =
            fs::canonicalize(shown).map_err(|error| unusable(format!("there is no such folder: {error}")))?;
        let absolute = if path.is_some() { Some(absolute) } else { mirror::enclosing(&absolute) };
        let absolute = absolute.ok_or_else(|| unusable("this folder lies in no git repository".to_owned()))?;
        let git_dir = mirror::git_dir(&absolute);
        let span = Store::open(&git_dir)
            .and_then(|store| store::dates(&store))
            .map_err(|error| unusable(format!("it can't be read: {}", error.reason)))?;
        let Some((first, last)) = span else { return Err(unusable("it has no commits yet".to_owned()).into()) };
        let name = name_of(&absolute);
        // The tip's own period is open; a repository younger than that reports it all the same.
        let (first, tip) = (Period::of(first.day()), Period::of(last.day()));
        let latest = tip.before(1).max(first.min(tip));
        let earliest = latest.before(PERIODS - 1).max(first.min(latest));
        Ok(Self { id: id_of(&name), path: absolute, name, earliest, latest, as_of: last.to_string() })
    }
}

/// The folder's name; of a bare repository without its `.git`.
fn name_of(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name(path);
    let own = if own == ".git" { path.parent().map(name).unwrap_or_default() } else { own };
    own.strip_suffix(".git").unwrap_or(&own).to_owned()
}

fn id_of(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let id: String = name.chars().map(safe).collect();
    let id = id.trim_start_matches(['.', '-']).to_owned();
    if id.is_empty() { "repository".to_owned() } else { id }
}

/// A text as a YAML scalar, whatever is in it: every JSON string is one.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}

fn settings(title: &str, subject: &Subject) -> String {
    format!(
        "title: {title}\n\
         tagline: {tagline}\n\
         # The address under which public/ will stand.\n\
         base_url: https://example.org/\n\
         periods: {{from: {from}, to: {to}}}\n\
         # Until when the publication knows; move it on when you report the next period.\n\
         as_of: {as_of}\n\
         identity:\n  \
           key_file: {KEY_FILE}\n",
        title = quoted(title),
        tagline = quoted(&format!("Who writes {}, quarter by quarter", subject.name)),
        from = subject.earliest,
        to = subject.latest,
        as_of = subject.as_of,
    )
}

fn registry(subject: &Subject) -> String {
    format!(
        "categories:\n\
         - slug: all\n  \
           title: {name}\n  \
           order: 1\n  \
           repos:\n  \
           - id: {id}\n    \
             # A local repository, used as it stands; `url:` in its place is cloned and fetched.\n    \
             path: {path}\n    \
             aliases: [{name}]\n",
        id = subject.id,
        name = quoted(&subject.name),
        path = quoted(&subject.path.to_string_lossy()),
    )
}

fn edition(subject: &Subject) -> String {
    let mut text = String::new();
    let name = &subject.name;
    let _ = write!(
        text,
        "---\ntitle: {title}\nsummary: {summary}\n---\n\n",
        title = quoted(&format!("Who wrote {name} in {}", subject.latest)),
        summary = quoted("The first edition: who worked on it, who was new, and how the work was spread."),
    );
    text.push_str(
        "This quarter saw {{ corpus().commits }} commits by {{ corpus().contributors }} people, \
         {{ corpus().new }} of them new.\n\n\
         ## Who did the work {#all}\n\n\
         {{ corpus().core }} people wrote four fifths of all commits. Since the beginning, \
         {{ corpus().contributors_ever }} people have taken part.\n\n\
         {{ chart(\"trend\", scope=\"corpus\", metric=\"contributors\", title=\"People at work, quarter by quarter\") }}\n\n\
         ## How to go on {#next}\n\n\
         Every number on this page is bound to the data: `{{ corpus().commits }}` in the text is looked up when the \
         page is built. Edit this file, then run `signal build` again.\n",
    );
    text
}
