//! The pieces of a site that are remembered: what they are called, and what they are made from.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::biography::Library;
use super::check::{self, Clean};
use super::compose::Options;
use super::desk::Desk;
use super::downloads::{Downloads, Excerpt};
use super::edition::Edition;
use super::feeds::Letter;
use super::ground::Ground;
use super::mail::Post;
use super::memory::{Key, Memory};
use super::proof::{self, Proof, Proofreader};
use super::references::Link;
use super::rendered::Rendered;
use super::said::{Volume, Words};
use super::world::World;
use crate::plain::Result;

/// Pieces of an earlier site, and the keys of this one.
pub struct Pieces<'a> {
    /// The pieces.
    pub memory: &'a Memory,
    /// The keys.
    pub world: &'a World,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Made {
    /// What it shows.
    pub html: String,
    /// The links that an editor wrote.
    pub links: Vec<Link>,
    /// The files of its charts, by address.
    pub files: Vec<(String, Vec<u8>)>,
    /// What readers of feeds get of it.
    pub letter: Option<Box<Letter>>,
    /// How it is mailed.
    pub post: Option<Box<Post>>,
    /// The anchors in it.
    pub anchors: Arc<BTreeSet<String>>,
    /// What was found right in it.
    pub clean: Clean,
}

impl Pieces<'_> {
    /// The words of all editions, for other pages.
    pub fn library<'a>(
        &self,
        desk: &'a Desk<'a>,
        editions: &'a [Edition],
        options: &'a Options,
    ) -> Result<Library<'a>> {
        let read = |edition: &'a Edition| {
            let (name, key) = (format!("words {}", edition.period), || self.world.words(desk, edition));
            let words = self.memory.recall(&name, key, desk, |desk| Words::read(desk, edition));
            words.map(|words| Volume::new(edition, words))
        };
        Library::new(desk, editions, &options.stock, read)
    }

    /// The files of figures.
    pub fn downloads(&self, desk: &Desk<'_>) -> Result<Arc<Downloads>> {
        let key = || World::registry(desk);
        self.memory.recall("downloads", key, desk, |desk| {
            let recalled = |name: &str, read: &(dyn Fn(&Ground) -> Excerpt + Sync)| {
                self.memory.recall(&format!("excerpt {name}"), key, desk, |desk| Ok(read(&desk.ground)))
            };
            Downloads::new(&desk.ground, &desk.publication.registry.value, &recalled)
        })
    }

    /// The check of the prose of all editions, in their order.
    #[must_use]
    pub fn proofs(&self, desk: &Desk<'_>, editions: &[Edition]) -> Vec<Result<Arc<Proof>>> {
        let known = OnceLock::new();
        let lexicon = || {
            let recalled = known.get_or_init(|| {
                self.memory.recall("lexicon", || World::names(desk), desk, |desk| Ok(proof::lexicon(desk)))
            });
            recalled.clone()
        };
        let read = |edition: &Edition| {
            let (name, key) = (format!("proof {}", edition.period), || self.world.words(desk, edition));
            self.memory.recall(&name, key, desk, |desk| Proofreader { desk, lexicon: &*lexicon()? }.read(edition))
        };
        editions.par_iter().map(read).collect()
    }

    /// The page at an address.
    pub fn page(
        &self,
        address: &str,
        key: impl FnOnce() -> Key,
        desk: &Desk<'_>,
        make: impl FnOnce(&Desk<'_>) -> Result<(String, Rendered)>,
    ) -> Result<Made> {
        let page = self.memory.recall(&format!("page {address}"), key, desk, |desk| {
            let (html, Rendered { links, files, letter, post, .. }) = make(desk)?;
            let anchors = Arc::new(check::anchors(&html));
            Ok(Made { anchors, clean: Clean::default(), html, links, files, letter, post })
        });
        page.map(Arc::unwrap_or_clone)
    }
}
