//! What a commit did to the files.

use super::store::Missing;

/// What a commit did, against its first parent: no rule shapes it but the one about first lines of generated files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The files, in the order of their paths; none when a tree or the parent is missing.
    pub files: Option<Vec<FileChange>>,
    /// What was missed first. With files, it is a blob: no lines are known then.
    pub lacks: Option<Missing>,
    /// Whether there were too many renames to try.
    pub renames_skipped: bool,
}

/// What happened to a file, against the first parent; against nothing for a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It was there before.
    Modified,
    /// It was there before under another name, alike by half or more.
    Renamed,
}

/// What was counted of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Lines of text.
    Text {
        /// Lines added.
        added: u32,
        /// Lines removed.
        removed: u32,
    },
    /// Bytes that are no text.
    Binary,
    /// Neither text nor bytes of a file: a submodule, or a symbolic link.
    Link,
    /// Not looked at, at this depth.
    Unread,
}

/// What a commit did to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path, as bytes; of a removed file its former path.
    pub path: Vec<u8>,
    /// The former path of a renamed file.
    pub was: Option<Vec<u8>>,
    /// What happened.
    pub fate: Fate,
    /// What was counted.
    pub content: Content,
    /// Whether the content's beginning says that it was generated (looked at where blobs are read).
    pub says_generated: bool,
}
