//! Repositories that other miners stumble over.

use signal::data::history::{Completeness, Status};

use crate::support::{Publication, Repo, seconds};

const ADA: &str = "Ada Lovelace <ada@example.org>";

#[test]
fn dates_that_cannot_be_are_mended_and_shown() {
    let mut publication = Publication::new();
    let repo = publication.repo("clocks");
    let first = repo.commit(&[], ADA, "1970-01-01T00:00:01Z", "A root without a clock");
    let second = repo.commit(&[&first], ADA, "2024-02-10", "Fine");
    let third = repo.commit(&[&second], ADA, "2106-02-07", "From the future");
    let fourth = repo.commit(&[&third], ADA, "2038-01-19", "From the future, too");
    let fifth = repo.commit(&[&fourth], ADA, "2024-01-05", "Before its parents, and possible");
    let tip = repo.commit(&[&fifth], ADA, "2024-08-01", "Tip");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let history = publication.history("clocks");
    let mended: Vec<_> =
        history.periods.iter().map(|(period, notes)| (period.to_string(), notes.date_mended)).collect();
    // The root takes the earliest date of the branch, the others their first parents'.
    assert_eq!(mended, [("2024-Q1".to_owned(), 3)]);
    assert_eq!(publication.cell("clocks", "2024-Q1").own, 5);
    assert_eq!(publication.cell("clocks", "2024-Q3").own, 1);
}

#[test]
fn zones_and_broken_fields_do_not_move_a_commit() {
    let mut publication = Publication::new();
    let repo = publication.repo("fields");
    let tree = repo.tree(&[]);
    let at = seconds("2024-03-31T23:30:00Z");
    let mut parent = String::new();
    let fields: [&[u8]; 6] = [
        b"A <a@x.org> TIME +9999",
        b"B \"|\" <b|b@x.org> TIME -1200",
        b"M\xfcller <c@x.org> TIME +0000",
        b" <> TIME +0000",
        b"<d@x.org> <d@x.org>> TIME +0000",
        "\u{202e}Eve <e@x.org> TIME +0000".as_bytes(),
    ];
    for field in fields {
        let field = String::from_utf8_lossy(field).into_owned().replace("TIME", &at.to_string());
        // Lossy text would hide the byte that isn't UTF-8.
        let field: Vec<u8> = if field.starts_with('M') {
            [b"M\xfcller <c@x.org> ".as_slice(), at.to_string().as_bytes(), b" +0000"].concat()
        } else {
            field.into_bytes()
        };
        let parents = if parent.is_empty() { String::new() } else { format!("parent {parent}\n") };
        let at = at.to_string();
        let committer = format!("\ncommitter C <c@x.org> {at} +9999\n\nx\n");
        let headers = [parents.as_bytes(), b"author ", &field, committer.as_bytes()];
        parent = repo.raw_commit(&tree, &headers.concat());
    }
    repo.branch("main", &parent);
    publication.mine(&[]);
    assert_eq!(publication.cell("fields", "2024-Q1").own, 6);
    assert_eq!(publication.history("fields").authors.len(), 6);
}

#[test]
fn several_roots_and_an_orphan_branch() {
    let mut publication = Publication::new();
    let repo = publication.repo("roots");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    let two = repo.commit(&[], ADA, "2024-01-11", "Two");
    let three = repo.commit(&[], ADA, "2024-01-12", "Three");
    let octopus = repo.commit(&[&one, &two, &three], ADA, "2024-01-13", "All");
    let orphan = repo.commit(&[], ADA, "2024-01-14", "Not reached");
    repo.branch("main", &octopus);
    repo.branch("orphan", &orphan);
    publication.mine(&[]);
    let cell = publication.cell("roots", "2024-Q1");
    assert_eq!((cell.own, cell.merges), (3, 1));
    assert_eq!(publication.history("roots").state.unwrap().roots.len(), 3);
}

#[test]
fn a_branch_called_head_and_one_that_the_registry_names() {
    let mut publication = Publication::new();
    let repo = publication.repo("head");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    let two = repo.commit(&[&one], ADA, "2024-01-11", "Two");
    repo.branch("main", &one);
    repo.branch("HEAD", &two);
    publication.mine(&[]);
    assert_eq!(publication.cell("head", "2024-Q1").own, 1);
    let mut named = Publication::new();
    named.track("head", "path: ../elsewhere, branch: HEAD");
    let registry = named.read("data/repos.yaml").replace("../elsewhere", &repo.path.to_string_lossy());
    named.write("data/repos.yaml", &registry);
    named.mine(&[]);
    assert_eq!(named.cell("head", "2024-Q1").own, 2);
    assert_eq!(named.history("head").state.unwrap().branch, "refs/heads/HEAD");
}

#[test]
fn empty_and_headless_repositories_are_known_as_far_as_they_say() {
    let mut publication = Publication::new();
    publication.repo("empty");
    publication.mine(&[]);
    let state = publication.history("empty").state.unwrap();
    assert_eq!((state.tip, state.horizon), (None, None));
    let mut declared = Publication::new();
    Repo::new(&declared.root().join("repos/empty.git"));
    declared.track("empty", "path: repos/empty.git, horizon: 2025-01-01");
    declared.mine(&[]);
    let state = declared.history("empty").state.unwrap();
    assert_eq!(state.horizon.unwrap().to_string(), "2025-01-01T00:00:00Z");
    let mut headless = Publication::new();
    let repo = headless.repo("headless");
    let tip = repo.commit(&[], ADA, "2024-01-10", "One");
    std::fs::write(repo.path.join("HEAD"), format!("{tip}\n")).unwrap();
    headless.mine(&[]);
    assert_eq!(headless.cell("headless", "2024-Q1").own, 1);
}

#[test]
fn a_repository_of_the_other_hash_function() {
    let mut publication = Publication::new();
    let repo = Repo::with_format(&publication.root().join("repos/wide.git"), "sha256");
    publication.track("wide", "path: repos/wide.git");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    let two = repo.commit(&[&one], ADA, "2024-05-10", "Two");
    repo.branch("main", &two);
    publication.mine(&[]);
    let state = publication.history("wide").state.unwrap();
    assert_eq!(state.object_format, "sha256");
    assert_eq!(state.tip.unwrap().len(), 64);
    assert_eq!(publication.cell("wide", "2024-Q2").own, 1);
}

#[test]
fn a_shallow_history_says_from_when_it_is_known() {
    let mut publication = Publication::new();
    let full = Repo::new(&publication.root().join("full.git"));
    let one = full.commit(&[], ADA, "2024-01-10", "One");
    let two = full.commit(&[&one], ADA, "2024-05-10", "Two");
    let three = full.commit(&[&two], ADA, "2024-08-10", "Three");
    full.branch("main", &three);
    let shallow = publication.repo("shallow");
    let url = format!("file://{}", full.path.display());
    shallow.git(&["fetch", "--quiet", "--depth=2", &url, "main:main"]);
    publication.mine(&[]);
    let state = publication.history("shallow").state.unwrap();
    assert_eq!(state.completeness, Completeness::Shallow);
    assert_eq!(state.known_from.unwrap().to_string(), "2024-Q3");
    assert_eq!(publication.cell("shallow", "2024-Q3").own, 1);
}

#[test]
fn replace_refs_and_configuration_change_nothing() {
    let mut publication = Publication::new();
    let repo = publication.repo("replaced");
    let one = repo.commit(&[], ADA, "2024-01-10", "One");
    let two = repo.commit(&[&one], ADA, "2024-01-11", "Two");
    let other = repo.commit(&[], "Mallory <m@example.org>", "2024-01-11", "Other");
    repo.branch("main", &two);
    publication.mine(&[]);
    let before = publication.mined();
    repo.git(&["replace", &two, &other]);
    repo.git(&["config", "log.mailmap", "true"]);
    publication.mine(&["--fresh"]);
    assert_eq!(publication.mined(), before);
}

#[test]
fn one_that_fails_is_named_and_the_others_go_on() {
    let mut publication = Publication::new();
    let good = publication.repo("good");
    let broken = publication.repo("broken");
    let tip = good.commit(&[], ADA, "2024-01-10", "One");
    good.branch("main", &tip);
    broken.commit(&[], ADA, "2024-01-10", "One");
    broken.git(&["update-ref", "--no-deref", "refs/heads/main", &broken.commit(&[], ADA, "2024-01-12", "Two")]);
    let tip = broken.git(&["rev-parse", "main"]);
    std::fs::write(broken.path.join("refs/heads/main"), tip.replace(|_: char| true, "1") + "\n").unwrap();
    publication.track("absent", "path: repos/absent.git");
    let run = publication.signal(&["mine"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("broken: its branch can't be read ("), "{}", run.stderr);
    assert!(
        run.stderr.contains("absent: the local repository isn't there (no folder DIR/repos/absent.git)\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("2 of 3 repositories could not be mined; they are named above\n"));
    assert_eq!(publication.cell("good", "2024-Q1").own, 1);
    assert_eq!(publication.history("broken").status, Status::Failed);
    assert_eq!(publication.history("absent").reason.unwrap(), "the local repository isn't there");
}

#[test]
fn a_failure_keeps_what_was_mined_before() {
    let mut publication = Publication::new();
    let repo = publication.repo("moved");
    let tip = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &tip);
    publication.mine(&[]);
    std::fs::rename(&repo.path, publication.root().join("repos/away.git")).unwrap();
    assert_eq!(publication.signal(&["mine"]).code, 3);
    assert_eq!(publication.history("moved").status, Status::Failed);
    assert_eq!(publication.cell("moved", "2024-Q1").own, 1);
    std::fs::rename(publication.root().join("repos/away.git"), &repo.path).unwrap();
    publication.mine(&[]);
    assert_eq!(publication.history("moved").status, Status::Mined);
}
