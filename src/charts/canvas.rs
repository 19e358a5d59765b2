//! The surface that plotters draws on: SVG elements, coordinates in tenths of a pixel.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::glyphs;
use super::markup::{escape, tenths};
use super::role::Role;

/// How many units of plotters make a pixel; plotters knows whole units only, and lines need finer ones.
pub const UNITS: i32 = 10;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Writes one element per line to `body`.
pub struct Canvas<'a> {
    body: &'a mut String,
    size: (u32, u32),
}

impl<'a> Canvas<'a> {
    /// A surface of `size` units.
    pub fn new(body: &'a mut String, size: (u32, u32)) -> Self {
        Self { body, size }
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        self.body.write_fmt(element).expect("a string takes what is written");
        self.body.push('\n');
    }
}

/// Class, and paint for a stroke or an area.
fn paint<S: BackendStyle>(style: &S, fill: bool) -> String {
    let (role, dashed) = Role::of_colour(style.color().rgb);
    let class = role.class();
    if fill {
        return format!("class=\"{class}\"");
    }
    let width = tenths(i32::try_from(style.stroke_width()).expect("strokes are thin"));
    let dash = if dashed { " stroke-dasharray=\"2 4\"" } else { "" };
    format!("class=\"{class}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{width}\"{dash}")
}

fn path<I: IntoIterator<Item = BackendCoord>>(points: I) -> String {
    let mut d = String::new();
    for (at, (x, y)) in points.into_iter().enumerate() {
        write!(d, "{}{} {}", if at == 0 { "M" } else { "L" }, tenths(x), tenths(y)).expect("a string takes it");
    }
    d
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        let (x, y, width, height) = (tenths(x), tenths(y), tenths(width), tenths(height));
        let paint = paint(style, fill);
        self.put(format_args!("<rect {paint} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        self.put(format_args!("<path {} d=\"{}\"/>", paint(style, false), path(points)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y) = (tenths(center.0), tenths(center.1));
        let radius = tenths(i32::try_from(radius).expect("dots are small"));
        self.put(format_args!("<circle {} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>", paint(style, fill)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        self.put(format_args!("<path {} d=\"{}Z\"/>", paint(style, true), path(points)));
        Ok(())
    }

    /// `pos` is the baseline for [`VPos::Bottom`], the middle of a figure for `Center`, its top for `Top`.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn {
        let (role, _) = Role::of_colour(style.color().rgb);
        let anchor = style.anchor();
        // Figures are 0.72 of the size tall in the faces that we expect.
        let drop = match anchor.v_pos {
            VPos::Top => 0.72,
            VPos::Center => 0.36,
            VPos::Bottom => 0.0,
        };
        let side = match anchor.h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"600\"" } else { "" };
        let shift = units(style.size() * drop);
        let (class, text) = (role.class(), escape(text));
        let (x, y, height) = (tenths(pos.0), tenths(pos.1 + shift), tenths(units(style.size())));
        // The size that most texts have is said once, for the whole drawing.
        let height = if height == "13" { String::new() } else { format!(" font-size=\"{height}\"") };
        self.put(format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{height}{weight}{side}>{text}</text>"));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = glyphs::width(text, style.size(), matches!(style.style(), FontStyle::Bold));
        Ok((units(width).unsigned_abs(), units(style.size()).unsigned_abs()))
    }
}

/// The nearest whole unit; sizes and places of a page are far below what an `i32` holds, and the cast saturates.
#[expect(clippy::cast_possible_truncation)]
pub fn units(value: f64) -> i32 {
    value.round() as i32
}
