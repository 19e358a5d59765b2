//! What editions say in words of their own, held against the figures.

use serde_json::Value;

use crate::support::Publication;

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";
const CID: &str = "Cid Hamete <cid@example.org>";
const TEXT: &str = "content/editions/2024-q2.md";

/// Alpha had 2 commits by Ada, then 4 by Ada and Bob; Beta 3 by Ada, then 2 by Cid and Ada.
fn with(body: &str) -> Publication {
    let mut publication = Publication::new();
    for (name, alias, work) in [
        (
            "a",
            "Alpha",
            &[
                (ADA, "2024-02-01"),
                (ADA, "2024-02-20"),
                (ADA, "2024-04-02"),
                (BOB, "2024-05-02"),
                (ADA, "2024-05-20"),
                (BOB, "2024-06-02"),
            ][..],
        ),
        (
            "b",
            "Beta",
            &[(ADA, "2024-01-05"), (ADA, "2024-02-05"), (ADA, "2024-03-05"), (CID, "2024-05-05"), (ADA, "2024-06-05")]
                [..],
        ),
    ] {
        let repo = crate::support::Repo::new(&publication.root().join(format!("repos/{name}.git")));
        publication.track(name, &format!("path: repos/{name}.git, aliases: [{alias}]"));
        let mut tip: Option<String> = None;
        for (author, day) in work {
            let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
            tip = Some(repo.commit(&parents, author, day, &format!("{name} {day}")));
        }
        let last = repo.commit(&[tip.as_deref().unwrap()], ADA, "2024-07-02", "the open quarter");
        repo.branch("main", &last);
    }
    publication.to = "2024-Q2";
    publication.as_of = "2024-07-05";
    publication.write_settings();
    publication.write(TEXT, &format!("---\ntitle: Test\nsummary: A test.\n---\n\n{body}"));
    publication.mine(&[]);
    publication
}

#[test]
fn what_agrees_is_clean() {
    let publication = with(
        "Alpha made 4 commits, up from 2 in the first quarter, and Beta made 2.\n\n\
         ## Alpha draws people\n\n\
         It has 2 contributors, one of them new, and doubled its commits. In Q3 2023, on Python 3.12, nobody counted.\n\
         Alpha has more commits than Beta.\n",
    );
    let run = publication.signal(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("0 unclear, 0 false"), "{}", run.stdout);
    assert_eq!(publication.signal(&["build", "--offline"]).code, 0);
}

#[test]
fn what_disagrees_stops_the_build_with_its_place_and_how_it_is() {
    let publication = with("Alpha made 5 commits in the second quarter.\n\nBeta has more commits than Alpha.\n");
    for command in [&["check"][..], &["build", "--offline"]] {
        let run = publication.signal(command);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains("content/editions/2024-q2.md:6:12"), "{}", run.stderr);
        assert!(
            run.stderr.contains("`5` isn't what the figures say: commits of Alpha in 2024-Q2: 4"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("bind it, as in `{{ repo(\"a\").commits }}`"), "{}", run.stderr);
        assert!(run.stderr.contains("content/editions/2024-q2.md:8:10"), "{}", run.stderr);
        assert!(run.stderr.contains("commits of Beta in 2024-Q2: 2; commits of Alpha in 2024-Q2: 4"), "{}", run.stderr);
    }
    assert!(!publication.root().join("public").exists(), "nothing is published");
}

#[test]
fn superlatives_sums_and_directions_are_compared_too() {
    for (body, told) in [
        ("Beta is the largest repository by commits.", "commits of Beta in 2024-Q2: 2, place 2 of 2"),
        ("Commits to Alpha fell.", "commits of Alpha in 2024-Q2, against 2024-Q1: +100 %"),
        ("Together, Alpha and Beta have 4 contributors.", "can't be added up"),
        ("Commits rose in both Alpha and Beta to 9.", ""),
        ("Every repository gained commits.", "it rose in Alpha, and not in Beta"),
        ("Alpha made 90 % of all commits in the corpus.", "66.7 %"),
    ] {
        let publication = with(&format!("{body}\n"));
        let run = publication.signal(&["check"]);
        assert_eq!(run.code, 1, "{body}");
        assert!(run.stderr.contains(told), "{body}\n{}", run.stderr);
    }
}

#[test]
fn what_fits_nothing_is_unclear_and_a_setting_makes_it_a_note() {
    let publication = with("Alpha grew 12 new features.\n");
    let run = publication.signal(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("it isn't clear what `12` states"), "{}", run.stderr);
    let settings = publication.read("signal.yaml");
    publication.write("signal.yaml", &format!("{settings}check: {{unclear: note}}\n"));
    let run = publication.signal(&["check"]);
    assert_eq!((run.code, run.stdout.contains("1 unclear")), (0, true), "{}{}", run.stdout, run.stderr);
    assert_eq!(publication.signal(&["build", "--offline"]).code, 0);
}

#[test]
fn drafts_are_only_reported() {
    let publication = with("Alpha made 5 commits.\n");
    let text = publication.read(TEXT);
    publication.write(TEXT, &text.replace("summary", "draft: true\nsummary"));
    assert_eq!(publication.signal(&["build", "--offline", "--draft"]).code, 0);
    assert_eq!(publication.signal(&["check", "--draft"]).code, 1);
}

#[test]
fn the_editor_says_what_a_text_is_about() {
    let publication = with("<!-- about: repo:Beta -->\n\nThe library made 2 commits.\n\nIt has 2 contributors.\n");
    let run = publication.signal(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let publication = with("<!-- about: repo:Gamma -->\n\nThe library made 2 commits.\n");
    let run = publication.signal(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("no tracked repository is called `Gamma`"), "{}", run.stderr);
}

#[test]
fn a_source_vouches_for_a_figure_until_it_expires() {
    let body = "Pay runs from $185,000 to $240,000. <!-- waive: source:levels -->\n";
    let source = |expires: &str| {
        format!("sources:\n- {{id: levels, citation: Levels of 2024, date: 2024-05-01, expires: {expires}}}\n")
    };
    let publication = with(body);
    let run = publication.signal(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("there is no source `levels`"), "{}", run.stderr);
    publication.write("data/sources.yaml", &source("2999-01-01"));
    let run = publication.signal(&["check"]);
    assert_eq!((run.code, run.stdout.contains("2 waived")), (0, true), "{}{}", run.stdout, run.stderr);
    assert_eq!(publication.signal(&["build", "--offline"]).code, 0);
    assert!(!publication.read("public/2024-q2/index.html").contains("waive"));
    publication.write("data/sources.yaml", &source("2024-06-01"));
    let run = publication.signal(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("the source `levels` expired on 2024-06-01"), "{}", run.stderr);
    publication.write("data/sources.yaml", &source("2024-04-01"));
    let run = publication.signal(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("expires before it was looked at"), "{}", run.stderr);
    let idle = with("Nothing is counted here. <!-- waive: source:levels -->\n");
    idle.write("data/sources.yaml", &source("2999-01-01"));
    let run = idle.signal(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("this waiver waives nothing"), "{}", run.stderr);
}

#[test]
fn fix_binds_what_agrees_and_nothing_else() {
    let publication = with("Alpha made 4 commits by 2 people; Beta about 2.\n");
    let run = publication.signal(&["check", "--fix"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = publication.read(TEXT);
    assert!(
        text.contains("Alpha made {{ repo(\"a\").commits }} commits by {{ repo(\"a\").contributors }} people"),
        "{text}"
    );
    assert!(text.contains("Beta about 2."), "{text}");
    assert_eq!(publication.signal(&["build", "--offline"]).code, 0);
    let html = publication.read("public/2024-q2/index.html");
    assert!(html.contains("title=") || html.contains("<data value=\"4\""), "the figure is bound");
}

#[test]
fn machines_get_every_figure_and_github_its_annotations() {
    let publication = with("Alpha made 5 commits and 9 things, thanks to Ada.\n");
    let run = publication.signal(&["check", "--format", "json"]);
    assert_eq!(run.code, 1);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found["clean"], false);
    let findings = found["editions"][0]["findings"].as_array().unwrap();
    let statuses: Vec<&str> = findings.iter().map(|finding| finding["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["unclear", "unclear", "causal"], "{}", run.stdout);
    assert_eq!((&findings[0]["line"], &findings[0]["column"]), (&Value::from(6), &Value::from(12)));
    let run = publication.signal(&["check", "--format", "github"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("::error file=content/editions/2024-q2.md,line=6,col=12::"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 2);
}
