//! Where names may be written: under `private/`, which is never committed and never published.

use std::path::{Component, Path, PathBuf};

use crate::plain::{Diagnostic, Kind, Result};
use crate::source::ignored;

/// The folder for what is never published.
pub const PRIVATE: &str = "private";

/// The file that names may be written to; refused when it lies anywhere but under `private/` of the publication, by its
/// name or by links, or when git would commit it.
pub fn private(root: &Path, file: &Path) -> Result<PathBuf> {
    let refuse =
        |message: String, hint: &str| Err(Diagnostic::new(Kind::Usage, message).in_file(file).hint(hint).into());
    let outside = "names are written under private/ only";
    let hint = "choose a file there, as in `--out private/contributors.csv`";
    let absolute = |path: &Path| -> Result<PathBuf> {
        std::path::absolute(path).map_err(|error| Diagnostic::io(path, "find the file", &error).into())
    };
    let folder = absolute(&root.join(PRIVATE))?;
    let whole = absolute(file)?;
    let is_inside = whole.starts_with(&folder) && whole != folder;
    if !is_inside || whole.components().any(|part| part == Component::ParentDir) {
        return refuse(outside.to_owned(), hint);
    }
    std::fs::create_dir_all(&folder).map_err(|error| Diagnostic::io(&folder, "make the folder", &error))?;
    let real = |path: &Path| -> Result<PathBuf> {
        path.canonicalize().map_err(|error| Diagnostic::io(path, "find the folder", &error).into())
    };
    let (real_root, real_folder) = (real(root)?, real(&folder)?);
    let there = whole.ancestors().skip(1).find(|above| above.exists()).unwrap_or(&folder);
    if real_folder != real_root.join(PRIVATE) || !real(there)?.starts_with(&real_folder) || whole.is_symlink() {
        return refuse(format!("{outside}, and a link leads elsewhere"), "write into a folder that is no link");
    }
    if ignored::would_commit(&real_root, &whole) {
        let hint = "add the line `/private` to .gitignore, and remove what git tracks there with `git rm --cached`";
        return refuse("git would commit this file, which would have names in it".to_owned(), hint);
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(root: &Path, file: &str) -> String {
        match private(root, &root.join(file)) {
            Ok(_) => "allowed".to_owned(),
            Err(faults) => faults.iter().map(|fault| fault.message.clone()).collect(),
        }
    }

    #[test]
    fn names_go_under_private_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert_eq!(message(root, "private/contributors.csv"), "allowed");
        assert_eq!(message(root, "private/deep/er/contributors.csv"), "allowed");
        for elsewhere in ["contributors.csv", "public/a.csv", "private", "private/../public/a.csv", "privately/a.csv"] {
            assert_eq!(message(root, elsewhere), "names are written under private/ only", "{elsewhere}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("public")).unwrap();
        std::fs::create_dir_all(root.join("private")).unwrap();
        symlink(root.join("public"), root.join("private/out")).unwrap();
        symlink(root.join("public/a.csv"), root.join("private/a.csv")).unwrap();
        let refused = "names are written under private/ only, and a link leads elsewhere";
        assert_eq!(message(root, "private/out/a.csv"), refused);
        assert_eq!(message(root, "private/a.csv"), refused);
        let other = tempfile::tempdir().unwrap();
        symlink(root.join("public"), other.path().join("private")).unwrap();
        assert_eq!(message(other.path(), "private/a.csv"), refused);
    }
}
