//! Rules and areas of any text, `.gitattributes` of any bytes, and the paths and subjects that they are asked about.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::data::areas::{self, Areas};
use signal::data::path_pattern::PathPattern;
use signal::data::phrase::Phrase;
use signal::data::rules::{self, Rules};
use signal::mine::work::{Attributes, WorkRules};
use signal_fuzz::written;

thread_local! {
    static SHIPPED: WorkRules = WorkRules::new(&Rules::default(), &Areas::default().with_shipped());
}

// The first byte says what it is: areas, rules, or attributes with a path and a message behind it.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    match (first, std::str::from_utf8(rest)) {
        (b'a', Ok(text)) => {
            let Some(document) = written::<Areas>(areas::FILE, text, areas::validate) else { return };
            for area in &document.value.areas {
                area.words.iter().chain(&area.path_words).for_each(same_phrase);
                area.paths.iter().for_each(same_pattern);
            }
            asked(&WorkRules::new(&Rules::default(), &document.value), &Attributes::default(), rest, rest);
        }
        (b'r', Ok(text)) => {
            let Some(document) = written::<Rules>(rules::FILE, text, rules::validate) else { return };
            document.value.kinds.iter().flat_map(|kind| &kind.paths).for_each(same_pattern);
            asked(&WorkRules::new(&document.value, &Areas::default()), &Attributes::default(), rest, rest);
        }
        (b'g', _) => {
            let mut parts = rest.splitn(3, |&byte| byte == 0);
            let mut part = || parts.next().unwrap_or_default();
            let (path, message, text) = (part(), part(), part());
            let attributes = Attributes::parse(&[(b"", text), (b"a/b", text)]);
            SHIPPED.with(|rules| asked(rules, &attributes, path, message));
        }
        _ => {}
    }
});

fn asked(rules: &WorkRules, attributes: &Attributes, path: &[u8], message: &[u8]) {
    let says_generated = rules.says_generated(message);
    let kind = rules.kind(path, attributes, says_generated);
    assert_eq!(rules.explain_kind(path, attributes, says_generated).0, kind);
    assert_eq!(rules.explain_work_type(message, &[kind]).0, rules.work_type(message, &[kind]));
    let areas = rules.areas(message, &[path]);
    let explained: Vec<u16> = rules.explain_areas(message, &[path]).into_iter().map(|(area, _)| area).collect();
    assert_eq!(explained, areas);
    areas.iter().for_each(|&area| assert!(!rules.area_slug(area).is_empty()));
}

fn same_phrase(phrase: &Phrase) {
    assert_eq!(phrase.to_string().parse().as_ref(), Ok(phrase));
}

fn same_pattern(pattern: &PathPattern) {
    assert_eq!(pattern.to_string().parse().as_ref(), Ok(pattern));
}
