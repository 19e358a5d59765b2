//! What the program says when something is wrong, word by word.

use crate::support::Publication;

fn fault(prepare: impl Fn(&mut Publication), arguments: &[&str]) -> String {
    let mut publication = Publication::new();
    prepare(&mut publication);
    let run = publication.signal(arguments);
    format!("exit code {}\n{}", run.code, run.stderr)
}

#[test]
fn a_folder_that_is_no_publication() {
    insta::assert_snapshot!(fault(|_| {}, &["mine"]));
}

#[test]
fn a_misspelt_setting() {
    let prepare = |publication: &mut Publication| {
        publication.track("a", "path: repos/a.git");
        publication.write("signal.yaml", "title: Test\nbaseurl: https://example.org/\n");
    };
    insta::assert_snapshot!(fault(prepare, &["mine"]));
}

#[test]
fn a_key_that_does_not_say_it_is_public() {
    let prepare = |publication: &mut Publication| {
        publication.track("a", "path: repos/a.git");
        let settings = publication.read("signal.yaml").replace(", public: true", "");
        publication.write("signal.yaml", &settings);
    };
    insta::assert_snapshot!(fault(prepare, &["mine"]));
}

#[test]
fn everything_wrong_with_a_registry_is_said_at_once() {
    let prepare = |publication: &mut Publication| {
        publication.track("../../x", "path: repos/a.git");
        publication.track("twice", "path: repos/b.git");
        publication.track("Twice", "url: https://example.org/b.git, path: repos/b.git");
        publication.track("nowhere", "aliases: [N]");
        publication.track("other", "path: repos/c.git, aliases: [n]");
    };
    insta::assert_snapshot!(fault(prepare, &["mine"]));
}

#[test]
fn bad_indentation_and_doubled_keys() {
    let prepare = |publication: &mut Publication| {
        publication.track("a", "path: repos/a.git");
        publication.write("data/repos.yaml", "categories:\n- slug: all\n  title: All\n   repos: []\n");
    };
    insta::assert_snapshot!(fault(prepare, &["mine"]));
    let prepare = |publication: &mut Publication| {
        publication.track("a", "path: repos/a.git");
        publication.write("data/repos.yaml", "categories:\n- slug: all\n  title: All\n  title: Again\n  repos: []\n");
    };
    insta::assert_snapshot!(fault(prepare, &["mine"]));
}

#[test]
fn an_unknown_repository_and_a_shard_that_is_none() {
    let prepare = |publication: &mut Publication| publication.track("vllm-project--vllm", "path: repos/a.git");
    insta::assert_snapshot!(fault(prepare, &["mine", "--repo", "vllm-project--vlm"]));
    insta::assert_snapshot!(fault(prepare, &["mine", "--shard", "4/3"]));
}

#[test]
fn a_mined_file_that_was_edited_is_never_overwritten() {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let tip = repo.commit(&[], "Ada <ada@example.org>", "2024-01-10", "x");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let broken = publication.read("data/history/a.yaml").replace("1 own", "one own");
    publication.write("data/history/a.yaml", &broken);
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    insta::assert_snapshot!(run.stderr);
    assert_eq!(publication.read("data/history/a.yaml"), broken);
    publication.mine(&["--fresh"]);
    assert_eq!(publication.cell("a", "2024-Q1").own, 1);
}
