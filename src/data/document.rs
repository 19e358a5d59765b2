//! Reading files: bytes to text to a typed document, every fault with its place.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
pub use serde_saphyr::Spanned;

use super::identity_key::{Hash, digest};
use super::quick;
use crate::plain::{Diagnostic, Kind, Place, Result, suggest};

/// A hand-written file: its text is kept, so that a later fault can point into it.
#[derive(Clone, Debug)]
pub struct Document<T> {
    /// The file, relative to the publication.
    pub file: PathBuf,
    /// What it says, as written.
    pub text: String,
    /// What it says, as data.
    pub value: T,
}

impl<T> Document<T> {
    /// A fault at a value of this file.
    pub fn fault<V>(&self, kind: Kind, at: &Spanned<V>, message: impl Into<String>) -> Diagnostic {
        let location = at.referenced;
        let (line, column) = (location.line(), location.column());
        let (line, column) = (usize::try_from(line).unwrap_or(1), usize::try_from(column).unwrap_or(1));
        Diagnostic::new(kind, message).at(Place::of_line(&self.file, &self.text, line, column))
    }
}

/// No file is larger: the longest history of a repository has a fiftieth of it.
const LARGEST: u64 = 128 * 1024 * 1024;

/// The text of a file inside a publication; `file` is relative to `root` and is what faults name.
pub fn text(root: &Path, file: &Path) -> Result<String> {
    if fs::metadata(root.join(file)).is_ok_and(|about| about.len() > LARGEST) {
        let message = format!("the file is larger than {} MB, so it isn't read", LARGEST >> 20);
        return Err(Diagnostic::new(Kind::Data, message).in_file(file).hint("restore it from git").into());
    }
    let bytes = fs::read(root.join(file)).map_err(|error| {
        let kind = if error.kind() == std::io::ErrorKind::NotFound { Kind::Missing } else { Kind::Io };
        let message = match kind {
            Kind::Missing => "the file is missing".to_owned(),
            _ => format!("cannot read the file: {error}"),
        };
        Diagnostic::new(kind, message).in_file(file)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let place = Place::of_bytes(file, &good, good.len()..good.len());
        Diagnostic::new(Kind::Syntax, "the file isn't UTF-8").at(place).hint("save it as UTF-8").into()
    })
}

/// Parses YAML that a person wrote; unknown keys, wrong types and doubled keys are faults with a place.
pub fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T> {
    serde_saphyr::from_str(text).map_err(|error| {
        let place = error.location().map(|at| {
            let line = usize::try_from(at.line()).unwrap_or(1);
            let column = usize::try_from(at.column()).unwrap_or(1);
            Place::of_line(file, text, line, column)
        });
        let (message, hint) = reworded(&error.without_snippet().to_string());
        let diagnostic = Diagnostic { hint, ..Diagnostic::new(Kind::Syntax, message) };
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic.in_file(file),
        }
        .into()
    })
}

/// The parser's message in the words of an editor, and what to do. The place, which it ends with, is shown anyway.
fn reworded(message: &str) -> (String, Option<String>) {
    let first = message.lines().next().unwrap_or_default();
    let cut = first.find(" at line ").unwrap_or(first.len());
    let first = first[..cut].trim_end_matches([',', ':', ' ']);
    if let Some((name, known)) = first.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected "))
    {
        let known = known.trim_start_matches("one of ").replace('`', "");
        return (format!("there is no setting `{name}` here"), Some(suggest::hint(name, known.split(", "))));
    }
    if let Some(name) = first.strip_prefix("duplicate mapping key: ") {
        let name = name.split(',').next().unwrap_or(name);
        return (format!("`{name}` stands twice"), Some("keep one of the two".to_owned()));
    }
    if first == "mapping values are not allowed in this context" {
        let hint = "check the indentation, and quote a text that holds `: `".to_owned();
        return ("a `:` stands where no value can begin".to_owned(), Some(hint));
    }
    let missing = first.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    let hint = missing.map(|name| format!("add a line `{name}: …`"));
    let hint = hint.or_else(|| first.contains("boolean").then(|| "write `true` or `false`".to_owned()));
    (first.to_owned(), hint)
}

/// Reads a hand-written YAML file.
pub fn read<T: DeserializeOwned>(root: &Path, file: impl Into<PathBuf>) -> Result<Document<T>> {
    let file = file.into();
    let text = text(root, &file)?;
    let value = parse(&file, &text)?;
    Ok(Document { file, text, value })
}

/// The same, or the default when there is no such file.
pub fn read_or_default<T: DeserializeOwned + Default>(root: &Path, file: impl Into<PathBuf>) -> Result<Document<T>> {
    let file = file.into();
    if root.join(&file).exists() {
        return read(root, file);
    }
    Ok(Document { file, text: String::new(), value: T::default() })
}

/// Reads a mined file, and gives the digest of its bytes with it.
///
/// The program wrote it, so the remedy for a fault is not to mend the place but to mine again.
pub fn read_mined<T: DeserializeOwned>(root: &Path, file: &Path, repo: &str, version: u32) -> Result<(T, Hash)> {
    let text = text(root, file)?;
    Ok((parse_version(file, &text, repo, version)?, digest(text.as_bytes())))
}

/// Parses the text of a mined file of a version.
pub fn parse_version<T: DeserializeOwned>(file: &Path, text: &str, repo: &str, version: u32) -> Result<T> {
    // Asked first: what another version holds may have another shape.
    let written = text.lines().find_map(|line| line.strip_prefix("version: ")?.trim().parse::<u32>().ok());
    if let Some(written) = written.filter(|written| *written != version) {
        let message = format!("the file is of version {written}, this program reads version {version}");
        let hint = format!("use the program that wrote it, or {}", again(repo));
        return Err(Diagnostic::new(Kind::Data, message).in_file(file).hint(hint).into());
    }
    parse_mined(file, text, repo)
}

fn again(repo: &str) -> String {
    format!("make it anew with `signal mine --fresh --repo {repo}`")
}

/// Parses the text of a mined file.
pub fn parse_mined<T: DeserializeOwned>(file: &Path, text: &str, repo: &str) -> Result<T> {
    if let Some(value) = quick::read(text) {
        return Ok(value);
    }
    let hint = format!("restore it from git, or {}", again(repo));
    if is_deep(text) {
        let message = "the mined file cannot be read: it opens more brackets than it closes";
        return Err(Diagnostic::new(Kind::Syntax, message).in_file(file).hint(hint).into());
    }
    serde_yaml::from_str(text).map_err(|error| {
        let diagnostic = Diagnostic::new(Kind::Syntax, format!("the mined file cannot be read: {error}"));
        let diagnostic = match error.location() {
            Some(at) => diagnostic.at(Place::of_line(file, text, at.line(), at.column())),
            None => diagnostic.in_file(file),
        };
        diagnostic.hint(hint.clone()).into()
    })
}

/// Whether brackets nest deeper than in any mined file. The parser's time grows with the square of their depth.
fn is_deep(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().any(|byte| {
        depth += i32::from(matches!(byte, b'[' | b'{')) - i32::from(matches!(byte, b']' | b'}'));
        depth > 64
    })
}
