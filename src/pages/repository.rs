//! The page about a repository, and the list of all of them.

use serde::Serialize;

use super::address::Address;
use super::biography::{Biography, Library};
use super::category::{PageRef, repo_ref};
use super::desk::{Labelled, Page};
use super::edition::CategoryContext;
use super::markdown::Rendered;
use super::neighbour;
use crate::data::registry::{Category, Registry, Repo};
use crate::metrics::Scope;
use crate::plain::Result;
use crate::plain::slug::slug;

/// The list of all repositories.
pub const INDEX: &str = "repos/";

#[derive(Debug, Serialize)]
struct Own<'a> {
    repo: About<'a>,
    category: CategoryContext,
    #[serde(flatten)]
    life: Biography,
    facts: &'a [Labelled],
    troubles: &'a [String],
}

#[derive(Debug, Serialize)]
struct About<'a> {
    id: &'a str,
    title: &'a str,
    /// Its other names.
    aliases: Vec<&'a str>,
    /// Where people can look at it.
    url: Option<&'a str>,
    vendor: Option<String>,
    tracked: Option<String>,
    origin: Option<Origin>,
}

/// What a repository is a copy of.
#[derive(Debug, Serialize)]
struct Origin {
    title: String,
    /// The page of one that is tracked.
    path: Option<String>,
    /// Where another one is.
    url: Option<String>,
}

impl Origin {
    /// One that readers can look at; none when it lies on somebody's own machine.
    fn new(registry: &Registry, written: &str) -> Option<Self> {
        let tracked = registry.repos().map(|(_, repo)| repo).find(|repo| repo.id.value == written);
        if let Some(tracked) = tracked {
            let PageRef { title, path } = repo_ref(tracked);
            return Some(Self { title, path: Some(path), url: None });
        }
        public(written).map(|url| Self { title: url.to_owned(), path: None, url: Some(url.to_owned()) })
    }
}

/// An address that a browser opens.
fn public(url: &str) -> Option<&str> {
    Some(url).filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// The whole page about a repository.
pub fn compose(library: &Library<'_>, category: &Category, repo: &Repo) -> Result<(String, Rendered)> {
    let desk = library.desk;
    let ground = &desk.ground;
    let registry = &desk.publication.registry.value;
    let scope = Scope::Repo(repo.id.value.clone());
    let address = neighbour::address(&scope);
    let title = repo.title().to_owned();
    let description =
        format!("Who works on {title}: who came, who stayed and what the work became, quarter by quarter.");
    let page = Page { kind: "repo", title, description, path: address.as_str().to_owned() };
    let life = Biography::new(library, &page, &scope, |period| library.moves.neighbours(ground, &scope, period))?;
    let stock = library.stock.get(&repo.id.value);
    let url = repo.url.as_ref().map(|url| url.value.as_str());
    let vendor = repo.vendor.as_ref().map(|vendor| {
        // An organisation of the same slug has a name that was written for readers.
        let (organisation, own) = (Scope::Organisation(slug(vendor)), Scope::Vendor(slug(vendor)));
        let named = ground.title(&organisation).into_owned();
        if named == slug(vendor) { ground.title(&own).into_owned() } else { named }
    });
    let own = Own {
        repo: About {
            id: &repo.id.value,
            title: repo.title(),
            aliases: repo.aliases.iter().skip(1).map(|alias| alias.value.as_str()).collect(),
            url: url.and_then(public),
            vendor,
            tracked: repo.tracked.map(|period| period.to_string()),
            origin: repo.fork_of.as_ref().and_then(|origin| Origin::new(registry, &origin.value)),
        },
        category: CategoryContext::new(category),
        life,
        facts: stock.map_or(&[], |stock| &stock.facts),
        troubles: stock.map_or(&[], |stock| &stock.troubles),
    };
    let html = desk.press.render("repo.html", &address, &desk.context(&page, own))?;
    Ok((html, Rendered::default()))
}

#[derive(Debug, Serialize)]
struct Index {
    categories: Vec<Shelf>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Shelf {
    category: CategoryContext,
    repos: Vec<PageRef>,
}

/// The list of all repositories, category by category.
pub fn index(library: &Library<'_>) -> Result<(String, Rendered)> {
    let desk = library.desk;
    let shelf = |category: &&Category| {
        let mut repos: Vec<PageRef> = category.repos.iter().map(repo_ref).collect();
        repos.sort_by_key(|repo| repo.title.to_lowercase());
        Shelf { category: CategoryContext::new(category), repos }
    };
    let registry = &desk.publication.registry.value;
    let own = Index { categories: registry.ordered().iter().map(shelf).collect(), count: registry.repos().count() };
    let description = "Every repository that is counted here, by category.".to_owned();
    let page = Page { kind: "repos", title: "Repositories".to_owned(), description, path: INDEX.to_owned() };
    let html = desk.press.render("repos.html", &Address::new(INDEX), &desk.context(&page, own))?;
    Ok((html, Rendered::default()))
}
