//! Changes in the text of a hand-written YAML file, so that its comments and its order stay.
//!
//! These functions know the common ways to write a list and no more. Who calls them parses the result and compares it
//! with what was meant, so a way of writing that isn't known is refused and never spoilt.

use std::ops::Range;

/// Byte offset of a line and column, both counted from 1, columns in characters.
#[must_use]
pub fn offset(text: &str, line: u64, column: u64) -> usize {
    let count = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let begin: usize = text.split_inclusive('\n').take(count(line)).map(str::len).sum();
    begin + text[begin..].chars().take(count(column)).map(char::len_utf8).sum::<usize>()
}

/// Adds an item to the list under a key of the top level; the key is added when there is none.
///
/// `item` is what stands after the dash; its further lines are indented by two more than the dash.
#[must_use]
pub fn append(text: &str, key: &str, item: &str) -> String {
    let eol = line_end(text);
    let Some((value, end)) = value_of(text, key) else {
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { eol };
        return format!("{text}{gap}{key}:{eol}{}", dashed(0, item, eol));
    };
    let open = value + text[value..end].len() - text[value..end].trim_start().len();
    if !text[open..end].starts_with('[') {
        return after_block(text, end, item);
    }
    let close = element(text, open).end;
    let inside = elements(text, open).unwrap_or_default();
    match inside.last() {
        None => {
            let rest = text[close..].find('\n').map_or(text.len(), |at| close + at + 1);
            let gap = if text[..rest].ends_with('\n') { "" } else { eol };
            format!("{}{}{gap}{}{}", text[..open].trim_end(), &text[close..rest], dashed(0, item, eol), &text[rest..])
        }
        Some(&last) => {
            let at = element(text, last).end;
            format!("{}, {item}{}", &text[..at], &text[at..])
        }
    }
}

/// Writes `[]` where the last item of a list under a key of the top level was removed.
#[must_use]
pub fn close(text: &str, key: &str) -> String {
    match value_of(text, key) {
        Some((value, end)) if !text[value..end].trim_start().starts_with('[') => {
            format!("{} []{}", &text[..value], &text[value..])
        }
        _ => text.to_owned(),
    }
}

/// Where the value of a key of the top level can begin, and where the key's line ends.
fn value_of(text: &str, key: &str) -> Option<(usize, usize)> {
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':'));
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])) {
            return Some((begin + key.len() + 1, begin + line.len()));
        }
        begin += line.len();
    }
    None
}

/// Adds an item to the list whose last item stands at `last`. None when the list is written in a way not known here.
#[must_use]
pub fn append_after(text: &str, last: usize, item: &str) -> Option<String> {
    let line = text[..last].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..last].trim_end();
    if before.ends_with([',', '[']) || before.is_empty() {
        let at = element(text, last).end;
        return Some(format!("{}, {item}{}", &text[..at], &text[at..]));
    }
    let indent = before.strip_suffix('-').filter(|blank| blank.trim().is_empty())?.len();
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let end = end_of_block(text, end, |depth, _| depth > indent);
    let eol = line_end(text);
    let gap = if text[..end].ends_with('\n') { "" } else { eol };
    Some(format!("{}{gap}{}{}", &text[..end], dashed(indent, item, eol), &text[end..]))
}

/// Removes the item of a list that stands at `at`; its comments stay. None when that would need more than its own text.
#[must_use]
pub fn remove(text: &str, at: usize) -> Option<String> {
    let Range { end, .. } = element(text, at);
    if comments(&text[at..end]) {
        return None;
    }
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..at].trim_end();
    if let Some(indent) = before.strip_suffix('-') {
        if !indent.trim().is_empty() {
            return None;
        }
        let stop = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let rest = text[end..stop].trim_start_matches([' ', '\t']);
        let kept = if rest.trim().is_empty() { String::new() } else { format!("{indent}{rest}") };
        return Some(format!("{}{kept}{}", &text[..line], &text[stop..]));
    }
    let behind = text[end..].trim_start();
    if let Some(behind) = behind.strip_prefix(',') {
        let next = text.len() - behind.trim_start_matches(' ').len();
        return Some(format!("{}{}", &text[..at], &text[next..]));
    }
    let begin = text[..at].trim_end().strip_suffix(',').map_or(at, str::len);
    Some(format!("{}{}", &text[..begin], &text[end..]))
}

/// Where the items of the list in brackets at `open` begin; none when no list in brackets stands there.
#[must_use]
pub fn elements(text: &str, open: usize) -> Option<Vec<usize>> {
    if !text[open..].starts_with('[') {
        return None;
    }
    let mut found = Vec::new();
    let mut at = open + 1;
    loop {
        let rest = &text[at..];
        match rest.chars().next()? {
            ']' => return Some(found),
            '#' => at += rest.find('\n')?,
            c if c == ',' || c.is_whitespace() => at += c.len_utf8(),
            _ => {
                found.push(at);
                at = element(text, at).end.max(at + 1);
            }
        }
    }
}

/// The text of the item that begins at an offset: up to the bracket or quote that closes it, else up to a sign that
/// ends a plain one.
fn element(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let end = match rest.chars().next() {
        Some('[' | '{') => closed(rest),
        Some(quote @ ('\'' | '"')) => quoted(rest, quote),
        _ => {
            let line = rest.lines().next().unwrap_or_default();
            let end = line.find([',', ']', '}']).unwrap_or(line.len());
            let end = line[..end].find(" #").unwrap_or(end);
            line[..end].trim_end().len()
        }
    };
    at..at + end
}

/// The length of a text in quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && quote == '"' && !escaped;
    }
    text.len()
}

/// The length of a text in brackets.
fn closed(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' if depth == 1 => return at + 1,
            ']' | '}' => depth -= 1,
            '\'' | '"' => {
                at += quoted(&text[at..], c);
                continue;
            }
            '#' if text[..at].ends_with([' ', '\n', '\t']) => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    text.len()
}

/// Whether there is a comment in the text of an item.
fn comments(text: &str) -> bool {
    text.contains(" #") || text.contains("\n#") || text.contains("\t#")
}

/// Adds an item to a list of dashes of the top level, whose first line begins at `from`.
fn after_block(text: &str, from: usize, item: &str) -> String {
    let eol = line_end(text);
    let indent = text[from..].lines().find(|line| line.trim_start().starts_with('-'));
    let indent = indent.map_or(0, |line| line.len() - line.trim_start().len());
    let end = end_of_block(text, from, |depth, line| depth > 0 || line.starts_with("- ") || line.trim_end() == "-");
    let gap = if text[..end].ends_with('\n') { "" } else { eol };
    format!("{}{gap}{}{}", &text[..end], dashed(indent, item, eol), &text[end..])
}

/// The end of the last line with content among those from `from` on that belong to a block. Comments after it may be
/// about what follows.
fn end_of_block(text: &str, from: usize, belongs: impl Fn(usize, &str) -> bool) -> usize {
    let mut end = from;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        at += line.len();
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if !belongs(line.len() - content.len(), line) {
            break;
        }
        end = at;
    }
    end
}

fn dashed(indent: usize, item: &str, eol: &str) -> String {
    let blank = " ".repeat(indent);
    let lines =
        item.lines().enumerate().map(|(at, line)| format!("{blank}{}{line}{eol}", if at == 0 { "- " } else { "  " }));
    lines.collect()
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_goes_to_the_end_of_its_list_however_it_is_written() {
        for (text, expected) in [
            ("", "k:\n- x\n"),
            ("# why\nj: 1", "# why\nj: 1\nk:\n- x\n"),
            ("k:\n", "k:\n- x\n"),
            ("k: []  # none\nj: 1\n", "k:  # none\n- x\nj: 1\n"),
            ("k: [a, [b]] # two\n", "k: [a, [b], x] # two\n"),
            ("k: [\n  a, # one\n  b, # two\n]\n", "k: [\n  a, # one\n  b, x, # two\n]\n"),
            ("k:\n- a # one\n# next\nj: 1\n", "k:\n- a # one\n- x\n# next\nj: 1\n"),
            ("k:\n  - a\n  -\n    - b\n\nj: 1\n", "k:\n  - a\n  -\n    - b\n  - x\n\nj: 1\n"),
            ("k:\r\n- a\r\n", "k:\r\n- a\r\n- x\r\n"),
            ("kk: 1\nk:\n- a", "kk: 1\nk:\n- a\n- x\n"),
        ] {
            assert_eq!(append(text, "k", "x"), expected, "{text:?}");
        }
        assert_eq!(append("k:\n- a: 1\n", "k", "a: 2\nb: 3"), "k:\n- a: 1\n- a: 2\n  b: 3\n");
    }

    #[test]
    fn an_item_goes_after_the_last_one() {
        for (text, last, expected) in [
            ("- n:\n  - a # one\n- m: 1\n", "a", Some("- n:\n  - a # one\n  - x\n- m: 1\n")),
            ("- n:\n  - a: 1\n    c: 2\n- m: 1\n", "a:", Some("- n:\n  - a: 1\n    c: 2\n  - x\n- m: 1\n")),
            ("- {n: [b, 'a']}\n", "'a'", Some("- {n: [b, 'a', x]}\n")),
            ("n:\n- - a\n", "a", None),
        ] {
            assert_eq!(append_after(text, text.find(last).unwrap(), "x").as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn an_item_is_removed_and_the_comments_stay() {
        for (text, item, expected) in [
            ("k:\n- a\n- [b, c] # both\n- d\n", "[b", Some("k:\n- a\n# both\n- d\n")),
            ("k:\n  # of b\n  - b\n  - c\n", "b\n  - c", Some("k:\n  # of b\n  - c\n")),
            ("k: [a, b, c]\n", "b", Some("k: [a, c]\n")),
            ("k: [a, b, 'c, d']\n", "'c", Some("k: [a, b]\n")),
            ("k: [[a, b]]\n", "[a", Some("k: []\n")),
            ("k:\n- - a\n  - b\n", "a", None),
            ("k:\n- [a, # one\n   b]\n", "[a", None),
        ] {
            assert_eq!(remove(text, text.find(item).unwrap()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn items_in_brackets_are_found_past_quotes_and_comments() {
        let text = "[a, 'b, ]', # c, ]\n {d: [e]}, \"f\\\"\"]";
        let found: Vec<&str> = elements(text, 0).unwrap().iter().map(|&at| &text[element(text, at)]).collect();
        assert_eq!(found, ["a", "'b, ]'", "{d: [e]}", "\"f\\\"\""]);
        assert_eq!(elements("a", 0), None);
        assert_eq!(offset("ä: 1\nöb", 2, 2), 8);
    }
}
