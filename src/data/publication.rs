//! A whole publication, read and checked: everything that is written by hand.

use std::path::{Path, PathBuf};

use super::areas::{self, Areas};
use super::document::{self, Document};
use super::organisations::{self, Organisations};
use super::people::{self, People};
use super::profiles::{self, Profiles};
use super::registry::{self, Registry};
use super::rules::{self, Rules};
use super::settings::{self, Settings};
use super::sources::{self, Sources};
use crate::plain::Result;
use crate::plain::diagnostic::Collector;

/// Everything that is written by hand, but for the text.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The folder.
    pub root: PathBuf,
    /// `signal.yaml`.
    pub settings: Document<Settings>,
    /// `data/repos.yaml`.
    pub registry: Document<Registry>,
    /// `data/people.yaml`; empty when there is none.
    pub people: Document<People>,
    /// `data/orgs.yaml`, with the shipped classes.
    pub organisations: Document<Organisations>,
    /// `data/areas.yaml`, with the shipped areas.
    pub areas: Document<Areas>,
    /// `data/profiles.yaml`; empty when there is none.
    pub profiles: Document<Profiles>,
    /// `data/rules.yaml`; empty when there is none.
    pub rules: Document<Rules>,
    /// `data/sources.yaml`; empty when there is none.
    pub sources: Document<Sources>,
}

impl Publication {
    /// Whether its files say what they said when it was read.
    #[must_use]
    pub fn is_current(&self) -> bool {
        // Named one by one, so that whatever joins them has to be thought of here.
        let Self { root, settings, registry, people, organisations, areas, profiles, rules, sources } = self;
        let files = [(&settings.file, &settings.text), (&registry.file, &registry.text), (&people.file, &people.text)];
        let more = [(&areas.file, &areas.text), (&profiles.file, &profiles.text), (&rules.file, &rules.text)];
        let last = [(&organisations.file, &organisations.text), (&sources.file, &sources.text)];
        files.into_iter().chain(more).chain(last).all(|(file, text)| match root.join(file).symlink_metadata() {
            // What has no text wasn't there.
            Ok(_) => !text.is_empty() && document::text(root, file).is_ok_and(|now| now == *text),
            Err(_) => text.is_empty(),
        })
    }
}

/// Reads a publication.
pub fn read(root: &Path) -> Result<Publication> {
    let settings = settings::read(root)?;
    let mut faults = Collector::default();
    let registry = faults.keep(document::read::<Registry>(root, "data/repos.yaml").and_then(|document| {
        registry::validate(&document)?;
        Ok(document)
    }));
    let people = faults.keep(document::read_or_default::<People>(root, people::FILE));
    let organisations = document::read_or_default::<Organisations>(root, organisations::FILE).and_then(|document| {
        organisations::validate(&document)?;
        Ok(document)
    });
    let organisations = faults.keep(organisations);
    let areas = faults.keep(document::read_or_default::<Areas>(root, areas::FILE).and_then(|document| {
        areas::validate(&document)?;
        Ok(document)
    }));
    let rules = faults.keep(document::read_or_default::<Rules>(root, rules::FILE).and_then(|document| {
        rules::validate(&document)?;
        Ok(document)
    }));
    let sources = faults.keep(document::read_or_default::<Sources>(root, sources::FILE).and_then(|document| {
        sources::validate(&document)?;
        Ok(document)
    }));
    let profiles = faults.keep(document::read_or_default::<Profiles>(root, profiles::FILE));
    faults.finish(())?;
    let complete = "the parts that failed have been reported";
    let (registry, profiles) = (registry.expect(complete), profiles.expect(complete));
    let mut organisations = organisations.expect(complete);
    organisations.value = organisations.value.with_shipped();
    let mut areas = areas.expect(complete);
    areas.value = areas.value.with_shipped();
    profiles::validate(&profiles, &registry.value, &areas.value)?;
    Ok(Publication {
        root: root.to_owned(),
        settings,
        registry,
        people: people.expect(complete),
        organisations,
        areas,
        profiles,
        rules: rules.expect(complete),
        sources: sources.expect(complete),
    })
}
