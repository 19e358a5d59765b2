//! Trees and lines, held against git's own numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use signal::data::snapshot::{Depth, Lines, Snapshot};
use signal::plain::sorted::Sorted;

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";
const EVE: &str = "Eve <eve@example.org>";

/// A publication that reads lines, with one repository.
pub fn with_lines(name: &str) -> (Publication, Repo) {
    let mut publication = Publication::new();
    let repo = Repo::new(&publication.root().join(format!("repos/{name}.git")));
    publication.track(name, &format!("path: repos/{name}.git, depth: lines"));
    (publication, repo)
}

pub fn snapshot(publication: &Publication, id: &str, period: &str) -> Snapshot {
    serde_yaml::from_str(&publication.read(&format!("data/snapshots/{period}/{id}.yaml"))).unwrap()
}

pub fn sum(lines: &Sorted<String, Lines>) -> (u64, u64) {
    lines.values().fold((0, 0), |sum, lines| (sum.0 + lines.added, sum.1 + lines.removed))
}

/// A tree of entries such as `100644 a/b.txt` with their contents; a submodule's content is its commit.
pub fn tree(repo: &Repo, entries: &[(&str, &str, &[u8])]) -> String {
    let index = repo.path.join("index");
    let _ = std::fs::remove_file(&index);
    let mut listing = String::new();
    for (mode, path, content) in entries {
        let id = match *mode {
            "160000" => String::from_utf8(content.to_vec()).unwrap(),
            _ => repo.feed(&["hash-object", "-w", "--stdin"], content),
        };
        let _ = writeln!(listing, "{mode} {id}\t{path}");
    }
    repo.feed(&["update-index", "--index-info"], listing.as_bytes());
    repo.git(&["write-tree"])
}

/// What git counts over a range, without symbolic links and submodules.
fn witness(repo: &Repo, tip: &str) -> (u64, u64) {
    let log = repo.git(&["log", "--no-merges", "-M", "-l0", "--numstat", "--format=", tip]);
    let mut sum = (0, 0);
    for line in log.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() == 3 && !fields[2].contains("link") && !fields[2].contains("module") {
            sum.0 += fields[0].parse::<u64>().unwrap_or(0);
            sum.1 += fields[1].parse::<u64>().unwrap_or(0);
        }
    }
    sum
}

pub fn numbered(from: u32, to: u32) -> Vec<u8> {
    (from..to).flat_map(|number| format!("line {number}\n").into_bytes()).collect()
}

/// A commit of each kind that a miner may stumble over.
pub fn strange(repo: &Repo) -> String {
    let text = numbered(0, 40);
    let edited = [&numbered(0, 20)[..], b"new\n", &numbered(22, 40)].concat();
    let long = numbered(100, 160);
    let commit = "0123456789012345678901234567890123456789".as_bytes();
    let trees: Vec<Vec<(&str, &str, &[u8])>> = vec![
        vec![("100644", "a.txt", &text), ("100644", "folder", b"was a file\n"), ("100644", "b/c.rs", &long)],
        // Renamed with edits, and one without a line's end.
        vec![("100644", "moved/z.txt", &edited), ("100644", "folder", b"was a file"), ("100644", "b/c.rs", &long)],
        // A file that becomes a folder, a binary, a link, a submodule, another mode.
        vec![
            ("100755", "moved/z.txt", &edited),
            ("100644", "folder/inner.txt", b"was a file\nand more\r\n"),
            ("100644", "b/c.rs", &long),
            ("100644", "binary", b"a\nb\0c\n"),
            ("120000", "link", b"moved/z.txt"),
            ("160000", "module", commit),
        ],
        // An exact rename by one of two that are the same, and a binary that becomes text.
        vec![
            ("100755", "moved/z.txt", &edited),
            ("100644", "folder/inner.txt", b"was a file\nand more\n"),
            ("100644", "d/c.rs", &long),
            ("100644", "d/e.rs", &long),
            ("100644", "binary", b"a\nb\nc\n"),
            ("120000", "link", b"d/c.rs"),
        ],
        // All but one gone; an empty file.
        vec![("100644", "d/e.rs", &long), ("100644", "empty", b"")],
        // The same once more: an empty commit.
        vec![("100644", "d/e.rs", &long), ("100644", "empty", b"")],
    ];
    let mut tip: Option<String> = None;
    for (number, entries) in trees.iter().enumerate() {
        let tree = tree(repo, entries);
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        tip = Some(repo.commit_tree(&tree, &parents, ADA, &format!("2024-02-1{number}"), "Work"));
    }
    let tip = tip.unwrap();
    repo.branch("main", &tip);
    tip
}

#[test]
fn every_kind_of_change_counts_as_git_counts_it() {
    let (publication, repo) = with_lines("strange");
    let tip = strange(&repo);
    publication.mine(&[]);
    let snapshot = snapshot(&publication, "strange", "2024-Q1");
    let lines = sum(snapshot.lines.as_ref().unwrap());
    assert_eq!(lines, witness(&repo, &tip));
    assert!(lines.0 > 100 && lines.1 > 50, "{lines:?}");
    assert_eq!(sum(snapshot.authors[0].lines.as_ref().unwrap()), lines);
    assert_eq!(snapshot.set_aside.unwrap(), signal::data::snapshot::SetAside::default());
    assert_eq!(snapshot.authors[0].types.as_ref().unwrap().values().sum::<u32>(), 6);
}

#[test]
fn a_rename_begins_at_half_and_a_copy_is_new() {
    let (publication, repo) = with_lines("halves");
    // Ten lines of the same length, of which so many stay.
    let lines = |kept: u8| -> Vec<u8> {
        (0..10).flat_map(|at| [if at < kept { b'a' + at } else { b'A' + at }, b'\n']).collect()
    };
    let (whole, half, less) = (lines(10), lines(5), lines(4));
    let commit = "0123456789012345678901234567890123456789".as_bytes();
    let trees: [&[(&str, &str, &[u8])]; 7] = [
        &[("100644", "a.rs", &whole)],
        &[("100644", "half.rs", &half)],
        &[("100644", "a.rs", &whole)],
        &[("100644", "less.rs", &less)],
        // A copy.
        &[("100644", "less.rs", &less), ("100644", "copy.rs", &less)],
        // A file that becomes a link, and one that becomes a submodule.
        &[("120000", "less.rs", b"copy.rs"), ("160000", "copy.rs", commit)],
        &[("100644", "less.rs", &less), ("100644", "copy.rs", b"x\n")],
    ];
    let mut tip: Option<String> = None;
    for (number, entries) in trees.iter().enumerate() {
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        tip = Some(repo.commit_tree(&tree(&repo, entries), &parents, ADA, &format!("2024-02-1{number}"), "Work"));
    }
    let tip = tip.unwrap();
    repo.branch("main", &tip);
    publication.mine(&[]);
    let counted = sum(&snapshot(&publication, "halves", "2024-Q1").lines.unwrap());
    assert_eq!(counted, (10 + 5 + 5 + 10 + 10 + 11, 5 + 5 + 10 + 20));
    // Git counts the link and the submodule's commit as a line each.
    let git = witness(&repo, &tip);
    assert_eq!((git.0 - 2, git.1 - 2), counted);
}

#[test]
fn a_merge_a_bot_and_an_import_add_no_lines() {
    let (publication, repo) = with_lines("lanes");
    let blob = |text: &[u8]| tree(&repo, &[("100644", "a.rs", text)]);
    let root = repo.commit_tree(&blob(b"1\n"), &[], ADA, "2024-01-10", "Begin");
    let bot = "x[bot] <1+x[bot]@users.noreply.github.com>";
    let by_bot = repo.commit_tree(&blob(b"1\n2\n"), &[&root], bot, "2024-01-11", "Bump");
    let side = repo.commit_tree(&blob(b"1\n3\n"), &[&root], ADA, "2024-01-11", "Side");
    let merge = repo.commit_tree(&blob(b"1\n2\n3\n4\n5\n"), &[&by_bot, &side], ADA, "2024-01-12", "Merge");
    repo.branch("main", &merge);
    publication.mine(&[]);
    let snapshot = snapshot(&publication, "lanes", "2024-Q1");
    assert_eq!(sum(&snapshot.lines.unwrap()), (2, 0));
    assert_eq!(snapshot.authors.len(), 1);
}

#[test]
fn no_number_of_commits_loses_a_line() {
    let mut publication = Publication::new();
    let sizes = [1_u32, 50, 51, 100, 101];
    for size in sizes {
        let name = format!("r{size}");
        let repo = Repo::new(&publication.root().join(format!("repos/{name}.git")));
        publication.track(&name, &format!("path: repos/{name}.git, depth: lines"));
        let mut tip: Option<String> = None;
        for number in 0..size {
            let tree = tree(&repo, &[("100644", "a.rs", &numbered(0, number + 1))]);
            let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
            tip = Some(repo.commit_tree(&tree, &parents, ADA, "2024-02-05", "Work"));
        }
        repo.branch("main", &tip.unwrap());
    }
    publication.mine(&[]);
    for size in sizes {
        let snapshot = snapshot(&publication, &format!("r{size}"), "2024-Q1");
        assert_eq!(sum(&snapshot.lines.unwrap()), (u64::from(size), 0));
        assert_eq!(snapshot.authors[0].file_touches, Some(size - 1));
        assert_eq!(snapshot.authors[0].file_churn, Some(u64::from(size - 1)));
    }
}

/// Takes an object out of a repository of loose objects.
pub fn lose(repo: &Repo, object: &str) {
    let id = repo.git(&["rev-parse", object]);
    std::fs::remove_file(repo.path.join("objects").join(&id[..2]).join(&id[2..])).unwrap();
}

#[test]
fn a_missing_object_is_unknown_and_counted() {
    let (publication, repo) = with_lines("lacking");
    let blob = |text: &[u8]| tree(&repo, &[("100644", "src/a.rs", text), ("100644", "b.rs", b"b\n")]);
    let one = repo.commit_tree(&blob(b"1\n"), &[], ADA, "2024-01-10", "One");
    let two = repo.commit_tree(&blob(b"1\n2\n"), &[&one], ADA, "2024-01-17", "Two");
    let three = repo.commit_tree(&blob(b"1\n2\n3\n"), &[&two], BOB, "2024-01-24", "Three");
    let four = repo.commit_tree(&blob(b"1\n2\n3\n4\n"), &[&three], BOB, "2024-01-31", "Four");
    repo.branch("main", &four);
    lose(&repo, &format!("{two}:src/a.rs"));
    publication.mine(&[]);
    let lacking = snapshot(&publication, "lacking", "2024-Q1");
    // The commit that made it and the one that changed it.
    assert_eq!(lacking.set_aside.unwrap().missing_objects, 2);
    assert_eq!(sum(&lacking.lines.unwrap()), (2 + 1, 0));
    // Who changed what is known from the trees.
    assert_eq!(lacking.shared_files.unwrap(), [[0, 1]]);
    assert_eq!(lacking.authors.iter().map(|row| row.file_touches.unwrap()).sum::<u32>(), 1);
    lose(&repo, &format!("{three}:src"));
    publication.mine(&["--fresh"]);
    let lacking = snapshot(&publication, "lacking", "2024-Q1");
    assert_eq!(lacking.set_aside.unwrap().missing_objects, 3);
    assert_eq!(sum(&lacking.lines.unwrap()), (2, 0));
    assert_eq!(publication.cell("lacking", "2024-Q1").own, 4);
}

#[test]
fn authors_who_change_the_same_file_are_found() {
    let (publication, repo) = with_lines("shared");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut tip: Option<String> = None;
    let mut change = |author: &str, day: &str, paths: &[&str]| {
        for path in paths {
            files.entry((*path).to_owned()).or_default().extend(b"more\n");
        }
        let entries: Vec<(&str, &str, &[u8])> =
            files.iter().map(|(path, text)| ("100644", path.as_str(), &text[..])).collect();
        let tree = tree(&repo, &entries);
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        tip = Some(repo.commit_tree(&tree, &parents, author, day, "Work"));
    };
    change(ADA, "2024-01-02", &["a.rs", "b.rs", "README.md"]);
    change(BOB, "2024-01-03", &["a.rs", "README.md"]);
    change(EVE, "2024-01-10", &["a.rs", "README.md"]);
    change(EVE, "2024-01-17", &["a.rs"]);
    change(BOB, "2024-01-11", &["b.rs"]);
    let many: Vec<String> = (0..101).map(|number| format!("many/{number}.rs")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    change(ADA, "2024-02-01", &many);
    change(BOB, "2024-02-02", &many[..100]);
    change(EVE, "2024-04-02", &["b.rs"]);
    repo.branch("main", &tip.unwrap());
    publication.mine(&[]);
    let winter = snapshot(&publication, "shared", "2024-Q1");
    // a.rs by all three; b.rs by two of them, which says no more; no documents, and no commit over 100 files.
    assert_eq!(winter.shared_files.unwrap(), [[0, 1, 2]]);
    assert_eq!(winter.set_aside.unwrap().too_many_files, 1);
    // a.rs in three weeks; README.md in two; b.rs when it existed in one.
    assert_eq!(winter.reworked_files, Some(2));
    let spring = snapshot(&publication, "shared", "2024-Q2");
    assert_eq!(spring.shared_files.unwrap(), Vec::<Vec<u32>>::new());
}

#[test]
fn paths_alone_say_who_and_not_how_much() {
    let mut publication = Publication::new();
    let repo = Repo::new(&publication.root().join("repos/strange.git"));
    publication.track("strange", "path: repos/strange.git, depth: paths");
    strange(&repo);
    publication.mine(&[]);
    let snapshot = snapshot(&publication, "strange", "2024-Q1");
    assert_eq!(snapshot.depth, Depth::Paths);
    assert!(snapshot.lines.is_none() && snapshot.diff.is_none() && snapshot.authors[0].file_churn.is_none());
    assert!(snapshot.authors[0].types.is_some() && snapshot.authors[0].file_touches.unwrap() > 3);
    assert!(snapshot.shared_files.is_some() && snapshot.reworked_files.is_some());
}

#[test]
fn only_what_is_due_is_made_and_it_is_what_all_would_be() {
    let (publication, repo) = with_lines("grown");
    let text = |lines| tree(&repo, &[("100644", "a.rs", &numbered(0, lines))]);
    let mut tip = repo.commit_tree(&text(1), &[], ADA, "2024-01-10", "Begin");
    let side = repo.commit_tree(&text(8), &[&tip], EVE, "2024-02-10", "Aside");
    for (number, day) in (2..).zip(["2024-04-10", "2024-07-10", "2024-10-10"]) {
        tip = repo.commit_tree(&text(number), &[&tip], BOB, day, "Work");
    }
    repo.branch("main", &tip);
    publication.mine(&[]);
    let first = publication.mined();
    assert_eq!(publication.mine(&[]).stderr, "grown: nothing new\n");
    let merge = repo.commit_tree(&text(8), &[&tip, &side], BOB, "2024-12-10", "Merge");
    let next = repo.commit_tree(&text(9), &[&merge], BOB, "2025-01-10", "Work");
    repo.branch("main", &next);
    publication.mine(&[]);
    let grown = publication.mined();
    let file = |period: &str| std::path::PathBuf::from(format!("data/snapshots/{period}/grown.yaml"));
    for period in ["2024-Q1", "2024-Q2", "2024-Q3"] {
        assert_eq!(first[&file(period)], grown[&file(period)], "{period}");
    }
    assert_eq!(sum(&snapshot(&publication, "grown", "2024-Q4").lines.unwrap()), (1 + 7, 0));
    assert_eq!(sum(&snapshot(&publication, "grown", "2025-Q1").lines.unwrap()), (1, 0));
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), grown);
    // Without the blob of the second quarter, whoever counts it again can't get the same.
    lose(&repo, &repo.feed(&["hash-object", "--stdin"], &numbered(0, 2)));
    let edit = |period: &str, from: &str, to: &str| {
        let text = publication.read(&format!("data/snapshots/{period}/grown.yaml"));
        assert!(text.contains(from), "{text}");
        publication.write(&format!("data/snapshots/{period}/grown.yaml"), &text.replace(from, to));
    };
    // A file of other rules, of another key, of an older format, and one that is gone.
    edit("2024-Q4", "  kinds: ", "  sorts: ");
    edit("2025-Q1", "\nkey: ", "\nkey: 0123456789abcdef\nkeyed: ");
    publication.mine(&[]);
    assert_eq!(publication.mined(), grown);
    edit("2024-Q4", "version: 1", "version: 0");
    std::fs::remove_file(publication.root().join(file("2025-Q1"))).unwrap();
    publication.mine(&[]);
    assert_eq!(publication.mined(), grown);
    // Another depth makes all of them due.
    let registry = publication.read("data/repos.yaml").replace("depth: lines", "depth: headers");
    publication.write("data/repos.yaml", &registry);
    publication.mine(&[]);
    assert!(publication.mined().values().all(|text| !text.contains("depth: lines")));
}

#[test]
fn killed_half_way_it_goes_on_to_the_same_bytes() {
    let (publication, repo) = with_lines("grown");
    let mut tip: Option<String> = None;
    for number in 0..60 {
        let tree = tree(&repo, &[("100644", "a.rs", &numbered(number, 40 + 2 * number))]);
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        let day = format!("202{}-{:02}-05", 4 + number / 36, 1 + number / 3 % 12);
        tip = Some(repo.commit_tree(&tree, &parents, [ADA, BOB][number as usize % 2], &day, "Work"));
    }
    repo.branch("main", &tip.unwrap());
    publication.mine(&[]);
    let whole = publication.mined();
    for pause in [0, 5, 10, 20, 30, 40] {
        for folder in ["data/history", "data/snapshots"] {
            std::fs::remove_dir_all(publication.root().join(folder)).unwrap();
        }
        if pause % 10 == 0 {
            std::fs::remove_dir_all(publication.root().join(".signal/changes")).unwrap();
        }
        let mut child = publication.command(&["mine", "--quiet"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        publication.mine(&["--quiet"]);
        let is_part = |file: &std::path::Path| file.extension().is_some_and(|extension| extension == "part");
        let mined: BTreeMap<_, _> = publication.mined().into_iter().filter(|(file, _)| !is_part(file)).collect();
        assert_eq!(mined, whole, "killed after {pause} ms");
    }
}

#[test]
fn packed_as_differences_the_files_are_the_same() {
    let (publication, repo) = with_lines("packed");
    let mut tip: Option<String> = None;
    for number in 0..60_u32 {
        let mut text = numbered(0, 2000);
        text.extend(numbered(5000 + number, 5000 + number * 3));
        // Some versions come back, some are a file's beginning, and one is no text.
        text.truncate(if number % 7 == 0 { 9000 } else { usize::MAX });
        text.extend((number == 33).then_some(0));
        let files: [(&str, &str, &[u8]); 3] =
            [("100644", "src/long.c", &text), ("100644", "src/short.c", &numbered(0, number)), ("100644", "x", b"x\n")];
        let tree = tree(&repo, &files);
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        tip = Some(repo.commit_tree(&tree, &parents, ADA, "2024-02-05", &number.to_string()));
    }
    let tip = tip.unwrap();
    repo.branch("main", &tip);
    publication.mine(&[]);
    assert_eq!(sum(snapshot(&publication, "packed", "2024-Q1").lines.as_ref().unwrap()), witness(&repo, &tip));
    let loose = publication.mined();
    repo.git(&["repack", "-a", "-d", "-f", "--quiet", "--depth=20"]);
    assert!(repo.git(&["count-objects", "-v"]).contains("\npacks: 1\n"));
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), loose);
}
