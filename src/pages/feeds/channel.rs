//! What a feed holds, whichever way it is written.

use std::borrow::Cow;

use super::clean::legible;
use super::letter::{Extract, Letter};
use crate::data::registry::Category;
use crate::pages::card;
use crate::pages::desk::Desk;
use crate::plain::Day;

/// A feed.
#[derive(Debug)]
pub struct Channel<'a> {
    /// What its addresses begin with, relative to the site's root: nothing, or a category's.
    pub stem: String,
    /// Where the site stands, with a slash at its end.
    pub base_url: &'a str,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Of its texts.
    pub language: Cow<'a, str>,
    /// Who publishes.
    pub publisher: Cow<'a, str>,
    /// When anything in it changed last.
    pub updated: Day,
    /// The newest first.
    pub entries: Vec<Entry<'a>>,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Where it stands, and what it is known by for ever.
    pub url: String,
    /// Its title.
    pub title: &'a str,
    /// What it found.
    pub summary: String,
    /// All of it, with absolute addresses.
    pub html: &'a str,
    /// When it came out, if it says so.
    pub published: Option<Day>,
    /// When it was last put right, or came out.
    pub updated: Day,
    /// Who wrote it.
    pub author: Cow<'a, str>,
    /// What it is about.
    pub tags: Vec<Cow<'a, str>>,
    /// A picture for lists of entries.
    pub image: String,
}

impl Channel<'_> {
    /// An address within the site, absolute.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// What the addresses of a category's feeds begin with.
pub fn stem(slug: &str) -> String {
    format!("categories/{slug}/")
}

/// The publication's feed, then those of the categories in their order.
pub fn all<'a>(desk: &'a Desk<'_>, letters: &[&'a Letter]) -> Vec<Channel<'a>> {
    let settings = &desk.publication.settings.value;
    let registry = &desk.publication.registry.value;
    let publisher = legible(settings.publisher.as_deref().unwrap_or(&settings.title));
    let base_url = desk.press.base_url();
    let entry = |letter: &'a Letter, path: String, (title, summary, html): (&'a str, String, &'a str)| Entry {
        url: format!("{base_url}{path}"),
        title,
        summary,
        html,
        published: letter.published,
        updated: letter.updated,
        author: letter.byline.as_deref().map_or_else(|| publisher.clone(), Cow::Borrowed),
        tags: Vec::new(),
        image: format!("{base_url}{}", card::path(&letter.path)),
    };
    let channel = |stem: String, title: &str, description: &str, entries: Vec<Entry<'a>>| Channel {
        stem,
        base_url,
        title: legible(title).into_owned(),
        description: legible(description).into_owned(),
        language: legible(&settings.language),
        publisher: publisher.clone(),
        // A feed without entries was true when the data were.
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_else(|| settings.as_of.day()),
        entries,
    };
    let title_of = |extract: &Extract| {
        let category = registry.categories.iter().find(|category| category.slug.value == extract.slug);
        category.map(|category| legible(&category.title))
    };
    let whole = letters.iter().rev().map(|letter| {
        let own = entry(letter, letter.path.clone(), (&letter.title, letter.summary.clone(), &letter.html));
        Entry { tags: letter.sections.iter().filter_map(title_of).collect(), ..own }
    });
    let description = settings.description.as_ref().or(settings.tagline.as_ref()).unwrap_or(&settings.title);
    let of_category = |category: &'a Category| {
        let slug = &category.slug.value;
        let own = letters.iter().rev().filter_map(|letter| {
            let extract = letter.sections.iter().find(|extract| extract.slug == *slug)?;
            let summary = format!("{}, {}", category.title, letter.period_label);
            let path = format!("{}#{slug}", letter.path);
            let own = entry(letter, path, (&extract.title, legible(&summary).into_owned(), &extract.html));
            Some(Entry { tags: vec![legible(&category.title)], ..own })
        });
        let title = format!("{}: {}", settings.title, category.title);
        let about =
            category.description.clone().unwrap_or_else(|| format!("What editions said of {}.", category.title));
        channel(stem(slug), &title, &about, own.collect())
    };
    let first = channel(String::new(), &settings.title, description, whole.collect());
    std::iter::once(first).chain(registry.ordered().into_iter().map(of_category)).collect()
}
