//! Predictions from their file to the ledger, as figures come in.

use crate::support::Publication;

const PEOPLE: [&str; 3] = ["Ada A <ada@example.org>", "Bob B <bob@example.org>", "Cem C <cem@example.org>"];

const EDITION: &str = "---\ntitle: Test\nsummary: A test.\n---\n\n{{ corpus().commits }} commits.\n";

const PREDICTIONS: &str = "edition: 2024-Q2\nstated_on: 2024-07-10\npredictions:\n\
    - id: grows\n  statement: More than {{ corpus().contributors }} people.\n  due: 2024-Q4\n  probability: 0.7\n  \
      test: corpus().contributors >= 3\n\
    - id: shrinks\n  statement: It shrinks.\n  due: 2024-Q4\n  probability: 0.2\n  test: corpus().contributors < 2\n\
    - id: judged\n  statement: A note appears.\n  due: 2024-Q4\n  judge: editor\n  evidence: A note.\n\
    - id: void\n  statement: It moves.\n  due: 2024-Q4\n  probability: 0.5\n  test: corpus().commits > 1\n  void: It was moved.\n";

/// What the ledger says of each prediction when the publication knows so much.
fn states(as_of: &str, to: &'static str) -> String {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let mut tip = repo.commit(&[], PEOPLE[0], "2024-02-01", "1");
    for (person, day) in [
        (0, "2024-04-02"),
        (1, "2024-05-02"),
        (0, "2024-08-02"),
        (0, "2024-10-05"),
        (1, "2024-11-02"),
        (2, "2024-12-02"),
    ] {
        if day < as_of {
            tip = repo.commit(&[&tip], PEOPLE[person], day, "x");
        }
    }
    repo.branch("main", &tip);
    let registry = publication.read("data/repos.yaml").replace("path:", &format!("horizon: {as_of}, path:"));
    (publication.to, publication.as_of) = (to, "");
    let as_of: &'static str = Box::leak(as_of.to_owned().into_boxed_str());
    publication.as_of = as_of;
    publication.write_settings();
    publication.write("data/repos.yaml", &registry);
    publication.write("content/editions/2024-q2.md", EDITION);
    publication.write("content/predictions/2024-q2.yaml", PREDICTIONS);
    publication.mine(&[]);
    let run = publication.signal(&["build", "--offline", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let ledger = publication.read("public/predictions/index.html");
    let cards = ledger.split("<article class=\"card row\" id=\"").skip(1);
    let told = cards.map(|card| {
        let id = &card[..card.find('"').unwrap()];
        let state = card.split("state-").nth(1).unwrap();
        format!("{id}: {}", &state[..state.find('"').unwrap()])
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told.join(", ")
}

#[test]
fn the_ledger_follows_the_figures() {
    assert_eq!(states("2024-07-05", "2024-Q2"), "grows: tracking, judged: open, shrinks: tracking, void: void");
    assert_eq!(states("2024-11-15", "2024-Q4"), "grows: too-early, judged: too-early, shrinks: too-early, void: void");
    assert_eq!(states("2025-01-05", "2024-Q4"), "grows: confirmed, judged: undecided, shrinks: missed, void: void");
}
