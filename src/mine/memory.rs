//! What was read of a period's commits, kept under `.signal/changes`, so that other rules need no trees and no blobs.
//!
//! A help and never a source: a file that isn't whole, or holds facts that were read in another way, is none. What a
//! commit did never changes, so that facts stand under its id alone; of one that lacks an object they name the object,
//! and hold until it comes.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use gix::ObjectId;

use super::change::Changes;
use super::differ::{self, AttributeFiles};
use super::encoding::{Reader, Writer};
use super::store::Missing;
use super::work::WorkRules;
use crate::data::identity_key::digest;
use crate::data::snapshot::Depth;
use crate::plain::{Period, Result, atomic};

/// The order of the bytes in a file.
const FORMAT: u32 = 1;

/// The bytes of the digest at the end of a file.
const DIGEST: usize = 8;

/// Where the facts of one repository and depth lie, a file for each period.
pub struct Memory {
    folder: PathBuf,
    /// With what each file begins: all that its facts depend on besides the commits.
    first_line: Vec<u8>,
    format: gix::hash::Kind,
}

/// The facts of a period.
pub struct Facts {
    bytes: Vec<u8>,
    format: gix::hash::Kind,
    /// The commit whose attributes they are.
    pub boundary: ObjectId,
    /// Its `.gitattributes`.
    pub attributes: AttributeFiles,
    commits: HashMap<ObjectId, Range<usize>>,
    /// What commits lack, one for each commit that lacks anything.
    pub lacks: Vec<Missing>,
}

impl Memory {
    /// Below `folder`, for a repository with ids of a format.
    #[must_use]
    pub fn new(folder: &Path, id: &str, depth: Depth, format: gix::hash::Kind, rules: &WorkRules) -> Self {
        let name = if depth == Depth::Lines { "lines" } else { "paths" };
        let first_line = format!("signal changes {FORMAT}, {format}, {}\n", differ::parameters(depth, rules));
        Self { folder: folder.join(name).join(id), first_line: first_line.into_bytes(), format }
    }

    /// What is known of a period's commits.
    #[must_use]
    pub fn load(&self, period: Period) -> Option<Facts> {
        let bytes = fs::read(self.file(period)).ok()?;
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
        if sum != digest(body).0.to_le_bytes() {
            return None;
        }
        let mut reader = Reader { rest: body.strip_prefix(&self.first_line[..])?, format: self.format };
        let boundary = reader.id()?;
        let attributes = attributes(&mut reader)?;
        let (mut commits, mut lacks) = (HashMap::new(), Vec::new());
        while !reader.rest.is_empty() {
            let id = reader.id()?;
            let length = reader.length()?;
            let start = body.len() - reader.rest.len();
            lacks.extend(Reader { ..reader }.missing()?);
            reader.rest = reader.rest.get(length..)?;
            commits.insert(id, start..start + length);
        }
        Some(Facts { format: self.format, boundary, attributes, commits, lacks, bytes })
    }

    /// Keeps what is known of a period's commits, each with its bytes.
    pub fn store<'a>(
        &self,
        period: Period,
        boundary: ObjectId,
        attributes: &AttributeFiles,
        commits: impl Iterator<Item = (ObjectId, &'a [u8])>,
    ) -> Result<()> {
        let mut writer = Writer(self.first_line.clone());
        writer.id(boundary);
        writer.length(attributes.files.len());
        for (folder, bytes) in &attributes.files {
            writer.bytes(folder);
            writer.bytes(bytes);
        }
        writer.length(attributes.lacks.len());
        attributes.lacks.iter().for_each(|&missing| writer.missing(Some(missing)));
        for (id, changes) in commits {
            writer.id(id);
            writer.bytes(changes);
        }
        let sum = digest(&writer.0);
        writer.0.extend_from_slice(&sum.0.to_le_bytes());
        atomic::write_soon(&self.file(period), &writer.0).map(drop)
    }

    fn file(&self, period: Period) -> PathBuf {
        self.folder.join(period.to_string())
    }
}

fn attributes(reader: &mut Reader<'_>) -> Option<AttributeFiles> {
    let mut attributes = AttributeFiles::default();
    for _ in 0..reader.length()? {
        attributes.files.push((reader.bytes()?.to_vec(), reader.bytes()?.to_vec()));
    }
    for _ in 0..reader.length()? {
        attributes.lacks.push(reader.missing()??);
    }
    Some(attributes)
}

impl Facts {
    /// The bytes of what a commit did.
    #[must_use]
    pub fn bytes(&self, commit: &ObjectId) -> Option<&[u8]> {
        self.commits.get(commit).map(|range| &self.bytes[range.clone()])
    }

    /// What a commit did.
    #[must_use]
    pub fn changes(&self, commit: &ObjectId) -> Option<Changes> {
        Reader { rest: self.bytes(commit)?, format: self.format }.changes()
    }
}
