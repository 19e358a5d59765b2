//! Data files that aren't what they should be: a diagnostic that names the file, never a panic, never overwritten.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use super::ADA;
use crate::support::{Publication, Run};

const HISTORY: &str = "data/history/a.yaml";
const SNAPSHOT: &str = "data/snapshots/2024-Q1/a.yaml";

fn mined() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let one = repo.commit(&[], ADA, "2024-02-10", "One");
    let two = repo.commit(&[&one], ADA, "2024-05-10", "Two");
    repo.branch("main", &two);
    publication.mine(&[]);
    publication
}

/// Reads for figures and for mining; the fault names the file, and the file stays as it is.
fn assert_refused(publication: &Publication, file: &str, says: &str) {
    let before = fs::read(publication.root().join(file)).ok();
    let mut runs: Vec<Run> = vec![publication.signal(&["figures"])];
    assert_eq!(runs[0].code, 1, "{}", runs[0].stderr);
    if file == HISTORY {
        runs.push(publication.signal(&["mine"]));
        assert_eq!(runs[1].code, 3, "{}", runs[1].stderr);
    }
    for run in runs {
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
        assert!(run.stderr.contains(file), "{}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
    assert_eq!(fs::read(publication.root().join(file)).ok(), before);
}

/// A file in which one text is replaced.
fn assert_replaced(file: &str, from: &str, to: &str, says: &str) {
    let publication = mined();
    let text = publication.read(file);
    assert!(text.contains(from), "{text}");
    publication.write(file, &text.replacen(from, to, 1));
    assert_refused(&publication, file, says);
}

#[test]
fn a_file_cut_short_anywhere_is_refused_or_says_what_it_says() {
    let publication = mined();
    for file in [HISTORY, SNAPSHOT] {
        let text = publication.read(file);
        for at in (0..text.len()).step_by(23) {
            publication.write(file, &text[..at]);
            let run = publication.signal(&["figures"]);
            // YAML has no end, so a file that lacks whole rows is a good one; the books find that it lacks some.
            assert!(run.code <= 1, "{file} cut at {at}: {}", run.stderr);
            assert!(run.code == 0 || run.stderr.contains(file), "{file} cut at {at}: {}", run.stderr);
        }
        publication.write(file, &text);
    }
}

#[test]
fn versions_keys_and_names_of_others_are_refused() {
    for file in [HISTORY, SNAPSHOT] {
        assert_replaced(file, "version: 1", "version: 2", "the file is of version 2, this program reads version 1");
        assert_replaced(file, "version: 1", "version: -1", "cannot be read");
        assert_replaced(file, "version: 1", "version: 1\nversion: 1", "cannot be read");
        assert_replaced(file, "repo: a", "repo: b", "the file says that it is about `b`");
        assert_replaced(file, "key: ", "key: [1, 2] #", "cannot be read");
        assert_replaced(file, "key: ", "key: {a: b} #", "cannot be read");
        assert_replaced(file, "key: ", "key: 17 #", "cannot be read");
        assert_replaced(file, "key: ", "key: not-a-key #", "cannot be read");
        assert_replaced(file, "repo: a", "repo: a\nrepos: b", "cannot be read");
    }
    assert_replaced(HISTORY, "1 own", "99999999999 own", "cannot be read");
    assert_replaced(HISTORY, "2024-Q1: ", "2024-Q5: ", "cannot be read");
    assert_replaced(HISTORY, "2024-Q1: ", "99999-Q1: ", "cannot be read");
}

#[test]
fn bytes_that_are_not_text_and_folders_are_refused() {
    let publication = mined();
    fs::write(publication.root().join(HISTORY), b"version: 1\nrepo: \xff\xfe\n").unwrap();
    assert_refused(&publication, HISTORY, "the file isn't UTF-8");
    fs::write(publication.root().join(HISTORY), b"version: 1\0\0\0\0").unwrap();
    assert_refused(&publication, HISTORY, "cannot be read");
    fs::remove_file(publication.root().join(HISTORY)).unwrap();
    fs::create_dir(publication.root().join(HISTORY)).unwrap();
    assert_refused(&publication, HISTORY, "cannot read the file");
}

#[test]
fn anchors_that_grow_are_refused_before_they_do() {
    let publication = mined();
    let head = publication.read(HISTORY);
    let mut bomb = "roots: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        let _ = writeln!(bomb, "{name}: &{name} [{}]", vec![format!("*{of}"); 10].join(", "));
    }
    publication.write(HISTORY, &format!("{bomb}{head}"));
    assert_refused(&publication, HISTORY, "cannot be read");
    let nested = "[".repeat(100_000);
    publication.write(HISTORY, &format!("{head}periods: {nested}"));
    assert_refused(&publication, HISTORY, "cannot be read");
}

#[test]
fn fifty_megabytes_of_anchors_are_refused_in_time() {
    let publication = mined();
    let mut text = String::with_capacity(50_000_000);
    let mut number = 0;
    while text.len() < 50_000_000 {
        let _ = writeln!(text, "- &a{number} {{x: 1}}\n- *a{number}");
        number += 1;
    }
    publication.write(HISTORY, &format!("version: 1\nauthors:\n{text}"));
    let began = Instant::now();
    let run = publication.signal(&["figures"]);
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("cannot be read") && run.stderr.len() < 5_000, "{}", &run.stderr[..200]);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_unread() {
    let publication = mined();
    for file in [HISTORY, SNAPSHOT, "data/people.yaml"] {
        let former = fs::read(publication.root().join(file)).ok();
        // It takes no room on the disk.
        fs::File::create(publication.root().join(file)).unwrap().set_len(2 << 30).unwrap();
        let run = publication.signal(&["figures"]);
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains("larger than") && run.stderr.contains(file), "{}", run.stderr);
        match former {
            Some(bytes) => fs::write(publication.root().join(file), bytes).unwrap(),
            None => fs::remove_file(publication.root().join(file)).unwrap(),
        }
    }
}

#[test]
fn what_is_written_by_hand_may_not_nest_or_grow_without_end() {
    for text in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "&a [*a, *a]".to_owned()] {
        for file in ["data/people.yaml", "data/orgs.yaml"] {
            let publication = mined();
            publication.write(file, &format!("merges: {text}"));
            let run = publication.signal(&["figures"]);
            assert_eq!(run.code, 1, "{file}");
            assert!(run.stderr.contains(file) && run.stderr.len() < 500_000, "{}", run.stderr.len());
        }
    }
}
