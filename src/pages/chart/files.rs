//! The files of a chart, at addresses that last: `<page>/charts/<id>.svg`, `.png`, `.csv`, `.json`.

use std::fs;
use std::path::Path;

use super::{Exhibit, FileLink};
use crate::charts;
use crate::pages::address::Address;
use crate::plain::atomic;

/// Where pixels are kept, relative to the publication: a help and never a source.
pub const FOLDER: &str = ".signal/charts";

/// What else than the drawing decides about its pixels: another renderer or font has to raise it.
const MANNER: &str = "resvg 0.49, Inter 4, twice";

/// The bytes of the sum at the beginning of a kept file.
const SUM: usize = 32;

/// Makes a PNG of a drawing.
pub type Pixels<'a> = dyn Fn(&str) -> Vec<u8> + 'a;

/// A file of a chart, by its address.
pub type File = (String, Vec<u8>);

impl Exhibit {
    /// The files of the chart on its own page, and their links in the chart; `pixels` makes the PNG, where there is one.
    pub fn file(&mut self, page: &Address, name: &str, pixels: Option<&Pixels<'_>>) -> Vec<File> {
        let stem = format!("{}charts/{name}", page.as_str());
        let about = [
            ("title", self.chart.title.as_str()),
            ("subtitle", self.chart.subtitle.as_str()),
            ("source", self.chart.source.as_str()),
        ];
        let mut files = vec![("SVG", "svg", self.alone.clone().into_bytes())];
        files.extend(pixels.map(|pixels| ("PNG", "png", pixels(&self.alone))));
        files.push(("CSV", "csv", self.csv().into_bytes()));
        files.push(("JSON", "json", self.ledger.json(&about).into_bytes()));
        let address = |ending: &str| format!("{stem}.{ending}");
        self.chart.files = files.iter().map(|(label, ending, _)| FileLink { label, path: address(ending) }).collect();
        files.into_iter().map(|(_, ending, bytes)| (address(ending), bytes)).collect()
    }
}

/// A drawing as a PNG, from `.signal/charts` where an earlier build left it.
///
/// It is found by the digest of the drawing, and what has another sum than it says is drawn again. Where nothing can be
/// kept, nothing is.
#[must_use]
pub fn png(root: &Path, alone: &str) -> Vec<u8> {
    let key = blake3::Hasher::new().update(MANNER.as_bytes()).update(alone.as_bytes()).finalize();
    let file = root.join(FOLDER).join(format!("{}.png", &key.to_hex()[..32]));
    // A publication may be a stranger's proposal: nothing is read or written through a link that it brings.
    let is_ours =
        Path::new(FOLDER).ancestors().all(|folder| folder == Path::new("") || !root.join(folder).is_symlink());
    if let Some(bytes) = fs::read(&file).ok().filter(|_| is_ours).and_then(|kept| whole(&kept)) {
        return bytes;
    }
    let bytes = charts::png(alone);
    if is_ours {
        let kept = [blake3::hash(&bytes).as_bytes(), bytes.as_slice()].concat();
        // Without it the next build is slower, and no other.
        let _ = atomic::write(&file, &kept);
    }
    bytes
}

/// What a kept file holds, when its sum is right.
fn whole(kept: &[u8]) -> Option<Vec<u8>> {
    let (sum, bytes) = kept.split_at_checked(SUM)?;
    (blake3::hash(bytes).as_bytes() == sum).then(|| bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"><rect width=\"4\" \
                           height=\"2\"/></svg>";

    #[test]
    fn pixels_are_kept_and_never_believed() {
        let folder = tempfile::tempdir().unwrap();
        let first = png(folder.path(), DRAWING);
        assert!(first.starts_with(b"\x89PNG"));
        let kept = || fs::read_dir(folder.path().join(FOLDER)).unwrap().next().unwrap().unwrap().path();
        let whole = fs::read(kept()).unwrap();
        assert_eq!(whole[SUM..], first);
        // Found again: what is kept is given, not drawn.
        let other = [blake3::hash(b"other").as_bytes(), b"other".as_slice()].concat();
        fs::write(kept(), &other).unwrap();
        assert_eq!(png(folder.path(), DRAWING), b"other");
        for spoilt in [&whole[..20], &whole[..whole.len() - 1], b""] {
            fs::write(kept(), spoilt).unwrap();
            assert_eq!(png(folder.path(), DRAWING), first);
            assert_eq!(fs::read(kept()).unwrap(), whole, "and kept anew");
        }
    }
}
