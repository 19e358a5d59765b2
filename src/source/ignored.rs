//! Whether git would take a file into the next commit.

use std::path::Path;

use super::git;

/// Whether a file in a folder is tracked by the folder's repository, or would be by `git add .`. Nothing is when the
/// folder is in no repository, or when there is no git.
#[must_use]
pub fn would_commit(folder: &Path, file: &Path) -> bool {
    let answer = git::command(None).arg("-C").arg(folder).args(["check-ignore", "--quiet", "--"]).arg(file).output();
    // 0: ignored, 1: not ignored, or tracked all the same; anything else: no repository.
    answer.is_ok_and(|output| output.status.code() == Some(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_stays_out_unless_it_is_tracked() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(!would_commit(root, Path::new("private/a.csv")), "there is no repository");
        let git = |arguments: &[&str]| {
            let output = git::command(None).arg("-C").arg(root).args(arguments).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        git(&["init", "--quiet"]);
        assert!(would_commit(root, Path::new("private/a.csv")));
        std::fs::create_dir(root.join("private")).unwrap();
        std::fs::write(root.join("private/old.csv"), "").unwrap();
        git(&["add", "private/old.csv"]);
        std::fs::write(root.join(".gitignore"), "/private\n").unwrap();
        assert!(!would_commit(root, Path::new("private/a.csv")));
        assert!(would_commit(root, Path::new("private/old.csv")));
    }
}
