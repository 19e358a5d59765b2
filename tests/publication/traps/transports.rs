//! Cloning and fetching over every transport, from servers that stop half way or can't do what they are asked.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use signal::data::history::Status;

use super::servers::{Server, daemon, web_server, wire};
use super::{ADA, counted, lengthen, remote};
use crate::support::{Publication, Repo};

const COMMITS: u32 = 200;

/// Clones, finds nothing new, fetches what is new.
fn clone_and_fetch(publication: &Publication, repo: &Repo) {
    publication.mine(&[]);
    assert_eq!(counted(publication, "far"), COMMITS);
    assert_eq!(publication.mine(&[]).stderr, "far: nothing new\n");
    lengthen(repo, "main", COMMITS, 10);
    publication.mine(&[]);
    assert_eq!(counted(publication, "far"), COMMITS + 10);
    let mirror = Repo { path: publication.root().join(".signal/mirrors/far.git") };
    let objects = mirror.git(&["cat-file", "--batch-check=%(objecttype)", "--batch-all-objects"]);
    assert!(!objects.contains("blob"), "the filter took effect");
    mirror.git(&["fsck", "--connectivity-only"]);
}

fn start(publication: &mut Publication, serve: impl Fn(&Repo) -> Option<(Server, String)>) -> Option<(Server, Repo)> {
    let repo = remote(publication, "far");
    lengthen(&repo, "main", 0, COMMITS);
    let (server, url) = serve(&repo)?;
    publication.track("far", &format!("url: '{url}'"));
    Some((server, repo))
}

fn git_protocol(repo: &Repo) -> Option<(Server, String)> {
    daemon(repo.path.parent().unwrap()).map(|server| {
        let url = format!("git://127.0.0.1:{}/far.git", server.port);
        (server, url)
    })
}

fn smart_http(repo: &Repo) -> Option<(Server, String)> {
    let server = web_server(repo.path.parent().unwrap())?;
    let url = format!("http://127.0.0.1:{}/git/far.git", server.port);
    Some((server, url))
}

#[test]
fn git_daemon_serves_a_clone_and_a_fetch() {
    let mut publication = Publication::new();
    let Some((_server, repo)) = start(&mut publication, git_protocol) else { return };
    clone_and_fetch(&publication, &repo);
}

#[test]
fn smart_http_behind_a_web_server_serves_a_clone_and_a_fetch() {
    let mut publication = Publication::new();
    let Some((_server, repo)) = start(&mut publication, smart_http) else { return };
    clone_and_fetch(&publication, &repo);
}

#[test]
fn a_file_address_serves_a_clone_and_a_fetch() {
    let mut publication = Publication::new();
    let repo = remote(&publication, "far");
    lengthen(&repo, "main", 0, COMMITS);
    publication.track("far", &format!("url: 'file://{}'", repo.path.display()));
    clone_and_fetch(&publication, &repo);
}

#[test]
fn a_web_server_without_the_repository_says_that_it_is_gone() {
    let mut publication = Publication::new();
    let Some((_server, repo)) = start(&mut publication, smart_http) else { return };
    publication.mine(&[]);
    std::fs::rename(&repo.path, repo.path.with_extension("away")).unwrap();
    let run = publication.signal(&["mine"]);
    assert!(run.stderr.starts_with("far: the remote says that there is no such repository\n"), "{}", run.stderr);
    assert_eq!((publication.history("far").status, counted(&publication, "far")), (Status::Gone, COMMITS));
}

#[test]
fn nobody_listening_is_a_failure_and_not_a_repository_that_is_gone() {
    let mut publication = Publication::new();
    let Some((server, _repo)) = start(&mut publication, git_protocol) else { return };
    publication.mine(&[]);
    drop(server);
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.starts_with("far: git could not fetch it (fatal: unable to connect"), "{}", run.stderr);
    assert_eq!((publication.history("far").status, counted(&publication, "far")), (Status::Failed, COMMITS));
    assert_eq!(publication.history("far").reason.unwrap(), "git could not fetch it");
}

/// Breaks the connection at many places of a clone, then of a fetch.
fn broken(serve: impl Fn(&Repo) -> Option<(Server, String)>) {
    let mut publication = Publication::new();
    let repo = remote(&publication, "far");
    lengthen(&repo, "main", 0, COMMITS);
    let Some((server, url)) = serve(&repo) else { return };
    let wire = wire(server.port);
    let url = url.replace(&format!(":{}/", server.port), &format!(":{}/", wire.port));
    publication.track("far", &format!("url: '{url}'"));
    let mirrors = publication.root().join(".signal/mirrors");
    // The pack of 200 commits has about 45,000 bytes.
    for budget in [1, 60, 300, 1_000, 5_000, 20_000, 40_000] {
        wire.budget.store(budget, Ordering::Relaxed);
        let run = publication.signal(&["mine"]);
        assert_eq!(run.code, 3, "{budget}: {}", run.stderr);
        assert!(run.stderr.starts_with("far: git could not fetch it ("), "{budget}: {}", run.stderr);
        assert_eq!(publication.history("far").status, Status::Failed);
        let left: Vec<_> = std::fs::read_dir(&mirrors).into_iter().flatten().flatten().collect();
        assert!(left.is_empty(), "no half mirror after {budget} bytes: {left:?}");
    }
    wire.budget.store(usize::MAX, Ordering::Relaxed);
    publication.mine(&[]);
    assert_eq!(counted(&publication, "far"), COMMITS);
    let before = publication.history("far").authors;
    lengthen(&repo, "main", COMMITS, COMMITS);
    for budget in [1, 300, 1_000, 20_000] {
        wire.budget.store(budget, Ordering::Relaxed);
        assert_eq!(publication.signal(&["mine"]).code, 3, "{budget}");
        assert_eq!(publication.history("far").authors, before, "the past is kept");
    }
    wire.budget.store(usize::MAX, Ordering::Relaxed);
    publication.mine(&[]);
    assert_eq!(counted(&publication, "far"), 2 * COMMITS);
}

#[test]
fn a_network_lost_half_way_through_git_daemon_leaves_no_half_mirror() {
    broken(git_protocol);
}

#[test]
fn a_network_lost_half_way_through_smart_http_leaves_no_half_mirror() {
    broken(smart_http);
}

#[test]
fn a_server_without_filters_serves_and_the_output_says_so() {
    for serve in [git_protocol, smart_http] {
        let mut publication = Publication::new();
        let Some((_server, repo)) = start(&mut publication, serve) else { continue };
        publication.mine(&[]);
        let filtered = publication.history("far");
        std::fs::remove_dir_all(publication.root().join(".signal/mirrors")).unwrap();
        repo.git(&["config", "uploadpack.allowFilter", "false"]);
        let run = publication.mine(&["--fresh"]);
        assert!(
            run.stderr.starts_with("far: its server doesn't know filters, so that the mirror holds everything\n"),
            "{}",
            run.stderr
        );
        assert_eq!(publication.history("far").authors, filtered.authors);
        assert_eq!(publication.mine(&[]).stderr, "far: nothing new\n", "said once");
    }
}

/// A remote whose inner folder says that its files are generated, until the last commit takes that back.
fn inner_attributes(repo: &Repo) -> (String, String) {
    let blob = |text: &[u8]| repo.feed(&["hash-object", "-w", "--stdin"], text);
    let says = blob(b"*.rs linguist-generated\n");
    let tree = |text: &str, with_attributes: bool| {
        let mut inner = format!("100644 blob {}\tapi.rs\n", blob(text.as_bytes()));
        if with_attributes {
            let _ = writeln!(inner, "100644 blob {says}\t.gitattributes");
        }
        let inner = repo.feed(&["mktree"], inner.as_bytes());
        let middle = repo.feed(&["mktree"], format!("040000 tree {inner}\tgen\n").as_bytes());
        repo.feed(&["mktree"], format!("040000 tree {middle}\tsrc\n").as_bytes())
    };
    let one = repo.commit_tree(&tree("1\n", true), &[], ADA, "2024-02-10", "Add");
    let two = repo.commit_tree(&tree("2\n", true), &[&one], ADA, "2024-02-11", "Change");
    let last = repo.commit_tree(&tree("3\n", false), &[&two], ADA, "2026-05-10", "By hand from now on");
    repo.branch("main", &two);
    (last, blob(b"2\n"))
}

#[test]
fn attributes_in_inner_folders_are_fetched_for_paths_and_nothing_else_is() {
    for is_daemon in [true, false] {
        let mut publication = Publication::new();
        let repo = remote(&publication, "far");
        repo.git(&["config", "uploadpack.allowAnySHA1InWant", "false"]);
        let (last, content) = inner_attributes(&repo);
        let served = is_daemon.then(|| git_protocol(&repo)).flatten();
        let url = served.as_ref().map_or_else(|| format!("file://{}", repo.path.display()), |(_, url)| url.clone());
        publication.track("far", &format!("url: '{url}', depth: paths"));
        publication.mine(&[]);
        let file = "data/snapshots/2024-Q1/far.yaml";
        let first = publication.read(file);
        assert!(first.contains("file_touches: 0\n"), "generated files aren't touched by hand: {first}");
        assert!(first.contains("missing_objects: 0\n"));
        let mirror = publication.root().join(".signal/mirrors/far.git");
        let held = |mirror: &std::path::Path| {
            let mirror = Repo { path: mirror.to_owned() };
            mirror.git(&["cat-file", "--batch-check=%(objecttype) %(objectname)", "--batch-all-objects"])
        };
        assert_eq!(held(&mirror).matches("blob").count(), 1, "one file of attributes and no content");
        assert!(!held(&mirror).contains(&content));
        // The tip has none, and the closed quarter is what it was, in a new mirror too.
        repo.branch("main", &last);
        std::fs::remove_dir_all(publication.root().join(".signal")).unwrap();
        publication.mine(&["--fresh"]);
        assert_eq!(publication.read(file), first);
        assert_eq!(held(&mirror).matches("blob").count(), 1);
        assert_eq!(publication.mine(&[]).stderr, "far: nothing new\n");
    }
}

#[test]
fn a_boundary_that_is_no_commit_never_becomes_an_option() {
    let mut publication = Publication::new();
    let repo = remote(&publication, "far");
    inner_attributes(&repo);
    publication.track("far", &format!("url: 'file://{}', depth: paths", repo.path.display()));
    publication.mine(&[]);
    let good = publication.read("data/history/far.yaml");
    let tip = repo.git(&["rev-parse", "main"]);
    let at = good.find("    tip: ").unwrap();
    assert!(good[at..].starts_with(&format!("    tip: {tip}")), "{good}");
    let evil = format!("{}    tip: --output=pwned{}", &good[..at], &good[at + "    tip: ".len() + tip.len()..]);
    publication.write("data/history/far.yaml", &evil);
    let run = publication.command(&["mine"]).current_dir(publication.root()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(!publication.root().join("pwned").exists());
    assert!(!publication.read("data/history/far.yaml").contains("pwned"), "no commit is no boundary");
}
