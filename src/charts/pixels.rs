//! A drawing as pixels, with the font that it was laid out with.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::glyphs;

/// So many pixels for each of the drawing's, along each side.
const SCALE: f32 = 2.0;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(glyphs::FONT.to_vec());
    Arc::new(fonts)
});

/// A picture as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Red, green, blue and opacity of each, row by row.
    pub bytes: Vec<u8>,
}

/// A drawing that stands alone as pixels, at twice its size, in its light colours.
#[must_use]
pub fn pixels(alone: &str) -> Pixels {
    let map = render(alone);
    let size = |length: u32| usize::try_from(length).expect("a drawing fits into memory");
    Pixels { width: size(map.width()), height: size(map.height()), bytes: map.take() }
}

/// The same as a PNG. The same text gives the same bytes, on every machine.
#[must_use]
pub fn png(alone: &str) -> Vec<u8> {
    render(alone).encode_png().expect("pixels are a PNG")
}

fn render(alone: &str) -> Pixmap {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: "Inter Variable".to_owned(), ..Options::default() };
    let tree = Tree::from_str(alone, &options).expect("a drawing is SVG");
    let size = tree.size().to_int_size().scale_by(SCALE).expect("a drawing has a size");
    let mut map = Pixmap::new(size.width(), size.height()).expect("a drawing fits into memory");
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut map.as_mut());
    map
}
