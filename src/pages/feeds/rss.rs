//! A feed as RSS 2.0, with the whole text of each entry.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Guid, Item};

use super::channel::{self, Channel};
use crate::plain::Day;

/// All of it.
pub fn write(channel: &Channel<'_>) -> String {
    let own = channel.absolute(&format!("{}rss.xml", channel.stem));
    let attributes = [("rel", "self"), ("href", own.as_str()), ("type", "application/rss+xml")];
    let attrs = attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let own = Extension { name: "atom:link".to_owned(), attrs, ..Extension::default() };
    let feed = rss::Channel {
        title: channel.title.clone(),
        link: channel.absolute(&channel.stem),
        description: channel.description.clone(),
        language: Some(channel.language.to_string()),
        last_build_date: Some(moment(channel.updated)),
        generator: Some("Signal".to_owned()),
        namespaces: BTreeMap::from([("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())]),
        extensions: of_atom("link", own),
        items: channel.entries.iter().map(item).collect(),
        ..rss::Channel::default()
    };
    feed.to_string() + "\n"
}

fn item(entry: &channel::Entry<'_>) -> Item {
    let tag = |name: &Cow<'_, str>| Category { name: name.to_string(), domain: None };
    let creator = DublinCoreExtension { creators: vec![entry.author.to_string()], ..DublinCoreExtension::default() };
    let updated = Extension {
        name: "atom:updated".to_owned(),
        value: Some(format!("{}T00:00:00Z", entry.updated)),
        ..Extension::default()
    };
    Item {
        title: Some(entry.title.to_owned()),
        link: Some(entry.url.clone()),
        description: Some(entry.summary.clone()),
        categories: entry.tags.iter().map(tag).collect(),
        guid: Some(Guid { value: entry.url.clone(), permalink: true }),
        pub_date: entry.published.map(moment),
        content: Some(entry.html.to_owned()),
        dublin_core_ext: Some(creator),
        // The format itself knows no day on which an entry was put right.
        extensions: of_atom("updated", updated),
        ..Item::default()
    }
}

/// An element of Atom within RSS.
fn of_atom(name: &str, element: Extension) -> ExtensionMap {
    BTreeMap::from([("atom".to_owned(), BTreeMap::from([(name.to_owned(), vec![element])]))])
}

/// `Tue, 14 Jul 2026 00:00:00 GMT`.
fn moment(day: Day) -> String {
    let moment = Timestamp::from_second(day.seconds()).expect("every Day lies in the years 0 to 9999");
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).expect("no year before 0")
}
