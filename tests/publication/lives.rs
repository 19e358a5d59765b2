//! The pages of categories and repositories, the downloads and the search, of whole publications.

use std::collections::BTreeMap;

use crate::support::{Publication, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";

const EDITION: &str = "---\ntitle: \"Less < more & so on\"\nsummary: A quarter.\n---\n{{ corpus().commits }} commits.\n\n\
                       ## All of it {#all}\n\n{{ repo(\"a.b_C\").commits }} commits.\n";

/// A repository with a strange name, one with a single commit, and one that nobody can read.
fn publication() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a.b_C");
    let mut tip = repo.commit(&[], ADA, "2024-02-01", "1");
    for (author, day) in [(ADA, "2024-04-02"), (BOB, "2024-05-02"), (ADA, "2024-07-02")] {
        tip = repo.commit(&[&tip], author, day, "x");
    }
    repo.branch("main", &tip);
    let one = publication.repo("one");
    let tip = one.commit(&[], BOB, "2024-07-03", "the only one");
    one.branch("main", &tip);
    publication.track("absent", "path: repos/absent.git");
    publication.to = "2024-Q3";
    publication.write_settings();
    publication.write("content/editions/2024-q2.md", EDITION);
    publication
}

fn build(publication: &Publication) -> BTreeMap<String, String> {
    let run = publication.signal(&["build", "--quiet"]);
    assert_eq!(run.code, 3, "one can't be read: {}", run.stderr);
    let files = tree_of(&publication.root().join("public"));
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn every_repository_has_a_page_that_says_what_it_rests_on() {
    let publication = publication();
    let files = build(&publication);
    let known = &files["repos/a.b_C/index.html"];
    assert!(known.contains("<dt>Branch</dt><dd>main</dd>") && known.contains("<dd>whole</dd>"), "{known}");
    assert!(known.contains("<a href=\"../../2024-q2/#all\">All of it</a>"), "{known}");
    let one = &files["repos/one/index.html"];
    assert!(one.contains("<td>1</td>") && !one.contains("NaN"), "{one}");
    let absent = &files["repos/absent/index.html"];
    assert!(
        absent.contains("No quarter of it is known.") && absent.contains("Nothing of it was ever read."),
        "{absent}"
    );
    let category = files
        .keys()
        .find(|path| path.starts_with("categories/") && path.ends_with("index.html") && path.matches('/').count() == 2);
    let category = &files[category.expect("a page of the category")];
    for id in ["a.b_C", "one", "absent"] {
        assert!(category.contains(&format!("<tr id=\"repo-{id}\">")), "{category}");
        assert!(category.contains(&format!("<a href=\"../../repos/{id}/\">")), "{category}");
    }
    let root = publication.root().to_string_lossy().into_owned();
    for (path, text) in &files {
        assert!(!text.contains(&root) && !text.contains("repos/absent.git"), "{path} tells where things lie");
    }
}

#[test]
fn what_can_be_downloaded_can_be_computed_again() {
    let publication = publication();
    let files = build(&publication);
    let rows = ["figures", "--published", "--format", "csv", "--scope", "corpus", "--scope", "category"];
    assert_eq!(publication.signal(&rows).stdout, files["data/figures.csv"]);
    let page = &files["data/index.html"];
    assert!(page.contains("signal figures --published --format csv"), "{page}");
    for path in files.keys().filter(|path| matches!(path.rsplit('.').next(), Some("csv" | "json"))) {
        let address = path.strip_prefix("data/").map(|inside| format!("href=\"{inside}\""));
        assert!(address.is_none_or(|address| page.contains(&address)), "the page doesn't name {path}");
    }
}

#[test]
fn the_search_lists_everything_without_a_script() {
    let files = build(&publication());
    let page = &files["search/index.html"];
    assert!(page.contains("<a href=\"../2024-q2/\">Less &lt; more &amp; so on</a>"), "{page}");
    assert!(page.contains("<a href=\"../2024-q2/#all\">All of it</a>"), "{page}");
    assert!(page.contains("<form class=\"search\" role=\"search\" hidden"), "a form that nothing answers is hidden");
    let index: serde_json::Value = serde_json::from_str(&files["search/index.json"]).expect("JSON");
    let paths =
        index.as_array().into_iter().flatten().flat_map(|group| group["entries"].as_array().into_iter().flatten());
    let mut count = 0;
    for path in paths.filter_map(|entry| entry["path"].as_str()) {
        let file = path.split('#').next().unwrap_or_default();
        assert!(files.contains_key(&format!("{file}index.html")), "{path} leads nowhere");
        count += 1;
    }
    assert!(count > 40, "{count}");
}
