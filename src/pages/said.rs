//! What the editions said of something: their sections, read again for other pages.

use std::sync::Arc;

use serde::Serialize;

use super::address::Address;
use super::desk::{Bound, Desk};
use super::edition::Edition;
use super::markdown::Section;
use super::markup::unescaped;
use super::safe::Safe;
use super::wording;
use crate::metrics::Scope;
use crate::plain::Result;

/// An edition's words, without its charts.
#[derive(Debug)]
pub struct Volume<'a> {
    edition: &'a Edition,
    words: Arc<Words>,
}

/// Something that an edition said.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// `2026-q2`.
    pub slug: String,
    /// `Second quarter 2026`.
    pub period_label: String,
    /// The edition's title.
    pub edition: String,
    /// Where it stands.
    pub path: String,
    /// The heading of the section, as text.
    pub title: String,
    /// The same as markup.
    pub title_html: Safe,
    /// What it says; empty where the passage is only pointed at.
    pub body_html: Safe,
}

/// No page stands at this address, and none shares a folder with it: what is relative to it works from any page that is
/// two folders deep. No slug and no id begins with a hyphen.
const ANYWHERE: &str = "-/-/";

/// What an edition says: its sections, and what its figures are about.
#[derive(Clone, Debug)]
pub struct Words {
    sections: Vec<Section>,
    bound: Vec<Bound>,
}

impl Words {
    /// Reads an edition.
    pub fn read(desk: &Desk<'_>, edition: &Edition) -> Result<Self> {
        let shown_on = Address::new(ANYWHERE);
        let (text, bound) = desk.words(&edition.manuscript, edition.period, &edition.page(), &shown_on)?;
        Ok(Self { sections: text.sections, bound })
    }
}

impl<'a> Volume<'a> {
    /// An edition with what it says.
    #[must_use]
    pub fn new(edition: &'a Edition, words: Arc<Words>) -> Self {
        Self { edition, words }
    }

    fn passage(&self, section: Option<&Section>, with_words: bool) -> Passage {
        let slug = self.edition.period.slug();
        let own = self.edition.address();
        let moved = |html: &str| Safe(prefixed(html, &format!("{slug}-")));
        Passage {
            period_label: wording::period(self.edition.period),
            edition: self.title().to_owned(),
            path: section.map_or_else(|| own.as_str().to_owned(), |section| format!("{}#{}", own.as_str(), section.id)),
            title: section.map_or_else(|| "The opening".to_owned(), |section| plain_text(&section.title_html)),
            title_html: section.map(|section| moved(&section.title_html)).unwrap_or_default(),
            body_html: section.filter(|_| with_words).map(|section| moved(&section.body_html)).unwrap_or_default(),
            slug,
        }
    }

    /// The edition and its sections, each with its title, its address and what it is part of.
    #[must_use]
    pub fn contents(&self) -> Vec<(String, String, String)> {
        let (own, label) = (self.edition.address(), wording::period(self.edition.period));
        let path = own.as_str();
        let sections = self
            .words
            .sections
            .iter()
            .map(|section| (plain_text(&section.title_html), format!("{path}#{}", section.id), label.clone()));
        std::iter::once((self.title().to_owned(), path.to_owned(), label.clone())).chain(sections).collect()
    }

    fn title(&self) -> &str {
        &self.edition.matter.title
    }

    /// The section in which something stands; none before the first.
    fn section_at(&self, start: usize) -> Option<usize> {
        self.words.sections.partition_point(|section| section.start <= start).checked_sub(1)
    }
}

/// The sections about a category, the newest first.
#[must_use]
pub fn sections(volumes: &[Volume<'_>], slug: &str) -> Vec<Passage> {
    let own = |volume: &Volume<'_>| {
        let section = volume.words.sections.iter().find(|section| section.id == slug && !section.quiet)?;
        Some(volume.passage(Some(section), true))
    };
    volumes.iter().rev().filter_map(own).collect()
}

/// Where editions state a figure of a scope, the newest first, each section once; not in the section `but`.
#[must_use]
pub fn mentions(volumes: &[Volume<'_>], scope: &Scope, but: Option<&str>) -> Vec<Passage> {
    let mut passages = Vec::new();
    for volume in volumes.iter().rev() {
        let about = volume.words.bound.iter().filter(|bound| bound.scope == *scope);
        let mut places: Vec<Option<usize>> = about.map(|bound| volume.section_at(bound.start)).collect();
        places.sort_unstable();
        places.dedup();
        let sections = places.into_iter().map(|place| place.map(|place| &volume.words.sections[place]));
        let others = sections.filter(|section| section.is_none_or(|section| but != Some(section.id.as_str())));
        passages.extend(others.map(|section| volume.passage(section, false)));
    }
    passages
}

/// Attributes that name an element of the same page.
const IDS: [&str; 6] = ["id", "for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls"];

/// The same markup with other ids, so that the sections of several editions can stand in one page. Quotes in text are
/// written as entities, so that what looks like an attribute is one.
fn prefixed(html: &str, prefix: &str) -> String {
    let html = html.replace(" href=\"#", &format!(" href=\"#{prefix}"));
    IDS.iter().fold(html, |html, name| html.replace(&format!(" {name}=\""), &format!(" {name}=\"{prefix}")))
}

/// What a heading says, without its markup.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        // Before the first tag there is none to leave out.
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    unescaped(&text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_what_refers_to_them_move_together() {
        let html =
            "<h3 id=\"a\">A</h3><p>See <a href=\"#a\">a</a> and <a href=\"../../x/#a\">x</a>, &quot; id=&quot;</p>";
        let moved = prefixed(html, "2026-q2-");
        assert_eq!(
            moved,
            "<h3 id=\"2026-q2-a\">A</h3><p>See <a href=\"#2026-q2-a\">a</a> and <a href=\"../../x/#a\">x</a>, \
             &quot; id=&quot;</p>"
        );
    }

    #[test]
    fn headings_as_text() {
        assert_eq!(plain_text("Up <em>by</em> 5 &amp;lt; 6 &gt; <code>a&lt;b</code>"), "Up by 5 &lt; 6 > a<b");
        assert_eq!(plain_text("Plain"), "Plain");
    }
}
