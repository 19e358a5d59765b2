//! Whatever the bytes, reading them never panics, and what was written is read back.

use std::path::Path;

use proptest::prelude::*;
use signal::data::cell::Cell;
use signal::data::history::History;
use signal::data::people::People;
use signal::data::registry::Registry;
use signal::data::settings::Settings;
use signal::data::{document, organisations::Organisations};
use signal::mine::commit::Commit;
use signal::mine::ident::{Ident, decode};
use signal::mine::mailmap::Mailmap;
use signal::plain::Period;

/// Bytes that look like a commit here and there.
fn commit_bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        "(tree|parent|author|committer|gpgsig|encoding|mergetag) [0-9a-f]{0,70}".prop_map(String::into_bytes),
        "(author|committer) .{0,9}<?.{0,9}>? -?[0-9]{0,25} [+-][0-9]{0,6}".prop_map(String::into_bytes),
        Just(Vec::new()),
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join(&b'\n'))
}

/// A history file with some of its bytes replaced.
fn spoilt_history() -> impl Strategy<Value = String> {
    let good = "version: 1\nrepo: a\nstatus: mined\nstate:\n  branch: refs/heads/main\n  tip: 00\n  \
                horizon: 2026-08-22T03:39:57Z\n  object_format: sha1\n  completeness: whole\n  \
                boundaries:\n  - through: 2026-Q2\n    tip: 00\n  key: 76ca784c65146ba3\n  rules:\n    \
                actors: 4b66b1bb63679ed3\nperiods:\n  2024-Q1: {co_authored: 17}\nauthors:\n- actor: person\n  \
                active: {2024-Q1: '5 own, weeks 1-3'}\n";
    let spoils = proptest::collection::vec((0..good.len(), any::<char>()), 0..6);
    spoils.prop_map(move |spoils| {
        let mut text: Vec<char> = good.chars().collect();
        for (at, character) in spoils {
            let at = at % text.len();
            text[at] = character;
        }
        text.into_iter().collect()
    })
}

/// A cell as a miner makes it: weeks within the period, late ones among the counted.
fn cell() -> impl Strategy<Value = (Cell, Period)> {
    let period = (1990_i16..2100, 1_u8..5).prop_map(|(year, quarter)| Period::new(year, quarter));
    (proptest::array::uniform8(any::<u32>()), any::<u16>(), period).prop_filter_map("a cell", |(n, weeks, period)| {
        let [own, assisted, agent, bot, imported, shared, merges, late] = n;
        let touched = (0..14).filter(|at| {
            period.week_numbered(number(period, *at)).is_some_and(|week| week - period.first_week() == i32::from(*at))
        });
        let mask = touched.fold(0_u16, |mask, at| mask | 1 << at);
        let cell = Cell { own, assisted, agent, bot, imported, shared, merges, late, weeks: weeks & mask };
        (cell != Cell::default()).then_some((cell, period))
    })
}

fn number(period: Period, at: u8) -> u8 {
    signal::plain::day::week_number(period.first_week() + i32::from(at))
}

proptest! {
    #[test]
    fn any_bytes_are_a_commit_or_rubbish(bytes in commit_bytes()) {
        let commit = Commit::parse(&bytes);
        let headers = bytes.len() - commit.message.len();
        prop_assert!(commit.parents.len() * 47 <= headers + 1);
        prop_assert!(commit.author.name.len() + commit.author.address.len() <= bytes.len());
    }

    #[test]
    fn any_bytes_are_an_ident_or_rubbish(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let ident = Ident::parse(&bytes);
        prop_assert!(!ident.name.contains(&b'<') && !ident.address.contains(&b'>'));
        let _ = (decode(ident.name), decode(ident.address));
    }

    #[test]
    fn a_good_ident_is_read_as_written(name in "[^<>\n\0]{0,30}", address in "[^<>\n\0]{0,30}", seconds in any::<i64>()) {
        let field = format!("{name} <{address}> {seconds} +0100");
        let ident = Ident::parse(field.as_bytes());
        prop_assert_eq!(ident.name, name.as_bytes().trim_ascii());
        prop_assert_eq!(ident.address, address.as_bytes().trim_ascii());
        prop_assert_eq!(ident.seconds, seconds.max(-i64::MAX));
    }

    #[test]
    fn a_cell_reads_back_what_it_wrote((cell, period) in cell()) {
        prop_assert_eq!(Cell::parse(&cell.write(period), period), Ok(cell));
    }

    #[test]
    fn any_text_is_a_cell_or_refused(text in ".{0,60}", lanes in "([0-9]{0,11} (own|late|weeks)(, )?|weeks [0-9 -]{0,9}){0,4}") {
        let period = Period::new(2024, 1);
        for text in [&text, &lanes] {
            if let Ok(cell) = Cell::parse(text, period) {
                prop_assert_eq!(Cell::parse(&cell.write(period), period).unwrap_or_default(), cell);
            }
        }
    }

    #[test]
    fn any_bytes_are_a_mailmap(
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..300),
            "(.{0,5}<.{0,5}>.{0,5}(<.{0,5}>)?\n){0,6}".prop_map(String::into_bytes),
        ],
        name in proptest::collection::vec(any::<u8>(), 0..10),
        address in proptest::collection::vec(any::<u8>(), 0..10),
    ) {
        let mailmap = Mailmap::parse(&bytes);
        if let Some(mapped) = mailmap.map(&name, &address) {
            prop_assert_ne!(mapped, (name, address));
        }
    }

    #[test]
    fn any_text_is_a_document_or_a_fault_with_its_file(
        text in prop_oneof![".{0,200}", "(- |[a-z]{1,6}: |[\\[\\]{}&*!|>'\"%@`#,?\n -]|\u{feff}){0,60}"],
    ) {
        let file = Path::new("data/x.yaml");
        let faults = [
            document::parse::<Registry>(file, &text).err(),
            document::parse::<Settings>(file, &text).err(),
            document::parse::<People>(file, &text).err(),
            document::parse::<Organisations>(file, &text).err(),
        ];
        for fault in faults.into_iter().flatten() {
            prop_assert!(fault.to_string().contains("data/x.yaml"), "{}", fault);
        }
    }

    #[test]
    fn a_spoilt_history_is_read_or_refused(text in spoilt_history()) {
        match document::parse_mined::<History>(Path::new("a.yaml"), &text, "a") {
            Ok(history) => prop_assert!(serde_yaml::from_str::<History>(&history.to_yaml()).is_ok()),
            Err(faults) => prop_assert!(faults.to_string().contains("signal mine --fresh --repo a")),
        }
    }
}
