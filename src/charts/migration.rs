//! Who went where: a band for each way from a place at the left to a place at the right.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot, Stream};
use super::glyphs;
use super::role::Role;
use super::sheet::{Sheet, Type};
use crate::plain::Result;

const SIZE: f64 = 13.0;
const LEADING: f64 = 15.0;
const TOP: f64 = 28.0;
/// Between two places.
const GAP: f64 = 11.0;
/// How much of a place a way of unknown size takes.
const THIN: f64 = 5.0;
const BAR: f64 = 5.0;
/// Corners of one edge of a band.
const STEPS: u32 = 14;

/// How a chart is cut for a screen, in pixels.
struct Form {
    width: i32,
    /// What the bands may take of the height.
    bands: f64,
    /// The widest name.
    names: f64,
}

const WIDE: Form = Form { width: 720, bands: 330.0, names: 190.0 };
const NARROW: Form = Form { width: 358, bands: 300.0, names: 104.0 };

/// The places in the order given, at the left those that were left, at the right those that were reached. A band is as
/// thick as the value says, in the accent when it is tested; a way without a value is a dashed line. `remark` stands at
/// the foot.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn migration(
    frame: &Frame,
    places: &[String],
    streams: &[Stream],
    sides: [&str; 2],
    remark: &str,
) -> Result<Drawing> {
    frame.require_finite(streams.iter().map(|stream| (places[stream.from].as_str(), stream.value)))?;
    let picture = Picture { places, streams, sides, remark };
    Ok(frame.hang(&picture.draw(&WIDE), &picture.draw(&NARROW)))
}

struct Picture<'a> {
    places: &'a [String],
    streams: &'a [Stream],
    sides: [&'a str; 2],
    remark: &'a str,
}

/// A place on one side: where it begins, how tall it is, and how much of it has been given to bands.
struct Post {
    place: usize,
    top: f64,
    height: f64,
    given: f64,
}

impl Picture<'_> {
    fn end(side: usize, stream: &Stream) -> usize {
        if side == 0 { stream.from } else { stream.to }
    }

    /// The places of one side that have a band, with their heights.
    fn posts(&self, side: usize, scale: f64, form: &Form) -> Vec<Post> {
        let mut posts = Vec::new();
        let mut top = TOP;
        for place in 0..self.places.len() {
            let own = || self.streams.iter().filter(|stream| Self::end(side, stream) == place);
            if own().next().is_none() {
                continue;
            }
            let height: f64 = own().map(|stream| thickness(stream, scale)).sum();
            let lines = glyphs::wrap(&self.places[place], SIZE, false, form.names, 2).len() as f64;
            let room = height.max(lines * LEADING - 4.0);
            posts.push(Post { place, top: top + (room - height) / 2.0, height, given: 0.0 });
            top += room + GAP;
        }
        posts
    }

    fn draw(&self, form: &Form) -> Plot {
        let total: f64 = self.streams.iter().filter_map(|stream| stream.value).sum();
        let scale = if total > 0.0 { form.bands / total } else { 0.0 };
        let scale = scale.min(4.5);
        let mut sides = [self.posts(0, scale, form), self.posts(1, scale, form)];
        let foot = |posts: &[Post]| posts.last().map_or(TOP + 40.0, |post| post.top + post.height.max(LEADING));
        let below = foot(&sides[0]).max(foot(&sides[1]));
        let remarks = glyphs::wrap(self.remark, 12.0, false, f64::from(form.width), 3);
        let size = (form.width, super::canvas::units(below + 16.0 + remarks.len() as f64 * LEADING));
        // The shorter side stands in the middle.
        for posts in &mut sides {
            let down = (below - foot(posts)) / 2.0;
            for post in posts.iter_mut() {
                post.top += down;
            }
        }
        let names = |side: usize| {
            let lines =
                sides[side].iter().flat_map(|post| glyphs::wrap(&self.places[post.place], SIZE, false, form.names, 2));
            glyphs::widest(lines.collect::<Vec<_>>(), SIZE, false)
        };
        let (left, right) = (names(0) + 10.0, f64::from(form.width) - names(1) - 10.0);

        let mut body = String::new();
        let sheet = Sheet::plain(&mut body, size);
        let face = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
        sheet.text(self.sides[0], (0.0, 9.0), face);
        sheet.text(self.sides[1], (f64::from(form.width), 9.0), Type { side: HPos::Right, ..face });
        if self.streams.is_empty() {
            sheet.text("Nobody moved", (f64::from(form.width) / 2.0, 44.0), Type { side: HPos::Center, ..face });
        }
        let mut bands: Vec<(&Stream, f64, f64, f64)> = Vec::new();
        // In the order of both sides, so that bands of one place don't cross at their ends.
        let mut ordered: Vec<&Stream> = self.streams.iter().collect();
        ordered.sort_by_key(|stream| (stream.from, stream.to));
        for stream in ordered {
            let thick = thickness(stream, scale);
            let mut ends = [0.0; 2];
            for (side, posts) in sides.iter_mut().enumerate() {
                let post = posts.iter_mut().find(|post| post.place == Self::end(side, stream));
                let post = post.expect("a place with a band stands on its side");
                ends[side] = post.top + post.given;
                post.given += thick;
            }
            bands.push((stream, ends[0], ends[1], thick));
        }
        for (stream, from, to, thick) in &bands {
            let edge = |a: f64, b: f64| curve((left + BAR, a), (right - BAR, b));
            if stream.value.is_some() {
                let mut corners = edge(*from, *to);
                let mut back = edge(from + thick, to + thick);
                back.reverse();
                corners.extend(back);
                sheet.shape(&corners, if stream.tested { Role::Current } else { Role::Stream });
            } else {
                let role = if stream.tested { Role::Accent } else { Role::Context };
                sheet.track(&edge(from + thick / 2.0, to + thick / 2.0), role.dashed(11));
            }
        }
        for (stream, from, _, thick) in bands.iter().filter(|(_, _, _, thick)| *thick >= 11.0) {
            let face = Type { bold: stream.tested, role: Role::Cell, size: 12.0, side: HPos::Left };
            sheet.text(&stream.text, (left + BAR + 5.0, from + thick / 2.0), face);
        }
        for (side, posts) in sides.iter().enumerate() {
            for post in posts {
                let x = if side == 0 { left } else { right - BAR };
                sheet.cell((x, post.top), (x + BAR, post.top + post.height), Role::Baseline);
                let at = if side == 0 { left - 8.0 } else { right + 8.0 };
                let anchor = if side == 0 { HPos::Right } else { HPos::Left };
                let lines = glyphs::wrap(&self.places[post.place], SIZE, false, form.names, 2);
                let first = post.top + post.height / 2.0 - (lines.len() as f64 - 1.0) * LEADING / 2.0;
                for (line, text) in lines.iter().enumerate() {
                    let face = Type { side: anchor, role: Role::Ink, ..face };
                    sheet.text(text, (at, first + line as f64 * LEADING), face);
                }
            }
        }
        for (line, text) in remarks.iter().enumerate() {
            let y = below + 18.0 + line as f64 * LEADING;
            sheet.text(text, (0.0, y), Type { size: 12.0, ..face });
        }
        drop(sheet);
        Plot { size, body }
    }
}

fn thickness(stream: &Stream, scale: f64) -> f64 {
    stream.value.map_or(THIN, |value| value * scale)
}

/// An edge that leaves and arrives level.
fn curve(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    (0..=STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .map(|part| (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part * part * (3.0 - 2.0 * part)))
        .collect()
}
