//! A picture for previews: what a publication is called, what an edition found, and one figure with its course.

use std::fmt::Write as _;

use plotters::style::text_anchor::HPos;

use super::canvas::units;
use super::glyphs;
use super::markup::MANNERS;
use super::palette;
use super::role::Role;
use super::sheet::{Sheet, Type};

/// Width and height of the picture, in pixels: what previews ask for.
pub const CARD: (u32, u32) = (1200, 630);

/// The same in pixels of the drawing, of which each becomes two by two.
const SIZE: (f64, f64) = (600.0, 315.0);
const EDGE: f64 = 40.0;
const HEAD: f64 = 40.0;
const RULE: f64 = 58.0;
const TITLE: [(f64, f64, usize); 3] = [(33.0, 39.0, 2), (28.0, 34.0, 3), (23.0, 29.0, 4)];
const FIGURE: f64 = 44.0;
const FOOT: f64 = 284.0;
const COURSE: (f64, f64) = (190.0, 46.0);
const DOT: f64 = 5.0;
/// Between words of different weight.
const GAP: f64 = 2.0;

/// What a card says.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The publication's name.
    pub publication: String,
    /// What it is about: a quarter; may be empty.
    pub period: String,
    /// What was found.
    pub title: String,
    /// One figure.
    pub figure: Option<CardFigure>,
    /// Where all of it can be read, for people.
    pub address: String,
}

/// The figure of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardFigure {
    /// As people write it.
    pub value: String,
    /// What it is.
    pub label: String,
    /// Its change as people write it, and `up`, `down` or `flat`.
    pub change: Option<(String, &'static str)>,
    /// Against what it changed.
    pub since: String,
    /// Its values so far.
    pub course: Vec<Option<f64>>,
    /// When they begin and end.
    pub between: (String, String),
}

/// Draws it, as SVG that stands alone.
#[must_use]
pub fn card(card: &Card) -> String {
    let (width, height) = (units(SIZE.0), units(SIZE.1));
    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, (width, height));
    let right = SIZE.0 - EDGE;
    let face = |size: f64, bold: bool, role: Role, side: HPos| Type { size, bold, role, side };
    let period = glyphs::width(&card.period, 13.0, false);
    let name = glyphs::wrap(&card.publication, 17.0, true, right - EDGE - period - 24.0, 1);
    for name in &name {
        sheet.text(name, (EDGE, HEAD), face(17.0, true, Role::Ink, HPos::Left));
    }
    sheet.text(&card.period, (right, HEAD), face(13.0, false, Role::Muted, HPos::Right));
    sheet.rule((EDGE, RULE), (right, RULE), Role::Baseline.pen(10));

    let room = right - EDGE;
    let fits =
        |(size, _, most): &(f64, f64, usize)| glyphs::wrap(&card.title, *size, true, room, usize::MAX).len() <= *most;
    let (size, leading, most) = TITLE.into_iter().find(fits).unwrap_or(TITLE[TITLE.len() - 1]);
    let mut y = RULE + 16.0 + leading / 2.0;
    for line in glyphs::wrap(&card.title, size, true, room, most) {
        sheet.text(&line, (EDGE, y), face(size, true, Role::Ink, HPos::Left));
        y += leading;
    }
    if let Some(figure) = &card.figure {
        draw_figure(&sheet, figure);
    }
    let address = glyphs::wrap(&card.address, 12.0, false, room - COURSE.0 - 40.0, 1);
    for address in &address {
        sheet.text(address, (EDGE, FOOT), face(12.0, false, Role::Muted, HPos::Left));
    }
    drop(sheet);
    let mut svg = String::with_capacity(body.len() + 4096);
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         {MANNERS}>\n<style>{}</style>\n<rect class=\"c-paper\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n",
        palette::stylesheet(),
    )
    .expect("a string takes what is written");
    svg
}

/// The figure in large type above the foot, its change beside it, its course at the right.
fn draw_figure(sheet: &Sheet<'_>, figure: &CardFigure) {
    let right = SIZE.0 - EDGE;
    let middle = FOOT - 56.0;
    let large = Type { size: FIGURE, bold: true, role: Role::Ink, side: HPos::Left };
    sheet.text(&figure.value, (EDGE, middle), large);
    let beside = EDGE + glyphs::width(&figure.value, FIGURE, true) + 14.0;
    let label = Type { size: 14.0, bold: false, role: Role::Ink, side: HPos::Left };
    sheet.text(&figure.label, (beside, middle - 10.0), label);
    if let Some((text, direction)) = &figure.change {
        let role = match *direction {
            "up" => Role::Up,
            "down" => Role::Down,
            _ => Role::Muted,
        };
        sheet.text(text, (beside, middle + 11.0), Type { bold: true, role, ..label });
        let after = beside + glyphs::width(text, 14.0, true) + GAP;
        sheet.text(&figure.since, (after, middle + 11.0), Type { role: Role::Muted, ..label });
    }
    let change = figure.change.as_ref().map_or(0.0, |(text, _)| glyphs::width(text, 14.0, true));
    let beneath = change + GAP + glyphs::width(&figure.since, 14.0, false);
    let beside = beside + beneath.max(glyphs::width(&figure.label, 14.0, false)) + 24.0;
    if beside > right - COURSE.0 - DOT {
        return;
    }
    let places = places(&figure.course, (right - COURSE.0 - DOT, middle - COURSE.1 / 2.0));
    if places.iter().flatten().count() < 2 {
        return;
    }
    for stretch in places.split(Option::is_none).filter(|stretch| stretch.len() > 1) {
        let stretch: Vec<(f64, f64)> = stretch.iter().flatten().copied().collect();
        sheet.track(&stretch, Role::Accent.pen(25));
    }
    if let Some(last) = places.iter().rev().flatten().next() {
        sheet.disc(*last, DOT, Role::Accent, false);
    }
    let small = Type { size: 11.0, bold: false, role: Role::Muted, side: HPos::Left };
    sheet.text(&figure.between.0, (right - COURSE.0 - DOT, FOOT), small);
    sheet.text(&figure.between.1, (right, FOOT), Type { side: HPos::Right, ..small });
}

/// Where values lie on a line, below and to the right of a corner; gaps stay gaps.
fn places(values: &[Option<f64>], corner: (f64, f64)) -> Vec<Option<(f64, f64)>> {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high > low { high - low } else { 1.0 };
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let place = |(at, value): (usize, &Option<f64>)| {
        let value = value.filter(|value| value.is_finite())?;
        Some((corner.0 + at as f64 / steps * COURSE.0, corner.1 + (high - value) / span * COURSE.1))
    };
    values.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::pixels;

    fn some() -> Card {
        Card {
            publication: "Signal".to_owned(),
            period: "Second quarter 2026".to_owned(),
            title: "Kernels take the quarter, and helpers sign their work".to_owned(),
            figure: Some(CardFigure {
                value: "3,247".to_owned(),
                label: "contributors".to_owned(),
                change: Some(("+18%".to_owned(), "up")),
                since: "on 2026-Q1".to_owned(),
                course: vec![Some(1.0), None, Some(3.0), Some(2.0), Some(f64::NAN), Some(4.0)],
                between: ("2025-Q1".to_owned(), "2026-Q2".to_owned()),
            }),
            address: "desk.example".to_owned(),
        }
    }

    #[test]
    fn a_card_has_the_size_that_previews_ask_for() {
        let pixels = pixels(&card(&some()));
        assert_eq!((pixels.width, pixels.height), (1200, 630));
    }

    #[test]
    fn whatever_it_is_called_it_stays_on_the_card() {
        let titles = ["", "x", &"Word ".repeat(80), &"x".repeat(300), "<b>&\"'\u{0}\n漢字"];
        for title in titles {
            for figure in [None, some().figure] {
                let long = Card { title: title.to_owned(), publication: title.to_owned(), figure, ..some() };
                let drawn = card(&long);
                assert!(!drawn.contains("<b>") && drawn.lines().count() < 40, "{drawn}");
                assert_eq!(pixels(&drawn).width, 1200);
            }
        }
    }

    #[test]
    fn the_same_card_is_the_same_bytes() {
        assert_eq!(crate::charts::png(&card(&some())), crate::charts::png(&card(&some())));
        assert!(card(&some()).contains("c-up") && !card(&Card { figure: None, ..some() }).contains("c-up\" x"));
    }
}
