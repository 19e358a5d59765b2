//! Words in lines: broken at 72 signs, headings underlined, addresses as numbers that the end of a section explains.

use super::words::{Block, Piece};
use crate::pages::picture::Picture;

/// No line is longer, unless a single word is.
pub const WIDTH: usize = 72;

/// The names of a table's rows have at least so much room, or it isn't set in columns.
const NAMES: usize = 22;

/// A text that grows.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
    /// Addresses that the open section has named, with their numbers.
    links: Vec<(usize, String)>,
    /// How many addresses were numbered so far.
    numbered: usize,
    /// What stands in the empty line before the next one, where there is to be one.
    gap: Option<String>,
}

impl Sheet {
    /// The text: blanks end no line, signs that steer a terminal are gone.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.end_section();
        let lines = self.text.lines().map(|line| {
            let line: String =
                line.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).filter(|c| !steers(*c)).collect();
            line.trim_end().to_owned()
        });
        let lines: Vec<String> = lines.collect();
        lines.join("\n").trim_matches('\n').to_owned() + "\n"
    }

    /// A line of its own, under the one before or at the distance that was asked for.
    pub fn line(&mut self, text: &str) {
        self.keep_distance();
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Keeps a distance of one line to what comes next.
    pub fn gap(&mut self) {
        self.gap_within("");
    }

    /// The same; in a quote the quote goes on.
    fn gap_within(&mut self, prefix: &str) {
        self.gap = Some(prefix.trim_end().to_owned());
    }

    fn keep_distance(&mut self) {
        let gap = self.gap.take().filter(|_| !self.text.is_empty());
        self.text.extend(gap.iter().flat_map(|gap| [gap.as_str(), "\n"]));
    }

    /// Begins a section; the addresses of the one before are explained first.
    pub fn section(&mut self, title: &[Piece], underline: char) {
        self.end_section();
        self.gap();
        self.underlined(title, underline, "", "");
    }

    /// Explains the addresses that were named since the last time.
    pub fn end_section(&mut self) {
        if self.links.is_empty() {
            return;
        }
        self.gap();
        for (number, address) in std::mem::take(&mut self.links) {
            self.line(&format!("[{number}] {address}"));
        }
    }

    /// A paragraph of plain words.
    pub fn say(&mut self, words: &str) {
        self.blocks(&[Block::Paragraph(vec![Piece::Text(words.to_owned())])], "", "");
    }

    /// Blocks; the first line begins with `first`, all others with `rest`.
    pub fn blocks(&mut self, blocks: &[Block], first: &str, rest: &str) {
        let mut first = first;
        for block in blocks {
            self.block(block, first, rest);
            first = rest;
        }
    }

    fn block(&mut self, block: &Block, first: &str, rest: &str) {
        match block {
            Block::Paragraph(line) => {
                self.wrapped(line, first, rest);
                self.gap_within(rest);
            }
            Block::Heading(line) => self.underlined(line, '~', first, rest),
            Block::List(number, items) => self.list(*number, items, first, rest),
            Block::Quote(blocks) => {
                self.blocks(blocks, &format!("{first}> "), &format!("{rest}> "));
                self.gap_within(rest);
            }
            Block::Code(code) => {
                code.lines().for_each(|line| self.line(&format!("{rest}    {line}")));
                self.gap_within(rest);
            }
            Block::Table(rows) => {
                let rows: Vec<Vec<String>> =
                    rows.iter().map(|row| row.iter().map(|cell| self.flat(cell)).collect()).collect();
                self.table(&rows, rest);
                self.gap_within(rest);
            }
            Block::Picture(picture) => self.picture(picture, rest),
            Block::Note(name, blocks) => {
                self.blocks(blocks, &format!("{first}Note {name}: "), &format!("{rest}  "));
                self.gap_within(rest);
            }
            Block::Rule => {
                self.line(&format!("{rest}* * *"));
                self.gap_within(rest);
            }
        }
    }

    fn underlined(&mut self, line: &[Piece], sign: char, first: &str, rest: &str) {
        self.keep_distance();
        let start = self.text.len();
        self.wrapped(line, first, rest);
        let longest = self.text[start..].lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let under = longest.min(WIDTH).saturating_sub(rest.chars().count());
        self.line(&format!("{rest}{}", sign.to_string().repeat(under)));
        self.gap_within(rest);
    }

    fn list(&mut self, number: Option<u64>, items: &[Vec<Block>], first: &str, rest: &str) {
        let is_short = |blocks: &Vec<Block>| blocks.len() < 2;
        let close = items.iter().all(is_short);
        for (at, item) in items.iter().enumerate() {
            let mark = number.map_or_else(|| "- ".to_owned(), |number| format!("{}. ", number + at as u64));
            let inner = format!("{rest}{}", " ".repeat(mark.chars().count()));
            let before = if at == 0 { first } else { rest };
            self.blocks(item, &format!("{before}{mark}"), &inner);
            if close && at + 1 < items.len() {
                self.gap = None;
            }
        }
        self.gap_within(rest);
    }

    /// What a chart found, the figures behind it, and where it is.
    fn picture(&mut self, picture: &Picture, rest: &str) {
        self.wrapped(&[Piece::Text(format!("Chart: {}", picture.title))], rest, rest);
        self.wrapped(&[Piece::Text(picture.subtitle.clone())], rest, rest);
        let indented = format!("{rest}  ");
        let rows = std::iter::once(&picture.table.head).chain(&picture.table.rows).cloned().collect::<Vec<_>>();
        self.gap_within(rest);
        self.table(&rows, &indented);
        self.gap_within(rest);
    }

    /// Rows in columns, the first to the left and the others to the right; as lines where they are too wide for that.
    pub fn table(&mut self, rows: &[Vec<String>], prefix: &str) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, at: usize| row.get(at).map_or("", String::as_str).to_owned();
        let width = |at: usize| rows.iter().map(|row| cell(row, at).chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let whole = prefix.chars().count() + widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
        if whole <= WIDTH {
            for row in rows {
                let cells = widths.iter().enumerate().map(|(at, width)| match at {
                    0 => format!("{:<width$}", cell(row, at)),
                    _ => format!("{:>width$}", cell(row, at)),
                });
                let cells: Vec<String> = cells.collect();
                self.line(&format!("{prefix}{}", cells.join("  ")));
            }
            return;
        }
        // The names may take several lines, where that leaves them room.
        let others = whole - widths.first().copied().unwrap_or_default();
        if let Some(room) = WIDTH.checked_sub(others).filter(|room| *room >= NAMES) {
            for row in rows {
                let mut names = broken(&cell(row, 0), room).into_iter();
                let first = names.next().unwrap_or_default();
                let values = (1..columns).map(|at| format!("  {:>width$}", cell(row, at), width = widths[at]));
                self.line(&format!("{prefix}{first:<room$}{}", values.collect::<String>()));
                names.for_each(|name| self.line(&format!("{prefix}{name}")));
            }
            return;
        }
        let [head, rows @ ..] = rows else { return };
        for row in rows {
            let told = (1..columns).map(|at| match cell(head, at) {
                title if title.is_empty() => cell(row, at),
                title => format!("{title}\u{a0}{}", cell(row, at)),
            });
            let told: Vec<String> = told.collect();
            let line = Piece::Text(format!("{}: {}", cell(row, 0), told.join(", ")));
            self.wrapped(&[line], prefix, &format!("{prefix}  "));
        }
    }

    /// A line in one piece, its addresses numbered.
    fn flat(&mut self, line: &[Piece]) -> String {
        let mut text = String::new();
        for piece in line {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Break => text.push(' '),
                Piece::Link(address) => text.push_str(&self.number(address)),
            }
        }
        text
    }

    /// The sign for an address; the same address has the same in a section.
    fn number(&mut self, address: &str) -> String {
        if let Some((number, _)) = self.links.iter().find(|(_, other)| other == address) {
            return format!("\u{a0}[{number}]");
        }
        self.numbered += 1;
        self.links.push((self.numbered, address.to_owned()));
        format!("\u{a0}[{}]", self.numbered)
    }

    fn wrapped(&mut self, line: &[Piece], first: &str, rest: &str) {
        let mut text = String::new();
        for piece in line {
            match piece {
                Piece::Text(words) => text.push_str(&words.replace(['\n', '\r', '\t'], " ")),
                Piece::Break => text.push('\n'),
                Piece::Link(address) => text.push_str(&self.number(address)),
            }
        }
        let mut prefix = first;
        for line in text.split('\n') {
            let mut open = prefix.to_owned();
            let mut length = open.chars().count();
            let mut is_empty = true;
            // A blank that mustn't break is part of its word.
            for word in line.split(' ').filter(|word| !word.is_empty()) {
                let more = word.chars().count();
                if !is_empty && length + 1 + more > WIDTH {
                    self.line(&open);
                    rest.clone_into(&mut open);
                    length = open.chars().count();
                    is_empty = true;
                }
                if !is_empty {
                    open.push(' ');
                    length += 1;
                }
                open.push_str(word);
                length += more;
                is_empty = false;
            }
            if !is_empty {
                self.line(&open);
            }
            prefix = rest;
        }
    }
}

/// Words in lines of some length, all but the first set in a little.
fn broken(text: &str, length: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let open = lines.last_mut().expect("there is a first line");
        if open.trim().is_empty() {
            open.push_str(word);
        } else if open.chars().count() + 1 + word.chars().count() <= length {
            open.extend([" ", word]);
        } else {
            lines.push(format!("  {word}"));
        }
    }
    lines
}

/// Whether a sign changes how others are shown, rather than being shown.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::Line;
    use super::*;

    fn line(text: &str) -> Line {
        vec![Piece::Text(text.to_owned())]
    }

    fn table(rows: &[&[&str]]) -> String {
        let mut sheet = Sheet::default();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        sheet.table(&rows, "");
        sheet.finish()
    }

    #[test]
    fn sections_explain_their_addresses() {
        let mut sheet = Sheet::default();
        let link = |name: &str, address: &str| vec![Piece::Text(name.to_owned()), Piece::Link(address.to_owned())];
        sheet.section(&line("First"), '=');
        let said = [link("a", "https://a.example/"), link("b", "https://b.example/"), link("a", "https://a.example/")];
        for line in said {
            sheet.blocks(&[Block::Paragraph(line)], "", "");
        }
        sheet.section(&link("Second", "https://c.example/"), '-');
        assert_eq!(
            sheet.finish(),
            "First\n=====\n\na [1]\n\nb [2]\n\na [1]\n\n[1] https://a.example/\n[2] https://b.example/\n\nSecond [3]\n\
             ----------\n\n[3] https://c.example/\n"
        );
    }

    #[test]
    fn tables_are_columns_where_they_fit_and_lines_where_they_do_not() {
        assert_eq!(table(&[&["", "People"], &["Kernels", "1,204"]]), "         People\nKernels   1,204\n");
        let long = "A very long name of something that nobody could ever put into a narrow column";
        let wide = "A quantity with a name of its own";
        let told = table(&[&["Name", wide, wide], &[long, "1,204", "+18%"]]);
        assert_eq!(
            told,
            "A very long name of something that nobody could ever put into a narrow\n  column: A quantity with a name of its own 1,204, A \
             quantity with a\n  name of its own +18%\n"
        );
    }

    #[test]
    fn long_names_take_several_lines() {
        let name = "A name of something that is too long for the line of its figures";
        assert_eq!(
            table(&[&["", "Commits", "Contributors"], &[name, "1,204", "18"]]),
            "                                                   Commits  Contributors\n\
             A name of something that is too long for the line    1,204            18\n  of its figures\n"
        );
    }

    #[test]
    fn quotes_and_lists_stand_in_each_other() {
        let mut sheet = Sheet::default();
        let item = |text: &str| vec![Block::Paragraph(line(text))];
        let inner = Block::List(Some(9), vec![item("nine"), item("ten")]);
        sheet.blocks(&[Block::Quote(vec![Block::Paragraph(line("said")), inner]), Block::Rule], "", "");
        assert_eq!(sheet.finish(), "> said\n>\n> 9. nine\n> 10. ten\n\n* * *\n");
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_word_is_lost(words in proptest::collection::vec("[a-zé]{1,30}", 0..60)) {
            let mut sheet = Sheet::default();
            sheet.blocks(&[Block::Quote(vec![Block::Paragraph(line(&words.join(" ")))])], "", "");
            let text = sheet.finish();
            prop_assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
            let again: Vec<&str> = text.split_whitespace().filter(|word| *word != ">").collect();
            prop_assert_eq!(again, words);
        }
    }
}
