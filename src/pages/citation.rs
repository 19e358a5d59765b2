//! How to cite an edition.

use serde::Serialize;

use super::desk::Desk;
use super::edition::Edition;
use super::wording;

/// An edition as others name it.
#[derive(Clone, Debug, Serialize)]
pub struct Citation {
    /// In a sentence.
    text: String,
    /// For a list of references.
    bibtex: String,
}

impl Citation {
    /// Of an edition.
    #[must_use]
    pub fn of(desk: &Desk<'_>, edition: &Edition) -> Self {
        let settings = &desk.publication.settings.value;
        let author = edition.matter.byline.as_ref().or(settings.publisher.as_ref()).unwrap_or(&settings.title);
        let url = format!("{}{}", desk.press.base_url(), edition.address().as_str());
        let (title, publication) = (&edition.matter.title, &settings.title);
        let period = wording::period(edition.period);
        let on = edition.matter.published_on.map(|day| format!(" {},", wording::day(day))).unwrap_or_default();
        let text =
            format!("{author}: \u{201c}{title}\u{201d}, {publication} no. {}, {period},{on} {url}", edition.number);
        let date = edition.matter.published_on.map(|day| format!("  date = {{{day}}},\n")).unwrap_or_default();
        let bibtex = format!(
            "@periodical{{{key},\n  author = {{{author}}},\n  title = {{{title}}},\n  journaltitle = {{{publication}}},\n  \
             number = {{{number}}},\n{date}  url = {{{url}}}\n}}",
            key = edition.period.slug(),
            author = braced(author),
            title = braced(title),
            publication = braced(publication),
            number = edition.number,
        );
        Self { text, bibtex }
    }
}

/// What BibTeX reads as the same letters.
fn braced(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' => {}
            '\\' => out.push_str("\\textbackslash{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_a_meaning_are_escaped() {
        assert_eq!(braced("A & B: 7% {of} x_y"), "A \\& B: 7\\% of x\\_y");
    }
}
