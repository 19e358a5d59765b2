//! What a figure is about.

use std::borrow::Cow;
use std::fmt;

/// A part of the corpus, the whole, or two parts and what is between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// An area of the work, by its slug.
    Area(String),
    /// A category, by its slug.
    Category(String),
    /// All tracked repositories.
    Corpus,
    /// People who are new in the second, and were active in the first before.
    Expansion(Side, Side),
    /// People whose home was the first and is the second.
    Flow(Side, Side),
    /// A group of categories, by its slug.
    Group(String),
    /// An organisation, by its slug.
    Organisation(String),
    /// People who are active in both; the smaller side stands first, as `Scope::overlap` puts them.
    Overlap(Side, Side),
    /// People who do some kind of work, by the slug of the profile.
    Profile(String),
    /// A repository, by its id.
    Repo(String),
    /// Several parts together: sorted, as `Scope::union` puts them.
    Union(Vec<Side>),
    /// All repositories that one vendor leads, by its slug.
    Vendor(String),
}

/// One of several parts: a category stands by its bare slug, everything else with its kind, `repo:jax-ml--jax`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side(String);

impl Side {
    /// A scope as a side; none when it isn't a single part.
    #[must_use]
    pub fn of(scope: &Scope) -> Option<Self> {
        match scope {
            Scope::Category(slug) => Some(Self(slug.clone())),
            Scope::Expansion(..) | Scope::Flow(..) | Scope::Overlap(..) | Scope::Union(_) => None,
            single => Some(Self(single.to_string())),
        }
    }

    /// A category as a side.
    #[must_use]
    pub fn category(slug: &str) -> Self {
        Self(slug.to_owned())
    }

    /// As it is written between the signs of a subject.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scope that it stands for.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self.0.split_once(':') {
            Some(("area", slug)) => Scope::Area(slug.to_owned()),
            Some(("group", slug)) => Scope::Group(slug.to_owned()),
            Some(("org", slug)) => Scope::Organisation(slug.to_owned()),
            Some(("profile", slug)) => Scope::Profile(slug.to_owned()),
            Some(("repo", id)) => Scope::Repo(id.to_owned()),
            Some(("vendor", slug)) => Scope::Vendor(slug.to_owned()),
            None if self.0 == "corpus" => Scope::Corpus,
            _ => Scope::Category(self.0.clone()),
        }
    }
}

impl Scope {
    /// The kinds of scopes, as in the `scope` column of tidy rows, sorted.
    pub const KINDS: [&str; 12] = [
        "area",
        "category",
        "corpus",
        "expansion",
        "flow",
        "group",
        "org",
        "overlap",
        "profile",
        "repo",
        "union",
        "vendor",
    ];

    /// What is between two parts; their order doesn't matter.
    #[must_use]
    pub fn overlap(a: Side, b: Side) -> Self {
        if a <= b { Self::Overlap(a, b) } else { Self::Overlap(b, a) }
    }

    /// Several parts together; their order and number of mentions don't matter.
    #[must_use]
    pub fn union(mut sides: Vec<Side>) -> Self {
        sides.sort_unstable();
        sides.dedup();
        Self::Union(sides)
    }

    /// Whether it consists of repositories, possibly several, whole and with all their people.
    #[must_use]
    pub fn is_set(&self) -> bool {
        matches!(self, Self::Corpus | Self::Group(_) | Self::Category(_) | Self::Vendor(_) | Self::Union(_))
    }

    /// As in the `scope` column of tidy rows.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Area(_) => "area",
            Self::Category(_) => "category",
            Self::Corpus => "corpus",
            Self::Expansion(..) => "expansion",
            Self::Flow(..) => "flow",
            Self::Group(_) => "group",
            Self::Organisation(_) => "org",
            Self::Overlap(..) => "overlap",
            Self::Profile(_) => "profile",
            Self::Repo(_) => "repo",
            Self::Union(_) => "union",
            Self::Vendor(_) => "vendor",
        }
    }

    /// As in the `subject` column of tidy rows: `kernels`, `edge+kernels`, `edge>kernels`.
    #[must_use]
    pub fn subject(&self) -> Cow<'_, str> {
        match self {
            Self::Corpus => Cow::Borrowed("corpus"),
            Self::Area(name)
            | Self::Category(name)
            | Self::Group(name)
            | Self::Organisation(name)
            | Self::Profile(name)
            | Self::Repo(name)
            | Self::Vendor(name) => Cow::Borrowed(name),
            Self::Overlap(a, b) => Cow::Owned(format!("{}+{}", a.0, b.0)),
            Self::Expansion(a, b) | Self::Flow(a, b) => Cow::Owned(format!("{}>{}", a.0, b.0)),
            Self::Union(sides) => Cow::Owned(sides.iter().map(Side::as_str).collect::<Vec<_>>().join("+")),
        }
    }
}

impl fmt::Display for Scope {
    /// `corpus`, `category:kernels`, `repo:jax-ml--jax`, `flow:edge>kernels`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corpus => f.write_str("corpus"),
            _ => write!(f, "{}:{}", self.kind(), self.subject()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_a_scope_and_back() {
        let singles = [
            Scope::Corpus,
            Scope::Area("a".to_owned()),
            Scope::Category("c".to_owned()),
            Scope::Group("g".to_owned()),
            Scope::Organisation("o".to_owned()),
            Scope::Profile("p".to_owned()),
            Scope::Repo("x--y".to_owned()),
            Scope::Vendor("v".to_owned()),
        ];
        for scope in singles {
            assert_eq!(Side::of(&scope).map(|side| side.scope()), Some(scope));
        }
        assert_eq!(Side::of(&Scope::union(Vec::new())), None);
    }

    #[test]
    fn pairs_are_written_with_their_sides() {
        let (edge, jax) = (Side::category("edge"), Side::of(&Scope::Repo("jax-ml--jax".to_owned())).unwrap());
        assert_eq!(Scope::overlap(jax.clone(), edge.clone()).to_string(), "overlap:edge+repo:jax-ml--jax");
        assert_eq!(Scope::Flow(jax.clone(), edge.clone()).to_string(), "flow:repo:jax-ml--jax>edge");
        assert_eq!(Scope::union(vec![jax.clone(), edge, jax]).subject(), "edge+repo:jax-ml--jax");
    }
}
