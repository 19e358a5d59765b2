//! What stands between the `---` lines at the head of a text.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::manuscript::Manuscript;
use crate::data::document;
use crate::data::identity_key::Hash;
use crate::data::mailing::Form;
use crate::plain::{Day, Kind, Result};

/// Of an edition.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditionMatter {
    /// Its title.
    pub title: String,
    /// One line that says what it found.
    pub summary: String,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<String>,
    /// When it came out.
    #[serde(default)]
    pub published_on: Option<Day>,
    /// Whether it is unfinished.
    #[serde(default)]
    pub draft: bool,
    /// The first day on which it may be seen.
    #[serde(default)]
    pub embargo: Option<Day>,
    /// What was put right after it came out.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// The parts that it goes without, of those that come by themselves.
    #[serde(default)]
    pub without: Vec<Part>,
    /// How it is sent by mail.
    #[serde(default)]
    pub mail: MailMatter,
}

/// How an edition is sent by mail.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailMatter {
    /// How much of it; absent: as the settings say.
    #[serde(default)]
    pub form: Option<Form>,
}

/// What was put right.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When.
    pub on: Day,
    /// What was wrong and what is right.
    pub text: String,
    /// The figures of a sealed edition that it restates, each with its new text; none where the figure was taken out. They
    /// are named by expression, or by scope, metric and period.
    #[serde(default)]
    pub figures: BTreeMap<String, Option<String>>,
    /// The digest of the edition's words from then on, where they were changed after the seal.
    #[serde(default)]
    pub words: Option<Hash>,
}

/// A part of an edition that the data makes. It stands at the end of the section that has its name as an anchor, and
/// else where editions usually have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The table of all categories.
    Categories,
    /// A line on each category without a section.
    QuietCorners,
}

impl Part {
    /// The anchor of the section that holds it.
    #[must_use]
    pub fn anchor(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::QuietCorners => "quiet-corners",
        }
    }
}

/// Of any other page.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageMatter {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    #[serde(default)]
    pub summary: Option<String>,
    /// Whether it is unfinished.
    #[serde(default)]
    pub draft: bool,
}

/// Reads the front matter and notes where the text begins.
pub fn read<T: DeserializeOwned>(manuscript: &mut Manuscript) -> Result<T> {
    let text = &manuscript.text;
    let hint = "begin the file with `---`, then `title: …`, then `---`";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !is_fence(first.trim_start_matches('\u{feff}')) {
        let message = "the text has no front matter";
        return Err(manuscript.fault(Kind::Syntax, 0..first.trim_end().len(), message).hint(hint).into());
    }
    let mut end = first.len();
    for line in lines {
        if is_fence(line) {
            // The fence's line stays as a blank one, so that lines are counted as in the file.
            let yaml = format!("\n{}", &text[first.len()..end]);
            let matter = document::parse(&manuscript.file, &yaml)?;
            manuscript.body = end + line.len();
            return Ok(matter);
        }
        end += line.len();
    }
    let message = "the front matter is never closed";
    Err(manuscript.fault(Kind::Syntax, 0..3, message).hint("put a line `---` after it").into())
}

/// Where a setting stands in the front matter, in bytes of the file; its beginning where there is none.
#[must_use]
pub fn range_of(manuscript: &Manuscript, setting: &str) -> Range<usize> {
    let mut start = 0;
    for line in manuscript.text[..manuscript.body].split_inclusive('\n') {
        if line.strip_prefix(setting).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..3
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_edition(text: &str) -> Result<(EditionMatter, String)> {
        let mut manuscript = Manuscript {
            file: "content/editions/2026-q2.md".into(),
            text: text.to_owned(),
            body: 0,
            ..Manuscript::default()
        };
        let matter = read(&mut manuscript)?;
        Ok((matter, manuscript.text[manuscript.body..].to_owned()))
    }

    #[test]
    fn front_matter_ends_where_the_text_begins() {
        let text = "---\r\ntitle: A\r\nsummary: B\r\npublished_on: 2026-07-14\r\n---\r\nText\r\n\r\n---\r\n";
        let (matter, body) = read_edition(text).unwrap();
        assert_eq!((matter.title.as_str(), matter.summary.as_str(), matter.draft), ("A", "B", false));
        assert_eq!(matter.published_on.map(|day| day.to_string()).as_deref(), Some("2026-07-14"));
        assert_eq!(body, "Text\r\n\r\n---\r\n");
        assert_eq!(read_edition("---\ntitle: A\nsummary: B\ndraft: true\n---").unwrap().1, "");
    }

    #[test]
    fn every_fault_has_its_place_in_the_file() {
        let texts = [
            "Text without any.\n",
            "---\ntitle: A\nsummary: B\n\nText\n",
            "---\ntitle: A\nsumary: B\n---\n",
            "---\ntitle: A\nsummary: B\ndarft: true\n---\n",
            "---\ntitle: A\nsummary: B\ndraft: maybe\n---\n",
            "---\ntitle: A\nsummary: B\npublished_on: 14 July\n---\n",
            "---\ntitle: A\n   summary: B\n---\n",
            "---\ntitle: A\n---\n",
        ];
        let faults: Vec<String> = texts.iter().map(|text| read_edition(text).unwrap_err().to_string()).collect();
        insta::assert_snapshot!("front_matter", faults.join("\n\n"));
    }
}
