//! Reading files: bytes to text to a typed document, every fault with its place.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_saphyr::Budget;
pub use serde_saphyr::Spanned;

use super::identity_key::{Hash, digest};
use super::quick;
use crate::plain::{Diagnostic, Kind, Place, Result, atomic, suggest};

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
        Diagnostic::new(kind, message).at(place(&self.file, &self.text, at))
    }
}

/// Where a value begins in the text that was read from `file`.
#[must_use]
pub fn place<V>(file: &Path, text: &str, at: &Spanned<V>) -> Place {
    let (line, column) = (at.referenced.line(), at.referenced.column());
    let (line, column) = (usize::try_from(line).unwrap_or(1), usize::try_from(column).unwrap_or(1));
    Place::of_line(file, text, line, column)
}

/// No file is larger: the longest history of a repository has a fiftieth of it.
const LARGEST: u64 = 128 * 1024 * 1024;

/// The text of a file inside a publication; `file` is relative to `root` and is what faults name.
///
/// A publication may be a stranger's proposal, and a fault shows the line that it is about: what a link leads to outside
/// is never read.
pub fn text(root: &Path, file: &Path) -> Result<String> {
    utf8(file, whole(file, content(root, file))?)
}

/// A folder of a publication from which thousands of files are read: whether it is a link, or lies behind one, is found
/// out once.
pub struct Folder<'a> {
    root: &'a Path,
    is_plain: bool,
}

impl<'a> Folder<'a> {
    /// `folder` is relative to `root`.
    #[must_use]
    pub fn new(root: &'a Path, folder: &Path) -> Self {
        Self { root, is_plain: is_plain(root, folder).unwrap_or(false) }
    }

    /// The bytes of a file in it, none when there is no such file; `file` is relative to the publication.
    pub fn bytes(&self, file: &Path) -> Result<Option<Vec<u8>>> {
        let path = self.root.join(file);
        let content = match path.symlink_metadata() {
            Ok(about) if self.is_plain && !about.is_symlink() => load(&path, &about),
            Ok(_) => content(self.root, file),
            Err(error) => Err(error),
        };
        match content {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            content => whole(file, content).map(Some),
        }
    }
}

/// Bytes as text.
pub fn utf8(file: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let place = Place::of_bytes(file, &good, good.len()..good.len());
        Diagnostic::new(Kind::Syntax, "the file isn't UTF-8").at(place).hint("save it as UTF-8").into()
    })
}

/// What a file holds, unless it isn't read.
enum Content {
    Whole(Vec<u8>),
    TooLarge,
    Outside,
}

/// The bytes, or why they weren't read.
fn whole(file: &Path, content: io::Result<Content>) -> Result<Vec<u8>> {
    match content {
        Ok(Content::Whole(bytes)) => Ok(bytes),
        Ok(Content::TooLarge) => {
            let message = format!("the file is larger than {} MB, so it isn't read", LARGEST >> 20);
            Err(Diagnostic::new(Kind::Data, message).in_file(file).hint("restore it from git").into())
        }
        Ok(Content::Outside) => Err(outside(file).into()),
        Err(error) => {
            let diagnostic = match error.kind() {
                io::ErrorKind::NotFound => Diagnostic::new(Kind::Missing, "the file is missing"),
                _ => Diagnostic::new(Kind::Io, format!("cannot read the file: {error}")),
            };
            Err(diagnostic.in_file(file).into())
        }
    }
}

fn content(root: &Path, file: &Path) -> io::Result<Content> {
    let path = root.join(file);
    if !is_inside(root, &path)? {
        return Ok(Content::Outside);
    }
    load(&path, &fs::metadata(&path)?)
}

fn load(path: &Path, about: &Metadata) -> io::Result<Content> {
    // To open a pipe is to wait for whoever writes into it.
    if !about.is_file() {
        return Err(io::Error::other("it is a folder, or no file at all"));
    }
    if about.len() > LARGEST {
        return Ok(Content::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).map_or(0, |length| length + 1));
    // It may be growing.
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > LARGEST { Content::TooLarge } else { Content::Whole(bytes) })
}

/// Writes a file inside a publication; `file` is relative to `root`. Nothing is written through a link that leads out.
///
/// Returns whether anything changed.
pub fn write(root: &Path, file: &Path, text: &str) -> Result<bool> {
    let folder = file.ancestors().skip(1).find(|folder| root.join(folder).exists()).unwrap_or(Path::new(""));
    let is_inside = is_inside(root, &root.join(folder));
    if is_inside.map_err(|error| Diagnostic::io(folder, "find the folder", &error))? {
        return atomic::write(&root.join(file), text.as_bytes());
    }
    Err(outside(folder).into())
}

/// Whether a path leads to somewhere below the root, after all links.
fn is_inside(root: &Path, path: &Path) -> io::Result<bool> {
    // Hardly any is a link.
    if path.strip_prefix(root).is_ok_and(|below| is_plain(root, below).is_ok_and(|is_plain| is_plain)) {
        return Ok(true);
    }
    Ok(path.canonicalize()?.starts_with(root.canonicalize()?))
}

/// Whether a path below the root has neither a link in it nor a step upwards.
fn is_plain(root: &Path, below: &Path) -> io::Result<bool> {
    let mut place = root.to_owned();
    for part in below.components() {
        place.push(part);
        if !matches!(part, Component::Normal(_)) || place.symlink_metadata()?.is_symlink() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn outside(file: &Path) -> Diagnostic {
    let fault = Diagnostic::new(Kind::Data, "the link leads out of the publication").in_file(file);
    fault.hint("copy what it leads to; a publication holds all that it is made from")
}

/// Parses YAML that a person wrote; unknown keys, wrong types and doubled keys are faults with a place.
///
/// What anchors and nesting ask for is bounded: no text of some kilobytes becomes gigabytes.
pub fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T> {
    parse_within(Some(Budget::default()), file, text).map_err(|fault| (*fault).into())
}

/// The value, or what is wrong with it.
fn parse_within<T: DeserializeOwned>(
    budget: Option<Budget>,
    file: &Path,
    text: &str,
) -> std::result::Result<T, Box<Diagnostic>> {
    let options = serde_saphyr::options! { budget: budget, with_snippet: false };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let (message, hint) = reworded(&error.to_string());
        let fault = Diagnostic { hint, ..Diagnostic::new(Kind::Syntax, message) };
        let Some(at) = error.location() else { return Box::new(fault.in_file(file)) };
        let line = usize::try_from(at.line()).unwrap_or(1);
        let column = usize::try_from(at.column()).unwrap_or(1);
        Box::new(fault.at(Place::of_line(file, text, line, column)))
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
    if let Some(breach) = first.strip_prefix("budget breached: ") {
        let message =
            if breach.starts_with("Depth") { "it is nested too deeply" } else { "it asks for more than is read" };
        return (message.to_owned(), Some("write out what its anchors stand for, in fewer levels".to_owned()));
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
    // A link that leads nowhere is a fault too.
    if root.join(&file).symlink_metadata().is_ok() {
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

/// Parses the text of a mined file. The program writes no anchors: the few kilobytes of a list that is repeated a
/// thousand times, in a field that may hold it, would be gigabytes.
pub fn parse_mined<T: DeserializeOwned>(file: &Path, text: &str, repo: &str) -> Result<T> {
    if let Some(value) = quick::read(text) {
        return Ok(value);
    }
    let budget = serde_saphyr::budget! {
        max_anchors: 0,
        max_aliases: 0,
        max_events: usize::MAX,
        max_nodes: usize::MAX,
        max_total_scalar_bytes: usize::MAX,
    };
    parse_within(budget, file, text).map_err(|fault| {
        let message = format!("the mined file cannot be read: {}", fault.message);
        Diagnostic { message, ..*fault }.hint(format!("restore it from git, or {}", again(repo))).into()
    })
}
