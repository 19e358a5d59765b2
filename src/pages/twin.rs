//! An edition as plain markdown, for people who keep texts and for machines that read them: its own words, with values in
//! place of expressions and pictures in place of charts.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::absolute;
use super::address::Address;
use super::chart::files::File;
use super::desk::Desk;
use super::edition::Edition;
use super::feeds::{Laid, cleaned, legible};
use super::picture::{Plain, written};
use super::predictions::Verdict;
use super::said::plain_text;
use super::scanner::{self, MARKDOWN, Scanned};
use super::sections::Corner;
use super::snapshot::Snapshot;
use crate::plain::Result;

/// Where it lies.
#[must_use]
pub fn path(edition: &Edition) -> String {
    format!("{}edition.md", edition.address().as_str())
}

/// All of it as a file.
pub fn file(desk: &Desk<'_>, laid: &Laid<'_>) -> Result<File> {
    let base_url = desk.press.base_url();
    let scanned = scanner::scan(&laid.edition.manuscript)?;
    let twin = Twin { base_url, home: laid.edition.address(), scanned: &scanned, plain: &laid.text.plain };
    let mut text = front_matter(desk, laid.edition);
    text += &twin.body(laid);
    if !laid.corrections.is_empty() {
        text += "\n## Corrections\n\n";
        for correction in laid.corrections {
            item(&mut text, &format!("{}: {}", correction.label, correction.text));
            for figure in &correction.figures {
                writeln!(text, "  - {}", written(&figure.sentence())).expect("a string takes it");
            }
        }
    }
    let foot = format!(
        "\n---\n\nPublished by {} at <{base_url}{}>, with where its figures come from.\n",
        written(desk.publication.settings.value.publisher.as_deref().unwrap_or(desk.title())),
        twin.home.as_str(),
    );
    Ok((path(laid.edition), legible(&(text + &foot)).into_owned().into_bytes()))
}

fn front_matter(desk: &Desk<'_>, edition: &Edition) -> String {
    let matter = &edition.matter;
    let day = |day: Option<crate::plain::Day>| day.map(|day| day.to_string());
    let url = format!("{}{}", desk.press.base_url(), edition.address().as_str());
    let lines = [
        ("title", Some(quoted(&matter.title))),
        ("summary", Some(quoted(&matter.summary))),
        ("publication", Some(quoted(desk.title()))),
        ("period", Some(edition.period.to_string())),
        ("number", Some(edition.number.to_string())),
        ("byline", matter.byline.as_deref().map(quoted)),
        ("published_on", day(matter.published_on)),
        ("updated_on", day(edition.updated())),
        ("url", Some(quoted(&url))),
    ];
    let lines = lines.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value?)));
    format!("---\n{}---\n\n# {}\n", lines.collect::<String>(), written(&matter.title))
}

/// JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

fn item(out: &mut String, text: &str) {
    writeln!(out, "- {}", written(text)).expect("a string takes it");
}

/// The text of an edition, as it is written down.
struct Twin<'a> {
    base_url: &'a str,
    home: Address,
    scanned: &'a Scanned,
    plain: &'a [Plain],
}

impl Twin<'_> {
    fn body(&self, laid: &Laid<'_>) -> String {
        let (matter, text) = (&laid.edition.matter, laid.text);
        let mut out = format!("\n*{}*\n\n", written(&matter.summary));
        for cell in laid.headline {
            item(&mut out, &cell.sentence());
        }
        let replaced = self.replaced();
        let starts: Vec<usize> = text.sections.iter().map(|section| section.start).collect();
        let end = self.scanned.text.len();
        self.copy(&mut out, &replaced, 0..starts.first().copied().unwrap_or(end));
        if let Some(grades) = laid.grades {
            out += "\n## Predicted for this quarter\n\n";
            for Verdict { label: state, statement_html: statement, .. } in grades.verdicts() {
                item(&mut out, &format!("{state}: {}", plain_text(&cleaned(statement))));
            }
        }
        if laid.sections.table_first {
            out += &table(laid.snapshot);
        }
        let mut corners = Some(&laid.sections.corners);
        for section in &laid.sections.sections {
            match text.sections.iter().position(|own| own.id == section.id) {
                Some(at) => {
                    self.copy(&mut out, &replaced, starts[at]..starts.get(at + 1).copied().unwrap_or(end));
                }
                None => writeln!(out, "\n## {}", written(&plain_text(&section.title_html.0))).expect("a string"),
            }
            if section.kind == "quiet" {
                out += &corners.take().map(|corners| quiet(corners)).unwrap_or_default();
            }
            if section.table {
                out += &table(laid.snapshot);
            }
        }
        out
    }

    /// A stretch of the text with what takes the place of its parts.
    fn copy(&self, out: &mut String, replaced: &[(Range<usize>, String)], stretch: Range<usize>) {
        let mut at = stretch.start;
        let mut copied = String::new();
        for (range, text) in replaced.iter().filter(|(range, _)| stretch.contains(&range.start)) {
            // What stands within something that was replaced went with it.
            if range.start >= at {
                copied += &self.scanned.text[at..range.start];
                copied += text;
                at = range.end;
            }
        }
        copied += self.scanned.text.get(at..stretch.end).unwrap_or_default();
        let copied = copied.trim();
        if !copied.is_empty() {
            writeln!(out, "\n{copied}").expect("a string takes it");
        }
    }

    /// What takes the place of expressions, addresses, comments, markup and the anchors of headings, in order.
    fn replaced(&self) -> Vec<(Range<usize>, String)> {
        let source = self.scanned.text.as_str();
        let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
        for (expression, plain) in self.scanned.expressions.iter().zip(self.plain) {
            let text = match plain {
                Plain::Text(text) => written(text),
                Plain::Picture(picture) => picture.markdown(self.base_url),
            };
            replaced.push((expression.range.clone(), text));
        }
        let parser = Parser::new_ext(source, MARKDOWN);
        for (_, definition) in parser.reference_definitions().iter() {
            replaced.extend(self.moved(source, &definition.span, &definition.dest, "]:"));
        }
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                    let html = cleaned(&absolute::absolute(&source[range.clone()], &self.home, self.base_url));
                    replaced.push((range, html));
                }
                Event::Start(Tag::Heading { id, classes, attrs, .. })
                    if id.is_some() || !classes.is_empty() || !attrs.is_empty() =>
                {
                    let line = source[range.clone()].trim_end();
                    if let Some(open) = line.rfind('{') {
                        let kept = line[..open].trim_end().len();
                        replaced.push((range.start + kept..range.start + line.len(), String::new()));
                    }
                }
                Event::Start(
                    Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                    | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
                ) => replaced.extend(self.moved(source, &range, &dest_url, "](")),
                _ => {}
            }
        }
        replaced.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        replaced
    }

    /// The absolute address in place of a relative one, where it is written as it is meant.
    fn moved(&self, source: &str, range: &Range<usize>, dest: &str, before: &str) -> Option<(Range<usize>, String)> {
        let address = absolute::address(dest, &self.home, self.base_url)?;
        let start = range.start + source[range.clone()].rfind(before)? + before.len();
        let rest = &source[start..range.end];
        let start = start + rest.len() - rest.trim_start_matches([' ', '\t', '\n', '<']).len();
        source[start..].starts_with(dest).then(|| (start..start + dest.len(), address))
    }
}

fn quiet(corners: &[Corner]) -> String {
    let mut out = String::new();
    for Corner { title, sentence, .. } in corners {
        writeln!(out, "- **{}** {}", written(title), written(sentence)).expect("a string takes it");
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

fn table(snapshot: &Snapshot) -> String {
    let (head, rows) = snapshot.words();
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| written(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let sides: Vec<&str> = (0..head.len()).map(|at| if at == 0 { "---" } else { "--:" }).collect();
    format!("\n{}| {} |\n{}", line(&head), sides.join(" | "), rows.iter().map(|row| line(row)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Folder;

    fn twin(text: &str) -> String {
        let folder = Folder::new();
        folder.put("content/files/a.png", "not really").put(
            "content/editions/2026-q2.md",
            &format!(
                "---\ntitle: 'A \"b\": *c*'\nsummary: What it found.\npublished_on: 2026-07-14\n\
                 corrections: [{{on: 2026-07-20, text: It was five.}}]\n---\n{text}"
            ),
        );
        folder.page("2026-q2/edition.md")
    }

    #[test]
    fn an_edition_is_written_down_with_its_values() {
        let text = "The lede, **{{ corpus().contributors }}** people ({{ corpus().contributors | change }}).\n\n\
                    <!-- For editors. -->\n\n## Up {#kernels}\n\nSee [below](#kernels), [the archive][a] and \
                    [others](https://other.example/).\n\n[a]: ../archive/ \"All\"\n\n\
                    {{ chart(\"trend\", scope=\"category:kernels\", metric=\"contributors\", title=\"Up & up\", id=\"up\") }}\n\n\
                    ![Bars](../files/a.png)\n\n`{{ x }}` stays.\n";
        insta::assert_snapshot!("twin", twin(text));
    }

    #[test]
    fn values_cannot_be_markup() {
        let text = twin(
            "{{ '*a* <b> [x](y) | z' }}\n\n## Up\n\n<script>alert(1)</script>\n\n<p onclick='x()'>Raw <a href='../'>a</a></p>\n",
        );
        assert!(text.contains("\n\\*a\\* \\<b\\> \\[x\\](y) \\| z\n"), "{text}");
        assert!(!text.contains("alert(1)") && !text.contains("onclick"), "{text}");
        assert!(text.contains("<p>Raw <a href=\"https://example.org/signal/\">a</a></p>"), "{text}");
        assert!(text.contains("\ntitle: \"A \\\"b\\\": *c*\"\n"), "front matter is YAML: {text}");
    }
}
