//! Finds `{{ … }}` in markdown, outside code and comments, and puts placeholders in their place.
//!
//! A placeholder is as long as its expression in bytes: one private-use character that says which expression it
//! stands for, then letters. Markdown takes it for a word, and every offset stays that of the editor's file.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::manuscript::Manuscript;
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

/// What the markdown of a publication may contain.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

const FIRST_MARK: u32 = 0xF_0000;
const LAST_MARK: u32 = 0xF_FFFD;
const PADDING: char = 'x';

/// A text whose expressions have become placeholders.
#[derive(Clone, Debug)]
pub struct Scanned {
    /// As long as the file, with blanks for the front matter.
    pub text: String,
    /// The expressions, in order.
    pub expressions: Vec<Expression>,
}

/// Where an expression stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// With its braces, in bytes.
    pub range: Range<usize>,
}

impl Expression {
    /// What stands between the braces, in bytes.
    #[must_use]
    pub fn inner(&self) -> Range<usize> {
        self.range.start + 2..self.range.end - 2
    }
}

/// The number of the expression that a character stands for.
#[must_use]
pub fn marked(c: char) -> Option<usize> {
    let code = u32::from(c);
    (FIRST_MARK..=LAST_MARK).contains(&code).then(|| (code - FIRST_MARK) as usize)
}

fn placeholder(number: usize, length: usize) -> Option<String> {
    let code = FIRST_MARK + u32::try_from(number).ok()?;
    let mark = char::from_u32(code).filter(|_| code <= LAST_MARK)?;
    let padding = length - mark.len_utf8();
    Some(std::iter::once(mark).chain(std::iter::repeat_n(PADDING, padding)).collect())
}

/// Finds all expressions.
pub fn scan(manuscript: &Manuscript) -> Result<Scanned> {
    let mut faults = Collector::default();
    let mut text = manuscript.blanked();
    let mut expressions: Vec<Expression> = Vec::new();
    let mut silent = silent_ranges(&text);
    let mut at = manuscript.body;
    while let Some(open) = next_opening(&text, at) {
        if let Some(range) = silent.iter().find(|range| range.contains(&open)) {
            at = range.end;
        } else if text[open..].starts_with("{%") {
            let message = "content knows values, not statements";
            let hint = "write `{{ … }}`; a literal `{%` goes into backticks";
            faults.push(manuscript.fault(Kind::Content, open..open + 2, message).hint(hint));
            at = open + 2;
        } else if let Some(end) = closing(&text, open) {
            let Some(placeholder) = placeholder(expressions.len(), end - open) else {
                let message = "this file has more expressions than can be told apart";
                faults.push(manuscript.fault(Kind::Content, open..end, message).hint("split it into several"));
                break;
            };
            // These may have looked like code or comments, and don't any more.
            let misleading = text[open..end].contains(['`', '~', '<', '\\', '\n']);
            text.replace_range(open..end, &placeholder);
            if misleading {
                silent = silent_ranges(&text);
            }
            expressions.push(Expression { range: open..end });
            at = end;
        } else {
            let message = "this `{{` is never closed";
            let hint = "close it with `}}`, and every quote in it, before the paragraph ends; a literal `{{` goes into backticks";
            faults.push(manuscript.fault(Kind::Content, open..open + 2, message).hint(hint));
            at = open + 2;
        }
    }
    faults.finish(Scanned { text, expressions })
}

/// The next `{{` or `{%` that no backslash makes literal.
fn next_opening(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1)).find(|&at| {
        let is_literal = || bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1;
        bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%') && !is_literal()
    })
}

/// The end of the expression that opens at `open`: after its `}}`, outside strings and inner braces.
fn closing(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut depth = 0_usize;
    let mut at = open + 2;
    while let Some(&byte) = bytes.get(at) {
        let doubled = bytes.get(at + 1) == Some(&byte);
        match (quote, byte) {
            (_, b'\n') if text[at + 1..].lines().next().is_none_or(|line| line.trim().is_empty()) => return None,
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') if doubled => return None,
            (None, b'{') => depth += 1,
            (None, b'}') if depth > 0 => depth -= 1,
            (None, b'}') if doubled => return Some(at + 2),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Code and comments, in bytes.
fn silent_ranges(text: &str) -> Vec<Range<usize>> {
    silent(text).map(|(range, _)| range).collect()
}

/// The comments of a text, in bytes; expressions are placeholders in it.
pub fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    silent(text).filter_map(|(range, is_comment)| is_comment.then_some(range))
}

/// Code and comments, in bytes, and which of both it is.
fn silent(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    Parser::new_ext(text, MARKDOWN).into_offset_iter().flat_map(|(event, range)| match event {
        Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => vec![(range, false)],
        Event::InlineHtml(html) if html.starts_with("<!--") => vec![(range, true)],
        Event::Start(Tag::HtmlBlock) => {
            let mut found = Vec::new();
            let mut at = range.start;
            while let Some(begin) = text[at..range.end].find("<!--").map(|found| at + found) {
                at = text[begin..range.end].find("-->").map_or(range.end, |found| begin + found + 3);
                found.push((begin..at, true));
            }
            found
        }
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn manuscript(text: &str) -> Manuscript {
        Manuscript {
            file: "content/editions/2026-q2.md".into(),
            text: text.to_owned(),
            body: 0,
            ..Manuscript::default()
        }
    }

    fn found(text: &str) -> Vec<String> {
        let scanned = scan(&manuscript(text)).expect("a text that can be scanned");
        scanned.expressions.iter().map(|one| text[one.inner()].trim().to_owned()).collect()
    }

    #[test]
    fn expressions_are_found_outside_code_and_comments_only() {
        assert_eq!(found("a {{ x }} b {{y}}"), ["x", "y"]);
        assert_eq!(found("`{{ x }}` ``{{ ` }}`` {{ y }}"), ["y"]);
        assert_eq!(found("```\n{{ x }}\n```\n\n    {{ x }}\n\n~~~~ {{ x }}\n~~~~\n\n{{ y }}"), ["y"]);
        assert_eq!(found("<!-- {{ x }}\n\n{{ z }} -->\n\na <!-- {{ x }} --> {{ y }}"), ["y"]);
        assert_eq!(found("| a |\n|---|\n| {{ x | change }} |"), ["x | change"]);
    }

    #[test]
    fn strings_and_braces_do_not_close_an_expression() {
        assert_eq!(found(r#"{{ chart("}}", title='a "}}" b') }} {{ "\"}}" }}"#).len(), 2);
        assert_eq!(found("{{ {'a': {'b': 1}}['a'] }}"), ["{'a': {'b': 1}}['a']"]);
        assert_eq!(found("{{ a\n   | change }}"), ["a\n   | change"]);
        assert_eq!(found(r#"{{ f("`") }} and {{ g("`") }}"#), [r#"f("`")"#, r#"g("`")"#]);
    }

    #[test]
    fn what_only_looks_like_an_expression_is_text() {
        assert_eq!(found("## Title {#kernels}\n\n{# no comment #} {a} \\{{ x }}"), Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_place() {
        let faults =
            scan(&manuscript("# A\n\nWörk {{ x | change }\nand\n\n{{ \"open }}\n\n{% if x %} {{ y }}")).unwrap_err();
        insta::assert_snapshot!("scanner", faults);
    }

    proptest! {
        #[test]
        fn placeholders_keep_every_offset(parts in prop::collection::vec(
            prop_oneof![
                Just("{{ x }}".to_owned()), Just("{{".to_owned()), Just("}}".to_owned()), Just("`".to_owned()),
                Just("{{ \"}}\" }}".to_owned()), Just("{{}}".to_owned()), Just("\n".to_owned()), Just("```".to_owned()),
                Just("{{ f('`\n') }}".to_owned()), Just("<!--".to_owned()), Just("-->".to_owned()), "[a-zé{}'\"\\\\ ]{0,6}",
            ],
            0..24,
        )) {
            let text = parts.concat();
            if let Ok(scanned) = scan(&manuscript(&text)) {
                prop_assert_eq!(scanned.text.len(), text.len());
                let mut from = 0;
                for (number, Expression { range }) in scanned.expressions.iter().enumerate() {
                    prop_assert_eq!(&scanned.text[from..range.start], &text[from..range.start]);
                    let mark = scanned.text[range.clone()].chars().next().and_then(marked);
                    prop_assert_eq!(mark, Some(number));
                    prop_assert!(text[range.clone()].starts_with("{{") && text[range.clone()].ends_with("}}"));
                    from = range.end;
                }
                prop_assert_eq!(&scanned.text[from..], &text[from..]);
            }
        }
    }
}
