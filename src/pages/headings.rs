//! Anchors of headings: given or made from the words, unique in their page.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::scanner::{Scanned, marked};
use crate::plain::slug::slug;

/// The anchors of a page.
#[derive(Debug, Default)]
pub struct Ids(BTreeSet<String>);

impl Ids {
    /// Notes an anchor that an editor chose; false when it was there already.
    pub fn give(&mut self, id: &str) -> bool {
        self.0.insert(id.to_owned())
    }

    /// Makes one from the words of a heading.
    pub fn take(&mut self, text: &str) -> String {
        let slug = slug(text);
        let base = if slug.is_empty() { "section".to_owned() } else { slug };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        let free = candidates.find(|id| !self.0.contains(id)).expect("numbers don't end");
        self.0.insert(free.clone());
        free
    }
}

/// The words up to the end of the heading or image, without values: an anchor mustn't change with the data.
#[must_use]
pub fn text(events: &[(Event<'_>, Range<usize>)], scanned: &Scanned) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::End(TagEnd::Heading(_) | TagEnd::Image) => break,
            Event::Text(words) => {
                let mut rest = &**words;
                while let Some((at, number)) = rest.char_indices().find_map(|(at, c)| Some((at, marked(c)?))) {
                    text.push_str(&rest[..at]);
                    let length = scanned.expressions.get(number).map_or(4, |expression| expression.range.len());
                    rest = rest.get(at + length..).unwrap_or_default();
                }
                text.push_str(rest);
            }
            Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
