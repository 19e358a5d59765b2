//! One miner per mirror.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::plain::{Diagnostic, Kind, Result};

/// Held while a mirror is fetched and read; released when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who else may have it.
    pub fn take(path: &Path) -> Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| Diagnostic::io(folder, "make the folder", &error))?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(|error| Diagnostic::io(path, "open the lock", &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(Diagnostic::new(Kind::Source, "another `signal mine` is working on this mirror")
                    .hint("wait until it is done, then run this again")
                    .into())
            }
            Err(TryLockError::Error(error)) => Err(Diagnostic::io(path, "lock the mirror", &error).into()),
        }
    }
}
