//! Markup for readers that nobody knows: without scripts and styles, and without what has to be pressed.

use std::borrow::Cow;

use crate::pages::markup::{self, Element, Tag};
use crate::pages::wording::escaped;

/// Elements that go with all that is in them.
const GONE: [&str; 9] = ["form", "iframe", "link", "noscript", "object", "script", "style", "svg", "template"];

/// Elements of which the text stays.
const UNWRAPPED: [&str; 1] = ["button"];

/// The same markup without scripts, styles, drawings, comments, and what opens by a click.
#[must_use]
pub fn cleaned(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    // The name of the element that is being left out, and how many of that name are open.
    let mut gone: Option<(String, usize)> = None;
    for tag in markup::tags(html) {
        let (place, replaced) = match (tag, &mut gone) {
            (Tag::Start(element), Some((name, depth))) => {
                *depth += usize::from(element.name == name.as_str() && !is_alone(&element));
                (element.place, None)
            }
            (Tag::End(name, place), Some((open, depth))) => {
                *depth -= usize::from(name == open.as_str());
                if *depth == 0 {
                    gone = None;
                    done = place.end;
                }
                continue;
            }
            (Tag::Comment(place), _) => (place, Some(String::new())),
            (Tag::Start(element), None) if is_gone(&element) => {
                out.push_str(&html[done..element.place.start]);
                done = element.place.end;
                if !is_alone(&element) {
                    gone = Some((element.name.into_owned(), 1));
                }
                continue;
            }
            (Tag::Start(element), None) => (element.place.clone(), without_handlers(&element)),
            (Tag::End(name, place), None) => (place, UNWRAPPED.contains(&name.as_ref()).then(String::new)),
        };
        if gone.is_some() {
            done = place.end;
        } else if let Some(replaced) = replaced {
            out.push_str(&html[done..place.start]);
            out.push_str(&replaced);
            done = place.end;
        }
    }
    if gone.is_none() {
        out.push_str(&html[done..]);
    }
    out
}

fn is_gone(element: &Element<'_>) -> bool {
    GONE.contains(&element.name.as_ref()) || element.get("popover").is_some()
}

/// Whether an element has no end of its own.
fn is_alone(element: &Element<'_>) -> bool {
    element.source.ends_with("/>") || element.name == "link"
}

/// The tag without its handlers and styles, or none at all; nothing where it stays as it is.
fn without_handlers(element: &Element<'_>) -> Option<String> {
    if UNWRAPPED.contains(&element.name.as_ref()) {
        return Some(String::new());
    }
    let is_kept = |name: &str| !name.starts_with("on") && name != "style";
    if element.attributes.iter().all(|attribute| is_kept(&attribute.name)) {
        return None;
    }
    let kept = element.attributes.iter().filter(|attribute| is_kept(&attribute.name));
    let kept = kept.map(|one| format!(" {}=\"{}\"", one.name, escaped(&one.value)));
    Some(format!("<{}{}>", element.name, kept.collect::<String>()))
}

/// Text without the characters that XML can't have.
#[must_use]
pub fn legible(text: &str) -> Cow<'_, str> {
    let is_legible =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_legible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_legible(*c)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_runs_or_opens_is_left_out() {
        let cases = [
            (
                "<p>a <button class=\"bound\" popovertarget=\"x\"><data value=\"1\">1</data></button></p>",
                "<p>a <data value=\"1\">1</data></p>",
            ),
            ("a<div class=\"gloss\" popover><div>b</div>c</div>d", "ad"),
            ("a<script>if (1 < 2) \"</p>\"</script>b<style>p{}</style>c", "abc"),
            ("a<svg viewBox='0 0 1 1'><svg/><g><svg></svg></g></svg>b<svg/>c", "abc"),
            ("<p style=\"color:red\" class=x onclick='f(\"a\")'>a</p>", "<p class=\"x\">a</p>"),
            ("a<!-- <b> -->b<link href=x>c", "abc"),
            ("a<script>b", "a"),
            ("<figure><img src=a alt=\"style=&quot;\"></figure>", "<figure><img src=a alt=\"style=&quot;\"></figure>"),
        ];
        for (given, wanted) in cases {
            assert_eq!(cleaned(given), wanted);
        }
    }

    #[test]
    fn characters_that_xml_cannot_have_are_dropped() {
        assert_eq!(legible("a\u{0}\u{8}\u{b}b\t\n\r\u{1f}\u{7f}é\u{FFFE}\u{FFFF}🦀"), "ab\t\n\r\u{7f}é🦀");
    }

    proptest! {
        #[test]
        fn nothing_that_runs_is_left(text in "(<script>|</script>|<svg|</svg>|<p onx=1 |style=|<button>|<!--|-->|[<>a/ \"'=]){0,24}") {
            let once = cleaned(&text);
            for element in markup::elements(&once) {
                prop_assert!(element.get("style").is_none() && element.get("onx").is_none(), "{}", once);
            }
        }
    }
}
