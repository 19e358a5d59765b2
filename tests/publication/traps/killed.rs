//! Killed at any moment, the next run gives what an undisturbed one does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Dice, lengthen, remote};
use crate::support::{Publication, Repo};

/// All mined files, without the moments of fetches, and without what a killed process leaves, which is never read.
fn masked(publication: &Publication) -> BTreeMap<PathBuf, String> {
    let is_part = |file: &Path| file.extension().is_some_and(|extension| extension == "part");
    let mut files = publication.mined();
    files.retain(|file, _| !is_part(file));
    for text in files.values_mut() {
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("  horizon: ")).collect();
        *text = lines.join("\n");
    }
    files
}

/// What a run changes.
const STATE: [&str; 3] = [".signal", "data/history", "data/snapshots"];

fn copy(from: &Path, to: &Path) {
    for folder in STATE {
        let (from, to) = (from.join(folder), to.join(folder));
        let _ = fs::remove_dir_all(&to);
        if from.exists() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            assert!(Command::new("cp").arg("-a").arg(&from).arg(&to).status().unwrap().success());
        }
    }
}

/// Runs `signal mine` and kills it after `pause`: it alone, as a system short of memory does, or its gits with it.
fn kill(publication: &Publication, arguments: &[&str], pause: Duration, with_gits: bool) {
    use std::os::unix::process::CommandExt;
    let mut command = publication.command(&[&["mine", "--quiet"], arguments].concat());
    let mut child = command.process_group(0).spawn().unwrap();
    std::thread::sleep(pause);
    if with_gits {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).output().unwrap();
    }
    let _ = child.kill();
    child.wait().unwrap();
}

/// Mines; a git that outlived its killed `signal` still holds the lock, and the message says to wait.
fn mine(publication: &Publication, arguments: &[&str]) {
    for _ in 0..200 {
        let run = publication.signal(&[&["mine"], arguments].concat());
        if run.code == 0 {
            return;
        }
        assert!(run.stderr.contains("another `signal mine` is working on it; wait, then run again"), "{}", run.stderr);
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the lock is never given back");
}

/// Kills twenty runs that begin from `before`, at random moments.
fn assert_unmoved(publication: &Publication, before: &Path, arguments: &[&str], seed: u64) {
    copy(before, publication.root());
    let began = Instant::now();
    mine(publication, arguments);
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap();
    let expected = masked(publication);
    let mut dice = Dice::new(seed);
    for round in 0..20 {
        copy(before, publication.root());
        let pause = Duration::from_micros(dice.next() % whole);
        kill(publication, arguments, pause, round % 2 == 0);
        mine(publication, arguments);
        assert_eq!(masked(publication), expected, "killed after {pause:?}");
        let mirrors = fs::read_dir(publication.root().join(".signal/mirrors")).unwrap().flatten();
        let left: Vec<_> =
            mirrors.map(|entry| entry.file_name()).filter(|name| name != "a.git" && name != "b.git").collect();
        assert!(left.is_empty(), "killed after {pause:?}: {left:?} is left");
    }
}

#[test]
fn at_twenty_random_points_of_a_clone_a_fetch_and_a_write() {
    let mut publication = Publication::new();
    let repos: Vec<Repo> = ["a", "b"].map(|name| remote(&publication, name)).into();
    for (repo, name) in repos.iter().zip(["a", "b"]) {
        lengthen(repo, "main", 0, 2_000);
        publication.track(name, &format!("url: 'file://{}'", repo.path.display()));
    }
    let kept = tempfile::tempdir().unwrap();
    let (nothing, cloned, fetched) = (kept.path().join("0"), kept.path().join("1"), kept.path().join("2"));
    assert_unmoved(&publication, &nothing, &[], 1);
    copy(publication.root(), &cloned);
    for repo in &repos {
        lengthen(repo, "main", 2_000, 2_000);
    }
    assert_unmoved(&publication, &cloned, &[], 2);
    copy(publication.root(), &fetched);
    for folder in &STATE[1..] {
        fs::remove_dir_all(fetched.join(folder)).unwrap();
    }
    assert_unmoved(&publication, &fetched, &["--no-fetch"], 3);
}

#[test]
fn lock_files_of_a_killed_git_do_not_stop_the_next_one() {
    let mut publication = Publication::new();
    let repo = remote(&publication, "far");
    publication.track("far", &format!("url: 'file://{}'", repo.path.display()));
    lengthen(&repo, "main", 0, 3);
    publication.mine(&[]);
    lengthen(&repo, "main", 3, 3);
    let mirror = publication.root().join(".signal/mirrors/far.git");
    for file in ["config.lock", "HEAD.lock", "packed-refs.lock", "shallow.lock", "refs/heads/main.lock"] {
        fs::write(mirror.join(file), "").unwrap();
    }
    fs::write(mirror.join("objects/pack/tmp_pack_x"), "half of a pack").unwrap();
    publication.mine(&[]);
    assert_eq!(super::counted(&publication, "far"), 6);
    assert!(!mirror.join("objects/pack/tmp_pack_x").exists());
}

#[test]
fn a_git_that_outlives_its_killed_signal_still_holds_the_lock() {
    let mut publication = Publication::new();
    publication.track("far", "url: 'ssh://example.org/far.git'");
    let mark = publication.root().join("mark");
    // In place of ssh: it says that it runs, and answers nothing for a while.
    let ssh = format!("touch '{}'; sleep 8; exit 1;", mark.display());
    let mut child = publication.command(&["mine"]).env("GIT_SSH_COMMAND", &ssh).spawn().unwrap();
    while !mark.exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let run = publication.signal(&["mine"]);
    assert!(run.stderr.starts_with("far: another `signal mine` is working on it; wait"), "{}", run.stderr);
}
