//! `data/orgs.yaml`: which organisation a domain belongs to, and since when.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use crate::plain::diagnostic::Collector;
use crate::plain::{Day, Kind, Result};

/// The file's name.
pub const FILE: &str = "data/orgs.yaml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// What stands for it.
    #[schemars(with = "String")]
    pub slug: Spanned<String>,
    /// What readers see.
    pub name: String,
    /// Its domains; subdomains belong to it as well.
    #[schemars(with = "Vec<Domain>")]
    pub domains: Vec<Spanned<Domain>>,
}

/// A domain, for all time or for a while.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Domain {
    /// For all time.
    Always(String),
    /// From the first day, up to but without the last.
    Dated(DatedDomain),
}

/// A domain that an organisation had for a while: before an acquisition it was somebody else's.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
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

    /// The first day on which it holds and the first after; `None` is without a bound.
    #[must_use]
    pub fn span(&self) -> (Option<Day>, Option<Day>) {
        match self {
            Self::Always(_) => (None, None),
            Self::Dated(dated) => (dated.from, dated.to),
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

/// Whether a text has the form of a host name with two labels or more.
#[must_use]
pub fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether a text can stand for an organisation: small letters, digits and hyphens.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= 100 && !text.starts_with('-') && text.chars().all(fits)
}

/// Checks what the types can't say: unique slugs, domains that can be ones, and no day on which a domain is claimed twice.
pub fn validate(document: &Document<Organisations>) -> Result<()> {
    let mut faults = Collector::default();
    let mut slugs = BTreeSet::new();
    let mut claims: BTreeMap<String, Vec<(&str, &Domain)>> = BTreeMap::new();
    for organisation in &document.value.organisations {
        let slug = &organisation.slug;
        if !is_slug(&slug.value) {
            let message = format!("`{}` can't be a slug", slug.value);
            let hint = "use small letters, digits and `-`, beginning with a letter or digit";
            faults.push(document.fault(Kind::Syntax, slug, message).hint(hint));
        }
        if !slugs.insert(&slug.value) {
            let message = format!("the organisation `{}` stands twice", slug.value);
            faults.push(document.fault(Kind::Data, slug, message).hint("give both one list of domains"));
        }
        for domain in &organisation.domains {
            let name = domain.value.name();
            if !is_domain(name) {
                let message = format!("`{name}` is not a domain");
                faults.push(document.fault(Kind::Syntax, domain, message).hint("write it as in `example.org`"));
            }
            let (from, to) = domain.value.span();
            if let (Some(from), Some(to)) = (from, to)
                && from >= to
            {
                let message = format!("`{name}` ends on {to}, before it begins on {from}");
                faults.push(document.fault(Kind::Data, domain, message).hint("`to` is the first day after"));
            }
            let others = claims.entry(name.to_lowercase()).or_default();
            if let Some((other, _)) = others.iter().find(|(_, other)| overlap(&domain.value, other)) {
                let message = if *other == slug.value {
                    format!("`{name}` stands twice under `{other}`, for the same days")
                } else {
                    format!("`{name}` belongs to `{other}` on some of the same days")
                };
                let hint = "let one end on the day on which the other begins: `{domain: …, to: 2024-07-01}`";
                faults.push(document.fault(Kind::Data, domain, message).hint(hint));
            }
            others.push((&slug.value, &domain.value));
        }
    }
    faults.finish(())
}

/// Whether two domains hold on one day, whatever their names.
#[must_use]
pub fn overlap(one: &Domain, other: &Domain) -> bool {
    let ((from, to), (other_from, other_to)) = (one.span(), other.span());
    let begins_before = |from: Option<Day>, to: Option<Day>| from.zip(to).is_none_or(|(from, to)| from < to);
    begins_before(from, other_to) && begins_before(other_from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::document;
    use crate::plain::Faults;

    /// The faults of a file, each with its line.
    fn faults(text: &str) -> Vec<(usize, String)> {
        let value = document::parse(FILE.as_ref(), text).expect("the test's own file");
        let found = validate(&Document { file: FILE.into(), text: text.to_owned(), value });
        let at = |fault: &crate::plain::Diagnostic| fault.place.as_ref().expect("a place").line;
        found.err().iter().flat_map(Faults::iter).map(|fault| (at(fault), fault.message.clone())).collect()
    }

    #[test]
    fn a_domain_may_change_hands_on_a_day() {
        let text = "organisations:\n- slug: a\n  name: A\n  domains: [a.test, {domain: b.test, from: 2024-02-01}]\n\
                    - slug: b\n  name: B\n  domains:\n  - {domain: B.test, to: 2024-02-01}\n  - sub.a.test\n";
        assert_eq!(faults(text), []);
        let twice = text.replace("to: 2024-02-01", "to: 2024-02-02");
        assert_eq!(faults(&twice), [(8, "`B.test` belongs to `a` on some of the same days".to_owned())]);
        let always = text.replace("sub.a.test", "a.test");
        assert_eq!(faults(&always), [(9, "`a.test` belongs to `a` on some of the same days".to_owned())]);
        let own = text.replace("sub.a.test", "{domain: b.test, from: 2024-01-01, to: 2024-01-31}");
        assert_eq!(faults(&own), [(9, "`b.test` stands twice under `b`, for the same days".to_owned())]);
        let empty = text.replace("sub.a.test", "{domain: c.test, from: 2024-01-02, to: 2024-01-02}");
        assert_eq!(faults(&empty), [(9, "`c.test` ends on 2024-01-02, before it begins on 2024-01-02".to_owned())]);
    }

    #[test]
    fn a_slug_stands_once_and_domains_have_the_form_of_one() {
        let text = "organisations:\n- {slug: a, name: A, domains: [test]}\n- {slug: a, name: B, domains: [x..test]}\n\
                    - {slug: B b, name: B, domains: ['@b.test', -b.test, a@b.test]}\n";
        let found: Vec<(usize, String)> = faults(text);
        let expected = [
            (2, "`test` is not a domain"),
            (3, "the organisation `a` stands twice"),
            (3, "`x..test` is not a domain"),
            (4, "`B b` can't be a slug"),
            (4, "`@b.test` is not a domain"),
            (4, "`-b.test` is not a domain"),
            (4, "`a@b.test` is not a domain"),
        ];
        assert_eq!(found, expected.map(|(line, message)| (line, message.to_owned())));
    }
}
