//! A sheet to draw on: pixels for the frame, values for the plot.

use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, ShapeStyle, TextStyle};

use super::canvas::{Canvas, UNITS, units};
use super::role::Role;

/// Why drawing can't fail: the canvas is a string, and no other drawing borrows it meanwhile.
const SURE: &str = "a string takes every element";

/// The space around a plot, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// To the right.
    pub right: f64,
    /// Below.
    pub bottom: f64,
    /// To the left.
    pub left: f64,
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
pub struct Type {
    /// In pixels.
    pub size: f64,
    /// Semibold or regular.
    pub bold: bool,
    /// Its part in the chart.
    pub role: Role,
    /// Which side of it its place is.
    pub side: HPos,
}

/// A drawing in the making.
pub struct Sheet<'a> {
    root: DrawingArea<Canvas<'a>, Shift>,
    chart: ChartContext<'a, Canvas<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

impl<'a> Sheet<'a> {
    /// A sheet of `size` pixels whose plot spans the values of `x` and `y` between the margins.
    pub fn new(body: &'a mut String, size: (i32, i32), margins: Margins, x: Range<f64>, y: Range<f64>) -> Self {
        let pixels = |count: i32| u32::try_from(count * UNITS).expect("sizes are positive");
        let root = Canvas::new(body, (pixels(size.0), pixels(size.1))).into_drawing_area();
        let scaled = |margin: f64| units(margin * f64::from(UNITS));
        let chart = ChartBuilder::on(&root)
            .margin_top(scaled(margins.top))
            .margin_right(scaled(margins.right))
            .margin_bottom(scaled(margins.bottom))
            .margin_left(scaled(margins.left))
            .build_cartesian_2d(x, y)
            .expect(SURE);
        Self { root, chart }
    }

    /// A sheet that is drawn on by pixels alone.
    pub fn plain(body: &'a mut String, size: (i32, i32)) -> Self {
        let none = Margins { top: 0.0, right: 0.0, bottom: 0.0, left: 0.0 };
        Self::new(body, size, none, 0.0..f64::from(size.0), f64::from(size.1)..0.0)
    }

    /// Where a value is, in pixels.
    pub fn at(&self, value: (f64, f64)) -> (f64, f64) {
        let (x, y) = self.chart.backend_coord(&value);
        (f64::from(x) / f64::from(UNITS), f64::from(y) / f64::from(UNITS))
    }

    /// A line through values.
    pub fn line(&mut self, values: Vec<(f64, f64)>, style: ShapeStyle) {
        self.chart.draw_series(LineSeries::new(values, style)).expect(SURE);
    }

    /// A dot at a value; a hollow one shows the page through it.
    pub fn dot(&mut self, value: (f64, f64), radius: f64, role: Role, hollow: bool) {
        let radius = units(radius * f64::from(UNITS));
        let circles = if hollow {
            vec![Circle::new(value, radius, Role::Paper.pen(1).filled()), Circle::new(value, radius, role.pen(18))]
        } else {
            vec![Circle::new(value, radius, role.pen(1).filled())]
        };
        self.chart.draw_series(circles).expect(SURE);
    }

    /// A filled rectangle between two values.
    pub fn block(&mut self, from: (f64, f64), to: (f64, f64), role: Role) {
        self.chart.draw_series([Rectangle::new([from, to], role.pen(1).filled())]).expect(SURE);
    }

    /// A dot at a pixel; a hollow one shows the page through it.
    pub fn disc(&self, place: (f64, f64), radius: f64, role: Role, hollow: bool) {
        let (place, radius) = (scale(place), units(radius * f64::from(UNITS)));
        if hollow {
            self.root.draw(&Circle::new(place, radius, Role::Paper.pen(1).filled())).expect(SURE);
            self.root.draw(&Circle::new(place, radius, role.pen(18))).expect(SURE);
        } else {
            self.root.draw(&Circle::new(place, radius, role.pen(1).filled())).expect(SURE);
        }
    }

    /// A filled rectangle between two pixels.
    pub fn cell(&self, from: (f64, f64), to: (f64, f64), role: Role) {
        self.root.draw(&Rectangle::new([scale(from), scale(to)], role.pen(1).filled())).expect(SURE);
    }

    /// A line through pixels.
    pub fn track(&self, places: &[(f64, f64)], style: ShapeStyle) {
        let places: Vec<(i32, i32)> = places.iter().copied().map(scale).collect();
        self.root.draw(&PathElement::new(places, style)).expect(SURE);
    }

    /// A straight line between two pixels.
    pub fn rule(&self, from: (f64, f64), to: (f64, f64), style: ShapeStyle) {
        self.root.draw(&PathElement::new(vec![scale(from), scale(to)], style)).expect(SURE);
    }

    /// A filled shape between pixels.
    pub fn shape(&self, corners: &[(f64, f64)], role: Role) {
        let corners: Vec<(i32, i32)> = corners.iter().copied().map(scale).collect();
        self.root.draw(&Polygon::new(corners, role.pen(1))).expect(SURE);
    }

    /// Text whose middle is at a pixel's height.
    pub fn text(&self, text: &str, place: (f64, f64), face: Type) {
        let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
        let colour = face.role.colour(false);
        let style = TextStyle::from(("sans-serif", face.size * f64::from(UNITS), style))
            .color(&colour)
            .pos(Pos::new(face.side, VPos::Center));
        self.root.draw_text(text, &style, scale(place)).expect(SURE);
    }
}

fn scale((x, y): (f64, f64)) -> (i32, i32) {
    (units(x * f64::from(UNITS)), units(y * f64::from(UNITS)))
}
