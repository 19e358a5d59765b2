//! The pages of categories and repositories, of tiny whole publications.

use std::collections::BTreeMap;

use super::Options;
use super::desk::Labelled;
use super::fixture::Folder;
use super::stock::Stock;

fn main_of(html: &str) -> &str {
    let (_, rest) = html.split_once("<main>\n").expect("a main element");
    rest.split_once("</main>").expect("its end").0
}

/// Two editions that speak of a category and of a repository.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.edition(
        "2026-Q1",
        "The first, {{ repo(\"executorch\").commits }} commits.\n\n## Kernels & `<more>` {#kernels}\n\nSee \
         [below](#again) and [there](../archive/).\n\n### Again {#again}\n\nText[^n].\n\n[^n]: A note.\n",
    );
    folder.edition(
        "2026-Q2",
        "The second.\n\n## Up by {{ category(\"kernels\").contributors | change }} {#kernels}\n\n{{ \
         category(\"kernels\").contributors }} people.\n\n{{ chart(\"trend\", scope=\"category:kernels\", \
         metric=\"contributors\", title=\"People\") }}\n\n### Again {#again}\n\nText.\n\n## Else {#else}\n\n{{ \
         repo(\"executorch\").contributors }} and {{ category(\"kernels\").commits }}.\n",
    );
    folder
}

#[test]
fn a_category_has_its_life_and_what_was_said_of_it() {
    let html = folder().page("categories/kernels/index.html");
    insta::assert_snapshot!("category", without_drawings(main_of(&html)));
}

#[test]
fn a_repository_has_its_life_and_where_it_was_named() {
    let fact = |label: &str, value: &str| Labelled { label: label.to_owned(), value: value.to_owned() };
    let stock =
        Stock { facts: vec![fact("Branch", "a<b")], troubles: vec!["It is gone.".to_owned()], ..Stock::default() };
    let stock = BTreeMap::from([("pytorch--executorch".to_owned(), stock)]);
    let site = folder().compose_with(&Options { stock, ..Options::default() });
    let site = site.unwrap_or_else(|faults| panic!("{faults}"));
    let html = String::from_utf8_lossy(&site.files["repos/pytorch--executorch/index.html"]);
    insta::assert_snapshot!("repo", without_drawings(main_of(&html)));
    let category = String::from_utf8_lossy(&site.files["categories/edge/index.html"]);
    assert!(category.contains("<p>ExecuTorch: It is gone.</p>"), "{category}");
}

#[test]
fn what_nothing_is_known_of_has_a_page_that_says_so() {
    let folder = Folder::with_editions();
    folder.put(
        "data/repos.yaml",
        "categories:\n- {slug: kernels, title: K, repos: [{id: triton--triton, path: a.git}]}\n- {slug: edge, title: E, \
         repos: [{id: pytorch--executorch, path: b.git}]}\n- slug: 0.x_Y\n  title: \"Long & <b>strange</b>\"\n  repos:\n  \
         - {id: 9..a_B.html, url: 'ssh://example.org/x', tracked: 2030-Q1, aliases: ['</a> & Co']}\n",
    );
    let html = folder.page("categories/0.x_Y/index.html");
    assert!(
        html.contains("<h1>Long &amp; &lt;b&gt;strange&lt;/b&gt;</h1>\n<p>No quarter of it is known.</p>"),
        "{html}"
    );
    assert!(html.contains("<a href=\"../../repos/9..a_B.html/\">&lt;/a&gt; &amp; Co</a> n/a not measured"), "{html}");
    let repo = folder.page("repos/9..a_B.html/index.html");
    assert!(repo.contains("<p>No quarter of it is known.</p>") && !repo.contains("ssh:"), "{repo}");
    let index = folder.page("search/index.json");
    assert!(index.contains(r#"{"title":"</a> & Co","path":"repos/9..a_B.html/","detail":"9..a_B.html, in Long &"#));
    let site = folder.compose().unwrap();
    assert!(site.files.keys().any(|path| path == "data/categories/0.x_Y.csv"));
}

#[test]
fn small_counts_are_masked_on_every_page_and_in_every_file() {
    let site = folder().compose().unwrap_or_else(|faults| panic!("{faults}"));
    let text = |path: &str| String::from_utf8_lossy(&site.files[path]).into_owned();
    assert!(text("categories/kernels/index.html").contains("<p>On-device: 20, &lt;5, 9</p>"));
    assert!(text("categories/edge/index.html").contains("<p>GPU Kernels &amp; Performance: 20, 9, &lt;5</p>"));
    let rows = text("data/periods/2026-q2.csv");
    assert!(rows.contains("flow,edge>kernels,flow,<5,") && rows.contains("flow,edge>kernels,flow_change,withheld,"));
    for (path, bytes) in &site.files {
        assert!(!String::from_utf8_lossy(bytes).contains("edge>kernels,flow,3,"), "{path}");
    }
}

/// The drawings have golden files of their own.
fn without_drawings(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, drawing)) = rest.split_once("<svg") {
        kept.push_str(before);
        rest = drawing.split_once("</svg>").expect("its end").1;
    }
    kept + rest
}
