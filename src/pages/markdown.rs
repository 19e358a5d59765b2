//! From markdown with placeholders to sections of HTML.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

use super::about::About;
use super::address::Address;
use super::headings::{self, Ids};
use super::manuscript::Manuscript;
use super::notes::Notes;
use super::references::{self, Link};
pub use super::rendered::{Rendered, Section};
use super::scanner::{MARKDOWN, Scanned, marked};
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

/// What takes the place of an expression.
#[derive(Clone, Debug)]
pub enum Filling {
    /// A value within a sentence.
    Value {
        /// As it is read.
        text: String,
        /// As an element.
        html: String,
        /// What it opens.
        about: Option<Box<About>>,
    },
    /// Markup in place of a paragraph.
    Block {
        /// The markup.
        html: String,
    },
}

/// Renders a text of the page `home` as it is shown on the page `shown_on`; `fillings` has one for each expression of
/// `scanned`.
pub fn render(
    manuscript: &Manuscript,
    scanned: &Scanned,
    fillings: &[Filling],
    home: &Address,
    shown_on: &Address,
) -> Result<Rendered> {
    let broken = RefCell::new(Vec::new());
    let note_broken = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.borrow_mut().push((link.link_type, link.span, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&scanned.text, MARKDOWN, Some(note_broken));
    let events: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    let mut writer = Writer {
        manuscript,
        scanned,
        fillings,
        home,
        shown_on,
        faults: Collector::default(),
        links: Vec::new(),
        seen: vec![false; scanned.expressions.len()],
        ids: Ids::default(),
        notes: Notes::default(),
        parts: vec![Part::default()],
        in_title: false,
        depth: 0,
        images: 0,
        links_open: 0,
        block: None,
    };
    writer.missing_references(&broken.into_inner());
    writer.given_ids(&events);
    let mut at = 0;
    while at < events.len() {
        at += writer.event(&events[at..]);
    }
    writer.finish()
}

#[derive(Default)]
struct Part<'a> {
    id: String,
    quiet: bool,
    start: usize,
    title: Vec<Event<'a>>,
    body: Vec<Event<'a>>,
    /// The figures that stand in it, by their anchors.
    figures: Vec<(String, &'a About)>,
}

struct Writer<'a> {
    manuscript: &'a Manuscript,
    scanned: &'a Scanned,
    fillings: &'a [Filling],
    home: &'a Address,
    shown_on: &'a Address,
    faults: Collector,
    links: Vec<Link>,
    /// Which expressions have been met.
    seen: Vec<bool>,
    ids: Ids,
    notes: Notes<'a>,
    parts: Vec<Part<'a>>,
    in_title: bool,
    /// How many lists, quotes and notes are open.
    depth: usize,
    images: usize,
    /// How many links are open.
    links_open: usize,
    /// The raw HTML block that is being read.
    block: Option<String>,
}

type Placed<'a> = (Event<'a>, Range<usize>);

impl<'a> Writer<'a> {
    fn push(&mut self, event: Event<'a>) {
        let part = self.parts.last_mut().expect("the lede is there from the start");
        match self.notes.open() {
            Some(note) => note.push(event),
            None if self.in_title => part.title.push(event),
            None => part.body.push(event),
        }
    }

    fn fault(&mut self, kind: Kind, range: &Range<usize>, message: &str, hint: &str) {
        self.faults.push(self.manuscript.fault(kind, range.clone(), message).hint(hint));
    }

    /// Handles the first of the events, and returns how many it took.
    fn event(&mut self, events: &[Placed<'a>]) -> usize {
        let (event, range) = &events[0];
        match event {
            Event::Start(Tag::Paragraph) => {
                if let Some(html) = self.lone_block(events) {
                    self.push(Event::Html(html.into()));
                    return 3;
                }
                self.push(event.clone());
            }
            Event::Start(Tag::Heading { .. }) => self.heading(events),
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if self.in_title => self.in_title = false,
            Event::Text(text) => {
                self.missing_note(range);
                self.text(text, range);
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                self.links_open += usize::from(matches!(tag, Tag::Link { .. }));
                self.reference(events);
            }
            Event::End(TagEnd::Link) => {
                self.links_open -= 1;
                self.push(event.clone());
            }
            Event::End(TagEnd::Image) => {
                self.images -= 1;
                self.push(event.clone());
            }
            Event::Start(Tag::HtmlBlock) => self.block = Some(String::new()),
            Event::Html(html) if self.block.is_some() => {
                self.block.get_or_insert_default().push_str(html);
            }
            Event::End(TagEnd::HtmlBlock) => self.raw_html(range),
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(html) | Event::Html(html) => {
                self.refuse(html, range, "raw HTML");
                self.push(event.clone());
            }
            Event::Code(code) => {
                self.refuse(code, range, "code");
                self.push(event.clone());
            }
            Event::FootnoteReference(label) => {
                self.refuse(label, range, "the name of a footnote");
                let part = self.parts.len() - 1;
                let html = self.notes.reference(label, part);
                self.push(Event::InlineHtml(html.into()));
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.refuse(label, range, "the name of a footnote");
                self.depth += 1;
                self.notes.begin(label, range.clone());
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.depth -= 1;
                self.notes.end();
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => {
                self.depth += 1;
                self.push(event.clone());
            }
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => {
                self.depth -= 1;
                self.push(event.clone());
            }
            _ => self.push(event.clone()),
        }
        1
    }

    /// The markup of a paragraph that holds a chart and nothing else.
    fn lone_block(&mut self, events: &[Placed<'a>]) -> Option<String> {
        let [_, (Event::Text(text), range), (Event::End(TagEnd::Paragraph), _), ..] = events else {
            return None;
        };
        let number = text.chars().next().and_then(marked)?;
        let expression = self.scanned.expressions.get(number)?;
        let Filling::Block { html } = self.fillings.get(number)? else {
            return None;
        };
        if *range != expression.range {
            return None;
        }
        self.seen[number] = true;
        // A blank line would be nothing to a reader, and a paragraph to whoever reads this as markdown again.
        let lines = html.lines().filter(|line| !line.trim().is_empty());
        Some(lines.flat_map(|line| [line, "\n"]).collect())
    }

    fn text(&mut self, text: &CowStr<'a>, range: &Range<usize>) {
        let mut rest: &str = text;
        while let Some((at, number)) = rest.char_indices().find_map(|(at, c)| marked(c).map(|number| (at, number))) {
            let expression = self.scanned.expressions.get(number);
            let Some(expression) = expression.filter(|one| range.contains(&one.range.start)) else {
                let hint = "delete it; it has no meaning for readers";
                self.fault(Kind::Content, range, "this stands for a private-use character", hint);
                return;
            };
            if at > 0 {
                self.push(Event::Text(rest[..at].to_owned().into()));
            }
            self.seen[number] = true;
            match &self.fillings[number] {
                Filling::Value { text, .. } if self.images > 0 => self.push(Event::Text(text.clone().into())),
                // What can be pressed can't stand in what can be pressed.
                Filling::Value { about: Some(about), .. } if self.links_open == 0 => {
                    let button = about.button(&self.anchor(about));
                    self.push(Event::InlineHtml(button.into()));
                }
                Filling::Value { html, .. } => self.push(Event::InlineHtml(html.clone().into())),
                Filling::Block { .. } => {
                    let hint = "put blank lines around it";
                    self.fault(Kind::Content, &expression.range, "a chart stands alone in its paragraph", hint);
                }
            }
            rest = rest.get(at + expression.range.len()..).unwrap_or_default();
        }
        if !rest.is_empty() {
            self.push(Event::Text(rest.to_owned().into()));
        }
    }

    /// Where the explanation of a figure stands: once in its section, however often the figure does.
    fn anchor(&mut self, about: &'a About) -> String {
        let part = self.parts.last_mut().expect("the lede is there from the start");
        if let Some((id, _)) = part.figures.iter().find(|(_, other)| other.key == about.key) {
            return id.clone();
        }
        // Texts of several pages can stand on one, such as the latest edition's lede on the home page, and those of
        // predictions on any.
        let page = if self.home == self.shown_on { "" } else { self.home.as_str() };
        let id = self.ids.take(&format!("{} {page} {}", self.manuscript.name, about.key));
        part.figures.push((id.clone(), about));
        id
    }

    /// Faults of placeholders where no value can stand; `what` is the place in words.
    fn refuse(&mut self, text: &str, range: &Range<usize>, what: &str) {
        for number in text.chars().filter_map(marked) {
            if self.seen.get(number) == Some(&false) {
                self.seen[number] = true;
                let place = self.scanned.expressions[number].range.clone();
                let message = format!("a value can't stand in {what}");
                self.fault(Kind::Content, &place, &message, "values stand in sentences, headings and tables");
            } else if number >= self.seen.len() {
                let message = format!("{what} holds a private-use character");
                self.fault(Kind::Content, range, &message, "delete it; it has no meaning for readers");
            }
        }
    }

    fn given_ids(&mut self, events: &[Placed<'a>]) {
        for (event, range) in events {
            let Event::Start(Tag::Heading { id: Some(id), .. }) = event else { continue };
            self.refuse(id, range, "the anchor of a heading");
            if !self.ids.give(id) {
                let message = format!("the anchor `{id}` stands twice in this page");
                self.fault(Kind::Content, range, &message, "give one of the headings another");
            }
        }
    }

    fn heading(&mut self, events: &[Placed<'a>]) {
        let (Event::Start(Tag::Heading { level, id, classes, attrs }), range) = &events[0] else { return };
        for text in classes.iter().chain(attrs.iter().map(|(name, _)| name)) {
            self.refuse(text, range, "the attributes of a heading");
        }
        for text in attrs.iter().filter_map(|(_, value)| value.as_ref()) {
            self.refuse(text, range, "the attributes of a heading");
        }
        if *level == HeadingLevel::H1 {
            let hint = "the title stands in the front matter; begin sections with `##`";
            self.fault(Kind::Content, range, "a text has no heading of level 1", hint);
        }
        let id = match id {
            Some(id) => id.to_string(),
            None => self.ids.take(&headings::text(&events[1..], self.scanned)),
        };
        if *level != HeadingLevel::H2 || self.depth > 0 {
            let (level, id) = (*level, Some(id.into()));
            self.push(Event::Start(Tag::Heading { level, id, classes: classes.clone(), attrs: attrs.clone() }));
            return;
        }
        let quiet = classes.iter().any(|class| &**class == "quiet");
        let strange = classes.iter().find(|class| &***class != "quiet").map(|class| format!(".{class}"));
        if let Some(strange) = strange.or_else(|| attrs.first().map(|(name, _)| name.to_string())) {
            let message = format!("a section has no attribute `{strange}`");
            self.fault(
                Kind::Content,
                range,
                &message,
                "it may have an anchor, as in `{#kernels}`, and the class `.quiet`",
            );
        }
        self.parts.push(Part { id, quiet, start: range.start, ..Part::default() });
        self.in_title = true;
    }

    fn reference(&mut self, events: &[Placed<'a>]) {
        let (event, range) = &events[0];
        let Event::Start(Tag::Link { link_type, dest_url, title, id } | Tag::Image { link_type, dest_url, title, id }) =
            event
        else {
            return;
        };
        let is_image = matches!(event, Event::Start(Tag::Image { .. }));
        let what = if is_image { "the address of an image" } else { "the address of a link" };
        self.refuse(dest_url, range, what);
        self.refuse(title, range, "the title of a link");
        if is_image {
            self.images += 1;
            if headings::text(&events[1..], self.scanned).trim().is_empty() && !self.has_value(&events[1..]) {
                let hint = "say between the brackets what there is to see: `![Contributors by quarter](…)`";
                self.fault(Kind::Content, range, "the image has no alternative text", hint);
            }
        }
        let is_address = !dest_url.chars().any(|c| marked(c).is_some()) && *link_type != LinkType::Email;
        let target = if is_address { references::read(dest_url, self.home, is_image) } else { Ok(None) };
        let dest_url = match target {
            Ok(None) => dest_url.clone(),
            Ok(Some(target)) => {
                let place = self.manuscript.place(range.clone());
                let shown = self.shown_on.to(&target.written());
                self.links.push(Link { target, place });
                shown.into()
            }
            Err((message, hint)) => {
                self.fault(Kind::Reference, range, &message, &hint);
                dest_url.clone()
            }
        };
        let (link_type, title, id) = (*link_type, title.clone(), id.clone());
        self.push(Event::Start(if is_image {
            Tag::Image { link_type, dest_url, title, id }
        } else {
            Tag::Link { link_type, dest_url, title, id }
        }));
    }

    /// Whether a value stands in the text up to the end of the first element.
    fn has_value(&self, events: &[Placed<'a>]) -> bool {
        let inside = events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Image)));
        inside.filter_map(|(event, _)| if let Event::Text(text) = event { Some(text) } else { None }).any(|text| {
            text.chars()
                .filter_map(marked)
                .any(|number| matches!(self.fillings.get(number), Some(Filling::Value { .. })))
        })
    }

    /// Without its comments, which are for other editors.
    fn raw_html(&mut self, range: &Range<usize>) {
        let block = self.block.take().unwrap_or_default();
        let mut kept = String::new();
        let mut rest = block.as_str();
        while let Some((before, comment)) = rest.split_once("<!--") {
            kept.push_str(before);
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            if !comment.contains("-->") {
                let hint = "close it with `-->`; everything after it would be lost";
                self.fault(Kind::Content, range, "this comment is never closed", hint);
            }
        }
        kept.push_str(rest);
        self.refuse(&kept, range, "raw HTML");
        if !kept.trim().is_empty() {
            self.push(Event::Html(kept.into()));
        }
    }

    /// A `[^name]` that markdown took for text, because no footnote has the name.
    fn missing_note(&mut self, range: &Range<usize>) {
        let source = &self.scanned.text[range.start..];
        let is_escaped = self.scanned.text[..range.start].ends_with('\\');
        let Some(label) = source.strip_prefix("[^").and_then(|rest| rest.split_once(']')).map(|(label, _)| label)
        else {
            return;
        };
        if !is_escaped && !label.is_empty() && !label.contains(char::is_whitespace) {
            let message = format!("the footnote `[^{label}]` is written nowhere");
            let span = range.start..range.start + label.len() + "[^]".len();
            self.fault(Kind::Reference, &span, &message, "add a paragraph that begins with its name and a colon");
        }
    }

    /// `[text][name]` whose name is defined nowhere; markdown itself would print the brackets.
    fn missing_references(&mut self, broken: &[(LinkType, Range<usize>, String)]) {
        for (link_type, span, reference) in broken {
            // `[name]` alone is how people write brackets.
            if matches!(link_type, LinkType::Reference | LinkType::Collapsed) {
                let message = format!("the link's address `[{reference}]` is written nowhere");
                self.fault(Kind::Reference, span, &message, "add a line with its name, a colon and the address");
            }
        }
    }

    fn finish(mut self) -> Result<Rendered> {
        for (label, range) in self.notes.unused() {
            let message = format!("nothing refers to the footnote `[^{label}]`");
            self.fault(Kind::Reference, &range, &message, "refer to it, or delete it");
        }
        for (number, expression) in self.scanned.expressions.iter().enumerate() {
            if !self.seen[number] {
                let hint = "values stand in sentences, headings and tables";
                self.fault(Kind::Content, &expression.range, "no value can stand here", hint);
            }
        }
        let mut rendered = Rendered { links: self.links, ..Rendered::default() };
        for (number, part) in self.parts.into_iter().enumerate() {
            let mut body_html = String::new();
            html::push_html(&mut body_html, part.body.into_iter());
            body_html += &self.notes.html(number);
            body_html.extend(part.figures.iter().map(|(id, about)| about.html(id, self.shown_on)));
            if number == 0 {
                rendered.lede_html = body_html;
                continue;
            }
            let mut title_html = String::new();
            html::push_html(&mut title_html, part.title.into_iter());
            let Part { id, quiet, start, .. } = part;
            rendered.sections.push(Section { id, title_html, body_html, quiet, start });
        }
        self.faults.finish(rendered)
    }
}
