//! A file that an editor wrote, with places for what is wrong in it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::data::document;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Place, Result};

/// A markdown file: front matter, then text.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    /// The file, relative to the publication.
    pub file: PathBuf,
    /// All of it.
    pub text: String,
    /// Where the text after the front matter begins, in bytes.
    pub body: usize,
    /// What sets the anchors in it apart, where it is one of several texts of a file.
    pub name: String,
}

impl Manuscript {
    /// Reads a file; characters that the program uses itself as marks are refused.
    pub fn read(root: &Path, file: &Path) -> Result<Self> {
        let manuscript = Self { file: file.to_owned(), text: document::text(root, file)?, ..Self::default() };
        let mut faults = Collector::default();
        for (at, mark) in manuscript.text.char_indices().filter(|(_, c)| is_private(*c)) {
            let message = format!("the private-use character U+{:04X} has no meaning for readers", u32::from(mark));
            let hint = "delete it; it often comes along when an icon is copied from a web page";
            faults.push(manuscript.fault(Kind::Content, at..at + mark.len_utf8(), message).hint(hint));
        }
        faults.finish(manuscript)
    }

    /// A fault at a range of bytes.
    pub fn fault(&self, kind: Kind, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(kind, message).at(self.place(range))
    }

    /// The place of a range of bytes.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::of_bytes(&self.file, &self.text, range)
    }

    /// The text with as many blanks in place of the front matter, so that offsets stay those of the file.
    #[must_use]
    pub fn blanked(&self) -> String {
        let (front, body) = self.text.split_at(self.body);
        let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        front.bytes().map(blank).chain(body.chars()).collect()
    }
}

/// Whether Unicode leaves the meaning of a character to programs.
#[must_use]
pub fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}
