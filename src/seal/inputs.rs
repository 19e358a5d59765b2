//! What the figures of an edition were made from, as digests.

use serde::Deserialize;

use crate::data::identity_key::{Hash, digest};
use crate::data::publication::Publication;
use crate::metrics::catalogue;
use crate::plain::{Day, Period};

/// What decided the values of a sealed edition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// Until when the publication knew.
    pub as_of: Day,
    /// The first and the last reported period.
    pub from: Period,
    /// The last.
    pub to: Period,
    /// How many repositories were tracked in the edition's period.
    pub repositories: usize,
    /// The mined files, as the edition says it of itself.
    pub data: String,
    /// What every metric means.
    pub catalogue: Hash,
    /// `data/repos.yaml`.
    pub repos: Hash,
    /// `data/people.yaml`, like the following ones the digest of nothing where there is no such file.
    pub people: Hash,
    /// `data/orgs.yaml`.
    pub orgs: Hash,
    /// `data/areas.yaml`.
    pub areas: Hash,
    /// `data/profiles.yaml`.
    pub profiles: Hash,
    /// `data/rules.yaml`.
    pub rules: Hash,
}

impl Inputs {
    /// Of a publication as it stands; `data` is the digest of its mined files.
    #[must_use]
    pub fn of(publication: &Publication, period: Period, data: &str) -> Self {
        let settings = &publication.settings.value;
        let tracked = publication.registry.value.repos().filter(|(_, repo)| repo.is_tracked(period));
        let file = |text: &str| digest(text.as_bytes());
        Self {
            as_of: settings.as_of.day(),
            from: settings.periods.value.from,
            to: settings.periods.value.to,
            repositories: tracked.count(),
            data: data.to_owned(),
            catalogue: meanings(),
            repos: file(&publication.registry.text),
            people: file(&publication.people.text),
            orgs: file(&publication.organisations.text),
            areas: file(&publication.areas.text),
            profiles: file(&publication.profiles.text),
            rules: file(&publication.rules.text),
        }
    }

    /// The digests with their names, in the order of the file.
    #[must_use]
    pub fn digests(&self) -> Vec<(&'static str, String)> {
        let others = [
            ("catalogue", self.catalogue),
            ("repos", self.repos),
            ("people", self.people),
            ("orgs", self.orgs),
            ("areas", self.areas),
            ("profiles", self.profiles),
            ("rules", self.rules),
        ];
        let others = others.into_iter().map(|(name, digest)| (name, digest.to_string()));
        std::iter::once(("data", self.data.clone())).chain(others).collect()
    }

    /// What is another now, in words.
    #[must_use]
    pub fn changed(&self, now: &Self) -> Vec<&'static str> {
        let pairs = self.digests().into_iter().zip(now.digests());
        pairs.filter(|((_, sealed), (_, now))| sealed != now).map(|((name, _), _)| title(name)).collect()
    }
}

fn title(name: &str) -> &'static str {
    match name {
        "data" => "the mined data",
        "catalogue" => "the definitions of metrics",
        "repos" => "data/repos.yaml",
        "people" => "data/people.yaml",
        "orgs" => "data/orgs.yaml",
        "areas" => "data/areas.yaml",
        "profiles" => "data/profiles.yaml",
        _ => "data/rules.yaml",
    }
}

/// The catalogue's version: a digest of what the metrics are called, how they are measured, and what they mean.
fn meanings() -> Hash {
    let meaning = |metric: &catalogue::Metric| {
        [metric.name, metric.label, metric.unit.name(), metric.definition, metric.source.unwrap_or_default()].join("\t")
    };
    let meanings: Vec<String> = catalogue::all().iter().map(meaning).collect();
    digest(meanings.join("\n").as_bytes())
}
