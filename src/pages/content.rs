//! The files that editors put into `content/`, and that none of them lies elsewhere.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result};

/// All files of a folder, relative to `root`, sorted; hidden ones aren't meant, links out of `root` are refused.
pub fn files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let start = root.join(folder);
    let mut found = Vec::new();
    let mut faults = Collector::default();
    if !start.exists() {
        return Ok(found);
    }
    let inside = root.canonicalize().map_err(|error| Diagnostic::io(folder, "find the folder", &error))?;
    let mut walk = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let file = error.path().and_then(|path| path.strip_prefix(root).ok()).unwrap_or(folder);
                let (message, hint) = match error.loop_ancestor() {
                    Some(_) => ("the link leads back to a folder that it lies in", "delete the link"),
                    None => ("the file can't be read", "check that it exists and that you may read it"),
                };
                faults.push(Diagnostic::new(Kind::Io, message).in_file(file).hint(hint));
                continue;
            }
        };
        let file = entry.path().strip_prefix(root).expect("the walk starts below the root").to_owned();
        let is_hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let leads_out = (entry.depth() == 0 || entry.path_is_symlink())
            && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(&inside));
        if leads_out {
            let hint = "copy what it leads to; a publication holds all that it publishes";
            let message = "the link leads out of the publication";
            faults.push(Diagnostic::new(Kind::Content, message).in_file(&file).hint(hint));
        }
        if (is_hidden || leads_out) && entry.file_type().is_dir() {
            walk.skip_current_dir();
        } else if !is_hidden && !leads_out && entry.file_type().is_file() {
            found.push(file);
        }
    }
    faults.finish(found)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_that_lead_out_are_refused_and_others_followed() {
        let (outside, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("secret.md"), "secret").unwrap();
        let pages = root.path().join("content/pages");
        fs::create_dir_all(&pages).unwrap();
        fs::write(pages.join("about.md"), "about").unwrap();
        fs::write(pages.join(".about.md.swp"), "hidden").unwrap();
        symlink(pages.join("about.md"), pages.join("also.md")).unwrap();
        let list = |root: &Path| files(root, Path::new("content/pages"));
        let names = ["content/pages/about.md", "content/pages/also.md"];
        assert_eq!(list(root.path()).unwrap(), names.map(PathBuf::from));

        symlink(outside.path().join("secret.md"), pages.join("stolen.md")).unwrap();
        symlink(outside.path(), pages.join("folder")).unwrap();
        symlink(&pages, pages.join("loop")).unwrap();
        insta::assert_snapshot!("content", list(root.path()).unwrap_err());
    }
}
