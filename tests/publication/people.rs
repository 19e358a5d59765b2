//! What an editor asks and decides about who is whom.

use crate::support::{Publication, Repo, Run};

const ADA: &str = "Ada Lovelace <ada@one.name>";
const GRACE: &str = "Grace Hopper <grace@navy.name>";
const HOPPER: &str = "Grace Hopper <hopper@yale.name>";
const WEI: [&str; 2] = ["Wei Li <11+wei@users.noreply.github.com>", "Wei Li <12+li@users.noreply.github.com>"];

/// A repository that is known until the end of the publication.
fn tracked(publication: &mut Publication, name: &str) -> Repo {
    let repo = Repo::new(&publication.root().join(format!("repos/{name}.git")));
    publication.track(name, &format!("path: repos/{name}.git, horizon: 2026-07-01"));
    repo
}

/// Two repositories with somebody for each rule of evidence.
fn corpus() -> Publication {
    let mut publication = Publication::new();
    let alpha = [
        ADA,
        "ada  lovelace <ada@two.name>",
        "Amazing <amazing@navy.name>",
        GRACE,
        "Kat <7+kat@users.noreply.github.com>",
        WEI[0],
        WEI[1],
        "nightly <1+nightly[bot]@users.noreply.github.com>",
    ];
    let beta =
        ["A. L. <ADA@one.name>", "Kitty <7+kitty@users.noreply.github.com>", HOPPER, HOPPER, "Nobody <root@localhost>"];
    for (name, authors) in [("alpha", &alpha[..]), ("beta", &beta)] {
        let repo = tracked(&mut publication, name);
        let tree = repo.tree(&[(".mailmap", "Grace Hopper <grace@navy.name> <amazing@navy.name>\n")]);
        let mut tip: Option<String> = None;
        for (at, author) in authors.iter().enumerate() {
            let parents: Vec<&str> = tip.as_deref().into_iter().collect();
            tip = Some(repo.commit_tree(&tree, &parents, author, &format!("2024-0{}-10", at + 1), "Work"));
        }
        repo.branch("main", &tip.unwrap());
    }
    publication.mine(&[]);
    publication
}

fn people(publication: &Publication, arguments: &[&str]) -> Run {
    publication.signal(&[&["people"], arguments].concat())
}

#[track_caller]
fn done(publication: &Publication, arguments: &[&str]) -> String {
    let run = people(publication, arguments);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// All figures of the corpus.
fn figures(publication: &Publication) -> String {
    let run = publication.signal(&["figures", "--scope", "corpus", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn contributors(publication: &Publication) -> u32 {
    let run = publication.signal(&[
        "figures",
        "--metric",
        "contributors_ever",
        "--period",
        "2025-Q1",
        "--scope",
        "corpus",
        "--format",
        "csv",
    ]);
    let row = run.stdout.lines().nth(1).unwrap_or_else(|| panic!("{}", run.stderr)).to_owned();
    row.split(',').nth(4).unwrap().parse().unwrap()
}

#[test]
fn each_rule_is_named_and_so_is_what_was_refused() {
    let publication = corpus();
    let asked = [
        &["why", "ada@one.name"][..],
        &["why", "grace@navy.name"],
        &["why", "7+kat@users.noreply.github.com"],
        &["why", WEI[0]],
        &["why", "1+nightly[bot]@users.noreply.github.com"],
        &["why", "root@localhost"],
        &["why", "ada@two.name", "A. L. <ada@one.name>"],
        &["why", "amazing@navy.name", "hopper@yale.name"],
        &["why", WEI[0], WEI[1]],
        &["why", "ada@one.name", "1+nightly[bot]@users.noreply.github.com"],
        &["why", "grace@navy.name", "root@localhost"],
    ];
    let told =
        asked.map(|arguments| format!("$ signal people {}\n{}", arguments.join(" "), done(&publication, arguments)));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn candidates_are_ranked_and_what_was_decided_is_left_out() {
    let publication = corpus();
    insta::assert_snapshot!(done(&publication, &["candidates"]));
    insta::assert_snapshot!(done(&publication, &["candidates", "--format", "json", "--limit", "1"]));
    done(&publication, &["merge", "grace@navy.name", "hopper@yale.name"]);
    done(&publication, &["split", WEI[0], WEI[1]]);
    assert_eq!(done(&publication, &["candidates"]), "There are no candidates.\n");
    assert_eq!(done(&publication, &["candidates", "--format", "json"]), "[]\n");
}

#[test]
fn a_merge_changes_contributors_without_mining_and_a_split_undoes_it() {
    let publication = corpus();
    let (before, mined) = (contributors(&publication), publication.mined());
    let text =
        "# Ours.\nnever_merge: # none yet\nmerges: [] # nor here\n# The end.\n".replace(": # none", ": [] # none");
    publication.write("data/people.yaml", &text);
    assert_eq!(
        done(&publication, &["merge", "grace@navy.name", HOPPER, "ada@two.name"]),
        "3 people become 1; run `signal build`.\n"
    );
    assert_eq!(contributors(&publication), before - 2);
    insta::assert_snapshot!(done(&publication, &["why", "amazing@navy.name", "ada@one.name"]));
    let merged = publication.read("data/people.yaml");
    insta::assert_snapshot!(merged);
    let again = "They are one person already; nothing was changed.\n";
    assert_eq!(done(&publication, &["merge", HOPPER, "amazing@navy.name"]), again);
    assert_eq!(publication.read("data/people.yaml"), merged);

    assert_eq!(
        done(&publication, &["split", "grace@navy.name", "hopper@yale.name"]),
        "1 person becomes 2; run `signal build`. They were taken out of a merge; what else it held may need a word.\n"
    );
    assert_eq!(contributors(&publication), before);
    insta::assert_snapshot!(publication.read("data/people.yaml"));
    let apart = "They are kept apart already; nothing was changed.\n";
    assert_eq!(done(&publication, &["split", "hopper@yale.name", "grace@navy.name"]), apart);
    assert_eq!(publication.mined(), mined);
    let run = people(&publication, &["merge", "grace@navy.name", HOPPER]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
    insta::assert_snapshot!(done(&publication, &["why", "grace@navy.name", "hopper@yale.name"]));
}

#[test]
fn a_split_holds_against_other_evidence_and_leaves_other_merges_alone() {
    let publication = corpus();
    let before = contributors(&publication);
    done(&publication, &["merge", "ada@one.name", "hopper@yale.name"]);
    assert_eq!(
        done(&publication, &["split", "ada@one.name", "ada@two.name"]),
        "1 person becomes 2; run `signal build`.\n"
    );
    assert_eq!(contributors(&publication), before);
    assert!(publication.read("data/people.yaml").contains("merges:\n- ["));
    // The merge is of whole addresses, and the split of one line of each.
    let run = people(&publication, &["split", "A. L. <ada@one.name>", HOPPER]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn who_opts_out_counts_at_once_as_after_the_next_mining() {
    let publication = corpus();
    insta::assert_snapshot!(done(&publication, &["opt-out", "ada@two.name"]));
    insta::assert_snapshot!(publication.read("data/people.yaml"));
    assert_eq!(
        done(&publication, &["opt-out", "ada@one.name"]),
        "This person opted out already; nothing was changed.\n"
    );
    let at_once = figures(&publication);
    publication.mine(&[]);
    assert_eq!(figures(&publication), at_once);
    for id in ["alpha", "beta"] {
        let authors = publication.history(id).authors;
        assert_eq!(authors.iter().filter(|line| line.written.is_none()).count(), 1, "{id}");
    }
    assert_eq!(
        done(&publication, &["opt-out", "ada@one.name"]),
        "This person opted out already; nothing was changed.\n"
    );
    let run = people(&publication, &["merge", "ada@one.name", "hopper@yale.name"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn a_placeholder_is_withdrawn_for_its_line_only() {
    let publication = corpus();
    done(&publication, &["opt-out", "root@localhost"]);
    assert!(publication.read("data/people.yaml").lines().last().is_some_and(|line| line.contains('/')));
}

#[test]
fn wrong_use_and_unknown_lines_are_told() {
    let publication = corpus();
    let asked = [
        &["why", "nobody@nowhere.test"][..],
        &["why", "Ada Lovelace"],
        &["merge", "ada@one.name", "ADA@one.name"],
        &["merge", "ada@one.name", "1+nightly[bot]@users.noreply.github.com"],
        &["opt-out", "1+nightly[bot]@users.noreply.github.com"],
        &["merge", "ada@one.name"],
    ];
    let told = asked.map(|arguments| {
        let run = people(&publication, arguments);
        assert_eq!(run.stdout, "");
        format!("$ signal people {}\n{}exit code {}\n", arguments.join(" "), run.stderr, run.code)
    });
    insta::assert_snapshot!(told.join("\n"));
    let key = publication.history("beta").authors[0].written.as_ref().unwrap().address.to_string();
    let settings = publication
        .read("signal.yaml")
        .replace("{key: a key that is only for tests, public: true}", "{key_file: none}");
    publication.write("signal.yaml", &settings);
    assert_eq!(people(&publication, &["why", "ada@one.name"]).code, 1);
    assert_eq!(people(&publication, &["why", &key]).code, 0, "keys need no identity key");
}

#[test]
fn a_key_that_stands_for_several_people_is_not_merged() {
    let mut publication = Publication::new();
    let repo = tracked(&mut publication, "alpha");
    let one = repo.commit(&[], "Nobody <root@localhost>", "2024-01-10", "x");
    let two = repo.commit(&[&one], "Somebody <root@localhost>", "2024-01-11", "x");
    let tip = repo.commit(&[&two], ADA, "2024-01-12", "x");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let run = people(&publication, &["merge", "root@localhost", "ada@one.name"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
    done(&publication, &["merge", "Somebody <root@localhost>", "ada@one.name"]);
    assert_eq!(contributors(&publication), 2);
}

#[test]
fn domains_without_an_organisation_are_listed_and_added() {
    let mut publication = Publication::new();
    let repo = tracked(&mut publication, "alpha");
    let mut tip: Option<String> = None;
    for author in ["A <a@firm.name>", "B <b@firm.name>", "C <c@firm.name>", "D <d@gmail.com>", "E <e@gmail.com>"] {
        let parents: Vec<&str> = tip.as_deref().into_iter().collect();
        tip = Some(repo.commit(&parents, author, "2024-01-10", "x"));
    }
    repo.branch("main", &tip.unwrap());
    publication.mine(&[]);
    let orgs = |arguments: &[&str]| publication.signal(&[&["orgs"], arguments].concat());
    let json = "[\n{\"domain\":\"firm.name\",\"people\":3,\"commits\":3,\"repositories\":1}\n]\n";
    assert_eq!(orgs(&["candidates", "--format", "json"]).stdout, json);
    insta::assert_snapshot!(orgs(&["candidates"]).stdout);
    publication.write("data/orgs.yaml", "# Ours.\norganisations: [] # none yet\n");
    assert_eq!(orgs(&["add", "firm", "firm.name"]).code, 2);
    let added = orgs(&["add", "firm", "Firm.name", "--name", "Firm", "--from", "2020-01-01"]);
    assert_eq!((added.code, added.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(format!("{}\n{}", added.stdout, publication.read("data/orgs.yaml")));
    let again = orgs(&["add", "firm", "firm.name", "--from", "2020-01-01"]);
    assert_eq!(again.stdout, "`firm` has `firm.name` already; nothing was changed.\n");
    let taken = orgs(&["add", "other", "firm.name", "--name", "Other"]);
    assert_eq!(taken.code, 1);
    insta::assert_snapshot!(taken.stderr);
    assert_eq!(orgs(&["add", "firm", "nonsense"]).code, 2);
    assert!(orgs(&["candidates"]).stdout.starts_with("Every domain"));
}
