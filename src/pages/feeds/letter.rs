//! An edition as readers of feeds get it: whole, with pictures in place of drawings and absolute addresses.

use std::fmt::Write as _;

use super::clean::{cleaned, legible};
use crate::pages::absolute::absolute;
use crate::pages::cell::Cell;
use crate::pages::desk::Desk;
use crate::pages::edition::{CorrectionContext, Edition};
use crate::pages::markdown::Rendered;
use crate::pages::predictions::{Grades, Verdict};
use crate::pages::said::plain_text;
use crate::pages::sections::{Corner, SectionContext, Sections};
use crate::pages::snapshot::Snapshot;
use crate::pages::wording::{self, escaped};
use crate::plain::{Day, Result};

/// The parts of an edition, in order.
#[derive(Clone, Copy)]
pub struct Laid<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Its text as it was rendered for its page.
    pub text: &'a Rendered,
    /// The figures at its head.
    pub headline: &'a [Cell],
    /// What was predicted of its quarter.
    pub grades: Option<&'a Grades>,
    /// Its sections.
    pub sections: &'a Sections,
    /// Its table.
    pub snapshot: &'a Snapshot,
    /// What was put right after it came out.
    pub corrections: &'a [CorrectionContext],
}

/// An edition in a feed.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its address, relative to the site's root.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it found, in a line.
    pub summary: String,
    /// Its quarter in words.
    pub period_label: String,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it came out, if it says so.
    pub published: Option<Day>,
    /// When it was last put right, or came out; else the first day after its quarter.
    pub updated: Day,
    /// All of it, as markup with absolute addresses.
    pub html: String,
    /// Its sections on categories.
    pub sections: Vec<Extract>,
}

/// What an edition said of a category.
#[derive(Clone, Debug)]
pub struct Extract {
    /// The category's slug, which is the anchor of the section.
    pub slug: String,
    /// The heading of the section.
    pub title: String,
    /// What it says, as markup with absolute addresses.
    pub html: String,
}

impl Letter {
    /// Of an edition whose page was composed.
    pub fn of(desk: &Desk<'_>, laid: &Laid<'_>) -> Result<Self> {
        let Laid { edition, text, .. } = *laid;
        let (page, home) = (edition.page(), edition.address());
        let still = desk.still(&edition.manuscript, &text.plain, &page, &|picture| Ok(picture.html(&home)))?;
        let finished = |html: &str| {
            // In a feed this could end the part that is no markup.
            let html = legible(&absolute(&cleaned(html), &home, desk.press.base_url())).replace("]]>", "]]&gt;");
            html.trim().to_owned()
        };
        let corrections = corrections(laid.corrections);
        let extract = |context: &SectionContext| {
            let section = still.sections.iter().find(|section| section.id == context.id)?;
            let way = format!("<p><a href=\"#{}\">{}</a></p>\n", escaped(&section.id), escaped(&page.title));
            (context.kind == "category").then(|| Extract {
                slug: section.id.clone(),
                title: legible(&plain_text(&section.title_html)).into_owned(),
                html: finished(&format!("{corrections}{}{way}", section.body_html)),
            })
        };
        let known = edition.updated();
        Ok(Self {
            path: home.as_str().to_owned(),
            title: legible(&page.title).into_owned(),
            summary: legible(&page.description).into_owned(),
            period_label: wording::period(edition.period),
            byline: edition.matter.byline.as_deref().map(|byline| legible(byline).into_owned()),
            published: edition.matter.published_on,
            updated: known.unwrap_or_else(|| edition.period.next().start()),
            html: finished(&format!("{corrections}{}", whole(desk, laid, &still))),
            sections: laid.sections.sections.iter().filter_map(extract).collect(),
        })
    }
}

/// What was put right, the newest first.
fn corrections(corrections: &[CorrectionContext]) -> String {
    let mut newest: Vec<&CorrectionContext> = corrections.iter().collect();
    newest.sort_by(|a, b| b.on.cmp(&a.on));
    let mut html = String::new();
    for CorrectionContext { label, text, figures, .. } in newest {
        writeln!(html, "<p><strong>Corrected on {label}:</strong> {}</p>", escaped(text)).expect("a string takes it");
        let items = figures.iter().map(|figure| format!("<li>{}</li>\n", escaped(&figure.sentence())));
        let items: String = items.collect();
        if !items.is_empty() {
            writeln!(html, "<ul>\n{items}</ul>").expect("a string takes it");
        }
    }
    html
}

/// Everything but the corrections, with addresses as on its own page.
fn whole(desk: &Desk<'_>, laid: &Laid<'_>, still: &Rendered) -> String {
    let figure = |cell: &Cell| format!("<li>{}</li>\n", escaped(&cell.sentence()));
    let headline: String = laid.headline.iter().map(figure).collect();
    let mut html = if headline.is_empty() { String::new() } else { format!("<ul>\n{headline}</ul>\n") };
    html += &still.lede_html;
    if let Some(grades) = laid.grades {
        let items = grades.verdicts().map(|Verdict { label, statement_html, .. }| {
            format!("<li><p><strong>{label}</strong></p>\n{statement_html}</li>\n")
        });
        writeln!(html, "<h2>Predicted for this quarter</h2>\n<ul>\n{}</ul>", items.collect::<String>())
            .expect("a string takes it");
    }
    if laid.sections.table_first {
        html += &table(laid.snapshot);
    }
    let mut corners = Some(&laid.sections.corners);
    for section in &laid.sections.sections {
        let own = still.sections.iter().find(|own| own.id == section.id);
        let title = own.map_or(section.title_html.0.as_str(), |own| own.title_html.as_str());
        writeln!(html, "<h2>{title}</h2>").expect("a string takes it");
        html += own.map_or("", |own| own.body_html.as_str());
        if section.kind == "quiet" {
            html += &corners.take().map(|corners| quiet(corners)).unwrap_or_default();
        }
        if let Some(call) = &section.call {
            let text = call.text.as_ref().map(|text| format!("{} ", escaped(text))).unwrap_or_default();
            let (url, label) = (escaped(&call.url), escaped(&call.label));
            writeln!(html, "<p>{text}<a href=\"{url}\">{label}</a></p>").expect("a string takes it");
        }
        if section.table {
            html += &table(laid.snapshot);
        }
    }
    let title = escaped(desk.title());
    html + "<p><a href=\"./\">This edition on the site of " + &title + "</a>, with where its figures come from.</p>\n"
}

fn quiet(corners: &[Corner]) -> String {
    if corners.is_empty() {
        return String::new();
    }
    let item = |Corner { title, sentence, .. }: &Corner| {
        format!("<li><strong>{}</strong> {}</li>\n", escaped(title), escaped(sentence))
    };
    format!("<ul>\n{}</ul>\n", corners.iter().map(item).collect::<String>())
}

fn table(snapshot: &Snapshot) -> String {
    let (head, rows) = snapshot.words();
    let cells = |row: &[String], name: &str| {
        let cells = row.iter().map(|cell| format!("<{name}>{}</{name}>", escaped(cell)));
        cells.collect::<String>()
    };
    let rows = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row, "td")));
    let (head, rows) = (cells(&head, "th"), rows.collect::<String>());
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}
