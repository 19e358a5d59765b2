//! Tells that something was written, and in which files. Not what is written there now: whoever makes the site anew
//! finds out by the files themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::news::News;
use crate::plain::{Diagnostic, Kind, Result};

/// Whoever writes a file does several things one after the other; when nothing more comes for so long, it is done.
const QUIET: Duration = Duration::from_millis(4);

/// Whoever goes on writing is waited for so many times at most.
const ROUNDS: usize = 25;

/// What was written.
enum Word {
    /// These files, below a watched folder or watched themselves.
    Written(Vec<PathBuf>),
    /// A watched folder came, went, or was moved; or nobody knows what.
    Folder,
}

/// Folders with all that is below them, and files, of one folder; they may come later.
pub struct Watch {
    root: PathBuf,
    folders: Vec<PathBuf>,
    watcher: RecommendedWatcher,
    words: Receiver<Word>,
}

impl Watch {
    /// Watches `folders` and `files` of `root`.
    pub fn new(root: &Path, folders: &[&str], files: &[&str]) -> Result<Self> {
        let root = root.canonicalize().map_err(|error| Diagnostic::io(root, "watch the folder", &error))?;
        let folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
        let files: Vec<PathBuf> = files.iter().map(|file| root.join(file)).collect();
        let (told, words) = mpsc::channel();
        let (own, heads) = (root.clone(), folders.iter().cloned().collect::<BTreeSet<PathBuf>>());
        let tell = move |event: notify::Result<Event>| {
            let word = match event {
                Ok(event) if !is_writing(event.kind) => None,
                // What got lost may have been anything.
                Err(_) => Some(Word::Folder),
                Ok(event) if event.need_rescan() => Some(Word::Folder),
                Ok(event) if event.paths.iter().any(|path| heads.contains(path)) => Some(Word::Folder),
                Ok(event) => {
                    let is_meant = |path: &PathBuf| path.parent() != Some(&*own) || files.contains(path);
                    let meant: Vec<PathBuf> = event.paths.into_iter().filter(is_meant).collect();
                    (!meant.is_empty()).then_some(Word::Written(meant))
                }
            };
            // Who no longer listens needs no word.
            word.map(|word| told.send(word));
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| refused(&error))?;
        let mut watch = Self { root, folders, watcher, words };
        // A file that is written anew and moved to its place is another file: its folder knows.
        watch.watcher.watch(&watch.root, RecursiveMode::NonRecursive).map_err(|error| refused(&error))?;
        watch.follow()?;
        Ok(watch)
    }

    /// Waits until something is written, and then until no more is; says what.
    pub fn wait(&mut self) -> Result<News> {
        let gone = || Diagnostic::new(Kind::Io, "the files aren't watched any more");
        let mut word = self.words.recv().map_err(|_| gone())?;
        let mut news = News::of([]);
        for _ in 0..ROUNDS {
            self.hear(&mut news, &word)?;
            word = match self.words.recv_timeout(QUIET) {
                Ok(word) => word,
                Err(RecvTimeoutError::Timeout) => return Ok(news),
                Err(RecvTimeoutError::Disconnected) => return Err(gone().into()),
            };
        }
        self.hear(&mut news, &word)?;
        Ok(news)
    }

    fn hear(&mut self, news: &mut News, word: &Word) -> Result<()> {
        match word {
            Word::Written(paths) => news.add(&self.root, paths),
            Word::Folder => {
                *news = News::anything();
                self.follow()?;
            }
        }
        Ok(())
    }

    /// Watches the folders that are there now.
    fn follow(&mut self) -> Result<()> {
        for folder in &self.folders {
            // What is gone isn't watched any more, nor what was never there.
            let _ = self.watcher.unwatch(folder);
            if folder.is_dir() {
                self.watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| refused(&error))?;
            }
        }
        Ok(())
    }
}

/// Reading isn't: a build opens every file.
fn is_writing(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn refused(error: &notify::Error) -> Diagnostic {
    let fault = Diagnostic::new(Kind::Io, format!("cannot watch the files: {error}"));
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            fault.hint("let the system watch more of them: raise fs.inotify.max_user_watches")
        }
        _ => fault,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::Sender;
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);
    /// Long enough for a word that was on its way.
    const SHORT: Duration = Duration::from_millis(300);

    /// A publication that is watched, and a word for every time that something was written.
    fn watched() -> (tempfile::TempDir, Receiver<News>) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/editions")).unwrap();
        fs::write(folder.path().join("content/editions/a.md"), "a").unwrap();
        fs::write(folder.path().join("signal.yaml"), "a").unwrap();
        let mut watch = Watch::new(folder.path(), &["content", "themes"], &["signal.yaml"]).unwrap();
        let (told, words): (Sender<News>, Receiver<News>) = mpsc::channel();
        thread::spawn(move || while watch.wait().is_ok_and(|news| told.send(news).is_ok()) {});
        (folder, words)
    }

    #[test]
    fn whatever_is_written_below_is_told_and_nothing_else() {
        let (folder, words) = watched();
        let at = |file: &str| folder.path().join(file);
        let told = |what: &str| {
            let first = words.recv_timeout(LONG).unwrap_or_else(|_| panic!("{what}"));
            let mut all = vec![first];
            while let Ok(more) = words.recv_timeout(SHORT) {
                all.push(more);
            }
            all
        };
        let touches = |told: &[News], path: &str| told.iter().any(|news| news.touches(Path::new(path)));
        fs::write(at("content/editions/a.md"), "b").unwrap();
        let news = told("a file was written");
        assert!(touches(&news, "content") && touches(&news, "content/editions/a.md"));
        assert!(
            !touches(&news, "content/editions/b.md") && !touches(&news, "themes") && !touches(&news, "signal.yaml")
        );
        fs::write(at("content/editions/.a.tmp"), "c").unwrap();
        fs::rename(at("content/editions/.a.tmp"), at("content/editions/a.md")).unwrap();
        told("a file was moved to its place");
        fs::write(at(".signal.tmp"), "b").unwrap();
        fs::rename(at(".signal.tmp"), at("signal.yaml")).unwrap();
        let news = told("the settings were moved to their place");
        assert!(touches(&news, "signal.yaml") && !touches(&news, "content"));
        fs::create_dir_all(at("content/pages")).unwrap();
        told("a folder was made");
        fs::write(at("content/pages/b.md"), "b").unwrap();
        told("a file was written in a new folder");
        fs::create_dir(at("themes")).unwrap();
        let news = told("a watched folder came");
        assert!(touches(&news, "content") && touches(&news, "data"), "nobody knows what was written in it before");
        fs::write(at("themes/theme.yaml"), "b").unwrap();
        told("a file was written in it");
        fs::remove_dir_all(at("themes")).unwrap();
        told("it went");
        fs::create_dir_all(at("themes/x")).unwrap();
        fs::write(at("themes/x/y"), "b").unwrap();
        told("it came again");
        fs::write(at("themes/x/y"), "c").unwrap();
        told("a file was written in it again");

        fs::read(at("content/editions/a.md")).unwrap();
        fs::write(at("README.md"), "b").unwrap();
        fs::create_dir_all(at("public/2026-q2")).unwrap();
        fs::write(at("public/2026-q2/index.html"), "b").unwrap();
        fs::create_dir_all(at(".git")).unwrap();
        assert!(words.recv_timeout(SHORT).is_err(), "nobody asked for these");
    }
}
