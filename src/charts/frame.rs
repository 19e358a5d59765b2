//! What a chart is made from, and what it becomes.

use super::{alone, markup};
use crate::plain::{Diagnostic, Kind, Period, Result, Unit};

/// What a chart is called and what it measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Unique on its page and safe in an address; the ids inside the drawings begin with it.
    pub id: String,
    /// The finding. The page prints it; the drawing carries it for readers who don't see.
    pub title: String,
    /// What is measured, in which unit, over which periods. The page prints it.
    pub subtitle: String,
    /// What there is to see, in a sentence or two, for readers who don't see it.
    pub description: String,
    /// Where the figures come from. The page prints it; a file that stands alone carries it.
    pub source: String,
    /// Where the chart was published, for a file that stands alone.
    pub credit: String,
    /// What the values are measured in; a share is 0.35 for 35 %.
    pub unit: Unit,
}

/// A line over the periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What stands at the end of the line.
    pub label: String,
    /// The values, in any order.
    pub points: Vec<Point>,
    /// Whether the story is about it: in the accent, and with its last value.
    pub subject: bool,
}

/// A value of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub period: Period,
    /// How much, in the frame's unit; nothing is a gap in the line.
    pub value: Option<f64>,
    /// Whether the period isn't over: drawn dashed, its point hollow.
    pub open: bool,
}

/// A change, drawn from the zero line.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What changed.
    pub label: String,
    /// By how much: only its size against the other bars counts.
    pub value: Option<f64>,
    /// The change as people write it, `+18%`; it stands at the bar's end.
    pub text: String,
    /// Whether the story is about it.
    pub subject: bool,
}

/// What was and what is.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Of what.
    pub label: String,
    /// Whether the story is about it.
    pub subject: bool,
    /// What was, in the frame's unit.
    pub before: Option<f64>,
    /// What is.
    pub now: Option<f64>,
    /// What was, as people write it.
    pub before_text: String,
    /// What is, as people write it.
    pub now_text: String,
}

/// A cell of a table that is read by its tints.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// How dark it is, against the others; nothing leaves it untinted.
    pub value: Option<f64>,
    /// What stands in it.
    pub text: String,
}

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// Where it begins: a place by its number.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// How many go; nothing where that can't be said.
    pub value: Option<f64>,
    /// How many go, as people write it.
    pub text: String,
    /// Whether there are more than chance explains.
    pub tested: bool,
}

/// A remark at a point of a chart over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub at: Period,
    /// What there is to say about it, in a few words.
    pub text: String,
}

/// One chart, drawn twice: a page shows the one that suits the reader's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// An `<svg>`, 720 wide.
    pub wide: String,
    /// The same for a phone, 358 wide.
    pub narrow: String,
    /// The wide one as a file of its own, with title, source and colours.
    pub alone: String,
}

/// What was drawn in one form, without what stands around it.
pub(super) struct Plot {
    /// In pixels.
    pub size: (i32, i32),
    /// A line per element.
    pub body: String,
}

/// Far above any figure, far below where floats lose whole numbers.
const LARGEST: f64 = 1e15;

impl Frame {
    /// The chart of this name, from what was drawn.
    pub(super) fn hang(&self, wide: &Plot, narrow: &Plot) -> Drawing {
        Drawing {
            wide: markup::document(self, "wide", wide),
            narrow: markup::document(self, "narrow", narrow),
            alone: alone::document(self, wide),
        }
    }

    /// Refuses what can't be drawn.
    pub(super) fn require_finite<'a>(&self, values: impl Iterator<Item = (&'a str, Option<f64>)>) -> Result<()> {
        for (label, value) in values {
            if let Some(value) = value.filter(|value| value.is_nan() || value.abs() > LARGEST) {
                let message = format!("the chart `{}` can't draw the value {value} of `{label}`", self.id);
                return Err(Diagnostic::new(Kind::Data, message)
                    .hint("leave the value out where it is unknown; a quotient whose divisor is 0 has none")
                    .into());
            }
        }
        Ok(())
    }
}
