//! `data/orgs.yaml`: which organisation a domain belongs to, and since when.

use serde::Deserialize;

use super::document::Spanned;
use crate::plain::Day;

/// The file's name.
pub const FILE: &str = "data/orgs.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisations {
    /// The organisations.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// Hosts of mail for everybody; they name no organisation. Added to the shipped ones.
    #[serde(default)]
    pub free_mail: Vec<String>,
    /// Domain suffixes of academia. Added to the shipped ones.
    #[serde(default)]
    pub academia: Vec<String>,
}

/// An organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// What stands for it.
    pub slug: Spanned<String>,
    /// What readers see.
    pub name: String,
    /// Its domains; subdomains belong to it as well.
    pub domains: Vec<Domain>,
}

/// A domain, for all time or for a while.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Domain {
    /// For all time.
    Always(String),
    /// From the first day, up to but without the last.
    Dated(DatedDomain),
}

/// A domain that an organisation had for a while: before an acquisition it was somebody else's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedDomain {
    /// The domain.
    pub domain: String,
    /// The first day.
    #[serde(default)]
    pub from: Option<Day>,
    /// The first day after.
    #[serde(default)]
    pub to: Option<Day>,
}

impl Domain {
    /// The domain's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Always(name) => name,
            Self::Dated(dated) => &dated.domain,
        }
    }
}

const SHIPPED: &str = include_str!("defaults/organisations.yaml");

impl Organisations {
    /// With the shipped free-mail hosts and academic suffixes added.
    #[must_use]
    pub fn with_shipped(mut self) -> Self {
        let shipped: Self = serde_saphyr::from_str(SHIPPED).expect("the shipped file is tested");
        self.free_mail.extend(shipped.free_mail);
        self.academia.extend(shipped.academia);
        self
    }
}

/// Whether `domain` is `suffix` or lies under it, by whole labels: `mit.edu` is under `edu`, `medu` isn't.
#[must_use]
pub fn is_under(domain: &str, suffix: &str) -> bool {
    domain.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
