//! `signal serve`: a preview that follows what an editor writes.

use std::path::Path;
use std::sync::Arc;

use super::arguments::{Arguments, ServeOptions};
use super::outcome::Outcome;
use super::output::{counted, print};
use super::progress::Progress;
use super::workshop::{Made, Workshop};
use crate::data::settings;
use crate::plain::Result;
use crate::serve::{Door, Mount, Stage, Staged, Watch, poster};

/// Where everything lies that a site is made from, but for the settings.
const FOLDERS: [&str; 4] = ["content", "data", "overrides", "themes"];

/// Runs the command, until somebody ends it.
pub fn run(arguments: &Arguments, options: &ServeOptions) -> Result<Outcome> {
    let Arguments { root, quiet, .. } = arguments;
    let progress = Progress::new(0, arguments.voice());
    let door = Door::open(options.port)?;
    // What is written while the site is made for the first time is news too.
    let mut watch = Watch::new(root, &FOLDERS, &[settings::FILE])?;
    let mut workshop = Workshop::new(root, !options.no_drafts);
    let stage = Arc::new(Stage::default());
    let mut told = Told::default();
    let first = told.tell(&progress, staged(root, workshop.make()));
    let path = if let Staged::Site { base_url, .. } = &first { Mount::of(base_url) } else { Mount::default() };
    stage.show(first);
    let port = door.port();
    door.answer(&stage);
    if !quiet {
        print(&format!("http://127.0.0.1:{port}{} shows the publication; Ctrl-C ends it\n", path.as_str()))?;
    }
    loop {
        let news = watch.wait()?;
        let next = told.tell(&progress, staged(root, workshop.make_after(&news)));
        let said = match &next {
            Staged::Site { files, .. } => counted(files.len(), "file", "files"),
            Staged::Fault { .. } => "a page that says what is wrong".to_owned(),
        };
        if stage.show(next) {
            progress.say(&format!("shows {said}"));
        }
    }
}

/// What is shown, and what is to be said of it: faults, then what is only worth knowing.
fn staged(root: &Path, made: Result<Made>) -> (Staged, [String; 2]) {
    match made {
        Ok(Made { site, base_url }) => {
            let drifts = site.drifts().err().as_ref().map(ToString::to_string).unwrap_or_default();
            let kept_back: Vec<String> =
                site.kept_back.iter().map(|reason| format!("{reason}, and left out")).collect();
            (Staged::Site { files: site.files, base_url }, [drifts, kept_back.join("\n")])
        }
        Err(faults) => (Staged::Fault { html: poster::page(root, &faults) }, [faults.to_string(), String::new()]),
    }
}

/// What was said last, which isn't said twice.
#[derive(Default)]
struct Told([String; 2]);

impl Told {
    fn tell(&mut self, progress: &Progress, (staged, words): (Staged, [String; 2])) -> Staged {
        if self.0 != words {
            let [faults, notes] = words.each_ref().map(|text| text.trim_end());
            if !faults.is_empty() {
                progress.warn(faults);
            }
            if !notes.is_empty() {
                progress.say(notes);
            }
            self.0 = words;
        }
        staged
    }
}
