//! What was read of mined files, kept under `.signal/read` in a form that is read many times faster than YAML.
//!
//! A help and never a source. A value is found by the digest of all bytes of the file that it was read from, so what is
//! stale is never found; a file of another program, of other types, or with another sum at its end is none; and where
//! nothing can be read or written, the YAML is read as if there were no cache.

mod packed;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::identity_key::digest;
use crate::plain::varint;

/// Where the files lie, relative to the publication: one for each repository.
pub const FOLDER: &str = ".signal/read";

/// The digest of a file's bytes.
type Key = [u8; 32];

/// The bytes of the sum at the end.
const SUM: usize = 8;

/// What a value's bytes depend on besides the value: how it is packed, and the types.
const SOURCES: [&[u8]; 9] = [
    include_bytes!("mod.rs"),
    include_bytes!("packed.rs"),
    include_bytes!("../history.rs"),
    include_bytes!("../snapshot.rs"),
    include_bytes!("../cell.rs"),
    include_bytes!("../../plain/sorted.rs"),
    include_bytes!("../identity_key.rs"),
    include_bytes!("../../plain/period.rs"),
    include_bytes!("../../plain/day.rs"),
];

/// Another number means that the bytes mean something else, whoever forgot to say so by a version.
const TYPES: u64 = {
    // FNV-1a: it has to be told at compile time, and only has to differ.
    let (mut hash, mut source) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while source < SOURCES.len() {
        let mut at = 0;
        while at < SOURCES[source].len() {
            hash = (hash ^ SOURCES[source][at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        source += 1;
    }
    hash
};

fn first_line() -> String {
    format!("signal read {} {TYPES:016x}\n", env!("CARGO_PKG_VERSION"))
}

/// What is kept of one repository's files: what an earlier run read, and what is to be kept for a later one.
pub struct Shelf {
    file: PathBuf,
    bytes: Vec<u8>,
    /// Where in `bytes` each value stands, in the order of the files.
    known: Vec<(Key, std::ops::Range<usize>)>,
    /// The values that were asked for; nothing once one can't be kept.
    asked: Option<Vec<(Key, Packed)>>,
}

enum Packed {
    /// At this place of `known`.
    Known(usize),
    New(Vec<u8>),
}

impl Shelf {
    /// What is kept of a repository; nothing at all is as good a start.
    #[must_use]
    pub fn open(root: &Path, id: &str) -> Self {
        let file = root.join(FOLDER).join(id);
        // A publication may be a stranger's proposal: nothing is read or written through a link that it brings.
        if Path::new(FOLDER).ancestors().any(|folder| root.join(folder).is_symlink() && folder != Path::new("")) {
            return Self { file, bytes: Vec::new(), known: Vec::new(), asked: None };
        }
        let bytes = fs::read(&file).unwrap_or_default();
        let known = contents(&bytes).unwrap_or_default();
        Self { file, bytes, known, asked: Some(Vec::new()) }
    }

    /// The value that the text of a file stands for: the one that is kept, or else the one that `read` gives.
    pub fn value<T, E>(&mut self, key: Key, read: impl FnOnce() -> Result<T, E>) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned,
    {
        // Files are asked for in the same order each time, so that the next one is nearly always the right one.
        let next = self.asked.as_ref().map_or(0, Vec::len);
        let is_it = |at: &usize| self.known.get(*at).is_some_and(|(known, _)| *known == key);
        let place = Some(next).filter(is_it).or_else(|| self.known.iter().position(|(known, _)| *known == key));
        let kept = place.and_then(|at| Some((at, packed::read(&self.bytes[self.known[at].1.clone()])?)));
        if let Some((at, value)) = kept {
            self.ask(key, Some(Packed::Known(at)));
            return Ok(value);
        }
        let value = read()?;
        self.ask(key, packed::write(&value).map(Packed::New));
        Ok(value)
    }

    fn ask(&mut self, key: Key, packed: Option<Packed>) {
        match (&mut self.asked, packed) {
            (Some(asked), Some(packed)) => asked.push((key, packed)),
            (asked, _) => *asked = None,
        }
    }

    /// Keeps what was asked for, if that is something else than what is there. Where that can't be, it isn't.
    pub fn close(self) {
        let Some(asked) = &self.asked else { return };
        let is_same =
            |(at, (_, packed)): (usize, &(Key, Packed))| matches!(packed, Packed::Known(place) if *place == at);
        if asked.len() == self.known.len() && asked.iter().enumerate().all(is_same) {
            return;
        }
        let mut bytes = first_line().into_bytes();
        varint::put(&mut bytes, asked.len() as u64);
        for (key, packed) in asked {
            let packed = match packed {
                Packed::Known(at) => &self.bytes[self.known[*at].1.clone()],
                Packed::New(packed) => packed,
            };
            bytes.extend_from_slice(key);
            varint::put(&mut bytes, packed.len() as u64);
            bytes.extend_from_slice(packed);
        }
        bytes.extend_from_slice(&digest(&bytes).0.to_le_bytes());
        let _ = self.write(&bytes);
    }

    /// Beside its place and then there, so that nobody reads half of it. It isn't flushed: what a crash leaves has
    /// another sum.
    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let neighbour = folder.join(format!(".{name}.{}.part", std::process::id()));
        let written = fs::write(&neighbour, bytes).and_then(|()| fs::rename(&neighbour, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&neighbour);
        }
        written
    }
}

/// Where each value stands; nothing when the bytes aren't a whole file of this program's.
fn contents(bytes: &[u8]) -> Option<Vec<(Key, std::ops::Range<usize>)>> {
    let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
    let mut rest = body.strip_prefix(first_line().as_bytes())?;
    if sum != digest(body).0.to_le_bytes() {
        return None;
    }
    let count = varint::take(&mut rest)?;
    let mut known = Vec::new();
    for _ in 0..count {
        let key = rest.split_off(..32)?.try_into().ok()?;
        let length = usize::try_from(varint::take(&mut rest)?).ok()?;
        let start = body.len() - rest.len();
        rest.split_off(..length)?;
        known.push((key, start..start + length));
    }
    rest.is_empty().then_some(known)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn key(text: &str) -> Key {
        *blake3::hash(text.as_bytes()).as_bytes()
    }

    /// What the files of a repository say, and how many of them had to be read.
    fn read(root: &Path, files: &[&str]) -> (Vec<String>, usize) {
        let (mut shelf, mut reads) = (Shelf::open(root, "owner--repo"), 0);
        let values = files.iter().map(|text| {
            let read = || {
                reads += 1;
                Ok::<_, Infallible>(text.to_uppercase())
            };
            shelf.value(key(text), read).expect("it can't fail")
        });
        let values = values.collect();
        shelf.close();
        (values, reads)
    }

    fn upper(files: &[&str]) -> Vec<String> {
        files.iter().map(|text| text.to_uppercase()).collect()
    }

    #[test]
    fn what_was_read_once_is_not_read_again() {
        let root = tempfile::tempdir().unwrap();
        for (files, reads) in [(&["a", "b"][..], 2), (&["a", "b"], 0), (&["a", "c", "b"], 1), (&["b"], 0), (&["a"], 1)]
        {
            assert_eq!(read(root.path(), files), (upper(files), reads), "{files:?}");
        }
        assert_eq!(fs::read_dir(root.path().join(FOLDER)).unwrap().count(), 1, "no neighbour is left");
    }

    #[test]
    fn what_is_spoilt_cut_or_foreign_is_none() {
        let root = tempfile::tempdir().unwrap();
        let files = ["a", "b"];
        read(root.path(), &files);
        let path = root.path().join(FOLDER).join("owner--repo");
        let good = fs::read(&path).unwrap();
        let mut spoilt: Vec<Vec<u8>> = (0..good.len()).map(|at| good[..at].to_vec()).collect();
        for at in 0..good.len() {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            spoilt.push(bytes);
        }
        let other = |line: String| [line.into_bytes(), good[first_line().len()..].to_vec()].concat();
        spoilt.push(other(first_line().replace("read", "wrote")));
        // Another program's whose sum is right.
        let mut foreign = other(format!("signal read {} {:016x}\n", env!("CARGO_PKG_VERSION"), TYPES ^ 1));
        foreign.truncate(foreign.len() - SUM);
        foreign.extend_from_slice(&digest(&foreign).0.to_le_bytes());
        spoilt.push(foreign);
        for bytes in spoilt {
            fs::write(&path, &bytes).unwrap();
            assert_eq!(read(root.path(), &files), (upper(&files), 2));
            assert_eq!(fs::read(&path).unwrap(), good, "it was made anew");
        }
    }

    #[test]
    fn a_value_of_another_type_is_none() {
        let root = tempfile::tempdir().unwrap();
        read(root.path(), &["a"]);
        let mut shelf = Shelf::open(root.path(), "owner--repo");
        let number = shelf.value(key("a"), || Ok::<_, Infallible>(300_000_u64));
        assert_eq!(number, Ok(300_000));
    }

    #[test]
    fn a_fault_is_no_value() {
        let root = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(root.path(), "owner--repo");
        assert_eq!(shelf.value::<String, _>(key("a"), || Err("broken")), Err("broken"));
        shelf.close();
        assert_eq!(read(root.path(), &["a"]), (upper(&["a"]), 1));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), root.path().join(".signal")).unwrap();
        for _ in 0..2 {
            assert_eq!(read(root.path(), &["a", "b"]), (upper(&["a", "b"]), 2));
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn where_nothing_can_be_written_everything_is_read() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".signal"), "a file, so that no folder can be made").unwrap();
        for _ in 0..2 {
            assert_eq!(read(root.path(), &["a", "b"]), (upper(&["a", "b"]), 2));
        }
    }
}
