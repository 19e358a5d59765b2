//! The editor's desk: editions that are begun, briefs, registries from lists, and what is wrong here.

use crate::support::{Publication, Run};

const ADA: &str = "Ada Lovelace <ada@one.name>";
const BOB: &str = "Bob Talbot <bob@two.name>";
const EVE: &str = "Eve <eve@three.name>";

const EDITION: &str = "content/editions/2024-q2.md";

/// Two quarters of two repositories, of which one has grown, and a profile that fewer people fit than may be told.
fn publication() -> Publication {
    let mut publication = Publication::new();
    for (name, people) in [("grown", &[ADA, BOB, EVE][..]), ("steady", &[ADA][..])] {
        let repo = publication.repo(name);
        let tree = repo.tree(&[("kernels.cu", name)]);
        let mut tip = repo.commit_tree(&tree, &[], ADA, "2024-02-01", "begin");
        for (at, author) in people.iter().cycle().take(6).enumerate() {
            let tree = repo.tree(&[("kernels.cu", &at.to_string())]);
            tip = repo.commit_tree(&tree, &[&tip], author, &format!("2024-0{}-1{at}", 4 + at % 3), "tune the kernels");
        }
        tip = repo.commit(&[&tip], ADA, "2024-07-02", "the open quarter");
        repo.branch("main", &tip);
    }
    publication.to = "2024-Q2";
    publication.as_of = "2024-07-05";
    publication.write_settings();
    publication.write("signal.yaml", &(publication.read("signal.yaml") + "depth: paths\n"));
    publication.write(
        "data/profiles.yaml",
        "profiles:\n- slug: kernel-engineers\n  title: Kernel engineers\n  description: They write kernels.\n  \
         areas: [kernels]\n  weeks: 1\n",
    );
    publication.write(".gitignore", "/public\n/private\n/.signal\n");
    publication.mine(&[]);
    publication
}

/// The program on the day after the publication's own.
fn on_the_day(publication: &Publication, arguments: &[&str]) -> Run {
    let day: signal::plain::Day = "2024-07-06".parse().unwrap();
    let mut command = publication.command(arguments);
    Run::new(&command.env("SOURCE_DATE_EPOCH", day.seconds().to_string()).output().unwrap(), publication.root())
}

#[test]
fn a_new_edition_is_a_draft_that_builds_and_cant_be_sealed_while_it_asks() {
    let publication = publication();
    let run = on_the_day(&publication, &["new", "edition", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let draft = publication.read(EDITION);
    assert!(
        draft.contains("- **Kernel engineers**: {{ profile(\"kernel-engineers\").contributors }} people.\n"),
        "{draft}"
    );
    assert!(draft.contains("draft: true") && draft.contains("{{ corpus().contributors | change | abs }} more people"));
    let again = on_the_day(&publication, &["new", "edition", "2024-Q2"]);
    assert_eq!((again.code, publication.read(EDITION)), (2, draft.clone()), "{}", again.stderr);

    let checked = on_the_day(&publication, &["check", "--draft"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    assert!(checked.stdout.contains(" 0 unclear, 0 false"), "{}", checked.stdout);
    let built = on_the_day(&publication, &["build", "--offline", "--draft"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let page = publication.read("public/2024-q2/index.html");
    assert!(page.contains("more people") && !page.contains("question"), "questions are for the editor");
    assert_eq!(on_the_day(&publication, &["build", "--offline"]).code, 0);
    assert!(!publication.root().join("public/2024-q2/index.html").exists(), "a draft isn't published");

    let finished = draft.replace("draft: true\n", "");
    publication.write(EDITION, &finished);
    let refused = on_the_day(&publication, &["seal", "2024-Q2"]);
    assert_eq!(refused.code, 1);
    let (line, _) = finished.lines().enumerate().find(|(_, line)| line.contains("question:")).unwrap();
    let place = format!("{EDITION}:{}:1", line + 1);
    assert!(refused.stderr.contains("isn't answered yet") && refused.stderr.contains(&place), "{}", refused.stderr);
    let answered: Vec<&str> = finished.lines().filter(|line| !line.contains("question:")).collect();
    publication.write(EDITION, &(answered.join("\n") + "\n"));
    let sealed = on_the_day(&publication, &["seal", "2024-Q2"]);
    assert_eq!(sealed.code, 0, "{}", sealed.stderr);
}

#[test]
fn an_edition_about_a_quarter_that_isnt_over_or_isnt_mined_is_not_begun() {
    let publication = publication();
    for period in ["2024-Q3", "2030-Q1", "2019-Q1"] {
        let run = on_the_day(&publication, &["new", "edition", period]);
        assert_eq!(run.code, 1, "{period}");
        assert!(run.stderr.contains("there is nothing to write about"), "{}", run.stderr);
    }
}

#[test]
fn names_in_an_edition_are_text_whatever_they_are() {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let mut tip = repo.commit(&[], ADA, "2024-02-01", "1");
    tip = repo.commit(&[&tip], BOB, "2024-05-01", "2");
    tip = repo.commit(&[&tip], ADA, "2024-07-02", "the open quarter");
    repo.branch("main", &tip);
    publication.to = "2024-Q2";
    publication.as_of = "2024-07-05";
    publication.write_settings();
    let registry = publication.read("data/repos.yaml");
    let title = "A & B [x](y) {{ corpus() }} *z* <b> \\\" # $1 --> |";
    let line = registry.lines().find(|line| line.trim_start().starts_with("title:")).unwrap().to_owned();
    let indent = &line[..line.find("title").unwrap()];
    publication.write("data/repos.yaml", &registry.replace(&line, &format!("{indent}title: '{title}'")));
    publication.mine(&[]);
    let run = on_the_day(&publication, &["new", "edition", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let built = on_the_day(&publication, &["build", "--offline", "--draft"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let page = publication.read("public/2024-q2/index.html");
    assert!(page.contains("A &amp; B [x](y) {{ corpus() }} *z* &lt;b&gt;"), "the title stands as it is");
}

#[test]
fn a_brief_has_names_and_lies_where_nobody_publishes_it() {
    let publication = publication();
    let run = on_the_day(&publication, &["brief", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = publication.read("private/brief-2024-q2/people.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 4, "{table}");
    let ada = rows.iter().find(|row| row.contains("Ada Lovelace")).unwrap();
    assert!(ada.starts_with("Kernel engineers,Ada Lovelace,ada@one.name,"), "{ada}");
    assert!(ada.contains("2024-02-01,2,8,") && ada.ends_with("2024-Q2,2024-10-04"), "{ada}");
    let page = publication.read("private/brief-2024-q2/index.html");
    assert!(page.contains("Not to be used from 2024-10-04 on") && page.contains("noindex"));
    assert!(page.contains("new at grown"), "Bob and Eve came");

    for elsewhere in ["public/brief", "content/brief", "private", "../brief"] {
        let out = publication.root().join(elsewhere);
        let refused = on_the_day(&publication, &["brief", "2024-Q2", "--out", &out.to_string_lossy()]);
        let is_folder = elsewhere == "private";
        assert_eq!(refused.code, if is_folder { 0 } else { 2 }, "{elsewhere}: {}", refused.stderr);
    }
    assert!(!publication.root().join("public/brief").exists());
    let late = on_the_day(&publication, &["brief", "2024-Q2", "--expires", "2024-07-06"]);
    assert_eq!(late.code, 2, "{}", late.stderr);
}

#[test]
fn a_brief_leaves_out_who_opted_out_and_is_refused_where_git_would_commit_it() {
    let publication = publication();
    let opted = on_the_day(&publication, &["people", "opt-out", "bob@two.name"]);
    assert_eq!(opted.code, 0, "{}", opted.stderr);
    let run = on_the_day(&publication, &["brief", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for file in ["private/brief-2024-q2/people.csv", "private/brief-2024-q2/index.html"] {
        let text = publication.read(file);
        assert!(!text.contains("Bob") && !text.contains("bob@"), "{file}");
        assert!(text.contains("Ada Lovelace"), "{file}");
    }
    let git = |arguments: &[&str]| {
        let output =
            std::process::Command::new("git").arg("-C").arg(publication.root()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    publication.write(".gitignore", "/public\n");
    let refused = on_the_day(&publication, &["brief", "2024-Q2"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("git would commit this file"), "{}", refused.stderr);
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let publication = publication();
    let well = publication.signal(&["doctor"]);
    assert_eq!(well.code, 0, "{}{}", well.stdout, well.stderr);
    for line in
        ["ok     git", "ok     files", "ok     key", "ok     mirrors", "look   periods", "ok     rules", "ok     site"]
    {
        assert!(well.stdout.contains(line), "{line}: {}", well.stdout);
    }

    publication.write("data/areas.yaml", "without: [agents]\n");
    let changed = publication.signal(&["doctor"]);
    assert!(changed.stdout.contains("were made by other rules"), "{}", changed.stdout);
    std::fs::remove_file(publication.root().join("data/areas.yaml")).unwrap();

    std::fs::remove_file(publication.root().join("data/snapshots/2024-Q2/grown.yaml")).unwrap();
    let missing = publication.signal(&["doctor"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing.stdout.contains("wrong  snapshots   reported quarters have no snapshot of grown"),
        "{}",
        missing.stdout
    );

    publication.write("content/editions/2024-q1.md", "---\ntitle: A\nsummary: B\ndarft: true\n---\n");
    let broken = publication.signal(&["doctor"]);
    assert!(broken.stdout.contains("content/editions/2024-q1.md:4:1"), "{}", broken.stdout);

    publication.write("signal.yaml", "title: A\n");
    let ill = publication.signal(&["doctor"]);
    assert_eq!(ill.code, 1);
    assert!(ill.stdout.contains("wrong  files"), "{}", ill.stdout);
}

#[test]
fn a_registry_is_made_from_a_list_and_never_over_another() {
    let publication = Publication::new();
    publication
        .write("list.csv", "repository,category,vendor\nexample/one,First,Acme\nhttps://example.org/two,Second,\n");
    let list = publication.root().join("list.csv");
    let out = publication.root().join("registry.yaml");
    let import = |out: &std::path::Path| {
        publication.signal(&["import", &list.to_string_lossy(), "--out", &out.to_string_lossy()])
    };
    let run = import(&out);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made = publication.read("registry.yaml");
    assert!(made.contains("id: \"example--one\"") && made.contains("vendor: \"Acme\""), "{made}");
    let again = import(&out);
    assert_eq!((again.code, publication.read("registry.yaml")), (2, made), "{}", again.stderr);
    publication.write("list.csv", "repository,category\next::sh -c id,First\n");
    let refused = import(&publication.root().join("other.yaml"));
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("list.csv:2:1"), "{}", refused.stderr);
}

#[test]
fn a_log_for_programs_has_an_object_on_each_line() {
    let publication = publication();
    let run = on_the_day(&publication, &["--log", "json", "build", "--offline"]);
    assert_eq!(run.code, 0);
    let line: serde_json::Value = serde_json::from_str(run.stderr.trim()).unwrap();
    assert_eq!(line["level"], "info");
    publication.write("signal.yaml", &(publication.read("signal.yaml") + "titel: A\n"));
    let run = on_the_day(&publication, &["--log", "json", "build", "--offline"]);
    assert_eq!(run.code, 1);
    let fault: serde_json::Value = serde_json::from_str(run.stderr.lines().next().unwrap()).unwrap();
    assert_eq!((&fault["level"], &fault["file"]), (&"error".into(), &"signal.yaml".into()));
    assert!(fault["line"].as_u64().is_some() && fault["hint"].as_str().is_some(), "{fault}");
}

#[test]
fn a_prediction_and_the_text_may_tell_of_the_same_figure() {
    let publication = publication();
    let edition = |text: &str| format!("---\ntitle: A\nsummary: B\npublished_on: 2024-07-01\n---\n\n{text}\n");
    publication.write("content/editions/2024-q1.md", &edition("{{ corpus().commits }} commits."));
    publication.write(EDITION, &edition("After {{ corpus().before(1).commits }} commits, {{ corpus().commits }}."));
    let stated = |id: &str| {
        format!(
            "- id: {id}\n  statement: More than {{{{ corpus().commits }}}} commits.\n  due: 2024-Q2\n  probability: 0.5\n  \
                 test: corpus().commits > 2\n"
        )
    };
    let predictions = format!("edition: 2024-Q1\nstated_on: 2024-04-01\npredictions:\n{}{}", stated("a"), stated("b"));
    publication.write("content/predictions/2024-q1.yaml", &predictions);
    let built = on_the_day(&publication, &["build", "--offline"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    for page in ["public/2024-q2/index.html", "public/predictions/index.html"] {
        assert_eq!(publication.read(page).matches("More than <").count(), 2, "{page}");
    }
}

#[test]
fn a_build_tells_what_took_long_when_it_is_asked() {
    let publication = publication();
    let built = on_the_day(&publication, &["build", "--offline", "--timings"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    for row in ["stage ", "compose ", "\npage ", "index.html ", "\ntemplate ", ".html ", "\nchart "] {
        assert!(built.stdout.contains(row), "{row}: {}", built.stdout);
    }
    assert_eq!(on_the_day(&publication, &["build", "--offline"]).stdout, "");
}
