//! What was read of mined files is kept under `.signal/read`; it spares time and changes no byte of output.

use std::fs;

use crate::support::Publication;

const KEPT: &str = ".signal/read/woven";

/// A publication with two mined repositories.
fn mined() -> Publication {
    let mut publication = Publication::new();
    for name in ["woven", "other"] {
        let repo = publication.repo(name);
        let mut tip = None;
        for (day, author) in [("2024-02-03", "Ann Example <ann@a.test>"), ("2025-05-06", "Ben Example <ben@b.test>")] {
            let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
            tip = Some(repo.commit(&parents, author, &format!("{day}T12:00:00Z"), &format!("Change {name}")));
        }
        repo.branch("main", &tip.expect("two commits"));
    }
    publication.mine(&[]);
    publication
}

fn figures(publication: &Publication) -> String {
    let run = publication.signal(&["figures", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// The figures without anything that was kept.
fn afresh(publication: &Publication) -> String {
    fs::remove_dir_all(publication.root().join(".signal")).unwrap();
    figures(publication)
}

#[test]
fn with_and_without_it_figures_are_the_same() {
    let publication = mined();
    let expected = afresh(&publication);
    let kept = fs::read(publication.root().join(KEPT)).unwrap();
    assert_eq!(figures(&publication), expected);
    let other = fs::read(publication.root().join(".signal/read/other")).unwrap();
    let mut spoilt = kept.clone();
    spoilt[kept.len() / 2] ^= 4;
    for wrong in [&kept[..kept.len() / 2], &spoilt[..], &other[..], b"", b"signal read"] {
        fs::write(publication.root().join(KEPT), wrong).unwrap();
        assert_eq!(figures(&publication), expected);
        assert_eq!(fs::read(publication.root().join(KEPT)).unwrap(), kept, "it was made anew");
    }
    // Nothing can be written where a file stands in place of the folder.
    fs::remove_dir_all(publication.root().join(".signal")).unwrap();
    publication.write(".signal", "");
    assert_eq!(figures(&publication), expected);
}

#[test]
fn what_is_stale_is_not_believed() {
    let publication = mined();
    let before = figures(&publication);
    let file = "data/history/woven.yaml";
    let history = publication.read(file);
    publication.write(file, &history.replacen(": 1 own", ": 41 own", 1));
    let now = figures(&publication);
    assert_ne!(now, before);
    assert_eq!(now, afresh(&publication));
    publication.write(file, &history);
    assert_eq!(figures(&publication), before);
}

#[test]
fn a_fault_is_found_with_it_as_without() {
    let publication = mined();
    figures(&publication);
    let file = "data/history/woven.yaml";
    publication.write(file, &publication.read(file).replacen(": 1 own", ": one own", 1));
    let with = publication.signal(&["figures"]);
    fs::remove_dir_all(publication.root().join(".signal")).unwrap();
    let without = publication.signal(&["figures"]);
    assert_eq!((with.code, &with.stderr), (1, &without.stderr));
    assert!(with.stderr.contains("one own"), "{}", with.stderr);
}
