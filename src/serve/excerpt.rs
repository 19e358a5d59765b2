//! The lines of a file around a place in it.

use std::path::Path;

use crate::data::document;
use crate::plain::Place;

/// So many lines before and after.
const AROUND: usize = 3;

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, each with its number, counted from 1.
    pub lines: Vec<(usize, String)>,
    /// The number of the line that is meant.
    pub line: usize,
    /// What is meant of it, in characters.
    pub columns: std::ops::Range<usize>,
}

impl Excerpt {
    /// Around a place in a file of a publication; the line alone when the file can't be read any more, or has another
    /// line there by now.
    #[must_use]
    pub fn of(root: &Path, place: &Place) -> Self {
        let text = document::text(root, &place.file).unwrap_or_default();
        let all: Vec<&str> = text.lines().collect();
        let at = place.line - 1;
        let lines = if all.get(at).is_some_and(|line| *line == place.source) {
            let range = at.saturating_sub(AROUND)..all.len().min(at + AROUND + 1);
            range.map(|at| (at + 1, all[at].to_owned())).collect()
        } else {
            vec![(place.line, place.source.clone())]
        };
        let start = place.column - 1;
        Self { lines, line: place.line, columns: start..start + place.width }
    }

    /// A line in three: before what is meant, that, and the rest. In all lines but one nothing is meant.
    #[must_use]
    pub fn parted<'a>(&self, number: usize, line: &'a str) -> [&'a str; 3] {
        if number != self.line {
            return [line, "", ""];
        }
        let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let (start, end) = (byte(self.columns.start), byte(self.columns.end));
        [&line[..start], &line[start..end], &line[end..]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_around_a_place_are_those_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let text = "a\nb\nc\nd\nwörds here\nf\n";
        std::fs::write(folder.path().join("x.md"), text).unwrap();
        let at = text.find("here").unwrap();
        let place = Place::of_bytes(Path::new("x.md"), text, at..at + 4);
        let excerpt = Excerpt::of(folder.path(), &place);
        let numbers: Vec<usize> = excerpt.lines.iter().map(|(number, _)| *number).collect();
        assert_eq!((numbers, excerpt.line), (vec![2, 3, 4, 5, 6], 5));
        assert_eq!(excerpt.parted(5, "wörds here"), ["wörds ", "here", ""]);
        assert_eq!(excerpt.parted(4, "d"), ["d", "", ""]);

        std::fs::write(folder.path().join("x.md"), "other\n").unwrap();
        assert_eq!(Excerpt::of(folder.path(), &place).lines, [(5, "wörds here".to_owned())]);
        std::fs::remove_file(folder.path().join("x.md")).unwrap();
        assert_eq!(Excerpt::of(folder.path(), &place).lines, [(5, "wörds here".to_owned())]);
    }
}
