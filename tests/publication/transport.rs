//! Cloning and fetching through the system's git.

use signal::data::history::Status;
use signal::data::registry::Registry;

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";

fn remote(publication: &mut Publication, name: &str) -> Repo {
    let repo = Repo::new(&publication.root().join(format!("remotes/{name}.git")));
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    publication.track(name, &format!("url: 'file://{}'", repo.path.display()));
    repo
}

#[test]
fn a_remote_is_cloned_without_trees_and_then_fetched() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    let tree = repo.tree(&[(".mailmap", "Ada L <ada@example.org> <old@example.org>\n"), ("a.txt", "text\n")]);
    let one = repo.commit_tree(&tree, &[], "Old <old@example.org>", "2024-01-10", "One");
    repo.branch("main", &one);
    publication.mine(&[]);
    assert_eq!(publication.cell("far", "2024-Q1").own, 1);
    assert!(publication.history("far").authors[0].mapped.is_some(), "the mailmap was fetched by itself");
    let mirror = publication.root().join(".signal/mirrors/far.git");
    let blob = repo.git(&["rev-parse", &format!("{one}:a.txt")]);
    let objects = Repo { path: mirror }.git(&["cat-file", "--batch-check", "--batch-all-objects"]);
    assert!(!objects.contains(&blob), "the filter took effect");
    let two = repo.commit(&[&one], ADA, "2024-05-10", "Two");
    repo.branch("main", &two);
    publication.mine(&[]);
    // All that was over at the first fetch stays closed: an old commit that arrives now is an import of today.
    assert_eq!(publication.cell("far", "2024-Q2").own, 0);
    let imported = publication
        .history("far")
        .authors
        .iter()
        .flat_map(|it| it.active.0.values())
        .map(|it| it.imported)
        .sum::<u32>();
    assert_eq!(imported, 1);
    let state = publication.history("far").state.unwrap();
    assert!(state.declared, "the horizon is the fetch, not the tip");
    let boundaries: Vec<_> = state.boundaries.iter().map(|boundary| boundary.tip.as_str()).collect();
    assert_eq!(boundaries, [one.as_str()]);
    assert_eq!(publication.mine(&[]).stderr, "far: nothing new\n");
}

#[test]
fn a_mirror_is_as_deep_as_it_is_read() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    let tree = repo.tree(&[("a.txt", "text\n")]);
    let one = repo.commit_tree(&tree, &[], ADA, "2024-01-10", "One");
    repo.branch("main", &one);
    let (tree, blob) =
        (repo.git(&["rev-parse", &format!("{one}^{{tree}}")]), repo.git(&["rev-parse", &format!("{one}:a.txt")]));
    let registry = publication.read("data/repos.yaml");
    let mirror = Repo { path: publication.root().join(".signal/mirrors/far.git") };
    let has = |id: &str| mirror.git(&["cat-file", "--batch-check", "--batch-all-objects"]).contains(id);
    for (depth, has_blob) in [("headers", false), ("paths", false), ("lines", true), ("paths", true)] {
        publication.write("data/repos.yaml", &registry.replace("{id: far,", &format!("{{id: far, depth: {depth},")));
        assert!(!publication.mine(&[]).stderr.contains("server"));
        assert_eq!(has(&blob), has_blob, "{depth}");
        assert!(has(&tree) || depth == "headers");
        let snapshot = publication.read("data/snapshots/2024-Q1/far.yaml");
        assert!(snapshot.contains(&format!("depth: {depth}\n")));
        assert!(!snapshot.contains("missing_objects: 1"), "{depth}");
    }
}

#[test]
fn a_server_that_does_not_know_filters_is_named() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    repo.git(&["config", "uploadpack.allowFilter", "false"]);
    let tree = repo.tree(&[("a.txt", "text\n")]);
    let one = repo.commit_tree(&tree, &[], ADA, "2024-01-10", "One");
    repo.branch("main", &one);
    let said = "far: its server doesn't know filters, so that the mirror holds everything\n";
    assert!(publication.mine(&[]).stderr.contains(said));
    let mirror = Repo { path: publication.root().join(".signal/mirrors/far.git") };
    assert!(!mirror.git(&["config", "--list"]).contains("promisor"), "it is a full clone and says so");
    assert!(!publication.mine(&[]).stderr.contains(said));
}

#[test]
fn the_remote_s_head_may_move_to_another_branch() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &one);
    publication.mine(&[]);
    let two = repo.commit(&[&one], ADA, "2024-01-11", "Two");
    repo.branch("trunk", &two);
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    publication.mine(&["--fresh"]);
    let state = publication.history("far").state.unwrap();
    assert_eq!((state.branch.as_str(), state.tip.as_deref()), ("refs/heads/trunk", Some(two.as_str())));
}

#[test]
fn an_empty_remote_is_known_and_has_no_commits() {
    let mut publication = Publication::new();
    remote(&mut publication, "far");
    publication.mine(&[]);
    let state = publication.history("far").state.unwrap();
    assert!(state.tip.is_none() && state.horizon.is_some());
}

#[test]
fn one_that_is_gone_says_so_and_keeps_its_past() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &one);
    publication.mine(&[]);
    std::fs::remove_dir_all(&repo.path).unwrap();
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.starts_with("far: the remote says that there is no such repository\n"), "{}", run.stderr);
    assert_eq!(publication.history("far").status, Status::Gone);
    assert_eq!(publication.cell("far", "2024-Q1").own, 1);
}

#[test]
fn addresses_that_run_commands_are_refused() {
    for address in ["ext::sh -c touch% pwned", "-oProxyCommand=touch pwned", "fd::7"] {
        let mut publication = Publication::new();
        publication.track("evil", &format!("url: '{address}'"));
        let run = publication.signal(&["mine"]);
        assert_eq!(run.code, 3);
        assert!(run.stderr.contains("evil: its address can't be used"), "{}", run.stderr);
        assert!(!publication.root().join("pwned").exists());
    }
}

#[test]
fn two_miners_on_one_mirror_do_not_meet() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "far");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &one);
    publication.mine(&[]);
    let before = publication.mined();
    let lock = std::fs::File::create(publication.root().join(".signal/locks/far")).unwrap();
    lock.try_lock().unwrap();
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.starts_with("far: another `signal mine` is working on it; wait, then run again\n"));
    assert_eq!(publication.mined(), before);
    drop(lock);
    publication.mine(&[]);
}

#[test]
fn the_shipped_registry_is_sound() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = signal::data::document::read::<Registry>(root, "data/repos.yaml").unwrap();
    signal::data::registry::validate(&document).unwrap();
    assert_eq!(document.value.categories.len(), 12);
    assert!(document.value.repos().count() >= 20);
    assert!(document.value.categories.iter().all(|category| !category.repos.is_empty()));
}
