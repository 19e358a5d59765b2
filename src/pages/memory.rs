//! What was made for an earlier site, each piece with all that it was made from, so that it is made again only when
//! some of that is another.
//!
//! A piece has two sorts of inputs. Its *key* is a digest of texts: the settings, the theme, the words that it shows. Its
//! *trace* is what it read of the figures, noted while it read it, misses too. A piece is believed when its key is the same
//! and everything in its trace has the same value by the figures of now. No time and no name of a file has a part in it.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::desk::Desk;
use super::ground::Ground;
use crate::figures::Figures;
use crate::figures::trace::Trace;
use crate::metrics::Metric;
use crate::plain::Result;

/// A digest of texts, of which each ends before the next begins.
#[derive(Clone, Debug, Default)]
pub struct Key(blake3::Hasher);

impl Key {
    /// With one more text.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.0.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        self
    }

    /// With several more.
    #[must_use]
    pub fn with_all<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> Self {
        texts.into_iter().fold(self, Self::with)
    }

    /// The digest, as a text for another.
    #[must_use]
    pub fn text(&self) -> String {
        self.finish().to_string()
    }

    fn finish(&self) -> blake3::Hash {
        self.0.finalize()
    }
}

/// A piece, and what it was made from.
struct Kept {
    key: blake3::Hash,
    trace: Trace,
    value: Arc<dyn Any + Send + Sync>,
    /// The last round in which it was used.
    round: u64,
}

/// Who reads figures, and can do so while it is noted what is read.
pub trait Reader: Sized {
    /// The figures.
    fn figures(&self) -> &Figures;

    /// The same for somebody of whom it is noted what is read.
    fn watched(&self) -> (Self, Trace);
}

impl Reader for Desk<'_> {
    fn figures(&self) -> &Figures {
        self.ground.figures()
    }

    fn watched(&self) -> (Self, Trace) {
        Desk::watched(self)
    }
}

impl Reader for Arc<Ground> {
    fn figures(&self) -> &Figures {
        Ground::figures(self)
    }

    fn watched(&self) -> (Self, Trace) {
        let (figures, trace) = Ground::figures(self).watched();
        (Arc::new(self.with_figures(&Arc::new(figures))), trace)
    }
}

/// So many sites are made before what none of them used is forgotten.
const LEASE: u64 = 40;

/// All metrics that some figures have.
pub type Metrics = Arc<OnceLock<Vec<&'static Metric>>>;

/// Pieces of earlier sites, by what they are.
#[derive(Default)]
pub struct Memory {
    /// Absent where a site is made once.
    kept: Option<Mutex<HashMap<String, Kept>>>,
    metrics: Mutex<Option<(Arc<Figures>, Metrics)>>,
    round: AtomicU64,
}

impl Memory {
    /// One that keeps something.
    #[must_use]
    pub fn lasting() -> Self {
        Self { kept: Some(Mutex::default()), ..Self::default() }
    }

    /// Whether anything is kept at all.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        self.kept.is_some()
    }

    /// The piece of a name: the one that is kept, where it would be made the same now, and else what `make` makes of a
    /// reader of whom it is noted what is read. No two pieces of a site have the same name. What fails is never kept.
    pub fn recall<T: Any + Send + Sync, R: Reader>(
        &self,
        name: &str,
        key: impl FnOnce() -> Key,
        reader: &R,
        make: impl FnOnce(&R) -> Result<T>,
    ) -> Result<Arc<T>> {
        let Some(kept) = &self.kept else { return make(reader).map(Arc::new) };
        let (key, round) = (key().finish(), self.round.load(Ordering::Relaxed));
        let known = lock(kept).remove(name);
        if let Some(mut known) = known
            && known.key == key
            && known.trace.holds(reader.figures())
            && let Ok(value) = Arc::clone(&known.value).downcast::<T>()
        {
            reader.figures().read_too(&known.trace);
            lock(kept).insert(name.to_owned(), Kept { round, ..known });
            return Ok(value);
        }
        let (watched, trace) = reader.watched();
        let value = Arc::new(make(&watched)?);
        reader.figures().read_too(&trace);
        let same: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&value);
        lock(kept).insert(name.to_owned(), Kept { key, trace, value: same, round });
        Ok(value)
    }

    /// The metrics of some figures, once they have been looked for.
    #[must_use]
    pub fn metrics(&self, figures: &Arc<Figures>) -> Metrics {
        let mut known = lock(&self.metrics);
        match &*known {
            Some((of, metrics)) if Arc::ptr_eq(of, figures) => Arc::clone(metrics),
            _ => {
                let metrics = Metrics::default();
                *known = self.kept.as_ref().map(|_| (Arc::clone(figures), Arc::clone(&metrics)));
                metrics
            }
        }
    }

    /// A site is whole: what was of no use for long is forgotten. A page that is remembered doesn't ask for its charts,
    /// and may need them again.
    pub fn settle(&self) {
        let round = self.round.fetch_add(1, Ordering::Relaxed);
        if let Some(kept) = &self.kept {
            lock(kept).retain(|_, one| one.round + LEASE > round);
        }
    }
}

/// What is kept is whole at any time, whoever panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("round", &self.round).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_apart() {
        let key = |texts: &[&str]| Key::default().with_all(texts.iter().copied()).finish();
        assert_eq!(key(&["ab", "c"]), key(&["ab", "c"]));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["ab"]), key(&["ab", ""]));
    }
}
