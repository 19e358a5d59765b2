//! Feeds as a reader's own library reads them.

use feed_rs::model::{Entry, Feed};
use feed_rs::parser;

use super::super::compose::Site;
use super::super::fixture::{Folder, SETTINGS};
use crate::pages::absolute::is_absolute;
use crate::pages::markup::{addresses, elements};

const BASE: &str = "https://example.org/signal/";
const FILES: [&str; 3] = ["feed.xml", "rss.xml", "feed.json"];

fn built(folder: &Folder) -> Site {
    folder.compose().unwrap_or_else(|faults| panic!("{faults}"))
}

fn read(site: &Site, file: &str) -> Feed {
    let bytes = &site.files[file];
    parser::parse(bytes.as_slice()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn body(entry: &Entry) -> &str {
    entry.content.as_ref().and_then(|content| content.body.as_deref()).expect("a whole entry")
}

fn title(entry: &Entry) -> &str {
    &entry.title.as_ref().expect("a title").content
}

fn day(moment: Option<impl ToString>) -> String {
    moment.map(|moment| moment.to_string()[..10].to_owned()).unwrap_or_default()
}

const CHART: &str =
    "{{ chart(\"trend\", scope=\"category:kernels\", metric=\"contributors\", title=\"Up & up\", id=\"up\") }}";

/// With an edition that has all that can be wrong in a feed.
fn folder() -> Folder {
    let folder = Folder::with_editions();
    let front = "---\ntitle: The second\nsummary: What it found.\nbyline: The desk\npublished_on: 2026-07-14\n---\n";
    let text = format!(
        "The lede, {{{{ corpus().contributors }}}} people, [below](#kernels).[^1]\n\n[^1]: A note.\n\n\
         ## Up *again* {{#kernels}}\n\n{CHART}\n\n![Bars](../files/a.png)\n\n\
         ## Other {{#other}}\n\n<script>alert(1)</script>\n\n\
         <p style=\"color: red\" onclick=\"x()\">Raw <a href='../archive/'>too</a>.</p>\n"
    );
    folder.put("content/editions/2026-q2.md", &format!("{front}{text}")).put("content/files/a.png", "not really");
    folder
}

#[test]
fn every_edition_is_an_entry_in_every_format() {
    let site = built(&folder());
    for file in FILES {
        let feed = read(&site, file);
        let entries: Vec<(&str, &str)> = feed.entries.iter().map(|entry| (title(entry), entry.id.as_str())).collect();
        let url = |slug: &str| format!("{BASE}{slug}/");
        assert_eq!(entries, [("The second", &*url("2026-q2")), ("Edition 2026-Q1", &*url("2026-q1"))], "{file}");
        let [second, first] = &feed.entries[..] else { panic!("{file}") };
        assert_eq!(day(second.published), "2026-07-14", "{file}");
        assert_eq!(day(first.published), "", "nobody said when it came out");
        if file != "rss.xml" {
            assert_eq!(day(second.updated), "2026-07-14", "{file}");
            assert_eq!(day(first.updated), "2026-04-01", "{file}");
            assert_eq!(second.authors[0].name.as_deref(), Some("The desk"), "{file}");
        }
        assert_eq!(second.links[0].href, format!("{BASE}2026-q2/"), "{file}");
        assert_eq!(second.summary.as_ref().unwrap().content, "What it found.", "{file}");
    }
}

#[test]
fn an_entry_is_whole_and_stands_anywhere() {
    let site = built(&folder());
    for file in FILES {
        let feed = read(&site, file);
        let html = body(&feed.entries[0]);
        for part in [
            "<li>contributors: 119, up 18% on 2026-Q1</li>",
            "<p>The lede, 119 people, <a href=\"https://example.org/signal/2026-q2/#kernels\">below</a>.",
            "<p>Raw <a href=\"https://example.org/signal/archive/\">too</a>.</p>",
            "<h2>Up <em>again</em></h2>",
            "<img src=\"https://example.org/signal/2026-q2/charts/up.png\" alt=\"Up &amp; up. ",
            "<img src=\"https://example.org/signal/files/a.png\" alt=\"Bars\"",
            "<strong>On-device</strong>",
            "<tr><td>All repositories</td>",
            "A note.",
        ] {
            assert!(html.contains(part), "{file} lacks {part}: {html}");
        }
        for element in elements(html) {
            let name = element.name.as_ref();
            assert!(!["script", "style", "svg", "button"].contains(&name), "{file} has <{name}>");
            for attribute in &element.attributes {
                assert!(!attribute.name.starts_with("on") && attribute.name != "style" && attribute.name != "popover");
                for address in addresses(&attribute.name, &attribute.value) {
                    let address = &attribute.value[address];
                    assert!(is_absolute(address), "{file}: {address}");
                    let path = address.strip_prefix(BASE).map(|path| path.split('#').next().unwrap_or_default());
                    let known = path.is_none_or(|path| site.files.contains_key(&super::super::address::file(path)));
                    assert!(known, "{file}: {address} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn a_category_has_what_editions_said_of_it() {
    let site = built(&folder());
    for file in FILES {
        let feed = read(&site, &format!("categories/kernels/{file}"));
        assert_eq!(feed.title.as_ref().unwrap().content, "The Signal: GPU Kernels & Performance");
        let titles: Vec<&str> = feed.entries.iter().map(title).collect();
        assert_eq!(titles, ["Up again", "Kernels"], "{file}");
        assert_eq!(feed.entries[0].id, format!("{BASE}2026-q2/#kernels"));
        let html = body(&feed.entries[0]);
        assert!(html.contains("charts/up.png") && !html.contains("The lede"), "{html}");
        assert!(read(&site, &format!("categories/edge/{file}")).entries.is_empty(), "nobody wrote about it");
    }
}

#[test]
fn pages_speak_of_their_feeds() {
    let folder = folder();
    folder.put("signal.yaml", &format!("{SETTINGS}theme: signal\n"));
    let (site, category) = (folder.page("2026-q2/index.html"), folder.page("categories/kernels/index.html"));
    assert!(site.contains(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"The Signal (Atom)\" href=\"../feed.xml\">"
    ));
    assert!(site.contains("<link rel=\"alternate\" type=\"text/markdown\"") && !site.contains("kernels/feed.xml"));
    assert!(category.contains(
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"GPU Kernels &amp; Performance (RSS)\" href=\"rss.xml\">"
    ));
    assert!(category.contains("<a href=\"../../feed.json\""), "and there is something to press");
}

#[test]
fn what_others_wrote_stays_text() {
    let hostile = "a ]]> & <script>alert(1)</script> \\u0001\\u000b \\\"q\\\" é";
    let folder = Folder::new();
    let settings = SETTINGS.replace("title: The Signal", &format!("title: \"{hostile}\""));
    let more = ["description", "publisher", "language"].map(|name| format!("{name}: \"{hostile}\"\n")).concat();
    folder.put("signal.yaml", &format!("{settings}theme: tiny\n{more}")).put(
        "content/editions/2026-q2.md",
        &format!(
            "---\ntitle: \"{hostile}\"\nsummary: \"{hostile}\"\nbyline: \"{hostile}\"\n\
             corrections: [{{on: 2026-07-20, text: \"{hostile}\"}}]\n---\nText ]]> \u{1}x & y.\n\n<p title=\"]]>\">z</p>\n"
        ),
    );
    let site = built(&folder);
    let plain = "a ]]> & <script>alert(1)</script>  \"q\" é";
    for file in FILES {
        let feed = read(&site, file);
        let entry = &feed.entries[0];
        assert_eq!((title(entry), feed.title.as_ref().unwrap().content.as_str()), (plain, plain), "{file}");
        assert_eq!(entry.summary.as_ref().unwrap().content, plain, "{file}");
        assert_eq!(feed.entries.len(), 1);
        let html = body(entry);
        assert!(html.contains("a ]]&gt; &amp; &lt;script&gt;alert(1)") && !html.contains("<script"), "{html}");
        assert!(html.contains("Text ]]&gt; x &amp; y."), "{html}");
        let text = String::from_utf8(site.files[file].clone()).unwrap();
        assert!(!text.contains(['\u{1}', '\u{b}']) && !text.contains("\\u0001"), "{file}");
    }
}

#[test]
fn without_editions_a_feed_is_empty_and_still_a_feed() {
    let site = built(&Folder::new());
    for file in FILES {
        let feed = read(&site, file);
        assert!(feed.entries.is_empty() && feed.title.unwrap().content == "The Signal", "{file}");
    }
    assert_eq!(day(read(&site, "feed.xml").updated), "2026-07-01", "as of the data");
}

#[test]
fn a_new_title_makes_no_new_entry_and_a_correction_is_an_update() {
    let folder = folder();
    let path = "content/editions/2026-q2.md";
    let before = built(&folder);
    let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
    let corrected = text.replace("title: The second", "title: Another").replace(
        "published_on: 2026-07-14",
        "published_on: 2026-07-14\ncorrections: [{on: 2026-07-20, text: It was <five>.}, {on: 2026-08-02, text: And six.}]",
    );
    folder.put(path, &corrected);
    let after = built(&folder);
    for file in FILES.map(str::to_owned).into_iter().chain(FILES.map(|file| format!("categories/kernels/{file}"))) {
        let (before, after) = (read(&before, &file), read(&after, &file));
        assert_eq!((before.id == after.id, &before.entries[0].id), (true, &after.entries[0].id), "{file}");
        assert_eq!(after.entries[0].published, before.entries[0].published, "{file}");
        let start = "<p><strong>Corrected on 2 August 2026:</strong> And six.</p>\n\
                     <p><strong>Corrected on 20 July 2026:</strong> It was &lt;five&gt;.</p>";
        assert!(body(&after.entries[0]).starts_with(start), "{file}: {}", body(&after.entries[0]));
        if !file.ends_with("rss.xml") {
            assert_eq!(day(after.entries[0].updated), "2026-08-02", "{file}");
            assert_eq!(day(after.updated.or(after.entries[0].updated)), "2026-08-02", "{file}");
        }
    }
    assert_eq!(day(read(&after, "rss.xml").updated), "2026-08-02");
    let text = |site: &Site| String::from_utf8(site.files["rss.xml"].clone()).unwrap();
    let item = |day: &str| format!("<atom:updated>{day}T00:00:00Z</atom:updated>");
    assert!(
        text(&before).contains(&item("2026-07-14")) && text(&after).contains(&item("2026-08-02")),
        "{}",
        text(&after)
    );
}

#[test]
fn a_relative_address_in_a_feed_stops_the_build() {
    let folder = Folder::new();
    folder.edition("2026-Q2", "Text.\n\n<p><a href=\"https://example.org/\" ping=\"count/\">x</a></p>\n");
    let faults = folder.faults();
    assert!(faults.contains("the feeds have the relative address `count/`"), "{faults}");
    assert!(faults.contains("content/editions/2026-q2.md:7:"), "{faults}");
    let options = crate::pages::Options { base_url: Some("/preview".to_owned()), ..Default::default() };
    let faults = Folder::with_editions().compose_with(&options).unwrap_err().to_string();
    assert!(faults.contains("feeds have relative addresses, since the site's own is `/preview/`"), "{faults}");
}

#[test]
fn what_is_not_out_is_in_no_feed() {
    let folder = folder();
    folder.put("content/editions/2026-q1.md", "---\ntitle: A draft\nsummary: B\ndraft: true\n---\nText.\n");
    let options = crate::pages::Options { drafts: true, ..Default::default() };
    let site = folder.compose_with(&options).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(site.files.contains_key("2026-q1/index.html"));
    for file in FILES {
        assert_eq!(read(&site, file).entries.len(), 1, "{file}");
    }
    let sitemap = String::from_utf8(site.files["sitemap.xml"].clone()).unwrap();
    assert!(!sitemap.contains("2026-q1") && sitemap.contains("<loc>https://example.org/signal/2026-q2/</loc>"));
}

#[test]
fn the_sitemap_has_every_page_with_its_day() {
    let folder = folder();
    folder.put("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
    let site = built(&folder);
    let sitemap = String::from_utf8(site.files["sitemap.xml"].clone()).unwrap();
    for page in site.pages.iter().filter(|page| *page != "404.html") {
        assert!(sitemap.contains(&format!("<loc>{BASE}{page}</loc>")), "{page}");
    }
    assert_eq!(sitemap.matches("<url>").count(), site.pages.len() - 1);
    for (page, day) in
        [("2026-q2/", "2026-07-14"), ("2026-q1/", "2026-07-01"), ("", "2026-07-14"), ("about/", "2026-07-01")]
    {
        assert!(sitemap.contains(&format!("<loc>{BASE}{page}</loc><lastmod>{day}</lastmod>")), "{page}: {sitemap}");
    }
}

#[test]
fn machines_may_read_everything_unless_the_publication_says_otherwise() {
    let folder = folder();
    let robots = |folder: &Folder| String::from_utf8(built(folder).files["robots.txt"].clone()).unwrap();
    assert!(robots(&folder).ends_with("\nSitemap: https://example.org/signal/sitemap.xml\n"));
    folder.put("content/files/robots.txt", "User-agent: *\nDisallow: /\n");
    assert_eq!(robots(&folder), "User-agent: *\nDisallow: /\n");
}
