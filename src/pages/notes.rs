//! Footnotes: numbered in the order in which the text refers to them, printed at the end of that section.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, html};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Notes<'a> {
    written: BTreeMap<String, (Range<usize>, Vec<Event<'a>>)>,
    open: Option<String>,
    /// Name and section, in the order of the first reference.
    referred: Vec<(String, usize)>,
}

impl<'a> Notes<'a> {
    /// The mark in the text that refers to a footnote.
    pub fn reference(&mut self, label: &str, section: usize) -> String {
        let known = self.referred.iter().position(|(other, _)| other == label);
        let number = known.unwrap_or(self.referred.len()) + 1;
        // Only the first mark is what the footnote leads back to.
        let mut id = String::new();
        if known.is_none() {
            self.referred.push((label.to_owned(), section));
            id = format!(" id=\"fnref-{number}\"");
        }
        format!("<sup class=\"footnote-reference\"><a href=\"#fn-{number}\"{id}>{number}</a></sup>")
    }

    /// A footnote's text begins.
    pub fn begin(&mut self, label: &str, range: Range<usize>) {
        self.written.entry(label.to_owned()).or_insert((range, Vec::new()));
        self.open = Some(label.to_owned());
    }

    /// Its text ends.
    pub fn end(&mut self) {
        self.open = None;
    }

    /// Where the text of the open footnote is collected.
    pub fn open(&mut self) -> Option<&mut Vec<Event<'a>>> {
        let label = self.open.as_ref()?;
        self.written.get_mut(label).map(|(_, events)| events)
    }

    /// Those that nothing refers to, with their places.
    #[must_use]
    pub fn unused(&self) -> Vec<(String, Range<usize>)> {
        let is_used = |label: &String| self.referred.iter().any(|(other, _)| other == label);
        let unused = self.written.iter().filter(|(label, _)| !is_used(label));
        let mut unused: Vec<_> = unused.map(|(label, (range, _))| (label.clone(), range.clone())).collect();
        unused.sort_by_key(|(_, range)| range.start);
        unused
    }

    /// The list at the end of a section; empty when it has none.
    #[must_use]
    pub fn html(&self, section: usize) -> String {
        let mut items = String::new();
        let mut first = None;
        for (at, (label, _)) in self.referred.iter().enumerate().filter(|(_, (_, other))| *other == section) {
            let number = at + 1;
            first.get_or_insert(number);
            let mut text = String::new();
            if let Some((_, events)) = self.written.get(label) {
                html::push_html(&mut text, events.iter().cloned());
            }
            let back =
                format!("<a href=\"#fnref-{number}\" class=\"footnote-back\" aria-label=\"Back to the text\">↩</a>");
            let text = match text.trim_end().strip_suffix("</p>") {
                Some(text) => format!("{text} {back}</p>"),
                None => format!("{text}{back}"),
            };
            items.extend(["<li id=\"fn-", &number.to_string(), "\">", &text, "</li>\n"]);
        }
        first.map_or_else(String::new, |first| format!("<ol class=\"footnotes\" start=\"{first}\">\n{items}</ol>\n"))
    }
}
