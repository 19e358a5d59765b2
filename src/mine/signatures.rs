//! The names and addresses of a mirror, for the one who publishes: they leave this stage to be printed, never to be mined.

use std::path::Path;

use super::Unreadable;
use super::actors::Actors;
use super::ident::decode;
use super::store::Store;
use super::walk::Walk;

/// A name and an address.
pub type Signature = (String, String);

/// Each pair of name and address that wrote a commit of a branch of a mirror, as written.
pub fn signatures(mirror: &Path, branch: Option<&str>, actors: &Actors) -> Result<Vec<Signature>, Unreadable> {
    let store = Store::open(mirror)?;
    let walk = Walk::read(&store, store.branch(branch)?.tip, actors)?;
    Ok(walk.authors.iter().map(|(name, address)| (decode(name), decode(address))).collect())
}
