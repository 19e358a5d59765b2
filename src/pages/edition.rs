//! An edition: a text about one quarter.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::address::Address;
use super::card;
use super::cell::{self, Cell};
use super::citation::Citation;
use super::content;
use super::desk::{Desk, Labelled, Page, VERSION};
use super::feeds::{Laid, Letter};
use super::front_matter::{self, Correction, EditionMatter};
use super::linked_data;
use super::mail;
use super::manuscript::Manuscript;
use super::markdown::Rendered;
use super::predictions::Grades;
use super::safe::Safe;
use super::seals::Restated;
use super::sections::{SectionContext, Sections};
use super::snapshot::{self, Snapshot};
use super::stock;
use super::twin;
use super::wording;
use crate::data::publication::Publication;
use crate::data::registry::Category;
use crate::metrics::Scope;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Kind, Period, Result};

/// Where editions lie, relative to the publication.
pub const FOLDER: &str = "content/editions";
const HEADLINE: [&str; 5] = ["contributors", "commits", "new", "retention", "active_repos"];
const CELLS: usize = 4;

/// An edition that was read, and not yet rendered.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The quarter.
    pub period: Period,
    /// Its front matter.
    pub matter: EditionMatter,
    /// Its text.
    pub manuscript: Manuscript,
    /// Counted from the first.
    pub number: usize,
}

/// What templates know of an edition from outside.
#[derive(Clone, Debug, Serialize)]
pub struct EditionRef<Headline = Cell> {
    title: String,
    summary: String,
    period: String,
    period_label: String,
    slug: String,
    path: String,
    number: usize,
    year: i16,
    published_on: Option<String>,
    published_label: Option<String>,
    draft: bool,
    headline: Headline,
}

/// Editions that are published, and those that aren't yet.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The earliest first.
    pub editions: Vec<Edition>,
    /// The others, by quarter.
    pub withheld: BTreeMap<Period, Edition>,
    /// Why each of the others isn't among them, in a sentence.
    pub kept_back: Vec<String>,
}

/// Reads all editions; drafts, and what is under embargo `today`, are published only when asked for.
pub fn read_all(publication: &Publication, drafts: bool, today: Day) -> Result<Shelf> {
    let mut faults = Collector::default();
    let mut editions = Vec::new();
    for file in content::files(&publication.root, Path::new(FOLDER))? {
        if file.extension().is_some_and(|extension| extension == "md") {
            editions.extend(faults.keep(read(publication, &file)));
        }
    }
    let (mut kept_back, mut withheld) = (Vec::new(), BTreeMap::new());
    editions.retain(|edition: &Edition| {
        let reason = edition.kept_back(today).filter(|_| !drafts);
        kept_back.extend(reason.as_ref().map(|reason| format!("{} {reason}", edition.manuscript.file.display())));
        withheld.extend(reason.as_ref().map(|_| (edition.period, edition.clone())));
        reason.is_none()
    });
    kept_back.sort_unstable();
    editions.sort_by_key(|edition| edition.period);
    for (at, edition) in editions.iter_mut().enumerate() {
        edition.number = at + 1;
    }
    faults.finish(Shelf { editions, withheld, kept_back })
}

fn read(publication: &Publication, file: &Path) -> Result<Edition> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let period = stem.to_uppercase().parse().ok().filter(|period: &Period| period.slug() == stem);
    let nested = file.parent() != Some(Path::new(FOLDER));
    let Some(period) = period.filter(|_| !nested) else {
        let diagnostic = Diagnostic::new(Kind::Content, "the name of an edition's file is its quarter").in_file(file);
        return Err(diagnostic.hint(format!("name it as in {FOLDER}/2026-q2.md")).into());
    };
    let periods = publication.settings.value.periods.value;
    if !(periods.from..=periods.to).contains(&period) {
        let message = format!("{period} isn't reported: the periods are {} to {}", periods.from, periods.to);
        let diagnostic = Diagnostic::new(Kind::Content, message).in_file(file);
        return Err(diagnostic.hint("extend `periods` in signal.yaml, or rename the file").into());
    }
    let mut manuscript = Manuscript::read(&publication.root, file)?;
    let matter = front_matter::read(&mut manuscript)?;
    Ok(Edition { period, matter, manuscript, number: 0 })
}

#[derive(Debug, Serialize)]
struct Own {
    edition: WithByline,
    headline: Vec<Cell>,
    lede_html: Safe,
    sections: Vec<SectionContext>,
    snapshot: Snapshot,
    table_first: bool,
    corrections: Vec<CorrectionContext>,
    citation: Citation,
    previous: Option<EditionRef>,
    next: Option<EditionRef>,
    provenance: Provenance,
    grades: Option<Grades>,
    linked_data_html: Safe,
    twin: String,
    updated_on: Option<String>,
    withdrawn_note: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct WithByline {
    #[serde(flatten)]
    edition: EditionRef,
    byline: Option<String>,
    /// Until when it is kept back.
    embargo: Option<String>,
}

/// What was put right, as templates know it.
#[derive(Debug, Serialize)]
pub struct CorrectionContext {
    /// The day.
    pub on: String,
    /// The same in words.
    pub label: String,
    /// What was wrong and what is right.
    pub text: String,
    /// The figures that it restates.
    pub figures: Vec<Restated>,
}

/// What templates know of a category.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryContext {
    slug: String,
    /// What readers call it.
    pub title: String,
    icon: String,
    description: Option<String>,
    group: Option<String>,
    /// Its page, relative to the site's root.
    pub path: String,
}

impl CategoryContext {
    /// As the registry says.
    #[must_use]
    pub fn new(category: &Category) -> Self {
        let slug = category.slug.value.clone();
        Self {
            title: category.title.clone(),
            icon: category.icon.clone().unwrap_or_default(),
            description: category.description.clone(),
            group: category.group.clone(),
            path: format!("categories/{slug}/"),
            slug,
        }
    }
}

/// What the figures of an edition rest on.
#[derive(Debug, Serialize)]
pub struct Provenance {
    /// `2023-Q1 to 2026-Q2`.
    pub periods: String,
    /// How many repositories.
    pub repos: usize,
    /// Until when they are known.
    pub as_of: String,
    program: String,
    data_digest: String,
    /// The day on which it was sealed.
    sealed_on: Option<String>,
    sealed_label: Option<String>,
    /// A file that says at which commit each repository was read.
    commits: Option<String>,
    set_aside: Vec<Labelled>,
    public_key: bool,
}

impl Edition {
    /// Why it isn't published yet: it is unfinished, or its day hasn't come.
    fn kept_back(&self, today: Day) -> Option<String> {
        if self.matter.draft {
            return Some("is a draft".to_owned());
        }
        let embargo = self.matter.embargo.filter(|embargo| *embargo > today)?;
        Some(format!("is under embargo until {embargo}"))
    }

    /// Whether readers may have it.
    #[must_use]
    pub fn is_out(&self, today: Day) -> bool {
        self.kept_back(today).is_none()
    }

    /// When it was last put right, else when it came out; none where it doesn't say.
    #[must_use]
    pub fn updated(&self) -> Option<Day> {
        let corrected = self.matter.corrections.iter().map(|correction| correction.on);
        corrected.chain(self.matter.published_on).max()
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::new(format!("{}/", self.period.slug()))
    }

    /// What it says of itself as a page.
    #[must_use]
    pub fn page(&self) -> Page {
        let (title, description) = (self.matter.title.clone(), self.matter.summary.clone());
        Page { kind: "edition", title, description, path: self.address().as_str().to_owned() }
    }

    /// What templates know of it from outside.
    #[must_use]
    pub fn reference(&self, desk: &Desk<'_>) -> EditionRef {
        let ground = desk.ground_of(self.period);
        self.reference_with(snapshot::figure(ground, &Scope::Corpus, "contributors", self.period))
    }

    /// The same with all figures at its head.
    #[must_use]
    pub fn full_reference(&self, desk: &Desk<'_>) -> EditionRef<Vec<Cell>> {
        self.reference_with(self.headline(desk))
    }

    fn reference_with<Headline>(&self, headline: Headline) -> EditionRef<Headline> {
        let matter = &self.matter;
        EditionRef {
            title: matter.title.clone(),
            summary: matter.summary.clone(),
            period: self.period.to_string(),
            period_label: wording::period(self.period),
            slug: self.period.slug(),
            path: self.address().as_str().to_owned(),
            number: self.number,
            year: self.period.year(),
            published_on: matter.published_on.map(|day| day.to_string()),
            published_label: matter.published_on.map(wording::day),
            draft: matter.draft,
            headline,
        }
    }

    /// The figures at its head.
    #[must_use]
    pub fn headline(&self, desk: &Desk<'_>) -> Vec<Cell> {
        cell::cells(desk.ground_of(self.period), &Scope::Corpus, &HEADLINE, self.period, CELLS)
    }

    /// Its text as it is shown on a page.
    pub fn text(&self, desk: &Desk<'_>, shown_on: &Address) -> Result<Rendered> {
        desk.render_as_sealed(&self.manuscript, self.period, &self.page(), shown_on)
    }

    /// Its table, with the anchors of the sections that its text has, and of what is `told` of the other categories.
    #[must_use]
    pub fn snapshot(&self, desk: &Desk<'_>, text: &Rendered, told: &BTreeMap<String, String>) -> Snapshot {
        let registry = &desk.publication.registry.value;
        snapshot::snapshot(desk.ground_of(self.period), registry, self.period, |slug| match told.get(slug) {
            Some(anchor) => Some(format!("#{anchor}")),
            None => text.sections.iter().any(|section| section.id == slug).then(|| format!("#{slug}")),
        })
    }

    /// The whole page, and its text.
    pub fn compose(&self, desk: &Desk<'_>, previous: Option<&Self>, next: Option<&Self>) -> Result<(String, Rendered)> {
        let address = self.address();
        let mut text = self.text(desk, &address)?;
        let (grades, links) = desk.ledger.grades(desk, self.period, &self.page(), &address)?.unzip();
        text.links.extend(links.into_iter().flatten());
        let sections = Sections::of(desk, self, &text);
        let snapshot = self.snapshot(desk, &text, &sections.told);
        let (headline, corrections) = (self.headline(desk), self.corrections(desk));
        let laid = Laid {
            edition: self,
            text: &text,
            headline: &headline,
            grades: grades.as_ref(),
            sections: &sections,
            snapshot: &snapshot,
            corrections: &corrections,
        };
        let twin = twin::file(desk, &laid)?;
        // A preview sends nothing to anybody.
        let letter = self.is_out(desk.today).then(|| Letter::of(desk, &laid)).transpose()?;
        let provenance = self.provenance(desk);
        let post = mail::compose(desk, &laid, &provenance)?;
        let linked_data_html = linked_data::report(desk, &laid);
        let Sections { sections, table_first, .. } = sections;
        let matter = &self.matter;
        let own = Own {
            edition: WithByline {
                edition: self.reference(desk),
                byline: matter.byline.clone(),
                embargo: matter.embargo.filter(|embargo| *embargo > desk.today).map(wording::day),
            },
            headline,
            lede_html: Safe(text.lede_html.clone()),
            sections,
            table_first,
            corrections,
            citation: Citation::of(desk, self),
            snapshot,
            previous: previous.map(|edition| edition.reference(desk)),
            next: next.map(|edition| edition.reference(desk)),
            provenance,
            grades,
            linked_data_html,
            twin: twin::path(self),
            updated_on: self.updated().map(|day| day.to_string()),
            withdrawn_note: (!desk.publication.people.value.withdrawn.is_empty()).then_some(WITHDRAWN),
        };
        text.letter = letter.map(Box::new);
        text.post = post.map(Box::new);
        text.files.push(twin);
        text.files.push(card::picture(desk, &self.page()));
        let html = desk.press.render("edition.html", &address, &desk.context(&self.page(), own))?;
        if !desk.stock.is_empty() {
            text.files.push((self.commits_file(), stock::commits(desk.stock, self.period).into_bytes()));
        }
        Ok((html, text))
    }

    /// The newest last, as an editor lists them, each with the figures that it restates.
    fn corrections(&self, desk: &Desk<'_>) -> Vec<CorrectionContext> {
        let restated = desk.seals.held(self.period).map(|held| held.restated.clone()).unwrap_or_default();
        let restated = restated.into_iter().chain(std::iter::repeat(Vec::new()));
        let context = |(Correction { on, text, .. }, figures): (&Correction, Vec<Restated>)| CorrectionContext {
            on: on.to_string(),
            label: wording::day(*on),
            text: text.clone(),
            figures,
        };
        self.matter.corrections.iter().zip(restated).map(context).collect()
    }

    fn commits_file(&self) -> String {
        format!("{}commits.csv", self.address().as_str())
    }

    fn provenance(&self, desk: &Desk<'_>) -> Provenance {
        let publication = desk.publication;
        let lock = desk.seals.held(self.period).map(|held| &held.lock);
        let periods = publication.settings.value.periods.value;
        let (from, to) = lock.map_or((periods.from, periods.to), |lock| (lock.inputs.from, lock.inputs.to));
        let tracked = || publication.registry.value.repos().filter(|(_, repo)| repo.is_tracked(self.period)).count();
        let sealed_on = lock.map(|lock| lock.sealed_on);
        Provenance {
            periods: format!("{from} to {to}"),
            repos: lock.map_or_else(tracked, |lock| lock.inputs.repositories),
            as_of: lock.map_or_else(|| desk.as_of(), |lock| lock.inputs.as_of.to_string()),
            program: lock.map_or_else(|| format!("signal {VERSION}"), |lock| lock.program.clone()),
            data_digest: lock.map_or_else(|| desk.data_digest.to_owned(), |lock| lock.inputs.data.clone()),
            sealed_on: sealed_on.map(|day| day.to_string()),
            sealed_label: sealed_on.map(wording::day),
            commits: (!desk.stock.is_empty()).then(|| self.commits_file()),
            set_aside: desk.set_aside(self.period),
            public_key: desk.public_key(),
        }
    }
}

const WITHDRAWN: &str = "Some people asked to be left out. Their work is counted, but as one row that names nobody.";

/// All editions as templates know them, newest first.
#[must_use]
pub fn references(desk: &Desk<'_>, editions: &[Edition]) -> Vec<EditionRef> {
    editions.iter().rev().map(|edition| edition.reference(desk)).collect()
}

impl EditionRef {
    /// The year of its quarter.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.year
    }
}
