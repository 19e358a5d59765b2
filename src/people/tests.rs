//! The rules of evidence, one by one.

use super::sample::{Row, address, history, key, people, row};
use super::{Refusal, Rule, Why, resolve};
use crate::data::history::{Actor, AuthorLine, History};
use crate::data::identity_key::Sort;
use crate::data::people::LineKey;
use crate::plain::Kind;

/// The index of the person of a line.
fn person(histories: &[History], editor: &str, repo: &str, written: (&str, &str)) -> u32 {
    let resolution = resolve(histories, &people(editor)).expect("the editor doesn't contradict himself");
    let at = histories.iter().position(|history| history.repo == repo).expect("a repository of the test");
    let wanted = history("", &[row(written.0, written.1)]).authors.remove(0).written;
    let line = histories[at].authors.iter().position(|line| line.written == wanted).expect("a line of the test");
    resolution.roster.of_line[at][line]
}

/// Whether rows of one repository, `a`, are one person.
#[track_caller]
fn assert_here(rows: &[Row], editor: &str, partition: &[&[usize]]) {
    let histories = [history("a", rows)];
    assert_partition(&histories, rows, editor, partition);
}

/// Whether rows, each in a repository of its own, are one person.
#[track_caller]
fn assert_apart(rows: &[Row], editor: &str, partition: &[&[usize]]) {
    let histories: Vec<History> =
        rows.iter().enumerate().map(|(at, row)| history(&format!("r{at}"), std::slice::from_ref(row))).collect();
    assert_partition(&histories, rows, editor, partition);
}

#[track_caller]
fn assert_partition(histories: &[History], rows: &[Row], editor: &str, partition: &[&[usize]]) {
    let of = |at: usize| {
        let repo = if histories.len() == 1 { "a".to_owned() } else { format!("r{at}") };
        let (name, address) = &rows[at].written;
        person(histories, editor, &repo, (name, address))
    };
    for (number, group) in partition.iter().enumerate() {
        for &at in *group {
            assert_eq!(of(at), of(group[0]), "{:?} and {:?} are one", rows[at].written, rows[group[0]].written);
            for other in partition[..number].iter().map(|other| other[0]) {
                assert_ne!(of(at), of(other), "{:?} and {:?} are two", rows[at].written, rows[other].written);
            }
        }
    }
    assert_eq!(partition.iter().map(|group| group.len()).sum::<usize>(), rows.len(), "each row is in the partition");
}

fn refused(histories: &[History], editor: &str) -> Vec<Refusal> {
    resolve(histories, &people(editor)).expect("the editor doesn't contradict himself").refused
}

fn lines(rows: &[&Row]) -> Vec<LineKey> {
    let line_key = |row: &&Row| {
        let pair = history("", &[(*row).clone()]).authors.remove(0).written.expect("a written pair");
        LineKey { address: pair.address, name: Some(pair.name) }
    };
    let mut keys: Vec<LineKey> = rows.iter().map(line_key).collect();
    keys.sort_unstable();
    keys
}

const GITHUB: [&str; 3] =
    ["1+ann@users.noreply.github.com", "2+bob@users.noreply.github.com", "3+cid@users.noreply.github.com"];

#[test]
fn equal_addresses_join_across_repositories_whatever_the_names() {
    let rows = [row("Ann", "ann@one.test"), row("A. Lee", "ANN@one.test"), row("Ann", "ann@two.test")];
    assert_apart(&rows, "", &[&[0, 1], &[2]]);
}

#[test]
fn a_placeholder_for_an_address_is_no_evidence() {
    let rows = [row("Ann", "root@localhost"), row("Bob", "root@localhost")];
    assert_apart(&rows, "", &[&[0], &[1]]);
    let rows = [
        row("Ann", "root@localhost").mapped("Ann", "ann@one.test"),
        row("Ann", "ann@one.test"),
        row("Bob", "bob@one.test").mapped("Bob", "root@localhost"),
        row("Cid", "root@localhost"),
    ];
    assert_here(&rows, "", &[&[0, 1], &[2], &[3]]);
}

#[test]
fn a_mailmap_joins_in_its_repository_and_its_pairs_are_evidence_elsewhere() {
    let old = row("Ann", "old@one.test").mapped("Ann Lee", "new@one.test");
    let rows =
        [old.clone(), row("Lee", "new@one.test"), row("Ann", "other@one.test").mapped("Ann Lee", "new@one.test")];
    assert_here(&rows, "", &[&[0, 1, 2]]);
    let rows = [old, row("x", "new@one.test"), row("y", "old@one.test"), row("Ann", "third@one.test")];
    assert_apart(&rows, "", &[&[0, 1, 2], &[3]]);
}

#[test]
fn a_mailmap_joins_two_accounts_and_from_then_on_they_are_one() {
    let mapped = row("Ann", GITHUB[0]).mapped("Ann", "ann@one.test");
    let also = row("Ann", GITHUB[1]).mapped("Ann", "ann@one.test");
    assert_here(&[mapped.clone(), also.clone()], "", &[&[0, 1]]);
    let histories =
        [history("a", &[mapped, also]), history("b", &[row("Ann", GITHUB[0])]), history("c", &[row("Ann", GITHUB[1])])];
    let resolution = resolve(&histories, &people("")).unwrap();
    assert_eq!(resolution.roster.persons.len(), 1);
    assert_eq!(resolution.refused, []);
}

#[test]
fn both_forms_of_no_reply_join_and_a_renamed_account_keeps_its_number() {
    let rows = [
        row("Ann", "ann@users.noreply.github.com"),
        row("Ann", GITHUB[0]),
        row("Lee", "1+lee@users.noreply.github.com"),
        row("Lee", "lee@users.noreply.github.com"),
        row("Ann", "1-ann@users.noreply.gitlab.com"),
    ];
    assert_apart(&rows, "", &[&[0, 1, 2, 3], &[4]]);
}

#[test]
fn a_login_that_was_handed_on_joins_nobody() {
    let rows =
        [row("Ann", GITHUB[0]), row("Eve", "9+ann@users.noreply.github.com"), row("A", "ann@users.noreply.github.com")];
    assert_apart(&rows, "", &[&[0], &[1], &[2]]);
}

#[test]
fn equal_names_join_inside_a_repository_only() {
    let rows = [row("Ann Lee", "ann@one.test"), row("ann  lee", "lee@two.test")];
    assert_here(&rows, "", &[&[0, 1]]);
    assert_apart(&rows, "", &[&[0], &[1]]);
    let mapped = [row("Ann Lee", "ann@one.test"), row("al", "al@two.test").mapped("Ann Lee", "al@three.test")];
    assert_here(&mapped, "", &[&[0, 1]]);
}

#[test]
fn names_of_one_word_and_placeholders_join_nobody() {
    assert_here(&[row("ann", "ann@one.test"), row("ann", "lee@two.test")], "", &[&[0], &[1]]);
    assert_here(&[row("Your Name", "ann@one.test"), row("Your Name", "lee@two.test")], "", &[&[0], &[1]]);
}

#[test]
fn a_name_that_two_accounts_bear_joins_nobody_in_that_repository() {
    let rows = [
        row("Wei Li", GITHUB[0]),
        row("Wei Li", GITHUB[1]),
        row("Wei Li", "wei@one.test"),
        row("Wei Li", "li@one.test"),
    ];
    assert_here(&rows, "", &[&[0], &[1], &[2], &[3]]);
    let all: Vec<&Row> = rows.iter().collect();
    let why = Why::NameOfTwoAccounts;
    let shared = key().hash(Sort::Name, "Wei Li");
    let expected = Refusal { rule: Rule::Name, repo: Some("a".to_owned()), key: shared, lines: lines(&all), why };
    assert_eq!(refused(&[history("a", &rows)], ""), [expected]);
    let elsewhere = [history("r0", &rows[..2]), history("r1", &rows[2..])];
    assert_eq!(resolve(&elsewhere, &people("")).unwrap().roster.persons.len(), 3);
}

#[test]
fn accounts_that_an_editor_joined_are_one_bearer_of_a_name() {
    let rows = [row("Wei Li", GITHUB[0]), row("Wei Li", GITHUB[1]), row("Wei Li", "wei@one.test")];
    let editor = format!("merges: [[<{}>, <{}>]]", GITHUB[0], GITHUB[1]);
    assert_here(&rows, &editor, &[&[0, 1, 2]]);
}

#[test]
fn two_accounts_are_never_joined_by_an_address() {
    let histories = [
        history("a", &[row("Ann", GITHUB[0]).mapped("Ann", "team@one.test")]),
        history("b", &[row("Bob", GITHUB[1]).mapped("Bob", "team@one.test")]),
    ];
    let resolution = resolve(&histories, &people("")).unwrap();
    assert_eq!(resolution.roster.persons.len(), 2);
    let both = lines(&[&row("Ann", GITHUB[0]), &row("Bob", GITHUB[1])]);
    let shared = address("team@one.test");
    let expected = Refusal { rule: Rule::Address, repo: None, key: shared, lines: both, why: Why::Accounts };
    assert_eq!(resolution.refused, [expected]);
}

#[test]
fn a_person_a_bot_and_an_agent_are_never_one() {
    let rows = [
        row("Ann Lee", "ann@one.test"),
        row("Ann Lee", "bot@one.test").actor(Actor::Bot).mapped("Ann Lee", "ann@one.test"),
        row("Ann Lee", "agent@one.test").actor(Actor::Agent).mapped("Ann Lee", "ann@one.test"),
        row("Bot of Ann", "bot@one.test").actor(Actor::Bot),
    ];
    assert_here(&rows, "", &[&[0], &[1, 3], &[2]]);
    let refused = refused(&[history("a", &rows)], "");
    assert!(refused.iter().all(|one| one.why == Why::Actor));
    assert_eq!(refused.iter().map(|one| one.rule).collect::<Vec<_>>(), [Rule::Mailmap, Rule::Address, Rule::Name]);
    let histories = [history("a", &rows)];
    let roster = resolve(&histories, &people("")).unwrap().roster;
    let actor = |line: &AuthorLine, person: u32| assert_eq!(line.actor, roster.persons[person as usize].actor);
    histories[0].authors.iter().zip(&roster.of_line[0]).for_each(|(line, &person)| actor(line, person));
}

#[test]
fn an_editor_joins_what_no_other_evidence_does_and_two_accounts_too() {
    let rows = [row("Ann", "ann@one.test"), row("Lee", "lee@two.test"), row("x", GITHUB[0]), row("y", GITHUB[1])];
    let editor =
        format!("merges: [[<ann@one.test>, <lee@two.test>], [<{}>, <y|{}>, <lee@two.test>]]", GITHUB[0], GITHUB[1]);
    assert_apart(&rows, &editor, &[&[0, 1, 2, 3]]);
    let named = [row("Ann", "shared@localhost"), row("Bob", "shared@localhost"), row("Ann", "ann@one.test")];
    assert_apart(&named, "merges: [[<Ann|shared@localhost>, <ann@one.test>]]", &[&[0, 2], &[1]]);
}

#[test]
fn never_merge_holds_against_each_rule_and_against_a_chain() {
    let rows = [row("Ann", "shared@one.test"), row("Bob", "shared@one.test"), row("Cid", "shared@one.test")];
    let editor = "never_merge: [[<Ann|shared@one.test>, <Bob|shared@one.test>]]";
    // The third line would join either, and nothing says which.
    assert_apart(&rows, editor, &[&[0], &[1], &[2]]);
    assert_here(&rows, editor, &[&[0], &[1], &[2]]);
    // Of one address the named line is kept from all others, which are one.
    let editor = "never_merge: [[<shared@one.test>, <Ann|shared@one.test>]]";
    assert_apart(&rows, editor, &[&[0], &[1, 2]]);
    let mapped =
        [row("Ann", "a@one.test").mapped("x", "c@one.test"), row("Bob", "b@one.test").mapped("x", "c@one.test")];
    assert_here(&mapped, "never_merge: [[<a@one.test>, <b@one.test>]]", &[&[0], &[1]]);
}

#[test]
fn lines_that_a_mailmap_leaves_alone_are_no_evidence_for_each_other() {
    let rows = [
        row("Ann", "old@one.test").mapped("Ann", "new@one.test"),
        row("Bob", "new@one.test"),
        row("Cid", "new@one.test"),
    ];
    // Were Bob's line evidence for Cid's by the mailmap, Cid's would be on a way from Bob's to Ann's.
    assert_here(&rows, "never_merge: [[<old@one.test>, <Bob|new@one.test>]]", &[&[0, 2], &[1]]);
}

#[test]
fn a_chain_between_two_accounts_is_refused_on_both_edges_and_its_leaf_stays() {
    let rows = [
        row("Ann Lee", GITHUB[0]),
        row("Ann Lee", "middle@one.test").mapped("Bo Yu", "middle@one.test"),
        row("Bo Yu", GITHUB[1]),
        row("Middle", "leaf@one.test").mapped("Middle Man", "leaf@one.test"),
        row("Middle Man", "middle@one.test"),
    ];
    assert_here(&rows, "", &[&[0], &[1, 4, 3], &[2]]);
    let refused = refused(&[history("a", &rows)], "");
    let expected = [lines(&[&rows[0], &rows[1]]), lines(&[&rows[1], &rows[2]])];
    assert!(refused.iter().all(|one| (one.rule, one.why) == (Rule::Name, Why::Accounts)));
    assert_eq!(refused.len(), 2);
    assert!(expected.iter().all(|lines| refused.iter().any(|one| one.lines == *lines)));
}

#[test]
fn two_thousand_lines_of_one_name_are_decided_at_once() {
    let mut rows: Vec<Row> = (0..2000).map(|at| row("Ann Lee", &format!("{at}@one.test"))).collect();
    rows.push(row("Ann Lee", "other@one.test").mapped("Bo Yu", "other@one.test"));
    let histories = [history("a", &rows)];
    let editor = "never_merge: [[<0@one.test>, <1@one.test>]]";
    let resolution = resolve(&histories, &people(editor)).unwrap();
    assert_eq!(resolution.roster.persons.len(), 2001);
    assert_eq!(resolution.refused.iter().map(|one| one.lines.len()).collect::<Vec<_>>(), [2001]);
}

#[test]
fn an_editor_who_contradicts_himself_is_told_where() {
    let histories =
        [history("a", &[row("Ann", "ann@one.test"), row("Bob", "bob@one.test"), row("Cid", "cid@one.test")])];
    let editor = "merges:\n- [<ann@one.test>, <bob@one.test>]\n- [<bob@one.test>, <cid@one.test>]\n\
                  never_merge:\n- [<ann@one.test>, <cid@one.test>]\n";
    let faults = resolve(&histories, &people(editor)).unwrap_err();
    let fault = faults.iter().next().unwrap();
    assert_eq!((faults.iter().count(), fault.kind), (1, Kind::Data));
    assert_eq!(fault.message, "this merge, alone or with those above it, joins lines that `never_merge` keeps apart");
    assert_eq!(fault.place.as_ref().unwrap().line, 3);
}

#[test]
fn an_editor_cannot_join_a_person_with_a_bot_or_keep_a_line_from_itself() {
    let rows = [row("Ann", "ann@one.test"), row("robot", "bot@one.test").actor(Actor::Bot)];
    let histories = [history("a", &rows)];
    let faults = resolve(&histories, &people("merges:\n- [<ann@one.test>, <bot@one.test>]\n")).unwrap_err();
    let fault = faults.iter().next().unwrap();
    assert_eq!(fault.message, "this merge joins lines of a person with lines of a bot");
    assert_eq!(fault.place.as_ref().unwrap().line, 2);
    let faults = resolve(&histories, &people("never_merge:\n- [<ann@one.test>, <ann@one.test>]\n")).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().place.as_ref().unwrap().line, 2);
}

#[test]
fn who_opted_out_is_one_row_in_each_repository_and_joins_nobody() {
    let mut histories = [history("a", &[row("Ann", "ann@one.test")]), history("b", &[row("Ann", "ann@one.test")])];
    for history in &mut histories {
        let withdrawn = AuthorLine { written: None, ..history.authors[0].clone() };
        history.authors.push(withdrawn);
    }
    let roster = resolve(&histories, &people("")).unwrap().roster;
    assert_eq!(roster.of_line, [[2, 0], [2, 1]]);
    assert_eq!(roster.persons[2].key, address("ann@one.test"));
    assert_eq!(roster.persons[0].key.0, 0);
}

#[test]
fn who_opted_out_since_the_mining_is_one_with_those_folded_before_and_joins_nobody() {
    let rows = [row("Ann Lee", "ann@one.test"), row("Ann Lee", "ann@two.test"), row("Bo Yu", "ann@one.test")];
    let mut histories = [history("a", &rows), history("b", &[row("Ann Lee", "ann@one.test")])];
    let folded = AuthorLine { written: None, ..histories[0].authors[0].clone() };
    histories[0].authors.push(folded);
    let roster = resolve(&histories, &people("withdrawn: [<ann@one.test>]")).unwrap().roster;
    let persons = |history: usize| {
        let of = |address: &str| {
            let is_meant =
                |line: &AuthorLine| line.written.as_ref().is_some_and(|it| it.address == self::address(address));
            let lines = histories[history].authors.iter().zip(&roster.of_line[history]);
            lines.filter(|(line, _)| is_meant(line)).map(|(_, person)| *person).collect::<Vec<_>>()
        };
        (of("ann@one.test"), of("ann@two.test"))
    };
    let (out, stays) = persons(0);
    assert_eq!((out.len(), stays.len()), (2, 1));
    assert!(out.iter().all(|person| *person == roster.of_line[0][3]), "one with the row of before");
    assert!(roster.persons[out[0] as usize].is_withdrawn() && !roster.persons[stays[0] as usize].is_withdrawn());
    assert!(!persons(1).0.contains(&out[0]), "one identity in each repository");
    assert_eq!(roster.persons.len(), 3);
    let one = format!("withdrawn: [<Bo Yu|{}>]", "ann@one.test");
    assert_eq!(resolve(&histories, &people(&one)).unwrap().roster.persons.len(), 2);
}

#[test]
fn the_key_of_a_person_is_the_smallest_of_the_addresses() {
    let rows = [row("Ann Lee", "a@one.test"), row("Ann Lee", "b@one.test"), row("Ann Lee", "c@one.test")];
    let roster = resolve(&[history("a", &rows)], &people("")).unwrap().roster;
    let smallest = ["a@one.test", "b@one.test", "c@one.test"].map(address).into_iter().min();
    assert_eq!(roster.persons.iter().map(|person| Some(person.key)).collect::<Vec<_>>(), [smallest]);
}
