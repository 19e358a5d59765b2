//! The sections of an edition: those that an editor wrote, and the parts that the data makes, each in its place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cell::{self, Cell};
use super::desk::Desk;
use super::edition::{CategoryContext, Edition};
use super::front_matter::Part;
use super::markdown::{Rendered, Section};
use super::quiet;
use super::safe::Safe;
use super::wording::escaped;
use crate::data::registry::Category;
use crate::data::settings::Call;
use crate::metrics::Scope;

const SIDE: [&str; 5] = ["contributors", "commits", "new", "retention", "active_repos"];
const CELLS: usize = 4;

/// A section as templates know it.
#[derive(Clone, Debug, Serialize)]
pub struct SectionContext {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title_html: Safe,
    /// `category`, `quiet`, `text`.
    pub kind: &'static str,
    /// The category that it is about.
    pub category: Option<CategoryContext>,
    /// What an editor wrote.
    pub body_html: Safe,
    /// The figures beside it.
    pub side: Vec<Cell>,
    /// Whether the table of categories stands at its end.
    pub table: bool,
    /// What the reader is asked.
    pub call: Option<Call>,
}

/// What the data says of a category by itself.
#[derive(Debug)]
pub struct Corner {
    /// Its anchor.
    pub id: String,
    /// What readers call the category.
    pub title: String,
    /// How its quarter went.
    pub sentence: String,
}

/// What stands between the lede and the small type.
#[derive(Debug)]
pub struct Sections {
    /// In order.
    pub sections: Vec<SectionContext>,
    /// The categories that the data speaks of, since no editor does, with their anchors.
    pub told: BTreeMap<String, String>,
    /// What is said of them, at the end of the first quiet section.
    pub corners: Vec<Corner>,
    /// Whether the table of categories stands after the lede, and not in a section.
    pub table_first: bool,
}

impl Sections {
    /// Of an edition.
    #[must_use]
    pub fn of(desk: &Desk<'_>, edition: &Edition, text: &Rendered) -> Self {
        let wants = |part: Part| !edition.matter.without.contains(&part);
        let mut sections: Vec<_> = text.sections.iter().map(|section| context(desk, edition, section)).collect();
        for section in &mut sections {
            section.table = wants(Part::Categories) && section.id == Part::Categories.anchor();
        }
        let table_first = wants(Part::Categories) && !sections.iter().any(|section| section.table);
        let left = if wants(Part::QuietCorners) { left_out(desk, text) } else { Vec::new() };
        let anchor = |category: &Category| format!("quiet-{}", category.slug.value);
        let corner = |category: &&Category| {
            let scope = Scope::Category(category.slug.value.clone());
            let sentence = quiet::told(desk.ground_of(edition.period), &scope, edition.period);
            Corner { id: anchor(category), title: category.title.clone(), sentence }
        };
        let corners: Vec<Corner> = left.iter().map(corner).collect();
        if !corners.is_empty() {
            let items = corners.iter().map(|Corner { id, title, sentence }| {
                let (id, title, sentence) = (escaped(id), escaped(title), escaped(sentence));
                format!("<li id=\"{id}\"><strong>{title}</strong> {sentence}</li>\n")
            });
            let list = format!("<ul>\n{}</ul>\n", items.collect::<String>());
            if let Some(section) = sections.iter_mut().find(|section| section.kind == "quiet") {
                section.body_html.0 += &list;
            } else {
                let after = sections.iter().rposition(|section| section.kind == "category").map_or(0, |at| at + 1);
                sections.insert(after, made(list));
            }
        }
        let told = left.iter().map(|category| (category.slug.value.clone(), anchor(category))).collect();
        Self { sections, told, corners, table_first }
    }
}

/// A section of quiet corners where no editor made one.
fn made(list: String) -> SectionContext {
    SectionContext {
        id: Part::QuietCorners.anchor().to_owned(),
        title_html: Safe("Quiet corners".to_owned()),
        kind: "quiet",
        category: None,
        body_html: Safe(list),
        side: Vec::new(),
        table: false,
        call: None,
    }
}

fn context(desk: &Desk<'_>, edition: &Edition, section: &Section) -> SectionContext {
    let publication = desk.publication;
    let categories = &publication.registry.value.categories;
    let category = categories.iter().find(|category| category.slug.value == section.id);
    let kind = match category {
        _ if section.quiet => "quiet",
        Some(_) => "category",
        None => "text",
    };
    let scope = category.map(|category| Scope::Category(category.slug.value.clone()));
    let side = scope.map(|scope| cell::cells(desk.ground_of(edition.period), &scope, &SIDE, edition.period, CELLS));
    SectionContext {
        id: section.id.clone(),
        title_html: Safe(section.title_html.clone()),
        kind,
        category: category.map(CategoryContext::new),
        body_html: Safe(section.body_html.clone()),
        side: side.unwrap_or_default(),
        table: false,
        call: publication.settings.value.calls.get(&section.id).cloned(),
    }
}

/// The categories that have no section, and aren't named among the quiet corners that an editor wrote.
fn left_out<'a>(desk: &Desk<'a>, text: &Rendered) -> Vec<&'a Category> {
    let categories = &desk.publication.registry.value.categories;
    let of = |scope: &Scope| categories.iter().find(|category| *scope == Scope::Category(category.slug.value.clone()));
    let is_told = |category: &Category| {
        let title = escaped(&category.title);
        let mut sections = text.sections.iter();
        sections.any(|section| section.id == category.slug.value || section.quiet && section.body_html.contains(&title))
    };
    desk.ground.categories().iter().filter_map(of).filter(|category| !is_told(category)).collect()
}
