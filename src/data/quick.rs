//! A quick reader for YAML as this program writes it.
//!
//! Mined files are block mappings, sequences and one-line scalars. That much is read here straight into the types; at
//! anything else (a comment, an anchor, a quoted text with escapes, a flow collection that isn't empty) the reader
//! gives up, and the full parser decides. So it is never the one that says what is wrong.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{forward_to_deserialize_any, ser};

/// The value, or nothing when the text isn't of the simple form.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    // Tabs, other line ends and marks are blanks, breaks or faults to YAML.
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return None;
    }
    let mut lines = Lines { rest: text, current: None, is_after_key: false, depth: 0 };
    lines.advance();
    let value = T::deserialize(Node { lines: &mut lines, indent: 0 }).ok()?;
    (lines.current.is_none() && lines.rest.is_empty()).then_some(value)
}

/// The reader gave up; where and why is the full parser's business.
#[derive(Debug)]
pub(super) struct GaveUp;

impl fmt::Display for GaveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not of the simple form")
    }
}

impl std::error::Error for GaveUp {}

impl de::Error for GaveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl ser::Error for GaveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// No file of ours is nested deeper.
const DEEPEST: usize = 32;

/// The text, line by line; a line is cut short from the left as its parts are read.
struct Lines<'a> {
    rest: &'a str,
    /// The column at which what is left of the line begins, and what is left.
    current: Option<(usize, &'a str)>,
    /// Whether a key stands before it on the line.
    is_after_key: bool,
    depth: usize,
}

impl<'a> Lines<'a> {
    fn advance(&mut self) {
        self.current = None;
        self.is_after_key = false;
        if let Some((line, rest)) = self.rest.split_once('\n') {
            self.rest = rest;
            let content = line.trim_start_matches(' ');
            self.current = Some((line.len() - content.len(), content));
        }
    }

    /// A word for a number, a truth value or a name: never quoted.
    fn word(&mut self) -> Result<&'a str, GaveUp> {
        let (_, text) = self.current.ok_or(GaveUp)?;
        self.advance();
        if text.starts_with(['\'', '"']) { Err(GaveUp) } else { plain(text) }
    }

    /// A number as this program writes it, or a truth value: to YAML, signs and zeros before others may make it a text.
    fn simple(&mut self) -> Result<&'a str, GaveUp> {
        let word = self.word()?;
        let digits = word.strip_prefix('-').unwrap_or(word);
        let is_odd = word.starts_with('+') || digits.starts_with('0') && word != "0";
        if is_odd { Err(GaveUp) } else { Ok(word) }
    }

    /// A text: quoted, or such that it is nothing else.
    fn text(&mut self) -> Result<&'a str, GaveUp> {
        let (_, text) = self.current.ok_or(GaveUp)?;
        self.advance();
        if is_something_else(text) { Err(GaveUp) } else { plain(text) }
    }
}

/// A scalar that stands for itself, or is quoted without escapes.
fn plain(text: &str) -> Result<&str, GaveUp> {
    let first = *text.as_bytes().first().ok_or(GaveUp)?;
    if first == b'\'' || first == b'"' {
        let quote = char::from(first);
        let inner = text[1..].strip_suffix(quote).ok_or(GaveUp)?;
        return if inner.contains([quote, '\\']) { Err(GaveUp) } else { Ok(inner) };
    }
    let is_special = b"#&*!|>%@`{}[],?-".contains(&first) && !is_negative(text);
    if is_special || text.contains(" #") || text.contains(": ") || text.ends_with([':', ' ', '\t', '\r']) {
        return Err(GaveUp);
    }
    Ok(text)
}

/// Whether YAML takes an unquoted word for a number, a truth value or nothing.
fn is_something_else(text: &str) -> bool {
    let may_be_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    // Digits beyond all numbers, such as `12e345`, are a text: one key in a thousand looks like that.
    let is_known = |number: f64| number.is_finite() || !text.contains(|c: char| c.is_ascii_digit());
    let is_float = || text.trim_start_matches('.').parse().is_ok_and(is_known);
    let is_number = || text.starts_with("0x") || text.starts_with("0o") || is_float();
    let words = ["true", "false", "null", "~", "yes", "no", "on", "off", "y", "n"];
    (may_be_number && is_number()) || (text.len() <= 6 && words.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

fn is_negative(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// A value that begins at what is left of the current line, indented by `indent` at least.
struct Node<'a, 'l> {
    lines: &'l mut Lines<'a>,
    indent: usize,
}

impl<'a> Node<'a, '_> {
    fn enter(&mut self) -> Result<(usize, &'a str), GaveUp> {
        self.lines.depth += 1;
        match self.lines.current {
            // A collection begins on a line of its own, unless it is empty.
            Some((_, text)) if self.lines.is_after_key && text != "{}" && text != "[]" => Err(GaveUp),
            Some((column, text)) if column >= self.indent && self.lines.depth <= DEEPEST => Ok((column, text)),
            _ => Err(GaveUp),
        }
    }
}

impl<'a> Node<'a, '_> {
    /// `last` is less than every key where keys have to ascend.
    fn mapping<V: Visitor<'a>>(mut self, visitor: V, last: Option<&'a str>) -> Result<V::Value, GaveUp> {
        let (column, text) = self.enter()?;
        let lines = self.lines;
        if text == "{}" {
            lines.advance();
            lines.depth -= 1;
            return visitor.visit_map(Entries { lines, column: usize::MAX, last });
        }
        let value = visitor.visit_map(Entries { lines: &mut *lines, column, last })?;
        lines.depth -= 1;
        Ok(value)
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ty),* $(,)?) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, GaveUp> {
            visitor.$visit(self.lines.simple()?.parse::<$number>().map_err(|_| GaveUp)?)
        })*
    };
}

impl<'a> Deserializer<'a> for Node<'a, '_> {
    type Error = GaveUp;

    fn deserialize_any<V: Visitor<'a>>(self, _: V) -> Result<V::Value, GaveUp> {
        // What a word means without a type is for the full parser to say.
        Err(GaveUp)
    }

    numbers! {
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_bool visit_bool bool,
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_borrowed_str(self.lines.text()?)
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, GaveUp> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, GaveUp> {
        match self.lines.current {
            // Absent values aren't written.
            Some((_, "null" | "~")) | None => Err(GaveUp),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GaveUp> {
        visitor.visit_enum(StrDeserializer::<GaveUp>::new(self.lines.word()?))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GaveUp> {
        self.mapping(visitor, None)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, GaveUp> {
        self.mapping(visitor, Some(""))
    }

    fn deserialize_seq<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        let (column, text) = self.enter()?;
        let lines = self.lines;
        if text == "[]" {
            lines.advance();
            lines.depth -= 1;
            return visitor.visit_seq(Items { lines, column: usize::MAX });
        }
        let value = visitor.visit_seq(Items { lines: &mut *lines, column })?;
        lines.depth -= 1;
        Ok(value)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i8 i16 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

/// The entries of a block mapping whose keys stand at `column`.
struct Entries<'a, 'l> {
    lines: &'l mut Lines<'a>,
    column: usize,
    /// The key before, of a mapping by name: this program writes those in order. Fields see to it themselves that none
    /// stands twice.
    last: Option<&'a str>,
}

impl<'a> MapAccess<'a> for Entries<'a, '_> {
    type Error = GaveUp;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, GaveUp> {
        let Some((column, text)) = self.lines.current.filter(|(column, _)| *column >= self.column) else {
            return Ok(None);
        };
        if text.starts_with("- ") && column == self.column {
            return Ok(None);
        }
        let colon = text.find(':').ok_or(GaveUp)?;
        let (key, value) = (&text[..colon], &text[colon + 1..]);
        if column != self.column || plain(key)? != key {
            return Err(GaveUp);
        }
        if let Some(last) = &mut self.last {
            if *last >= key {
                return Err(GaveUp);
            }
            *last = key;
        }
        match value.strip_prefix(' ') {
            Some(value) => {
                self.lines.current = Some((column + colon + 2, value));
                self.lines.is_after_key = true;
            }
            None if value.is_empty() => self.lines.advance(),
            None => return Err(GaveUp),
        }
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, GaveUp> {
        let is_sequence = self.lines.current.is_some_and(|(_, text)| text.starts_with("- "));
        // A sequence may stand as far left as its key.
        let indent = if is_sequence { self.column } else { self.column + 1 };
        seed.deserialize(Node { lines: &mut *self.lines, indent })
    }
}

/// The items of a block sequence whose dashes stand at `column`.
struct Items<'a, 'l> {
    lines: &'l mut Lines<'a>,
    column: usize,
}

impl<'a> SeqAccess<'a> for Items<'a, '_> {
    type Error = GaveUp;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, GaveUp> {
        match self.lines.current {
            Some((column, text)) if column == self.column => {
                let Some(item) = text.strip_prefix("- ") else { return Ok(None) };
                self.lines.current = Some((column + 2, item));
                seed.deserialize(Node { lines: &mut *self.lines, indent: column + 2 }).map(Some)
            }
            Some((column, _)) if column > self.column && self.column != usize::MAX => Err(GaveUp),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::plain::sorted::Sorted;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maybe: Option<u32>,
        lists: Vec<Vec<i64>>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        flag: bool,
        inner: Inner,
        by_name: BTreeMap<String, Inner>,
        all: Vec<Inner>,
    }

    fn inner() -> impl Strategy<Value = Inner> {
        let text = prop_oneof!["[a-z0-9 .:#'\"~-]{0,8}", ".{0,6}"];
        let lists = prop::collection::vec(prop::collection::vec(any::<i64>(), 0..3), 0..3);
        (text, any::<Option<u32>>(), lists).prop_map(|(text, maybe, lists)| Inner { text, maybe, lists })
    }

    proptest! {
        #[test]
        fn it_reads_what_the_full_parser_reads_or_gives_up(
            flag: bool,
            first in inner(),
            by_name in prop::collection::btree_map("[a-z]{1,4}|[0-9]{4}-Q[1-4]|.{0,3}", inner(), 0..3),
            all in prop::collection::vec(inner(), 0..3),
        ) {
            let value = Outer { flag, inner: first, by_name, all };
            let yaml = serde_yaml::to_string(&value).unwrap();
            if let Some(read) = read::<Outer>(&yaml) {
                prop_assert_eq!(read, value);
            }
        }

        #[test]
        fn where_both_read_they_agree(text in "([a-z]{1,6}: ?|- |  |\n|[0-9]|'|\"|#|\\[\\]|\\{\\}|flag: true\n|text: a\n|lists:\n){0,14}") {
            if let Some(quick) = read::<Inner>(&text) {
                prop_assert_eq!(serde_yaml::from_str::<Inner>(&text).ok(), Some(quick));
            }
            if let Some(quick) = read::<BTreeMap<String, Vec<String>>>(&text) {
                prop_assert_eq!(serde_yaml::from_str::<BTreeMap<String, Vec<String>>>(&text).ok(), Some(quick));
            }
        }
    }

    #[test]
    fn a_key_that_looks_like_a_number_beyond_all_is_a_text() {
        let file = std::path::Path::new("a.yaml");
        for key in ["12345678e9012345", "1234567890123e45", "1234567890123456", "0000000000000e00", "00123e4567890123"]
        {
            let yaml = serde_yaml::to_string(&BTreeMap::from([("a", key)])).unwrap();
            let by_name = BTreeMap::from([("a".to_owned(), key.to_owned())]);
            assert_eq!(read(&yaml).as_ref(), Some(&by_name), "{yaml}");
            let full: BTreeMap<String, String> = crate::data::document::parse(file, &yaml).unwrap();
            assert_eq!(full, by_name);
        }
    }

    #[test]
    fn what_is_quoted_is_a_text_and_what_is_not_may_be_a_number() {
        for wrong in ["a: '1'\n", "a: \"1\"\n"] {
            assert_eq!(read::<BTreeMap<String, u32>>(wrong), None, "{wrong}");
        }
        for wrong in ["a: 1\n", "a: 1e3\n", "a: .inf\n", "a: true\n", "a: ~\n", "a: 0x1f\n", "a: -7\n"] {
            assert_eq!(read::<BTreeMap<String, String>>(wrong), None, "{wrong}");
        }
        let texts = read::<BTreeMap<String, String>>("a: '1'\nb: 2024-Q1\nc: 12e\n").expect("texts");
        assert_eq!(texts.into_values().collect::<Vec<_>>(), ["1", "2024-Q1", "12e"]);
    }

    #[test]
    fn what_is_not_yaml_is_left_to_who_can_say_why() {
        for wrong in [
            "text: a: b\n",
            "text: - a\n",
            "text: \ta\n",
            "text: a\u{85}b\n",
            "text: a\u{2028}b\n",
            "text: a\rb\n",
            "text: a\u{1}\n",
            "\u{feff}text: a\n",
        ] {
            assert_eq!(read::<BTreeMap<String, String>>(wrong), None, "{wrong:?}");
        }
        assert_eq!(read::<BTreeMap<String, BTreeMap<String, String>>>("a: b: c\n"), None);
        assert_eq!(read::<BTreeMap<String, Vec<String>>>("a: - c\n"), None);
        assert_eq!(read::<BTreeMap<String, String>>("b: x\nc: x\nb: x\n"), None);
        for wrong in ["a: +1\n", "a: 01\n", "a: -0\n", "a: -01\n"] {
            assert_eq!(read::<BTreeMap<String, i64>>(wrong), None, "{wrong:?}");
        }
        assert_eq!(
            read::<BTreeMap<String, i64>>("a: -10\nb: 0\n").unwrap().into_values().collect::<Vec<_>>(),
            [-10, 0]
        );
    }

    #[test]
    fn a_sorted_list_is_read_as_a_mapping() {
        type Counts = Sorted<String, u32>;
        let counts: Counts = [("a", 2), ("b", 1)].map(|(key, value)| (key.to_owned(), value)).into_iter().collect();
        assert_eq!(read("a: 2\nb: 1\n"), Some(counts));
        for left in ["b: 1\na: 2\n", "b: 1\nb: 2\n"] {
            assert_eq!(read::<Counts>(left), None, "{left}");
        }
    }

    #[test]
    fn mined_files_are_of_the_simple_form() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let history = std::fs::read_to_string(root.join("data/history/pytorch--ao.yaml")).unwrap();
        let quick: crate::data::history::History = read(&history).expect("the simple form");
        assert_eq!(quick, serde_yaml::from_str(&history).unwrap());
        assert_eq!(quick.to_yaml(), history);
        let file = root.join("data/snapshots/2026-Q2/pytorch--ao.yaml");
        let snapshot = std::fs::read_to_string(file).unwrap();
        let quick: crate::data::snapshot::Snapshot = read(&snapshot).expect("the simple form");
        assert_eq!(quick, serde_yaml::from_str(&snapshot).unwrap());
    }
}
