//! Objects straight out of packs. Most are kept as a difference to another one, and that to yet another: neighbours in
//! the history share most of such a chain, and the library takes all of it apart for each of them.
//!
//! A help and never a judge: what isn't found here, or isn't as it should be, is asked of the library.

use std::path::Path;
use std::sync::Arc;

use gix::ObjectId;
use gix::objs::Kind;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};
use gix::zlib::Inflate;

use super::store::LARGEST;
use crate::plain::varint;

/// In more packs, an object is found quicker by the library, which tries them in a better order.
const MOST_PACKS: usize = 16;

/// No chain that git writes is longer: it may be cut off at 4,095 with `--depth`.
const LONGEST_CHAIN: usize = 4096;

/// The packs of a repository as they were when it was opened.
pub struct Packs {
    packs: Vec<Pack>,
}

struct Pack {
    index: index::File<gix::odb::pack::MMap>,
    data: data::File<gix::odb::pack::MMap>,
}

/// Where an object lies: a pack, and a byte in it.
pub type Place = (usize, u64);

/// Keeps what was read, for what is made of it.
pub trait Bases {
    /// The bytes of the object at a place.
    fn get(&self, place: Place) -> Option<Arc<Vec<u8>>>;

    /// Is told what they are.
    fn put(&self, place: Place, bytes: &Arc<Vec<u8>>);
}

/// What is needed for taking objects apart.
#[derive(Default)]
pub struct Tools {
    inflate: Inflate,
    delta: Vec<u8>,
}

impl Packs {
    /// Opens those below a repository; none when there are too many.
    #[must_use]
    pub fn open(repository: &Path, format: gix::hash::Kind) -> Self {
        let entries = repository.join("objects/pack").read_dir().into_iter().flatten().flatten();
        let mut indices: Vec<_> = entries.map(|entry| entry.path()).collect();
        indices.retain(|path| path.extension().is_some_and(|extension| extension == "idx"));
        indices.sort();
        if indices.len() > MOST_PACKS {
            indices.clear();
        }
        let open = |path: &Path| {
            let index = index::File::at(path, format).ok()?;
            let data = data::File::at(path.with_extension("pack"), format).ok()?;
            Some(Pack { index, data })
        };
        Self { packs: indices.iter().filter_map(|path| open(path)).collect() }
    }

    /// Where an object lies.
    #[must_use]
    pub fn place(&self, id: ObjectId) -> Option<Place> {
        self.packs.iter().enumerate().find_map(|(number, pack)| {
            let entry = pack.index.lookup(id)?;
            Some((number, pack.index.pack_offset_at_index(entry)))
        })
    }

    /// The bytes of an object of a kind.
    pub fn read(&self, place: Place, kind: Kind, tools: &mut Tools, bases: &impl Bases) -> Option<Arc<Vec<u8>>> {
        let pack = &self.packs[place.0];
        let mut chain = Vec::new();
        let mut at = place;
        let mut base = loop {
            if let Some(bytes) = bases.get(at) {
                break bytes;
            }
            let entry = pack.data.entry(at.1).ok()?;
            if entry.decompressed_size > LARGEST || chain.len() > LONGEST_CHAIN {
                return None;
            }
            let offset = match entry.header {
                Header::OfsDelta { base_distance } => entry.checked_base_pack_offset(base_distance)?,
                Header::RefDelta { base_id } => pack.index.pack_offset_at_index(pack.index.lookup(base_id)?),
                _ if entry.header.as_kind() != Some(kind) => return None,
                _ => {
                    let mut bytes = Vec::new();
                    inflate(pack, &entry, &mut tools.inflate, &mut bytes)?;
                    let bytes = Arc::new(bytes);
                    bases.put(at, &bytes);
                    break bytes;
                }
            };
            chain.push((at, entry));
            at.1 = offset;
        };
        for (at, entry) in chain.into_iter().rev() {
            inflate(pack, &entry, &mut tools.inflate, &mut tools.delta)?;
            base = Arc::new(apply(&base, &tools.delta)?);
            bases.put(at, &base);
        }
        Some(base)
    }
}

fn inflate(pack: &Pack, entry: &data::Entry, inflate: &mut Inflate, bytes: &mut Vec<u8>) -> Option<()> {
    bytes.resize(usize::try_from(entry.decompressed_size).ok()?, 0);
    pack.data.decompress_entry(entry, inflate, bytes).ok().map(drop)
}

/// Makes an object of another one and the difference between them: two sizes, then parts to be copied and parts to be
/// inserted, as in git's `pack-format`.
fn apply(base: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
    let mut rest = delta;
    let (base_size, result_size) = (varint::take(&mut rest)?, varint::take(&mut rest)?);
    if base_size != base.len() as u64 || result_size > LARGEST {
        return None;
    }
    let result_size = usize::try_from(result_size).ok()?;
    let mut bytes = Vec::with_capacity(result_size);
    while let Some((&command, after)) = rest.split_first() {
        rest = after;
        let part = if command & 0x80 == 0 {
            let (part, after) = rest.split_at_checked(usize::from(command)).filter(|_| command > 0)?;
            rest = after;
            part
        } else {
            let mut number = |from: u8, to: u8| {
                (from..to).filter(|bit| command >> bit & 1 == 1).try_fold(0_usize, |number, bit| {
                    let (&byte, after) = rest.split_first()?;
                    rest = after;
                    Some(number | usize::from(byte) << (8 * (bit - from)))
                })
            };
            let (start, length) = (number(0, 4)?, number(4, 7)?);
            let length = if length == 0 { 0x10000 } else { length };
            base.get(start..)?.get(..length)?
        };
        if part.len() > result_size - bytes.len() {
            return None;
        }
        bytes.extend_from_slice(part);
    }
    (bytes.len() == result_size).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(delta: &[u8]) -> Option<Vec<u8>> {
        apply(b"0123456789", delta)
    }

    #[test]
    fn parts_are_copied_and_inserted() {
        assert_eq!(applied(&[10, 9, 0x91, 7, 3, 2, b'a', b'b', 0x90, 4]).unwrap(), b"789ab0123");
        assert_eq!(applied(&[10, 0]).unwrap(), b"");
        let base = vec![b'x'; 0x10000];
        assert_eq!(apply(&base, &[0x80, 0x80, 4, 0x80, 0x80, 4, 0x80]).unwrap(), base);
    }

    #[test]
    fn what_does_not_fit_is_left_to_the_library() {
        for delta in [
            &[][..],
            &[10],
            &[9, 1, 0x90, 1],
            &[10, 1],
            &[10, 1, 0x90, 2],
            &[10, 9, 0x91, 7],
            &[10, 4, 0x91, 7, 4],
            &[10, 4, 0x9f, 1, 1, 1, 1, 1],
            &[10, 2, 2, b'a'],
            &[10, 1, 0, b'a'],
            &[10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        ] {
            assert_eq!(applied(delta), None, "{delta:?}");
        }
    }
}
