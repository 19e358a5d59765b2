//! The mail as markup, with its styles in its elements.

use css_inline::{CSSInliner, InlineOptions};
use serde::Serialize;

use super::{Grade, Source, sender};
use crate::data::mailing::Form;
use crate::pages::absolute::absolute;
use crate::pages::cell::Cell;
use crate::pages::chart::Table;
use crate::pages::desk::Desk;
use crate::pages::edition::{CorrectionContext, Edition, EditionRef, Provenance};
use crate::pages::picture::Picture;
use crate::pages::safe::Safe;
use crate::pages::sections::SectionContext;
use crate::pages::snapshot::Snapshot;
use crate::plain::{Diagnostic, Kind, Result};

/// The template of the whole.
const TEMPLATE: &str = "mail.html";
/// That of a chart.
const CHART: &str = "mail-chart.html";
/// How wide a chart is where there is room.
const WIDTH: u32 = 560;

#[derive(Serialize)]
struct Context<'a> {
    edition: EditionContext<'a>,
    headline: &'a [Cell],
    lede_html: Safe,
    grades: &'a [Grade],
    table_first: bool,
    snapshot: &'a Snapshot,
    sections: Vec<SectionContext>,
    corrections: &'a [CorrectionContext],
    provenance: &'a Provenance,
    mail: MailContext,
}

#[derive(Serialize)]
struct EditionContext<'a> {
    #[serde(flatten)]
    edition: EditionRef,
    byline: &'a Option<String>,
}

#[derive(Serialize)]
struct MailContext {
    /// `full` or `short`.
    form: &'static str,
    /// Where to unsubscribe.
    unsubscribe: &'static str,
    /// Where the publisher receives letters.
    postal_address: &'static str,
}

#[derive(Serialize)]
struct ChartContext<'a> {
    title: &'a str,
    subtitle: &'a str,
    image: &'a str,
    width: u32,
    height: u32,
    table: &'a Table,
    /// How many rows and columns of figures the table leaves out.
    rest: usize,
    /// All the figures, as a file.
    data: &'a str,
}

/// The finished markup: every address is absolute, every style stands in its element but those that ask for a dark or a
/// narrow screen.
pub fn compose(source: &Source<'_>) -> Result<String> {
    let Source { desk, laid, signs, form, .. } = source;
    let edition = laid.edition;
    let short = *form == Form::Short;
    let sections = source.sections.sections.iter().map(|section| {
        let body = if short { first_paragraph(&section.body_html.0) } else { &section.body_html.0 };
        SectionContext { body_html: Safe(body.to_owned()), ..section.clone() }
    });
    let context = Context {
        edition: EditionContext { edition: edition.reference(desk), byline: &edition.matter.byline },
        headline: laid.headline,
        lede_html: Safe(source.text.lede_html.clone()),
        grades: if short { &[] } else { &source.grades },
        table_first: source.sections.table_first,
        snapshot: laid.snapshot,
        sections: sections.collect(),
        corrections: laid.corrections,
        provenance: source.provenance,
        mail: MailContext {
            form: if short { "short" } else { "full" },
            unsubscribe: sender::UNSUBSCRIBE,
            postal_address: sender::POSTAL_ADDRESS,
        },
    };
    let html = desk.press.render(TEMPLATE, &edition.address(), &desk.context(&edition.page(), context))?;
    let html = inlined(&absolute(&html, &edition.address(), desk.press.base_url()))?;
    Ok(signs.in_markup(&html))
}

/// A chart as the picture beside its page, with the first of its figures.
pub fn chart(desk: &Desk<'_>, edition: &Edition, picture: &Picture) -> Result<String> {
    let [image, data] = ["PNG", "CSV"].map(|label| picture.file(label).unwrap_or_default());
    let (width, height) = picture.size;
    let chart = ChartContext {
        title: &picture.title,
        subtitle: &picture.subtitle,
        image,
        width: WIDTH,
        height: (height * WIDTH + width / 2) / width.max(1),
        table: &picture.table,
        rest: picture.left_out,
        data,
    };
    let context = desk.context(&edition.page(), std::collections::BTreeMap::from([("chart", chart)]));
    desk.press.render(CHART, &edition.address(), &context)
}

/// With the styles of its `<style>` elements written into the elements that they are for.
fn inlined(html: &str) -> Result<String> {
    let options = InlineOptions {
        keep_style_tags: false,
        keep_at_rules: true,
        minify_css: true,
        load_remote_stylesheets: false,
        ..InlineOptions::default()
    };
    CSSInliner::new(options).inline(html).map_err(|error| {
        let message = format!("the styles of the mail can't be written into it: {error}");
        Diagnostic::new(Kind::Theme, message).hint("look at mail.html and mail.css of the theme").into()
    })
}

/// The paragraph that a section begins with; nothing where it begins with something else.
fn first_paragraph(html: &str) -> &str {
    let end = html.find("</p>").filter(|_| html.starts_with("<p>"));
    end.map_or("", |end| &html[..end + "</p>".len()])
}
