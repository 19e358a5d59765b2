//! What holds for whole corpora, whatever is in them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::evidence::Site;
use super::sample::{Row, history_with, people_with, row};
use super::{explain, resolve};
use crate::data::history::{Actor, History};
use crate::data::identity_key::{Hash, IdentityKey};

type Written = (String, String);
/// Persons as sets of lines with their repositories, and refusals with their lines in clear.
type Seen = (BTreeSet<BTreeSet<(String, Written)>>, BTreeSet<(String, BTreeSet<Written>)>);

const NAMES: [&str; 5] = ["Ann Lee", "Bo Yu", "ann", "Your Name", "Cid Oz"];
const ADDRESSES: [&str; 9] = [
    "ann@one.test",
    "bo@two.test",
    "cid@three.test",
    "root@localhost",
    "1+ann@users.noreply.github.com",
    "1+lee@users.noreply.github.com",
    "2+bo@users.noreply.github.com",
    "ann@users.noreply.github.com",
    "7-bo@users.noreply.gitlab.com",
];

fn pair() -> impl Strategy<Value = (&'static str, &'static str)> + Clone {
    (proptest::sample::select(&NAMES[..]), proptest::sample::select(&ADDRESSES[..]))
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let actor = prop_oneof![9 => Just(Actor::Person), 1 => Just(Actor::Bot), 1 => Just(Actor::Agent)];
    let one = (pair(), proptest::option::weighted(0.25, pair()), actor).prop_map(|((name, address), mapped, actor)| {
        let row = row(name, address).actor(actor);
        if let Some((name, address)) = mapped { row.mapped(name, address) } else { row }
    });
    proptest::collection::vec(one, 0..7).prop_map(|rows| {
        let distinct: BTreeMap<Written, Row> = rows.into_iter().map(|row| (row.written.clone(), row)).collect();
        distinct.into_values().collect()
    })
}

/// Lists of an editor: all of `never_merge`, or also one of `merges`.
fn editor() -> impl Strategy<Value = String> {
    let key = pair().prop_map(|(name, address)| format!("<{name}|{address}>"));
    let list = proptest::collection::btree_set(key, 2..4);
    let list = list.prop_map(|keys| format!("[{}]", keys.into_iter().collect::<Vec<_>>().join(", ")));
    (proptest::collection::vec(list.clone(), 0..3), proptest::option::weighted(0.3, list)).prop_map(|(never, merge)| {
        let merges = merge.into_iter().collect::<Vec<_>>().join(", ");
        format!("never_merge: [{}]\nmerges: [{merges}]\n", never.join(", "))
    })
}

/// What is seen under a key when histories and rows are turned by some places; nothing when the editor is at fault.
fn seen(key: &IdentityKey, repos: &[Vec<Row>], editor: &str, turn: usize) -> Option<Seen> {
    let mut histories: Vec<History> =
        repos.iter().enumerate().map(|(at, rows)| history_with(key, &format!("r{at}"), rows)).collect();
    if !histories.is_empty() {
        let by = turn % histories.len();
        histories.rotate_left(by);
    }
    for authors in histories.iter_mut().map(|history| &mut history.authors).filter(|authors| !authors.is_empty()) {
        let by = turn % authors.len();
        authors.rotate_left(by);
    }
    let mut clear: BTreeMap<(Hash, Hash), Written> = BTreeMap::new();
    for row in repos.iter().flatten() {
        let line = history_with(key, "", std::slice::from_ref(row)).authors.remove(0).written.expect("a written pair");
        clear.insert((line.address, line.name), row.written.clone());
    }
    let resolution = resolve(&histories, &people_with(key, editor)).ok()?;
    let mut persons: BTreeMap<u32, BTreeSet<(String, Written)>> = BTreeMap::new();
    for (history, of_line) in histories.iter().zip(&resolution.roster.of_line) {
        for (line, &person) in history.authors.iter().zip(of_line) {
            assert_eq!(resolution.roster.persons[person as usize].actor, line.actor);
            let pair = line.written.as_ref().expect("a written pair");
            let written = clear[&(pair.address, pair.name)].clone();
            persons.entry(person).or_default().insert((history.repo.clone(), written));
        }
    }
    let refused = resolution.refused.iter().map(|one| {
        let lines = one.lines.iter().map(|key| clear[&(key.address, key.name.expect("a line"))].clone());
        (format!("{:?} {:?} {:?}", one.rule, one.why, one.repo), lines.collect())
    });
    Some((persons.into_values().collect(), refused.collect()))
}

proptest! {
    #[test]
    fn neither_the_order_nor_the_key_decides_who_is_whom(
        repos in proptest::collection::vec(rows(), 0..4),
        editor in editor(),
        turn in 0_usize..7,
    ) {
        let as_mined = seen(&IdentityKey::new("a key"), &repos, &editor, 0);
        prop_assert_eq!(&as_mined, &seen(&IdentityKey::new("a key"), &repos, &editor, turn));
        prop_assert_eq!(&as_mined, &seen(&IdentityKey::new("another"), &repos, &editor, turn));
        prop_assert_eq!(&as_mined, &seen(&IdentityKey::new("a third"), &repos, &editor, 0));
    }

    #[test]
    fn the_evidence_joins_exactly_the_people(repos in proptest::collection::vec(rows(), 0..4), editor in editor()) {
        let key = IdentityKey::new("a key");
        let name = |at: usize| format!("r{at}");
        let histories: Vec<History> =
            repos.iter().enumerate().map(|(at, rows)| history_with(&key, &name(at), rows)).collect();
        let people = people_with(&key, &editor);
        let Ok((resolution, evidence)) = explain(&histories, &people) else {
            prop_assert!(resolve(&histories, &people).is_err());
            return Ok(());
        };
        prop_assert_eq!(&resolution, &resolve(&histories, &people).expect("it was explained"));
        let roster = &resolution.roster;
        let all = histories.iter().enumerate().flat_map(|(history, it)| {
            (0..it.authors.len()).map(move |line| Site { history, line })
        });
        let all: Vec<Site> = all.collect();
        let person = |site: &Site| roster.of_line[site.history][site.line];
        for one in &all {
            for other in &all {
                let way = evidence.way(&BTreeSet::from([*one]), &BTreeSet::from([*other]));
                prop_assert_eq!(way.is_some(), person(one) == person(other));
                let mut at = *one;
                for step in way.into_iter().flatten() {
                    prop_assert_eq!(step.from, at);
                    prop_assert!(step.joint.lines.contains(&step.from) && step.joint.lines.contains(&step.to));
                    at = step.to;
                }
            }
        }
    }

    #[test]
    fn what_an_editor_keeps_apart_stays_apart(repos in proptest::collection::vec(rows(), 0..4), pairs in [pair(), pair()]) {
        prop_assume!(pairs[0] != pairs[1]);
        let [one, other] = pairs.map(|(name, address)| (name.to_owned(), address.to_owned()));
        let editor = format!("never_merge: [[<{}|{}>, <{}|{}>]]", one.0, one.1, other.0, other.1);
        let (persons, _) = seen(&IdentityKey::new("a key"), &repos, &editor, 0).expect("nothing is merged");
        for person in persons {
            let has = |wanted: &Written| person.iter().any(|(_, written)| written == wanted);
            prop_assert!(!(has(&one) && has(&other)));
        }
    }
}
