//! What a killed git leaves in a mirror: lock files, which would stop every later git, and halves of packs.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Removes them. The caller holds the mirror's lock, so that no git of ours is at work on it; a mirror that is a link
/// belongs to somebody else, whose git may be.
pub fn remove(mirror: &Path) {
    if mirror.is_symlink() {
        return;
    }
    for entry in WalkDir::new(mirror).into_iter().flatten().filter(|entry| entry.depth() > 0) {
        let name = entry.file_name().to_string_lossy();
        let is_object = entry.path().strip_prefix(mirror).is_ok_and(|inner| inner.starts_with("objects"));
        // No branch can be called so: git forbids names that end in `.lock`.
        let is_lock = name.ends_with(".lock");
        let is_half = is_object && name.starts_with("tmp_");
        if !is_lock && !is_half {
            continue;
        }
        // What can't be removed is what git will complain of.
        let _ =
            if entry.file_type().is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
    }
}
