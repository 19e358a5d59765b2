//! The repository's own `.mailmap`, at the mined tip.

use gix::bstr::ByteSlice;

/// Maps pairs of name and address as `git check-mailmap` does.
pub struct Mailmap(gix::mailmap::Snapshot);

impl Mailmap {
    /// From the file's bytes; lines that can't be read are passed over, as git does.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        Self(gix::mailmap::Snapshot::from_bytes(bytes))
    }

    /// The pair of name and address that a written pair stands for, when it differs.
    #[must_use]
    pub fn map(&self, name: &[u8], address: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let written = gix::actor::SignatureRef { name: name.as_bstr(), email: address.as_bstr(), time: "0 +0000" };
        let mapped = self.0.try_resolve(written)?;
        let pair = (mapped.name.to_vec(), mapped.email.to_vec());
        (pair.0 != name || pair.1 != address).then_some(pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_mapped_as_git_maps_them() {
        let mailmap = Mailmap::parse(
            b"# comment\nAda Lovelace <ada@new.org> <ada@old.org>\nBob <bob@new.org> Robert <shared@x.org>\n<c@new.org> <C@old.org>\n",
        );
        let map = |name: &str, address: &str| {
            mailmap
                .map(name.as_bytes(), address.as_bytes())
                .map(|(name, address)| (String::from_utf8(name).unwrap(), String::from_utf8(address).unwrap()))
        };
        assert_eq!(map("A", "ADA@old.org"), Some(("Ada Lovelace".into(), "ada@new.org".into())));
        assert_eq!(map("Robert", "shared@x.org"), Some(("Bob".into(), "bob@new.org".into())));
        assert_eq!(map("Someone", "shared@x.org"), None);
        assert_eq!(map("Cy", "c@old.org"), Some(("Cy".into(), "c@new.org".into())));
        assert_eq!(map("Zed", "zed@x.org"), None);
    }
}
