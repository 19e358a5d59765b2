//! What readers can download, as it may be published, and the page that says what it is.

use std::collections::BTreeMap;

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

impl Downloads {
    /// Of all figures.
    #[must_use]
    pub fn new(ground: &Ground, registry: &Registry) -> Self {
        let figures = ground.figures();
        let csv = |filter: &Filter| tidy::csv(&tidy::published(figures, filter)).into_bytes();
        let scopes = std::iter::once(&Scope::Corpus).chain(ground.categories());
        let whole = Filter { scopes: scopes.cloned().map(Wanted::One).collect(), ..Filter::default() };
        let mut metrics: Vec<&'static str> = TURNOVER.iter().map(|(name, _)| *name).collect();
        metrics.extend(SHOWN);
        metrics.extend(shift::names());
        let of_category = |category: &&Category| {
            let repos = category.repos.iter().map(|repo| Scope::Repo(repo.id.value.clone()));
            let scopes = std::iter::once(Scope::Category(category.slug.value.clone())).chain(repos);
            let scopes = scopes.map(Wanted::One).collect();
            let rows = tidy::published(figures, &Filter { scopes, metrics: metrics.clone(), ..Filter::default() });
            let (slug, title) = (&category.slug.value, category.title.clone());
            let (csv, json) = (tidy::csv(&rows).into_bytes(), tidy::json(&rows).into_bytes());
            (title, vec![(format!("data/categories/{slug}.csv"), csv), (format!("data/categories/{slug}.json"), json)])
        };
        let of_period = |period: &Period| {
            let scopes = whole.scopes.iter().cloned().chain(between(ground)).collect();
            let rows = Filter { scopes, periods: vec![(*period, *period)], ..Filter::default() };
            (wording::period(*period), vec![(format!("data/periods/{}.csv", period.slug()), csv(&rows))])
        };
        let ((all, categories), periods) = rayon::join(
            || {
                rayon::join(
                    || vec![("All quarters".to_owned(), vec![("data/figures.csv".to_owned(), csv(&whole))])],
                    || registry.ordered().par_iter().map(of_category).collect::<Vec<_>>(),
                )
            },
            || figures.periods().par_iter().rev().map(of_period).collect::<Vec<_>>(),
        );
        let mut downloads = Self::default();
        downloads.shelve("Everything", "all", "All figures of the whole and of the categories.", all);
        let note = "What the pages of a category and its repositories show, over all quarters.";
        downloads.shelve("By category", "categories", note, categories);
        let note = "The whole, the categories, and the people between them.";
        downloads.shelve("By quarter", "quarters", note, periods);
        downloads
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

/// What is between any two categories.
fn between(ground: &Ground) -> impl Iterator<Item = Wanted> + '_ {
    let sides = || ground.categories().iter().filter_map(Side::of);
    sides().flat_map(move |a| sides().map(move |b| (a.clone(), b))).filter(|(a, b)| a != b).flat_map(|(a, b)| {
        let overlap = (a < b).then(|| Scope::overlap(a.clone(), b.clone()));
        let both = [Scope::Expansion(a.clone(), b.clone()), Scope::Flow(a, b)];
        overlap.into_iter().chain(both).map(Wanted::One)
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
        let downloads = Downloads::new(&ground(), &Registry::default());
        let file = String::from_utf8(downloads.files["data/periods/2026-q2.csv"].clone()).unwrap();
        assert!(file.contains("2026-Q2,flow,edge>kernels,flow,<5,count\n"), "{file}");
        assert!(file.contains("2026-Q2,flow,kernels>edge,flow,9,count\n"), "{file}");
        assert!(file.contains("2026-Q2,overlap,edge+kernels,overlap,20,count\n"), "{file}");
    }
}
