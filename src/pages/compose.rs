//! Puts all pages of a publication together.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{self, Address};
use super::biography::Library;
use super::card;
use super::category;
use super::chart::files::File;
use super::check::{Finished, Targets};
use super::content;
use super::desk::Desk;
use super::downloads::{self, Downloads};
use super::edition::{self, Edition, Shelf};
use super::feeds::{self, Letter};
use super::ground::Ground;
use super::index::{self, Group};
use super::mail::Meter;
use super::manuscript::Manuscript;
use super::markdown::Rendered;
use super::memory::{Key, Memory};
use super::page::{self, Text};
use super::pieces::{Made, Pieces};
use super::predictions::{Ledger, page as predictions};
use super::press::Press;
use super::proof::Proof;
use super::repository;
use super::seals::{self, Holding, Registrar};
use super::signposts;
use super::stock::Stock;
use super::theme;
use super::timings::{Timings, Work, noted};
use super::world::World;
use crate::data::publication::Publication;
use crate::data::registry::{Category, Registry, Repo};
use crate::data::settings;
use crate::figures::{Figures, Names};
use crate::metrics::Scope;
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Diagnostic, Kind, Period, Result};
use crate::seal::Lock;

const FILES: &str = "content/files";

/// What a build may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Unfinished texts too.
    pub drafts: bool,
    /// The day of the build; editions under embargo wait for theirs.
    pub today: Option<Day>,
    /// Where the site will stand, in place of what the settings say.
    pub base_url: Option<String>,
    /// A digest of the data that the figures come from.
    pub data_digest: String,
    /// Files that are published beside the pages, by address, such as `robots.txt`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Whether words that the figures don't bear out are only reported, for whoever asks about them.
    pub lenient: bool,
    /// What was mined of each repository, by its id.
    pub stock: BTreeMap<String, Stock>,
    /// The quarter whose edition is to be sealed.
    pub seal: Option<Period>,
    /// Where it is noted how long things take.
    pub timings: Option<Arc<Timings>>,
}

/// Everything that is published.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What each file holds, by its path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The addresses of the pages, in order.
    pub pages: Vec<String>,
    /// Why editions aren't published that were written, each in a sentence.
    pub kept_back: Vec<String>,
    /// What the check found in the prose of each edition.
    pub proofs: Vec<Proof>,
    /// How large the mail of each edition is.
    pub mails: Vec<Meter>,
    /// Whether each sealed edition still holds. Pages show what was sealed even where the data say otherwise.
    pub holdings: BTreeMap<Period, Holding>,
    /// The lock of the edition that is to be sealed, unless it is already.
    pub lock: Option<Lock>,
}

impl Site {
    /// What sealed editions say and the data don't any more, sentence by sentence.
    pub fn drifts(&self) -> Result<()> {
        let mut faults = Collector::default();
        let drifts = self.holdings.values().flat_map(|holding| &holding.drifts);
        drifts.for_each(|drift| faults.push(drift.clone()));
        faults.finish(())
    }
}

enum Sort<'a> {
    Home(Option<&'a Text>),
    Archive,
    Methodology(Option<&'a Text>),
    Predictions(Option<&'a Text>),
    NotFound,
    Data,
    Search,
    Categories,
    Category(&'a Category),
    Repositories,
    Repository(&'a Category, &'a Repo),
    Edition(usize),
    Text(&'a Text),
}

impl Sort<'_> {
    fn needs_library(&self) -> bool {
        matches!(self, Self::Search | Self::Categories | Self::Category(_) | Self::Repositories | Self::Repository(..))
    }
}

struct Planned<'a> {
    address: Address,
    sort: Sort<'a>,
    manuscript: Option<&'a Manuscript>,
}

/// All pages of a publication, checked.
pub fn compose(publication: &Publication, figures: &Arc<Figures>, options: &Options) -> Result<Site> {
    compose_again(publication, figures, options, &Memory::default())
}

/// The same, byte by byte, where the pieces of an earlier site are remembered.
pub fn compose_again(
    publication: &Publication,
    figures: &Arc<Figures>,
    options: &Options,
    memory: &Memory,
) -> Result<Site> {
    let given = options.base_url.as_ref().unwrap_or(&publication.settings.value.base_url.value);
    let base_url = format!("{}/", given.trim_end_matches('/'));
    // Who names no day is shown everything that was finished by the publication's own.
    let today = options.today.unwrap_or(publication.settings.value.as_of.day());
    let mut faults = Collector::default();
    let press = faults.keep(theme::load(publication).and_then(|theme| Press::new(theme, &base_url)));
    let press = press.map(|press| press.timed(options.timings.clone()));
    let editions = faults.keep(edition::read_all(publication, options.drafts, today));
    let texts = faults.keep(page::read_all(publication, options.drafts));
    let files = faults.keep(files(publication, options));
    faults.finish(())?;
    let complete = "the parts that failed have been reported";
    let (shelf, texts) = (editions.expect(complete), texts.expect(complete));
    if let Some(period) = options.seal {
        seals::ready(&shelf, figures, period, today)?;
    }
    let mut files = files.expect(complete);
    let press = press.expect(complete);
    files.extend(press.theme().assets.values().map(|asset| (asset.address.clone(), asset.bytes.clone())));

    let registry = &publication.registry.value;
    let ground = Arc::new(Ground::new(Arc::clone(figures), Names::of(publication), registry));
    let locks = seals::read_all(publication, &shelf, today, (memory, &ground))?;
    let Shelf { editions, withheld, kept_back } = shelf;
    let ledger = Ledger::read(publication, &ground, options.drafts, &withheld, &locks)?;
    let data_digest = &options.data_digest;
    let registrar =
        Registrar { publication, editions: &editions, ledger: &ledger, ground: &ground, data_digest, today, memory };
    let seals = registrar.hold(locks, options.seal)?;
    let holdings = seals.holdings();
    let periods = editions.iter().map(|edition| edition.period).collect();
    let desk = Desk::new(publication, ground, press, (ledger, seals), periods, options, today);
    let desk = desk.with_metrics(memory.metrics(figures));
    let world = &if memory.is_lasting() { World::new(&desk, &editions, &texts, options) } else { World::default() };
    let desk = if memory.is_lasting() { desk.with_drawn(memory, world.drawn()) } else { desk };
    let pieces = &Pieces { memory, world };
    let mut faults = Faults::default();
    let (library, downloads) = rayon::join(|| pieces.library(&desk, &editions, options), || pieces.downloads(&desk));
    let (library, downloads) = (faults.keep(library), downloads?);
    let groups = library.as_ref().map(|library| index::groups(library, &texts)).unwrap_or_default();
    let desks = Desks { desk: &desk, library: library.as_ref(), downloads: &downloads, groups: &groups };
    files.extend(downloads.files.iter().map(|(address, bytes)| (address.clone(), bytes.clone())));
    files.insert(index::FILE.to_owned(), index::file(&groups));

    let planned = plan(registry, &editions, &texts, !desk.ledger.is_empty());
    check_addresses(&planned, &files)?;
    let (read, rendered) = rayon::join(
        || pieces.proofs(&desk, &editions),
        || {
            // Editions take far longer than other pages and stand side by side: no core shall be left with several.
            let planned = planned.par_iter().with_max_len(1);
            planned.map(|planned| finish_again(pieces, &desks, &editions, planned)).collect::<Vec<_>>()
        },
    );
    let proofs = proofread(&desk, &editions, options, read, &mut faults);
    let rendered = rendered.into_iter().flatten();
    let mut finished: Vec<Finished<'_>> = rendered.filter_map(|result| faults.keep(result)).collect();
    faults.finish()?;

    files.extend(finished.iter_mut().flat_map(|page| std::mem::take(&mut page.files)));
    let letters: Vec<&Letter> = finished.iter().filter_map(|page| page.letter.as_deref()).collect();
    files.extend(feeds::files(&desk, &letters));
    let posts = || finished.iter().filter_map(|page| page.post.as_deref());
    files.extend(posts().flat_map(|post| post.files.iter().cloned()));
    let mails = posts().map(|post| post.meter.clone()).collect();
    files.extend([card::picture(&desk, &page::about_home(&desk)), sitemap(&desk, &planned, &editions)]);
    let (robots, text) = signposts::robots(&base_url);
    files.entry(robots).or_insert(text);
    let targets = Targets::new(&finished, files.keys());
    let mut faults = Faults::default();
    if kept_back.is_empty() && !editions.is_empty() {
        let has = |anchor: &str| editions.iter().any(|edition| targets.has_anchor(&edition.address(), anchor));
        let strays = publication.settings.value.calls.keys().filter(|anchor| !has(anchor));
        faults.extend(strays.map(|anchor| {
            Diagnostic::new(Kind::Reference, format!("no edition has a section `{anchor}` for a call to stand in"))
                .in_file(Path::new(settings::FILE))
                .hint("name the anchor of a section under `calls`, as in `## If you are hiring {#hiring}`")
        }));
    }
    for page in &finished {
        faults.extend(targets.check_links(page));
    }
    faults.finish()?;
    let mailed: Vec<Finished<'_>> =
        finished.iter().filter_map(|page| page.post.as_ref().map(|post| post.page(page))).collect();
    let all: Vec<&Finished<'_>> = finished.iter().chain(&mailed).collect();
    let check = |page: &&Finished<'_>| targets.check_again(page, &desk.press);
    let checked: Vec<Vec<Diagnostic>> = all.par_iter().with_max_len(1).map(check).collect();
    let mut faults = Faults::default();
    faults.extend(checked.into_iter().flatten());
    faults.finish()?;
    // What is wrong with a page is wrong in the feeds too, and said once.
    let mut faults = Faults::default();
    faults.extend(finished.iter().flat_map(|page| feeds::strays(&targets, page, &desk.press)));
    faults.finish()?;
    memory.settle();

    let to_seal = editions.iter().find(|edition| Some(edition.period) == options.seal);
    let to_seal = to_seal.filter(|edition| !holdings.contains_key(&edition.period));
    let lock = to_seal.map(|edition| seals::lock(&desk, edition)).transpose()?;
    let pages = finished.iter().map(|page| page.address.as_str().to_owned()).collect();
    files.extend(finished.into_iter().map(|page| (page.address.file(), page.html.into_bytes())));
    Ok(Site { files, pages, kept_back, proofs, mails, holdings, lock })
}

/// The proofs of all editions, which were read; what is wrong in those that are finished is a fault.
fn proofread(
    desk: &Desk<'_>,
    editions: &[Edition],
    options: &Options,
    read: Vec<Result<Arc<Proof>>>,
    faults: &mut Faults,
) -> Vec<Proof> {
    let unclear = desk.publication.settings.value.check.unclear;
    let mut proofs = Vec::new();
    for (edition, proof) in editions.iter().zip(read) {
        let Some(proof) = faults.keep(proof).map(Arc::unwrap_or_clone) else { continue };
        if !options.lenient && !edition.matter.draft {
            faults.extend(proof.faults(unclear));
        }
        proofs.push(proof);
    }
    proofs
}

/// Each fault once: what is wrong in a partial is wrong in every page, and an edition's text stands in two.
#[derive(Default)]
struct Faults(Vec<Diagnostic>);

impl Faults {
    fn extend(&mut self, faults: impl IntoIterator<Item = Diagnostic>) {
        for fault in faults {
            if !self.0.contains(&fault) {
                self.0.push(fault);
            }
        }
    }

    fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|faults| self.extend(faults.iter().cloned())).ok()
    }

    fn finish(self) -> Result<()> {
        let mut collector = Collector::default();
        self.0.into_iter().for_each(|fault| collector.push(fault));
        collector.finish(())
    }
}

/// All pages; the address of one that an editor wrote may take the place of none but home, methodology and
/// predictions, where there are any.
fn plan<'a>(
    registry: &'a Registry,
    editions: &'a [Edition],
    texts: &'a [Text],
    has_predictions: bool,
) -> Vec<Planned<'a>> {
    let text_at = |path: &str| texts.iter().find(|text| text.address.as_str() == path);
    let own = |path: &str, sort: Sort<'a>| {
        let manuscript = text_at(path).map(|text| &text.manuscript);
        let has_text = matches!(sort, Sort::Home(_) | Sort::Methodology(_) | Sort::Predictions(_));
        let manuscript = manuscript.filter(|_| has_text);
        Planned { address: Address::new(path), sort, manuscript }
    };
    let mut planned = vec![
        own("", Sort::Home(text_at(""))),
        own("archive/", Sort::Archive),
        own("methodology/", Sort::Methodology(text_at("methodology/"))),
        own("404.html", Sort::NotFound),
        own(downloads::PAGE, Sort::Data),
        own(index::PAGE, Sort::Search),
        own(category::INDEX, Sort::Categories),
        own(repository::INDEX, Sort::Repositories),
    ];
    for category in registry.ordered() {
        planned.push(own(&format!("categories/{}/", category.slug.value), Sort::Category(category)));
    }
    for (category, repo) in registry.repos() {
        planned.push(own(&format!("repos/{}/", repo.id.value), Sort::Repository(category, repo)));
    }
    if has_predictions {
        planned.push(own(predictions::ADDRESS, Sort::Predictions(text_at(predictions::ADDRESS))));
    }
    // Texts that a page of the program shows aren't pages of their own.
    let shown = |text: &&Text| match text.address.as_str() {
        "" | "methodology/" => true,
        path => has_predictions && path == predictions::ADDRESS,
    };
    planned.extend(editions.iter().enumerate().map(|(at, edition)| Planned {
        address: edition.address(),
        sort: Sort::Edition(at),
        manuscript: Some(&edition.manuscript),
    }));
    let others = texts.iter().filter(|text| !shown(text));
    planned.extend(others.map(|text| Planned {
        address: text.address.clone(),
        sort: Sort::Text(text),
        manuscript: Some(&text.manuscript),
    }));
    planned
}

/// The list of all pages that are published, each with the day on which it changed last as far as the content says.
fn sitemap(desk: &Desk<'_>, planned: &[Planned<'_>], editions: &[Edition]) -> File {
    let as_of = desk.publication.settings.value.as_of.day();
    let out = editions.iter().filter(|edition| edition.is_out(desk.today));
    let newest = out.filter_map(Edition::updated).chain([as_of]).max();
    let changed = |planned: &Planned<'_>| match planned.sort {
        Sort::NotFound => None,
        Sort::Home(_) | Sort::Archive => newest,
        Sort::Edition(at) => editions[at].is_out(desk.today).then(|| editions[at].updated().unwrap_or(as_of)),
        Sort::Text(text) => (!text.matter.draft).then_some(as_of),
        _ => Some(as_of),
    };
    let pages: Vec<_> = planned.iter().filter_map(|planned| Some((&planned.address, changed(planned)?))).collect();
    signposts::sitemap(desk.press.base_url(), &pages)
}

/// Two pages or files for one address, on any file system.
fn check_addresses(planned: &[Planned<'_>], files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let mut faults = Collector::default();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for address in files.keys() {
        taken.insert(address.to_lowercase(), format!("the file {address}"));
    }
    for page in planned {
        let shown = match &page.manuscript {
            Some(manuscript) => manuscript.file.display().to_string(),
            None => format!("the program's own page {}", page.address.as_str()),
        };
        if let Some(other) = taken.insert(page.address.file().to_lowercase(), shown.clone()) {
            let message = format!("the address `{}` is taken by {other}", page.address.as_str());
            let diagnostic = Diagnostic::new(Kind::Content, message).hint("rename one of them");
            let file = page.manuscript.map_or(Path::new(page.address.as_str()), |manuscript| &manuscript.file);
            faults.push(diagnostic.in_file(file));
        }
    }
    faults.finish(())
}

/// What pages are composed from.
struct Desks<'a> {
    desk: &'a Desk<'a>,
    /// Absent when an edition has faults.
    library: Option<&'a Library<'a>>,
    downloads: &'a Downloads,
    groups: &'a [Group],
}

/// A page; nothing where it needs what the editions say, and their faults are known already.
fn finish_again<'a>(
    pieces: &Pieces<'_>,
    desks: &Desks<'_>,
    editions: &[Edition],
    planned: &Planned<'a>,
) -> Option<Result<Finished<'a>>> {
    let Planned { address, sort, manuscript } = planned;
    let (world, library) = (pieces.world, desks.library);
    if sort.needs_library() && library.is_none() {
        return None;
    }
    let life = |scope: &Scope| library.map_or_else(Key::default, |library| world.life(library, scope));
    let key = || match sort {
        Sort::Category(category) => life(&Scope::Category(category.slug.value.clone())),
        Sort::Repository(_, repo) => life(&Scope::Repo(repo.id.value.clone())),
        Sort::Edition(at) => world.edition(desks.desk, &editions[*at]),
        Sort::Text(text) => world.text(&text.manuscript),
        Sort::Data => world.data(desks.downloads),
        Sort::Search => world.search(desks.groups),
        _ => world.anything(),
    };
    let page = pieces.page(address.as_str(), key, desks.desk, |desk| {
        let library = library.map(|library| library.at(desk));
        let desks = Desks { desk, library: library.as_ref(), ..*desks };
        noted(desk.press.timings(), Work::Page, &address.file(), || finish(&desks, editions, sort))
    });
    Some(page.map(|Made { html, links, files, letter, post, anchors, clean }| {
        let (address, manuscript) = (address.clone(), *manuscript);
        Finished { address, html, links, files, manuscript, letter, post, anchors, clean }
    }))
}

/// A page, with what is checked in it.
fn finish(desks: &Desks<'_>, editions: &[Edition], sort: &Sort<'_>) -> Result<(String, Rendered)> {
    const READ: &str = "what needs the library waits for it";
    let &Desks { desk, library, downloads, groups } = desks;
    let library = || library.expect(READ);
    match *sort {
        Sort::Home(text) => page::home(desk, editions, text),
        Sort::Archive => page::archive(desk, editions),
        Sort::Methodology(text) => page::methodology(desk, text),
        Sort::Predictions(text) => predictions::compose(desk, text),
        Sort::NotFound => page::not_found(desk),
        Sort::Data => downloads::compose(desk, downloads),
        Sort::Search => index::compose(library(), groups),
        Sort::Categories => category::index(library()),
        Sort::Category(category) => category::compose(library(), category),
        Sort::Repositories => repository::index(library()),
        Sort::Repository(category, repo) => repository::compose(library(), category, repo),
        Sort::Edition(at) => {
            let previous = at.checked_sub(1).and_then(|before| editions.get(before));
            editions[at].compose(desk, previous, editions.get(at + 1))
        }
        Sort::Text(text) => text.compose(desk),
    }
}

/// What is published as it is: the caller's files, and those under `content/files/` as `files/…`.
fn files(publication: &Publication, options: &Options) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = options.files.clone();
    let mut faults = Collector::default();
    for path in content::files(&publication.root, Path::new(FILES))? {
        let inside = path.strip_prefix(FILES).expect("it was found in this folder");
        let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if let Some(strange) = parts.iter().find(|part| !address::is_plain(part)) {
            let message = format!("`{strange}` can't be part of an address");
            let hint = "name the file with letters, digits, `-`, `_` and `.`";
            faults.push(Diagnostic::new(Kind::Content, message).in_file(&path).hint(hint));
            continue;
        }
        let read = std::fs::read(publication.root.join(&path));
        let bytes = faults.keep(read.map_err(|error| Diagnostic::io(&path, "read the file", &error).into()));
        let inside = parts.join("/");
        // Machines look for this one at the root and nowhere else.
        let address = if inside == signposts::ROBOTS { inside } else { format!("files/{inside}") };
        files.extend(bytes.map(|bytes| (address, bytes)));
    }
    faults.finish(files)
}
