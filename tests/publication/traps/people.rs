//! People and organisations, end to end: each test is a figure that another tool got wrong.

use super::{ADA, BOB};
use crate::support::{Publication, Repo};

const ORGANISATIONS: &str = "organisations:
- {slug: anvil, name: Anvil, domains: [anvil.example]}
- {slug: kiln, name: Kiln, domains: [kiln.example]}
";

/// A figure of the whole corpus.
fn figure(publication: &Publication, period: &str, metric: &str) -> String {
    let arguments = ["figures", "--format", "csv", "--scope", "corpus", "--period", period, "--metric", metric];
    let run = publication.signal(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let row = run.stdout.lines().nth(1).unwrap_or_else(|| panic!("{}", run.stdout));
    row.split(',').nth(4).unwrap().to_owned()
}

/// Commits by author and day, and one of a later year, so that their quarters are over.
fn publication(work: &[(&str, &str)]) -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    write(&repo, work);
    publication.write("data/orgs.yaml", ORGANISATIONS);
    publication.mine(&[]);
    publication
}

fn write(repo: &Repo, work: &[(&str, &str)]) {
    // A beginning of its own: two repositories with one root would be copies.
    let root = repo.path.display().to_string();
    let mut tip = repo.commit(&[], "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>", "2023-12-01", &root);
    for (author, day) in work {
        tip = repo.commit(&[&tip], author, day, "x");
    }
    tip = repo.commit(&[&tip], "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>", "2026-06-01", "x");
    repo.branch("main", &tip);
}

#[test]
fn who_signed_off_or_reviewed_is_not_an_author() {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let trailers = "Fix\n\nSigned-off-by: Bob Talbot <bob@example.org>\nReviewed-by: Cid <cid@example.org>\n\
                    Acked-by: Dan <dan@example.org>\nReported-by: Eve <eve@example.org>\n\
                    Co-authored-by: Fay <fay@example.org>\nTested-by: Gus <gus@example.org>";
    let tip = repo.commit(&[], ADA, "2024-02-10", trailers);
    repo.branch("main", &tip);
    publication.mine(&[]);
    let history = publication.history("a");
    assert_eq!(history.authors.len(), 1);
    assert_eq!(publication.cell("a", "2024-Q1").own, 1);
    assert_eq!(history.periods.values().map(|notes| notes.co_authored).sum::<u32>(), 1);
}

#[test]
fn people_whose_names_hold_bot_are_counted() {
    let people = [BOB, "Ann Abbott <abbott@example.org>", "Botond Kiss <botond@example.org>"];
    let work: Vec<_> = people.iter().map(|&author| (author, "2024-02-10")).collect();
    assert_eq!(figure(&publication(&work), "2024-Q1", "contributors"), "3");
}

#[test]
fn a_common_name_in_two_repositories_is_two_people() {
    let mut publication = Publication::new();
    for (name, author) in [("a", "Wei Zhang <wei@one.example>"), ("b", "Wei Zhang <zhang@two.example>")] {
        write(&publication.repo(name), &[(author, "2024-02-10")]);
    }
    publication.mine(&[]);
    assert_eq!(figure(&publication, "2024-Q1", "contributors"), "2");
}

#[test]
fn two_accounts_of_one_forge_are_two_people() {
    let work = [
        ("Wei Zhang <1+wei@users.noreply.github.com>", "2024-02-10"),
        ("Wei Zhang <2+zhang@users.noreply.github.com>", "2024-02-11"),
    ];
    assert_eq!(figure(&publication(&work), "2024-Q1", "contributors"), "2");
}

#[test]
fn a_merge_by_the_editor_can_be_undone() {
    let publication = publication(&[(ADA, "2024-02-10"), (BOB, "2024-02-11")]);
    let everything = || publication.signal(&["figures", "--format", "csv"]).stdout;
    let before = everything();
    assert_eq!(figure(&publication, "2024-Q1", "contributors"), "2");
    let lines = publication.history("a").authors;
    let people = lines.iter().filter(|line| line.actor == signal::data::history::Actor::Person);
    let keys: Vec<_> = people.map(|line| line.written.as_ref().unwrap().address.to_string()).collect();
    publication.write("data/people.yaml", &format!("merges: [['{}', '{}']]\n", keys[0], keys[1]));
    assert_eq!(figure(&publication, "2024-Q1", "contributors"), "1");
    publication.write("data/people.yaml", "");
    std::fs::remove_file(publication.root().join("data/people.yaml")).unwrap();
    assert_eq!(everything(), before);
}

#[test]
fn free_mail_is_not_an_organisation() {
    let people = ["a", "b", "c", "d"].map(|name| format!("{name} <{name}@gmail.com>"));
    let work: Vec<_> = people.iter().map(|author| (author.as_str(), "2024-02-10")).collect();
    // As one organisation they would be 1.
    assert_eq!(figure(&publication(&work), "2024-Q1", "elephant_factor"), "2");
}

#[test]
fn commits_without_a_known_organisation_stay_in_the_denominator() {
    let strangers = ["a", "b", "c", "d", "e", "f", "g"].map(|name| format!("{name} <{name}@{name}.example>"));
    let mut work: Vec<_> = strangers.iter().map(|author| (author.as_str(), "2024-02-10")).collect();
    work.extend([("Ann Lee <ann@anvil.example>", "2024-02-10"); 3]);
    // 3 of 10 with two strangers are half; without the strangers Anvil alone would be everything.
    assert_eq!(figure(&publication(&work), "2024-Q1", "elephant_factor"), "3");
}

#[test]
fn past_work_is_not_credited_to_today_s_employer() {
    let mut work = vec![("Ann Lee <ann@anvil.example>", "2024-02-10"); 2];
    work.extend([("Bo Yu <bo@anvil.example>", "2024-02-10"); 2]);
    work.extend([("c <c@gmail.com>", "2024-02-10"); 2]);
    work.push(("d <d@gmail.com>", "2024-02-10"));
    let before = publication(&work);
    assert_eq!(figure(&before, "2024-Q1", "elephant_factor"), "1");
    // She leaves; the address of her new employer is of the same person.
    work.extend([("Ann Lee <ann@kiln.example>", "2025-02-10"); 5]);
    let after = publication(&work);
    assert_eq!(figure(&after, "2024-Q1", "contributors"), "4");
    assert_eq!(figure(&after, "2024-Q1", "elephant_factor"), "1");
}

#[test]
fn academia_is_known_by_whole_labels() {
    let all = [
        ("a@mit.edu", true),
        ("b@cs.ox.ac.uk", true),
        ("c@students.uni.edu.au", true),
        ("d@medu.example", false),
        ("e@edu.example.com", false),
        ("f@my-edu.org", false),
        ("g@notedu", false),
        ("h@education.example", false),
        ("i@x.edux", false),
    ];
    let authors = all.map(|(address, _)| format!("{address} <{address}>"));
    let work: Vec<_> = authors.iter().map(|author| (author.as_str(), "2024-02-10")).collect();
    let history = publication(&work).history("a");
    let shown: Vec<&str> = history.authors.iter().filter_map(|line| line.domain.as_deref()).collect();
    for (address, is_academic) in all {
        let domain = address.split_once('@').unwrap().1;
        // Of an academic domain the institution is shown, not the machine below it.
        let is_shown = shown.iter().any(|shown| domain == *shown || domain.ends_with(&format!(".{shown}")));
        assert_eq!(is_shown, is_academic, "{address}: {shown:?}");
    }
}
