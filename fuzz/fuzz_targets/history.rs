//! History files of any bytes: read and written back the same, or refused with a diagnostic.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use signal::data::document::parse_mined;
use signal::data::history::History;

fuzz_target!(|text: &str| {
    let file = Path::new("a.yaml");
    match parse_mined::<History>(file, text, "a") {
        Ok(history) => {
            let again = parse_mined::<History>(file, &history.to_yaml(), "a");
            assert_eq!(again.expect("what was written can be read"), history);
        }
        Err(faults) => assert!(faults.to_string().contains("a.yaml")),
    }
});
