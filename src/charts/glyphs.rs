//! How wide text is, by the font that the drawings are made with where the program makes pixels of them itself.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, MetadataProvider};

/// The font: Inter, with all weights in one file.
pub static FONT: &[u8] = damascene_fonts_inter::INTER_VARIABLE;

/// The weights that are set.
const WEIGHTS: [f32; 2] = [400.0, 600.0];

/// A reader without Inter sees the system's own face. Most of them run narrower; the few that run wider do so by little,
/// and a label that touches its neighbour is worse than one with room to spare.
const ALLOWANCE: f64 = 1.04;

/// Characters up to here are measured once and for all: Latin with all its accents, Greek, Cyrillic.
const COMMON: usize = 0x530;

/// Advance widths, as parts of the size.
struct Face {
    common: Vec<f64>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
}

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| {
    let font = FontRef::new(FONT).expect("the font of the crate is whole");
    WEIGHTS.map(|weight| {
        let location = Box::leak(Box::new(font.axes().location([(Tag::new(b"wght"), weight)])));
        let metrics = GlyphMetrics::new(&font, Size::new(1.0), LocationRef::from(&*location));
        let mut face = Face { common: Vec::new(), charmap: font.charmap(), metrics };
        // Figures are set in columns, where all of them are as wide as the widest.
        let figure = ('0'..='9').map(|c| face.measure(c)).fold(0.0, f64::max);
        let code = |at: usize| u32::try_from(at).ok().and_then(char::from_u32).unwrap_or(' ');
        let advance = |c: char| if c.is_ascii_digit() { figure } else { face.measure(c) };
        face.common = (0..COMMON).map(|at| advance(code(at))).collect();
        face
    })
});

impl Face {
    fn advance(&self, c: char) -> f64 {
        self.common.get(c as usize).copied().unwrap_or_else(|| self.measure(c))
    }

    fn measure(&self, c: char) -> f64 {
        let known = self.charmap.map(c).and_then(|glyph| self.metrics.advance_width(glyph));
        // Another font steps in for what this one lacks, and most of that fills the square.
        known.map_or(1.0, f64::from)
    }
}

/// The width of `text` at `size`, in the unit of `size`.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let face = &FACES[usize::from(bold)];
    text.chars().map(|c| face.advance(c)).sum::<f64>() * size * ALLOWANCE
}

/// The width of the widest of some texts.
pub fn widest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, size: f64, bold: bool) -> f64 {
    texts.into_iter().map(|text| width(text.as_ref(), size, bold)).fold(0.0, f64::max)
}

/// `text` in lines no wider than `room`, broken at blanks and after hyphens and slashes,
/// at most `most` of them; what doesn't fit ends in an ellipsis.
pub fn wrap(text: &str, size: f64, bold: bool, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for (at, part) in word.split_inclusive(['-', '/', '_']).enumerate() {
            let joint = if at == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if width(&format!("{line}{joint}{part}"), size, bold) <= room => {
                    line.push_str(joint);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        if width(line, size, bold) > room || (cut && at == last) {
            *line = shorten(line, size, bold, room);
        }
    }
    lines
}

fn shorten(line: &str, size: f64, bold: bool, room: f64) -> String {
    let mut kept: Vec<char> = line.chars().collect();
    loop {
        let text = format!("{}…", kept.iter().collect::<String>().trim_end());
        if kept.is_empty() || width(&text, size, bold) <= room {
            return text;
        }
        kept.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider() {
        assert!(width("WWW", 12.0, false) > 3.0 * width("i", 12.0, false));
        assert!(width("漢字", 12.0, false) > width("ab", 12.0, false));
        assert!(width("abc", 12.0, true) > width("abc", 12.0, false));
    }

    #[test]
    fn long_labels_break_at_blanks_and_end_in_an_ellipsis() {
        let lines = wrap("Training Frameworks & Model Architecture", 12.0, false, 90.0, 3);
        assert_eq!(lines, ["Training", "Frameworks &", "Model…"]);
        assert_eq!(wrap("huggingface/text-generation", 12.0, false, 96.0, 3), ["huggingface/", "text-generation"]);
        assert_eq!(wrap("short", 12.0, false, 110.0, 2), ["short"]);
        assert_eq!(wrap("", 12.0, false, 110.0, 2), Vec::<String>::new());
        let endless = "x".repeat(500);
        let cut = wrap(&endless, 12.0, false, 110.0, 2);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].ends_with('…') && width(&cut[0], 12.0, false) <= 110.0);
    }
}
