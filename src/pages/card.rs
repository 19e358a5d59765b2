//! The picture that stands for an edition, or for the site, where somebody shares its address.

use serde::Serialize;

use super::address::file;
use super::cell::{self, Cell};
use super::chart::files::{self, File};
use super::desk::{Desk, Page};
use super::wording;
use crate::charts;
use crate::metrics::Scope;
use crate::plain::Period;

/// The figure that it shows.
const FIGURE: &str = "contributors";

/// A card as templates know it.
#[derive(Debug, Serialize)]
pub struct CardContext {
    path: String,
    width: u32,
    height: u32,
    alt: String,
}

/// What a card says.
struct Card<'a> {
    path: String,
    title: &'a str,
    period: Option<Period>,
    figure: Option<Cell>,
}

/// Where the card of a page lies: an edition has its own, at the address of its page and this name.
#[must_use]
pub fn path(page: &str) -> String {
    format!("{page}card.png")
}

impl<'a> Card<'a> {
    /// Of the page of an edition; all others show the site's.
    fn of(desk: &'a Desk<'_>, page: &'a Page) -> Self {
        let settings = &desk.publication.settings.value;
        let own: Option<Period> = page.path.trim_end_matches('/').to_uppercase().parse().ok();
        let own = own.filter(|_| page.kind == "edition");
        let period = own.or_else(|| desk.editions.last().copied());
        let figure = period.and_then(|period| cell::bare(desk.ground_of(period), &Scope::Corpus, FIGURE, period));
        let figure = figure.filter(|cell| cell.value != cell::ABSENT);
        let (path, title) = match own {
            Some(_) => (path(&page.path), page.title.as_str()),
            None => {
                (path(""), settings.tagline.as_deref().or(settings.description.as_deref()).unwrap_or(&settings.title))
            }
        };
        Self { path, title: title.trim(), period, figure }
    }

    /// The same in words.
    fn alt(&self, publication: &str) -> String {
        let period = self.period.map(wording::period).unwrap_or_default();
        let figure = self.figure.as_ref().map(Cell::sentence);
        let parts = [Some(publication.to_owned()), Some(self.title.to_owned()), Some(period), figure];
        let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
        said.collect::<Vec<_>>().join(". ") + "."
    }
}

/// What the head of a page says of its card.
#[must_use]
pub fn of_page(desk: &Desk<'_>, page: &Page) -> CardContext {
    let card = Card::of(desk, page);
    let (width, height) = charts::CARD;
    CardContext { alt: card.alt(desk.title()), path: card.path, width, height }
}

/// The first quarter that there are figures of.
fn first(desk: &Desk<'_>) -> Option<Period> {
    desk.ground.figures().periods().first().copied()
}

/// The card of a page as a picture.
#[must_use]
pub fn picture(desk: &Desk<'_>, page: &Page) -> File {
    let card = Card::of(desk, page);
    let period = card.period.map(wording::period).unwrap_or_default();
    let figure = card.figure.as_ref().zip(card.period).map(|(cell, period)| charts::CardFigure {
        value: cell.value.clone(),
        label: cell.label.clone(),
        change: cell.change.as_ref().map(|change| (change.text.clone(), change.direction)),
        since: format!("on {}", period.before(1)),
        course: cell::course(desk.ground_of(period), &Scope::Corpus, FIGURE, period),
        between: (first(desk).unwrap_or(period).to_string(), period.to_string()),
    });
    let address = desk.press.base_url();
    let address = address.split_once("://").map_or(address, |(_, address)| address).trim_end_matches('/');
    let drawn = charts::card(&charts::Card {
        publication: desk.title().to_owned(),
        period,
        title: card.title.to_owned(),
        figure,
        address: address.to_owned(),
    });
    (file(&card.path), files::png(&desk.publication.root, &drawn))
}
