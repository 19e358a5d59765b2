//! `signal schema`: what files, rows and metrics look like, for editors and other programs.

mod files;
mod names;
mod rows;

use serde_json::Value;

use super::arguments::{Arguments, SchemaCommand, SchemaOptions};
use super::outcome::Outcome;
use super::output::print;
use super::progress::Progress;
use crate::data::publication;
use crate::plain::{Result, atomic};

/// Runs the command.
pub fn run(arguments: &Arguments, options: &SchemaOptions) -> Result<Outcome> {
    let value = match options.command {
        Some(SchemaCommand::Rows) => rows::rows(),
        Some(SchemaCommand::Metrics) => rows::metrics(),
        None => return write(arguments, options),
    };
    print(&text(&value)).map(|()| Outcome::Done)
}

/// Writes the schema of every kind of file that is written by hand.
fn write(arguments: &Arguments, options: &SchemaOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let folder = options.out.clone().unwrap_or_else(|| publication.root.join(".signal/schemas"));
    let progress = Progress::new(0, arguments.voice());
    for file in files::files(&publication) {
        let place = folder.join(file.name);
        atomic::write(&place, text(&file.schema).as_bytes())?;
        progress.say(&format!("{}: {}", place.display(), file.of));
    }
    Ok(Outcome::Done)
}

fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a value is JSON") + "\n"
}
