//! Patterns of paths, as rules for kinds and areas are written in.
//!
//! `tests/` is a folder of that name anywhere, `csrc/attention/` two folders in a row, `test_*.py` a file anywhere,
//! `ci/*.sh` a file in a folder; a leading `/` ties a pattern to the root. `*` stands for any run of characters within
//! one name. Upper and lower case of ASCII are the same.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// One per name in the path, in lower case.
    names: Vec<String>,
    /// Whether it begins at the root.
    is_rooted: bool,
    /// Whether it names a folder, and so everything in it.
    is_folder: bool,
}

/// A pattern that can be looked up instead of tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple<'a> {
    /// A folder's name.
    Folder(&'a str),
    /// A file's name.
    File(&'a str),
    /// The end of a file's name, beginning with a dot.
    Extension(&'a str),
}

impl PathPattern {
    /// Whether a path matches; `folders` and `file` are in lower case.
    #[must_use]
    pub fn matches(&self, folders: &[&[u8]], file: &[u8]) -> bool {
        let (wanted, last) = match (self.is_folder, self.names.split_last()) {
            (false, Some((last, wanted))) => (wanted, Some(last)),
            _ => (&self.names[..], None),
        };
        if last.is_some_and(|last| !name_matches(last.as_bytes(), file)) || wanted.len() > folders.len() {
            return false;
        }
        let in_row = |start: usize| {
            let row = &folders[start..start + wanted.len()];
            row.iter().zip(wanted).all(|(name, pattern)| name_matches(pattern.as_bytes(), name))
        };
        match (self.is_rooted, last.is_some()) {
            (true, true) => wanted.len() == folders.len() && in_row(0),
            (true, false) => in_row(0),
            (false, true) => in_row(folders.len() - wanted.len()),
            (false, false) => (0..=folders.len() - wanted.len()).any(in_row),
        }
    }

    /// The pattern as something to look up, when it is as simple as that.
    #[must_use]
    pub fn simple(&self) -> Option<Simple<'_>> {
        let [name] = &self.names[..] else { return None };
        if self.is_rooted {
            return None;
        }
        match (name.contains('*'), self.is_folder) {
            (false, true) => Some(Simple::Folder(name)),
            (false, false) => Some(Simple::File(name)),
            (true, false) if name.starts_with("*.") && !name[1..].contains('*') => Some(Simple::Extension(&name[1..])),
            _ => None,
        }
    }
}

/// Whether a name matches; a `*` takes as little as it can, and more when the rest needs it.
fn name_matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut in_name) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while in_name < name.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, in_name));
            at += 1;
        } else if pattern.get(at) == Some(&name[in_name]) {
            at += 1;
            in_name += 1;
        } else if let Some((of_star, taken)) = star {
            star = Some((of_star, taken + 1));
            at = of_star + 1;
            in_name = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|&byte| byte == b'*')
}

impl FromStr for PathPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.to_ascii_lowercase();
        let (is_rooted, inner) = lower.strip_prefix('/').map_or((false, &lower[..]), |rest| (true, rest));
        let (is_folder, inner) = inner.strip_suffix('/').map_or((false, inner), |rest| (true, rest));
        let names: Vec<String> = inner.split('/').map(str::to_owned).collect();
        let says = |what: &str| Err(format!("`{text}` can't be a path pattern: {what}"));
        if names.iter().any(|name| matches!(&name[..], "" | "." | "..")) {
            return says("write names with one `/` between them, such as `tests/` or `ci/*.sh`");
        }
        if names.iter().any(|name| name.contains("**")) {
            return says("`*` stands within one name; a folder anywhere is `name/`");
        }
        if lower.contains(['\\', '?', '[', ']', '{', '}']) {
            return says("only `*` stands for other characters");
        }
        if names.iter().any(|name| name == "*") && (names.len() == 1) {
            return says("it would match everything");
        }
        Ok(Self { names, is_rooted, is_folder })
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = if self.is_rooted { "/" } else { "" };
        let end = if self.is_folder { "/" } else { "" };
        write!(f, "{root}{}{end}", self.names.join("/"))
    }
}

impl Serialize for PathPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PathPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let mut folders: Vec<&[u8]> = path.split('/').map(str::as_bytes).collect();
        let file = folders.pop().unwrap();
        pattern.parse::<PathPattern>().unwrap().matches(&folders, file)
    }

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, path, expected) in [
            ("tests/", "a/tests/b/c.py", true),
            ("tests/", "tests", false),
            ("tests/", "a/mytests/c.py", false),
            ("Tests/", "tests/c.py", true),
            ("/docs/", "docs/a.py", true),
            ("/docs/", "a/docs/a.py", false),
            ("a/b/", "x/a/b/c", true),
            ("a/b/", "x/a/c/b/c", false),
            ("a/b/", "a", false),
            ("test_*.py", "x/test_a.py", true),
            ("test_*.py", "x/contest_a.py", false),
            ("*_test.cc", "x/a_test.cc", true),
            ("ci/*.sh", "x/ci/a.sh", true),
            ("ci/*.sh", "x/ci/y/a.sh", false),
            ("/setup.py", "setup.py", true),
            ("/setup.py", "x/setup.py", false),
            ("*-tests/", "a/burn-tests/b.rs", true),
            ("*a*b*", "xxaxxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in ["", "/", "a//b", "**/a", "a?", "[ab]", "*", "*/", "../a", "./a", "a\\b"] {
            assert!(text.parse::<PathPattern>().is_err(), "{text}");
        }
    }
}
