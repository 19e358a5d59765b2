//! Going on where the last run stopped: by difference of sets, never by a range of dates or by a first parent.

use std::collections::BTreeMap;

use super::{Dice, counted};
use crate::support::{Publication, Repo};

const AUTHORS: [&str; 5] = ["a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@example.org"];

/// Commits with one to three parents anywhere in what was there before, and sometimes with none.
fn woven_at_random(repo: &Repo, seed: u64, count: usize) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let mut commits: Vec<String> = Vec::new();
    for number in 0..count {
        let mut parents = Vec::new();
        if number > 0 && dice.below(20) > 0 {
            for _ in 0..=dice.below(3) {
                let near = number - 1 - dice.below(number.min(8));
                parents.push(commits[near].clone());
            }
        }
        parents.sort_unstable();
        parents.dedup();
        let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
        let (month, day) = (1 + number * 12 / count, 1 + dice.below(28));
        let author = format!("A <{}>", AUTHORS[dice.below(AUTHORS.len())]);
        commits.push(repo.commit(&parents, &author, &format!("2024-{month:02}-{day:02}"), &number.to_string()));
    }
    commits
}

/// How many commits each author has, as git counts.
fn of_git(repo: &Repo, tip: &str) -> Vec<usize> {
    let mut authors: BTreeMap<String, usize> = BTreeMap::new();
    for author in repo.git(&["log", "--format=%ae", tip]).lines() {
        *authors.entry(author.to_owned()).or_default() += 1;
    }
    let mut counts: Vec<usize> = authors.into_values().collect();
    counts.sort_unstable();
    counts
}

/// The same from the history file, in which authors have no names.
fn of_file(publication: &Publication, id: &str) -> Vec<usize> {
    let lines = publication.history(id).authors;
    let of_line = |line: &signal::data::history::AuthorLine| {
        line.active.0.values().map(|cell| cell.own + cell.imported + cell.merges).sum::<u32>() as usize
    };
    let mut counts: Vec<usize> = lines.iter().map(of_line).collect();
    counts.sort_unstable();
    counts
}

#[test]
fn side_branches_are_never_lost_at_any_intermediate_tip() {
    let mut publication = Publication::new();
    let repo = publication.repo("woven");
    let commits = woven_at_random(&repo, 7, 90);
    for tip in commits.iter().step_by(3) {
        repo.branch("main", tip);
        publication.mine(&["--quiet"]);
        assert_eq!(of_file(&publication, "woven"), of_git(&repo, tip), "at {tip}");
    }
    let last = publication.mined();
    publication.mine(&["--quiet", "--fresh"]);
    assert_eq!(publication.mined(), last);
}

#[test]
fn the_branch_may_jump_anywhere_and_nothing_is_kept_that_it_does_not_reach() {
    let mut publication = Publication::new();
    let repo = publication.repo("jumping");
    let commits = woven_at_random(&repo, 11, 60);
    let mut dice = Dice::new(3);
    for _ in 0..20 {
        let tip = &commits[dice.below(commits.len())];
        repo.branch("main", tip);
        publication.mine(&["--quiet"]);
        assert_eq!(of_file(&publication, "jumping"), of_git(&repo, tip), "at {tip}");
        assert_eq!(publication.history("jumping").state.unwrap().tip.as_deref(), Some(tip.as_str()));
    }
}

#[test]
fn chunks_of_fifty_lose_no_commit_when_a_branch_grows_by_them() {
    let mut publication = Publication::new();
    let repo = publication.repo("growing");
    let mut length = 0;
    for growth in [1, 49, 50, 51, 52, 100, 101] {
        super::lengthen(&repo, "main", length, growth);
        length += growth;
        publication.mine(&["--quiet"]);
        assert_eq!(counted(&publication, "growing"), length);
    }
}

#[test]
fn a_side_branch_older_than_the_last_run_is_found_when_it_is_merged() {
    let mut publication = Publication::new();
    let repo = publication.repo("old");
    let begin = repo.commit(&[], super::ADA, "2024-02-01", "Begin");
    let side = repo.commit(&[&begin], super::BOB, "2024-02-02", "On the side");
    let main = repo.commit(&[&begin], super::ADA, "2024-03-20", "Main");
    repo.branch("main", &main);
    publication.mine(&[]);
    // `git log --since` and `git log main@{1}..` by dates would both leave the commit on the side out.
    let merge = repo.commit(&[&main, &side], super::ADA, "2024-03-21", "Merge");
    repo.branch("main", &merge);
    publication.mine(&[]);
    assert_eq!(publication.cell("old", "2024-Q1").own, 3);
    assert_eq!(publication.cell("old", "2024-Q1").merges, 1);
}
