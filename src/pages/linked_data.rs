//! What machines are told of a page: an edition is a report, the data page a data set, in the words of schema.org.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::card;
use super::desk::Desk;
use super::downloads::{self, Downloads};
use super::edition::CorrectionContext;
use super::feeds::Laid;
use super::safe::Safe;
use super::twin;

const CONTEXT: &str = "https://schema.org";

/// Of an edition.
#[must_use]
pub fn report(desk: &Desk<'_>, laid: &Laid<'_>) -> Safe {
    let (edition, matter) = (laid.edition, &laid.edition.matter);
    let here = edition.address();
    let url = absolute(desk, here.as_str());
    let about = laid.sections.sections.iter().filter_map(|section| section.category.as_ref());
    let about =
        about.map(|category| json!({"@type": "Thing", "name": category.title, "url": absolute(desk, &category.path)}));
    let correction = |correction: &CorrectionContext| json!({"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.on});
    let settings = &desk.publication.settings.value;
    markup(&without_nothing(json!({
        "@context": CONTEXT,
        "@type": "Report",
        "@id": url,
        "url": url,
        "headline": matter.title,
        "description": matter.summary,
        "inLanguage": settings.language,
        "reportNumber": edition.number.to_string(),
        "datePublished": matter.published_on.map(|day| day.to_string()),
        "dateModified": edition.updated().map(|day| day.to_string()),
        // Who signs may be a person or a desk; a thing with a name is right for both.
        "author": matter.byline.as_ref().map_or_else(|| publisher(desk), |byline| json!({"name": byline})),
        "publisher": publisher(desk),
        "isPartOf": {"@type": "Periodical", "name": settings.title, "url": absolute(desk, "")},
        "about": about.collect::<Vec<_>>(),
        "temporalCoverage": span(edition.period.start(), edition.period.last_day()),
        "isBasedOn": absolute(desk, downloads::PAGE),
        "image": absolute(desk, &card::path(here.as_str())),
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/markdown",
            "contentUrl": absolute(desk, &twin::path(edition)),
        },
        "correction": laid.corrections.iter().map(correction).collect::<Vec<_>>(),
    })))
}

/// Of the page with all that can be downloaded.
#[must_use]
pub fn dataset(desk: &Desk<'_>, downloads: &Downloads, description: &str) -> Safe {
    let settings = &desk.publication.settings.value;
    let periods = settings.periods.value;
    let url = absolute(desk, downloads::PAGE);
    let distribution = downloads.listed().map(|(title, path)| {
        let format = if path.rsplit('.').next() == Some("json") { "application/json" } else { "text/csv" };
        json!({"@type": "DataDownload", "name": title, "encodingFormat": format, "contentUrl": absolute(desk, path)})
    });
    markup(&without_nothing(json!({
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": format!("{}: the figures", settings.title),
        "description": description,
        "inLanguage": settings.language,
        "creator": publisher(desk),
        "license": settings.licence.as_ref().map(|licence| licence.url.as_str()),
        "isAccessibleForFree": true,
        "dateModified": desk.as_of(),
        "version": desk.data_digest,
        "temporalCoverage": span(periods.from.start(), periods.to.last_day()),
        "distribution": distribution.collect::<Vec<_>>(),
    })))
}

fn publisher(desk: &Desk<'_>) -> Value {
    let settings = &desk.publication.settings.value;
    let name = settings.publisher.as_ref().unwrap_or(&settings.title);
    json!({"@type": "Organization", "name": name, "url": absolute(desk, "")})
}

fn absolute(desk: &Desk<'_>, path: &str) -> String {
    format!("{}{path}", desk.press.base_url())
}

fn span(first: crate::plain::Day, last: crate::plain::Day) -> String {
    format!("{first}/{last}")
}

/// What isn't known isn't said.
fn without_nothing(mut value: Value) -> Value {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, value| !is_nothing(value));
    }
    value
}

/// As it stands within a script: nothing in it can end that, or begin another.
fn markup(value: &Value) -> Safe {
    let mut text = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                write!(text, "\\u{:04x}", u32::from(c)).expect("a string takes it");
            }
            c => text.push(c),
        }
    }
    Safe(text)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Folder, SETTINGS};
    use super::*;

    fn told(html: &str) -> Value {
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("a script");
        serde_json::from_str(rest.split_once("</script>").expect("its end").0).expect("JSON")
    }

    #[test]
    fn an_edition_is_a_report_and_the_data_a_data_set() {
        let folder = Folder::new();
        let licence = "licence: {label: CC BY, url: 'https://licence.example/by'}\n";
        folder.put("signal.yaml", &format!("{SETTINGS}theme: signal\n{licence}")).put(
            "content/editions/2026-q2.md",
            "---\ntitle: A </script> & B\nsummary: C\nbyline: The desk\npublished_on: 2026-07-14\n\
             corrections: [{on: 2026-07-20, text: It was five.}]\n---\nText.\n\n## Up {#kernels}\n\nText.\n",
        );
        let report = told(&folder.page("2026-q2/index.html"));
        let url = "https://example.org/signal/2026-q2/";
        for (name, wanted) in [
            ("@type", json!("Report")),
            ("url", json!(url)),
            ("headline", json!("A </script> & B")),
            ("datePublished", json!("2026-07-14")),
            ("dateModified", json!("2026-07-20")),
            ("author", json!({"name": "The desk"})),
            ("isBasedOn", json!("https://example.org/signal/data/")),
            ("temporalCoverage", json!("2026-04-01/2026-06-30")),
            ("image", json!(format!("{url}card.png"))),
        ] {
            assert_eq!(report[name], wanted, "{name}");
        }
        assert_eq!(report["about"][0]["name"], "GPU Kernels & Performance");
        assert_eq!(report["publisher"]["name"], "The Signal");
        assert_eq!(report["correction"][0]["datePublished"], "2026-07-20");
        let dataset = told(&folder.page("data/index.html"));
        assert_eq!((&dataset["@type"], &dataset["license"]), (&json!("Dataset"), &json!("https://licence.example/by")));
        assert_eq!(dataset["temporalCoverage"], "2025-07-01/2026-09-30");
        let files = folder.compose().expect("a publication without faults").files;
        for file in dataset["distribution"].as_array().expect("files") {
            let path = file["contentUrl"].as_str().and_then(|url| url.strip_prefix("https://example.org/signal/"));
            assert!(files.contains_key(path.expect("an address of the site")), "{file}");
        }
    }

    #[test]
    fn a_page_has_a_card_with_words() {
        let folder = Folder::with_editions();
        folder.put("signal.yaml", &format!("{SETTINGS}theme: signal\ntagline: On <people>\n"));
        let html = folder.page("2026-q2/index.html");
        for part in [
            "<meta property=\"og:image\" content=\"https://example.org/signal/2026-q2/card.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "content=\"The Signal. Edition 2026-Q2. Second quarter 2026. contributors: 119, up 18% on 2026-Q1.\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        let archive = folder.page("archive/index.html");
        assert!(archive.contains("content=\"https://example.org/signal/card.png\""), "{archive}");
        assert!(archive.contains("content=\"The Signal. On &lt;people&gt;. Second quarter 2026. contributors: 119"));
        let files = folder.compose().expect("a publication without faults").files;
        for card in ["card.png", "2026-q1/card.png", "2026-q2/card.png"] {
            // Its width and height stand at fixed places in a PNG.
            assert_eq!(files[card][16..24], [0, 0, 4, 176, 0, 0, 2, 118], "{card}");
        }
    }

    #[test]
    fn nothing_in_it_ends_the_script() {
        let value = json!({"a": "</script><!-- <script> &amp; \u{2028}", "b": null, "c": [], "d": ""});
        let Safe(text) = markup(&without_nothing(value.clone()));
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, json!({"a": value["a"]}));
    }
}
