//! How values that are written as text look in a JSON Schema.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::identity_key::Hash;
use super::path_pattern::PathPattern;
use super::people::LineKey;
use super::phrase::Phrase;
use crate::plain::{Day, Instant, Period};

/// Text that a pattern of regular expressions describes, and what an editor is told about it.
macro_rules! written {
    ($($type:ty: $name:literal, $pattern:literal, $description:literal;)*) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern, "description": $description})
            }
        }
    )*};
}

written! {
    Day: "Day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day, as in 2026-06-30.";
    Period: "Period", "^[0-9]{4}-Q[1-4]$", "A quarter of the calendar, as in 2026-Q2.";
    Instant: "Instant", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$",
        "A moment in UTC, as in 2026-07-01T12:00:00Z; a day in its place is its first instant.";
    Hash: "Key", "^[0-9a-f]{16}$", "A key of 16 hexadecimal digits.";
    LineKey: "LineKey", "^[0-9a-f]{16}(/[0-9a-f]{16})?$",
        "The key of an address, and after a slash that of a name where only this one is meant.";
    Phrase: "Phrase", "[A-Za-z0-9]", "A word, or several in a row.";
    PathPattern: "PathPattern", ".", "A pattern of paths: `docs/`, `/docs/`, `*.md`.";
}
