//! Cloning and fetching over every transport, from servers that stop half way or can't do what they are asked.

use std::sync::atomic::Ordering;

use signal::data::history::Status;

use super::servers::{Server, daemon, web_server, wire};
use super::{counted, lengthen, remote};
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
