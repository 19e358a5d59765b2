//! What the targets have in common.

use std::fmt::Debug;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use signal::data::document::{Document, parse, parse_mined};
use signal::data::quick;
use signal::plain::Faults;

/// Reads a mined file: the quick reader agrees with the full one, and what was read is written and read back the same.
pub fn mined<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    text: &str,
    written: impl Fn(&T) -> String,
) -> Option<T> {
    let file = Path::new("a.yaml");
    if let Some(quick) = quick::read::<T>(text) {
        // A comment is left to the full parser.
        let full = parse_mined::<T>(file, &format!("{text}# End.\n"), "a");
        assert_eq!(full.as_ref().ok(), Some(&quick), "the quick reader is on its own: {:?}", full.as_ref().err());
    }
    match parse_mined::<T>(file, text, "a") {
        Ok(value) => {
            let again = parse_mined::<T>(file, &written(&value), "a");
            assert_eq!(again.expect("what was written can be read"), value);
            Some(value)
        }
        Err(faults) => {
            checked(&faults, file, text);
            None
        }
    }
}

/// Reads a file that is written by hand.
pub fn written<T: DeserializeOwned>(
    file: &str,
    text: &str,
    validate: impl Fn(&Document<T>) -> Result<(), Faults>,
) -> Option<Document<T>> {
    let file = Path::new(file);
    let read = parse::<T>(file, text).map(|value| Document { file: file.to_owned(), text: text.to_owned(), value });
    match read.and_then(|document| validate(&document).map(|()| document)) {
        Ok(document) => Some(document),
        Err(faults) => {
            checked(&faults, file, text);
            None
        }
    }
}

/// Every fault names the file, can be shown, and points into the text.
pub fn checked(faults: &Faults, file: &Path, text: &str) {
    for fault in faults.iter() {
        assert!(!fault.message.is_empty());
        assert!(fault.render(true).contains(&*file.to_string_lossy()), "{fault:?}");
        if let Some(place) = &fault.place {
            assert!(place.line <= text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count() + 1, "{place:?}");
        }
    }
}
