//! A text where nothing can be pressed or drawn: what stands for its figures and charts in a feed or in plain markdown.

use std::fmt::Write as _;

use super::address::Address;
use super::chart::{Exhibit, FileLink, Table};
use super::wording::escaped;

/// What stands for an expression.
#[derive(Clone, Debug)]
pub enum Plain {
    /// A value, as it is read.
    Text(String),
    /// A chart, as a file.
    Picture(Box<Picture>),
}

/// A chart as a file, with the words around it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What was found.
    pub title: String,
    /// What was measured.
    pub subtitle: String,
    /// What there is to see, in words.
    pub description: String,
    /// Where the figures come from.
    pub source: String,
    /// The first of its figures.
    pub table: Table,
    /// How many rows and columns of figures the table leaves out.
    pub left_out: usize,
    /// How wide and how high it is drawn.
    pub size: (u32, u32),
    files: Vec<FileLink>,
}

impl Picture {
    /// Of a chart whose files are known.
    #[must_use]
    pub fn of(exhibit: &Exhibit) -> Self {
        let chart = &exhibit.chart;
        let (table, left_out) = exhibit.leading();
        Self {
            table,
            left_out,
            size: exhibit.size(),
            title: chart.title.clone(),
            subtitle: chart.subtitle.clone(),
            description: chart.description.clone(),
            source: chart.source.clone(),
            files: chart.files.clone(),
        }
    }

    /// The address of the picture and of its figures, relative to the site's root; none where the chart has no such file.
    #[must_use]
    pub fn file(&self, label: &str) -> Option<&str> {
        self.files.iter().find(|file| file.label == label).map(|file| file.path.as_str())
    }

    /// What it says to somebody who doesn't see it.
    #[must_use]
    pub fn alternative(&self) -> String {
        format!("{}{} {}", self.title, stop(&self.title), self.description).trim_end().to_owned()
    }

    /// As an element of a page.
    #[must_use]
    pub fn html(&self, shown_on: &Address) -> String {
        let mut html = "<figure>\n".to_owned();
        if let Some(path) = self.file("PNG") {
            let (path, alternative) = (escaped(&shown_on.to(path)), escaped(&self.alternative()));
            writeln!(html, "<p><img src=\"{path}\" alt=\"{alternative}\"></p>").expect("a string takes it");
        }
        let lines = [&self.subtitle, &self.source].into_iter().filter(|line| !line.is_empty());
        let lines = lines.map(|line| format!("<br>{}", escaped(line)));
        let lines = lines.collect::<String>();
        write!(html, "<figcaption><strong>{}</strong>{lines}", escaped(&self.title)).expect("a string takes it");
        if let Some(path) = self.file("CSV") {
            let path = escaped(&shown_on.to(path));
            write!(html, "<br><a href=\"{path}\">The figures</a>").expect("a string takes it");
        }
        html + "</figcaption>\n</figure>\n"
    }

    /// As markdown, with absolute addresses.
    #[must_use]
    pub fn markdown(&self, base_url: &str) -> String {
        let mut text = String::new();
        if let Some(path) = self.file("PNG") {
            writeln!(text, "![{}]({base_url}{path})\n", written(&self.alternative())).expect("a string takes it");
        }
        write!(text, "**{}{}**", written(&self.title), stop(&self.title)).expect("a string takes it");
        for line in [&self.subtitle, &self.source].into_iter().filter(|line| !line.is_empty()) {
            write!(text, " {}{}", written(line), stop(line)).expect("a string takes it");
        }
        if let Some(path) = self.file("CSV") {
            write!(text, " [The figures]({base_url}{path}).").expect("a string takes it");
        }
        text
    }
}

/// Text as markdown that reads the same: signs with a meaning are escaped, and it stays on one line.
#[must_use]
pub fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let has_meaning = match c {
            '&' => signs.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            _ => matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '{' | '}'),
        };
        if has_meaning {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// What ends a sentence that has no end of its own.
fn stop(text: &str) -> &'static str {
    if text.ends_with(['.', '!', '?', '…']) { "" } else { "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Picture {
        let file = |label: &'static str, ending: &str| FileLink { label, path: format!("2026-q2/charts/a.{ending}") };
        Picture {
            title: "Up & *away*".to_owned(),
            subtitle: "People".to_owned(),
            description: "A line from 1 to 2.".to_owned(),
            source: String::new(),
            table: Table { head: Vec::new(), rows: Vec::new() },
            left_out: 0,
            size: (728, 400),
            files: vec![file("SVG", "svg"), file("PNG", "png"), file("CSV", "csv")],
        }
    }

    #[test]
    fn a_chart_is_a_picture_with_its_words() {
        assert_eq!(
            picture().html(&Address::new("2026-q2/")),
            "<figure>\n<p><img src=\"charts/a.png\" alt=\"Up &amp; *away*. A line from 1 to 2.\"></p>\n\
             <figcaption><strong>Up &amp; *away*</strong><br>People<br><a href=\"charts/a.csv\">The figures</a>\
             </figcaption>\n</figure>\n"
        );
        assert_eq!(
            picture().markdown("https://desk.example/"),
            "![Up & \\*away\\*. A line from 1 to 2.](https://desk.example/2026-q2/charts/a.png)\n\n\
             **Up & \\*away\\*.** People. [The figures](https://desk.example/2026-q2/charts/a.csv)."
        );
    }

    #[test]
    fn without_files_the_words_remain() {
        let bare = Picture { files: Vec::new(), ..picture() };
        assert!(!bare.html(&Address::new("")).contains("img") && bare.markdown("x").starts_with("**"));
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(written("A & B &amp; &#38;"), "A & B \\&amp; \\&#38;");
        assert_eq!(written("a_b *c* [d](e)\n<f> 1 | 2"), "a\\_b \\*c\\* \\[d\\](e) \\<f\\> 1 \\| 2");
    }
}
