//! From what editors call a repository or a category to its scope.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::registry::Registry;
use crate::metrics::Scope;
use crate::plain::suggest;

/// What editors may call things; upper and lower case don't differ.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Ids, aliases, short names and former names: an earlier one wins.
    repos: [BTreeMap<String, BTreeSet<String>>; 4],
    /// What a hint may propose, as written.
    known: Vec<String>,
    categories: BTreeMap<String, String>,
}

impl Names {
    /// The names of a registry.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let mut names = Self::default();
        for category in &registry.categories {
            names.categories.insert(category.slug.value.to_lowercase(), category.slug.value.clone());
        }
        for (_, repo) in registry.repos() {
            let id = &repo.id.value;
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
        names
    }

    /// The repository of an id, alias, short name or former name; `owner/name` is read as `owner--name`.
    ///
    /// The error is a hint: what may have been meant, or which ids the name could stand for.
    pub fn repo(&self, name: &str) -> Result<Scope, String> {
        let written = name.trim().to_lowercase();
        let as_id = written.replace('/', "--");
        let found = self.repos.iter().find_map(|names| names.get(&written).or_else(|| names.get(&as_id)));
        let Some(ids) = found else {
            return Err(suggest::hint(name, self.known.iter().map(String::as_str)));
        };
        match ids.first() {
            Some(id) if ids.len() == 1 => Ok(Scope::Repo(id.clone())),
            _ => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                Err(format!("`{name}` could be any of {}; write the one that is meant", ids.join(", ")))
            }
        }
    }

    /// The category of a slug. The error is a hint.
    pub fn category(&self, slug: &str) -> Result<Scope, String> {
        match self.categories.get(&slug.trim().to_lowercase()) {
            Some(slug) => Ok(Scope::Category(slug.clone())),
            None => Err(suggest::hint(slug, self.categories.values().map(String::as_str))),
        }
    }

    /// The scope of `corpus`, `category:kernels` or `repo:jax`. The error is a hint.
    pub fn scope(&self, text: &str) -> Result<Scope, String> {
        match text.split_once(':') {
            None if text == "corpus" => Ok(Scope::Corpus),
            Some(("category", slug)) => self.category(slug),
            Some(("repo", name)) => self.repo(name),
            _ => Err("write `corpus`, `category:SLUG` or `repo:NAME`".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let yaml = "
categories:
  - slug: serving
    title: Serving
    repos:
      - { id: vllm-project--vllm, path: a, aliases: [vLLM, fast one] }
      - { id: ggml-org--llama.cpp, path: b, was: [ggerganov/llama.cpp] }
      - { id: one--core, path: c }
  - slug: Edge
    title: Edge
    repos:
      - { id: two--core, path: d, was: [vllm] }
";
        Names::new(&serde_saphyr::from_str(yaml).expect("a registry"))
    }

    fn repo(id: &str) -> Scope {
        Scope::Repo(id.to_owned())
    }

    #[test]
    fn a_repository_answers_to_all_its_names() {
        for name in ["vllm-project--vllm", "vLLM", "VLLM", "Fast One", "vllm-project/vllm", " vllm "] {
            assert_eq!(names().repo(name), Ok(repo("vllm-project--vllm")), "{name}");
        }
        assert_eq!(names().repo("llama.cpp"), Ok(repo("ggml-org--llama.cpp")));
        assert_eq!(names().repo("ggerganov/llama.cpp"), Ok(repo("ggml-org--llama.cpp")));
    }

    #[test]
    fn a_name_that_two_bear_is_refused() {
        let hint = "`core` could be any of `one--core`, `two--core`; write the one that is meant";
        assert_eq!(names().repo("core"), Err(hint.to_owned()));
        assert_eq!(names().repo("one/core"), Ok(repo("one--core")));
    }

    #[test]
    fn what_is_unknown_gets_a_hint() {
        assert_eq!(names().repo("vlllm"), Err("did you mean `vLLM`?".to_owned()));
        assert_eq!(names().category("edgy"), Err("did you mean `Edge`?".to_owned()));
        assert_eq!(names().category("quiet"), Err("there are: Edge, serving".to_owned()));
        assert_eq!(names().category("EDGE"), Ok(Scope::Category("Edge".to_owned())));
    }

    #[test]
    fn scopes_are_written_as_they_are_printed() {
        assert_eq!(names().scope("corpus"), Ok(Scope::Corpus));
        assert_eq!(names().scope("category:edge").unwrap().to_string(), "category:Edge");
        assert_eq!(names().scope("repo:vllm").unwrap().to_string(), "repo:vllm-project--vllm");
        assert!(names().scope("vendor:x").is_err());
    }
}
