//! Changes as bytes and back: small numbers take one byte, and a path only what differs from the one before it.

use gix::ObjectId;

use super::change::{Changes, Content, Fate, FileChange};
use super::store::Missing;
use crate::plain::varint;

/// Appends to bytes.
#[derive(Debug, Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// A number.
    pub fn number(&mut self, number: impl Into<u64>) {
        varint::put(&mut self.0, number.into());
    }

    /// A length.
    pub fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// Bytes after their length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// An id; its length is the repository's.
    pub fn id(&mut self, id: ObjectId) {
        self.0.extend_from_slice(id.as_slice());
    }

    /// What is missing, if anything.
    pub fn missing(&mut self, missing: Option<Missing>) {
        match missing {
            None => self.0.push(0),
            Some(Missing::Broken) => self.0.push(1),
            Some(Missing::Object(id)) => {
                self.0.push(2);
                self.id(id);
            }
        }
    }

    /// What a commit did.
    pub fn changes(&mut self, changes: &Changes) {
        self.missing(changes.lacks);
        self.0.push(u8::from(changes.files.is_some()) | u8::from(changes.renames_skipped) << 1);
        let Some(files) = &changes.files else { return };
        self.length(files.len());
        let mut before: &[u8] = b"";
        for file in files {
            let fate = match file.fate {
                Fate::Added => 0,
                Fate::Removed => 1,
                Fate::Modified => 2,
                Fate::Renamed => 3,
            };
            let content = match file.content {
                Content::Text { .. } => 0,
                Content::Binary => 1,
                Content::Link => 2,
                Content::Unread => 3,
            };
            self.0.push(fate | content << 2 | u8::from(file.says_generated) << 4);
            self.path(before, &file.path);
            before = &file.path;
            if file.fate == Fate::Renamed {
                self.path(&file.path, file.was.as_deref().unwrap_or_default());
            }
            if let Content::Text { added, removed } = file.content {
                self.number(added);
                self.number(removed);
            }
        }
    }

    fn path(&mut self, before: &[u8], path: &[u8]) {
        let same = before.iter().zip(path).take_while(|(a, b)| a == b).count();
        self.length(same);
        self.bytes(&path[same..]);
    }
}

/// Reads what a [`Writer`] wrote; nothing from where the bytes are none of its own.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// What is still to be read.
    pub rest: &'a [u8],
    /// The hash function of the ids.
    pub format: gix::hash::Kind,
}

impl<'a> Reader<'a> {
    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        varint::take(&mut self.rest)
    }

    /// A length: never more than what is left, so that no file asks for more memory than it is large.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.rest.len())
    }

    /// Bytes after their length.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    /// An id.
    pub fn id(&mut self) -> Option<ObjectId> {
        let bytes = self.take(self.format.len_in_bytes())?;
        ObjectId::try_from(bytes).ok()
    }

    /// What is missing, if anything.
    pub fn missing(&mut self) -> Option<Option<Missing>> {
        Some(match self.byte()? {
            0 => None,
            1 => Some(Missing::Broken),
            2 => Some(Missing::Object(self.id()?)),
            _ => return None,
        })
    }

    /// What a commit did.
    pub fn changes(&mut self) -> Option<Changes> {
        let lacks = self.missing()?;
        let flags = self.byte()?;
        let files = if flags & 1 == 1 { Some(self.files()?) } else { None };
        Some(Changes { files, lacks, renames_skipped: flags & 2 == 2 })
    }

    fn files(&mut self) -> Option<Vec<FileChange>> {
        let count = self.length()?;
        let mut files: Vec<FileChange> = Vec::with_capacity(count);
        for _ in 0..count {
            let flags = self.byte()?;
            let path = self.path(files.last().map_or(&b""[..], |file| &file.path))?;
            let fate = [Fate::Added, Fate::Removed, Fate::Modified, Fate::Renamed][usize::from(flags & 3)];
            let was = if fate == Fate::Renamed { Some(self.path(&path)?) } else { None };
            let content = match flags >> 2 & 3 {
                0 => Content::Text { added: self.lines()?, removed: self.lines()? },
                1 => Content::Binary,
                2 => Content::Link,
                _ => Content::Unread,
            };
            files.push(FileChange { path, was, fate, content, says_generated: flags >> 4 & 1 == 1 });
        }
        Some(files)
    }

    fn lines(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn path(&mut self, before: &[u8]) -> Option<Vec<u8>> {
        let same = usize::try_from(self.number()?).ok()?;
        Some([before.get(..same)?, self.bytes()?].concat())
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file() -> impl Strategy<Value = FileChange> {
        let path = || proptest::collection::vec(any::<u8>(), 0..12);
        (path(), path(), 0..4_u8, 0..4_u8, any::<(u32, u32, bool)>()).prop_map(
            |(path, was, fate, content, (added, removed, says_generated))| {
                let fate = [Fate::Added, Fate::Removed, Fate::Modified, Fate::Renamed][usize::from(fate)];
                let text = Content::Text { added, removed };
                let content = [text, Content::Binary, Content::Link, Content::Unread][usize::from(content)];
                let was = (fate == Fate::Renamed).then_some(was);
                FileChange { path, was, fate, content, says_generated }
            },
        )
    }

    fn changes() -> impl Strategy<Value = Changes> {
        let missing = prop_oneof![
            Just(None),
            Just(Some(Missing::Broken)),
            any::<[u8; 20]>().prop_map(|id| Some(Missing::Object(ObjectId::from_bytes_or_panic(&id)))),
        ];
        (proptest::option::of(proptest::collection::vec(file(), 0..5)), missing, any::<bool>())
            .prop_map(|(files, lacks, renames_skipped)| Changes { files, lacks, renames_skipped })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_and_a_part_of_it_is_not(changes in changes(), cut in any::<prop::sample::Index>()) {
            let mut writer = Writer::default();
            writer.changes(&changes);
            let format = gix::hash::Kind::Sha1;
            let mut whole = Reader { rest: &writer.0, format };
            prop_assert_eq!(whole.changes(), Some(changes));
            prop_assert!(whole.rest.is_empty());
            let part = &writer.0[..cut.index(writer.0.len())];
            prop_assert_eq!(Reader { rest: part, format }.changes(), None);
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let read = Reader { rest: &bytes, format: gix::hash::Kind::Sha1 }.changes();
            prop_assert!(read.is_none_or(|changes| changes.files.is_none_or(|files| files.len() <= bytes.len())));
        }
    }
}
