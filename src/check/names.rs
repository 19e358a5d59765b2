//! What writers call the parts of a corpus.

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::Phrases;
use super::token::tokens;
use super::vocabulary::{FILLERS, HAVING, QUANTIFIERS, is_one_of};
use crate::data::registry::Registry;
use crate::figures::Names;
use crate::metrics::Scope;
use crate::plain::slug::slug;

/// What stands for all repositories.
const CORPUS: [&str; 14] = [
    "any of the|our [tracked] projects|repositories",
    "the|our projects|repositories we|it follow|follows|track|tracks|cover|covers",
    "all of the|our [tracked] projects|repositories",
    "the corpus",
    "the whole|entire corpus",
    "corpus",
    "all repositories|projects",
    "all tracked repositories|projects",
    "all categories together|combined",
    "the report as a whole",
    "the tracked repositories|projects",
    "the field as a whole",
    "the [whole|entire] portfolio [as] [a] [whole]",
    "all we track|follow",
];

/// Words that a category's name may be followed by.
const CATEGORY: [&str; 15] = [
    "category",
    "projects",
    "repositories",
    "repos",
    "libraries",
    "project",
    "repository",
    "library",
    "tools",
    "teams",
    "frameworks",
    "codebases",
    "repo",
    "framework",
    "tool",
];

/// Names of categories that are words of the vocabulary.
const TAKEN: [&str; 6] = ["agent", "agents", "bot", "bots", "people", "commits"];

/// Whether a name means something else in a sentence: it is a word of the vocabulary.
fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || is_one_of(FILLERS, name) || is_one_of(QUANTIFIERS, name) || is_one_of(HAVING, name)
}

/// The names of a publication's parts, as phrases.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Those that stand for a part wherever they are read.
    pub names: Phrases<Scope>,
    /// Those of categories in the singular, which do so before a noun.
    pub singulars: Phrases<Scope>,
}

/// What writers call the parts of a publication.
#[must_use]
pub fn spoken(registry: &Registry, names: &Names) -> Spoken {
    let (mut phrases, mut singulars) = (Phrases::default(), Phrases::default());
    for corpus in CORPUS {
        phrases.add(corpus, &Scope::Corpus);
    }
    let mut parts: BTreeMap<String, BTreeSet<Scope>> = BTreeMap::new();
    for category in &registry.categories {
        let scope = Scope::Category(category.slug.value.clone());
        for name in category_names(&category.slug.value, &category.title) {
            parts.entry(name).or_default().insert(scope.clone());
        }
    }
    // A name that several categories could be called is none of theirs.
    for (name, scopes) in &parts {
        let Some(scope) = scopes.first().filter(|_| scopes.len() == 1) else { continue };
        // Agents write commits too: a name that the vocabulary needs takes a noun to be one.
        let hyphenated = name.replace(' ', "-");
        for noun in CATEGORY {
            phrases.add_name(&format!("{name} {noun}"), false, scope);
            phrases.add_name(&format!("{hyphenated} {noun}"), false, scope);
            phrases.add_name(&format!("{} {noun}", name.trim_end_matches('s')), false, scope);
        }
        if let Some(single) = name.strip_suffix('s').filter(|single| !is_taken(single)) {
            singulars.add_name(single, false, scope);
        }
        if !is_taken(name) {
            phrases.add_name(name, false, scope);
            phrases.add_name(&hyphenated, false, scope);
        }
    }
    let mut vendors = BTreeSet::new();
    for (_, repo) in registry.repos() {
        let scope = Scope::Repo(repo.id.value.clone());
        let called = repo.aliases.iter().map(|alias| alias.value.as_str());
        for name in called.chain([repo.short(), repo.id.value.as_str()]).chain(repo.was.iter().map(String::as_str)) {
            // A name that is an ordinary word is one only where it is written as the registry writes it.
            // The last part of an address is what nobody writes where there is a name in capitals.
            if name == repo.short()
                && repo.aliases.iter().any(|alias| alias.value != name && alias.value.to_lowercase() == name)
            {
                continue;
            }
            let is_word = tokens(name).len() == 1 && name.chars().skip(1).all(char::is_lowercase);
            if names.part("repo", name) == Ok(scope.clone()) && !(is_word && parts.contains_key(&name.to_lowercase())) {
                phrases.add_name(name, is_word, &scope);
                // `Intel's compute runtime`: a vendor owns what bears its name.
                if let Some((first, rest)) = name.split_once(' ')
                    && registry
                        .repos()
                        .any(|(_, repo)| repo.vendor.iter().any(|vendor| vendor.eq_ignore_ascii_case(first)))
                {
                    phrases.add_name(&format!("{first}'s {rest}"), false, &scope);
                    phrases.add_name(&format!("{first}\u{2019}s {rest}"), false, &scope);
                }
                let capital: String =
                    name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
                if capital != name {
                    phrases.add_name(&capital, is_word, &scope);
                }
            }
        }
        vendors.extend(repo.vendor.iter());
    }
    for vendor in vendors {
        let scope = Scope::Vendor(slug(vendor));
        // A vendor is often an organisation too, whose name is better known than the slug.
        let squeezed = |name: &str| slug(name).replace('-', "");
        let called =
            names.called("org").filter(|(slug, name)| [slug, name].iter().any(|one| squeezed(one) == squeezed(vendor)));
        for name in called.map(|(_, name)| name).chain([vendor.as_str()]) {
            phrases.add_name(name, false, &scope);
            for noun in ["repositories", "projects"] {
                phrases.add_name(&format!("{name}-led {noun}"), false, &scope);
                phrases.add_name(&format!("{noun} led by {name}"), false, &scope);
            }
        }
    }
    Spoken { names: phrases, singulars }
}

/// A category's title, its slug, and the parts of a title that joins several, in singular and plural.
fn category_names(slug: &str, title: &str) -> BTreeSet<String> {
    let pieces = title.split(['&', ',', '/']).flat_map(|piece| piece.split(" and ")).map(str::trim);
    // A part of a title that is a single word, such as `Performance`, means too much to name one category.
    let pieces = pieces.filter(|piece| piece.contains([' ', '-']));
    let slug = slug.replace(['-', '_'], " ");
    // `hardware co-design`, of Hardware-Software Co-Design
    let joined = title.split_whitespace().next_back().map(|last| format!("{slug} {last}")).unwrap_or_default();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for name in pieces.chain([title, slug.as_str(), joined.as_str()]).filter(|name| !name.is_empty()) {
        let name = name.to_lowercase();
        // What is common to a whole publication tells nothing: `ML compilers` are compilers.
        let short = ["ml ", "llm ", "ai ", "gpu "].iter().find_map(|prefix| name.strip_prefix(prefix));
        for name in [Some(name.as_str()), short].into_iter().flatten() {
            names.insert(name.to_owned());
            // One kernel isn't the category of kernels, but a kernel library is one of its.
            match name.strip_suffix('s') {
                Some(single) if name.contains(' ') => drop(names.insert(single.to_owned())),
                Some(_) => {}
                None => drop(names.insert(format!("{name}s"))),
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_answer_to_what_writers_call_them() {
        let yaml = "
categories:
- {slug: kernels, title: GPU Kernels & Performance, repos: [{id: a--burn, path: a, aliases: [Burn], vendor: Meta}]}
- {slug: agents, title: Agent Framework, repos: [{id: b--llama.cpp, path: b, aliases: [llama.cpp]}]}
";
        let registry: Registry = serde_saphyr::from_str(yaml).expect("a registry");
        let phrases = spoken(&registry, &Names::new(&registry));
        let found = |text: &str| phrases.names.find(&tokens(text)).map(|(taken, scope)| format!("{scope} {taken}"));
        assert_eq!(found("kernels grew").as_deref(), Some("category:kernels 1"));
        assert_eq!(found("GPU kernel libraries").as_deref(), Some("category:kernels 3"));
        assert_eq!(found("Agent frameworks are").as_deref(), Some("category:agents 2"));
        assert_eq!(found("Burn has").as_deref(), Some("repo:a--burn 1"));
        assert_eq!(found("burn has"), None);
        assert_eq!(found("llama.cpp has").as_deref(), Some("repo:b--llama.cpp 1"));
        assert_eq!(found("a/burn").as_deref(), None);
        assert_eq!(found("the whole corpus").as_deref(), Some("corpus 3"));
        assert_eq!(found("Meta").as_deref(), Some("vendor:meta 1"));
    }
}
