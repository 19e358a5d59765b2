//! History files of any text: read and written back the same, or refused with a diagnostic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::data::history::History;

fuzz_target!(|text: &str| {
    signal_fuzz::mined(text, History::to_yaml);
});
