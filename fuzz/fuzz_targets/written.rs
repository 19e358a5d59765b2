//! The files that are written by hand, and the edits that `signal people` and `signal orgs` make in them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::data::claim::Claim;
use signal::data::identity_key::Hash;
use signal::data::organisations::{self, Organisations};
use signal::data::people::{LineKey, List, People};
use signal::data::registry::{self, Registry};
use signal::data::settings::{self, Settings};
use signal_fuzz::written;

// The first byte chooses the file.
fuzz_target!(|text: &str| {
    let mut rest = text.chars();
    match rest.next() {
        Some('r') => repos(rest.as_str()),
        Some('s') => drop(written::<Settings>("signal.yaml", rest.as_str(), settings::validate)),
        Some('p') => people(rest.as_str()),
        Some('o') => orgs(rest.as_str()),
        _ => {}
    }
});

fn repos(text: &str) {
    let Some(document) = written::<Registry>("data/repos.yaml", text, registry::validate) else { return };
    let ids: Vec<&str> = document.value.repos().map(|(_, repo)| repo.id.value.as_str()).collect();
    for (_, repo) in document.value.repos() {
        assert!(!repo.id.value.contains(['/', '\\', '\0', '\n']) && !repo.id.value.starts_with('.'));
        assert!(!document.value.family(repo).is_empty());
        let ancestors = document.value.ancestors(repo);
        assert!(ancestors.len() < ids.len() && ancestors.iter().all(|one| one.id.value != repo.id.value));
    }
}

fn people(text: &str) {
    let Some(document) = written::<People>("data/people.yaml", text, |_| Ok(())) else { return };
    let line = |address, name: Option<u64>| LineKey { address: Hash(address), name: name.map(Hash) };
    let keys = [line(0x12e1, None), line(7, Some(9))];
    let lists = |document: &People| (document.merges.len(), document.never_merge.len(), document.withdrawn.len());
    let before = lists(&document.value);
    if let Ok(merged) = document.with_group(List::Merges, &keys) {
        assert_eq!(lists(&merged.value), (before.0 + 1, before.1, before.2));
    }
    if let Ok(apart) = document.with_group(List::NeverMerge, &keys) {
        assert_eq!(lists(&apart.value), (before.0, before.1 + 1, before.2));
    }
    if let Ok(out) = document.with_withdrawn(&keys) {
        assert_eq!(lists(&out.value), (before.0, before.1, before.2 + 2));
    }
    for (at, merge) in document.value.merges.iter().enumerate() {
        let Some(&held) = merge.value.first() else { continue };
        if let Ok(without) = document.without_in_merge(at, &[held]) {
            assert!(lists(&without.value).0 <= before.0);
        }
    }
}

fn orgs(text: &str) {
    let file = "data/orgs.yaml";
    let Some(document) = written::<Organisations>(file, text, organisations::validate) else { return };
    let slugs = document.value.organisations.iter().map(|one| one.slug.value.clone());
    for slug in slugs.chain(["new".to_owned()]) {
        for from in [None, "2024-02-01".parse().ok()] {
            let name = (slug == "new").then(|| "New & Co: Ltd".to_owned());
            let claim = Claim { slug: slug.clone(), name, domain: "fresh.test".to_owned(), from, to: None };
            if let Ok(Some(entered)) = claim.enter(&document, &Organisations::default()) {
                assert!(organisations::validate(&entered).is_ok());
                assert!(matches!(claim.enter(&entered, &Organisations::default()), Ok(None)), "it is there now");
            }
        }
    }
}
