//! The mail as words, for readers whose program shows nothing else.

use super::layout::{Sheet, WIDTH};
use super::words::{Block, Piece};
use super::{Grade, Source, plain_line, sender};
use crate::data::mailing::Form;
use crate::pages::cell::Cell;
use crate::pages::sections::{Corner, SectionContext};
use crate::pages::wording;

/// Category, commits and people, each with its change.
const COLUMNS: usize = 5;

/// The text: lines of 72 signs, addresses at the end of each section.
pub fn compose(source: &Source<'_>) -> String {
    let Source { desk, laid, parts, sections, form, .. } = source;
    let edition = laid.edition;
    let short = *form == Form::Short;
    let matter = &edition.matter;
    let address = |path: &str| format!("{}{path}", desk.press.base_url());
    let at_page = address(edition.address().as_str());
    let mut sheet = Sheet::default();
    sheet.say(desk.title());
    let mut issue = format!("{}, no. {}", wording::period(edition.period), edition.number);
    if let Some(day) = matter.published_on {
        issue.extend([", ", &wording::day(day)]);
    }
    sheet.say(&issue);
    sheet.say(&format!("In a browser: {at_page}"));
    sheet.section(&plain_line(&matter.title), '=');
    sheet.say(&matter.summary);
    if let Some(byline) = &matter.byline {
        sheet.say(byline);
    }
    sheet.table(&figures(laid.headline), "  ");
    sheet.gap();
    if let Some(lede) = parts.first() {
        sheet.blocks(&lede.blocks, "", "");
    }
    if !short && !source.grades.is_empty() {
        sheet.section(&plain_line("Predicted for this quarter"), '-');
        source.grades.iter().for_each(|grade| told(&mut sheet, grade, &address(&grade.path)));
    }
    if !short && sections.table_first {
        categories(source, &mut sheet);
    }
    let corners_at = sections.sections.iter().position(|section| section.kind == "quiet");
    for (at, section) in sections.sections.iter().enumerate() {
        // What the data says of the rest has a section of its own where no editor wrote one.
        let place = source.text.sections.iter().position(|other| other.id == section.id);
        let part = place.and_then(|place| parts.get(place + 1));
        let title = part.map_or_else(|| plain_line("Quiet corners"), |part| part.title.clone());
        sheet.section(&title, '-');
        let blocks = part.map_or(&[][..], |part| &part.blocks);
        if short {
            let first = blocks.first().filter(|block| matches!(block, Block::Paragraph(_)));
            sheet.blocks(first.map_or(&[], std::slice::from_ref), "", "");
            sheet.say(&format!("Read on: {at_page}#{}", section.id));
        } else {
            sheet.blocks(blocks, "", "");
            let corners = sections.corners.iter().filter(|_| corners_at == Some(at));
            let item =
                |corner: &Corner| vec![Block::Paragraph(plain_line(&format!("{}. {}", corner.title, corner.sentence)))];
            let items: Vec<Vec<Block>> = corners.map(item).collect();
            if !items.is_empty() {
                sheet.blocks(&[Block::List(None, items)], "", "");
            }
            sheet.table(&figures(&section.side), "  ");
            sheet.gap();
            if section.table {
                categories(source, &mut sheet);
            }
        }
        ask(&mut sheet, section);
    }
    foot(source, &mut sheet, &at_page);
    source.signs.in_words(&sheet.finish())
}

fn told(sheet: &mut Sheet, grade: &Grade, address: &str) {
    let mut line = plain_line(&format!("{}. ", grade.label));
    line.push(Piece::Text(grade.statement.clone()));
    if !grade.detail.is_empty() {
        line.push(Piece::Text(format!(" ({})", grade.detail)));
    }
    line.push(Piece::Link(address.to_owned()));
    sheet.blocks(&[Block::List(None, vec![vec![Block::Paragraph(line)]])], "", "");
}

fn ask(sheet: &mut Sheet, section: &SectionContext) {
    let Some(call) = &section.call else { return };
    let words = call.text.iter().chain([&call.label]).map(String::as_str).collect::<Vec<_>>().join(" ");
    sheet.blocks(&[Block::Paragraph(vec![Piece::Text(words), Piece::Link(call.url.clone())])], "", "");
}

/// Figures, each with its label and its change, and below what to know before believing it.
fn figures(cells: &[Cell]) -> Vec<Vec<String>> {
    let rows = cells.iter().flat_map(|cell| {
        let change = cell.change.as_ref().map_or_else(String::new, |change| change.text.clone());
        let note = (!cell.note.is_empty()).then(|| vec![format!("  {}", cell.note)]);
        std::iter::once(vec![wording::capitalised(&cell.label), cell.value.clone(), change]).chain(note)
    });
    rows.collect()
}

/// The table of categories.
fn categories(source: &Source<'_>, sheet: &mut Sheet) {
    let (head, rows) = source.laid.snapshot.words();
    // The last column would make the lines too long.
    let narrow = |row: Vec<String>| row.into_iter().take(COLUMNS).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).map(narrow).collect();
    sheet.section(&plain_line("By category"), '-');
    sheet.table(&rows, "");
    sheet.gap();
}

fn foot(source: &Source<'_>, sheet: &mut Sheet, at_page: &str) {
    let Source { desk, laid, provenance, form, .. } = source;
    let settings = &desk.publication.settings.value;
    sheet.end_section();
    sheet.gap();
    sheet.line(&"-".repeat(WIDTH));
    sheet.gap();
    if *form == Form::Short {
        sheet.say(&format!("The whole edition, with its charts and tables: {at_page}"));
    }
    if laid.corrections.is_empty() {
        sheet.say(&format!(
            "If a figure has to be put right, the edition's page says so, with the date: {at_page}. A mail that was sent \
             stays as it was."
        ));
    }
    for correction in laid.corrections {
        sheet.say(&format!("Corrected on {}: {}", correction.label, correction.text));
    }
    let repositories = if provenance.repos == 1 { "repository" } else { "repositories" };
    sheet.say(&format!(
        "Counted from the git history of {} {repositories}, {}, as known on {}: {}methodology/",
        provenance.repos,
        provenance.periods,
        provenance.as_of,
        desk.press.base_url()
    ));
    if let Some(contact) = &settings.contact {
        let words = contact.text.iter().chain([&contact.label]).map(String::as_str).collect::<Vec<_>>().join(" ");
        sheet.say(&format!("{words}: {}", contact.url));
    }
    if let Some(publisher) = &settings.publisher {
        sheet.say(&format!("Published by {publisher}."));
    }
    sheet.line(sender::POSTAL_ADDRESS);
    sheet.gap();
    sheet.line(&format!("Unsubscribe: {}", sender::UNSUBSCRIBE));
}
