//! What `signal mine` says about one commit, and about authors who may be bots; and what rules of one's own change.

use std::fmt::Write as _;

use crate::lines::{self, numbered, with_lines};
use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";

/// A repository with a nested tree: a folder for each first part of a path.
fn tree(repo: &Repo, files: &[(&str, &str)]) -> String {
    let mut listing = String::new();
    let mut folders: Vec<&str> = files.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0)).collect();
    folders.dedup();
    for folder in folders {
        let inside =
            files.iter().filter_map(|(path, text)| Some((path.strip_prefix(folder)?.strip_prefix('/')?, *text)));
        let inside: Vec<(&str, &str)> = inside.collect();
        let _ = writeln!(listing, "040000 tree {}\t{folder}", tree(repo, &inside));
    }
    for (name, text) in files.iter().filter(|(path, _)| !path.contains('/')) {
        let blob = repo.feed(&["hash-object", "-w", "--stdin"], text.as_bytes());
        let _ = writeln!(listing, "100644 blob {blob}\t{name}");
    }
    repo.feed(&["mktree"], listing.as_bytes())
}

fn with_work() -> (Publication, String, String) {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let attributes = (".gitattributes", "mirror/** linguist-vendored\n");
    let first = tree(&repo, &[("csrc/paged_attention.cu", "x\n"), ("docs/a.md", "a\n"), attributes]);
    let files = [
        ("csrc/paged_attention.cu", "y\n"),
        ("csrc/table.h", "// Auto-generated file. Do not edit!\n"),
        ("mirror/b.c", "b\n"),
        ("tests/test_attention.py", "t\n"),
        attributes,
    ];
    let second = tree(&repo, &files);
    let root = repo.commit_tree(&first, &[], "Ada <ada@example.org>", "2024-01-10", "Begin");
    let message = "[BugFix][Kernel] Wrong tail of an \x1b[31mFP8 row\n\nCo-authored-by: Claude <noreply@anthropic.com>\n\
                   Co-authored-by: Bob Talbot <bob@example.org>\n";
    let tip = repo.commit_tree(&second, &[&root], "Henry Talbot <talbot@example.org>", "2024-02-10", message);
    repo.branch("main", &tip);
    (publication, root, tip)
}

#[test]
fn a_commit_is_explained_rule_by_rule() {
    let (publication, root, tip) = with_work();
    let run = publication.signal(&["mine", "--explain", "a", &tip]);
    assert_eq!((run.code, &run.stderr[..]), (0, ""));
    insta::assert_snapshot!("explain", run.stdout);
    let run = publication.signal(&["mine", "--explain", "a", &root[..12]]);
    insta::assert_snapshot!("explain_root", run.stdout);
    assert!(publication.mined().is_empty());
}

#[test]
fn renames_and_lines_are_explained_as_they_are_counted() {
    let (publication, repo) = with_lines("a");
    let (long, longer) = (numbered(0, 40), numbered(0, 50));
    let after: [(&str, &str, &[u8]); 3] =
        [("100644", "new.rs", &longer), ("120000", "link", b"x"), ("100644", "b", b"\0")];
    let root = repo.commit_tree(&lines::tree(&repo, &[("100644", "old.rs", &long)]), &[], ADA, "2024-01-10", "Begin");
    let moved = repo.commit_tree(&lines::tree(&repo, &after), &[&root], ADA, "2024-01-11", "Move");
    repo.branch("main", &moved);
    let rows = |publication: &Publication, commit: &str| {
        let run = publication.signal(&["mine", "--explain", "a", commit]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let from = run.stdout.find("\nfiles").unwrap() + 1;
        run.stdout[from..run.stdout.find("work type").unwrap()].to_owned()
    };
    let renamed = "files      3\n  implementation  b  (no rule fits; no text)\n  \
                   implementation  link  (no rule fits; a link or submodule)\n  \
                   implementation  new.rs  (no rule fits; was old.rs; +10 -0)\n";
    assert_eq!(rows(&publication, &moved), renamed);
    // Trees alone show no rename but an exact one.
    let registry = publication.read("data/repos.yaml");
    publication.write("data/repos.yaml", &registry.replace("depth: lines", "depth: paths"));
    let apart = "files      4\n  implementation  b  (no rule fits)\n  \
                 implementation  link  (no rule fits; a link or submodule)\n  \
                 implementation  new.rs  (no rule fits)\n  implementation  old.rs  (no rule fits)\n";
    assert_eq!(rows(&publication, &moved), apart);
    publication.write("data/repos.yaml", &registry);
    let blob = repo.git(&["rev-parse", "main:new.rs"]);
    lines::lose(&repo, "main:new.rs");
    assert_eq!(rows(&publication, &moved), format!("{apart}lines      unknown: object {blob} is missing here\n"));
    let tree = repo.git(&["rev-parse", &format!("{root}:")]);
    lines::lose(&repo, &format!("{root}:"));
    assert_eq!(rows(&publication, &moved), format!("files      unknown: object {tree} is missing here\n"));
}

#[test]
fn an_area_is_shown_by_no_file_from_elsewhere() {
    let (publication, repo) = with_lines("a");
    let files: [(&str, &str, &[u8]); 2] =
        [("100644", ".gitattributes", b"*.cu linguist-vendored\n"), ("100644", "attention.cu", b"x\n")];
    let tip = repo.commit_tree(&lines::tree(&repo, &files), &[], ADA, "2024-01-10", "Take it over");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let run = publication.signal(&["mine", "--explain", "a", "main"]);
    assert!(run.stdout.ends_with("areas      none\n"), "{}", run.stdout);
    let counted = lines::snapshot(&publication, "a", "2024-Q1");
    assert!(counted.authors[0].areas.as_ref().unwrap().is_empty(), "{:?}", counted.authors[0].areas);
}

#[test]
fn what_cannot_be_explained_is_said() {
    let (publication, ..) = with_work();
    for (arguments, code) in [
        (&["mine", "--explain", "b", "main"][..], 2),
        (&["mine", "--explain", "a", "0123456789"], 1),
        (&["mine", "--explain", "a"], 2),
        (&["mine", "--suspects", "a", "--fresh"], 2),
    ] {
        let run = publication.signal(arguments);
        assert_eq!((run.code, &run.stdout[..]), (code, ""), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn rules_of_a_publication_take_effect_and_make_its_files_due() {
    let (publication, _, tip) = with_work();
    publication.mine(&[]);
    assert_eq!(publication.cell("a", "2024-Q1").bot, 0);
    let before = publication.history("a").state.unwrap().rules;
    publication.write(
        "data/rules.yaml",
        "bots:\n  names: [Ada]\nagents:\n  addresses: [talbot@example.org]\nplaceholders:\n  hosts: [rows.example]\n\
         kinds:\n- {kind: implementation, paths: [tests/]}\n",
    );
    publication.write("data/areas.yaml", "areas:\n- {slug: rows, title: Rows, description: Rows., words: [row]}\n");
    publication.mine(&[]);
    let cell = publication.cell("a", "2024-Q1");
    assert_eq!((cell.bot, cell.agent, cell.own, cell.assisted), (1, 1, 0, 0));
    let after = publication.history("a").state.unwrap().rules;
    assert_ne!(before["actors"], after["actors"]);
    assert_ne!(before["placeholders"], after["placeholders"]);
    assert_eq!(before["organisations"], after["organisations"]);
    let run = publication.signal(&["mine", "--explain", "a", &tip]);
    insta::assert_snapshot!("explain_own_rules", run.stdout);
    publication.write("data/rules.yaml", "bots: {}\n");
    publication.mine(&[]);
    assert_eq!(publication.history("a").state.unwrap().rules, before);
}

#[test]
fn suspects_are_listed_and_stay_where_they_are() {
    let (publication, ..) = with_work();
    let run = publication.signal(&["mine", "--suspects", "a"]);
    assert_eq!((run.code, &run.stderr[..]), (0, ""));
    assert_eq!(
        run.stdout,
        "     1 commits  Henry Talbot <talbot@example.org>  (the name has `talbot`; the login has `talbot`)\n"
    );
    publication.mine(&[]);
    assert_eq!(publication.cell("a", "2024-Q1").bot, 0);
}
