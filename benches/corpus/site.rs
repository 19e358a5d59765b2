//! What making the pages takes once the figures are there.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use signal::command::build::stock;
use signal::command::measure::measure;
use signal::data::publication;
use signal::pages::{Options, compose};
use signal::publish;

use crate::clock::timed;
use crate::measure::{fault, keep_quickest, print};

/// Composes and publishes a publication, several times; prints the quickest of each stage.
pub fn site(root: &Path, times: u32) -> Result<(), String> {
    let publication = publication::read(root).map_err(fault)?;
    let (mined, figures) = measure(&publication).map_err(fault)?;
    let figures = Arc::new(figures);
    let options = Options { stock: stock(&mined), ..Options::default() };
    let out = root.join("public");
    let mut best = Vec::new();
    for _ in 0..times.max(1) {
        // Nothing may be there from an earlier time.
        let _ = fs::remove_dir_all(&out);
        let (composed, took) = timed(|| compose(&publication, &figures, &options));
        let composed = composed.map_err(fault)?;
        let (first, written) = timed(|| publish::write(&out, &composed.files));
        let (second, again) = timed(|| publish::write(&out, &composed.files));
        let (first, second) = (first.map_err(fault)?, second.map_err(fault)?);
        let bytes: usize = composed.files.values().map(Vec::len).sum();
        eprintln!(
            "{} pages, {} files of {} MB; {} written, then {}",
            composed.pages.len(),
            composed.files.len(),
            bytes / 1_000_000,
            first.written,
            second.written
        );
        keep_quickest(&mut best, vec![("compose", took), ("publish", written), ("publish again", again)]);
    }
    print(&best);
    Ok(())
}
