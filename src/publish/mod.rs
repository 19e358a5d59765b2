//! Writes finished files into a folder that belongs to the program, and nothing else. Gets bytes and paths.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use rayon::prelude::*;

use crate::plain::{Diagnostic, Kind, Result, atomic};

/// Lists the files that the program wrote, so that it removes no others.
pub const MANIFEST: &str = ".signal-files";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there already with the same bytes.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer part.
    pub removed: usize,
}

/// Makes `out` hold these files: changed ones are written, those of an earlier build that are gone are removed.
///
/// A folder that holds anything and wasn't written by the program is refused, and so is a path that leads out.
pub fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<Published> {
    check_paths(files)?;
    let earlier = earlier(out)?;
    let stale: Vec<&String> = earlier.iter().filter(|path| !files.contains_key(*path)).collect();
    // Killed half way, the next build has to know of everything that may be there.
    let all: BTreeSet<&String> = earlier.iter().chain(files.keys()).collect();
    write_manifest(out, &all)?;
    let mut published = Published::default();
    for path in stale {
        check_folders(out, path)?;
        published.removed += usize::from(remove(out, path)?);
    }
    let put = |(path, bytes): (&String, &Vec<u8>)| {
        check_folders(out, path)?;
        atomic::write_soon(&out.join(path), bytes)
    };
    let put: Vec<Result<bool>> = files.par_iter().map(put).collect();
    for is_new in put {
        if is_new? {
            published.written += 1;
        } else {
            published.unchanged += 1;
        }
    }
    write_manifest(out, &files.keys().collect())?;
    Ok(published)
}

/// Whether a path stays below the folder that it is relative to.
fn is_inside(path: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let clean = path.split('/').all(|part| !part.is_empty() && part != ".");
    clean && path != MANIFEST && !path.contains(['\\', '\0', '\n', '\r']) && Path::new(path).components().all(plain)
}

fn check_paths(files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    for path in files.keys() {
        if !is_inside(path) {
            let message = format!("`{}` is no path below the folder of the site", path.escape_debug());
            return Err(Diagnostic::new(Kind::Data, message).hint("rename what is published there").into());
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(both) = folders.into_iter().find(|folder| files.contains_key(*folder)) {
            let message = format!("`{both}` would be a file and a folder");
            return Err(Diagnostic::new(Kind::Data, message).hint("rename one of the pages").into());
        }
    }
    Ok(())
}

/// The files that an earlier build wrote.
fn earlier(out: &Path) -> Result<BTreeSet<String>> {
    let manifest = out.join(MANIFEST);
    match fs::read_to_string(&manifest) {
        // Only the program writes it, but whoever can write into the folder could make it name others' files.
        Ok(text) => Ok(text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut entries = match fs::read_dir(out) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
                Err(error) => return Err(Diagnostic::io(out, "read the folder", &error).into()),
            };
            if entries.next().is_none() {
                return Ok(BTreeSet::new());
            }
            let message = "the folder holds files that this program didn't write";
            let hint = "name an empty or a new folder with `--out DIR`, or empty this one yourself";
            Err(Diagnostic::new(Kind::Usage, message).in_file(out).hint(hint).into())
        }
        Err(error) => Err(Diagnostic::io(&manifest, "read the file", &error).into()),
    }
}

fn write_manifest(out: &Path, paths: &BTreeSet<&String>) -> Result<()> {
    let text: String = paths.iter().flat_map(|path| [path.as_str(), "\n"]).collect();
    atomic::write(&out.join(MANIFEST), text.as_bytes()).map(|_| ())
}

/// A folder that is a link would take the files somewhere else.
fn check_folders(out: &Path, path: &str) -> Result<()> {
    for (at, _) in path.match_indices('/') {
        let folder = out.join(&path[..at]);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_symlink()) {
            let message = "the folder is a link, and the site would be written to where it leads";
            return Err(Diagnostic::new(Kind::Io, message).in_file(&folder).hint("delete the link").into());
        }
    }
    Ok(())
}

/// Removes a file and the folders that it leaves empty; false when it was gone.
fn remove(out: &Path, path: &str) -> Result<bool> {
    let file = out.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Diagnostic::io(&file, "remove the file of an earlier build", &error).into()),
    }
    let folders = path.rmatch_indices('/').map(|(at, _)| out.join(&path[..at]));
    // The first one that isn't empty ends it.
    let _ = folders.into_iter().try_for_each(fs::remove_dir);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_second_build_touches_what_changed_only() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let first = files(&[("index.html", "home"), ("2026-q1/index.html", "one"), ("a/b/c.txt", "c")]);
        assert_eq!(write(&out, &first).unwrap(), Published { written: 3, unchanged: 0, removed: 0 });
        assert_eq!(write(&out, &first).unwrap(), Published { written: 0, unchanged: 3, removed: 0 });

        fs::write(out.join("CNAME"), "mine").unwrap();
        let second = files(&[("index.html", "changed"), ("2026-q1/index.html", "one"), ("a", "a file now")]);
        assert_eq!(write(&out, &second).unwrap(), Published { written: 2, unchanged: 1, removed: 1 });
        assert_eq!(fs::read_to_string(out.join("a")).unwrap(), "a file now");
        assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "mine");
        let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap();
        assert_eq!(manifest, "2026-q1/index.html\na\nindex.html\n");
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("thesis.tex"), "years of work").unwrap();
        let fault = write(out.path(), &files(&[("index.html", "home")])).unwrap_err().to_string();
        assert!(fault.contains("this program didn't write") && fault.contains("--out DIR"), "{fault}");
        assert!(!out.path().join("index.html").exists());
    }

    #[test]
    fn no_path_leads_out() {
        let out = tempfile::tempdir().unwrap();
        for path in ["../x", "/etc/x", "a/../../x", "a//b", "./a", "", "a/", "a\\b", MANIFEST, "a\nb"] {
            let fault = write(out.path(), &files(&[(path, "x")])).unwrap_err();
            assert_eq!(fault.kind(), Kind::Data, "{path:?}");
        }
        let both = write(out.path(), &files(&[("a", "x"), ("a/b", "y")])).unwrap_err();
        assert_eq!(both.iter().next().unwrap().message, "`a` would be a file and a folder");
    }

    #[test]
    fn a_forged_manifest_removes_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let (out, precious) = (folder.path().join("public"), folder.path().join("precious"));
        fs::create_dir(&out).unwrap();
        fs::write(&precious, "keep").unwrap();
        fs::write(out.join(MANIFEST), format!("../precious\n{}\n", precious.display())).unwrap();
        assert_eq!(write(&out, &files(&[("index.html", "home")])).unwrap().removed, 0);
        assert!(precious.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_folder_is_refused() {
        let (out, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), out.path().join("a")).unwrap();
        fs::write(out.path().join(MANIFEST), "").unwrap();
        let fault = write(out.path(), &files(&[("a/b", "x")])).unwrap_err();
        assert_eq!(fault.kind(), Kind::Io);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
