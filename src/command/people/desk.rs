//! What lies before an editor who thinks about people: the publication, its histories, and who is whom.

use std::collections::BTreeSet;
use std::path::Path;

use super::subject::Subject;
use crate::data::document::{self, Document};
use crate::data::history::History;
use crate::data::people::{FILE, People};
use crate::data::publication::{self, Publication};
use crate::data::{mined, settings};
use crate::people::{self, Directory, Resolution, Site};
use crate::plain::{Diagnostic, Kind, Result};

/// The publication, and who is whom in it.
pub struct Desk {
    pub publication: Publication,
    pub histories: Vec<History>,
    pub resolution: Resolution,
}

impl Desk {
    /// Reads everything that was mined.
    pub fn read(root: &Path) -> Result<Self> {
        let publication = publication::read(root)?;
        let histories = mined::read_histories(&publication)?;
        let resolution = people::resolve(&histories, &publication.people)?;
        Ok(Self { publication, histories, resolution })
    }

    pub fn people(&self) -> &Document<People> {
        &self.publication.people
    }

    pub fn directory(&self) -> Directory<'_> {
        Directory::new(&self.histories, &self.resolution.roster)
    }

    /// What the texts stand for. The identity key is asked for when one of them isn't a key itself.
    pub fn subjects(&self, texts: &[String]) -> Result<Vec<Subject>> {
        let needs_key = texts.iter().any(|text| !Subject::is_key(text));
        let publication = &self.publication;
        let identity =
            needs_key.then(|| settings::identity_key(&publication.root, &publication.settings)).transpose()?;
        let subject =
            |text: &String| Subject::new(text, identity.as_ref()).expect("a text that is no key has a key here");
        let subjects: Vec<Subject> = texts.iter().map(subject).collect();
        if let Some(identity) = identity {
            let is_other = |history: &&History| history.state.as_ref().is_some_and(|state| state.key != identity.id());
            if let Some(other) = self.histories.iter().find(is_other) {
                let message =
                    format!("`{}` was mined with another identity key than the publication has now", other.repo);
                let hint = "run `signal mine` first: until then addresses can't be found";
                return Err(Diagnostic::new(Kind::Data, message).hint(hint).into());
            }
        }
        Ok(subjects)
    }

    /// The lines of a subject. Errors when there are none, or when they may not be spoken of.
    pub fn sites(&self, directory: &Directory<'_>, subject: &Subject) -> Result<BTreeSet<Site>> {
        let sites = directory.sites(subject.key);
        if !sites.is_empty() {
            return Ok(sites);
        }
        let Subject { typed, key } = subject;
        if self.people().value.is_withdrawn(*key) {
            let message = format!("`{typed}` opted out: nothing is known or decided about these lines");
            return Err(Diagnostic::new(Kind::Data, message).in_file(FILE.as_ref()).into());
        }
        let hint = if subject.is_plausible() {
            "check the spelling; if the commits are new, run `signal mine` first"
        } else {
            "write an address, `Name <address>`, or a key of 16 hexadecimal digits"
        };
        let message = format!("`{typed}` is in no history: no author line has its key {key}");
        Err(Diagnostic::new(Kind::Reference, message).hint(hint).into())
    }

    /// Writes what was decided, once it is known not to contradict the rest.
    pub fn write(&mut self, decided: Document<People>) -> Result<()> {
        self.resolution = people::resolve(&self.histories, &decided)?;
        document::write(&self.publication.root, FILE.as_ref(), &decided.text)?;
        self.publication.people = decided;
        Ok(())
    }
}
