//! A text as words: its paragraphs, lists and tables with values in place of expressions, before lines are broken.

use std::iter::Peekable;
use std::vec::IntoIter;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::pages::manuscript::Manuscript;
use crate::pages::picture::{Picture, Plain};
use crate::pages::scanner::{self, Expression, MARKDOWN, marked};
use crate::plain::Result;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The line ends here.
    Break,
    /// What was just said leads to this address.
    Link(String),
}

/// What stands in one paragraph.
pub type Line = Vec<Piece>;

/// A part of a text.
#[derive(Clone, Debug)]
pub enum Block {
    /// Sentences.
    Paragraph(Line),
    /// A heading within a section.
    Heading(Line),
    /// Items; numbered from a number on, where they are.
    List(Option<u64>, Vec<Vec<Block>>),
    /// What somebody else said.
    Quote(Vec<Block>),
    /// Lines that stay as they are.
    Code(String),
    /// The head first.
    Table(Vec<Vec<Line>>),
    /// A chart.
    Picture(Box<Picture>),
    /// A footnote, with its name.
    Note(String, Vec<Block>),
    /// Something else begins.
    Rule,
}

/// What stands under a heading of level 2; the first part has none, and is the lede.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its heading.
    pub title: Line,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The parts of a text that was rendered before; `plain` has what stands for each expression, and `absolute` makes an
/// address on the text's page absolute.
pub fn parts(manuscript: &Manuscript, plain: &[Plain], absolute: &dyn Fn(&str) -> String) -> Result<Vec<Part>> {
    let scanned = scanner::scan(manuscript)?;
    let events: Vec<Event<'_>> = Parser::new_ext(&scanned.text, MARKDOWN).collect();
    let (events, expressions) = (events.into_iter().peekable(), &scanned.expressions);
    let mut reader = Reader { events, expressions, plain, absolute, links: Vec::new() };
    let mut parts = vec![Part::default()];
    while let Some(event) = reader.events.next() {
        if let Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) = event {
            let (title, _) = reader.line(TagEnd::Heading(HeadingLevel::H2));
            parts.push(Part { title, blocks: Vec::new() });
        } else {
            let part = parts.last_mut().expect("the lede is there from the start");
            part.blocks.extend(reader.block(event));
        }
    }
    Ok(parts)
}

struct Reader<'a> {
    events: Peekable<IntoIter<Event<'a>>>,
    expressions: &'a [Expression],
    plain: &'a [Plain],
    absolute: &'a dyn Fn(&str) -> String,
    /// Where the open links lead; none where the words say it.
    links: Vec<Option<String>>,
}

impl<'a> Reader<'a> {
    /// The blocks up to the end of what is open.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                event => blocks.extend(self.block(event)),
            }
        }
        blocks
    }

    /// What begins with an event.
    fn block(&mut self, event: Event<'a>) -> Option<Block> {
        match event {
            Event::Start(Tag::Paragraph) => {
                let (line, picture) = self.line(TagEnd::Paragraph);
                Some(picture.map_or(Block::Paragraph(line), |picture| Block::Picture(Box::new(picture))))
            }
            Event::Start(Tag::Heading { level, .. }) => Some(Block::Heading(self.line(TagEnd::Heading(level)).0)),
            Event::Start(Tag::List(first)) => {
                let mut items = Vec::new();
                while let Some(Event::Start(_)) = self.events.next() {
                    items.push(self.blocks());
                }
                Some(Block::List(first, items))
            }
            Event::Start(Tag::BlockQuote(_)) => Some(Block::Quote(self.blocks())),
            Event::Start(Tag::FootnoteDefinition(name)) => Some(Block::Note(name.to_string(), self.blocks())),
            Event::Start(Tag::CodeBlock(_)) => Some(Block::Code(self.source())),
            Event::Start(Tag::Table(_)) => Some(Block::Table(self.table())),
            // Markup that an editor wrote by hand has no words that can be told from it, but for those between its tags.
            Event::Start(Tag::HtmlBlock) => {
                let words = between_tags(&self.source());
                (!words.is_empty()).then(|| Block::Paragraph(vec![Piece::Text(words)]))
            }
            Event::Rule => Some(Block::Rule),
            // Items of a list that stand close have no paragraphs.
            event => {
                let mut line = Vec::new();
                self.piece(event, &mut line);
                while let Some(event) = self.events.next_if(is_within_a_line) {
                    self.piece(event, &mut line);
                }
                Some(Block::Paragraph(line))
            }
        }
    }

    /// The pieces up to an end, and the chart that stands there alone.
    fn line(&mut self, end: TagEnd) -> (Line, Option<Picture>) {
        let (mut line, mut picture) = (Vec::new(), None);
        while let Some(event) = self.events.next().filter(|event| *event != Event::End(end)) {
            picture = self.piece(event, &mut line).or(picture);
        }
        (line, picture)
    }

    fn piece(&mut self, event: Event<'a>, line: &mut Line) -> Option<Picture> {
        let mut say = |text: &str| line.push(Piece::Text(text.to_owned()));
        match event {
            Event::Text(text) => return self.say(&text, line),
            Event::Code(code) => say(&format!("`{code}`")),
            Event::SoftBreak => say(" "),
            Event::HardBreak => line.push(Piece::Break),
            Event::FootnoteReference(name) => say(&format!(" [note {name}]")),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => say("~"),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_said = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.links.push((!is_said).then(|| (self.absolute)(&dest_url)));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                say("[Picture: ");
                self.links.push(Some((self.absolute)(&dest_url)));
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                if end == TagEnd::Image {
                    say("]");
                }
                line.extend(self.links.pop().flatten().map(Piece::Link));
            }
            _ => {}
        }
        None
    }

    /// Words with values in place of expressions; a chart isn't among them, and is given back.
    fn say(&self, text: &str, line: &mut Line) -> Option<Picture> {
        let mut picture = None;
        let mut rest = text;
        while let Some((at, number)) = rest.char_indices().find_map(|(at, c)| Some((at, marked(c)?))) {
            line.push(Piece::Text(rest[..at].to_owned()));
            match self.plain.get(number) {
                Some(Plain::Text(value)) => line.push(Piece::Text(value.clone())),
                Some(Plain::Picture(shown)) => picture = Some((**shown).clone()),
                None => {}
            }
            let length = self.expressions.get(number).map_or(0, |expression| expression.range.len());
            rest = rest.get(at + length.max(1)..).unwrap_or_default();
        }
        line.push(Piece::Text(rest.to_owned()));
        picture
    }

    fn table(&mut self) -> Vec<Vec<Line>> {
        let mut rows = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let (line, _) = self.line(TagEnd::TableCell);
                    rows.last_mut().expect("a cell stands in a row").push(line);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows
    }

    /// The text up to the end of what is open, as it was written.
    fn source(&mut self) -> String {
        let mut text = String::new();
        while let Some(Event::Text(line) | Event::Html(line)) = self.events.next() {
            text.push_str(&line);
        }
        text
    }
}

/// Whether an event continues a line, rather than beginning a block or ending what is open.
fn is_within_a_line(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(end) => {
            matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        Event::Rule => false,
        _ => true,
    }
}

/// What stands between the tags of markup, without comments.
fn between_tags(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let end = if after.starts_with("!--") { "-->" } else { ">" };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
        words.push(' ');
    }
    words.push_str(rest);
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}
