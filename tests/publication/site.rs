//! From commits to pages.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::{Publication, Repo, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";
const BOT: &str = "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>";

const EDITION: &str = "---\ntitle: Test\nsummary: A test.\n---\n\n\
    {{ corpus().commits }} commits by {{ corpus().contributors }} people ({{ corpus().contributors | change }}).\n\n\
    ## All of it {#all}\n\n{{ repo(\"A\").new }} are new to A.\n\n\
    {{ chart(\"trend\", scope=\"corpus\", metric=\"commits\", title=\"Commits\") }}\n";

/// Two quarters of a repository: Ada, then Ada, Bob and a bot.
fn publication() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let mut tip = repo.commit(&[], ADA, "2024-02-01", "1");
    for (author, day) in [(ADA, "2024-04-02"), (BOB, "2024-05-02"), (BOT, "2024-05-03"), (ADA, "2024-06-02")] {
        tip = repo.commit(&[&tip], author, day, "x");
    }
    tip = repo.commit(&[&tip], ADA, "2024-07-02", "the open quarter");
    repo.branch("main", &tip);
    publication.to = "2024-Q3";
    publication.write_settings();
    publication.write("content/editions/2024-q2.md", EDITION);
    publication
}

fn build(publication: &Publication, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let run = publication.signal(&[&["build", "--quiet"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    tree_of(&publication.root().join("public"))
}

fn page(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

#[test]
fn bound_figures_reach_the_pages() {
    let publication = publication();
    let files = build(&publication, &[]);
    let edition = page(&files, "2024-q2/index.html");
    assert!(edition.contains(">3</data></button> commits by <button"), "{edition}");
    assert!(edition.contains(">2</data></button> people (<button"));
    assert!(edition.contains("+100%"));
    assert!(edition.contains("<svg") && edition.contains("viewBox="));
    assert!(page(&files, "index.html").contains(">3</data></button> commits"));
    assert!(page(&files, "archive/index.html").contains("2024-q2/"));
}

#[test]
fn offline_is_the_same_and_builds_are_equal_byte_for_byte() {
    let publication = publication();
    let online = build(&publication, &[]);
    std::fs::remove_dir_all(publication.root().join("repos")).unwrap();
    std::fs::remove_dir_all(publication.root().join(".signal")).unwrap();
    std::fs::remove_dir_all(publication.root().join("public")).unwrap();
    let offline = build(&publication, &["--offline"]);
    assert_eq!(online, offline);
    let run = publication.signal(&["build", "--offline"]);
    assert!(run.stderr.ends_with("0 of them new or changed\n"), "{}", run.stderr);
}

#[test]
fn tidy_rows_say_the_same() {
    let publication = publication();
    publication.mine(&[]);
    let rows = |arguments: &[&str]| publication.signal(&[&["figures", "--format", "csv"], arguments].concat()).stdout;
    assert_eq!(
        rows(&[
            "--period", "2024-Q2", "--scope", "repo:a", "--metric", "commits", "--metric", "bot", "--metric",
            "retained"
        ]),
        "period,scope,subject,metric,value,unit\n2024-Q2,repo,a,bot,1,count\n2024-Q2,repo,a,commits,3,count\n\
         2024-Q2,repo,a,retained,1,count\n"
    );
    // The tip's own quarter is open: levels, and no change.
    let open = rows(&["--period", "2024-Q3", "--scope", "corpus", "--metric", "commits", "--metric", "commits_change"]);
    assert!(
        open.ends_with("2024-Q3,corpus,corpus,commits,1,count\n2024-Q3,corpus,corpus,commits_change,,share\n"),
        "{open}"
    );
}

#[test]
fn another_base_address_and_another_folder() {
    let publication = publication();
    let out = publication.root().join("elsewhere");
    let run =
        publication.signal(&["build", "--quiet", "--out", &out.to_string_lossy(), "--base-url", "https://x.example/y"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let files = tree_of(&out);
    assert!(page(&files, "404.html").contains("https://x.example/y/"));
    assert!(!publication.root().join("public").exists());
}

#[test]
fn what_cannot_be_bound_stops_the_build() {
    let publication = publication();
    publication.mine(&[]);
    let edition =
        EDITION.replace("corpus().contributors |", "corpus().contributers |").replace("repo(\"A\")", "repo(\"B\")");
    publication.write("content/editions/2024-q2.md", &edition);
    let run = publication.signal(&["build", "--offline"]);
    insta::assert_snapshot!(format!("exit code {}\n{}", run.code, run.stderr));
    assert!(!publication.root().join("public").exists());
    std::fs::remove_file(publication.root().join("data/history/a.yaml")).unwrap();
    publication.write("content/editions/2024-q2.md", EDITION);
    let run = publication.signal(&["build", "--offline"]);
    insta::assert_snapshot!(format!("exit code {}\n{}", run.code, run.stderr));
}

#[test]
fn one_that_fails_leaves_a_site_and_an_exit_code() {
    let mut publication = publication();
    publication.track("absent", "path: repos/absent.git");
    publication.write("content/editions/2024-q2.md", &EDITION.replace("| change", "| like_for_like"));
    let run = publication.signal(&["build", "--quiet"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(publication.root().join("public/index.html").exists());
    let rows = publication.signal(&["figures", "--format", "csv", "--period", "2024-Q2", "--metric", "commits"]).stdout;
    assert!(rows.contains("2024-Q2,repo,absent,commits,,count"), "unknown is not 0: {rows}");
    assert!(rows.contains("2024-Q2,corpus,corpus,commits,3,count"));
}

/// The folder and the repository of `signal init` below it.
fn init(publication: &Publication, tips: &[(&str, &str)]) -> (Repo, i32, String) {
    let repo = Repo::new(&publication.root().join("some \"odd\" name.git"));
    let mut tip: Option<String> = None;
    for (author, day) in tips {
        let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
        tip = Some(repo.commit(&parents, author, day, "x"));
    }
    if let Some(tip) = tip {
        repo.branch("main", &tip);
    }
    let output = Command::new(env!("CARGO_BIN_EXE_signal"))
        .args(["init", "report", "--repo"])
        .arg(&repo.path)
        .current_dir(publication.root())
        .output()
        .unwrap();
    (repo, output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn build_at(folder: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_signal")).args(["build"]).current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_new_publication_builds_at_once() {
    let histories: [&[(&str, &str)]; 3] = [
        &[(ADA, "2021-02-01"), (BOB, "2024-02-01"), (ADA, "2024-05-01")],
        &[(ADA, "2024-05-01")],
        &[(BOT, "2024-02-01"), (BOT, "2024-05-01")],
    ];
    for tips in histories {
        let publication = Publication::new();
        let (_, code, stderr) = init(&publication, tips);
        assert_eq!(code, 0, "{stderr}");
        let folder = publication.root().join("report");
        let key = std::fs::read_to_string(folder.join("identity.key")).unwrap();
        assert_eq!(key.trim().len(), 64);
        assert!(std::fs::read_to_string(folder.join(".gitignore")).unwrap().contains("identity.key"));
        let (code, stderr) = build_at(&folder);
        assert_eq!(code, 0, "{stderr}");
        assert!(folder.join("public/index.html").exists());
    }
}

#[test]
fn without_a_name_init_takes_the_repository_around_it() {
    let publication = Publication::new();
    let repo = Repo::new(&publication.root().join("work/.git"));
    let tip = repo.commit(&[], ADA, "2024-05-01", "x");
    repo.branch("main", &tip);
    let linked = publication.root().join("linked");
    repo.git(&["worktree", "add", "--quiet", &linked.to_string_lossy(), "main"]);
    for folder in ["work", "work/deep/er", "linked"] {
        let folder = publication.root().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        let mut init = Command::new(env!("CARGO_BIN_EXE_signal"));
        let output = init.args(["init", "report"]).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let (code, stderr) = build_at(&folder.join("report"));
        assert_eq!(code, 0, "{stderr}");
    }
}

#[test]
fn init_refuses_what_it_cannot_do() {
    let publication = Publication::new();
    let (_, code, stderr) = init(&publication, &[]);
    assert_eq!(code, 1);
    assert!(stderr.contains("it has no commits yet"), "{stderr}");
    assert!(!publication.root().join("report").exists());
    std::fs::create_dir(publication.root().join("report")).unwrap();
    std::fs::write(publication.root().join("report/mine.txt"), "mine").unwrap();
    let full = Publication::new();
    std::fs::create_dir(full.root().join("report")).unwrap();
    std::fs::write(full.root().join("report/mine.txt"), "mine").unwrap();
    let (_, code, stderr) = init(&full, &[(ADA, "2024-05-01")]);
    assert_eq!(code, 2);
    assert!(stderr.contains("the folder isn't empty"), "{stderr}");
    assert_eq!(std::fs::read_dir(full.root().join("report")).unwrap().count(), 1);
}

#[test]
fn the_shipped_publication_prints_the_figures_that_the_data_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let signal = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_signal")).arg("--root").arg(root).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    signal(&["build", "--offline", "--quiet", "--out", &out.path().join("site").to_string_lossy()]);
    let files = tree_of(&out.path().join("site"));
    let row = |period: &str, metric: &str| {
        let rows = signal(&["figures", "--format", "csv", "--period", period, "--scope", "corpus", "--metric", metric]);
        rows.lines().nth(1).unwrap().split(',').nth(4).unwrap().to_owned()
    };
    for period in ["2026-Q1", "2026-Q2"] {
        let edition = page(&files, &format!("{}/index.html", period.to_lowercase()));
        for metric in ["commits", "contributors", "new", "agent_assisted"] {
            let value = row(period, metric);
            assert!(edition.contains(&format!("<data value=\"{value}\"")), "{period} {metric} {value}");
        }
    }
    // Every figure of the text is bound: no digit stands outside a <data> element but in names, quarters and years.
    let text = std::fs::read_to_string(root.join("content/editions/2026-q2.md")).unwrap();
    let prose = text.split("---\n").nth(2).unwrap();
    let unbound: String = prose.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, rest)| rest)).collect();
    let digits: Vec<&str> =
        unbound.split_whitespace().filter(|word| word.chars().any(|c| c.is_ascii_digit())).collect();
    assert_eq!(digits, ["2025"], "a figure of the edition isn't bound");
}
