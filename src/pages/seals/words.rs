//! The words of an edition, paragraph by paragraph: what may not change in silence once it was sealed.

use crate::data::identity_key::{Hash, digest};
use crate::pages::edition::Edition;
use crate::pages::front_matter::range_of;
use crate::pages::manuscript::Manuscript;
use crate::pages::scanner::{self, Scanned};
use crate::plain::Result;

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it begins in the file, in bytes.
    pub start: usize,
    /// A digest of its words: blanks at the ends of lines and comments are none.
    pub digest: Hash,
}

/// What an edition says of itself, then its text.
pub fn paragraphs(edition: &Edition) -> Result<Vec<Paragraph>> {
    let (matter, manuscript) = (&edition.matter, &edition.manuscript);
    let published_on = matter.published_on.map(|day| day.to_string());
    let said = [
        ("title", Some(&matter.title)),
        ("summary", Some(&matter.summary)),
        ("byline", matter.byline.as_ref()),
        ("published_on", published_on.as_ref()),
    ];
    let of_setting = |(name, value): (&str, Option<&String>)| Paragraph {
        start: range_of(manuscript, name).start,
        digest: digest(format!("{name}: {value:?}").as_bytes()),
    };
    let mut found: Vec<Paragraph> = said.into_iter().map(of_setting).collect();
    found.extend(of_text(manuscript, &scanner::scan(manuscript)?));
    Ok(found)
}

fn of_text(manuscript: &Manuscript, scanned: &Scanned) -> Vec<Paragraph> {
    let mut text = manuscript.text.clone();
    for range in scanner::comments(&scanned.text) {
        // As long as before, so that offsets stay those of the file.
        let blanks: String = text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(range, &blanks);
    }
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut start = manuscript.body;
    for line in text[manuscript.body..].split_inclusive('\n') {
        let words = line.trim_end();
        if words.is_empty() {
            found.extend(open.take());
        } else {
            let (_, paragraph) = open.get_or_insert_with(|| (start, String::new()));
            paragraph.extend([words, "\n"]);
        }
        start += line.len();
    }
    found.extend(open);
    let sum = |(start, words): (usize, String)| Paragraph { start, digest: digest(words.as_bytes()) };
    found.into_iter().map(sum).collect()
}

/// Where words first differ from those that were sealed, in bytes of the file; nothing where they are the same.
#[must_use]
pub fn first_edit(now: &[Paragraph], sealed: &[Hash], manuscript: &Manuscript) -> Option<usize> {
    let same = now.iter().zip(sealed).take_while(|(now, sealed)| now.digest == **sealed).count();
    if same == now.len() && same == sealed.len() {
        return None;
    }
    // Where something was cut off at the end, the last line is where it isn't any more.
    Some(now.get(same).map_or(manuscript.text.trim_end().len(), |paragraph| paragraph.start))
}
