//! A site that is made again after an edit is the one that a clean build makes, faults and all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use signal::command::build::made_of;
use signal::command::measure::measure;
use signal::command::workshop::Workshop;
use signal::data::publication;
use signal::pages::{self, Options, Site};
use signal::plain::Result;
use signal::serve::News;

use crate::support::{Publication, tree_of};

const ADA: &str = "Ada <ada@example.org>";
const BOB: &str = "Bob <bob@example.com>";
const CLEO: &str = "Cleo <cleo@example.net>";

const FIRST: &str = "content/editions/2024-q1.md";
const SECOND: &str = "content/editions/2024-q2.md";
const SETTINGS: &str = "signal.yaml";
const REGISTRY: &str = "data/repos.yaml";
const BASE: &str = include_str!("../../themes/signal/templates/base.html");

const MAIL: &str = "mail: {sender: plain, from: desk@report.example, unsubscribe: 'https://report.example/leave', \
    postal_address: 1 Example Street}\n";

const EDITION: &str = "---\ntitle: Second\nsummary: It went on.\n---\n\n{{ corpus().commits }} commits, see [all](#all).\n\n\
    ## All of it {#all}\n\n{{ category(\"all\").contributors }} people, and {{ repo(\"b\").commits }} commits to b.\n\n\
    {{ chart(\"trend\", scope=\"repo:a\", metric=\"commits\", title=\"Commits\") }}\n\n## Else {#else}\n\nPlain words.\n";

/// A file, and what it may hold; nothing stands for no file.
struct Sort {
    file: &'static str,
    variants: Vec<Option<String>>,
}

/// A publication of two repositories and two categories, its first edition sealed: all of its files.
fn files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut publication = Publication::new();
        for (name, people) in [("a", [ADA, BOB, ADA]), ("b", [BOB, BOB, CLEO])] {
            let repo = publication.repo(name);
            let mut parents = Vec::new();
            for (author, day) in people.iter().zip(["2024-01-10", "2024-04-11", "2024-05-12"]) {
                let tree = repo.tree(&[("x.py", day), ("README.md", author)]);
                let parents_now: Vec<&str> = parents.iter().map(String::as_str).collect();
                parents = vec![repo.commit_tree(&tree, &parents_now, author, day, "x")];
            }
            repo.branch("main", &parents[0]);
        }
        publication.to = "2024-Q2";
        publication.write_settings();
        publication.write(SETTINGS, &(publication.read(SETTINGS) + "depth: lines\n" + MAIL));
        let registry = "categories:\n- slug: all\n  title: All of it\n  repos:\n  - {id: a, path: repos/a.git, aliases: [A]}\n\
                        - slug: more\n  title: More\n  repos:\n  - {id: b, path: repos/b.git}\n";
        publication.write(REGISTRY, registry);
        publication.write(FIRST, "---\ntitle: First\nsummary: It began.\n---\n\n{{ corpus().commits }} commits.\n");
        publication.mine(&[]);
        let run = publication.signal(&["seal", "2024-Q1"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        publication.write(SECOND, EDITION);
        let mut files = tree_of(publication.root());
        files.retain(|file, _| !file.starts_with("repos/") && !file.starts_with(".signal/"));
        files
    })
}

fn sorts() -> &'static Vec<Sort> {
    static SORTS: OnceLock<Vec<Sort>> = OnceLock::new();
    SORTS.get_or_init(|| {
        let now = |file: &str| files().get(file).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        let mut sorts = Vec::new();
        // What is there now comes first; each edit is a piece of it and what takes its place.
        let mut edited = |file: &'static str, edits: &[(&str, &str)], others: &[Option<&str>]| {
            let own = now(file);
            let edit = |(from, to): &(&str, &str)| {
                let text = own.as_deref().unwrap_or_else(|| panic!("{file} isn't there"));
                assert!(text.contains(from), "{file} has no {from}: {text}");
                Some(text.replacen(from, to, 1))
            };
            let others = others.iter().map(|text| text.map(str::to_owned));
            let variants = std::iter::once(own.clone()).chain(edits.iter().map(edit)).chain(others).collect();
            sorts.push(Sort { file, variants });
        };
        edited(FIRST, &[("It began.", "It ended."), ("commits.", "commits, and more.")], &[]);
        let edits = [
            ("Plain words.", "Other words."),
            ("Plain words.", "[There](../about/#us), and [a](../repos/a/)."),
            ("Plain words.", "{{ repo(\"a\").new }} are new."),
            ("Plain words.", "More had 77 contributors."),
            ("Plain words.", "{{ corpus().comits }}"),
            ("Plain words.", "[There](../nowhere/)"),
            ("## Else {#else}", "## Something else {#elsewhere}"),
            ("{#all}", "{#more}"),
            ("title: Second", "title: Second, again"),
            ("title: Second", "title: Second\ndraft: true"),
        ];
        edited(SECOND, &edits, &[None]);
        let about = "---\ntitle: About\n---\n\n## Us {#us}\n\n{{ corpus().commits }} [commits](../2024-q2/#else).\n";
        edited("content/pages/about.md", &[], &[Some(about), Some("---\ntitle: About\n---\n\nText.\n"), Some("Text.\n")]);
        let stated = "edition: 2024-Q2\nstated_on: 2024-07-02\npredictions:\n- id: more\n  statement: More people.\n  due: \
                      2024-Q4\n  probability: 0.6\n  test: corpus().contributors > 2\n";
        let surer = stated.replace("0.6", "0.9");
        edited("content/predictions/2024-q2.yaml", &[], &[Some(stated), Some(&surer)]);
        edited("content/files/x.txt", &[], &[Some("x"), Some("y")]);
        edited("data/history/a.yaml", &[("2024-Q2: 1 own", "2024-Q2: 6 own")], &[None]);
        edited("data/history/b.yaml", &[("2024-Q2: 1 own", "2024-Q2: 9 own"), ("version:", "vershun:")], &[]);
        edited("data/snapshots/2024-Q2/a.yaml", &[("added: ", "added: 1")], &[None]);
        let edits = [
            ("title: More", "title: Even more"),
            ("aliases: [A]", "aliases: [Alpha]"),
            ("title: More", "title: More\n  description: All the rest."),
            ("slug: more", "slug: rest"),
        ];
        edited(REGISTRY, &edits, &[]);
        let organisation = "organisations:\n- slug: acme\n  name: Acme\n  class: company\n  domains: [example.org]\n";
        edited("data/orgs.yaml", &[], &[Some(organisation)]);
        let edits = [
            ("title: Test", "title: Best"),
            ("title: Test", "titel: Test"),
            ("sender: plain", "sender: plain, form: short"),
            (MAIL, ""),
            ("title: Test", "title: Test\ntheme: other"),
            ("example.org/", "example.org/sub/path/"),
            ("title: Test", "title: Test\nsubscribe: {label: Subscribe, url: https://lists.example.org/}"),
        ];
        edited(SETTINGS, &edits, &[]);
        let marked = BASE.replace("</footer>", "<p>Marked.</p>\n</footer>");
        let undefined = BASE.replace("</footer>", "{{ nothing }}</footer>");
        let broken = BASE.replace("</footer>", "<a href=\"{{ link(\"about/\") }}\">About</a></footer>");
        edited("overrides/templates/base.html", &[], &[Some(&marked), Some(&undefined), Some(&broken)]);
        edited("overrides/assets/style.css", &[], &[Some("p { color: red }"), Some("p { color: blue }")]);
        sorts
    })
}

/// All that is made, or all that is wrong.
fn told(made: Result<Site>) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let Site { mut files, pages, kept_back, proofs, mails, holdings, lock } =
        made.map_err(|faults| format!("{faults:?}"))?;
    assert!(lock.is_none());
    files.insert("?".to_owned(), format!("{pages:?} {kept_back:?} {proofs:?} {mails:?} {holdings:?}").into_bytes());
    Ok(files)
}

/// What the system tells of a file that was written.
fn news_of(file: &str) -> News {
    News::of([file])
}

fn clean(root: &Path) -> Result<Site> {
    let publication = publication::read(root)?;
    let (mined, figures) = measure(&publication)?;
    let options = Options { drafts: true, ..made_of(&mined)? };
    pages::compose(&publication, &Arc::new(figures), &options)
}

fn check(edits: &[(prop::sample::Index, prop::sample::Index)]) {
    let folder = tempfile::tempdir().unwrap();
    let put = |file: &str, bytes: Option<&[u8]>| {
        let path = folder.path().join(file);
        match bytes {
            Some(bytes) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            // It may be gone already.
            None => drop(fs::remove_file(path)),
        }
    };
    for (file, bytes) in files() {
        put(file, Some(bytes));
    }
    let mut workshop = Workshop::new(folder.path(), true);
    let mut compare = |after: &str, news: &News| {
        let again = told(workshop.make_after(news).map(|made| made.site));
        let clean = told(clean(folder.path()));
        match (&again, &clean) {
            (Ok(again), Ok(clean)) => {
                let differ = |file: &&String| again.get(*file) != clean.get(*file);
                let differing: Vec<&String> = again.keys().chain(clean.keys()).filter(differ).collect();
                assert!(differing.is_empty(), "{differing:?} differ after {after}");
            }
            _ => assert_eq!(again, clean, "after {after}"),
        }
        clean.is_ok()
    };
    assert!(compare("nothing", &News::anything()));
    for (sort, variant) in edits {
        let Sort { file, variants } = sort.get(sorts());
        let at = variant.index(variants.len());
        put(file, variants[at].as_deref().map(str::as_bytes));
        compare(&format!("variant {at} of {file}"), &news_of(file));
    }
    // Mended, all is well again.
    for Sort { file, variants } in sorts() {
        put(file, variants[0].as_deref().map(str::as_bytes));
    }
    assert!(compare("the last was mended", &News::anything()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn again_is_as_clean(edits in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..12)) {
        check(&edits);
    }
}

#[test]
fn every_edit_alone_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    for (file, bytes) in files() {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut workshop = Workshop::new(folder.path(), true);
    let mut make = |news: &News| told(workshop.make_after(news).map(|made| made.site));
    let first = make(&News::anything());
    assert!(first.is_ok(), "{first:?}");
    let mut same = Vec::new();
    for Sort { file, variants } in sorts() {
        let path = folder.path().join(file);
        for (at, variant) in variants.iter().enumerate().skip(1) {
            match variant {
                Some(text) => {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, text).unwrap();
                }
                None => fs::remove_file(&path).unwrap(),
            }
            if make(&news_of(file)) == first {
                same.push(format!("{file} {at}"));
            }
            match &variants[0] {
                Some(text) => fs::write(&path, text).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            assert!(make(&news_of(file)) == first, "after {file} {at} was taken back");
        }
    }
    assert_eq!(same, Vec::<String>::new(), "edits that change nothing test nothing");
}
