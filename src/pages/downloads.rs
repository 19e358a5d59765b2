//! What readers can download, as it may be published, and the page that says what it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::address::Address;
use super::course::TURNOVER;
use super::desk::{Desk, Page};
use super::ground::Ground;
use super::linked_data;
use super::markdown::Rendered;
use super::safe::Safe;
use super::shift;
use super::wording;
use crate::data::registry::{Category, Registry};
use crate::data::settings::Call;
use crate::figures::filter::Wanted;
use crate::figures::{Filter, tidy};
use crate::metrics::{Scope, Side};
use crate::plain::{Number, Period, Result, Unit};

/// The page.
pub const PAGE: &str = "data/";

/// Files by address, and what each is.
#[derive(Debug, Default)]
pub struct Downloads {
    /// What each file holds, by its address.
    pub files: BTreeMap<String, Vec<u8>>,
    shelves: Vec<Shelf>,
}

/// Files of one sort.
#[derive(Debug, Serialize)]
struct Shelf {
    title: &'static str,
    id: &'static str,
    note: &'static str,
    items: Vec<Item>,
}

/// The same figures, in one or two formats.
#[derive(Debug, Serialize)]
struct Item {
    title: String,
    files: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    format: &'static str,
    path: String,
    size: String,
}

/// Further figures on the pages of categories and repositories.
const SHOWN: [&str; 5] = ["commits", "commits_change", "contributors_change", "active_weeks", "absence_factor"];

/// Rows of figures as they may be published, in lines of CSV by quarter, or as a file of JSON.
#[derive(Debug, Default)]
pub struct Excerpt {
    csv: BTreeMap<Period, String>,
    json: String,
}

impl Excerpt {
    /// Of what fits a filter.
    fn new(ground: &Ground, filter: &Filter, has_json: bool) -> Self {
        let rows = tidy::published(ground.figures(), filter);
        let of_one = |rows: &[tidy::Row]| (rows[0].period, tidy::lines(rows));
        let csv = rows.chunk_by(|a, b| a.period == b.period).map(of_one).collect();
        Self { csv, json: if has_json { tidy::json(&rows) } else { String::new() } }
    }
}

/// Finds an excerpt of an earlier site by its name, or makes it.
pub type Recalled<'a> = dyn Fn(&str, &(dyn Fn(&Ground) -> Excerpt + Sync)) -> Result<Arc<Excerpt>> + Sync + 'a;

impl Downloads {
    /// Of all figures.
    pub fn new(ground: &Ground, registry: &Registry, recalled: &Recalled<'_>) -> Result<Self> {
        let wanted = |scopes: Vec<Scope>| scopes.into_iter().map(Wanted::One).collect();
        // Rows are sorted by quarter, then by what they are about: so are the excerpts.
        let mut wholes: Vec<Vec<Scope>> = ground.categories().iter().map(|category| vec![category.clone()]).collect();
        wholes.sort();
        wholes.push(vec![Scope::Corpus]);
        let counted = wholes.len();
        wholes.push(between(ground).collect());
        let of_whole = |scopes: &Vec<Scope>| {
            let name = scopes.first().filter(|_| scopes.len() == 1).map(ToString::to_string);
            let filter = || Filter { scopes: wanted(scopes.clone()), ..Filter::default() };
            let make = |ground: &Ground| {
                // A filter without scopes asks for all of them.
                if scopes.is_empty() { Excerpt::default() } else { Excerpt::new(ground, &filter(), false) }
            };
            recalled(&name.unwrap_or_else(|| "between".to_owned()), &make)
        };
        let mut metrics: Vec<&'static str> = TURNOVER.iter().map(|(name, _)| *name).collect();
        metrics.extend(SHOWN);
        metrics.extend(shift::names());
        let of_category = |category: &&Category| {
            let repos = category.repos.iter().map(|repo| Scope::Repo(repo.id.value.clone()));
            let slug = &category.slug.value;
            let scopes = std::iter::once(Scope::Category(slug.clone())).chain(repos).collect();
            let filter = Filter { scopes: wanted(scopes), metrics: metrics.clone(), ..Filter::default() };
            let excerpt = recalled(&format!("files {slug}"), &|ground| Excerpt::new(ground, &filter, true))?;
            let (csv, json) = (file(excerpt.csv.values()), excerpt.json.clone().into_bytes());
            let files =
                vec![(format!("data/categories/{slug}.csv"), csv), (format!("data/categories/{slug}.json"), json)];
            Ok((category.title.clone(), files))
        };
        let (wholes, categories) = rayon::join(
            || wholes.par_iter().map(of_whole).collect::<Result<Vec<_>>>(),
            || registry.ordered().par_iter().map(of_category).collect::<Result<Vec<Made>>>(),
        );
        let (wholes, categories) = (wholes?, categories?);
        let reported = ground.figures().periods();
        let of_period = |period: &Period| {
            let lines = wholes.iter().filter_map(|excerpt| excerpt.csv.get(period));
            (wording::period(*period), vec![(format!("data/periods/{}.csv", period.slug()), file(lines))])
        };
        let (all, periods) = rayon::join(
            || {
                let lines = |period| wholes[..counted].iter().filter_map(move |excerpt| excerpt.csv.get(period));
                file(reported.iter().flat_map(lines))
            },
            || reported.par_iter().rev().map(of_period).collect(),
        );
        let all = vec![("All quarters".to_owned(), vec![("data/figures.csv".to_owned(), all)])];
        let mut downloads = Self::default();
        downloads.shelve("Everything", "all", "All figures of the whole and of the categories.", all);
        let note = "What the pages of a category and its repositories show, over all quarters.";
        downloads.shelve("By category", "categories", note, categories);
        let note = "The whole, the categories, and the people between them.";
        downloads.shelve("By quarter", "quarters", note, periods);
        Ok(downloads)
    }

    /// All files, each with what it is and its address.
    pub fn listed(&self) -> impl Iterator<Item = (&str, &str)> {
        let items = self.shelves.iter().flat_map(|shelf| &shelf.items);
        items.flat_map(|item| item.files.iter().map(|file| (item.title.as_str(), file.path.as_str())))
    }

    /// All that the page shows of them.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{:?}", self.shelves)
    }

    fn shelve(&mut self, title: &'static str, id: &'static str, note: &'static str, made: Vec<Made>) {
        let item = |(title, files): Made| {
            let entry = |(path, bytes): (String, Vec<u8>)| {
                let format = if path.rsplit('.').next() == Some("json") { "JSON" } else { "CSV" };
                let entry = Entry { format, path: path.clone(), size: size(bytes.len()) };
                self.files.insert(path, bytes);
                entry
            };
            Item { title, files: files.into_iter().map(entry).collect() }
        };
        let items = made.into_iter().map(item).collect();
        self.shelves.push(Shelf { title, id, note, items });
    }
}

/// A title, and files with what they hold.
type Made = (String, Vec<(String, Vec<u8>)>);

/// Lines of CSV under their header.
fn file<'a>(lines: impl Iterator<Item = &'a String> + Clone) -> Vec<u8> {
    let header = tidy::header();
    // There are megabytes of them, which no growing text should copy again and again.
    let mut text = String::with_capacity(header.len() + lines.clone().map(String::len).sum::<usize>());
    text.push_str(&header);
    text.extend(lines.map(String::as_str));
    text.into_bytes()
}

/// What is between any two categories.
fn between(ground: &Ground) -> impl Iterator<Item = Scope> + '_ {
    let sides = || ground.categories().iter().filter_map(Side::of);
    sides().flat_map(move |a| sides().map(move |b| (a.clone(), b))).filter(|(a, b)| a != b).flat_map(|(a, b)| {
        let overlap = (a < b).then(|| Scope::overlap(a.clone(), b.clone()));
        let both = [Scope::Expansion(a.clone(), b.clone()), Scope::Flow(a, b)];
        overlap.into_iter().chain(both)
    })
}

/// `3.8 MB`, `190 kB`.
fn size(bytes: usize) -> String {
    let print = |count: Number, digits: u32| {
        wording::print(count, Unit::Count, wording::Style { digits: Some(digits), ..wording::Style::default() })
    };
    let thousands = |power: u32| Number::whole(bytes as u64).over(Number::whole(1000_u64.pow(power)));
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", print(thousands(1).unwrap_or(Number::ZERO), 0)),
        _ => format!("{} MB", print(thousands(2).unwrap_or(Number::ZERO), 1)),
    }
}

#[derive(Debug, Serialize)]
struct Own<'a> {
    shelves: &'a [Shelf],
    columns: [ColumnContext; 6],
    digest: &'a str,
    citation: String,
    licence: &'a Option<Call>,
    url: String,
    linked_data_html: Safe,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct ColumnContext {
    name: &'static str,
    definition: &'static str,
}

const COLUMNS: [ColumnContext; 6] = [
    ColumnContext { name: "period", definition: "A quarter in UTC, as 2026-Q2." },
    ColumnContext {
        name: "scope",
        definition: "What sort of thing the figure is about: corpus, category, repo; overlap, flow and expansion are \
                     between two categories.",
    },
    ColumnContext {
        name: "subject",
        definition: "Which one: a slug or an id; a+b for both, a>b from the first to the second.",
    },
    ColumnContext { name: "metric", definition: "A name that the methodology defines." },
    ColumnContext {
        name: "value",
        definition: "Counts in full, all else with six significant digits. Empty where it is unknown or has no meaning, \
                     which is never 0. <5 is a count of one to four people between two categories, and withheld what \
                     would give such a count away.",
    },
    ColumnContext {
        name: "unit",
        definition: "count, share (0.35 is 35%), ratio, pp (percentage points), weeks, hours, lines.",
    },
];

/// The page about all that can be downloaded.
pub fn compose(desk: &Desk<'_>, downloads: &Downloads) -> Result<(String, Rendered)> {
    let settings = &desk.publication.settings.value;
    let address = Address::new(PAGE);
    let who = settings.publisher.as_ref().map(|publisher| format!("{publisher}: ")).unwrap_or_default();
    let url = format!("{}{PAGE}", desk.press.base_url());
    let description = format!("Every figure of {} to download, and how to compute it again.", settings.title);
    let own = Own {
        linked_data_html: linked_data::dataset(desk, downloads, &description),
        shelves: &downloads.shelves,
        columns: COLUMNS,
        digest: desk.data_digest,
        citation: format!("{who}{}, data as of {}.", settings.title, desk.as_of()),
        licence: &settings.licence,
        url,
    };
    let page = Page { kind: "data", title: "Data".to_owned(), description, path: PAGE.to_owned() };
    Ok((desk.press.render("data.html", &address, &desk.context(&page, own))?, Rendered::default()))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::ground;
    use super::*;

    #[test]
    fn sizes_are_written_as_people_write_them() {
        let sizes = [0, 999, 1_499, 190_400, 3_768_542].map(size).join(", ");
        assert_eq!(sizes, "0 bytes, 999 bytes, 1 kB, 190 kB, 3.8 MB");
    }

    #[test]
    fn what_is_masked_on_pages_is_masked_in_files() {
        let made = |_: &str, make: &(dyn Fn(&Ground) -> Excerpt + Sync)| Ok(Arc::new(make(&ground())));
        let downloads = Downloads::new(&ground(), &Registry::default(), &made).unwrap();
        let file = String::from_utf8(downloads.files["data/periods/2026-q2.csv"].clone()).unwrap();
        assert!(file.contains("2026-Q2,flow,edge>kernels,flow,<5,count\n"), "{file}");
        assert!(file.contains("2026-Q2,flow,kernels>edge,flow,9,count\n"), "{file}");
        assert!(file.contains("2026-Q2,overlap,edge+kernels,overlap,20,count\n"), "{file}");
    }
}
