//! From what editors call a thing to its scope, and from a scope to what readers call it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::members::Members;
use crate::data::publication::Publication;
use crate::data::registry::Registry;
use crate::metrics::{Scope, Side};
use crate::plain::text::listed;
use crate::plain::{slug, suggest};

/// What things may be called; upper and lower case don't differ.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Ids, aliases, short names and former names of repositories: an earlier one wins.
    repos: [BTreeMap<String, BTreeSet<String>>; 4],
    /// What a hint may propose for a repository, as written.
    known: Vec<String>,
    /// By kind, then by slug: the name. Repositories are here for their titles.
    parts: BTreeMap<&'static str, BTreeMap<String, String>>,
    members: Members,
}

/// The kinds of scopes that have a name of their own.
pub const PARTS: [&str; 7] = ["area", "category", "group", "org", "profile", "repo", "vendor"];

/// The kinds of scopes that are made of others, with the sign between them.
const PAIRS: [(&str, char); 4] = [("expansion", '>'), ("flow", '>'), ("overlap", '+'), ("union", '+')];

/// What a scope may look like, for hints.
pub const SCOPES: &str = "write `corpus`, `category:SLUG`, `repo:NAME`, `group:`, `vendor:`, `org:`, `area:` or \
                          `profile:` with a name, `overlap:A+B`, `union:A+B`, `flow:A>B` or `expansion:A>B`";

/// What readers call a kind of scope.
#[must_use]
pub fn noun(kind: &str) -> &str {
    match kind {
        "org" => "organisation",
        "repo" => "repository",
        other => other,
    }
}

impl Names {
    /// The names of a publication.
    #[must_use]
    pub fn of(publication: &Publication) -> Self {
        let organisations = publication.organisations.value.organisations.iter();
        let areas = publication.areas.value.areas.iter();
        let profiles = publication.profiles.value.profiles.iter();
        Self::new(&publication.registry.value)
            .with("org", organisations.map(|one| (one.slug.value.as_str(), one.name.as_str())))
            .with("area", areas.map(|one| (one.slug.value.as_str(), one.title.as_str())))
            .with("profile", profiles.map(|one| (one.slug.value.as_str(), one.title.as_str())))
    }

    /// The names of a registry.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let mut names = Self { members: Members::new(registry), ..Self::default() };
        let mut parts: BTreeMap<&'static str, BTreeMap<String, String>> = BTreeMap::new();
        let mut part = |kind: &'static str, slug: String, name: &str| {
            parts.entry(kind).or_default().entry(slug).or_insert_with(|| name.to_owned());
        };
        for category in &registry.categories {
            part("category", category.slug.value.clone(), &category.title);
            category.group.iter().for_each(|group| part("group", slug::slug(group), group));
        }
        for (_, repo) in registry.repos() {
            let id = &repo.id.value;
            part("repo", id.clone(), repo.title());
            repo.vendor.iter().for_each(|vendor| part("vendor", slug::slug(vendor), vendor));
            let mut add = |rank: usize, name: &str| {
                names.repos[rank].entry(name.to_lowercase()).or_default().insert(id.clone());
                names.known.push(name.to_owned());
            };
            add(0, id);
            repo.aliases.iter().for_each(|alias| add(1, &alias.value));
            add(2, repo.short());
            repo.was.iter().for_each(|was| add(3, was));
        }
        names.known.sort_unstable();
        names.known.dedup();
        Self { parts, ..names }
    }

    /// The same with the slugs and names of a further kind, which is one of `PARTS`.
    #[must_use]
    pub fn with<'a>(mut self, kind: &'static str, things: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let things = things.into_iter().map(|(slug, name)| (slug.to_owned(), name.to_owned()));
        self.parts.entry(kind).or_default().extend(things);
        self
    }

    /// The slugs of a kind (one of `PARTS`) with what readers call them.
    pub fn called(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        self.parts.get(kind).into_iter().flatten().map(|(slug, name)| (slug.as_str(), name.as_str()))
    }

    /// Which repositories and categories belong where.
    #[must_use]
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// The part of a kind (one of `PARTS`) that a slug or a name stands for.
    ///
    /// The error is a hint: what may have been meant, or what the name could stand for.
    pub fn part(&self, kind: &str, name: &str) -> Result<Scope, String> {
        if kind == "repo" {
            return self.repo(name);
        }
        let empty = BTreeMap::new();
        let parts = self.parts.get(kind).unwrap_or(&empty);
        let written = name.trim().to_lowercase();
        let is_exact = |slug: &&String| slug.to_lowercase() == written;
        let slugged = slug::slug(&written);
        let is_named = |(slug, name): &(&String, &String)| **slug == slugged || slug::slug(name) == slugged;
        let found: Vec<&String> = match parts.keys().find(is_exact) {
            Some(exact) => vec![exact],
            None => parts.iter().filter(is_named).map(|(slug, _)| slug).collect(),
        };
        match found[..] {
            [slug] => Ok(scope_of(kind, slug.clone())),
            [] => {
                let near = suggest::nearest(name, parts.keys().chain(parts.values()).map(String::as_str));
                let near = near.map(|near| format!("did you mean `{near}`?"));
                Err(near.unwrap_or_else(|| suggest::hint(name, parts.keys().map(String::as_str))))
            }
            _ => Err(ambiguous(name, found)),
        }
    }

    /// The repository of an id, alias, short name or former name; `owner/name` is read as `owner--name`.
    fn repo(&self, name: &str) -> Result<Scope, String> {
        let written = name.trim().to_lowercase();
        let as_id = written.replace('/', "--");
        let found = self.repos.iter().find_map(|names| names.get(&written).or_else(|| names.get(&as_id)));
        let Some(ids) = found else {
            return Err(suggest::hint(name, self.known.iter().map(String::as_str)));
        };
        match ids.first() {
            Some(id) if ids.len() == 1 => Ok(Scope::Repo(id.clone())),
            _ => Err(ambiguous(name, ids)),
        }
    }

    /// What a kind of pair (`overlap`, `union`, `flow`, `expansion`) makes of parts. The error is a hint.
    pub fn pair(kind: &str, parts: &[Scope]) -> Result<Scope, String> {
        let sides: Option<Vec<Side>> = parts.iter().map(Side::of).collect();
        let sides = sides.ok_or("name single parts")?;
        if kind == "union" {
            return match Scope::union(sides) {
                Scope::Union(sides) if sides.len() < 2 => Err("name two parts or more".to_owned()),
                union => Ok(union),
            };
        }
        let [a, b]: [Side; 2] = sides.try_into().map_err(|_| "name two parts".to_owned())?;
        if a == b {
            return Err("name two different parts".to_owned());
        }
        Ok(match kind {
            "flow" => Scope::Flow(a, b),
            "expansion" => Scope::Expansion(a, b),
            _ => Scope::overlap(a, b),
        })
    }

    /// The scope of `corpus`, `category:kernels`, `repo:jax`, `overlap:edge+kernels`, `flow:repo:jax>repo:flax` and
    /// so on; between the signs a category stands without its kind. The error is a hint.
    pub fn scope(&self, text: &str) -> Result<Scope, String> {
        let text = text.trim();
        let (kind, rest) = match text.split_once(':') {
            None if text == "corpus" => return Ok(Scope::Corpus),
            Some((kind, rest)) => (kind, rest),
            None => return Err(SCOPES.to_owned()),
        };
        if PARTS.contains(&kind) {
            return self.part(kind, rest);
        }
        let Some((_, sign)) = PAIRS.iter().find(|(name, _)| *name == kind) else {
            return Err(SCOPES.to_owned());
        };
        let sides = rest.split(*sign).map(|side| match side.trim() {
            side if side == "corpus" || side.contains(':') => self.scope(side),
            slug => self.part("category", slug),
        });
        let sides = sides.collect::<Result<Vec<Scope>, String>>()?;
        Self::pair(kind, &sides).map_err(|hint| match sign {
            '>' => format!("{hint}, as in `{kind}:edge>kernels`"),
            _ => format!("{hint}, as in `{kind}:edge+kernels`"),
        })
    }

    /// What readers call a scope.
    #[must_use]
    pub fn title<'a>(&'a self, scope: &'a Scope) -> Cow<'a, str> {
        let side = |side: &Side| self.title(&side.scope()).into_owned();
        match scope {
            Scope::Corpus => Cow::Borrowed("All repositories"),
            Scope::Overlap(a, b) => Cow::Owned(format!("{} and {}", side(a), side(b))),
            Scope::Expansion(a, b) | Scope::Flow(a, b) => Cow::Owned(format!("{} → {}", side(a), side(b))),
            Scope::Union(sides) => Cow::Owned(listed(&sides.iter().map(side).collect::<Vec<_>>(), "or")),
            single => {
                let subject = single.subject();
                let name = self.parts.get(single.kind()).and_then(|parts| parts.get(subject.as_ref()));
                name.map_or(subject, |name| Cow::Borrowed(name))
            }
        }
    }
}

/// The scope of a slug that is known to be one of a kind.
fn scope_of(kind: &str, slug: String) -> Scope {
    match kind {
        "area" => Scope::Area(slug),
        "category" => Scope::Category(slug),
        "group" => Scope::Group(slug),
        "org" => Scope::Organisation(slug),
        "profile" => Scope::Profile(slug),
        "repo" => Scope::Repo(slug),
        _ => Scope::Vendor(slug),
    }
}

fn ambiguous<'a>(name: &str, slugs: impl IntoIterator<Item = &'a String>) -> String {
    let slugs: Vec<String> = slugs.into_iter().map(|slug| format!("`{slug}`")).collect();
    format!("`{name}` could be any of {}; write the one that is meant", slugs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let yaml = "
categories:
  - slug: serving
    title: Serving
    group: Real Time
    repos:
      - { id: vllm-project--vllm, path: a, aliases: [vLLM, fast one], vendor: Hugging Face }
      - { id: ggml-org--llama.cpp, path: b, was: [ggerganov/llama.cpp] }
      - { id: one--core, path: c, vendor: nvidia }
  - slug: Edge
    title: On-device
    repos:
      - { id: two--core, path: d, was: [vllm] }
";
        let registry = serde_saphyr::from_str(yaml).expect("a registry");
        Names::new(&registry).with("org", [("amd", "AMD"), ("u-bern", "University of Bern")])
    }

    fn repo(id: &str) -> Scope {
        Scope::Repo(id.to_owned())
    }

    fn written(text: &str) -> Result<String, String> {
        names().scope(text).map(|scope| scope.to_string())
    }

    #[test]
    fn a_repository_answers_to_all_its_names() {
        for name in ["vllm-project--vllm", "vLLM", "VLLM", "Fast One", "vllm-project/vllm", " vllm "] {
            assert_eq!(names().part("repo", name), Ok(repo("vllm-project--vllm")), "{name}");
        }
        assert_eq!(names().part("repo", "llama.cpp"), Ok(repo("ggml-org--llama.cpp")));
        assert_eq!(names().part("repo", "ggerganov/llama.cpp"), Ok(repo("ggml-org--llama.cpp")));
    }

    #[test]
    fn a_name_that_two_bear_is_refused() {
        let hint = "`core` could be any of `one--core`, `two--core`; write the one that is meant";
        assert_eq!(names().part("repo", "core"), Err(hint.to_owned()));
        assert_eq!(names().part("repo", "one/core"), Ok(repo("one--core")));
        let twice = names().with("org", [("a", "Acme"), ("b", "ACME")]);
        let hint = "`acme` could be any of `a`, `b`; write the one that is meant";
        assert_eq!(twice.part("org", "acme"), Err(hint.to_owned()));
    }

    #[test]
    fn parts_answer_to_slugs_and_names() {
        for (kind, name, slug) in [
            ("category", "EDGE", "Edge"),
            ("category", "on-device", "Edge"),
            ("group", "Real Time", "real-time"),
            ("group", "real-time", "real-time"),
            ("vendor", "hugging face", "hugging-face"),
            ("vendor", "NVIDIA", "nvidia"),
            ("org", "University of Bern", "u-bern"),
            ("org", "AMD", "amd"),
        ] {
            let found = names().part(kind, name).map(|scope| scope.to_string());
            assert_eq!(found, Ok(format!("{kind}:{slug}")), "{name}");
        }
    }

    #[test]
    fn what_is_unknown_gets_a_hint() {
        assert_eq!(names().part("repo", "vlllm"), Err("did you mean `vLLM`?".to_owned()));
        assert_eq!(names().part("category", "edgy"), Err("did you mean `Edge`?".to_owned()));
        assert_eq!(names().part("category", "quiet"), Err("there are: Edge, serving".to_owned()));
        assert_eq!(names().part("vendor", "huging face"), Err("did you mean `Hugging Face`?".to_owned()));
        assert_eq!(names().part("area", "kernels"), Err("there is none to choose from".to_owned()));
    }

    #[test]
    fn scopes_are_written_as_they_are_printed() {
        for (text, scope) in [
            ("corpus", "corpus"),
            ("category:edge", "category:Edge"),
            ("repo:vllm", "repo:vllm-project--vllm"),
            ("org:AMD", "org:amd"),
            ("vendor:Hugging Face", "vendor:hugging-face"),
            ("overlap:serving+edge", "overlap:Edge+serving"),
            ("overlap:repo:llama.cpp+edge", "overlap:Edge+repo:ggml-org--llama.cpp"),
            ("flow:edge>serving", "flow:Edge>serving"),
            ("flow:repo:one/core>repo:vllm", "flow:repo:one--core>repo:vllm-project--vllm"),
            ("expansion:category:edge > serving", "expansion:Edge>serving"),
            ("union:serving+edge+org:amd", "union:Edge+org:amd+serving"),
        ] {
            assert_eq!(written(text), Ok(scope.to_owned()));
            assert_eq!(written(scope), Ok(scope.to_owned()));
        }
    }

    #[test]
    fn what_is_no_scope_is_told_how_to_write_one() {
        assert_eq!(written("kernels"), Err(SCOPES.to_owned()));
        assert_eq!(written("person:x"), Err(SCOPES.to_owned()));
        assert_eq!(written("flow:edgy>serving"), Err("did you mean `Edge`?".to_owned()));
        let hint = |kind: &str, what: &str, sign: char| Err(format!("name {what}, as in `{kind}:edge{sign}kernels`"));
        assert_eq!(written("flow:edge>edge"), hint("flow", "two different parts", '>'));
        assert_eq!(written("flow:edge>serving>edge"), hint("flow", "two parts", '>'));
        assert_eq!(written("overlap:edge"), hint("overlap", "two parts", '+'));
        assert_eq!(written("union:edge+edge"), hint("union", "two parts or more", '+'));
        assert!(written("overlap:edge+overlap:edge").is_err());
    }

    #[test]
    fn titles_are_what_readers_read() {
        let names = names();
        let title = |text: &str| names.title(&names.scope(text).unwrap()).into_owned();
        assert_eq!(title("corpus"), "All repositories");
        assert_eq!(title("org:u-bern"), "University of Bern");
        assert_eq!(title("overlap:edge+serving"), "On-device and Serving");
        assert_eq!(title("flow:repo:vllm>edge"), "vLLM → On-device");
        assert_eq!(title("union:edge+serving+group:real-time"), "On-device, Real Time or Serving");
        assert_eq!(names.title(&Scope::Area("x".to_owned())), "x");
    }
}
