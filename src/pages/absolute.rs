//! Markup for readers who are elsewhere, in a feed or a mail: every address in it is absolute.

use super::address::Address;
use super::markup::{self, Attribute, Tag};
use super::wording::escaped;

/// The same markup with absolute addresses. It was written for a page; `base_url` says where the site stands, with a
/// slash at its end. Text, code and comments that look like addresses stay as they are.
#[must_use]
pub fn absolute(html: &str, page: &Address, base_url: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut done = 0;
    for tag in markup::tags(html) {
        let Tag::Start(element) = tag else { continue };
        for Attribute { name, value, place } in element.attributes {
            let Some(value) = rewritten(&name, &value, page, base_url) else { continue };
            out.push_str(&html[done..place.start]);
            // An address without quotes may get signs that need them, and one that isn't there means the page itself.
            let is_bare = place.is_empty() && !html[..place.start].trim_end().ends_with('=');
            out.extend([if is_bare { "=\"" } else { "\"" }, &escaped(&value), "\""]);
            done = place.end;
        }
    }
    out.push_str(&html[done..]);
    out
}

/// The value of an attribute with absolute addresses; none where nothing in it changes.
fn rewritten(name: &str, value: &str, page: &Address, base_url: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for range in markup::addresses(name, value) {
        let Some(address) = address(&value[range.clone()], page, base_url) else { continue };
        out.push_str(&value[done..range.start]);
        out.push_str(&address);
        done = range.end;
    }
    (!out.is_empty()).then(|| out + &value[done..])
}

/// Where an address on a page leads, absolute; none where it is absolute already.
#[must_use]
pub fn address(written: &str, page: &Address, base_url: &str) -> Option<String> {
    if is_absolute(written) {
        return None;
    }
    let scheme = base_url.find("://").map_or(0, |at| at + "://".len());
    if written.starts_with("//") {
        return Some(format!("{}{written}", base_url[..scheme].trim_end_matches("//")));
    }
    let host = base_url[scheme..].find('/').map_or(base_url.len(), |at| scheme + at);
    let (host, root) = base_url.split_at(host);
    if written.starts_with('/') {
        return Some(format!("{host}{written}"));
    }
    let (path, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
    let here = Address::new(format!("{}{}", root.trim_start_matches('/'), page.as_str()));
    // Nothing lies above a host's root, and browsers read such an address from there.
    let path = here.resolve(path).unwrap_or_else(|| path.trim_start_matches("../").to_owned());
    Some(format!("{host}/{path}{rest}"))
}

/// Whether an address has a scheme: `https:`, `mailto:`, `data:`.
#[must_use]
pub fn is_absolute(written: &str) -> bool {
    let scheme = written.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "https://desk.example/reports/";

    fn moved(html: &str) -> String {
        absolute(html, &Address::new("2026-q2/"), BASE)
    }

    #[test]
    fn every_kind_of_address_becomes_absolute() {
        let cases = [
            ("<a href=\"../archive/\">", "<a href=\"https://desk.example/reports/archive/\">"),
            ("<a href='#kernels'>", "<a href=\"https://desk.example/reports/2026-q2/#kernels\">"),
            ("<a HREF=charts/a.png>", "<a HREF=\"https://desk.example/reports/2026-q2/charts/a.png\">"),
            ("<a href = \"\">", "<a href = \"https://desk.example/reports/2026-q2/\">"),
            ("<a href= >", "<a href= \"https://desk.example/reports/2026-q2/\">"),
            ("<a href>", "<a href=\"https://desk.example/reports/2026-q2/\">"),
            ("<a href=\"./\">", "<a href=\"https://desk.example/reports/2026-q2/\">"),
            ("<a href=\"?a=1&amp;b='2'\">", "<a href=\"https://desk.example/reports/2026-q2/?a=1&amp;b=&#39;2&#39;\">"),
            ("<a href=\"../&#46;./x\">", "<a href=\"https://desk.example/x\">"),
            ("<a href=\"../../../../x\">", "<a href=\"https://desk.example/x\">"),
            ("<a href=\"/x\">", "<a href=\"https://desk.example/x\">"),
            ("<a href=\"//other.example/x\">", "<a href=\"https://other.example/x\">"),
            (
                "<video poster=a.png src=b.mp4>",
                "<video poster=\"https://desk.example/reports/2026-q2/a.png\" \
              src=\"https://desk.example/reports/2026-q2/b.mp4\">",
            ),
            ("<use xlink:href='#a'/>", "<use xlink:href=\"https://desk.example/reports/2026-q2/#a\"/>"),
            ("<blockquote cite='../x/'>", "<blockquote cite=\"https://desk.example/reports/x/\">"),
            (
                "<img srcset='a.png 1x, https://desk.example/b.png 2x, ../c.png'>",
                "<img srcset=\"https://desk.example/reports/2026-q2/a.png 1x, https://desk.example/b.png 2x, \
              https://desk.example/reports/c.png\">",
            ),
        ];
        for (given, wanted) in cases {
            assert_eq!(moved(given), wanted);
        }
        assert_eq!(
            absolute("<a href='../#top'>", &Address::new("archive/"), "https://desk.example/"),
            "<a href=\"https://desk.example/#top\">"
        );
    }

    #[test]
    fn all_else_stays_as_it_is() {
        let texts = [
            "<a href='mailto:desk@desk.example'>a</a><img src=data:image/png;base64,AA==>",
            "<a href=\"HTTPS://other.example/?x=1&y=2\" title='href=\"x\"'>href=\"x\"</a>",
            "<pre><code>&lt;a href=\"../x\"&gt;</code></pre><p>a < b href=\"x\"</p>",
            "<!-- <a href=\"x\"> --><script>\"<a href='x'>\"</script><style>a[href=\"x\"]{}</style>",
            "<img srcset=\"data:image/png;base64,AA== 1x\"><input disabled><p id=href>",
        ];
        for text in texts {
            assert_eq!(moved(text), text);
        }
    }

    #[test]
    fn a_scheme_is_letters_before_a_colon() {
        for absolute in ["https://a", "mailto:a", "tel:1", "tag:a.example,2026:b", "a+b:c"] {
            assert!(is_absolute(absolute), "{absolute}");
        }
        for relative in ["", "a", "a/b:c", "#a:b", "?a:b", ":a", "1a:b", "//a:80/", "é:x"] {
            assert!(!is_absolute(relative), "{relative}");
        }
    }

    proptest! {
        #[test]
        fn nothing_relative_is_left(text in "(<a href=[\"']?|[#?/.:a<> \"'=&;é]|srcset=){0,30}") {
            let once = moved(&text);
            for element in markup::elements(&once) {
                for Attribute { name, value, .. } in element.attributes {
                    for range in markup::addresses(&name, &value) {
                        prop_assert!(is_absolute(&value[range.clone()]), "{} in {}", &value[range], once);
                    }
                }
            }
            prop_assert_eq!(moved(&once), once);
        }
    }
}
