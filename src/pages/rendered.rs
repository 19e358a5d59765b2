//! What comes of a text: its parts as markup, and what else is made of it.

use super::feeds::Letter;
use super::mail::Post;
use super::picture::Plain;
use super::references::Link;
use super::wording::escaped;

/// A text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// Everything before the first heading of level 2.
    pub lede_html: String,
    /// The sections.
    pub sections: Vec<Section>,
    /// The links that have to lead somewhere within the site.
    pub links: Vec<Link>,
    /// The files of its charts, by address; none where the text is shown on another page than its own.
    pub files: Vec<(String, Vec<u8>)>,
    /// What stands for each expression where nothing can be pressed or drawn; none where charts were left out.
    pub plain: Vec<Plain>,
    /// What readers of feeds get of it; none where it is no edition that is published.
    pub letter: Option<Box<Letter>>,
    /// How it is mailed; none where it is no edition, or the settings don't say how.
    pub post: Option<Box<Post>>,
}

/// What stands under a heading of level 2.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title_html: String,
    /// Its text, without the heading.
    pub body_html: String,
    /// Whether the heading has the class `quiet`.
    pub quiet: bool,
    /// Where its heading begins in the file, in bytes.
    pub start: usize,
}

impl Rendered {
    /// Everything in one piece, headings included.
    #[must_use]
    pub fn whole(&self) -> String {
        let mut whole = self.lede_html.clone();
        for Section { id, title_html, body_html, .. } in &self.sections {
            let id = escaped(id);
            whole.extend(["<h2 id=\"", &id, "\">", title_html, "</h2>\n", body_html]);
        }
        whole
    }
}
