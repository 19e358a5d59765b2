//! The subject of a commit: tags at its beginning, and the words after them.

use crate::data::phrase::runs;

/// A subject, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Words of each tag, from left to right: `[CI/Build] fix(deps)!: x` has `ci`, `build`, `fix` and `deps`.
    pub tags: Vec<Vec<String>>,
    /// The words that follow.
    pub words: Vec<String>,
    /// All words of the line, for when those say nothing: a clause before a colon isn't always a tag.
    pub line: Vec<String>,
}

/// A longer text before a colon is a clause and no tag.
const LONGEST_TAG: usize = 40;

/// More colons than that and it is a listing.
const MOST_HEADS: usize = 4;

/// The first line that isn't empty; bytes that are no text stand as replacement characters.
#[must_use]
pub fn first_line(message: &[u8]) -> String {
    let line = message.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty());
    String::from_utf8_lossy(line.unwrap_or_default()).into_owned()
}

impl Subject {
    /// Takes the subject of a message apart.
    #[must_use]
    pub fn parse(message: &[u8]) -> Self {
        let line = first_line(message);
        let mut rest = without_noise(&line);
        let mut tags = Vec::new();
        let mut heads = 0;
        loop {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '"' | '('));
            if let Some((inner, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
                push(&mut tags, inner);
                rest = after;
            } else if let Some((head, after)) = head(rest).filter(|_| heads < MOST_HEADS) {
                push(&mut tags, head);
                rest = after;
                heads += 1;
            } else if let Some((word, after)) = reland(rest) {
                // What is landed again is what it was the first time.
                rest = without_noise(after.trim_start_matches(['"', ' ', ':']));
                tags.push(vec![word.to_owned()]);
            } else {
                return Self { tags, words: runs(rest), line: runs(&line) };
            }
        }
    }
}

/// What stands before a colon, when it looks like a tag: few words, a scope in parentheses perhaps.
fn head(text: &str) -> Option<(&str, &str)> {
    let (head, after) = text.split_once(':')?;
    let is_address = after.starts_with("//") || after.starts_with(':');
    let is_tag = head.len() <= LONGEST_TAG
        && !head.is_empty()
        && head.chars().all(|c| c.is_alphanumeric() || "-_/ .,&+()!*`#@|".contains(c))
        && runs(head).len() <= 4;
    (is_tag && !is_address).then_some((head, after))
}

fn reland(text: &str) -> Option<(&'static str, &str)> {
    let word = ["reland", "reapply", "re-land", "relanding", "wip"].into_iter().find(|word| {
        text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
            && text[word.len()..].starts_with([' ', ':', '"'])
    })?;
    Some((word, &text[word.len()..]))
}

/// Without what forges and import tools put in front: `PR #12: `, `owner/project!12 - `.
fn without_noise(line: &str) -> &str {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("PR #") {
        return rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches([':', ' ']);
    }
    if let Some((before, after)) = line.split_once(" - ")
        && let Some((project, number)) = before.split_once('!')
        && !project.contains(' ')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return after;
    }
    line
}

/// A tag as a whole, and each of its parts.
fn push(tags: &mut Vec<Vec<String>>, tag: &str) {
    let whole = runs(tag);
    let parts: Vec<Vec<String>> =
        tag.split(['/', ',', '|', ':', '&', '+', '(', ')']).map(runs).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        tags.extend(parts);
    } else if !whole.is_empty() {
        tags.push(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(subject: &str) -> (String, String) {
        let subject = Subject::parse(subject.as_bytes());
        let tags: Vec<String> = subject.tags.iter().map(|tag| tag.join(" ")).collect();
        (tags.join("|"), subject.words.join(" "))
    }

    #[test]
    fn tags_are_found_at_the_beginning_only() {
        for (subject, tags, words) in [
            ("feat: add beams", "feat", "add beams"),
            ("fix(ops)!: round half to even", "fix|ops", "round half to even"),
            ("[CI/Build] Shorter logs", "ci|build", "shorter logs"),
            ("[BugFix][Kernel] Fix tail", "bugfix|kernel", "fix tail"),
            ("[`Docs`] Say how", "docs", "say how"),
            ("cuda : fix rope (#12)", "cuda", "fix rope 12"),
            ("x64: tests: more seeds", "x64|tests", "more seeds"),
            ("PR #77: [GPU] Fuse it", "gpu", "fuse it"),
            ("group/project!123 - ci: Fewer runners", "ci", "fewer runners"),
            ("Reland \"[Perf] Unroll\"", "reland|perf", "unroll"),
            ("See https://example.org for it", "", "see https example org for it"),
            ("Use std::vector for rows", "", "use std vector for rows"),
            (
                "Make it possible to say what a rule means in a file: like this",
                "",
                "make it possible to say what a rule means in a file like this",
            ),
            ("  \n\n  Second line: x\nbody", "second line", "x"),
            ("", "", ""),
            ("[open", "", "open"),
        ] {
            assert_eq!(parts(subject), (tags.to_owned(), words.to_owned()), "{subject}");
        }
    }
}
