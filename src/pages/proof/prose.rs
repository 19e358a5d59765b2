//! The words of a text as a reader takes them in, with the place of each in the editor's file.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::comment::{self, Comment};
use crate::check::{Key, Text, token};
use crate::metrics::Scope;
use crate::pages::ground::Ground;
use crate::pages::manuscript::Manuscript;
use crate::pages::scanner::{MARKDOWN, Scanned, marked};
use crate::plain::Result;
use crate::plain::diagnostic::Collector;

/// A text in pieces: paragraphs, headings, items of lists, cells of tables.
#[derive(Debug, Default)]
pub struct Prose {
    /// The pieces, in order.
    pub texts: Vec<Text>,
    /// For each piece, where each of its bytes stands in the file.
    pub offsets: Vec<Vec<usize>>,
    /// The waivers, in order: the id of the source, and where the comment stands.
    pub waivers: Vec<(String, Range<usize>)>,
}

/// What a bound figure is, by the number of its expression.
pub type Bound = Vec<Option<Filled>>;

/// What stands in the place of an expression.
#[derive(Clone, Debug)]
pub enum Filled {
    /// A figure, or words made of several.
    Value(Option<Key>),
    /// A chart.
    Chart,
}

struct Reader<'a> {
    manuscript: &'a Manuscript,
    ground: &'a Ground,
    bound: &'a Bound,
    scanned: &'a Scanned,
    prose: Prose,
    text: Text,
    offsets: Vec<usize>,
    /// What the editor says that the section is about.
    about: Option<Scope>,
    /// Waivers that stand alone, for the piece that follows.
    waiting: Vec<usize>,
    images: usize,
    faults: Collector,
}

/// Reads a text whose expressions have been evaluated.
pub fn read(manuscript: &Manuscript, scanned: &Scanned, bound: &Bound, ground: &Ground) -> Result<Prose> {
    let mut reader = Reader {
        manuscript,
        ground,
        bound,
        scanned,
        prose: Prose::default(),
        text: Text::default(),
        offsets: Vec::new(),
        about: None,
        waiting: Vec::new(),
        images: 0,
        faults: Collector::default(),
    };
    for (event, range) in Parser::new_ext(&scanned.text, MARKDOWN).into_offset_iter() {
        reader.event(&event, range);
    }
    reader.flush(false);
    reader.faults.finish(reader.prose)
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Start(Tag::Heading { .. }) => {
                self.flush(false);
                self.about = None;
            }
            Event::End(TagEnd::Heading(_)) => self.flush(true),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::FootnoteDefinition(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::FootnoteDefinition) => {
                self.flush(false);
            }
            Event::Text(_) if self.images == 0 => self.words(range),
            // What stands in code says nothing about figures.
            Event::Code(_) => self.push('\u{25A1}', range.start),
            Event::SoftBreak | Event::HardBreak => self.push(' ', range.start),
            Event::InlineHtml(html) => self.comment(html, &range, true),
            Event::Html(html) => self.comment(html, &range, false),
            _ => {}
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.text.push(c);
        self.offsets.extend((0..c.len_utf8()).map(|by| at + by));
    }

    /// The source of a text, in which a figure is one sign.
    fn words(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let c = self.scanned.text[at..].chars().next().expect("events end with characters");
            let Some(number) = marked(c) else {
                self.push(c, at);
                at += c.len_utf8();
                continue;
            };
            let Some(expression) = self.scanned.expressions.get(number) else { return };
            if let Some(Some(Filled::Value(key))) = self.bound.get(number) {
                self.text.bound.push(key.clone());
                self.push(token::BOUND, at);
            }
            at = expression.range.end;
        }
    }

    fn comment(&mut self, html: &str, range: &Range<usize>, is_inline: bool) {
        for found in comment::comments(html) {
            let place = range.start + found.start..range.start + found.end;
            match comment::read(&html[found], self.ground) {
                Ok(None) => {}
                Ok(Some(Comment::About(scope))) if is_inline => self.text.about = Some(scope),
                Ok(Some(Comment::About(scope))) => self.about = Some(scope),
                Ok(Some(Comment::Waive(source))) => {
                    let number = self.prose.waivers.len();
                    self.prose.waivers.push((source, place));
                    if is_inline {
                        // A comment after a sentence is about that sentence.
                        let last = self.text.text.trim_end().len().saturating_sub(1);
                        self.text.waivers.push((number, Some(last)));
                    } else {
                        self.waiting.push(number);
                    }
                }
                Err(complaint) => {
                    let fault = self.manuscript.fault(complaint.kind, place, complaint.message);
                    self.faults.push(fault.hint(complaint.hint));
                }
            }
        }
    }

    fn flush(&mut self, is_heading: bool) {
        let mut text = std::mem::take(&mut self.text);
        let offsets = std::mem::take(&mut self.offsets);
        if text.text.trim().is_empty() {
            return;
        }
        text.is_heading = is_heading;
        text.about = text.about.or_else(|| self.about.clone());
        text.waivers.extend(self.waiting.drain(..).map(|number| (number, None)));
        self.prose.texts.push(text);
        self.prose.offsets.push(offsets);
    }
}
