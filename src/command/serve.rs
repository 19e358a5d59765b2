//! `signal serve`: a preview that follows what an editor writes.

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
    let progress = Progress::new(0, *quiet);
    let door = Door::open(options.port)?;
    // What is written while the site is made for the first time is news too.
    let mut watch = Watch::new(root, &FOLDERS, &[settings::FILE])?;
    let mut workshop = Workshop::new(root, !options.no_drafts);
    let stage = Arc::new(Stage::default());
    let mut mount = Mount::default();
    let mut show = |is_first: bool| {
        let staged = match workshop.make() {
            Ok(Made { site, base_url }) => {
                mount = Mount::of(&base_url);
                for drift in site.drifts().err().iter().flat_map(|faults| faults.iter()) {
                    progress.warn(&format!("{}\n", drift.render(false)));
                }
                for reason in &site.kept_back {
                    progress.say(&format!("{reason}, and left out"));
                }
                Staged::Site { files: site.files, base_url }
            }
            Err(faults) => {
                faults.iter().for_each(|fault| progress.warn(&format!("{}\n", fault.render(false))));
                Staged::Fault { html: poster::page(root, &faults) }
            }
        };
        let said = match &staged {
            Staged::Site { files, .. } => counted(files.len(), "file", "files"),
            Staged::Fault { .. } => "a page that says what is wrong".to_owned(),
        };
        if stage.show(staged) && !is_first {
            progress.say(&format!("shows {said}"));
        }
        mount.as_str().to_owned()
    };
    let path = show(true);
    let port = door.port();
    door.answer(&stage);
    if !quiet {
        print(&format!("http://127.0.0.1:{port}{path} shows the publication; Ctrl-C ends it\n"))?;
    }
    loop {
        watch.wait()?;
        show(false);
    }
}
