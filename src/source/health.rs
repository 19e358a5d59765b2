//! Whether a mirror is whole, as far as that shows without reading all of it.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// What is wrong with a mirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ailment {
    /// A pack whose index is missing, or an index whose pack is.
    Half(String),
    /// A pack that isn't the one that its index was made of: cut short, or damaged at its end.
    Cut(String),
    /// It borrows objects from a folder that isn't there.
    Alternate(PathBuf),
    /// What a git left that was killed while it received.
    Leftover(String),
    /// It can't be looked at.
    Unreadable(String),
}

/// The longest hash that a pack may end with.
const LONGEST_HASH: usize = 32;

/// Looks at the packs of a git directory; nothing is changed.
#[must_use]
pub fn ailments(git_dir: &Path) -> Vec<Ailment> {
    look(git_dir).unwrap_or_else(|error| vec![Ailment::Unreadable(error.to_string())])
}

fn look(git_dir: &Path) -> io::Result<Vec<Ailment>> {
    let objects = git_dir.join("objects");
    let mut found = Vec::new();
    for borrowed in alternates(&objects)? {
        if !borrowed.is_dir() {
            found.push(Ailment::Alternate(borrowed));
        }
    }
    let folder = objects.join("pack");
    let mut names: Vec<String> = match fs::read_dir(&folder) {
        Ok(entries) => {
            entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<_>>()?
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    names.sort_unstable();
    let hash = if is_sha256(git_dir)? { LONGEST_HASH } else { 20 };
    for name in &names {
        if name.starts_with("tmp_") || name.starts_with(".tmp-") {
            found.push(Ailment::Leftover(name.clone()));
        }
        let is_half = match name.rsplit_once('.') {
            Some((stem, "pack")) => !folder.join(format!("{stem}.idx")).exists(),
            Some((stem, "idx")) if stem.starts_with("pack-") => !folder.join(format!("{stem}.pack")).exists(),
            _ => false,
        };
        if is_half && name.starts_with("pack-") {
            found.push(Ailment::Half(name.clone()));
        } else if let Some(stem) = name.strip_suffix(".pack").filter(|stem| stem.starts_with("pack-")) {
            let (pack, index) = (folder.join(name), folder.join(format!("{stem}.idx")));
            // An index ends with the hash of its pack and its own; a pack ends with its hash.
            let of_index = end(&index, 2 * hash)?;
            if end(&pack, hash)?.is_none() || end(&pack, hash)? != of_index.map(|both| both[..hash].to_vec()) {
                found.push(Ailment::Cut(name.clone()));
            }
        }
    }
    Ok(found)
}

/// Whether the ids of its objects are the longer ones.
fn is_sha256(git_dir: &Path) -> io::Result<bool> {
    match fs::read_to_string(git_dir.join("config")) {
        Ok(text) => Ok(text.to_lowercase().replace(' ', "").contains("objectformat=sha256")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The folders of objects that others keep.
fn alternates(objects: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_to_string(objects.join("info/alternates")) {
        Ok(text) => Ok(text.lines().filter(|line| !line.is_empty()).map(|line| objects.join(line)).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The last bytes of a file; nothing where it is shorter.
fn end(file: &Path, count: usize) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    let Some(start) = length.checked_sub(count as u64) else { return Ok(None) };
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = vec![0; count];
    file.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pack of no objects with an index, as far as their ends are concerned.
    fn mirror() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let packs = folder.path().join("objects/pack");
        fs::create_dir_all(&packs).unwrap();
        let (pack, own) = ([7_u8; 20], [9_u8; 20]);
        fs::write(packs.join("pack-a.pack"), [&b"PACK"[..], &pack].concat()).unwrap();
        fs::write(packs.join("pack-a.idx"), [&b"index"[..], &pack, &own].concat()).unwrap();
        folder
    }

    #[test]
    fn a_whole_mirror_has_no_ailment_and_none_is_needed() {
        assert_eq!(ailments(mirror().path()), []);
        assert_eq!(ailments(tempfile::tempdir().unwrap().path()), []);
    }

    #[test]
    fn what_is_missing_or_cut_is_found() {
        let folder = mirror();
        let packs = folder.path().join("objects/pack");
        fs::write(packs.join("pack-a.pack"), b"PACK").unwrap();
        fs::write(packs.join("pack-b.pack"), b"PACK").unwrap();
        fs::write(packs.join("tmp_pack_x"), b"PA").unwrap();
        fs::create_dir_all(folder.path().join("objects/info")).unwrap();
        fs::write(folder.path().join("objects/info/alternates"), "/nowhere/objects\n").unwrap();
        let expected = [
            Ailment::Alternate("/nowhere/objects".into()),
            Ailment::Cut("pack-a.pack".to_owned()),
            Ailment::Half("pack-b.pack".to_owned()),
            Ailment::Leftover("tmp_pack_x".to_owned()),
        ];
        assert_eq!(ailments(folder.path()), expected);
    }
}
