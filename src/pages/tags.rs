//! How long what stands between braces may be.
//!
//! What reads an expression goes one call deeper for each sign in it, so that one without an end would end the program.

use std::ops::Range;

/// Longer ones aren't read, in bytes; the longest of the shipped theme and editions has a few hundred.
pub const LONGEST: usize = 2_000;

/// The tags of a template that are longer, in bytes: `{{ … }}` and `{% … %}`, with their braces.
#[must_use]
pub fn too_long(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        at = match text.as_bytes().get(open + 1) {
            Some(b'#') => text[open..].find("#}").map_or(text.len(), |close| open + close + 2),
            Some(b'{') => closing(text, open, b'}'),
            Some(b'%') => closing(text, open, b'%'),
            _ => open + 1,
        };
        if at - open > LONGEST && !text[open..].starts_with("{#") {
            found.push(open..at);
        }
    }
    found
}

/// The end of a tag: after the first `}` that follows a sign outside of strings, else the end of the text.
fn closing(text: &str, open: usize, sign: u8) -> usize {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = open + 2;
    while let Some(&byte) = bytes.get(at) {
        match quote {
            Some(_) if byte == b'\\' => at += 1,
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte == sign && bytes.get(at + 1) == Some(&b'}') => return at + 2,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_are_measured_and_whole() {
        let (long, tag) = ("1+".repeat(LONGEST), |inner: &str| format!("{{{{ {inner}1 }}}}"));
        assert!(too_long(&format!("{long} {{# {long} #}} {} { } {long}", tag(""), "{% if x %}")).is_empty());
        let text = format!("a {} b {{% if {long}1 %}}", tag(&format!("\"}}}}\" ~ {long}")));
        let found: Vec<&str> = too_long(&text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("{{ \"") && found[0].ends_with("1 }}") && found[1].ends_with("1 %}"));
        assert_eq!(too_long(&format!("{{{{ {long}")).len(), 1, "one that is never closed is read all the same");
    }
}
