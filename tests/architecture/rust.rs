//! Reads Rust source well enough to know which paths it names, and where.

use std::collections::BTreeMap;

/// A path that a file names, spelled out from `crate` or from another crate's name.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
    /// Whether it stands in code that only tests compile.
    pub in_tests: bool,
}

/// A word or a sign, with the line it stands on.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    pub line: usize,
}

/// The source with the insides of comments, strings and characters made blank; lines stay where they are.
pub fn blank(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = end_of_text(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where the comment or literal that begins at `at` ends; `at` itself when none begins there.
fn end_of_text(chars: &[char], at: usize) -> usize {
    let peek = |ahead: usize| chars.get(at + ahead).copied().unwrap_or('\0');
    match (chars[at], peek(1)) {
        ('/', '/') => chars[at..].iter().position(|&c| c == '\n').map_or(chars.len(), |length| at + length),
        ('/', '*') => end_of_block(chars, at),
        ('"', _) => end_of_quoted(chars, at, '"'),
        // A lifetime has no closing quote two characters on.
        ('\'', '\\') => end_of_quoted(chars, at, '\''),
        ('\'', _) if peek(2) == '\'' => at + 3,
        ('r', '"' | '#') if at == 0 || !is_word(chars[at - 1]) || matches!(chars[at - 1], 'b' | 'c') => {
            let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
            let open = at + 1 + hashes;
            if chars.get(open) != Some(&'"') {
                return at; // `r#type` is a word.
            }
            let closes = |from: usize| chars[from] == '"' && chars[from + 1..].iter().take(hashes).all(|&c| c == '#');
            (open + 1..chars.len()).find(|&from| closes(from)).map_or(chars.len(), |from| from + 1 + hashes)
        }
        _ => at,
    }
}

fn end_of_block(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_quoted(chars: &[char], at: usize, quote: char) -> usize {
    let mut at = at + 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The words and signs of a blanked source; `::` is one sign.
pub fn tokens(blanked: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (number, text) in blanked.lines().enumerate() {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = match first {
                _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                _ => first.len_utf8(),
            };
            found.push(Token { text: &rest[..length], line: number + 1 });
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// How many tokens make up the attribute that begins here, if it has only tests compile what follows:
/// `#[cfg(test)]`, `#[cfg(all(test, unix))]`.
pub fn test_attribute(tokens: &[Token]) -> Option<usize> {
    let starts = |signs: &[&str]| tokens.iter().map(|token| token.text).take(signs.len()).eq(signs.iter().copied());
    if !starts(&["#", "[", "cfg", "("]) {
        return None;
    }
    let length = tokens.iter().position(|token| token.text == "]")? + 1;
    let has = |word: &str| tokens[..length].iter().any(|token| token.text == word);
    (has("test") && !has("not") && !has("any")).then_some(length)
}

/// Every path that a file names; `module` is the file's own, without `crate`.
pub fn mentions(source: &str, module: &[&str]) -> Vec<Mention> {
    let blanked = blank(source);
    let tokens = tokens(&blanked);
    let mut reader = Reader { tokens: &tokens, found: Vec::new(), imports: BTreeMap::new() };
    reader.read(module);
    reader.resolve()
}

struct Raw {
    path: Vec<String>,
    module: Vec<String>,
    line: usize,
    in_tests: bool,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    found: Vec<Raw>,
    /// What the file calls an imported thing, and what it is.
    imports: BTreeMap<String, Vec<String>>,
}

/// A pair of braces that is a module's, or holds what only tests compile.
struct Room {
    depth: usize,
    is_module: bool,
    is_test: bool,
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn read(&mut self, module: &[&str]) {
        let mut module: Vec<String> = module.iter().map(ToString::to_string).collect();
        let mut rooms: Vec<Room> = Vec::new();
        let (mut depth, mut at, mut test_ahead) = (0, 0, false);
        while at < self.tokens.len() {
            let in_tests = test_ahead || rooms.iter().any(|room| room.is_test);
            match self.text(at) {
                "#" => {
                    if let Some(length) = test_attribute(&self.tokens[at..]) {
                        test_ahead = true;
                        at += length - 1;
                    }
                }
                ";" => test_ahead = false,
                "{" => {
                    depth += 1;
                    let is_module = at >= 2 && self.text(at - 2) == "mod";
                    if is_module {
                        module.push(self.text(at - 1).to_owned());
                    }
                    if is_module || test_ahead {
                        rooms.push(Room { depth, is_module, is_test: test_ahead });
                    }
                    test_ahead = false;
                }
                "}" => {
                    if let Some(room) = rooms.pop_if(|room| room.depth == depth)
                        && room.is_module
                    {
                        module.pop();
                    }
                    depth = depth.saturating_sub(1);
                }
                "use" => {
                    at = self.tree(at + 1, &[], &module, in_tests, true) - 1;
                }
                word if word.chars().all(is_word) && self.text(at + 1) == "::" => {
                    at = self.tree(at, &[], &module, in_tests, false) - 1;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads one path or tree of paths at `at`; returns where it ends.
    fn tree(&mut self, at: usize, prefix: &[String], module: &[String], in_tests: bool, import: bool) -> usize {
        let mut path = prefix.to_vec();
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        let mut at = if self.text(at) == "::" { at + 1 } else { at };
        loop {
            let word = self.text(at);
            if word == "{" && import {
                at += 1;
                while !matches!(self.text(at), "}" | "") {
                    at = self.tree(at, &path, module, in_tests, import).max(at + 1);
                    at += usize::from(self.text(at) == ",");
                }
                return at + 1;
            }
            if word.is_empty() || !(word == "*" && import || word.chars().all(is_word)) {
                break;
            }
            // `use a::{self}` names `a`.
            if word != "self" || path.is_empty() {
                path.push(word.to_owned());
            }
            at += 1;
            if self.text(at) != "::" {
                break;
            }
            at += 1;
        }
        // `impl Trait + use<'a>` imports nothing.
        if path.is_empty() {
            return at;
        }
        if import {
            let mut name = path.last().cloned().unwrap_or_default();
            if self.text(at) == "as" {
                self.text(at + 1).clone_into(&mut name);
                at += 2;
            }
            self.imports.insert(name, absolute(&path, module));
        }
        self.found.push(Raw { path, module: module.to_vec(), line, in_tests });
        at
    }

    fn resolve(self) -> Vec<Mention> {
        let spelled = |raw: Raw| {
            let mut path = absolute(&raw.path, &raw.module);
            // An import may rest on another one of the same file; few do, and never in a circle.
            for _ in 0..3 {
                let Some(import) = path.first().and_then(|first| self.imports.get(first)) else { break };
                if import.first() == path.first() {
                    break;
                }
                path.splice(..1, import.iter().cloned());
            }
            Mention { path, line: raw.line, in_tests: raw.in_tests }
        };
        self.found.into_iter().map(spelled).collect()
    }
}

/// A path with `crate`, `self`, `super` and this crate's own name resolved; others stay as they are.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|word| *word == "super" || *word == "self").count();
    let inside = |kept: &[String], rest: &[String]| {
        let root = std::iter::once("crate".to_owned());
        root.chain(kept.iter().cloned()).chain(rest.iter().cloned()).collect()
    };
    if ups > 0 {
        let supers = path[..ups].iter().filter(|word| *word == "super").count();
        return inside(&module[..module.len().saturating_sub(supers)], &path[ups..]);
    }
    match path.first().map(String::as_str) {
        Some("crate" | "signal") => inside(&[], &path[1..]),
        _ => path.to_vec(),
    }
}
