//! The e-mail edition: markup that every mail program shows, the same as words, and a message of both.

mod html;
mod layout;
mod message;
pub mod meter;
mod sender;
mod text;
mod words;

use std::sync::Arc;

use serde::Serialize;

pub use self::meter::Meter;
use self::sender::Signs;
use self::words::{Line, Part, Piece};
use super::absolute;
use super::address::Address;
use super::chart::files::File;
use super::check::Finished;
use super::desk::Desk;
use super::edition::Provenance;
use super::feeds::{Laid, cleaned};
use super::markdown::Rendered;
use super::predictions::{Grades, Verdict};
use super::safe::Safe;
use super::said::plain_text;
use super::sections::Sections;
use super::wording::escaped;
use crate::data::mailing::{Form, Mail};
use crate::plain::Result;

/// The files of an edition's mail, and how large it is.
#[derive(Clone, Debug)]
pub struct Post {
    /// `mail.html`, `mail.txt` and `mail.eml`, by address.
    pub files: Vec<File>,
    /// The sizes of its parts.
    pub meter: Meter,
    /// The markup with something that can be followed in place of the sender's signs.
    followable: String,
}

/// What was predicted of the quarter, and what became of it.
#[derive(Clone, Debug, Serialize)]
struct Grade {
    /// `Confirmed`.
    label: &'static str,
    statement_html: Safe,
    #[serde(skip)]
    statement: String,
    /// What it came to, and what was asked for.
    detail: String,
    /// Where it stands in the ledger, relative to the site's root.
    path: String,
}

/// What all forms of a mail are made from.
struct Source<'a> {
    desk: &'a Desk<'a>,
    laid: &'a Laid<'a>,
    provenance: &'a Provenance,
    settings: &'a Mail,
    signs: Signs,
    form: Form,
    text: Rendered,
    sections: Sections,
    parts: Vec<Part>,
    grades: Vec<Grade>,
}

/// The mail of an edition whose page was composed; none where the settings don't say how it is sent.
pub fn compose(desk: &Desk<'_>, laid: &Laid<'_>, provenance: &Provenance) -> Result<Option<Post>> {
    let Some(settings) = &desk.publication.settings.value.mail else { return Ok(None) };
    let (edition, plain) = (laid.edition, &laid.text.plain);
    let (page, home, base_url) = (edition.page(), edition.address(), desk.press.base_url());
    let absolute = |written: &str| absolute::address(written, &home, base_url).unwrap_or_else(|| written.to_owned());
    let text = desk.still(&edition.manuscript, plain, &page, &|picture| html::chart(desk, edition, picture))?;
    let source = Source {
        desk,
        laid,
        provenance,
        settings,
        signs: Signs::of(settings),
        form: edition.matter.mail.form.unwrap_or(settings.form),
        sections: Sections::of(desk, edition, &text),
        text,
        parts: words::parts(&edition.manuscript, plain, &absolute)?,
        grades: laid.grades.into_iter().flat_map(Grades::verdicts).map(grade).collect(),
    };
    source.post().map(Some)
}

fn grade(verdict: Verdict<'_>) -> Grade {
    let statement = cleaned(verdict.statement_html);
    Grade {
        label: verdict.label,
        statement: plain_text(&statement),
        statement_html: Safe(unwrapped(&statement).to_owned()),
        detail: verdict.detail(),
        path: format!("predictions/#{}", verdict.id),
    }
}

impl Source<'_> {
    fn post(&self) -> Result<Post> {
        let html = html::compose(self)?;
        let text = text::compose(self);
        let edition = self.laid.edition;
        let meter = Meter::of(edition, self.form, &html, &self.text, &self.sections.sections);
        // Nobody sends a draft, and who shortens one wants to look at it.
        if !edition.matter.draft {
            meter.limit()?;
        }
        let message = message::compose(self, &html, &text);
        let address = |name: &str| format!("{}{name}", self.laid.edition.address().as_str());
        let followable = html.replace(&escaped(&self.signs.unsubscribe), "mailto:");
        let files = vec![
            (address("mail.eml"), message),
            (address("mail.html"), html.into_bytes()),
            (address("mail.txt"), text.into_bytes()),
        ];
        Ok(Post { files, meter, followable })
    }
}

impl Post {
    /// The markup as a page whose addresses can be checked, beside the edition's own.
    #[must_use]
    pub fn page<'a>(&self, edition: &Finished<'a>) -> Finished<'a> {
        Finished {
            address: Address::new(format!("{}mail.html", edition.address.as_str())),
            html: self.followable.clone(),
            links: Vec::new(),
            files: Vec::new(),
            manuscript: edition.manuscript,
            letter: None,
            post: None,
            anchors: Arc::default(),
            clean: Arc::default(),
        }
    }
}

/// Markup without the paragraph around it, where there is one alone.
fn unwrapped(html: &str) -> &str {
    let inside = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inside.filter(|html| !html.contains("<p>")).unwrap_or(html)
}

/// Words in one piece.
fn plain_line(text: &str) -> Line {
    vec![Piece::Text(text.to_owned())]
}
