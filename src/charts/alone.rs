//! A chart as a file of its own: it brings its title, its source and its colours, for light and for dark.

use std::fmt::Write as _;

use plotters::style::text_anchor::HPos;

use super::frame::{Frame, Plot};
use super::glyphs;
use super::markup::{MANNERS, escape};
use super::palette;
use super::role::Role;
use super::sheet::{Sheet, Type};

const EDGE: f64 = 24.0;
const TITLE: (f64, f64) = (19.0, 25.0);
const SUBTITLE: (f64, f64) = (13.0, 19.0);
const FOOT: (f64, f64) = (11.0, 16.0);

/// The `plot` between its title and its source.
pub fn document(frame: &Frame, plot: &Plot) -> String {
    let room = f64::from(plot.size.0);
    let title = glyphs::wrap(&frame.title, TITLE.0, true, room, 3);
    let subtitle = glyphs::wrap(&frame.subtitle, SUBTITLE.0, false, room, 2);
    let foot: Vec<String> =
        [&frame.source, &frame.credit].iter().flat_map(|line| glyphs::wrap(line, FOOT.0, false, room, 2)).collect();
    let head = EDGE + title.len() as f64 * TITLE.1 + subtitle.len() as f64 * SUBTITLE.1 + 10.0;
    let height = head + f64::from(plot.size.1) + 12.0 + foot.len() as f64 * FOOT.1 + EDGE - 8.0;
    let size = (super::canvas::units(room + 2.0 * EDGE), super::canvas::units(height));

    let mut body = String::new();
    let sheet = Sheet::plain(&mut body, size);
    let mut y = EDGE;
    let mut lines = |lines: &[String], (size, leading): (f64, f64), bold: bool, role: Role| {
        for line in lines {
            sheet.text(line, (EDGE, y + leading / 2.0), Type { size, bold, role, side: HPos::Left });
            y += leading;
        }
    };
    lines(&title, TITLE, true, Role::Ink);
    lines(&subtitle, SUBTITLE, false, Role::Muted);
    y = head + f64::from(plot.size.1) + 12.0;
    let mut lines = |lines: &[String]| {
        for line in lines {
            let face = Type { size: FOOT.0, bold: false, role: Role::Muted, side: HPos::Left };
            sheet.text(line, (EDGE, y + FOOT.1 / 2.0), face);
            y += FOOT.1;
        }
    };
    lines(&foot);
    drop(sheet);

    let id = escape(&frame.id);
    let mut svg = String::with_capacity(plot.body.len() + 4096);
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" {MANNERS}>\n<title id=\"{id}-title\">{2}</title>\n\
         <desc id=\"{id}-desc\">{3}</desc>\n<style>{4}</style>\n\
         <rect class=\"c-paper\" width=\"{0}\" height=\"{1}\"/>\n{body}<g transform=\"translate({EDGE} {head})\">\n{5}</g>\n\
         </svg>\n",
        size.0,
        size.1,
        escape(&frame.title),
        escape(&frame.description),
        palette::stylesheet(),
        plot.body,
    )
    .expect("a string takes what is written");
    svg
}
