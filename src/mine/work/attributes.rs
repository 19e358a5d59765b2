//! What `.gitattributes` says about files that were generated or come from elsewhere.

use gix::bstr::ByteSlice;
use gix::glob::pattern::Case;
use gix::glob::{Pattern, wildmatch};

/// The attributes of a tree that concern kinds of files.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// From the root inwards, each file from its first line to its last: the last that matches decides.
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    /// Where the file lies, with a `/` at the end unless it is the root.
    folder: Vec<u8>,
    pattern: Pattern,
    generated: Option<Setting>,
    vendored: Option<Setting>,
}

/// What a line says about an attribute.
type Setting = Option<bool>;

/// What is said about one file; nothing when no line speaks of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// `linguist-generated`.
    pub generated: Option<bool>,
    /// `linguist-vendored`.
    pub vendored: Option<bool>,
}

impl Attributes {
    /// From the `.gitattributes` of a tree, each with the folder that it lies in (empty for the root).
    #[must_use]
    pub fn parse(files: &[(&[u8], &[u8])]) -> Self {
        let mut files: Vec<(&[u8], &[u8])> =
            files.iter().map(|(folder, text)| (folder.trim_end_with(|c| c == '/'), *text)).collect();
        files.sort_by_key(|(folder, _)| (depth(folder), *folder));
        let mut lines = Vec::new();
        for (folder, text) in files {
            let mut folder = folder.to_vec();
            if !folder.is_empty() {
                folder.push(b'/');
            }
            lines.extend(text.lines().filter_map(|text| Line::parse(&folder, text)));
        }
        Self { lines }
    }

    /// What is said about a file.
    #[must_use]
    pub fn of(&self, path: &[u8]) -> Said {
        let mut said = Said::default();
        for line in &self.lines {
            let Some(inner) = path.strip_prefix(&line.folder[..]) else { continue };
            // A tree may hold any bytes for a name, a slash too; no pattern is about that.
            if inner.starts_with(b"/") {
                continue;
            }
            let name = inner.rfind_byte(b'/').map(|at| at + 1);
            let mode = wildmatch::Mode::NO_MATCH_SLASH_LITERAL;
            if line.pattern.matches_repo_relative_path(inner.as_bstr(), name, Some(false), Case::Sensitive, mode) {
                said.generated = line.generated.unwrap_or(said.generated);
                said.vendored = line.vendored.unwrap_or(said.vendored);
            }
        }
        said
    }
}

fn depth(folder: &[u8]) -> usize {
    if folder.is_empty() { 0 } else { folder.split(|&byte| byte == b'/').count() }
}

impl Line {
    /// A line of the file, when it says anything about the two attributes.
    fn parse(folder: &[u8], text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        if text.starts_with(b"#") || text.starts_with(b"[attr]") {
            return None;
        }
        let (pattern, rest) = if let Some(quoted) = text.strip_prefix(b"\"") {
            quoted.split_once_str("\"")?
        } else {
            text.split_at(text.find_byteset(b" \t")?)
        };
        let mut line = Self {
            folder: folder.to_vec(),
            pattern: Pattern::from_bytes_without_negation(pattern)?,
            generated: None,
            vendored: None,
        };
        for word in rest.fields() {
            let (name, setting) = setting(word);
            match name {
                b"linguist-generated" => line.generated = Some(setting),
                b"linguist-vendored" => line.vendored = Some(setting),
                _ => {}
            }
        }
        (line.generated.is_some() || line.vendored.is_some()).then_some(line)
    }
}

/// `name` and `name=true` set, `-name` and `name=false` unset, `!name` takes back what was said.
fn setting(word: &[u8]) -> (&[u8], Setting) {
    if let Some(name) = word.strip_prefix(b"-") {
        return (name, Some(false));
    }
    if let Some(name) = word.strip_prefix(b"!") {
        return (name, None);
    }
    match word.split_once_str("=") {
        Some((name, value)) => (name, Some(value != b"false")),
        None => (word, Some(true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_and_the_innermost_line_decides() {
        let attributes = Attributes::parse(&[
            (b"sub/dir", b"b.c -linguist-generated\n"),
            (
                b"",
                b"# comment linguist-generated\n*.c linguist-generated=true text\nhand.c linguist-generated=false\n\
                  deps/** linguist-vendored\n\"with space.h\" linguist-generated\n*.bin binary\n\
                  /top.py linguist-generated\nundone.c !linguist-generated\n",
            ),
        ]);
        let of = |path: &str| {
            let said = attributes.of(path.as_bytes());
            (said.generated, said.vendored)
        };
        assert_eq!(of("x/a.c"), (Some(true), None));
        assert_eq!(of("x/hand.c"), (Some(false), None));
        assert_eq!(of("x/undone.c"), (None, None));
        assert_eq!(of("sub/dir/b.c"), (Some(false), None));
        assert_eq!(of("sub/b.c"), (Some(true), None));
        assert_eq!(of("deps/x/y.py"), (None, Some(true)));
        assert_eq!(of("x/deps/y.py"), (None, None));
        assert_eq!(of("with space.h"), (Some(true), None));
        assert_eq!(of("top.py"), (Some(true), None));
        assert_eq!(of("x/top.py"), (None, None));
        assert_eq!(of("/top.py"), (None, None));
        assert_eq!(of("sub/dir//b.c"), (Some(true), None));
    }
}
