//! A feed as Atom, RFC 4287.

use std::borrow::Cow;

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use super::channel::{self, Channel};
use crate::plain::Day;

/// All of it.
pub fn write(channel: &Channel<'_>) -> String {
    let way = |rel: &str, href: String, media_type: &str| Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    };
    let own = channel.absolute(&format!("{}feed.xml", channel.stem));
    let feed = Feed {
        title: Text::plain(channel.title.clone()),
        id: own.clone(),
        updated: moment(channel.updated),
        authors: vec![person(&channel.publisher)],
        generator: Some(Generator { value: "Signal".to_owned(), ..Generator::default() }),
        links: vec![
            way("self", own, "application/atom+xml"),
            way("alternate", channel.absolute(&channel.stem), "text/html"),
        ],
        subtitle: Some(Text::plain(channel.description.clone())),
        entries: channel.entries.iter().map(entry).collect(),
        lang: Some(channel.language.to_string()),
        ..Feed::default()
    };
    feed.to_string() + "\n"
}

fn entry(entry: &channel::Entry<'_>) -> Entry {
    let tag = |term: &Cow<'_, str>| Category { term: term.to_string(), ..Category::default() };
    let content =
        Content { value: Some(entry.html.to_owned()), content_type: Some("html".to_owned()), ..Content::default() };
    let way = Link {
        href: entry.url.clone(),
        rel: "alternate".to_owned(),
        mime_type: Some("text/html".to_owned()),
        ..Link::default()
    };
    Entry {
        title: Text::plain(entry.title),
        id: entry.url.clone(),
        updated: moment(entry.updated),
        published: entry.published.map(moment),
        authors: vec![person(&entry.author)],
        categories: entry.tags.iter().map(tag).collect(),
        links: vec![way],
        summary: Some(Text::plain(entry.summary.clone())),
        content: Some(content),
        ..Entry::default()
    }
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn moment(day: Day) -> FixedDateTime {
    format!("{day}T00:00:00Z").parse().expect("the first instant of a day")
}
