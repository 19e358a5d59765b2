//! Snapshot files of any text: the same, and their headers read alone say what the whole says.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::data::quick;
use signal::data::snapshot::{Beginning, Header, Snapshot, VERSION};

fuzz_target!(|text: &str| {
    let snapshot = signal_fuzz::mined(text, Snapshot::to_yaml);
    let header = Beginning::parse(text.as_bytes()).map(|beginning| beginning.header);
    let written = snapshot.as_ref().filter(|one| one.version == VERSION);
    if let Some(written) = written {
        let whole = Header {
            boundary: written.boundary.clone(),
            depth: written.depth,
            key: written.key,
            rules: written.rules.clone(),
            diff: written.diff.clone(),
        };
        let as_written = Beginning::parse(written.to_yaml().as_bytes());
        assert_eq!(as_written.map(|beginning| beginning.header).as_ref(), Some(&whole));
        if quick::read::<Snapshot>(text).is_some() && text.starts_with("version: 1\n") {
            assert!(header.is_none_or(|header| header == whole), "its beginning says something else");
        }
    }
});
