//! What is counted, held against git itself.

use std::collections::BTreeSet;

use crate::support::{Publication, Repo};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const BOB: &str = "Bob Talbot <bob@example.org>";
const BOT: &str = "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>";
const AGENT: &str = "Claude <noreply@anthropic.com>";

/// Two lines of work, merged again and again, with every lane in them.
fn woven(repo: &Repo) -> String {
    let mut tip = repo.commit(&[], ADA, "2024-01-02", "Begin");
    for week in 0..60 {
        let day = jiff::civil::date(2024, 1, 3).checked_add(jiff::Span::new().weeks(week)).unwrap();
        let author = [ADA, BOB, BOT, AGENT][usize::try_from(week).unwrap() % 4];
        let message = if week % 3 == 0 { "Work\n\nAssisted-by: Claude" } else { "Work" };
        let side = repo.commit(&[&tip], author, &day.to_string(), message);
        let main = repo.commit(&[&tip], BOB, &day.to_string(), "More");
        tip = repo.commit(&[&main, &side], ADA, &day.to_string(), "Merge");
    }
    repo.branch("main", &tip);
    tip
}

#[test]
fn commits_and_addresses_are_what_git_says() {
    let mut publication = Publication::new();
    let repo = publication.repo("woven");
    let tip = woven(&repo);
    publication.mine(&[]);
    let quarters = [
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
    ];
    for (period, since, until) in quarters {
        let log = repo.witness(&tip, since, until);
        let cell = publication.cell("woven", period);
        let lanes = cell.own + cell.assisted + cell.bot + cell.agent + cell.imported;
        assert_eq!(lanes as usize, log.len(), "{period}");
        assert!(cell.own > 0 && cell.assisted > 0 && cell.bot > 0 && cell.agent > 0);
        let distinct: BTreeSet<_> = log.iter().collect();
        let period = period.parse().unwrap();
        let history = publication.history("woven");
        let active = history.authors.iter().filter(|line| line.active.0.contains_key(&period)).count();
        assert_eq!(active, distinct.len());
    }
    let merges: u32 =
        publication.history("woven").authors.iter().flat_map(|it| it.active.0.values()).map(|it| it.merges).sum();
    assert_eq!(merges, 60);
}

#[test]
fn no_number_of_commits_is_a_special_one() {
    let mut publication = Publication::new();
    let sizes = [1_u32, 49, 50, 51, 52, 100, 101, 102, 103];
    for size in sizes {
        let repo = publication.repo(&format!("r{size}"));
        let mut tip: Option<String> = None;
        for number in 0..size {
            let parents: Vec<&str> = tip.iter().map(String::as_str).collect();
            tip = Some(repo.commit(&parents, ADA, "2024-02-05", &number.to_string()));
        }
        repo.branch("main", &tip.unwrap());
        repo.git(&["gc", "--quiet"]);
    }
    publication.mine(&[]);
    for size in sizes {
        // The tip's own period is open and yet counted.
        assert_eq!(publication.cell(&format!("r{size}"), "2024-Q1").own, size);
    }
}

#[test]
fn a_second_run_finds_nothing_new() {
    let mut publication = Publication::new();
    let repo = publication.repo("woven");
    woven(&repo);
    publication.mine(&[]);
    let first = publication.mined();
    let run = publication.mine(&[]);
    assert_eq!(run.stderr, "woven: nothing new\n");
    assert_eq!(publication.mined(), first);
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), first);
}

#[test]
fn the_mailmap_of_the_tip_is_recorded() {
    let mut publication = Publication::new();
    let repo = publication.repo("mapped");
    let tree = repo.tree(&[(".mailmap", "Ada Lovelace <ada@example.org> <lovelace@old.example.org>\n")]);
    let first = repo.commit(&[], "ada <lovelace@old.example.org>", "2024-01-02", "Begin");
    let tip = repo.commit_tree(&tree, &[&first], ADA, "2024-05-02", "Map");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let history = publication.history("mapped");
    let mapped: Vec<_> = history.authors.iter().filter_map(|line| line.mapped.as_ref()).collect();
    assert_eq!(mapped.len(), 1);
    let written = history.authors.iter().filter(|line| line.mapped.is_none()).filter_map(|line| line.written.as_ref());
    assert_eq!(written.map(|pair| pair.address).collect::<Vec<_>>(), [mapped[0].address]);
}

#[test]
fn a_shard_is_a_part_and_all_shards_are_the_whole() {
    let mut publication = Publication::new();
    for name in ["a", "b", "c", "d", "e"] {
        let repo = publication.repo(name);
        let tip = repo.commit(&[], ADA, "2024-02-05", "Begin");
        repo.branch("main", &tip);
    }
    publication.mine(&["--shard", "2/3"]);
    assert_eq!(publication.mined().keys().filter(|file| file.starts_with("data/history")).count(), 2);
    publication.mine(&["--shard", "1/3"]);
    publication.mine(&["--shard", "3/3"]);
    let sharded = publication.mined();
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), sharded);
}
