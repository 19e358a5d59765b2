//! Texts that mean harm to a file system, a terminal or a parser.

use std::collections::BTreeSet;

use super::{ADA, counted, remote};
use crate::support::{Publication, seconds};

const ESCAPE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}";

#[test]
fn a_branch_called_like_a_path_leads_nowhere() {
    for branch in [
        "../../x",
        "../../../../etc/passwd",
        "/etc/passwd",
        "x/../../y",
        "-d",
        "--upload-pack=x",
        "*",
        "a:b",
        "@{-1}",
        "refs/../x",
    ] {
        let mut publication = Publication::new();
        let repo = publication.repo("near");
        let tip = repo.commit(&[], ADA, "2024-01-10", "One");
        repo.branch("main", &tip);
        std::fs::write(publication.root().join("repos/x"), format!("{tip}\n")).unwrap();
        let far = remote(&publication, "far");
        let tip = far.commit(&[], ADA, "2024-01-10", "One");
        far.branch("main", &tip);
        publication.track("named", &format!("path: repos/near.git, branch: '{branch}'"));
        publication.track("far", &format!("url: 'file://{}', branch: '{branch}'", far.path.display()));
        let run = publication.signal(&["mine"]);
        assert_eq!(run.code, 3, "{branch}: {}", run.stderr);
        assert!(run.stderr.contains("named: ") && run.stderr.contains("far: "), "{branch}: {}", run.stderr);
        assert!(run.stderr.ends_with("2 of 3 repositories could not be mined; they are named above\n"), "{branch}");
        assert!(!publication.root().join(".signal/mirrors/far.git").exists(), "{branch}");
    }
}

#[test]
fn escapes_never_reach_the_terminal() {
    let mut publication = Publication::new();
    let repo = publication.repo("near");
    let author = format!("{ESCAPE}Red\u{202e} <red{ESCAPE}@example.org>");
    let tip = repo.commit(&[], &author, "2024-01-10", &format!("{ESCAPE}Subject"));
    repo.branch("main", &tip);
    publication.track("named", &format!("path: repos/near.git, branch: \"{}\"", "\\e[2Jevil\\u202e"));
    publication.track("far", &format!("url: \"{}\"", "file:///nowhere/\\e[2Jevil\\u202e"));
    publication.track("bad", &format!("url: \"{}\"", "ext::\\e[2Jevil\\u202e"));
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    for text in [&run.stdout, &run.stderr] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }
    for (file, text) in publication.mined() {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{}", file.display());
        assert!(!text.contains("\\e") && !text.contains("owned"), "{}", file.display());
    }
    let run = publication.signal(&["mine", "--repo", "\u{1b}[31mx"]);
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[test]
fn ids_with_dots_are_names_and_never_paths() {
    let mut publication = Publication::new();
    for id in ["a.b..c", "x.git", "x.yaml", "x.part", "CON.", "...", "..", ".hidden", "a/b", "a\\b", "a\u{202e}b", ""] {
        let repo = crate::support::Repo::new(&publication.root().join("repos/one.git"));
        let tip = repo.commit(&[], ADA, "2024-01-10", "One");
        repo.branch("main", &tip);
        let mut publication = std::mem::replace(&mut publication, Publication::new());
        publication.track(&format!("'{id}'"), "path: repos/one.git");
        let run = publication.signal(&["mine"]);
        let is_good = ["a.b..c", "x.git", "x.yaml", "x.part", "CON."].contains(&id);
        assert_eq!(run.code == 0, is_good, "{id:?}: {}", run.stderr);
        if is_good {
            assert_eq!(counted(&publication, id), 1);
        } else {
            assert!(run.stderr.contains("can't be an id"), "{id:?}: {}", run.stderr);
        }
    }
}

#[test]
fn remotes_with_dots_in_their_ids_do_not_meet() {
    let mut publication = Publication::new();
    for (id, count) in [("x", 1), ("x.git", 2), ("x.part", 3), ("x.y", 4)] {
        let repo = remote(&publication, &format!("{id}.r"));
        super::lengthen(&repo, "main", 0, count);
        publication.track(id, &format!("url: 'file://{}'", repo.path.display()));
    }
    publication.mine(&[]);
    for (id, count) in [("x", 1), ("x.git", 2), ("x.part", 3), ("x.y", 4)] {
        assert_eq!(counted(&publication, id), count, "{id}");
    }
}

#[test]
fn records_are_never_split_by_what_stands_in_them() {
    let mut publication = Publication::new();
    let repo = publication.repo("names");
    let tree = repo.tree(&[]);
    let at = seconds("2024-02-10");
    let fields = [
        format!("Two\rLines <cr@example.org> {at} +0000"),
        format!("Nul\u{1}And\u{1f}Separators <sep@example.org> {at} +0000"),
        format!("\u{2028}Line\u{85}Breaks <ls@example.org> {at} +0000"),
        format!("A <doubled@example.org> <doubled@example.org> {at} +0000"),
        format!("swapped@example.org <Swapped Name> {at} +0000"),
        format!("No Address <> {at} +0000"),
        format!("No Address At All {at} +0000"),
        format!("Open <open@example.org {at} +0000"),
        format!("Close close@example.org> {at} +0000"),
        format!("\u{202e}Right \u{200f}to\u{2067} left <rtl@example.org> {at} +0000"),
        format!("'; DROP TABLE authors; -- <sql@example.org> {at} +0000"),
        format!("=cmd|' /C calc'!A0 <csv@example.org> {at} +0000"),
        format!("{} <long@example.org> {at} +0000", "n".repeat(100_000)),
        format!("<<<>>> <{}@example.org> {at} +0000", "a".repeat(5_000)),
        format!("author Evil <e@example.org> 1 +0000\\n <nl@example.org> {at} +0000"),
    ];
    let mut tip = String::new();
    for field in &fields {
        let parent = if tip.is_empty() { String::new() } else { format!("parent {tip}\n") };
        let headers = format!("{parent}author {field}\ncommitter C <c@example.org> {at} +0000\n\nparent x\nauthor Y\n");
        tip = repo.raw_commit(&tree, headers.as_bytes());
    }
    repo.branch("main", &tip);
    publication.mine(&[]);
    assert_eq!(publication.cell("names", "2024-Q1").own as usize, fields.len());
    let history = publication.history("names");
    assert_eq!(history.authors.len(), fields.len());
    let keys: BTreeSet<_> = history.authors.iter().map(|line| line.written.as_ref().map(|pair| pair.name)).collect();
    assert_eq!(keys.len(), fields.len(), "every name is its own");
    for (file, text) in publication.mined() {
        assert!(text.is_ascii() && !text.contains("DROP") && !text.contains('@'), "{}", file.display());
    }
}

#[test]
fn a_tip_dated_where_no_calendar_reaches_is_mined_or_named() {
    for date in [
        "99999999999999999999",
        "9223372036854775807",
        "253402300800",
        "4294967296",
        "-1",
        "-99999999999999999999",
        "0",
        "x",
        "",
    ] {
        let mut publication = Publication::new();
        let repo = publication.repo("clock");
        let first = repo.commit(&[], ADA, "2024-01-10", "One");
        let tree = repo.tree(&[]);
        let headers = format!(
            "parent {first}\nauthor A <a@example.org> {date} +0000\ncommitter C <c@example.org> {date} +0000\n\nx\n"
        );
        let tip = repo.raw_commit(&tree, headers.as_bytes());
        repo.branch("main", &tip);
        let run = publication.signal(&["mine"]);
        assert!(!run.stderr.contains("panicked"), "{date:?}: {}", run.stderr);
        assert_eq!(run.code, 0, "{date:?}: {}", run.stderr);
        assert_eq!(counted(&publication, "clock"), 2, "{date:?}");
        let again = publication.mined();
        publication.mine(&["--fresh"]);
        assert_eq!(publication.mined(), again, "{date:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_data_that_lead_out_are_never_read_and_never_written_through() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    repo.branch("main", &repo.commit(&[], ADA, "2024-02-10", "One"));
    publication.mine(&[]);
    for file in [
        "signal.yaml",
        "data/repos.yaml",
        "data/people.yaml",
        "data/orgs.yaml",
        "data/areas.yaml",
        "data/rules.yaml",
        "data/history/a.yaml",
        "data/snapshots/2024-Q1/a.yaml",
    ] {
        let path = publication.root().join(file);
        let former = std::fs::read(&path).ok();
        std::fs::write(&secret, "secret: [a token\n").unwrap();
        let _ = std::fs::remove_file(&path);
        symlink(&secret, &path).unwrap();
        let run = publication.signal(&["figures"]);
        assert_eq!(run.code, 1, "{file}");
        assert!(run.stderr.contains("the link leads out of the publication"), "{file}: {}", run.stderr);
        assert!(run.stderr.contains(file) && !run.stderr.contains("token"), "{file}: {}", run.stderr);
        publication.signal(&["mine"]);
        assert_eq!(std::fs::read_to_string(&secret).unwrap(), "secret: [a token\n", "{file}");
        std::fs::remove_file(&path).unwrap();
        if let Some(bytes) = former {
            std::fs::write(&path, bytes).unwrap();
        }
    }
    // A folder of the data that lies elsewhere: nothing is written there.
    for folder in ["data/history", "data/snapshots"] {
        let (path, away) = (publication.root().join(folder), publication.root().join("away"));
        std::fs::rename(&path, &away).unwrap();
        let elsewhere = outside.path().join("elsewhere");
        std::fs::create_dir_all(&elsewhere).unwrap();
        symlink(&elsewhere, &path).unwrap();
        let run = publication.signal(&["mine", "--fresh"]);
        assert_eq!(run.code, 3, "{folder}: {}", run.stderr);
        assert!(run.stderr.contains("the link leads out of the publication"), "{folder}: {}", run.stderr);
        assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0, "{folder}");
        std::fs::remove_file(&path).unwrap();
        std::fs::rename(&away, &path).unwrap();
    }
    // Within the publication a link is as good as what it leads to.
    let path = publication.root().join("data/orgs.yaml");
    std::fs::write(publication.root().join("data/organisations.yaml"), "organisations: []\n").unwrap();
    symlink("organisations.yaml", &path).unwrap();
    assert_eq!(publication.signal(&["figures"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_in_the_data_is_refused_and_not_waited_for() {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    repo.branch("main", &repo.commit(&[], ADA, "2024-02-10", "One"));
    publication.mine(&[]);
    let path = publication.root().join("data/people.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let run = publication.signal(&["figures"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("it is a folder, or no file at all") && run.stderr.contains("data/people.yaml"));
}
