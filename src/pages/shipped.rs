//! The theme that comes with the program, for publications without one of their own.

use std::collections::BTreeMap;
use std::path::Path;

use super::theme::File;

/// Its name.
pub const NAME: &str = "signal";

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../themes/signal/", $path)).as_slice())),*]
    };
}

const FILES: &[(&str, &[u8])] = &shipped![
    "assets/favicon.svg",
    "assets/icons/agents.svg",
    "assets/icons/compilers.svg",
    "assets/icons/compression.svg",
    "assets/icons/debugging.svg",
    "assets/icons/distributed.svg",
    "assets/icons/edge.svg",
    "assets/icons/hardware.svg",
    "assets/icons/kernels.svg",
    "assets/icons/platform.svg",
    "assets/icons/runtimes.svg",
    "assets/icons/serving.svg",
    "assets/icons/training.svg",
    "assets/site.js",
    "assets/style.css",
    "templates/404.html",
    "templates/archive.html",
    "templates/base.html",
    "templates/categories.html",
    "templates/category.html",
    "templates/chart.html",
    "templates/data.html",
    "templates/edition.html",
    "templates/grades.html",
    "templates/home.html",
    "templates/life.html",
    "templates/listing.html",
    "templates/mail-chart.html",
    "templates/mail.css",
    "templates/mail.html",
    "templates/methodology.html",
    "templates/page.html",
    "templates/parts.html",
    "templates/prediction.html",
    "templates/predictions.html",
    "templates/repo.html",
    "templates/repos.html",
    "templates/search.html",
    "templates/shelf.html",
    "templates/snapshot.html",
    "templates/subscribe.html",
    "theme.yaml",
];

/// Its files, by their names relative to the theme's folder.
#[must_use]
pub fn files() -> BTreeMap<String, File> {
    let file = |(name, bytes): &(&str, &[u8])| {
        let shown = Path::new("the shipped theme").join(name);
        ((*name).to_owned(), (shown, bytes.to_vec()))
    };
    FILES.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_shipped() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new("themes/signal");
        let there = super::super::content::files(root, folder).unwrap();
        let there: Vec<_> = there.iter().map(|file| file.strip_prefix(folder).unwrap().to_str().unwrap()).collect();
        let shipped: Vec<_> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, there, "list the files of themes/signal in src/pages/shipped.rs, in this order");
    }
}
