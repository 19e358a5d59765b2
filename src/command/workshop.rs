//! Makes the site again and again while its files change, and does no work twice.
//!
//! What is kept of the last time is found by what it was made from, and never by names or times of files. All files are
//! read each time, but for mined ones of which the system says that nobody wrote them since. So the site is always the
//! one that `signal build` would write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::build::made_of;
use super::measure;
use crate::data::mined::{Again, Mined};
use crate::data::publication::{self, Publication};
use crate::figures::Figures;
use crate::pages::{self, Memory, Options, Site};
use crate::plain::Result;
use crate::serve::News;

/// A place to make the site of one publication.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    drafts: bool,
    publication: Option<Publication>,
    mined: Again,
    /// Whether all mined files were read the last time.
    is_read: bool,
    figures: Option<(blake3::Hash, Arc<Figures>)>,
    pages: Memory,
}

/// A site, and where it will stand.
#[derive(Debug)]
pub struct Made {
    /// The site.
    pub site: Site,
    /// Its address.
    pub base_url: String,
}

impl Workshop {
    /// For the publication in a folder; with unfinished texts, if they are wanted.
    #[must_use]
    pub fn new(root: &Path, drafts: bool) -> Self {
        let (root, mined, pages) = (root.to_owned(), Again::default(), Memory::lasting());
        Self { root, drafts, publication: None, mined, is_read: false, figures: None, pages }
    }

    /// The site, as its files are now.
    pub fn make(&mut self) -> Result<Made> {
        self.make_after(&News::anything())
    }

    /// The same, where nothing was written since the last time but what is told.
    pub fn make_after(&mut self, news: &News) -> Result<Made> {
        let known = self.publication.take().filter(Publication::is_current);
        // What failed the last time may have missed news, and other settings ask for other files.
        let was_read = std::mem::take(&mut self.is_read) && known.is_some();
        let publication = match known {
            Some(known) => known,
            None => publication::read(&self.root)?,
        };
        let publication = &*self.publication.insert(publication);
        let mined = self.mined.read(publication, &|file| !was_read || news.touches(file))?;
        self.is_read = true;
        let key = key(publication, mined);
        let figures = match &self.figures {
            Some((known, figures)) if *known == key => Arc::clone(figures),
            _ => {
                let figures = measure::figures(publication, mined)?;
                let figures = Arc::new(match &self.figures {
                    Some((_, earlier)) => figures.after(earlier),
                    None => figures,
                });
                self.figures = Some((key, Arc::clone(&figures)));
                figures
            }
        };
        let options = Options { drafts: self.drafts, ..made_of(mined)? };
        let site = pages::compose_again(publication, &figures, &options, &self.pages)?;
        Ok(Made { site, base_url: publication.settings.value.base_url.value.clone() })
    }
}

/// What tells the figures of a publication from others: a digest of all that they are counted from.
fn key(publication: &Publication, mined: &Mined) -> blake3::Hash {
    let Publication { settings, registry, people, organisations, areas, profiles, .. } = publication;
    let texts = [&registry.text, &people.text, &organisations.text, &areas.text, &profiles.text];
    let settings = format!("{:?} {:?} {}", settings.value.periods.value, settings.value.as_of, mined.digest);
    let mut hasher = blake3::Hasher::new();
    for text in texts.into_iter().chain([&settings]) {
        // Lengths keep the end of one apart from the beginning of the next.
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    hasher.finalize()
}
