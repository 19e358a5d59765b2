//! The contract of themes as `docs/themes.md` states it, the examples in it, and the theme `plain`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Publication, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";

const EDITION: &str = "---\ntitle: A quarter\nsummary: It was one.\ncorrections: [{on: 2026-07-02, text: It was two.}]\n\
                       ---\n{{ corpus().commits }} commits.\n\n{{ chart(\"trend\", scope=\"category:all\", \
                       metric=\"commits\", title=\"Up\") }}\n\n## All of it {#all}\n\nText.\n";

const MAIL: &str = "mail: {sender: mailchimp, from: desk@report.example}\n";

const PREDICTION: &str = "edition: 2024-Q2\nstated_on: 2024-07-01\npredictions:\n- id: more\n  statement: More of it.\n  \
                          due: 2024-Q4\n  probability: 0.5\n  test: corpus().commits >= 2\n";

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn contract() -> String {
    fs::read_to_string(project("docs/themes.md")).unwrap()
}

/// With an edition, a page, a prediction and every page that the program makes by itself.
fn publication() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("one");
    let first = repo.commit(&[], ADA, "2024-02-01", "1");
    let second = repo.commit(&[&first], ADA, "2024-05-01", "2");
    repo.branch("main", &second);
    publication.to = "2024-Q4";
    publication.write_settings();
    let settings = publication.read("signal.yaml");
    publication.write("signal.yaml", &format!("{settings}{MAIL}"));
    publication.write("content/editions/2024-q2.md", EDITION);
    publication.write("content/pages/about.md", "---\ntitle: About\n---\nWords.\n");
    publication.write("content/predictions/2024-q2.yaml", PREDICTION);
    publication.mine(&["--quiet"]);
    publication
}

/// Copies a theme of the project, with each file's text changed.
fn copy_theme(
    publication: &Publication,
    name: &str,
    into: &str,
    change: impl Fn(&str, String) -> Vec<(String, String)>,
) {
    for (path, bytes) in tree_of(&project(&format!("themes/{name}"))) {
        for (path, text) in change(&path, String::from_utf8(bytes).unwrap()) {
            publication.write(&format!("themes/{into}/{path}"), &text);
        }
    }
    let settings = publication.read("signal.yaml");
    publication.write("signal.yaml", &format!("{settings}theme: {into}\n"));
}

fn pages(publication: &Publication) -> Vec<(String, String)> {
    let run = publication.signal(&["build", "--offline", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let files = tree_of(&publication.root().join("public"));
    let pages = files.into_iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// A template that says which of the promised names it isn't given.
fn probe(promised: &[String]) -> String {
    let mut text = String::new();
    for name in promised {
        let mut at = name.as_str();
        let mut loops = 0;
        let mut holder = String::new();
        while let Some((list, rest)) = at.split_once("[].") {
            loops += 1;
            text += &["{% for x", &loops.to_string(), " in ", &holder, list, " %}"].concat();
            holder = format!("x{loops}.");
            at = rest;
        }
        text += &["{% if ", &holder, at, " is undefined %}LACKS ", name, "{% endif %}"].concat();
        text += &"{% endfor %}".repeat(loops);
    }
    text
}

/// The names that the contract promises to a template, those of every page among them.
fn promised(contract: &str, template: &str) -> Vec<String> {
    let names = |heading: &str| {
        let (_, after) = contract.split_once(heading).unwrap_or_else(|| panic!("the contract lacks {heading}"));
        let section = after.split("\n#").next().unwrap();
        let names = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    // A chart is given nothing of the page that a reader could see.
    let shared = if template == "chart.html" { Vec::new() } else { names("## Every page\n") };
    [shared, names(&format!("### `{template}`\n"))].concat()
}

/// Builds with a theme whose templates look for what they are promised; returns what they lack.
fn lacking(contract: &str) -> Vec<String> {
    let publication = publication();
    let is_template = |path: &str| contract.contains(&format!("### `{}`\n", path.trim_start_matches("templates/")));
    copy_theme(&publication, "signal", "probing", |path, text| {
        let Some(name) = path.strip_prefix("templates/").filter(|_| is_template(path)) else {
            return vec![(path.to_owned(), text)];
        };
        let probing = format!("{{% include \"real-{name}\" %}}{}", probe(&promised(contract, name)));
        vec![(format!("templates/real-{name}"), text), (path.to_owned(), probing)]
    });
    let found = pages(&publication);
    let lacks = found.iter().flat_map(|(_, html)| html.split("LACKS ").skip(1));
    let mut lacks: Vec<String> =
        lacks.map(|rest| rest.split(['<', ' ', '\n', 'L']).next().unwrap().to_owned()).collect();
    lacks.dedup();
    lacks
}

#[test]
fn templates_are_given_what_the_contract_promises() {
    assert_eq!(lacking(&contract()), Vec::<String>::new());
    let broken = contract().replace("| `sections[].kind` |", "| `sections[].sort` |");
    assert_eq!(lacking(&broken), ["sections[].sort"], "the test can fail");
}

#[test]
fn the_examples_of_the_contract_work() {
    let publication = publication();
    let text = contract();
    let blocks = text.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap().1);
    let mut examples = 0;
    for block in blocks {
        let file =
            block.split_whitespace().find(|word| word.starts_with("overrides/")).expect("an example names its file");
        publication.write(file, block);
        examples += 1;
    }
    assert_eq!(examples, 3);
    let pages = pages(&publication);
    let page = |path: &str| &pages.iter().find(|(other, _)| other == path).unwrap().1;
    assert!(page("index.html").contains("<p>Come and talk to us in Test's reading room.</p>"));
    let about = page("about/index.html");
    assert!(about.contains("<a href=\"../archive/\">The archive</a>, <a href=\"https://example.org/\">this site</a>"));
    assert!(about.contains("<svg class=\"icon\"") && about.contains("<p>Words.</p>"), "{about}");
    let styles = tree_of(&publication.root().join("public/assets"));
    let style = styles.iter().find(|(path, _)| path.starts_with("style.")).unwrap();
    assert!(String::from_utf8_lossy(style.1).starts_with("/* overrides/assets/style.css */"));
}

#[test]
fn the_plain_theme_has_every_page_in_fewer_than_two_hundred_lines() {
    let theme = tree_of(&project("themes/plain"));
    let lines: usize = theme.values().map(|bytes| String::from_utf8_lossy(bytes).lines().count()).sum();
    assert!(lines < 200, "{lines} lines");
    let (with_signal, with_plain) = (publication(), publication());
    copy_theme(&with_plain, "plain", "plain", |path, text| vec![(path.to_owned(), text)]);
    let paths = |pages: Vec<(String, String)>| pages.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    let plain = pages(&with_plain);
    let edition = &plain.iter().find(|(path, _)| path == "2024-q2/index.html").unwrap().1;
    assert!(edition.contains("<section id=\"all\">") && edition.contains("Corrected on 2 July 2026: It was two."));
    assert_eq!(paths(plain), paths(pages(&with_signal)), "the same pages");
}
