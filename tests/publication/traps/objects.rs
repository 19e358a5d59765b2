//! Object stores that lack something, change under the miner, or belong to somebody else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use signal::data::history::Status;
use signal::data::snapshot::Snapshot;
use signal::mine::actors::Actors;
use signal::mine::store::Store;
use signal::mine::walk::Walk;

use super::{ADA, counted, lengthen, remote};
use crate::support::{Publication, Repo, Run};

fn loose(repo: &Repo, id: &str) -> PathBuf {
    repo.path.join("objects").join(&id[..2]).join(&id[2..])
}

fn packs(repo: &Repo) -> Vec<PathBuf> {
    let files = fs::read_dir(repo.path.join("objects/pack")).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "pack")).collect()
}

/// Mines a good repository and a spoilt one, which fails by name and keeps what it had.
fn spoilt(prepare: impl Fn(&Repo), spoil: impl Fn(&Repo)) -> Run {
    let mut publication = Publication::new();
    let (good, bad) = (publication.repo("good"), publication.repo("bad"));
    let tip = good.commit(&[], ADA, "2024-01-10", "One");
    good.branch("main", &tip);
    prepare(&bad);
    publication.mine(&[]);
    let before = publication.history("bad");
    let snapshots = publication.mined();
    spoil(&bad);
    let two = good.commit(&[&tip], ADA, "2024-01-11", "Two");
    good.branch("main", &two);
    let run = publication.signal(&["mine", "--fresh"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert_eq!(counted(&publication, "good"), 2, "the others go on");
    let after = publication.history("bad");
    assert_eq!((after.status, &after.authors, &after.state), (Status::Failed, &before.authors, &before.state));
    assert!(!after.reason.unwrap().contains('/'));
    for (file, text) in publication.mined() {
        if file.starts_with("data/snapshots") && file.ends_with("bad.yaml") {
            assert_eq!(text, snapshots[&file], "{}", file.display());
        }
    }
    run
}

#[test]
fn a_pack_cut_short_fails_by_name_and_keeps_the_past() {
    for keep in [0, 11, 100, 50_000] {
        let prepare = |repo: &Repo| {
            lengthen(repo, "main", 0, 300);
            repo.git(&["gc", "--quiet"]);
        };
        let cut = |repo: &Repo| {
            let pack = packs(repo).remove(0);
            let bytes = fs::read(&pack).unwrap();
            fs::remove_file(&pack).unwrap();
            fs::write(&pack, &bytes[..keep]).unwrap();
        };
        let run = spoilt(prepare, cut);
        assert!(run.stderr.contains("bad: "), "{keep}: {}", run.stderr);
    }
}

/// A repository in one pack, mined, and the pack with its bytes.
fn packed(depth: &str) -> (Publication, PathBuf, Vec<u8>) {
    let mut publication = Publication::new();
    let repo = Repo::new(&publication.root().join("repos/flipped.git"));
    publication.track("flipped", &format!("path: repos/flipped.git, depth: {depth}"));
    lengthen(&repo, "main", 0, 120);
    repo.git(&["gc", "--quiet"]);
    publication.mine(&[]);
    let pack = packs(&repo).remove(0);
    let good = fs::read(&pack).unwrap();
    // Packs are read-only.
    fs::remove_file(&pack).unwrap();
    (publication, pack, good)
}

fn flip(pack: &Path, good: &[u8], at: usize) {
    let mut bytes = good.to_vec();
    bytes[at] ^= 0x55;
    fs::write(pack, bytes).unwrap();
}

#[test]
fn a_pack_with_flipped_bytes_in_a_commit_fails_by_name_and_keeps_the_past() {
    let (publication, pack, good) = packed("headers");
    let before = publication.history("flipped");
    // The commits come first in a pack.
    for at in (12..30_000).step_by(997) {
        flip(&pack, &good, at);
        let run = publication.signal(&["mine", "--fresh"]);
        assert_eq!(run.code, 3, "{at}: {}", run.stderr);
        // The tip stands first.
        let what = if at == 12 { "its branch" } else { "an object" };
        assert!(run.stderr.starts_with(&format!("flipped: {what} can't be read (")), "{at}: {}", run.stderr);
        let after = publication.history("flipped");
        assert_eq!((after.status, &after.authors), (Status::Failed, &before.authors), "{at}");
    }
}

#[test]
fn flipped_bytes_in_files_are_missing_objects_and_change_no_other_count() {
    let (publication, pack, good) = packed("lines");
    let file = "data/snapshots/2024-Q1/flipped.yaml";
    let snapshot = || serde_yaml::from_str::<Snapshot>(&publication.read(file)).unwrap();
    let lines = |snapshot: &Snapshot| snapshot.lines.as_ref().unwrap().values().map(|it| it.added).sum::<u64>();
    let (history, whole) = (publication.history("flipped"), snapshot());
    let mut spoilt = 0;
    for at in (45_000..good.len() - 20).step_by(1_997) {
        flip(&pack, &good, at);
        let run = publication.signal(&["mine", "--fresh"]);
        assert_eq!(run.code, 0, "{at}: {}", run.stderr);
        assert_eq!(publication.history("flipped"), history, "{at}");
        let read = snapshot();
        let missing = read.set_aside.as_ref().unwrap().missing_objects;
        assert!(missing > 0 && lines(&read) < lines(&whole) || read == whole, "{at}: {missing} missing");
        spoilt += usize::from(missing > 0);
    }
    assert!(spoilt > 5, "{spoilt}");
}

#[test]
fn a_tip_that_is_missing_fails_by_name_and_keeps_the_past() {
    let prepare = |repo: &Repo| {
        let tip = repo.commit(&[], ADA, "2024-01-10", "One");
        repo.branch("main", &tip);
    };
    let run = spoilt(prepare, |repo| fs::remove_file(loose(repo, &repo.git(&["rev-parse", "main"]))).unwrap());
    assert!(run.stderr.contains("bad: its branch can't be read ("), "{}", run.stderr);
}

#[test]
fn an_empty_object_file_fails_by_name_and_keeps_the_past() {
    let prepare = |repo: &Repo| {
        let tip = repo.commit(&[], ADA, "2024-01-10", "One");
        repo.branch("main", &tip);
    };
    let run = spoilt(prepare, |repo| {
        let file = loose(repo, &repo.git(&["rev-parse", "main"]));
        fs::remove_file(&file).unwrap();
        fs::write(&file, "").unwrap();
    });
    assert!(run.stderr.contains("bad: "), "{}", run.stderr);
}

#[test]
fn the_first_missing_commit_does_not_end_the_walk_and_is_counted() {
    let mut publication = Publication::new();
    let repo = publication.repo("holes");
    let root = repo.commit(&[], ADA, "2024-01-10", "Root");
    let lost = repo.commit(&[&root], ADA, "2024-02-10", "Lost");
    let side = repo.commit(&[&root], ADA, "2024-03-10", "Side");
    let tip = repo.commit(&[&lost, &side], ADA, "2024-07-10", "Merge");
    repo.branch("main", &tip);
    fs::remove_file(loose(&repo, &lost)).unwrap();
    let run = publication.mine(&[]);
    assert!(run.stderr.contains(", 1 missing"), "{}", run.stderr);
    let state = publication.history("holes").state.unwrap();
    assert_eq!(state.missing, 1);
    assert_eq!(state.known_from.unwrap().to_string(), "2024-Q4", "before it, what is missing is unknown and not 0");
    assert_eq!(counted(&publication, "holes"), 3);
}

#[test]
fn alternates_whose_parent_is_gone_lack_its_commits_and_say_so() {
    let mut publication = Publication::new();
    let parent = Repo::new(&publication.root().join("parent.git"));
    let tip = parent.commit(&[], ADA, "2024-01-10", "One");
    parent.branch("main", &tip);
    let child = publication.repo("child");
    let objects = parent.path.join("objects");
    fs::write(child.path.join("objects/info/alternates"), format!("{}\n", objects.display())).unwrap();
    let two = child.commit(&[&tip], ADA, "2024-01-11", "Two");
    child.branch("main", &two);
    publication.mine(&[]);
    assert_eq!(counted(&publication, "child"), 2);
    fs::remove_dir_all(&parent.path).unwrap();
    let run = publication.mine(&["--fresh"]);
    assert_eq!(run.stderr, "child: 1 commits of 1 author lines, 1 missing\n");
    let history = publication.history("child");
    let state = history.state.unwrap();
    assert_eq!((history.status, state.missing, counted(&publication, "child")), (Status::Mined, 1, 1));
    assert_eq!(state.known_from.unwrap().to_string(), "2024-Q2");
}

#[test]
fn alternates_in_a_circle_fail_by_name() {
    let mut publication = Publication::new();
    let repo = publication.repo("circle");
    let tip = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &tip);
    let own = repo.path.join("objects");
    fs::write(repo.path.join("objects/info/alternates"), format!("{}\n", own.display())).unwrap();
    let run = publication.signal(&["mine"]);
    assert_eq!((run.code, publication.history("circle").status), (3, Status::Failed));
    assert!(
        run.stderr.starts_with("circle: the repository can't be opened (Alternates form a cycle"),
        "{}",
        run.stderr
    );
}

#[test]
fn objects_packed_anew_while_they_are_read_are_found() {
    let publication = Publication::new();
    let repo = Repo::new(&publication.root().join("moving.git"));
    lengthen(&repo, "main", 0, 150);
    repo.git(&["repack", "-adq"]);
    lengthen(&repo, "main", 150, 150);
    let store = Store::open(&repo.path).unwrap();
    let tip = store.branch(None).unwrap().tip;
    repo.git(&["config", "pack.compression", "1"]);
    lengthen(&repo, "other", 0, 20);
    repo.git(&["repack", "-adfq"]);
    repo.git(&["prune-packed"]);
    let walk = Walk::read(&store, tip, &Actors::shipped()).unwrap();
    assert_eq!((walk.records.len(), walk.missing.len()), (300, 0));
}

#[test]
fn git_gc_under_a_running_miner_changes_no_byte() {
    let mut publication = Publication::new();
    let repo = publication.repo("busy");
    lengthen(&repo, "main", 0, 400);
    publication.mine(&[]);
    let expected = publication.mined();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !done.load(Ordering::Relaxed) {
                round += 1;
                // Another side branch each time, so that every pack is a new one.
                lengthen(&repo, &format!("side{round}"), 0, 3);
                repo.git(&["repack", "-adfq"]);
                repo.git(&["gc", "--quiet", "--prune=now"]);
            }
        });
        let runs: Vec<Run> = (0..25).map(|_| publication.signal(&["mine", "--fresh"])).collect();
        done.store(true, Ordering::Relaxed);
        for run in runs {
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(!run.stderr.contains("missing"), "{}", run.stderr);
        }
    });
    assert_eq!(publication.mined(), expected);
}

/// Gives a folder to `nobody`; false, with a word about it, when this user can't.
fn give_away(folder: &Path) -> bool {
    let given = Command::new("chown").arg("-R").arg("nobody").arg(folder).output();
    let is_given = given.is_ok_and(|output| output.status.success());
    if !is_given {
        println!("skipped: only root can give files to another user");
    }
    is_given
}

#[test]
fn a_mirror_owned_by_another_user_is_fetched_and_read() {
    let mut publication = Publication::new();
    let far = remote(&publication, "far");
    publication.track("far", &format!("url: 'file://{}'", far.path.display()));
    let near = publication.repo("near");
    for repo in [&far, &near] {
        let tip = repo.commit(&[], ADA, "2024-01-10", "One");
        repo.branch("main", &tip);
    }
    publication.mine(&[]);
    for folder in [publication.root().join(".signal/mirrors/far.git"), near.path.clone()] {
        if !give_away(&folder) {
            return;
        }
    }
    lengthen(&far, "main", 1, 3);
    publication.mine(&["--fresh"]);
    assert_eq!((counted(&publication, "far"), counted(&publication, "near")), (4, 1));
}

#[test]
fn a_remote_on_disk_owned_by_another_user_is_refused_by_git_and_named() {
    let mut publication = Publication::new();
    let far = remote(&publication, "far");
    publication.track("far", &format!("url: 'file://{}'", far.path.display()));
    let tip = far.commit(&[], ADA, "2024-01-10", "One");
    far.branch("main", &tip);
    if !give_away(&far.path) {
        return;
    }
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("far: git could not fetch it (fatal: detected dubious ownership"), "{}", run.stderr);
}
