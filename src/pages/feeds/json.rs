//! A feed as JSON Feed 1.1.

use std::borrow::Cow;

use serde::Serialize;

use super::channel::{self, Channel};
use crate::plain::Day;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    #[serde(rename = "feed_url")]
    own_url: String,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    image: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [Cow<'a, str>],
    content_html: &'a str,
}

/// All of it.
pub fn write(channel: &Channel<'_>) -> String {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: channel.absolute(&channel.stem),
        own_url: channel.absolute(&format!("{}feed.json", channel.stem)),
        description: &channel.description,
        language: &channel.language,
        authors: [Author { name: &channel.publisher }],
        items: channel.entries.iter().map(item).collect(),
    };
    serde_json::to_string_pretty(&feed).expect("texts are JSON") + "\n"
}

fn item<'a>(entry: &'a channel::Entry<'a>) -> Item<'a> {
    Item {
        id: &entry.url,
        url: &entry.url,
        title: entry.title,
        summary: &entry.summary,
        image: &entry.image,
        date_published: entry.published.map(moment),
        date_modified: moment(entry.updated),
        authors: [Author { name: &entry.author }],
        tags: &entry.tags,
        content_html: entry.html,
    }
}

fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}
