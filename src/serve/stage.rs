//! What is shown now, and who waits for the next.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What stands on the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Staged {
    /// A site.
    Site {
        /// Its files, by their paths.
        files: BTreeMap<String, Vec<u8>>,
        /// Where it will be published.
        base_url: String,
    },
    /// A page that stands for every other, as long as something is wrong.
    Fault {
        /// The page.
        html: String,
    },
}

/// What is shown, with a number that no other showing has.
pub type Showing = (u64, Arc<Staged>);

/// Shared by whoever makes the site and whoever answers with it.
#[derive(Debug)]
pub struct Stage {
    showing: Mutex<Option<Showing>>,
    changed: Condvar,
}

impl Default for Stage {
    fn default() -> Self {
        Self { showing: Mutex::new(None), changed: Condvar::new() }
    }
}

impl Stage {
    /// Shows something from now on; false when it is shown already.
    pub fn show(&self, staged: Staged) -> bool {
        let mut showing = self.lock();
        if showing.as_ref().is_some_and(|(_, shown)| **shown == staged) {
            return false;
        }
        // A page that an earlier server showed mustn't take this one's first showing for its own.
        let next = showing.as_ref().map_or_else(|| u64::from(std::process::id()) << 20, |(number, _)| number + 1);
        let before = showing.replace((next, Arc::new(staged)));
        self.changed.notify_all();
        drop(showing);
        // Thousands of files are given back after everybody has been told.
        drop(before);
        true
    }

    /// What is shown; before the first showing, that is waited for.
    #[must_use]
    pub fn now(&self) -> Showing {
        let mut showing = self.lock();
        loop {
            if let Some(shown) = &*showing {
                return shown.clone();
            }
            showing = self.changed.wait(showing).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The number of what is shown, once that is another one than `known`; nothing when it stays the same for so long.
    #[must_use]
    pub fn after(&self, known: u64, patience: Duration) -> Option<u64> {
        let is_known = |showing: &mut Option<Showing>| showing.as_ref().is_none_or(|(number, _)| *number == known);
        let waited = self.changed.wait_timeout_while(self.lock(), patience, is_known);
        let (showing, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        showing.as_ref().filter(|_| !waited.timed_out()).map(|(number, _)| *number)
    }

    /// Nothing is half done while it is held, so that a panic elsewhere changes nothing.
    fn lock(&self) -> MutexGuard<'_, Option<Showing>> {
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Staged {
        Staged::Fault { html: text.to_owned() }
    }

    #[test]
    fn what_is_shown_again_is_no_news() {
        let stage = Stage::default();
        assert!(stage.show(fault("a")));
        let (first, _) = stage.now();
        assert!(!stage.show(fault("a")));
        assert_eq!(stage.now().0, first);
        assert!(stage.show(fault("b")));
        assert_eq!(stage.now(), (first + 1, Arc::new(fault("b"))));
    }

    #[test]
    fn who_waits_is_told() {
        let stage = Stage::default();
        stage.show(fault("a"));
        let (first, _) = stage.now();
        assert_eq!(stage.after(0, Duration::from_mins(1)), Some(first), "it knows of another");
        assert_eq!(stage.after(first, Duration::from_millis(1)), None);
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| stage.after(first, Duration::from_mins(1)));
            stage.show(fault("b"));
            assert_eq!(waiting.join().expect("it waits only"), Some(first + 1));
        });
    }
}
