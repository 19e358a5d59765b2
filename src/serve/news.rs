//! Which files were written since somebody looked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Files, and folders with all that is below them, relative to the watched folder; nothing stands for anything.
    paths: Option<BTreeSet<PathBuf>>,
}

impl News {
    /// Anything.
    #[must_use]
    pub fn anything() -> Self {
        Self { paths: None }
    }

    /// Nothing but these files or folders.
    #[must_use]
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        Self { paths: Some(paths.into_iter().map(PathBuf::from).collect()) }
    }

    /// Whether a file may be another one now, or one in a folder.
    #[must_use]
    pub fn touches(&self, path: &Path) -> bool {
        let near = |written: &PathBuf| path.starts_with(written) || written.starts_with(path);
        self.paths.as_ref().is_none_or(|paths| paths.iter().any(near))
    }

    /// With these paths too; one that isn't in the watched folder may be anything.
    pub(super) fn add(&mut self, root: &Path, paths: &[PathBuf]) {
        let inside: Option<Vec<PathBuf>> =
            paths.iter().map(|path| path.strip_prefix(root).ok().map(Path::to_owned)).collect();
        match (&mut self.paths, inside) {
            (Some(known), Some(inside)) => known.extend(inside),
            _ => self.paths = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(news: &News, paths: [&str; 4]) -> [bool; 4] {
        paths.map(|path| news.touches(Path::new(path)))
    }

    #[test]
    fn a_folder_stands_for_all_that_is_below_it() {
        let paths = ["data/history/a.yaml", "data/history", "data/historya.yaml", "content"];
        assert_eq!(touched(&News::of(["data/history/a.yaml"]), paths), [true, true, false, false]);
        assert_eq!(touched(&News::of(["data/history"]), paths), [true, true, false, false]);
        assert_eq!(touched(&News::of([]), paths), [false; 4]);
        assert_eq!(touched(&News::anything(), paths), [true; 4]);
    }

    #[test]
    fn what_is_elsewhere_may_be_anything_and_stays_so() {
        let root = Path::new("/there");
        let mut news = News::of([]);
        news.add(root, &[root.join("data/a.yaml")]);
        assert_eq!(news, News::of(["data/a.yaml"]));
        news.add(root, &[PathBuf::from("/elsewhere/b.yaml")]);
        assert_eq!(news, News::anything());
        news.add(root, &[root.join("data/a.yaml")]);
        assert_eq!(news, News::anything());
    }
}
