//! Closed periods stay closed.

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";

/// A main line, and work on the side that is merged much later. Gives the tip before the merge and the one after.
fn with_late_merge(repo: &Repo) -> (String, String) {
    let begin = repo.commit(&[], ADA, "2024-01-10", "Begin");
    let ancient = repo.commit(&[], BOB, "2020-03-01", "Another beginning");
    let spring = repo.commit(&[&begin], ADA, "2024-04-20", "Spring");
    let side = repo.commit(&[&spring], BOB, "2024-05-05", "On the side");
    let old = repo.commit(&[&spring], ADA, "2024-08-15", "Summer");
    let joined = repo.commit(&[&old, &side], ADA, "2024-11-02", "Merge the side");
    let grafted = repo.commit(&[&joined, &ancient], ADA, "2024-11-03", "Merge another beginning");
    let new = repo.commit(&[&grafted], ADA, "2025-02-01", "Winter");
    (old, new)
}

fn mine_both(publication: &Publication, repo: &Repo, old: &str, new: &str) {
    repo.branch("main", old);
    publication.mine(&[]);
    repo.branch("main", new);
    publication.mine(&[]);
}

#[test]
fn late_commits_appear_where_they_arrived() {
    let mut publication = Publication::new();
    let repo = publication.repo("late");
    let (old, new) = with_late_merge(&repo);
    repo.branch("main", &old);
    publication.mine(&[]);
    let before = publication.mined();
    repo.branch("main", &new);
    publication.mine(&[]);
    let after = publication.mined();
    // At the old tip 2024-Q1 and Q2 were closed; their snapshots keep their bytes.
    for period in ["2024-Q1", "2024-Q2"] {
        let file = std::path::PathBuf::from(format!("data/snapshots/{period}/late.yaml"));
        assert_eq!(before[&file], after[&file], "{period}");
        assert_eq!(publication.cell("late", period).own, 1, "{period}");
    }
    // What was committed on the side in Q2 arrived in the first period that the next boundary reaches.
    let summer = publication.cell("late", "2024-Q3");
    assert_eq!((summer.own, summer.late, summer.imported), (2, 1, 1));
    assert_eq!(publication.cell("late", "2024-Q4").merges, 2);
    assert_eq!(publication.cell("late", "2020-Q1").counted(), 0);
    // The witness for late ones: what the next boundary reaches and the one before doesn't, without dates.
    let boundaries = publication.history("late").state.unwrap().boundaries;
    assert_eq!(boundaries.len(), 2);
    let range = format!("{}..{}", boundaries[0].tip, boundaries[1].tip);
    let arrived = repo.git(&["log", "--no-merges", "--format=%H", &range]).lines().count();
    let (summer, winter) = (publication.cell("late", "2024-Q3"), publication.cell("late", "2025-Q1"));
    let counted = summer.late + summer.imported + winter.own;
    assert_eq!(counted as usize, arrived);
}

#[test]
fn afresh_with_the_recorded_boundaries_gives_the_same_bytes() {
    let mut publication = Publication::new();
    let repo = publication.repo("late");
    let (old, new) = with_late_merge(&repo);
    mine_both(&publication, &repo, &old, &new);
    let incremental = publication.mined();
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), incremental);
    // The same by naming the commits, in a publication of its own.
    let mut other = Publication::new();
    let copy = other.repo("late");
    with_late_merge(&copy);
    copy.branch("main", &new);
    other.mine(&["--repo", "late", "--at", &old]);
    other.mine(&[]);
    assert_eq!(other.mined(), incremental);
}

#[test]
fn in_hindsight_every_commit_counts_in_its_own_period() {
    let mut publication = Publication::new();
    let repo = publication.repo("late");
    let (_, new) = with_late_merge(&repo);
    repo.branch("main", &new);
    publication.mine(&[]);
    assert_eq!(publication.cell("late", "2024-Q2").own, 2);
    assert_eq!(publication.cell("late", "2020-Q1").own, 1);
    assert_eq!(publication.cell("late", "2024-Q3").late, 0);
}

#[test]
fn a_rewritten_branch_is_reported_and_restates_its_periods() {
    let mut publication = Publication::new();
    let repo = publication.repo("rewritten");
    let begin = repo.commit(&[], ADA, "2024-01-10", "Begin");
    let spring = repo.commit(&[&begin], ADA, "2024-04-20", "Spring");
    let summer = repo.commit(&[&spring], ADA, "2024-07-20", "Summer");
    repo.branch("main", &spring);
    publication.mine(&[]);
    repo.branch("main", &summer);
    publication.mine(&[]);
    let other = repo.commit(&[&spring], BOB, "2024-07-25", "Another summer");
    let autumn = repo.commit(&[&other], BOB, "2024-10-25", "Autumn");
    // The boundary of 2024-Q2 was the commit of summer, which the branch no longer holds.
    repo.branch("main", &autumn);
    let run = publication.mine(&[]);
    let expected = "rewritten: the branch was rewritten: 1 commits vanished; 2024-Q2 to 2024-Q2 are restated\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    let state = publication.history("rewritten").state.unwrap();
    assert_eq!(state.restated.len(), 1);
    assert_eq!((state.restated[0].was.as_str(), state.restated[0].vanished), (summer.as_str(), Some(1)));
    let tips: Vec<_> = state.boundaries.iter().map(|boundary| boundary.tip.as_str()).collect();
    assert_eq!(tips, [spring.as_str(), autumn.as_str()]);
    publication.mine(&["--fresh"]);
    assert_eq!(publication.history("rewritten").state.unwrap().restated.len(), 1);
}

#[test]
fn killed_half_way_it_goes_on_to_the_same_bytes() {
    let mut publication = Publication::new();
    for number in 0..12 {
        let repo = publication.repo(&format!("r{number}"));
        let (_, new) = with_late_merge(&repo);
        repo.branch("main", &new);
    }
    publication.mine(&[]);
    let whole = publication.mined();
    for pause in [0, 2, 5, 10, 20] {
        for folder in ["data/history", "data/snapshots"] {
            std::fs::remove_dir_all(publication.root().join(folder)).unwrap();
        }
        let mut child = publication.command(&["mine", "--quiet", "--jobs", "1"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        publication.mine(&["--quiet"]);
        let mined: Vec<_> = publication.mined().into_iter().filter(|(file, _)| !is_part(file)).collect();
        assert_eq!(mined, whole.clone().into_iter().collect::<Vec<_>>(), "killed after {pause} ms");
    }
}

/// What a killed process leaves behind is never read, and replaced by the next write.
fn is_part(file: &std::path::Path) -> bool {
    file.extension().is_some_and(|extension| extension == "part")
}
