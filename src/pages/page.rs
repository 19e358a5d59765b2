//! The pages that aren't editions: home, archive, methodology, what editors add, and what a reader gets for nothing.

use std::path::Path;

use serde::Serialize;

use super::address::{self, Address};
use super::cell::Cell;
use super::content;
use super::desk::{Desk, Labelled, Page};
use super::edition::{Edition, EditionRef, references};
use super::front_matter::{self, PageMatter};
use super::manuscript::Manuscript;
use super::markdown::Rendered;
use super::safe::Safe;
use super::sections::Sections;
use super::snapshot::Snapshot;
use crate::data::publication::Publication;
use crate::metrics::catalogue::Family;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result};

const FOLDER: &str = "content/pages";

/// A page that an editor wrote.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its address.
    pub address: Address,
    /// Its front matter.
    pub matter: PageMatter,
    /// Its text.
    pub manuscript: Manuscript,
}

/// Reads all pages; drafts only when asked for.
pub fn read_all(publication: &Publication, drafts: bool) -> Result<Vec<Text>> {
    let mut faults = Collector::default();
    let mut pages = Vec::new();
    for file in content::files(&publication.root, Path::new(FOLDER))? {
        if file.extension().is_some_and(|extension| extension == "md") {
            pages.extend(faults.keep(read(&publication.root, &file)));
        }
    }
    pages.retain(|page: &Text| drafts || !page.matter.draft);
    faults.finish(pages)
}

fn read(root: &Path, file: &Path) -> Result<Text> {
    let inside = file.strip_prefix(FOLDER).expect("it was found in this folder").with_extension("");
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if let Some(strange) = parts.iter().find(|part| !address::is_plain(part)) {
        let message = format!("`{strange}` can't be part of an address");
        let hint = "name the file with letters, digits, `-`, `_` and `.`";
        return Err(Diagnostic::new(Kind::Content, message).in_file(file).hint(hint).into());
    }
    let path = parts.join("/");
    let address = if path == "index" { Address::new("") } else { Address::new(format!("{path}/")) };
    let mut manuscript = Manuscript::read(root, file)?;
    let matter = front_matter::read(&mut manuscript)?;
    Ok(Text { address, matter, manuscript })
}

impl Text {
    /// The text as HTML.
    pub fn render(&self, desk: &Desk<'_>) -> Result<Rendered> {
        let period = desk.publication.settings.value.periods.value.to;
        desk.render(&self.manuscript, period, &self.page("page"), &self.address)
    }

    fn page(&self, kind: &'static str) -> Page {
        let (title, description) = (self.matter.title.clone(), self.matter.summary.clone().unwrap_or_default());
        Page { kind, title, description, path: self.address.as_str().to_owned() }
    }

    /// The whole page, and its text.
    pub fn compose(&self, desk: &Desk<'_>) -> Result<(String, Rendered)> {
        let text = self.render(desk)?;
        let own = Body { body_html: Safe(text.whole()) };
        let html = desk.press.render("page.html", &self.address, &desk.context(&self.page("page"), own))?;
        Ok((html, text))
    }
}

#[derive(Debug, Serialize)]
struct Body {
    body_html: Safe,
}

#[derive(Debug, Serialize)]
struct Home {
    latest: Option<Latest>,
    editions: Vec<EditionRef>,
    body_html: Safe,
}

#[derive(Debug, Serialize)]
struct Latest {
    #[serde(flatten)]
    edition: EditionRef<Vec<Cell>>,
    lede_html: Safe,
    snapshot: Snapshot,
}

/// What the home page says of itself.
#[must_use]
pub fn about_home(desk: &Desk<'_>) -> Page {
    let settings = &desk.publication.settings.value;
    let description = settings.description.clone().or_else(|| settings.tagline.clone()).unwrap_or_default();
    Page { kind: "home", title: settings.title.clone(), description, path: String::new() }
}

/// The home page; `text` is what an editor wrote for it.
pub fn home(desk: &Desk<'_>, editions: &[Edition], text: Option<&Text>) -> Result<(String, Rendered)> {
    let address = Address::new("");
    let latest = match editions.last() {
        Some(edition) => {
            let text = edition.text(desk, &address)?;
            Some(Latest {
                edition: edition.full_reference(desk),
                snapshot: edition.snapshot(desk, &text, &Sections::of(desk, edition, &text).told),
                lede_html: Safe(text.lede_html),
            })
        }
        None => None,
    };
    let text = text.map(|text| text.render(desk)).transpose()?.unwrap_or_default();
    let page = about_home(desk);
    let own = Home { latest, editions: references(desk, editions), body_html: Safe(text.whole()) };
    Ok((desk.press.render("home.html", &address, &desk.context(&page, own))?, text))
}

#[derive(Debug, Serialize)]
struct Archive {
    years: Vec<Year>,
}

#[derive(Debug, Serialize)]
struct Year {
    year: i16,
    editions: Vec<EditionRef>,
}

/// The archive: all editions by year, newest first.
pub fn archive(desk: &Desk<'_>, editions: &[Edition]) -> Result<(String, Rendered)> {
    let mut years: Vec<Year> = Vec::new();
    for edition in references(desk, editions) {
        match years.last_mut().filter(|last| last.year == edition.year()) {
            Some(last) => last.editions.push(edition),
            None => years.push(Year { year: edition.year(), editions: vec![edition] }),
        }
    }
    let address = Address::new("archive/");
    let description = format!("Every edition of {}.", desk.publication.settings.value.title);
    let page = Page { kind: "archive", title: "Archive".to_owned(), description, path: address.as_str().to_owned() };
    let html = desk.press.render("archive.html", &address, &desk.context(&page, Archive { years }))?;
    Ok((html, Rendered::default()))
}

#[derive(Debug, Serialize)]
struct Methodology {
    body_html: Safe,
    families: Vec<FamilyContext>,
    set_aside: Vec<Labelled>,
    public_key: bool,
}

#[derive(Debug, Serialize)]
struct FamilyContext {
    title: &'static str,
    metrics: Vec<MetricContext>,
}

#[derive(Debug, Serialize)]
struct MetricContext {
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    definition: &'static str,
    source: Option<&'static str>,
    caution: Option<&'static str>,
}

const FAMILIES: [(Family, &str); 9] = [
    (Family::Activity, "How much happened"),
    (Family::Turnover, "Who comes, stays and goes"),
    (Family::Concentration, "How the work is spread"),
    (Family::Work, "What the work is"),
    (Family::Teams, "How people work together"),
    (Family::Organisations, "Whose people do the work"),
    (Family::Between, "Between the parts"),
    (Family::Lanes, "What is set aside"),
    (Family::OverTime, "Against the quarters before"),
];

/// How the figures are made; `text` is what an editor wrote above the list.
pub fn methodology(desk: &Desk<'_>, text: Option<&Text>) -> Result<(String, Rendered)> {
    let settings = &desk.publication.settings.value;
    let rendered = text.map(|text| text.render(desk)).transpose()?.unwrap_or_default();
    let metrics = desk.metrics();
    let families = FAMILIES.map(|(family, title)| {
        let own = metrics.iter().filter(|metric| metric.family == family);
        let metrics = own.map(|metric| MetricContext {
            name: metric.name,
            label: metric.label,
            unit: metric.unit.name(),
            definition: metric.definition,
            source: metric.source,
            caution: metric.caution,
        });
        FamilyContext { title, metrics: metrics.collect() }
    });
    let own = Methodology {
        body_html: Safe(rendered.whole()),
        families: families.into_iter().filter(|family| !family.metrics.is_empty()).collect(),
        set_aside: desk.set_aside(settings.periods.value.to),
        public_key: desk.public_key(),
    };
    let title = text.map_or("Methodology", |text| &text.matter.title).to_owned();
    let summary = text.and_then(|text| text.matter.summary.clone());
    let description =
        summary.unwrap_or_else(|| format!("How {} counts: every figure and its definition.", settings.title));
    let address = Address::new("methodology/");
    let page = Page { kind: "methodology", title, description, path: address.as_str().to_owned() };
    Ok((desk.press.render("methodology.html", &address, &desk.context(&page, own))?, rendered))
}

#[derive(Debug, Serialize)]
struct Nothing {}

/// What a reader gets for an address that there isn't.
pub fn not_found(desk: &Desk<'_>) -> Result<(String, Rendered)> {
    let address = Address::new("404.html");
    let (title, path) = ("Page not found".to_owned(), address.as_str().to_owned());
    let page = Page { kind: "not-found", title, description: String::new(), path };
    Ok((desk.press.render("404.html", &address, &desk.context(&page, Nothing {}))?, Rendered::default()))
}
