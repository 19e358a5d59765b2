//! Reads a lock. What isn't whole, or was edited, is refused: nobody could tell any more what was published.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::encoding::{self, LAST};
use super::lock::{ENDING, Lock, VERSION};
use crate::data::document;
use crate::plain::{Diagnostic, Kind, Place, Result};

/// A lock as it was read.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The file, relative to the publication.
    pub file: PathBuf,
    /// All of it.
    pub text: String,
    /// What it says.
    pub lock: Lock,
}

impl Sealed {
    /// Where something is named, after a key such as `id: `.
    #[must_use]
    pub fn place(&self, key: &str, name: &str) -> Place {
        let name = format!("{key}{}", encoding::quoted(name));
        let start = self.text.find(&name).unwrap_or(0);
        Place::of_bytes(&self.file, &self.text, start..start + name.len())
    }
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Reads the lock in a file, whose name ends with `.lock.yaml`.
pub fn read(root: &Path, file: &Path) -> Result<Sealed> {
    decode(file, document::text(root, file)?)
}

/// Reads the text of such a file.
pub fn decode(file: &Path, text: String) -> Result<Sealed> {
    let (body, last) = match text.rfind(LAST) {
        Some(at) if text[..at].ends_with('\n') => text.split_at(at),
        _ => (text.as_str(), ""),
    };
    // Asked first: another version may close its files in another way.
    let version = body.lines().find(|line| line.starts_with("version:"));
    let version = version.and_then(|line| document::parse::<Version>(file, line).ok());
    if let Some(Version { version }) = version.filter(|found| found.version != VERSION) {
        let line = body.lines().position(|line| line.starts_with("version:")).map_or(1, |at| at + 1);
        let message = format!("the lock is of version {version}, this program reads version {VERSION}");
        let fault = Diagnostic::new(Kind::Seal, message).at(Place::of_line(file, &text, line, 1));
        return Err(fault.hint("use the program that sealed the edition").into());
    }
    if last.trim_end() != format!("{LAST}'{}'", encoding::sum(body)) {
        let line = text.lines().count().max(1);
        let message = "the lock was cut short or edited: its last line isn't the digest of the lines before it";
        let fault = Diagnostic::new(Kind::Seal, message).at(Place::of_line(file, &text, line, 1));
        let hint = "restore it from git; what a sealed edition says is changed by a correction in its front matter";
        return Err(fault.hint(hint).into());
    }
    let lock: Lock = document::parse(file, body)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if name.strip_suffix(ENDING) != Some(&lock.period.slug()) {
        let message = format!("the lock is about {}, its name says otherwise", lock.period);
        let fault = Diagnostic::new(Kind::Seal, message).in_file(file);
        return Err(fault.hint("give it its own name back").into());
    }
    Ok(Sealed { file: file.to_owned(), text, lock })
}
