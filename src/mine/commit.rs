//! One commit object, read from its bytes and never from printed text.

use gix::ObjectId;

use super::ident::Ident;

/// The parts of a commit that are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit<'a> {
    /// Its files; absent when the header is broken.
    pub tree: Option<ObjectId>,
    /// The parents, in order.
    pub parents: Vec<ObjectId>,
    /// Who wrote it, and when.
    pub author: Ident<'a>,
    /// When it was committed, in seconds since the epoch.
    pub committed: i64,
    /// The message, as bytes.
    pub message: &'a [u8],
}

impl<'a> Commit<'a> {
    /// Reads the headers up to the empty line; what isn't known is passed over, continuation lines too.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Self {
        let nobody = Ident { name: b"", address: b"", seconds: 0 };
        let mut commit = Self { tree: None, parents: Vec::new(), author: nobody, committed: 0, message: b"" };
        let mut rest = bytes;
        let mut has_author = false;
        let mut has_committer = false;
        while !rest.is_empty() {
            let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            if line.is_empty() {
                commit.message = rest;
                break;
            }
            if let Some(id) = line.strip_prefix(b"tree ").filter(|_| commit.tree.is_none()) {
                commit.tree = ObjectId::from_hex(id.trim_ascii()).ok();
            } else if let Some(id) = line.strip_prefix(b"parent ") {
                commit.parents.extend(ObjectId::from_hex(id.trim_ascii()));
            } else if let Some(field) = line.strip_prefix(b"author ").filter(|_| !has_author) {
                commit.author = Ident::parse(field);
                has_author = true;
            } else if let Some(field) = line.strip_prefix(b"committer ").filter(|_| !has_committer) {
                commit.committed = Ident::parse(field).seconds;
                has_committer = true;
            }
        }
        commit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_a_signed_merge_are_read_past_the_signature() {
        let id = "0123456789012345678901234567890123456789";
        let text = format!(
            "tree {id}\nparent {id}\nparent {id}\nauthor A <a@x> 1 +0000\ncommitter B <b@x> 2 +0000\n\
             gpgsig -----BEGIN-----\n parent {id}\n \n -----END-----\n\nSubject\n\nauthor C <c@x> 9 +0000\n"
        );
        let commit = Commit::parse(text.as_bytes());
        assert_eq!((commit.tree.map(|id| id.to_string()).as_deref(), commit.parents.len()), (Some(id), 2));
        assert_eq!((commit.author.name, commit.author.seconds, commit.committed), (&b"A"[..], 1, 2));
        assert!(commit.message.starts_with(b"Subject\n"));
    }

    #[test]
    fn rubbish_is_a_commit_without_anything() {
        let commit = Commit::parse(b"\xff\xfe");
        assert!(commit.tree.is_none() && commit.parents.is_empty() && commit.message.is_empty());
    }
}
