//! What each folder may know: the tables, and the faults of a file that doesn't keep to them.

use crate::rust::{Mention, blank, mentions, test_attribute, tokens};

/// Each folder of `src` with what it may import, in the order in which data flows; its own parts always.
/// A name with `::` opens only that part of the folder.
pub const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("plain", &[]),
    ("data", &["plain"]),
    ("source", &["plain", "data"]),
    ("mine", &["plain", "data", "source"]),
    ("people", &["plain", "data"]),
    ("metrics", &["plain", "data", "people"]),
    // What is written by hand, for the names of things in expressions; never what was mined.
    ("figures", &["plain", "data::publication", "data::registry", "metrics"]),
    ("forecast", &["plain", "data"]),
    // What was sealed: the meanings of metrics and the predictions are part of it, figures are texts in it.
    ("seal", &["plain", "data", "metrics::catalogue", "forecast"]),
    ("charts", &["plain"]),
    // What was written by hand, for the names of things; the words of a text, never a page.
    ("check", &["plain", "data::registry", "metrics", "figures"]),
    ("pages", &["plain", "data", "metrics", "figures", "forecast", "seal", "charts", "check"]),
    // A text for an editor, from figures and from what became of predictions.
    ("draft", &["plain", "data::publication", "data::registry", "metrics", "figures", "pages::predictions"]),
    ("publish", &["plain"]),
    // Faults and the lines that they are about; of pages how text becomes markup, never a site.
    ("serve", &["plain", "data::document", "pages::wording"]),
    (
        "command",
        &[
            "plain", "data", "source", "mine", "people", "metrics", "figures", "forecast", "seal", "charts", "check",
            "pages", "draft", "publish", "serve",
        ],
    ),
];

/// What `src/main.rs` may name.
const MAIN_MAY_IMPORT: &[&str] = &["plain", "command"];

/// Things from outside, and the only folders that may use them. Test code is free to, but for the network.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("gix", &["mine"]),
    ("std::process::Command", &["source"]),
    ("plotters", &["charts"]),
    ("plotters_backend", &["charts"]),
    ("resvg", &["charts"]),
    ("skrifa", &["charts"]),
    ("damascene_fonts_inter", &["charts"]),
    ("minijinja", &["pages"]),
    ("pulldown_cmark", &["pages"]),
    ("css_inline", &["pages"]),
    ("mail_builder", &["pages"]),
    ("httparse", &["serve"]),
    ("notify", &["serve"]),
    // The loopback, for who previews a site on the same machine.
    (NETWORK, &["serve"]),
];

const NETWORK: &str = "std::net";

/// Readings of the clock, by the ends of their paths; a build is a function of its files.
const CLOCKS: &[&str] = &["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "SystemTime::elapsed"];

/// The only folder that may read the clock: it notes when a fetch succeeded.
const CLOCK_FOLDER: &str = "source";

/// No file of the program or its tests is longer.
const LONGEST: usize = 500;

/// Words of unfinished work, as the signs they are made of.
const UNFINISHED: &[&[&str]] = &[
    &["dbg", "!"],
    &["todo", "!"],
    &["unimplemented", "!"],
    &["#", "[", "ignore"],
    &["allow", "(", "dead_code"],
    &["expect", "(", "dead_code"],
];

/// A Rust file.
pub struct Source<'a> {
    /// Relative to the project, with `/`.
    pub file: &'a str,
    pub text: &'a str,
    /// Whether only tests compile it.
    pub is_test: bool,
}

/// The files that other files declare as `#[cfg(test)] mod name;`, without their `.rs`.
pub fn test_modules<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in files {
        let stem = file.trim_end_matches(".rs");
        let folder = stem.strip_suffix("/mod").or(stem.strip_suffix("/lib")).unwrap_or(stem);
        let blanked = blank(text);
        let tokens = tokens(&blanked);
        for at in 0..tokens.len() {
            let Some(length) = test_attribute(&tokens[at..]) else { continue };
            let words: Vec<&str> = tokens[at + length..].iter().take(3).map(|token| token.text).collect();
            if let ["mod", name, ";"] = words[..] {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found
}

/// Everything wrong with imports in a file of `src`.
pub fn import_faults(source: &Source) -> Vec<String> {
    let file = source.file;
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    let module: Vec<&str> = inner.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).collect();
    let folder = module.first().copied().unwrap_or_default();
    let allowed = match (folder, inner) {
        ("", "main") => MAIN_MAY_IMPORT,
        ("", _) => &[],
        _ => match MAY_IMPORT.iter().find(|(name, _)| *name == folder) {
            Some((_, allowed)) => allowed,
            None => return vec![format!("{file}: `{folder}` isn't in the table of folders; say what it may import")],
        },
    };
    let mut faults = Vec::new();
    for mention in mentions(source.text, &module) {
        let who = if folder.is_empty() { inner } else { folder };
        let fault = if mention.path[0] == "crate" {
            inside_fault(who, allowed, &mention)
        } else {
            outside_fault(who, source.is_test, &mention)
        };
        faults.extend(fault.map(|fault| format!("{file}:{}: {fault}", mention.line)));
    }
    faults
}

fn inside_fault(folder: &str, allowed: &[&str], mention: &Mention) -> Option<String> {
    let path = &mention.path[1..];
    let [target, ..] = path else { return Some("names the whole crate".to_owned()) };
    let is_folder = MAY_IMPORT.iter().any(|(name, _)| name == target) || target == "*";
    let is_allowed = target == folder || allowed.iter().any(|prefix| begins(path, prefix));
    (is_folder && !is_allowed)
        .then(|| format!("`{folder}` names `{}`, against the flow of data", mention.path.join("::")))
}

fn outside_fault(folder: &str, is_test: bool, mention: &Mention) -> Option<String> {
    let in_tests = mention.in_tests || is_test;
    let spelled = mention.path.join("::");
    if is_clock(&mention.path) && folder != CLOCK_FOLDER && !in_tests {
        return Some(format!("`{folder}` reads the clock with `{spelled}`; only `{CLOCK_FOLDER}` may"));
    }
    let (thing, folders) = ONLY_IN.iter().find(|(thing, _)| begins(&mention.path, thing))?;
    let is_free = folders.contains(&folder) || in_tests && *thing != NETWORK;
    (!is_free).then(|| format!("`{folder}` uses `{spelled}`, which is for {}", listed(folders)))
}

fn listed(folders: &[&str]) -> String {
    format!("`{}` alone", folders.join("`, `"))
}

/// Whether a path is `prefix` or lies in it; a glob lies in everything that it may bring.
fn begins(path: &[String], prefix: &str) -> bool {
    let prefix: Vec<&str> = prefix.split("::").collect();
    let is_glob = path.last().is_some_and(|last| last == "*");
    let stem = if is_glob { &path[..path.len() - 1] } else { path };
    let common = stem.iter().zip(&prefix).take_while(|(a, b)| a == b).count();
    common == prefix.len() || is_glob && common == stem.len() && common > 0
}

fn is_clock(path: &[String]) -> bool {
    CLOCKS.iter().any(|clock| {
        let ends: Vec<&str> = clock.split("::").collect();
        path.len() >= ends.len() && path[path.len() - ends.len()..] == ends[..]
    })
}

/// Words of unfinished work in a Rust file, and `unwrap` in code that isn't a test's.
pub fn unfinished_faults(source: &Source) -> Vec<String> {
    let file = source.file;
    let blanked = blank(source.text);
    let tokens = tokens(&blanked);
    let mut faults = Vec::new();
    let mut tests_began = false;
    for at in 0..tokens.len() {
        let rest = &tokens[at..];
        let is = |signs: &[&str]| {
            rest.len() >= signs.len() && rest.iter().zip(signs).all(|(token, sign)| token.text == *sign)
        };
        for signs in UNFINISHED {
            if is(signs) {
                faults.push(format!("{file}:{}: `{}` doesn't belong into finished work", rest[0].line, signs.concat()));
            }
        }
        if source.is_test {
            continue;
        }
        // By custom the tests of a file stand last in it.
        tests_began |= test_attribute(rest).is_some();
        if !tests_began && is(&[".", "unwrap", "(", ")"]) {
            faults.push(format!("{file}:{}: `unwrap` should be an `expect` that says why it can't fail", rest[0].line));
        }
    }
    faults
}

/// A file that grew too long.
pub fn length_fault(file: &str, source: &str) -> Option<String> {
    let lines = source.lines().count();
    (lines > LONGEST).then(|| format!("{file}: {lines} lines; a file has {LONGEST} at most, split it by its nouns"))
}

/// Folders that exist on one machine only; built from parts, so that this file doesn't hold what it looks for.
pub fn machine_folders() -> Vec<String> {
    ["home", "root", "Users", "work", "tmp/wt", "tmp/tgt"].iter().map(|name| format!("/{name}/")).collect()
}

/// Paths of a home or work folder in a tracked file's text.
pub fn machine_faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for folder in machine_folders() {
            // `docs/work/` and `example.org/home/` are addresses of something else.
            let is_absolute =
                |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~})*/".contains(c));
            if line.match_indices(&folder).any(|(at, _)| is_absolute(at)) {
                faults.push(format!("{file}:{}: `{folder}` is a folder of one machine", number + 1));
            }
        }
    }
    faults
}
