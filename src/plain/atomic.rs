//! Files that are either the old ones or the new ones, never half of one.
//!
//! What a killed process leaves is a neighbour `.name.part`, which the next write of the same file replaces.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::{Diagnostic, Result};

/// Writes a file whole: into a neighbour first, flushed, then renamed over. Folders are made.
///
/// Returns whether anything changed: a file that holds these bytes already is left untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool> {
    replace(path, bytes, fs::File::sync_all)
}

/// The same without waiting for the disk, for what can be made again: should the power fail at once, the file may be
/// there without its bytes, and the next write finds that they aren't these.
pub fn write_soon(path: &Path, bytes: &[u8]) -> Result<bool> {
    replace(path, bytes, |_| Ok(()))
}

fn replace(path: &Path, bytes: &[u8], flush: impl FnOnce(&fs::File) -> std::io::Result<()>) -> Result<bool> {
    // What stands there may be larger than memory.
    let is_as_long = fs::metadata(path).is_ok_and(|old| old.is_file() && old.len() == bytes.len() as u64);
    if is_as_long && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| Diagnostic::io(folder, "make the folder", &error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let neighbour = folder.join(format!(".{name}.part"));
    let written = fs::File::create(&neighbour).and_then(|mut file| {
        file.write_all(bytes)?;
        flush(&file)?;
        fs::rename(&neighbour, path)
    });
    if let Err(error) = written {
        let _ = fs::remove_file(&neighbour);
        return Err(Diagnostic::io(path, "write the file", &error).into());
    }
    Ok(true)
}
