//! Reading files: bytes to text to a typed document, every fault with its place.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
pub use serde_saphyr::Spanned;

use crate::plain::{Diagnostic, Kind, Place, Result};

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
        let message = error.without_snippet().to_string();
        let diagnostic = Diagnostic::new(Kind::Syntax, tidy_message(&message));
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic.in_file(file),
        }
        .into()
    })
}

/// The parser ends its message with the place, which the diagnostic shows by itself.
fn tidy_message(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let cut = first.find(" at line ").unwrap_or(first.len());
    first[..cut].trim_end_matches([',', ':', ' ']).to_owned()
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

/// Reads a mined file: written by the program, so a place within it helps nobody; the remedy is to mine again.
pub fn read_mined<T: DeserializeOwned>(root: &Path, file: &Path, repo: &str) -> Result<T> {
    parse_mined(file, &text(root, file)?, repo)
}

/// Parses the text of a mined file.
pub fn parse_mined<T: DeserializeOwned>(file: &Path, text: &str, repo: &str) -> Result<T> {
    let again = || format!("restore it from git, or make it anew with `signal mine --fresh --repo {repo}`");
    if is_deep(text) {
        let message = "the mined file cannot be read: it opens more brackets than it closes";
        return Err(Diagnostic::new(Kind::Syntax, message).in_file(file).hint(again()).into());
    }
    serde_yaml::from_str(text).map_err(|error| {
        let diagnostic = Diagnostic::new(Kind::Syntax, format!("the mined file cannot be read: {error}"));
        let diagnostic = match error.location() {
            Some(at) => diagnostic.at(Place::of_line(file, text, at.line(), at.column())),
            None => diagnostic.in_file(file),
        };
        diagnostic.hint(again()).into()
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
