//! The page about a category, and the list of all of them.

use std::cmp::Reverse;

use serde::Serialize;

use super::address::Address;
use super::biography::{Biography, Library, settled};
use super::cell::{self, Cell};
use super::desk::Page;
use super::edition::CategoryContext;
use super::markdown::Rendered;
use super::neighbour::{self, Neighbours};
use super::safe::Safe;
use super::said::{self, Passage};
use super::snapshot::{self, Snapshot};
use crate::data::registry::{Category, Repo};
use crate::metrics::Scope;
use crate::plain::{Period, Result};

/// The list of all categories.
pub const INDEX: &str = "categories/";

/// A page of the list, as others link to it.
#[derive(Clone, Debug, Serialize)]
pub struct PageRef {
    /// What readers call it.
    pub title: String,
    /// Where it stands.
    pub path: String,
}

#[derive(Debug, Serialize)]
struct Own {
    category: CategoryContext,
    #[serde(flatten)]
    life: Biography,
    repos: Vec<RepoRow>,
    organisations: Neighbours,
    said: Vec<Passage>,
    troubles: Vec<Trouble>,
    previous: Option<PageRef>,
    next: Option<PageRef>,
}

/// A repository in a list.
#[derive(Debug, Serialize)]
pub struct RepoRow {
    #[serde(flatten)]
    page: PageRef,
    id: String,
    contributors: Cell,
    commits: Cell,
    new: Cell,
    retention: Cell,
    note: String,
    spark_svg: Safe,
}

#[derive(Debug, Serialize)]
struct Trouble {
    #[serde(flatten)]
    page: PageRef,
    sentences: Vec<String>,
}

/// What readers call a repository, and where its page is.
#[must_use]
pub fn repo_ref(repo: &Repo) -> PageRef {
    PageRef { title: repo.title().to_owned(), path: format!("repos/{}/", repo.id.value) }
}

/// The categories in the order in which they are shown.
#[must_use]
pub fn ordered<'a>(library: &Library<'a>) -> Vec<&'a Category> {
    library.desk.publication.registry.value.ordered()
}

/// The whole page about a category.
pub fn compose(library: &Library<'_>, category: &Category) -> Result<(String, Rendered)> {
    let desk = library.desk;
    let slug = &category.slug.value;
    let scope = Scope::Category(slug.clone());
    let address = neighbour::address(&scope);
    let count = category.repos.len();
    let many = if count == 1 { "1 repository".to_owned() } else { format!("{count} repositories") };
    let description =
        category.description.clone().unwrap_or_else(|| format!("Who works on {many}, over the quarters."));
    let page = Page { kind: "category", title: category.title.clone(), description, path: address.as_str().to_owned() };
    let mut life =
        Biography::new(library, &page, &scope, |period| neighbour::of_category(&desk.ground, &scope, period))?;
    let files = std::mem::take(&mut life.files);
    let period = settled(&desk.ground, &scope);
    let organisations =
        period.map(|period| neighbour::organisations(&desk.ground, &library.organisations, &scope, period));
    let all = desk.publication.registry.value.ordered();
    let place = all.iter().position(|other| other.slug.value == *slug).expect("it is one of them");
    let other = |place: Option<usize>| {
        let category = all.get(place?)?;
        Some(PageRef { title: category.title.clone(), path: format!("categories/{}/", category.slug.value) })
    };
    let own = Own {
        category: CategoryContext::new(category),
        life,
        repos: repos(library, category, period),
        organisations: organisations.unwrap_or_default(),
        said: said::sections(&library.volumes, slug),
        troubles: troubles(library, category),
        previous: other(place.checked_sub(1)),
        next: other(Some(place + 1)),
    };
    let html = desk.press.render("category.html", &address, &desk.context(&page, own))?;
    Ok((html, Rendered { files, ..Rendered::default() }))
}

/// Those with most people first; those of which nothing is known last.
fn repos(library: &Library<'_>, category: &Category, period: Option<Period>) -> Vec<RepoRow> {
    let ground = &library.desk.ground;
    let last = ground.figures().periods().last().copied();
    let Some(period) = period.or(last) else { return Vec::new() };
    let mut rows: Vec<_> = category
        .repos
        .iter()
        .map(|repo| {
            let scope = Scope::Repo(repo.id.value.clone());
            let people = ground.figures().get(&scope, "contributors", period);
            let figure = |name: &str| snapshot::count(ground, &scope, name, period);
            let contributors = figure("contributors");
            let row = RepoRow {
                page: repo_ref(repo),
                id: repo.id.value.clone(),
                note: contributors.note.clone(),
                contributors,
                commits: figure("commits"),
                new: figure("new"),
                retention: figure("retention"),
                spark_svg: cell::spark(ground, &scope, "contributors", period),
            };
            (people.and_then(|figure| figure.value), row)
        })
        .collect();
    rows.sort_by_key(|(people, row)| (Reverse(*people), row.page.title.to_lowercase()));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn troubles(library: &Library<'_>, category: &Category) -> Vec<Trouble> {
    let trouble = |repo: &Repo| {
        let sentences = &library.stock.get(&repo.id.value)?.troubles;
        (!sentences.is_empty()).then(|| Trouble { page: repo_ref(repo), sentences: sentences.clone() })
    };
    category.repos.iter().filter_map(trouble).collect()
}

#[derive(Debug, Serialize)]
struct Index {
    period: Option<String>,
    period_label: Option<String>,
    snapshot: Option<Snapshot>,
    categories: Vec<CategoryContext>,
}

/// The list of all categories.
pub fn index(library: &Library<'_>) -> Result<(String, Rendered)> {
    let desk = library.desk;
    let registry = &desk.publication.registry.value;
    let period = settled(&desk.ground, &Scope::Corpus);
    let own = Index {
        period: period.map(|period| period.to_string()),
        period_label: period.map(super::wording::period),
        snapshot: period.map(|period| snapshot::snapshot(&desk.ground, registry, period, |_| None)),
        categories: ordered(library).into_iter().map(CategoryContext::new).collect(),
    };
    let description = "Each category over all quarters: who came, who stayed, what the work became.".to_owned();
    let page = Page { kind: "categories", title: "Categories".to_owned(), description, path: INDEX.to_owned() };
    let html = desk.press.render("categories.html", &Address::new(INDEX), &desk.context(&page, own))?;
    Ok((html, Rendered::default()))
}
