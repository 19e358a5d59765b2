//! Layers of people, the innermost first: discs whose area says how many there are up to each layer.

use plotters::style::text_anchor::HPos;

use super::frame::{Drawing, Frame, Plot};
use super::glyphs;
use super::role::Role;
use super::sheet::{Sheet, Type};
use crate::plain::Result;

const SIZE: f64 = 13.0;
const LEADING: f64 = 16.0;

/// How a chart is cut for a screen, in pixels.
struct Form {
    size: (i32, i32),
    /// Of the whole.
    radius: f64,
}

const WIDE: Form = Form { size: (720, 290), radius: 138.0 };
const NARROW: Form = Form { size: (358, 240), radius: 84.0 };

/// A layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// How many, as people write it, and what they are: `149 core contributors`.
    pub label: String,
    /// What makes them a layer: `wrote the first 80% of the commits`.
    pub detail: String,
    /// How many.
    pub count: Option<f64>,
}

/// The layers from the innermost to the outermost.
///
/// # Errors
/// `Kind::Data` for a value that isn't finite.
pub fn onion(frame: &Frame, layers: &[Layer]) -> Result<Drawing> {
    frame.require_finite(layers.iter().map(|layer| (layer.label.as_str(), layer.count)))?;
    Ok(frame.hang(&draw(layers, &WIDE), &draw(layers, &NARROW)))
}

fn draw(layers: &[Layer], form: &Form) -> Plot {
    let size = form.size;
    let known: Option<Vec<f64>> = layers.iter().map(|layer| layer.count).collect();
    let sums: Vec<f64> = known
        .unwrap_or_default()
        .iter()
        .scan(0.0, |sum, count| {
            *sum += count;
            Some(*sum)
        })
        .collect();
    let whole = sums.last().copied().unwrap_or(0.0);
    let mut body = String::new();
    let muted = Type { size: SIZE, bold: false, role: Role::Muted, side: HPos::Left };
    if whole <= 0.0 {
        let size = (size.0, 60);
        let sheet = Sheet::plain(&mut body, size);
        sheet.text("No figures for this quarter", (0.0, 30.0), muted);
        drop(sheet);
        return Plot { size, body };
    }
    let sheet = Sheet::plain(&mut body, size);
    let foot = f64::from(size.1) - 6.0;
    let middle = form.radius + 2.0;
    let radius = |sum: f64| form.radius * (sum / whole).sqrt();
    let roles = [Role::Heat(5), Role::Heat(3), Role::Heat(1)];
    let role = |at: usize| roles[at.min(roles.len() - 1)];
    for (at, sum) in sums.iter().enumerate().rev() {
        sheet.disc((middle, foot - radius(*sum)), radius(*sum), role(at), false);
    }
    let column = form.radius * 2.0 + 34.0;
    let room = f64::from(size.0) - column;
    // All discs touch the foot; the names stand beside the crescents that belong to them, the outermost on top.
    let count = layers.len().max(1) as f64;
    let step = (foot - 12.0) / count;
    for (at, layer) in layers.iter().enumerate() {
        let inner = if at == 0 { 0.0 } else { radius(sums[at - 1]) * 2.0 };
        let outer = radius(sums[at]) * 2.0;
        let crescent = foot - f64::midpoint(inner, outer);
        let y = 6.0 + (count - at as f64 - 0.5) * step;
        let lines = glyphs::wrap(&layer.label, SIZE, true, room, 2);
        let details = glyphs::wrap(&layer.detail, SIZE, false, room, 3);
        let top = y - (lines.len() + details.len()) as f64 * LEADING / 2.0 + LEADING / 2.0;
        sheet.disc((middle, crescent), 1.8, role(at).writing(), false);
        sheet.track(&[(middle, crescent), (column - 20.0, top), (column - 6.0, top)], Role::Baseline.pen(8));
        let ink = if at == 0 { Role::Accent } else { Role::Ink };
        for (line, text) in lines.iter().chain(&details).enumerate() {
            let bold = line < lines.len();
            let role = if bold { ink } else { Role::Muted };
            sheet.text(text, (column, top + line as f64 * LEADING), Type { bold, role, ..muted });
        }
    }
    drop(sheet);
    Plot { size, body }
}
