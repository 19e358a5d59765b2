//! What readers subscribe to: each edition whole, as Atom, RSS and JSON Feed; and for each category what editions said of
//! it.

mod atom;
mod channel;
mod clean;
mod json;
mod letter;
mod rss;
mod strays;

#[cfg(test)]
mod tests;

use serde::Serialize;

use self::channel::Channel;
pub use self::clean::{cleaned, legible};
pub use self::letter::{Laid, Letter};
pub use self::strays::strays;
use super::desk::{Desk, Page};

/// A feed in all its formats, as templates know it.
#[derive(Debug, Serialize)]
pub struct Feed {
    /// What it is about: the publication or a category.
    title: String,
    files: Vec<FeedFile>,
}

#[derive(Debug, Serialize)]
struct FeedFile {
    #[serde(rename = "type")]
    media_type: &'static str,
    label: &'static str,
    path: String,
}

/// A way to write a feed.
struct Format {
    file: &'static str,
    media_type: &'static str,
    label: &'static str,
    write: fn(&Channel<'_>) -> String,
}

const FORMATS: [Format; 3] = [
    Format { file: "feed.xml", media_type: "application/atom+xml", label: "Atom", write: atom::write },
    Format { file: "rss.xml", media_type: "application/rss+xml", label: "RSS", write: rss::write },
    Format { file: "feed.json", media_type: "application/feed+json", label: "JSON Feed", write: json::write },
];

/// The feeds that a page speaks of: its category's, where it is about one, and the publication's.
#[must_use]
pub fn of_page(desk: &Desk<'_>, page: &Page) -> Vec<Feed> {
    let registry = &desk.publication.registry.value;
    let category = registry.categories.iter().find(|category| page.path == channel::stem(&category.slug.value));
    let feed = |title: &str, stem: &str| Feed {
        title: title.to_owned(),
        files: FORMATS.iter().map(|format| format.named(stem)).collect(),
    };
    let own = category.map(|category| feed(&category.title, &channel::stem(&category.slug.value)));
    own.into_iter().chain([feed(desk.title(), "")]).collect()
}

/// All feeds, by address. `letters` come in the order of their quarters.
#[must_use]
pub fn files(desk: &Desk<'_>, letters: &[&Letter]) -> Vec<(String, Vec<u8>)> {
    let channels = channel::all(desk, letters);
    let file = |channel: &Channel<'_>, format: &Format| {
        (format!("{}{}", channel.stem, format.file), (format.write)(channel).into_bytes())
    };
    channels.iter().flat_map(|channel| FORMATS.iter().map(move |format| file(channel, format))).collect()
}

impl Format {
    fn named(&self, stem: &str) -> FeedFile {
        FeedFile { media_type: self.media_type, label: self.label, path: format!("{stem}{}", self.file) }
    }
}
