//! Reads the tags of finished HTML: enough to find addresses and anchors, and nothing more.

use std::borrow::Cow;
use std::ops::Range;

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// As meant, without the escapes; empty where there is none.
    pub value: Cow<'a, str>,
    /// Where the value stands in the page with its quotes, in bytes; empty where there is none.
    pub place: Range<usize>,
}

/// An element's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// In order.
    pub attributes: Vec<Attribute<'a>>,
    /// The whole tag.
    pub source: &'a str,
    /// Where the tag stands in the page, in bytes.
    pub place: Range<usize>,
}

impl Element<'_> {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_ref())
    }
}

/// What stands between `<` and `>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// Where an element begins.
    Start(Element<'a>),
    /// Where one ends: its name in lower case, and the place of the tag, in bytes.
    End(Cow<'a, str>, Range<usize>),
    /// A comment, by its place in bytes.
    Comment(Range<usize>),
}

/// Elements whose text is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// All tags of a page, in order; what looks like one within a comment, a script or a style is none.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(open) = html[at..].find('<').map(|found| at + found) {
            let rest = &html[open + 1..];
            if rest.starts_with("!--") {
                at = html[open..].find("-->").map_or(html.len(), |found| open + found + 3);
                return Some(Tag::Comment(open..at));
            }
            if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (element, end) = element(html, open);
                at = if RAW.contains(&element.name.as_ref()) { end_of_raw(html, end, &element.name) } else { end };
                return Some(Tag::Start(element));
            }
            let name = rest.strip_prefix('/').filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
            if let Some(name) = name {
                at = html[open..].find('>').map_or(html.len(), |found| open + found + 1);
                let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
                return Some(Tag::End(lower(&name[..end]), open..at));
            }
            at = open + 1;
        }
        None
    })
}

/// All elements of a page, in order, without what stands in comments, scripts and styles.
#[must_use]
pub fn elements(html: &str) -> Vec<Element<'_>> {
    let element = |tag| if let Tag::Start(element) = tag { Some(element) } else { None };
    tags(html).filter_map(element).collect()
}

/// Where the end tag of an element begins whose text is no markup.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut ends = html[from..].match_indices("</").map(|(found, _)| from + found);
    let is_own =
        |open: &usize| html[open + 2..].get(..name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name));
    ends.find(is_own).unwrap_or(html.len())
}

/// Which parts of an attribute's value are addresses, in bytes of the value.
#[must_use]
pub fn addresses(attribute: &str, value: &str) -> Vec<Range<usize>> {
    match attribute {
        "href" | "src" | "poster" | "xlink:href" | "action" | "formaction" | "cite" => {
            let start = value.len() - value.trim_start().len();
            std::iter::once(start..start + value.trim().len()).collect()
        }
        "srcset" | "imagesrcset" => candidates(value),
        _ => Vec::new(),
    }
}

/// The addresses of pictures to choose from. One may have commas within it, such as a picture in the address itself.
fn candidates(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let is_between = |c: char| c.is_ascii_whitespace() || c == ',';
        at += value[at..].find(|c| !is_between(c)).unwrap_or(value.len() - at);
        if at == value.len() {
            return found;
        }
        let length = value[at..].find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len() - at);
        let address = value[at..at + length].trim_end_matches(',');
        found.push(at..at + address.len());
        at += length;
        if address.len() == length {
            // What follows up to the comma says how large the picture is.
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
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
            return (Element { name, attributes, source: &html[open..end], place: open..end }, end);
        }
        let key_end =
            rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        // A lone `=` is no key, and has to be passed all the same.
        let key = lower(&rest[..key_end]);
        at += key_end;
        let after = html[at..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            attributes.push(Attribute { name: key, value: Cow::Borrowed(""), place: at..at });
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
        attributes.push(Attribute { name: key, value: unescaped(text), place: at..at + length });
        at += length;
    }
}

/// The text that stands for itself and for the escapes in it: those with a number, and those that a page has to use.
#[must_use]
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = rest.split_once(';').and_then(|(name, after)| Some((meant(&name[1..])?, after)));
        let (c, after) = escape.unwrap_or(('&', &rest[1..]));
        plain.push(c);
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character that an escape stands for, by what stands between `&` and `;`.
fn meant(escape: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match escape {
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = escape.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
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

    #[test]
    fn ends_and_comments_are_tags_too() {
        let html = "<p>a</P ><!-- <b> --><title></b></TITLE>< /p></p";
        let found: Vec<String> = tags(html)
            .map(|tag| match tag {
                Tag::Start(element) => format!("+{}", element.name),
                Tag::End(name, place) => format!("-{name} {}", &html[place]),
                Tag::Comment(place) => html[place].to_owned(),
            })
            .collect();
        assert_eq!(found, ["+p", "-p </P >", "<!-- <b> -->", "+title", "-title </TITLE>", "-p </p"]);
    }

    #[test]
    fn places_are_those_of_the_page() {
        let html = "<p>é<img alt src='a b' srcset=x.png></p>";
        let image = &elements(html)[1];
        let places: Vec<&str> = image.attributes.iter().map(|attribute| &html[attribute.place.clone()]).collect();
        assert_eq!(places, ["", "'a b'", "x.png"]);
        assert_eq!(&html[image.place.clone()], image.source);
    }

    #[test]
    fn every_picture_to_choose_from_has_its_address() {
        let found = |value: &'static str| -> Vec<&str> {
            addresses("srcset", value).into_iter().map(|range| &value[range]).collect()
        };
        assert_eq!(found("a.png"), ["a.png"]);
        assert_eq!(found(" a.png 1x, b.png 2x ,c.png, d.png,"), ["a.png", "b.png", "c.png", "d.png"]);
        assert_eq!(found("data:image/png;base64,AA== 1x, b.png"), ["data:image/png;base64,AA==", "b.png"]);
        assert_eq!(found(" , "), Vec::<&str>::new());
        assert_eq!(addresses("href", " x ").first(), Some(&(1..2)));
        assert_eq!(addresses("title", "x"), Vec::<Range<usize>>::new());
    }

    #[test]
    fn escapes_are_read_once() {
        assert_eq!(
            unescaped("&amp;lt; &#38;#39; &#x2F;&#47; &copy &unknown; &#xD800; &"),
            "&lt; &#39; // &copy &unknown; &#xD800; &"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end(text in "[<>a-z=\"' /!é-]{0,40}") {
            for element in elements(&text) {
                prop_assert_eq!(&text[element.place.clone()], element.source);
                for Attribute { name, value, place } in element.attributes {
                    prop_assert!(place.end <= text.len());
                    for range in addresses(&name, &value).into_iter().chain(addresses("srcset", &value)) {
                        prop_assert!(value.get(range).is_some());
                    }
                }
            }
            for tag in tags(&text) {
                if let Tag::End(_, place) | Tag::Comment(place) = tag {
                    prop_assert!(text.get(place).is_some());
                }
            }
        }
    }
}
