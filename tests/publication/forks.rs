//! Repositories that are copies of others: what is the origin's counts there, once.

use signal::data::cell::Cell;
use signal::data::history::Status;

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";

/// Five commits, one of them a merge: two in the first quarter of 2024, three in the second. Gives the tip.
fn ancestry(repo: &Repo) -> String {
    let root = repo.commit(&[], ADA, "2024-01-10", "Begin");
    let winter = repo.commit(&[&root], ADA, "2024-02-10", "Winter");
    let spring = repo.commit(&[&winter], ADA, "2024-04-10", "Spring");
    let side = repo.commit(&[&winter], BOB, "2024-04-11", "On the side");
    repo.commit(&[&spring, &side], ADA, "2024-04-12", "Merge")
}

/// An origin with the ancestry, and a copy that went on by itself in the third quarter. Gives the copy and both tips.
fn copied(origin: &Repo, copy: &Repo) -> (String, String) {
    let tip = ancestry(origin);
    origin.branch("main", &tip);
    assert_eq!(ancestry(copy), tip, "the same commits have the same names");
    let own = copy.commit(&[&tip], BOB, "2024-07-10", "Our own way");
    copy.branch("main", &own);
    (tip, own)
}

fn lanes(cell: &Cell) -> (u32, u32, u32) {
    (cell.own, cell.shared, cell.merges)
}

fn cells(publication: &Publication, id: &str) -> [(u32, u32, u32); 3] {
    ["2024-Q1", "2024-Q2", "2024-Q3"].map(|period| lanes(&publication.cell(id, period)))
}

fn work_seconds(publication: &Publication, id: &str, period: &str) -> Vec<u64> {
    let text = publication.read(&format!("data/snapshots/{period}/{id}.yaml"));
    let snapshot: signal::data::snapshot::Snapshot = serde_yaml::from_str(&text).unwrap();
    snapshot.authors.iter().map(|author| author.work_seconds).collect()
}

/// The copy stands before its origin in the registry, and yet is mined after it.
#[test]
fn what_the_origin_has_is_shared_and_counts_nowhere_else() {
    let mut publication = Publication::new();
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    let origin = publication.repo("origin");
    let (tip, _) = copied(&origin, &copy);
    publication.mine(&[]);
    assert_eq!(cells(&publication, "origin"), [(2, 0, 0), (2, 0, 1), (0, 0, 0)]);
    assert_eq!(cells(&publication, "copy"), [(0, 2, 0), (0, 3, 0), (1, 0, 0)]);
    let state = publication.history("copy").state.unwrap();
    let recorded = state.origin.unwrap();
    assert_eq!((recorded.repo.as_str(), recorded.tip.as_deref()), ("origin", Some(tip.as_str())));
    assert_eq!(state.boundaries[0].origin.as_deref(), Some(tip.as_str()));
    // The estimate of hours leaves them out as well.
    assert_eq!(work_seconds(&publication, "copy", "2024-Q1"), Vec::<u64>::new());
    assert_eq!(work_seconds(&publication, "copy", "2024-Q3"), [7200]);
    let files = publication.mined();
    assert_eq!(publication.mine(&[]).stderr, "origin: nothing new\ncopy: nothing new\n");
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), files);
    let figures = publication.signal(&["figures", "--metric", "commits", "--scope", "corpus", "--format", "csv"]);
    assert_eq!(figures.code, 0, "{}", figures.stderr);
    assert!(figures.stdout.contains("2024-Q1,corpus,corpus,commits,2,count\n"), "{}", figures.stdout);
}

#[test]
fn naming_the_copy_mines_its_origin_first() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    copied(&origin, &copy);
    publication.mine(&["--repo", "copy"]);
    let named = publication.mined();
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), named);
    for shard in ["1/2", "2/2"] {
        publication.mine(&["--fresh", "--shard", shard]);
    }
    assert_eq!(publication.mined(), named);
}

#[test]
fn an_origin_that_is_not_tracked_is_read_all_the_same() {
    for is_remote in [false, true] {
        let mut publication = Publication::new();
        let origin = Repo::new(&publication.root().join("elsewhere/origin.git"));
        let copy = Repo::new(&publication.root().join("repos/copy.git"));
        let address = format!("file://{}", origin.path.display());
        let name = if is_remote { address.as_str() } else { "elsewhere/origin.git" };
        publication.track("copy", &format!("path: repos/copy.git, fork_of: '{name}'"));
        copied(&origin, &copy);
        publication.mine(&[]);
        assert_eq!(cells(&publication, "copy"), [(0, 2, 0), (0, 3, 0), (1, 0, 0)]);
        let text = publication.read("data/history/copy.yaml");
        assert!(!text.contains("elsewhere"), "no path and no address in {text}");
        assert_eq!(publication.root().join(".signal/mirrors/copy+origin.git").is_dir(), is_remote);
        let files = publication.mined();
        assert_eq!(publication.mine(&[]).stderr, "copy: nothing new\n");
        publication.mine(&["--fresh"]);
        assert_eq!(publication.mined(), files);
    }
}

#[test]
fn what_the_origin_takes_over_later_changes_no_closed_period() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let (tip, own) = copied(&origin, &copy);
    let autumn = copy.commit(&[&own], BOB, "2024-10-10", "Closes the third quarter");
    copy.branch("main", &autumn);
    publication.mine(&[]);
    let before = publication.mined();
    assert_eq!(lanes(&publication.cell("copy", "2024-Q4")), (1, 0, 0), "the fourth quarter is open");
    // The origin takes all of it, and both go on.
    ancestry(&origin);
    let taken = origin.commit(&[&tip], BOB, "2024-07-10", "Our own way");
    let taken = origin.commit(&[&taken], BOB, "2024-10-10", "Closes the third quarter");
    assert_eq!(taken, autumn);
    let far = origin.commit(&[&taken], ADA, "2025-01-10", "Origin goes on");
    origin.branch("main", &far);
    let mine = copy.commit(&[&autumn], BOB, "2025-01-20", "Copy goes on");
    copy.branch("main", &mine);
    publication.mine(&[]);
    let after = publication.mined();
    for period in ["2024-Q1", "2024-Q2", "2024-Q3"] {
        let file = std::path::PathBuf::from(format!("data/snapshots/{period}/copy.yaml"));
        assert_eq!(before[&file], after[&file], "{period}");
    }
    assert_eq!(cells(&publication, "copy"), [(0, 2, 0), (0, 3, 0), (1, 0, 0)]);
    assert_eq!(lanes(&publication.cell("copy", "2024-Q4")), (0, 1, 0), "open then, it is the origin's now");
    assert_eq!(lanes(&publication.cell("copy", "2025-Q1")), (1, 0, 0));
    let state = publication.history("copy").state.unwrap();
    let tips: Vec<_> = state.boundaries.iter().map(|boundary| boundary.origin.as_deref().unwrap()).collect();
    assert_eq!(tips, [tip.as_str(), far.as_str()]);
    assert!(state.restated.is_empty());
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), after);
}

#[test]
fn a_merge_from_the_origin_brings_shared_commits_only() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let (tip, own) = copied(&origin, &copy);
    let news = origin.commit(&[&tip], ADA, "2024-08-01", "News");
    origin.branch("main", &news);
    copy.commit(&[&tip], ADA, "2024-08-01", "News");
    let merged = copy.commit(&[&own, &news], BOB, "2024-08-02", "Merge the origin");
    copy.branch("main", &merged);
    publication.mine(&[]);
    assert_eq!(lanes(&publication.cell("copy", "2024-Q3")), (1, 1, 1));
}

#[test]
fn a_decision_made_later_holds_for_all_periods() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = publication.repo("copy");
    copied(&origin, &copy);
    publication.mine(&[]);
    assert_eq!(cells(&publication, "copy"), [(2, 0, 0), (2, 0, 1), (1, 0, 0)]);
    let registry = publication.read("data/repos.yaml");
    publication.write("data/repos.yaml", &registry.replace("copy.git}", "copy.git, fork_of: origin}"));
    publication.mine(&[]);
    assert_eq!(cells(&publication, "copy"), [(0, 2, 0), (0, 3, 0), (1, 0, 0)]);
    let decided = publication.mined();
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), decided);
    publication.write("data/repos.yaml", &registry);
    publication.mine(&[]);
    assert_eq!(cells(&publication, "copy"), [(2, 0, 0), (2, 0, 1), (1, 0, 0)]);
}

#[test]
fn an_origin_that_was_rewritten_restates_the_copy() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let (tip, _) = copied(&origin, &copy);
    publication.mine(&[]);
    origin.branch("main", &origin.commit(&[], ADA, "2024-06-10", "Begin anew"));
    let run = publication.mine(&[]);
    let said = "copy: the branch of its origin was rewritten: 2024-Q1 to 2024-Q2 are restated\n";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let state = publication.history("copy").state.unwrap();
    assert_eq!((state.restated[0].was.as_str(), state.restated[0].of_origin), (tip.as_str(), true));
    assert_eq!(cells(&publication, "copy"), [(2, 0, 0), (2, 0, 1), (1, 0, 0)]);
    let files = publication.mined();
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), files);
}

/// Each generation leaves to the one before what that one has.
#[test]
fn a_copy_of_a_copy_shares_with_the_one_between() {
    let mut publication = Publication::new();
    let grandchild = Repo::new(&publication.root().join("repos/grandchild.git"));
    publication.track("grandchild", "path: repos/grandchild.git, fork_of: copy");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let origin = publication.repo("origin");
    copied(&origin, &copy);
    let (_, own) = copied(&origin, &grandchild);
    grandchild.branch("main", &grandchild.commit(&[&own], ADA, "2024-08-10", "Yet another way"));
    publication.mine(&[]);
    assert_eq!(cells(&publication, "copy"), [(0, 2, 0), (0, 3, 0), (1, 0, 0)]);
    assert_eq!(cells(&publication, "grandchild"), [(0, 2, 0), (0, 3, 0), (1, 1, 0)]);
    let run = publication.signal(&["figures", "--metric", "commits", "--scope", "corpus", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("2024-Q3,corpus,corpus,commits,2,count\n"), "{}", run.stdout);
}

/// With the commits named, as they were at two moments, the same comes out as when it happened.
#[test]
fn the_past_can_be_mined_again_by_naming_the_commits() {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    let (tip, own) = copied(&origin, &copy);
    publication.mine(&[]);
    let taken = origin.commit(&[&tip], BOB, "2024-07-10", "Our own way");
    assert_eq!(taken, own);
    let far = origin.commit(&[&taken], ADA, "2024-10-20", "Origin goes on");
    origin.branch("main", &far);
    let near = copy.commit(&[&own], BOB, "2024-10-21", "Copy goes on");
    copy.branch("main", &near);
    publication.mine(&[]);
    let happened = publication.mined();
    for folder in ["data/history", "data/snapshots"] {
        std::fs::remove_dir_all(publication.root().join(folder)).unwrap();
    }
    publication.mine(&["--repo", "origin", "--at", &tip]);
    publication.mine(&["--repo", "copy", "--at", &own]);
    publication.mine(&[]);
    assert_eq!(publication.mined(), happened);
    // Back to an earlier moment on purpose: nobody rewrote anything.
    publication.mine(&["--repo", "origin", "--at", &tip]);
    let run = publication.mine(&["--repo", "copy", "--at", &near]);
    assert!(!run.stderr.contains("rewritten"), "{}", run.stderr);
}

#[test]
fn without_its_origin_a_copy_is_not_mined() {
    let mut publication = Publication::new();
    publication.track("origin", "path: repos/gone.git");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", "path: repos/copy.git, fork_of: origin");
    copy.branch("main", &ancestry(&copy));
    let other = Repo::new(&publication.root().join("repos/other.git"));
    publication.track("other", "path: repos/other.git, fork_of: ./elsewhere/gone.git");
    other.branch("main", &other.commit(&[], BOB, "2024-01-10", "Begin"));
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("copy: its origin `origin` could not be mined\n"), "{}", run.stderr);
    for (id, reason) in [
        ("copy", "its origin `origin` could not be mined"),
        ("other", "its origin can't be mined: the local repository isn't there"),
    ] {
        let history = publication.history(id);
        assert_eq!((history.status, history.reason.as_deref()), (Status::Failed, Some(reason)));
        assert!(history.state.is_none());
    }
}

fn undecided(entry: &str) -> (Publication, i32, String) {
    let mut publication = Publication::new();
    let origin = publication.repo("origin");
    let copy = Repo::new(&publication.root().join("repos/copy.git"));
    publication.track("copy", &format!("path: repos/copy.git{entry}"));
    copied(&origin, &copy);
    publication.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
    let online = publication.signal(&["build", "--quiet"]);
    let offline = publication.signal(&["build", "--quiet", "--offline"]);
    assert_eq!((online.code, &online.stderr), (offline.code, &offline.stderr));
    (publication, online.code, online.stderr)
}

#[test]
fn an_undeclared_copy_stops_the_build_until_it_is_decided() {
    let (_, code, stderr) = undecided("");
    assert_eq!(code, 1);
    insta::assert_snapshot!(stderr);
    for decision in [", fork_of: origin", ", independent: true"] {
        let (publication, code, stderr) = undecided(decision);
        assert_eq!((code, stderr.as_str()), (0, ""), "{decision}");
        let shared = publication.cell("copy", "2024-Q1").shared;
        assert_eq!(shared, if decision.contains("fork_of") { 2 } else { 0 });
    }
}

#[test]
fn two_copies_of_one_origin_are_decided() {
    let mut publication = Publication::new();
    let origin = Repo::new(&publication.root().join("elsewhere/origin.git"));
    origin.branch("main", &ancestry(&origin));
    for name in ["one", "two"] {
        let copy = Repo::new(&publication.root().join(format!("repos/{name}.git")));
        publication.track(name, &format!("path: repos/{name}.git, fork_of: elsewhere/origin.git"));
        let tip = ancestry(&copy);
        copy.branch("main", &copy.commit(&[&tip], BOB, "2024-07-10", name));
    }
    publication.mine(&[]);
    let run = publication.signal(&["figures", "--metric", "shared", "--scope", "corpus", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("2024-Q2,corpus,corpus,shared,6,count\n"), "{}", run.stdout);
}

#[test]
fn origins_that_cannot_be_are_faults_of_the_registry() {
    let mut publication = Publication::new();
    publication.track("self", "path: repos/a.git, fork_of: self");
    publication.track("first", "path: repos/b.git, fork_of: second");
    publication.track("second", "path: repos/c.git, fork_of: first");
    publication.track("stray", "path: repos/d.git, fork_of: origim");
    publication.track("origin", "url: 'https://example.org/e.git', shallow_since: 2024-01-01");
    publication.track("copy", "path: repos/f.git, fork_of: 'https://example.org/e.git', independent: true");
    publication.track("local", "path: repos/g.git, shallow_since: 2024-01-01");
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
}
