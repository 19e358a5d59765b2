//! How large a mail is, part by part: what is longer than 102 kB is cut off by the mail program that most readers have.

use std::path::PathBuf;

use crate::data::mailing::Form;
use crate::pages::edition::Edition;
use crate::pages::manuscript::Manuscript;
use crate::pages::markdown::{Rendered, Section};
use crate::pages::sections::SectionContext;
use crate::plain::{Diagnostic, Kind, Period, Place, Result};

/// From here on a build says so, in bytes.
pub const WARN: usize = 80_000;
/// No mail may be larger, in bytes.
pub const MOST: usize = 100_000;

/// The size of the markup of an edition's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// The quarter.
    pub period: Period,
    /// The edition's text.
    pub file: PathBuf,
    /// How much of the edition is in it.
    pub form: Form,
    /// What stands where, in order: its name and its size in bytes.
    pub parts: Vec<(String, usize)>,
    /// The heading of the largest section.
    place: Option<Place>,
}

/// Places that a theme marks by these ids, with what begins there.
const PLACES: [(&str, &str); 3] =
    [("mail-categories", "the table of categories"), ("mail-grades", "the grades"), ("mail-foot", "the foot")];

impl Meter {
    /// Measures the markup between the ids of its parts.
    #[must_use]
    pub fn of(edition: &Edition, form: Form, html: &str, text: &Rendered, sections: &[SectionContext]) -> Self {
        let places = PLACES.map(|(id, name)| (id.to_owned(), name.to_owned()));
        let of_section = |section: &SectionContext| (section.id.clone(), section.id.clone());
        let marks = places.into_iter().chain(sections.iter().map(of_section));
        let mut starts: Vec<(usize, String)> = marks.filter_map(|(id, name)| Some((start(html, &id)?, name))).collect();
        starts.push((0, "the opening".to_owned()));
        starts.sort();
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([html.len()]);
        let parts: Vec<_> = starts.iter().zip(ends).map(|((start, name), end)| (name.clone(), end - start)).collect();
        let bytes = |section: &Section| parts.iter().find(|(name, _)| *name == section.id).map(|(_, bytes)| *bytes);
        let largest = text.sections.iter().max_by_key(|section| bytes(section));
        let place = largest.map(|section| heading(&edition.manuscript, section.start));
        Self { period: edition.period, file: edition.manuscript.file.clone(), form, parts, place }
    }

    /// All of it, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|(_, bytes)| bytes).sum()
    }

    /// That it is nearly too large, in a sentence.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let (period, bytes) = (self.period, self.bytes());
        (bytes > WARN).then(|| {
            format!("the mail of {period} has {} of the {} that it may have: {}", kb(bytes), kb(MOST), self.largest())
        })
    }

    /// A fault where it is too large.
    pub fn limit(&self) -> Result<()> {
        let bytes = self.bytes();
        if bytes <= MOST {
            return Ok(());
        }
        let message = format!(
            "the mail of {} has {}, and mail programs cut off what is longer than {}: {}",
            self.period,
            kb(bytes),
            kb(MOST),
            self.largest()
        );
        let hint = match self.form {
            Form::Full => "shorten these sections, or send the short form: `mail: {form: short}` in the front matter",
            Form::Short => "shorten the lede and the first paragraphs of these sections",
        };
        let fault = Diagnostic::new(Kind::Content, message).hint(hint);
        Err(match &self.place {
            Some(place) => fault.at(place.clone()),
            None => fault.in_file(&self.file),
        }
        .into())
    }

    /// The parts, the largest first.
    fn largest(&self) -> String {
        let mut parts: Vec<&(String, usize)> = self.parts.iter().collect();
        parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        let parts: Vec<String> = parts.iter().map(|(name, bytes)| format!("{name} {}", kb(*bytes))).collect();
        parts.join(", ")
    }
}

/// The line of a heading.
fn heading(manuscript: &Manuscript, start: usize) -> Place {
    let line = manuscript.text[start..].lines().next().unwrap_or_default();
    manuscript.place(start..start + line.len())
}

/// Where the element with an id begins.
fn start(html: &str, id: &str) -> Option<usize> {
    let at = html.find(&format!(" id=\"{}\"", crate::pages::wording::escaped(id)))?;
    html[..at].rfind('<')
}

/// `81.4 kB`, in thousands of bytes.
#[must_use]
pub fn kb(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
