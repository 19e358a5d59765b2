//! Editions that were sealed: what they said stays, and whatever no longer agrees with it is said.

use std::collections::BTreeMap;

use crate::support::{Publication, Run, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";

const EDITION: &str = "---\ntitle: Test\nsummary: A test.\npublished_on: 2024-07-10\n---\n\n\
    {{ corpus().commits }} commits by {{ corpus().contributors }} people.\n\n\
    ## All of it {#all}\n\n\
    Of the {{ corpus().contributors }}, {{ repo(\"A\").new | spelled }} are new to A,\n\
    {{ corpus().contributors | change | abs }} more than before.\n\n\
    {{ chart(\"trend\", scope=\"corpus\", metric=\"contributors\", title=\"People\") }}\n";

const PREDICTIONS: &str = "edition: 2024-Q2\nstated_on: 2024-07-10\npredictions:\n\
    - id: more\n  statement: More than the {{ corpus().contributors }} of this quarter.\n  due: 2024-Q4\n  probability: 0.6\n  \
      test: corpus().contributors > 2\n\
    - id: moved\n  statement: It moves.\n  due: 2024-Q4\n  judge: editor\n  evidence: A dated note.\n\
    - id: parts\n  statement: Both.\n  due: 2024-Q4\n  clauses:\n  \
      - {statement: One., probability: 0.5, test: corpus().commits > 2}\n  \
      - {statement: Two., probability: 0.4, test: corpus().commits > 3}\n";

const TEXT: &str = "content/editions/2024-q2.md";
const LOCK: &str = "content/editions/2024-q2.lock.yaml";
const STATED: &str = "content/predictions/2024-q2.yaml";

/// Two quarters of a repository, Ada alone and then with Bob, and an edition that isn't sealed yet.
fn unsealed() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let mut tip = repo.commit(&[], ADA, "2024-02-01", "1");
    for (author, day) in [(ADA, "2024-04-02"), (BOB, "2024-05-02"), (ADA, "2024-06-02")] {
        tip = repo.commit(&[&tip], author, day, "x");
    }
    tip = repo.commit(&[&tip], ADA, "2024-07-02", "the open quarter");
    repo.branch("main", &tip);
    publication.to = "2024-Q4";
    publication.as_of = "2024-07-05";
    publication.write_settings();
    publication.write(TEXT, EDITION);
    publication.write(STATED, PREDICTIONS);
    publication.mine(&[]);
    publication
}

/// The program on some day.
fn on(day: &str, publication: &Publication, arguments: &[&str]) -> Run {
    let day: signal::plain::Day = day.parse().unwrap();
    let mut command = publication.command(arguments);
    let output = command.env("SOURCE_DATE_EPOCH", day.seconds().to_string()).output().unwrap();
    Run::new(&output, publication.root())
}

fn sealed() -> Publication {
    let publication = unsealed();
    let run = on("2024-07-10", &publication, &["seal", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    publication
}

fn build(publication: &Publication) -> Run {
    on("2024-08-01", publication, &["build", "--offline", "--quiet"])
}

fn page(publication: &Publication, name: &str) -> String {
    publication.read(&format!("public/{name}"))
}

fn edit(publication: &Publication, file: &str, from: &str, to: &str) {
    let text = publication.read(file);
    assert!(text.contains(from), "{file} has no {from}");
    publication.write(file, &text.replace(from, to));
}

/// Ada and Bob turn out to be one person, so that the data say something else of the quarter.
fn merge(publication: &Publication) {
    let lines = publication.history("a").authors;
    let keys: Vec<String> = lines.iter().filter_map(|line| Some(line.written.as_ref()?.address.to_string())).collect();
    publication.write("data/people.yaml", &format!("merges:\n- [{}]\n", keys.join(", ")));
}

/// What a build says, its code first.
fn said(publication: &Publication) -> String {
    let run = build(publication);
    format!("exit code {}\n{}", run.code, run.stderr)
}

/// Adds to the front matter what `signal verify` proposes.
fn correct(publication: &Publication) {
    let report = on("2024-08-01", publication, &["verify", "2024-Q2"]).stdout;
    let (_, yaml) = report.split_once("restates all of it:\n\n").unwrap_or_else(|| panic!("{report}"));
    edit(publication, TEXT, "published_on: 2024-07-10\n", &format!("published_on: 2024-07-10\n{yaml}"));
}

#[test]
fn a_lock_holds_all_that_an_edition_printed() {
    let publication = sealed();
    let lock = publication.read(LOCK);
    // What depends on the program and not on the edition.
    let shown: Vec<String> = lock
        .lines()
        .filter(|line| !["  catalogue:", "  data:", "digest:"].iter().any(|start| line.starts_with(start)))
        .map(|line| if line.starts_with("program:") { "program: …".to_owned() } else { line.to_owned() })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let run = build(&publication);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(page(&publication, "2024-q2/index.html").contains("Sealed on <time datetime=\"2024-07-10\">10 July 2024"));
    let run = on("2024-08-01", &publication, &["verify", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "46 figures, 1 chart and 3 predictions, sealed on 2024-07-10: all as sealed\n");
}

#[test]
fn the_same_edition_has_the_same_lock() {
    let publication = sealed();
    let first = publication.read(LOCK);
    let before = tree_of(&publication.root().join("content"));
    let run = on("2025-03-01", &publication, &["seal", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr, "2024-Q2 was sealed on 2024-07-10 and still holds; nothing to do\n");
    assert_eq!(tree_of(&publication.root().join("content")), before);
    std::fs::remove_file(publication.root().join(LOCK)).unwrap();
    on("2024-07-10", &publication, &["seal", "2024-Q2"]);
    assert_eq!(publication.read(LOCK), first);
}

#[test]
fn what_the_data_no_longer_say_is_told_sentence_by_sentence_and_the_page_stays() {
    let publication = sealed();
    merge(&publication);
    insta::assert_snapshot!(said(&publication));
    let edition = page(&publication, "2024-q2/index.html");
    assert!(edition.contains("<data value=\"2\">2</data></button> people."), "{edition}");
    assert!(edition.contains("<data value=\"1\">one</data></button> are new to A"), "{edition}");
    assert!(edition.contains("<dt>2024-Q2</dt><dd>2</dd>"), "what a figure opens: {edition}");
    let others = [
        ("index.html", "<data value=\"2\">2</data></button> people."),
        ("categories/all/index.html", "Of the 2, one are new to A"),
        ("predictions/index.html", "<data value=\"2\">2</data></button> of this quarter."),
    ];
    for (other, words) in others {
        let shown = page(&publication, other);
        assert!(shown.contains(words), "{other}: {shown}");
    }
    let run = on("2024-08-01", &publication, &["verify", "2024-Q2"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stdout);
    let checked = on("2024-08-01", &publication, &["check", "--quiet"]);
    let checked = format!("exit code {}\n{}", checked.code, checked.stderr);
    assert_eq!(checked, said(&publication), "the check says the same");
    let run = on("2024-08-01", &publication, &["seal", "2024-Q2"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("correct it in the front matter"), "{}", run.stderr);
}

#[test]
fn figures_that_cannot_be_counted_any_more_stay_as_well() {
    let publication = sealed();
    let repos = publication.read("data/repos.yaml").replace("slug: all", "slug: everything");
    publication.write("data/repos.yaml", &repos.replace("id: a,", "id: a, aliases: [Other],"));
    edit(&publication, TEXT, "repo(\"A\")", "repo(\"A\")");
    let history = publication.read("data/history/a.yaml");
    publication.write("data/history/b.yaml", &history.replace("repo: a\n", "repo: b\n"));
    publication.write("data/repos.yaml", &publication.read("data/repos.yaml").replace("id: a,", "id: b,"));
    let told = said(&publication);
    assert!(told.starts_with("exit code 1"), "{told}");
    assert!(told.contains("can't be counted any more: no tracked repository is called `A`"), "{told}");
    assert!(page(&publication, "2024-q2/index.html").contains("<data value=\"1\">one</data> are new to A"));
}

#[test]
fn a_correction_restates_figures_and_says_so() {
    let publication = sealed();
    merge(&publication);
    correct(&publication);
    let run = build(&publication);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let edition = page(&publication, "2024-q2/index.html");
    let mark = "<sup class=\"corrected\"><a href=\"#corrections\" title=\"Corrected on 1 August 2024\"";
    assert!(edition.contains(&format!("<data value=\"1\">1</data></button>{mark}")), "{edition}");
    assert!(edition.contains("<dt>Sealed on 10 July 2024</dt><dd>2</dd>"), "{edition}");
    assert!(
        edition.contains("<li>contributors, All repositories, 2024-Q2: 2, now <strong>1</strong></li>"),
        "{edition}"
    );
    assert!(edition.contains("<li>the chart “People”: <strong>drawn anew</strong></li>"), "{edition}");
    let home = page(&publication, "index.html");
    assert!(home.contains("href=\"2024-q2/#corrections\""), "{home}");
    let run = on("2024-08-01", &publication, &["verify", "2024-Q2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("all as sealed but for what corrections restate"), "{}", run.stdout);

    // What is restated is held to it in turn.
    publication.write("data/people.yaml", "merges: []\n");
    let run = build(&publication);
    assert_eq!(run.code, 1);
    let first = run.stderr.split("\n\n\n").next().unwrap_or_default();
    assert!(first.contains("and the data say “2”"), "{}", run.stderr);
    assert!(run.stderr.contains("content/editions/2024-q2.md:9:"), "{}", run.stderr);
}

#[test]
fn corrections_that_are_none() {
    let publication = sealed();
    let told = |correction: &str| {
        let edition = EDITION.replace("published_on: 2024-07-10\n", &format!("published_on: 2024-07-10\n{correction}"));
        publication.write(TEXT, &edition);
        said(&publication)
    };
    let of = |figures: &str| format!("corrections:\n- on: 2024-08-01\n  text: It was wrong.\n  figures: {figures}\n");
    let mut all = vec![
        told(&of("{'corpus comits 2024-Q2': '3'}")),
        told(&of("{'corpus().commits': '4'}")),
        told(&of("{'corpus().commits': ~}")),
        told(&of("[corpus().commits]")),
        told("corrections:\n- on: 2024-08-01\n  text: It was wrong.\n  words: '0123456789abcdef'\n"),
    ];
    std::fs::remove_file(publication.root().join(LOCK)).unwrap();
    all.push(told(&of("{'corpus().commits': '3'}")));
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn words_are_edited_with_a_correction_alone() {
    let publication = sealed();
    let told = |edition: &str| {
        publication.write(TEXT, edition);
        said(&publication)
    };
    let noted = EDITION
        .replace("people.\n", "people. <!-- a note -->\n")
        .replace("## All", "<!-- another,\n\nof two lines -->\n\n## All");
    assert_eq!(told(&noted), "exit code 0\n", "comments are no words");
    assert_eq!(told(&EDITION.replace("people.\n\n", "people.  \n\n\n")), "exit code 0\n", "nor are blanks");
    let reworded = EDITION.replace("are new to A", "are new in A");
    let all = [
        told(&reworded),
        told(&EDITION.replace("title: Test", "title: Best")),
        told(&EDITION.replace("{{ corpus().commits }} commits by ", "")),
        told(&EDITION.replace("people.\n", "people, {{ corpus().core }} of them the core.\n")),
        told(EDITION.trim_end_matches(|c| c != '\n').rsplit_once("\n\n{{ chart").unwrap().0),
    ];
    insta::assert_snapshot!(all.join("\n"));
    let words = all[0].split("words: '").nth(1).unwrap()[..16].to_owned();
    let correction = format!("corrections:\n- {{on: 2024-08-01, text: Not in but to., words: '{words}'}}\n---\n\n");
    let corrected = reworded.replacen("---\n\n", &correction, 1);
    assert_eq!(told(&corrected), "exit code 0\n");
    assert!(page(&publication, "2024-q2/index.html").contains("Not in but to."));
    let again = told(&corrected.replace("are new in A", "came to A"));
    assert!(again.contains("the words aren't those that the last correction left"), "{again}");
}

#[test]
fn a_correction_says_what_came_and_what_went() {
    let publication = sealed();
    let edition = EDITION
        .replace("{{ corpus().commits }} commits by ", "")
        .replace("people.\n", "people, {{ corpus().core }} of them the core.\n");
    publication.write(TEXT, &edition);
    let words = said(&publication).split("words: '").nth(1).unwrap()[..16].to_owned();
    let correction = format!(
        "corrections:\n- on: 2024-08-01\n  text: The core is what counts.\n  figures:\n    corpus().commits: ~\n    \
         corpus().core: '2'\n  words: '{words}'\n---\n\n"
    );
    publication.write(TEXT, &edition.replacen("---\n\n", &correction, 1));
    let told = said(&publication);
    assert_eq!(told, "exit code 0\n");
    let shown = page(&publication, "2024-q2/index.html");
    assert!(
        shown.contains("<li>commits, All repositories, 2024-Q2: 3, now <strong>taken out</strong></li>"),
        "{shown}"
    );
    assert!(shown.contains("<li>corpus().core: <strong>2</strong></li>"), "{shown}");
}

#[test]
fn predictions_are_sealed_with_their_edition() {
    let publication = sealed();
    let told = |stated: &str| {
        publication.write(STATED, stated);
        said(&publication)
    };
    let moved = PREDICTIONS.replace("- id: moved\n", "- id: another\n");
    let all = [
        told(&PREDICTIONS.replace("It moves.", "It may move.")),
        told(&PREDICTIONS.replace("contributors > 2", "contributors > 1")),
        told(&PREDICTIONS.replace("probability: 0.6", "probability: 0.61")),
        told(&PREDICTIONS.replace("A dated note.", "A note.")),
        told(&PREDICTIONS.replace("due: 2024-Q4\n  probability", "due: 2024-Q3\n  probability")),
        told(&PREDICTIONS.replace("stated_on: 2024-07-10", "stated_on: 2024-06-10")),
        told(&PREDICTIONS.replace("{statement: Two.,", "{statement: Twice.,")),
        told(&PREDICTIONS[..PREDICTIONS.find("  - {statement: Two.").unwrap()]),
        told(&moved),
        told(&PREDICTIONS.replace("predictions:", "draft: true\npredictions:")),
    ];
    insta::assert_snapshot!(all.join("\n"));
    let voided = PREDICTIONS.replace("probability: 0.6\n", "probability: 0.6\n  void: Nobody counts them.\n").replace(
        "evidence: A dated note.\n",
        "evidence: A dated note.\n  verdict: {outcome: confirmed, citation: '{{ corpus().commits | exact }} came.', on: 2024-07-20}\n",
    );
    assert_eq!(told(&voided), "exit code 0\n");
    let ledger = page(&publication, "predictions/index.html");
    assert!(ledger.contains("Nobody counts them.") && ledger.contains("Confirmed"), "{ledger}");
}

#[test]
fn what_was_sealed_too_late_is_retrospective() {
    let late = unsealed();
    assert_eq!(on("2024-10-01", &late, &["seal", "2024-Q2"]).code, 0);
    let timely = sealed();
    for (publication, is_late) in [(&late, true), (&timely, false)] {
        assert_eq!(said(publication), "exit code 0\n");
        assert_eq!(page(publication, "predictions/index.html").contains("Retrospective"), is_late);
    }
}

#[test]
fn what_cannot_be_sealed() {
    let publication = unsealed();
    let told = |text: &str, period: &str| {
        publication.write(TEXT, text);
        let run = on("2024-07-10", &publication, &["seal", period]);
        assert!(!publication.root().join(LOCK).exists());
        format!("exit code {}\n{}", run.code, run.stderr)
    };
    let front = |line: &str| EDITION.replacen("summary", &format!("{line}\nsummary"), 1);
    publication.write("content/editions/2024-q3.md", &EDITION.replace("| change | abs", ""));
    let all = [
        told(&front("draft: true"), "2024-Q2"),
        told(&front("embargo: 2024-07-11"), "2024-Q2"),
        told(EDITION, "2024-Q3"),
        told(EDITION, "2024-Q1"),
        told(EDITION, "2024-4"),
        told(&EDITION.replace("corpus().commits", "corpus().comits"), "2024-Q2"),
    ];
    insta::assert_snapshot!(all.join("\n"));
    publication.write(TEXT, EDITION);
    let run = on("2024-07-10", &publication, &["verify", "2024-Q2"]);
    insta::assert_snapshot!(format!("exit code {}\n{}", run.code, run.stderr));
}

/// The same lock with another digest at its end, as if the program had written it.
fn signed(lock: &str) -> String {
    let body = &lock[..lock.rfind("digest: ").unwrap()];
    format!("{body}digest: '{}'\n", signal::data::identity_key::digest(body.as_bytes()))
}

#[test]
fn a_lock_that_is_not_whole_is_refused() {
    let publication = sealed();
    let lock = publication.read(LOCK);
    let told = |text: &str| {
        publication.write(LOCK, text);
        said(&publication)
    };
    let all = [
        told(&lock.replace("text: '3'", "text: '4'")),
        told(&signed(&lock).replace("version: 1", "version: 2")),
        told(&signed(&lock.replace("charts:", "pictures:"))),
        told(&signed(&lock.replace("period: 2024-Q2\n", "period: 2024-Q1\n"))),
        told(""),
    ];
    insta::assert_snapshot!(all.join("\n"));
    for (cut, _) in lock.match_indices('\n').step_by(7) {
        let said = told(&lock[..cut]);
        assert!(said.starts_with("exit code 1") && said.contains("was cut short or edited"), "{cut}: {said}");
    }
    assert_eq!(told(&lock), "exit code 0\n");
    assert_eq!(signed(&lock), lock);
}

#[test]
fn a_sealed_edition_is_not_taken_back() {
    let publication = sealed();
    let told = |text: &str| {
        publication.write(TEXT, text);
        said(&publication)
    };
    let mut all = vec![
        told(&EDITION.replacen("summary", "draft: true\nsummary", 1)),
        told(&EDITION.replacen("summary", "embargo: 2024-09-01\nsummary", 1)),
    ];
    std::fs::remove_file(publication.root().join(TEXT)).unwrap();
    all.push(said(&publication));
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_seal_changes_no_figure_on_any_page() {
    let publication = unsealed();
    assert_eq!(said(&publication), "exit code 0\n");
    let before = tree_of(&publication.root().join("public"));
    on("2024-07-10", &publication, &["seal", "2024-Q2"]);
    assert_eq!(said(&publication), "exit code 0\n");
    let after = tree_of(&publication.root().join("public"));
    let changed: BTreeMap<&String, &Vec<u8>> = after.iter().filter(|(name, bytes)| before[*name] != **bytes).collect();
    assert_eq!(changed.keys().collect::<Vec<_>>(), [&"2024-q2/index.html"]);
}
