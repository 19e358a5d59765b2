//! A remark at a point, where it hides as little as can be.

use plotters::style::text_anchor::HPos;

use super::frame::Note;
use super::glyphs;
use super::role::Role;
use super::sheet::{Sheet, Type};

const SIZE: f64 = 12.5;
const LEADING: f64 = 15.0;
/// How far from its point a remark may stand, nearest first.
const STEPS: [f64; 6] = [22.0, 34.0, 48.0, 64.0, 84.0, 108.0];

/// Where a remark may stand, in pixels.
#[derive(Clone, Copy)]
pub struct Room {
    /// From left to right.
    pub across: (f64, f64),
    /// From top to bottom.
    pub down: (f64, f64),
}

/// Writes the remark near `point`, away from the lines through `tracks`, and ties it to the point.
pub fn write(sheet: &Sheet<'_>, note: &Note, point: (f64, f64), tracks: &[Vec<(f64, f64)>], room: Room) {
    let lines = glyphs::wrap(&note.text, SIZE, false, 168.0_f64.min((room.across.1 - room.across.0) * 0.6), 3);
    let (width, height) = (glyphs::widest(&lines, SIZE, false), lines.len() as f64 * LEADING);
    // Above and below, in the middle and to either side.
    let candidates = STEPS.iter().flat_map(|step| {
        let middles = [-step - height / 2.0, step + height / 2.0].map(|away| point.1 + away);
        let lefts = [width / 2.0, width - 6.0, 6.0].map(|back| point.0 - back);
        middles.into_iter().flat_map(move |middle| lefts.into_iter().map(move |left| (left, middle)))
    });
    let fitting = candidates.filter(|(left, middle)| {
        let across = *left >= room.across.0 && left + width <= room.across.1;
        across && middle - height / 2.0 >= room.down.0 && middle + height / 2.0 <= room.down.1
    });
    let hidden = |(left, middle): &(f64, f64)| {
        let inside =
            |(x, y): (f64, f64)| x > left - 4.0 && x < left + width + 4.0 && (y - middle).abs() < height / 2.0 + 5.0;
        tracks.iter().map(|track| samples(track).filter(|place| inside(*place)).count()).sum::<usize>()
    };
    // The first of the best is the nearest.
    let Some((left, middle)) = fitting.min_by_key(hidden) else { return };
    let near = if middle < point.1 { middle + height / 2.0 + 1.0 } else { middle - height / 2.0 - 1.0 };
    let rim = if middle < point.1 { point.1 - 6.0 } else { point.1 + 6.0 };
    sheet.disc(point, 4.6, Role::Ink, true);
    sheet.rule((point.0, rim), (point.0, near), Role::Ink.pen(8));
    let face = Type { size: SIZE, bold: false, role: Role::Ink, side: HPos::Left };
    for (at, line) in lines.iter().enumerate() {
        sheet.text(line, (left, middle - height / 2.0 + (at as f64 + 0.5) * LEADING), face);
    }
}

/// Places along a line, some pixels apart.
fn samples(track: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let alone = track.first().copied().filter(|_| track.len() == 1);
    let between = track.windows(2).flat_map(|pair| {
        (0..=8)
            .map(|step| f64::from(step) / 8.0)
            .map(move |part| (pair[0].0 + (pair[1].0 - pair[0].0) * part, pair[0].1 + (pair[1].1 - pair[0].1) * part))
    });
    alone.into_iter().chain(between)
}
