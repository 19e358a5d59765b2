//! What is large, or grows: refused or read within bounded memory and time.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use signal::data::snapshot::Snapshot;

use super::{ADA, counted, remote};
use crate::support::{Publication, Repo, Run};

/// Runs the program with so many megabytes of addresses, for at most a minute.
fn within(publication: &Publication, megabytes: u64, arguments: &[&str]) -> Run {
    let began = Instant::now();
    let program = publication.command(arguments);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {}; exec \"$@\"", megabytes << 10)).arg("sh");
    command.arg(program.get_program()).args(program.get_args()).env("NO_COLOR", "1").stdin(Stdio::null());
    // Threads share an arena: each of its own would take its addresses out of the limit.
    let output = command.env("MALLOC_ARENA_MAX", "1").output().unwrap();
    assert!(began.elapsed() < Duration::from_mins(1), "{arguments:?} took {:?}", began.elapsed());
    Run::new(&output, publication.root())
}

fn mined() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let one = repo.commit(&[], ADA, "2024-02-10", "One");
    repo.branch("main", &repo.commit(&[&one], ADA, "2024-05-10", "Two"));
    publication.mine(&[]);
    publication
}

/// A list under an anchor and the same list a thousand times, with so many anchors that there aren't too few.
fn grown(item: &str, around: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    let long = vec![item; 2_000].join(", ");
    let _ = writeln!(text, "{}", around(&format!("&a [{long}]")));
    for number in 0..1_000 {
        let _ = writeln!(text, "{}", around(&format!("&b{number} [{item}]")));
        let _ = writeln!(text, "{}", around("*a"));
    }
    text
}

#[test]
fn anchors_that_grow_in_fields_that_may_hold_them_are_refused_in_every_file() {
    let numbered = std::cell::Cell::new(0);
    let next = || {
        numbered.set(numbered.get() + 1);
        numbered.get()
    };
    let files = [
        ("data/people.yaml", format!("merges:\n{}", grown("00000000000000aa", |list| format!("- {list}")))),
        (
            "data/orgs.yaml",
            format!(
                "organisations:\n{}",
                grown("a.test", |list| format!("- {{slug: s{}, name: N, domains: {list}}}", next()))
            ),
        ),
        (
            "data/areas.yaml",
            format!(
                "areas:\n{}",
                grown("word", |list| format!("- {{slug: s{}, title: T, description: D, words: {list}}}", next()))
            ),
        ),
        ("data/rules.yaml", format!("kinds:\n{}", grown("x/", |list| format!("- {{kind: docs, paths: {list}}}")))),
        (
            "data/repos.yaml",
            format!(
                "categories:\n- slug: all\n  title: All\n  repos:\n{}",
                grown("x", |list| format!("  - {{id: r{}, path: p, was: {list}}}", next()))
            ),
        ),
    ];
    for (file, text) in files {
        let publication = mined();
        publication.write(file, &text);
        let run = within(&publication, 400, &["figures"]);
        assert_eq!(run.code, 1, "{file}: {}", run.stderr);
        assert!(run.stderr.contains("it asks for more than is read"), "{file}: {}", run.stderr);
        assert!(run.stderr.contains(file) && run.stderr.len() < 5_000, "{file}: {}", run.stderr);
    }
}

#[test]
fn one_long_text_that_is_repeated_is_refused_too() {
    let publication = mined();
    assert_eq!(within(&publication, 600, &["figures"]).code, 0, "as it stands it is read");
    let mut text = format!("organisations:\n- {{slug: a, name: &long \"{}\", domains: []}}\n", "x".repeat(4 << 20));
    for number in 0..60 {
        let _ = writeln!(text, "- {{slug: s{number}, name: *long, domains: []}}");
    }
    publication.write("data/orgs.yaml", &text);
    let run = within(&publication, 600, &["figures"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("it asks for more than is read") && run.stderr.contains("data/orgs.yaml"));
    assert!(run.stderr.len() < 5_000);
}

#[test]
fn anchors_in_mined_files_are_refused_where_they_would_fit() {
    let list = vec!["1"; 20_000].join(", ");
    let aliases = vec!["*a"; 20_000].join(", ");
    let shared = format!("shared_files: [&a [{list}], {aliases}]\n");
    let cells: Vec<String> = (1000..3000).map(|year| format!("{year}-Q1: 1 own")).collect();
    let lines = format!("- &a {{active: {{{}}}}}\n{}", cells.join(", "), "- *a\n".repeat(20_000));
    for (file, before, bomb) in [
        ("data/snapshots/2024-Q1/a.yaml", "authors:\n", shared + "authors:\n"),
        ("data/history/a.yaml", "authors:\n", format!("authors:\n{lines}")),
    ] {
        let publication = mined();
        let text = publication.read(file);
        assert!(text.contains(before), "{text}");
        publication.write(file, &text.replacen(before, &bomb, 1));
        let run = within(&publication, 600, &["figures"]);
        assert_eq!(run.code, 1, "{file}: {}", run.stderr);
        assert!(run.stderr.contains("the mined file cannot be read: it asks for more than is read"), "{}", run.stderr);
        assert!(run.stderr.contains(file), "{}", run.stderr);
    }
}

#[test]
fn a_snapshot_of_two_gigabytes_is_mined_anew_without_being_read() {
    let publication = mined();
    let expected = publication.mined();
    let file = publication.root().join("data/snapshots/2024-Q1/a.yaml");
    // One line without an end, and one after a good beginning.
    for beginning in ["", "version: 1\nrepo: a\n"] {
        let mut large = fs::File::create(&file).unwrap();
        large.write_all(beginning.as_bytes()).unwrap();
        large.set_len(2 << 30).unwrap();
        let run = within(&publication, 1_000, &["mine"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(publication.mined(), expected);
    }
}

#[test]
fn an_identity_key_without_end_is_refused() {
    let publication = mined();
    let settings = publication.read("signal.yaml");
    let settings = settings.replace("{key: a key that is only for tests, public: true}", "{key_file: key}");
    publication.write("signal.yaml", &settings);
    fs::File::create(publication.root().join("key")).unwrap().set_len(2 << 30).unwrap();
    let run = within(&publication, 1_000, &["mine"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("the key file key is larger than 64 kB"), "{}", run.stderr);
}

#[test]
fn an_expression_without_end_is_refused_and_one_that_is_read_does_not_end_the_program() {
    let publication = mined();
    let page = "content/pages/deep.md";
    let shapes = [("1+", "1"), ("-", "1"), ("not ", "1"), ("1 and ", "1"), ("1 if 1 else ", "1"), ("corpus()", ".x")];
    for (sign, end) in shapes {
        for times in [1_900 / sign.len(), 100_000] {
            let inner = format!("{}{end}", sign.repeat(times));
            publication.write(page, &format!("---\ntitle: Deep\n---\n\nHere: {{{{ {inner} }}}}.\n"));
            let run = publication.signal(&["build", "--offline"]);
            assert!(matches!(run.code, 0 | 1), "{sign} {times}: {} {}", run.code, run.stderr);
            let is_refused = run.stderr.contains("at most 2000 are read") && run.stderr.contains("deep.md:5:");
            assert_eq!(is_refused, inner.len() > 2_000, "{sign} {times}: {}", run.stderr);
        }
    }
}

fn lines(publication: &mut Publication, name: &str) -> Repo {
    let repo = Repo::new(&publication.root().join(format!("repos/{name}.git")));
    publication.track(name, &format!("path: repos/{name}.git, depth: lines"));
    repo
}

fn snapshot(publication: &Publication, id: &str) -> Snapshot {
    serde_yaml::from_str(&publication.read(&format!("data/snapshots/2024-Q1/{id}.yaml"))).unwrap()
}

#[test]
fn a_blob_of_a_gigabyte_is_never_in_memory() {
    let mut publication = Publication::new();
    let repo = lines(&mut publication, "heavy");
    repo.git(&["config", "core.compression", "1"]);
    let file = publication.root().join("large");
    fs::File::create(&file).unwrap().set_len(1 << 30).unwrap();
    let large = repo.git(&["hash-object", "-w", "--no-filters", &file.to_string_lossy()]);
    let small = repo.feed(&["hash-object", "-w", "--stdin"], b"1\n2\n");
    let tree = |name: &str| {
        repo.feed(&["mktree"], format!("100644 blob {small}\ta.rs\n100644 blob {large}\t{name}\n").as_bytes())
    };
    let one = repo.commit_tree(&tree("large.rs"), &[], ADA, "2024-02-10", "Add");
    let two = repo.commit_tree(&tree("moved.rs"), &[&one], ADA, "2024-02-11", "Move");
    repo.branch("main", &two);
    // As a file of its own, and in a pack.
    for round in 0..2 {
        let run = within(&publication, 700, &["mine", "--fresh"]);
        assert_eq!(run.code, 0, "{round}: {}", run.stderr);
        let snapshot = snapshot(&publication, "heavy");
        assert_eq!(snapshot.set_aside.unwrap().missing_objects, 0, "it is no text, and not missing");
        assert_eq!(snapshot.lines.unwrap().values().map(|lines| lines.added).sum::<u64>(), 2);
        repo.git(&["-c", "pack.window=0", "repack", "-adq"]);
        repo.git(&["prune-packed"]);
    }
}

/// A commit with `count` files of the same content in folders of a thousand, below `top`.
fn many(repo: &Repo, count: u32, top: &str, from: Option<&str>) -> String {
    let mut stream = String::from("blob\nmark :1\ndata 2\nx\n\ncommit refs/heads/main\n");
    let seconds = 1_707_566_400 + i64::from(from.is_some()) * 86_400;
    let _ = write!(stream, "committer {ADA} {seconds} +0000\ndata 4\nMany\n");
    if let Some(from) = from {
        let _ = writeln!(stream, "from {from}\ndeleteall");
    }
    for number in 0..count {
        let _ = writeln!(stream, "M 100644 :1 {top}/{}/{number}.rs", number / 1_000);
    }
    repo.feed(&["fast-import", "--quiet", "--date-format=raw"], stream.as_bytes());
    repo.git(&["rev-parse", "main"])
}

#[test]
fn fifty_thousand_files_of_one_content_are_moved_in_time() {
    let mut publication = Publication::new();
    let repo = lines(&mut publication, "moved");
    let first = many(&repo, 50_000, "old", None);
    many(&repo, 50_000, "new", Some(&first));
    let run = within(&publication, 2_000, &["mine"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let snapshot = snapshot(&publication, "moved");
    let lines = *snapshot.lines.unwrap().get("implementation").unwrap();
    assert_eq!((lines.added, lines.removed), (50_000, 0), "each file is one that was renamed");
    assert_eq!(snapshot.authors[0].file_touches, Some(50_000));
}

#[test]
fn a_tree_of_ten_thousand_million_files_is_unknown_and_counted() {
    for (is_remote, depth) in [(false, "lines"), (true, "paths")] {
        let mut publication = Publication::new();
        let repo = remote(&publication, "bomb");
        let path = repo.path.display();
        let source = if is_remote { format!("url: 'file://{path}'") } else { format!("path: '{path}'") };
        publication.track("bomb", &format!("{source}, depth: {depth}"));
        let mut inner = repo.tree(&[("a.rs", "x\n")]);
        for _ in 0..10 {
            let listing: Vec<String> = (0..10).map(|number| format!("040000 tree {inner}\tf{number}\n")).collect();
            inner = repo.feed(&["mktree"], listing.concat().as_bytes());
        }
        let one = repo.commit_tree(&repo.tree(&[("a.rs", "x\n")]), &[], ADA, "2024-02-10", "Begin");
        let two = repo.commit_tree(&repo.tree(&[("a.rs", "x\ny\n")]), &[&one], ADA, "2024-02-11", "Go on");
        // The tip is the tree whose attributes are asked for.
        repo.branch("main", &repo.commit_tree(&inner, &[&two], ADA, "2024-02-12", "Bomb"));
        let run = within(&publication, 3_000, &["mine"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(counted(&publication, "bomb"), 3);
        let snapshot = snapshot(&publication, "bomb");
        assert_eq!(snapshot.set_aside.unwrap().missing_objects, 1);
        assert_eq!(snapshot.authors[0].file_touches, Some(1));
    }
}

#[test]
fn a_path_of_four_thousand_bytes_is_a_path() {
    let mut publication = Publication::new();
    let repo = lines(&mut publication, "deep");
    let folders = vec!["d".repeat(255); 15].join("/");
    let nested = format!("{folders}/{}.rs", "n".repeat(4_096 - folders.len() - 4));
    let flat = format!("{}.py", "f".repeat(4_093));
    assert_eq!((nested.len(), flat.len()), (4_096, 4_096));
    let mut stream = String::new();
    for (number, text) in ["1\n", "1\n2\n"].iter().enumerate() {
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter {ADA} {} +0000\ndata 2\nx\n",
            1_707_566_400 + 86_400 * number
        );
        for path in [&nested, &flat] {
            let _ = write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        }
    }
    repo.feed(&["fast-import", "--quiet", "--date-format=raw"], stream.as_bytes());
    let run = within(&publication, 2_000, &["mine"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let snapshot = snapshot(&publication, "deep");
    assert_eq!(snapshot.set_aside.unwrap(), signal::data::snapshot::SetAside::default());
    assert_eq!(snapshot.lines.unwrap().get("implementation").unwrap().added, 4);
    assert_eq!(snapshot.authors[0].file_touches, Some(2));
}
