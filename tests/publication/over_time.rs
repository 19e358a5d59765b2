//! `signal figures movers` and `detectors`, on histories that are written by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use signal::data::cell::Cell;
use signal::plain::Period;

use crate::support::Publication;

const PERIODS: usize = 8;

/// How many people there are in each quarter, how many commits each makes, and in how many weeks.
type Quarters = [(u32, u32, u16); PERIODS];

/// Writes the history of a repository; whoever came stays as long as there are enough people.
fn write(publication: &mut Publication, id: &str, first_key: u64, quarters: &Quarters) {
    publication.track(id, &format!("path: repos/{id}.git, vendor: maker"));
    let mut people: BTreeMap<u64, Vec<(Period, Cell)>> = BTreeMap::new();
    let periods = "2024-Q1".parse::<Period>().unwrap().through("2025-Q4".parse().unwrap());
    for (period, &(count, own, weeks)) in periods.zip(quarters) {
        for person in 0..count {
            let cell = Cell { own, weeks: (1 << weeks) - 1, ..Cell::default() };
            people.entry(first_key + u64::from(person)).or_default().push((period, cell));
        }
    }
    let mut text = format!(
        "version: 1\nrepo: {id}\nstatus: mined\nstate:\n  branch: refs/heads/main\n  horizon: 2026-01-15T00:00:00Z\n  \
         object_format: sha1\n  completeness: whole\n  boundaries: []\n  key: 0000000000000001\n  rules: {{}}\nauthors:\n"
    );
    for (key, active) in people {
        let written = format!("address: {key:016x}\n    name: {:016x}\n    words: 2", key + 1_000_000);
        let (first, last) = (active[0].0.start(), active[active.len() - 1].0.start());
        let _ = writeln!(
            text,
            "- written:\n    {written}\n  domain: example.org\n  first: {first}\n  last: {last}\n  active:"
        );
        for (period, cell) in active {
            let _ = writeln!(text, "    {period}: {}", cell.write(period));
        }
    }
    publication.write(&format!("data/history/{id}.yaml"), &text);
}

/// An engine that loses most of its people at last, and a shell that people come to twice and find little to do.
fn publication() -> Publication {
    let mut publication = Publication::new();
    let engine = [(30, 9, 5), (31, 9, 5), (30, 9, 5), (32, 9, 5), (31, 9, 5), (30, 9, 5), (31, 9, 5), (12, 9, 5)];
    write(&mut publication, "engine", 1, &engine);
    let shell = [(20, 5, 4), (20, 5, 4), (25, 3, 1), (25, 4, 3), (24, 4, 3), (24, 4, 3), (24, 4, 3), (30, 3, 1)];
    write(&mut publication, "shell", 1000, &shell);
    publication
}

#[test]
fn movers_say_what_is_unusual_and_why() {
    let publication = publication();
    for format in ["table", "csv", "json"] {
        let run = publication.signal(&["figures", "movers", "--format", format]);
        assert_eq!((run.code, &run.stderr[..]), (0, ""));
        insta::assert_snapshot!(format!("movers_{format}"), run.stdout);
        let asked = publication.signal(&["figures", "movers", "--period", "2025-Q4", "--format", format]);
        assert_eq!(asked.stdout, run.stdout);
    }
    let of_shell = publication.signal(&["figures", "movers", "--scope", "repo:shell", "--format", "json"]);
    assert_eq!((of_shell.code, &of_shell.stdout[..]), (0, "[]\n"));
}

#[test]
fn detectors_show_evidence_thresholds_and_what_came_of_it_before() {
    let publication = publication();
    for format in ["table", "csv", "json"] {
        let run = publication.signal(&["figures", "detectors", "--format", format]);
        assert_eq!((run.code, &run.stderr[..]), (0, ""));
        insta::assert_snapshot!(format!("detectors_{format}"), run.stdout);
    }
}

#[test]
fn streaks_and_records_are_rows() {
    let publication = publication();
    let run = publication.signal(&[
        "figures",
        "--scope",
        "repo:engine",
        "--metric",
        "contributors_streak",
        "--metric",
        "contributors_record",
        "--period",
        "2025-Q3..2025-Q4",
        "--format",
        "csv",
    ]);
    assert_eq!(
        run.stdout,
        "period,scope,subject,metric,value,unit\n\
         2025-Q3,repo,engine,contributors_record,1,count\n\
         2025-Q3,repo,engine,contributors_streak,1,count\n\
         2025-Q4,repo,engine,contributors_record,-7,count\n\
         2025-Q4,repo,engine,contributors_streak,-1,count\n"
    );
}

#[test]
fn a_quarter_that_is_not_over_is_refused() {
    let mut publication = publication();
    publication.to = "2026-Q1";
    publication.write_settings();
    let run = publication.signal(&["figures", "movers", "--period", "2026-Q1"]);
    assert_eq!((run.code, &run.stdout[..]), (2, ""));
    assert!(run.stderr.contains("2026-Q1 isn't over"), "{}", run.stderr);
    let run = publication.signal(&["figures", "detectors", "--period", "2019-Q1"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("2019-Q1 is no reported quarter"), "{}", run.stderr);
    // What is asked in place of rows can't be mixed with them.
    assert_eq!(publication.signal(&["figures", "--metric", "commits", "movers"]).code, 2);
    let last = publication.signal(&["figures", "movers", "--format", "csv"]);
    assert!(last.stdout.lines().nth(1).is_some_and(|row| row.starts_with("2025-Q4,")), "{}", last.stdout);
}
