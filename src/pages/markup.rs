//! Reads the attributes of finished HTML: enough to find addresses and anchors, and nothing more.

use std::borrow::Cow;

/// An element's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// As written, without the escapes.
    pub attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The whole tag.
    pub source: &'a str,
}

impl Element<'_> {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_ref())
    }
}

/// All elements of a page, in order, without what stands in comments, scripts and styles.
#[must_use]
pub fn elements(html: &str) -> Vec<Element<'_>> {
    let mut elements = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        if html[open..].starts_with("<!--") {
            at = html[open..].find("-->").map_or(html.len(), |found| open + found + 3);
            continue;
        }
        if !html[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = open + 1;
            continue;
        }
        let (element, end) = element(html, open);
        at = end;
        if matches!(element.name.as_ref(), "script" | "style") {
            let close = format!("</{}", element.name);
            at = html[at..].find(&close).map_or(html.len(), |found| at + found);
        }
        elements.push(element);
    }
    elements
}

fn element(html: &str, open: usize) -> (Element<'_>, usize) {
    let rest = &html[open + 1..];
    let name_end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    let name = lower(&rest[..name_end]);
    let mut attributes = Vec::new();
    let mut at = open + 1 + name_end;
    loop {
        at += html[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/').unwrap_or(html.len() - at);
        let rest = &html[at..];
        if rest.is_empty() || rest.starts_with('>') {
            let end = (at + 1).min(html.len());
            return (Element { name, attributes, source: &html[open..end] }, end);
        }
        let key_end =
            rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        // A lone `=` is no key, and has to be passed all the same.
        let key = lower(&rest[..key_end]);
        at += key_end;
        let after = html[at..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            attributes.push((key, Cow::Borrowed("")));
            continue;
        };
        let value = value.trim_start();
        at = html.len() - value.len();
        let (text, length) = if let Some(quote @ ('"' | '\'')) = value.chars().next() {
            let text = value[1..].split(quote).next().unwrap_or_default();
            (text, (text.len() + 2).min(value.len()))
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
            (&value[..end], end)
        };
        at += length;
        attributes.push((key, unescaped(text)));
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for (entity, plain) in [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, plain);
    }
    Cow::Owned(text)
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.contains(|c: char| c.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn attributes_are_read_and_text_is_not() {
        let html = "<!doctype html><!-- <a href='no'> --><A HREF=\"x?a=1&amp;b=2\" id=one>a < b</a>\
                    <script>\"<a href='no'>\"</script><img alt='' src = 'y.png'/><br/><input disabled>";
        let found = elements(html);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_ref()).collect();
        assert_eq!(names, ["a", "script", "img", "br", "input"]);
        assert_eq!((found[0].get("href"), found[0].get("id")), (Some("x?a=1&b=2"), Some("one")));
        assert_eq!((found[2].get("src"), found[2].get("alt")), (Some("y.png"), Some("")));
        assert_eq!(found[2].source, "<img alt='' src = 'y.png'/>");
        assert_eq!(found[4].get("disabled"), Some(""));
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end(text in "[<>a-z=\"' /!é-]{0,40}") {
            for element in elements(&text) {
                prop_assert!(text.contains(element.source));
            }
        }
    }
}
