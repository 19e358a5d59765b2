//! What the work of a commit is: its type, the kinds of its files, its areas.

use std::collections::BTreeMap;

use crate::data::identity_key::{Hash, digest};

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// The program itself.
    Implementation,
    /// What tests it.
    Test,
    /// What explains it.
    Docs,
    /// What builds it.
    Build,
    /// What runs on every change.
    Ci,
    /// Written by a program.
    Generated,
    /// Taken over from elsewhere.
    Vendored,
    /// Neither program nor text.
    Data,
}

impl FileKind {
    /// As it stands in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Implementation => "implementation",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Ci => "ci",
            Self::Generated => "generated",
            Self::Vendored => "vendored",
            Self::Data => "data",
        }
    }
}

/// What a commit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkType {
    /// Tests alone.
    Test,
    /// Documentation alone.
    Docs,
    /// Anything else.
    Other,
}

impl WorkType {
    /// As it stands in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Other => "other",
        }
    }
}

/// The attributes that a tree gives its files.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// Folders with attributes that say what is generated.
    generated: Vec<Vec<u8>>,
}

impl Attributes {
    /// From each `.gitattributes`, with the folder that it lies in.
    #[must_use]
    pub fn parse(files: &[(Vec<u8>, Vec<u8>)]) -> Self {
        let says = |bytes: &[u8]| bytes.split(|&byte| byte == b'\n').any(|line| line == b"* linguist-generated");
        let generated = files.iter().filter(|(_, bytes)| says(bytes)).map(|(folder, _)| folder.clone()).collect();
        Self { generated }
    }
}

/// The rules, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct WorkRules;

impl WorkRules {
    /// The digest of each rule set, by its name.
    #[must_use]
    pub fn digests(&self) -> BTreeMap<String, Hash> {
        ["areas", "kinds", "types"].into_iter().map(|name| (name.to_owned(), digest(name.as_bytes()))).collect()
    }

    /// What a file is for.
    #[must_use]
    pub fn kind(&self, path: &[u8], attributes: &Attributes, says_generated: bool) -> FileKind {
        let has = |part: &str| path.windows(part.len()).any(|window| window == part.as_bytes());
        if has("third_party/") {
            FileKind::Vendored
        } else if says_generated || attributes.generated.iter().any(|folder| path.starts_with(folder)) {
            FileKind::Generated
        } else if has("test") {
            FileKind::Test
        } else if path.ends_with(b".md") {
            FileKind::Docs
        } else {
            FileKind::Implementation
        }
    }

    /// Whether the first bytes of a file say that a program wrote it.
    #[must_use]
    pub fn says_generated(&self, head: &[u8]) -> bool {
        head.windows(10).any(|window| window == b"@generated")
    }

    /// What a commit is for.
    #[must_use]
    pub fn work_type(&self, _message: &[u8], kinds: &[FileKind]) -> WorkType {
        match kinds.first() {
            Some(FileKind::Test) if kinds.iter().all(|kind| *kind == FileKind::Test) => WorkType::Test,
            Some(FileKind::Docs) if kinds.iter().all(|kind| *kind == FileKind::Docs) => WorkType::Docs,
            _ => WorkType::Other,
        }
    }

    /// The areas that a commit is in, as indices.
    #[must_use]
    pub fn areas(&self, _message: &[u8], paths: &[&[u8]]) -> Vec<u16> {
        let is_kernel = |path: &&[u8]| path.windows(7).any(|window| window == b"kernels");
        if paths.iter().any(is_kernel) { vec![0] } else { Vec::new() }
    }

    /// The name of an area.
    #[must_use]
    pub fn area_slug(&self, _area: u16) -> &'static str {
        "kernels"
    }
}
