//! Histories that aren't whole, and remotes with nothing new.

use signal::data::history::Completeness;

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";

/// A remote with a commit in each quarter of 2024, tracked with `entry` besides its address.
fn remote(publication: &mut Publication, entry: &str) -> Repo {
    let repo = Repo::new(&publication.root().join("remotes/far.git"));
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let mut tip: Option<String> = None;
    for (author, day) in [(ADA, "2024-01-10"), (ADA, "2024-04-10"), (BOB, "2024-07-10"), (ADA, "2024-10-10")] {
        tip = Some(repo.commit(tip.as_deref().as_slice(), author, day, "Work"));
    }
    repo.branch("main", &tip.unwrap());
    publication.track("far", &format!("url: 'file://{}'{entry}", repo.path.display()));
    repo
}

fn value(publication: &Publication, scope: &str, metric: &str, period: &str) -> String {
    let arguments = ["figures", "--format", "csv", "--metric", metric, "--scope", scope, "--period", period];
    let run = publication.signal(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let row = run.stdout.lines().nth(1).unwrap_or_else(|| panic!("no row in {}", run.stdout)).to_owned();
    row.split(',').nth(4).unwrap().to_owned()
}

#[test]
fn a_shallow_history_says_what_is_unknown() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, ", shallow_since: 2024-04-01");
    let near = publication.repo("near");
    near.branch("main", &near.commit(&[], BOB, "2024-07-10", "Near"));
    publication.mine(&[]);
    let state = publication.history("far").state.unwrap();
    assert_eq!(state.completeness, Completeness::Shallow);
    assert_eq!(state.known_from, Some("2024-Q3".parse().unwrap()));
    assert!(state.roots.is_empty());
    assert_eq!(publication.cell("far", "2024-Q1"), signal::data::cell::Cell::default());
    for scope in ["repo:far", "corpus"] {
        assert_eq!(value(&publication, scope, "commits", "2024-Q3"), if scope == "corpus" { "2" } else { "1" });
        for metric in
            ["new", "new_share", "returning", "commits_new", "drive_by", "new_one_week_share", "contributors_ever"]
        {
            assert_eq!(value(&publication, scope, metric, "2024-Q3"), "", "{scope} {metric}");
        }
        assert_eq!(value(&publication, scope, "cohort_2024-Q3", "2024-Q4"), "", "{scope}");
    }
    assert_eq!(value(&publication, "repo:near", "new", "2024-Q3"), "1");
    assert_eq!(value(&publication, "repo:far", "retained", "2024-Q3"), "", "nobody knows who was there before");
    assert_eq!(value(&publication, "repo:far", "retained", "2024-Q4"), "0");
    assert_eq!(value(&publication, "repo:far", "commits", "2024-Q2"), "", "cut off within the quarter");
    let files = publication.mined();
    assert_eq!(publication.mine(&["--repo", "far"]).stderr, "far: nothing new\n");
    assert_eq!(publication.mined(), files);
    // Another day is another depth, though the branch is where it was.
    let registry = publication.read("data/repos.yaml");
    publication.write("data/repos.yaml", &registry.replace("2024-04-01", "2024-07-01"));
    publication.mine(&[]);
    assert_eq!(publication.history("far").state.unwrap().known_from, Some("2024-Q4".parse().unwrap()));
    publication.write("data/repos.yaml", &registry.replace(", shallow_since: 2024-04-01", ""));
    publication.mine(&[]);
    let state = publication.history("far").state.unwrap();
    assert_eq!((state.completeness, state.roots.len()), (Completeness::Whole, 1));
    assert_eq!(value(&publication, "repo:far", "new", "2024-Q3"), "1");
    drop(repo);
}

#[test]
fn a_commit_that_is_missing_makes_the_same_unknown() {
    let mut publication = Publication::new();
    let repo = publication.repo("torn");
    let root = repo.commit(&[], ADA, "2024-01-10", "Begin");
    let lost = repo.commit(&[&root], ADA, "2024-02-10", "Lost");
    let tip = repo.commit(&[&lost], BOB, "2024-04-10", "End");
    repo.branch("main", &tip);
    std::fs::remove_file(repo.path.join("objects").join(&lost[..2]).join(&lost[2..])).unwrap();
    publication.mine(&[]);
    let state = publication.history("torn").state.unwrap();
    assert_eq!((state.missing, state.known_from), (1, Some("2024-Q3".parse().unwrap())));
    assert_eq!(value(&publication, "repo:torn", "new", "2024-Q2"), "");
    assert_eq!(publication.mine(&[]).stderr, "torn: nothing new\n");
    // Found again, it is counted, although the branch hasn't moved.
    assert_eq!(repo.commit(&[&root], ADA, "2024-02-10", "Lost"), lost);
    publication.mine(&[]);
    assert_eq!(publication.history("torn").state.unwrap().missing, 0);
    assert_eq!(value(&publication, "repo:torn", "new", "2024-Q1"), "1");
}

#[test]
fn with_nothing_new_only_references_are_fetched() {
    let mut publication = Publication::new();
    let repo = remote(&mut publication, "");
    publication.mine(&[]);
    let files = publication.mined();
    let mirror = publication.root().join(".signal/mirrors/far.git");
    // git writes this file whenever it fetches.
    std::fs::remove_file(mirror.join("FETCH_HEAD")).unwrap();
    std::fs::write(mirror.join("signal-fetched"), "2025-01-01T00:00:00Z").unwrap();
    publication.mine(&[]);
    assert!(!mirror.join("FETCH_HEAD").exists());
    let noted = std::fs::read_to_string(mirror.join("signal-fetched")).unwrap();
    assert!(noted.as_str() > "2026", "the horizon is noted all the same: {noted}");
    assert_eq!(publication.mined(), files);
    let tip = repo.git(&["rev-parse", "main"]);
    repo.branch("main", &repo.commit(&[&tip], ADA, "2024-11-10", "More"));
    publication.mine(&[]);
    assert!(mirror.join("FETCH_HEAD").exists());
}
