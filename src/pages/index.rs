//! Everything that can be found: the page that lists it, and the same as a file for a search in the reader's browser.

use serde::Serialize;

use super::address::Address;
use super::biography::Library;
use super::desk::Page;
use super::markdown::Rendered;
use super::page::Text;
use crate::metrics::catalogue::Family;
use crate::plain::Result;

/// The page.
pub const PAGE: &str = "search/";

/// The file.
pub const FILE: &str = "search/index.json";

/// Things of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    title: &'static str,
    id: &'static str,
    entries: Vec<Entry>,
}

/// Something that can be found.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    title: String,
    path: String,
    /// What else it is called, or what it is part of.
    detail: String,
}

/// All that can be found, kind by kind.
#[must_use]
pub fn groups(library: &Library<'_>, texts: &[Text]) -> Vec<Group> {
    let desk = library.desk;
    let registry = &desk.publication.registry.value;
    let entry = |title: &str, path: String, detail: String| Entry { title: title.to_owned(), path, detail };
    let editions = library.volumes.iter().rev().flat_map(super::said::Volume::contents);
    let editions = editions.map(|(title, path, detail)| Entry { title, path, detail });
    let categories = registry.ordered().into_iter().map(|category| {
        let detail = category.description.clone().unwrap_or_default();
        entry(&category.title, format!("categories/{}/", category.slug.value), detail)
    });
    let mut repos: Vec<Entry> = registry
        .repos()
        .map(|(category, repo)| {
            let others = repo.aliases.iter().skip(1).map(|alias| alias.value.as_str());
            let names: Vec<&str> = others.chain(repo.was.iter().map(String::as_str)).collect();
            let also = if names.is_empty() { String::new() } else { format!(", also {}", names.join(", ")) };
            let detail = format!("{}{also}, in {}", repo.id.value.replacen("--", "/", 1), category.title);
            entry(repo.title(), format!("repos/{}/", repo.id.value), detail)
        })
        .collect();
    repos.sort_by_key(|repo| repo.title.to_lowercase());
    // Those that follow from others in a fixed manner would bury them.
    let plain =
        desk.metrics().iter().filter(|metric| metric.family != Family::OverTime && !metric.name.starts_with("cohort_"));
    let metrics = plain.map(|metric| {
        let path = format!("methodology/#metric-{}", metric.name);
        entry(metric.label, path, metric.name.to_owned())
    });
    let own = [
        ("Archive", "archive/"),
        ("Categories", super::category::INDEX),
        ("Repositories", super::repository::INDEX),
        ("Data", super::downloads::PAGE),
        ("Methodology", "methodology/"),
    ];
    let own = own.into_iter().map(|(title, path)| entry(title, path.to_owned(), String::new()));
    let others = texts.iter().filter(|text| !matches!(text.address.as_str(), "" | "methodology/"));
    let others = others.map(|text| {
        let detail = text.matter.summary.clone().unwrap_or_default();
        entry(&text.matter.title, text.address.as_str().to_owned(), detail)
    });
    let all: [(&'static str, &'static str, Vec<Entry>); 5] = [
        ("Editions", "editions", editions.collect()),
        ("Categories", "categories", categories.collect()),
        ("Repositories", "repositories", repos),
        ("Figures", "figures", metrics.collect()),
        ("Pages", "pages", own.chain(others).collect()),
    ];
    let groups = all.into_iter().map(|(title, id, entries)| Group { title, id, entries });
    groups.filter(|group| !group.entries.is_empty()).collect()
}

/// The file: an array of groups, with addresses relative to the site's root.
#[must_use]
pub fn file(groups: &[Group]) -> Vec<u8> {
    serde_json::to_vec(groups).expect("text is JSON")
}

#[derive(Debug, Serialize)]
struct Own<'a> {
    groups: &'a [Group],
    index: &'static str,
}

/// The page.
pub fn compose(library: &Library<'_>, groups: &[Group]) -> Result<(String, Rendered)> {
    let desk = library.desk;
    let description = format!("Everything in {}: editions, categories, repositories and figures.", desk.title());
    let page = Page { kind: "search", title: "Search".to_owned(), description, path: PAGE.to_owned() };
    let context = desk.context(&page, Own { groups, index: FILE });
    Ok((desk.press.render("search.html", &Address::new(PAGE), &context)?, Rendered::default()))
}
