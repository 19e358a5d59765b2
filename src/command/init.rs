//! `signal init`: a publication that builds at once from one local repository, with a secret key of its own.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::Path;

use super::arguments::{Arguments, InitOptions};
use super::import::id_of;
use super::outcome::Outcome;
use super::output::quoted;
use crate::mine::store::{self, Store};
use crate::plain::{Diagnostic, Kind, Period, Result, atomic};
use crate::source::{address, clock, mirror, secret, trust};

/// Where the key of a new publication is. Git ignores it.
const KEY_FILE: &str = "identity.key";

/// So many periods are reported, when the repository is that old.
const PERIODS: u16 = 8;

/// Where a site is said to stand until somebody says where.
const NOWHERE: &str = "https://example.org/";

/// Runs the command.
pub fn run(arguments: &Arguments, options: &InitOptions) -> Result<Outcome> {
    let folder = &options.dir;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::new(Kind::Usage, "the folder isn't empty")
            .in_file(folder)
            .hint("name one that is empty or not there yet; nothing was changed")
            .into());
    }
    let is_asked = io::stdin().is_terminal() && io::stderr().is_terminal();
    let answers = if is_asked {
        Answers::ask(options, &mut io::stdin().lock(), &mut io::stderr())
            .map_err(|error| Diagnostic::new(Kind::Io, format!("cannot ask: {error}")))?
    } else {
        Answers::of(options)
    };
    let subject = Subject::read(answers.repo.as_deref(), answers.quarters)?;
    let title = answers.title.unwrap_or_else(|| format!("The {} report", subject.name));
    let base_url = answers.base_url.unwrap_or_else(|| NOWHERE.to_owned());
    let files = [
        ("signal.yaml".to_owned(), settings(&title, &base_url, &subject)),
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

/// What a new publication needs to know; what isn't given is found out or left for later.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answers {
    repo: Option<String>,
    title: Option<String>,
    base_url: Option<String>,
    quarters: u16,
}

impl Answers {
    /// What the options say.
    fn of(options: &InitOptions) -> Self {
        let InitOptions { repo, title, base_url, quarters, .. } = options.clone();
        Self { repo, title, base_url, quarters: quarters.unwrap_or(PERIODS) }
    }

    /// The same, with questions about what they don't say. An empty answer takes what is proposed.
    fn ask(options: &InitOptions, answers: &mut impl BufRead, out: &mut impl Write) -> io::Result<Self> {
        let mut given = Self::of(options);
        let mut ask = |question: &str, proposed: &str| -> io::Result<Option<String>> {
            write!(out, "{question} [{proposed}] ")?;
            out.flush()?;
            let mut answer = String::new();
            answers.read_line(&mut answer)?;
            let answer = answer.trim();
            Ok((!answer.is_empty()).then(|| answer.to_owned()))
        };
        if given.repo.is_none() {
            given.repo = ask("Which repository? A folder or an address", "the one around this folder")?;
        }
        if given.title.is_none() {
            given.title = ask("What is the publication called?", "The … report")?;
        }
        if given.base_url.is_none() {
            given.base_url = ask("Under which address will it stand?", NOWHERE)?;
        }
        while options.quarters.is_none() {
            match ask("How many quarters shall it report?", &PERIODS.to_string())?.map(|answer| answer.parse()) {
                None => break,
                Some(Ok(quarters @ 1..=400)) => {
                    given.quarters = quarters;
                    break;
                }
                Some(_) => {}
            }
        }
        Ok(given)
    }
}

/// The repository to report on.
struct Subject {
    /// The key and the value that say where it is.
    source: (&'static str, String),
    id: String,
    name: String,
    /// The first and the last period to report.
    earliest: Period,
    latest: Period,
    as_of: String,
}

impl Subject {
    fn read(repo: Option<&str>, quarters: u16) -> Result<Self> {
        match repo {
            // A folder of that name is meant, whatever else the name looks like.
            Some(repo) if !Path::new(repo).exists() && is_remote(repo) => Self::remote(repo, quarters),
            repo => Self::local(repo.map(Path::new), quarters),
        }
    }

    /// One that nobody has looked at yet: the last quarters that are over.
    fn remote(url: &str, quarters: u16) -> Result<Self> {
        let fault = |message: String| Diagnostic::new(Kind::Usage, message);
        if let Some(refusal) = address::refusal(url, trust::is_untrusted()) {
            return Err(fault(refusal).hint("write it as https://HOST/OWNER/NAME").into());
        }
        let Some((id, name)) = id_of(url) else {
            return Err(fault(format!("`{url}` names no repository"))
                .hint("write it as https://HOST/OWNER/NAME")
                .into());
        };
        let latest = Period::of(clock::now().day()).before(1);
        let (earliest, as_of) = (latest.before(quarters - 1), latest.next().start().to_string());
        Ok(Self { source: ("url", url.to_owned()), id, name, earliest, latest, as_of })
    }

    fn local(path: Option<&Path>, quarters: u16) -> Result<Self> {
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
        let earliest = latest.before(quarters - 1).max(first.min(latest));
        let source = ("path", absolute.to_string_lossy().into_owned());
        Ok(Self { id: safe(&name), source, name, earliest, latest, as_of: last.to_string() })
    }
}

/// The folder's name; of a bare repository without its `.git`.
fn name_of(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name(path);
    let own = if own == ".git" { path.parent().map(name).unwrap_or_default() } else { own };
    own.strip_suffix(".git").unwrap_or(&own).to_owned()
}

/// Whether git would ask a server for it.
fn is_remote(repo: &str) -> bool {
    repo.contains("://") || repo.split('/').next().is_some_and(|first| first.contains(':'))
}

/// A name as an id.
fn safe(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let id: String = name.chars().map(safe).collect();
    let id = id.trim_start_matches(['.', '-']).to_owned();
    if id.is_empty() { "repository".to_owned() } else { id }
}

fn settings(title: &str, base_url: &str, subject: &Subject) -> String {
    format!(
        "title: {title}\n\
         tagline: {tagline}\n\
         # The address under which public/ will stand.\n\
         base_url: {base_url}\n\
         periods: {{from: {from}, to: {to}}}\n\
         # Until when the publication knows; move it on when you report the next period.\n\
         as_of: {as_of}\n\
         identity:\n  \
           key_file: {KEY_FILE}\n",
        title = quoted(title),
        base_url = quoted(base_url),
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
             # `path` is a local repository, used as it stands; `url` is cloned and fetched.\n    \
             {key}: {source}\n    \
             aliases: [{name}]\n",
        id = subject.id,
        name = quoted(&subject.name),
        key = subject.source.0,
        source = quoted(&subject.source.1),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> InitOptions {
        InitOptions { dir: "report".into(), repo: None, title: None, base_url: None, quarters: None }
    }

    fn asked(options: &InitOptions, typed: &str) -> (Answers, String) {
        let mut out = Vec::new();
        let answers = Answers::ask(options, &mut typed.as_bytes(), &mut out).unwrap();
        (answers, String::from_utf8(out).unwrap())
    }

    #[test]
    fn four_questions_are_asked_and_empty_answers_take_what_is_proposed() {
        let (answers, said) = asked(&options(), "../jax\nJAX, quarterly\n\n12\n");
        assert_eq!(said.matches('?').count(), 4);
        assert_eq!((answers.repo.as_deref(), answers.title.as_deref()), (Some("../jax"), Some("JAX, quarterly")));
        assert_eq!((answers.base_url, answers.quarters), (None, 12));
        assert_eq!(asked(&options(), "\n\n\n\n").0, Answers::of(&options()));
    }

    #[test]
    fn what_is_given_isnt_asked_and_what_is_no_number_is_asked_again() {
        let given =
            InitOptions { title: Some("A".to_owned()), base_url: Some("https://a.example/".to_owned()), ..options() };
        let (answers, said) = asked(&given, "\nmany\n0\n3\n");
        assert_eq!((said.matches("called").count(), said.matches("How many").count(), answers.quarters), (0, 3, 3));
    }

    #[test]
    fn an_address_needs_no_repository_here() {
        let subject = Subject::read(Some("https://example.org/owner/name.git"), 4).unwrap();
        assert_eq!((subject.id.as_str(), subject.name.as_str()), ("owner--name", "name"));
        assert_eq!(subject.earliest, subject.latest.before(3));
        assert!(Subject::read(Some("ext::sh -c id"), 4).is_err());
        assert!(Subject::read(Some("https://example.org"), 4).is_err());
    }
}
