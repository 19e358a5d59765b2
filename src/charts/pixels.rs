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

/// A drawing that stands alone as a PNG of twice its size, in its light colours.
///
/// The same text gives the same bytes, on every machine.
#[must_use]
pub fn png(alone: &str) -> Vec<u8> {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: "Inter Variable".to_owned(), ..Options::default() };
    let tree = Tree::from_str(alone, &options).expect("a drawing is SVG");
    let size = tree.size().to_int_size().scale_by(SCALE).expect("a drawing has a size");
    let mut pixels = Pixmap::new(size.width(), size.height()).expect("a drawing fits into memory");
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().expect("pixels are a PNG")
}
