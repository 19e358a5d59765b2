//! How wide text is likely to be in a reader's sans-serif.

/// Advance widths of Helvetica for the printable ASCII characters from the space on, in thousandths of the size.
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// Inter and the systems' own faces run wider than Helvetica, and a label that touches its neighbour is worse than one
/// with room to spare.
const ALLOWANCE: f64 = 1.08;
const BOLD: f64 = 1.06;

/// The width of `text` at `size`, in the unit of `size`.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(thousandths) / 1000.0 * size * ALLOWANCE * if bold { BOLD } else { 1.0 }
}

fn advance(c: char) -> u16 {
    let code = u32::from(c);
    match code {
        0x20..=0x7e => ADVANCES[code as usize - 0x20],
        // Scripts whose characters fill the square.
        0x1100..=0x115f | 0x2e80.. => 1000,
        _ => 620,
    }
}

/// `text` in lines no wider than `room`, broken at blanks and after hyphens and slashes,
/// at most `most` of them; what doesn't fit ends in an ellipsis.
pub fn wrap(text: &str, size: f64, bold: bool, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for (at, part) in word.split_inclusive(['-', '/', '_']).enumerate() {
            let joint = if at == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if width(&format!("{line}{joint}{part}"), size, bold) <= room => {
                    line.push_str(joint);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        if width(line, size, bold) > room || (cut && at == last) {
            *line = shorten(line, size, bold, room);
        }
    }
    lines
}

fn shorten(line: &str, size: f64, bold: bool, room: f64) -> String {
    let mut kept: Vec<char> = line.chars().collect();
    loop {
        let text = format!("{}…", kept.iter().collect::<String>().trim_end());
        if kept.is_empty() || width(&text, size, bold) <= room {
            return text;
        }
        kept.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider() {
        assert!(width("WWW", 12.0, false) > 3.0 * width("i", 12.0, false));
        assert!(width("漢字", 12.0, false) > width("ab", 12.0, false));
        assert!(width("abc", 12.0, true) > width("abc", 12.0, false));
    }

    #[test]
    fn long_labels_break_at_blanks_and_end_in_an_ellipsis() {
        let lines = wrap("Training Frameworks & Model Architecture", 12.0, false, 90.0, 3);
        assert_eq!(lines, ["Training", "Frameworks &", "Model…"]);
        assert_eq!(wrap("huggingface/text-generation", 12.0, false, 90.0, 3), ["huggingface/", "text-generation"]);
        assert_eq!(wrap("short", 12.0, false, 110.0, 2), ["short"]);
        assert_eq!(wrap("", 12.0, false, 110.0, 2), Vec::<String>::new());
        let endless = "x".repeat(500);
        let cut = wrap(&endless, 12.0, false, 110.0, 2);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].ends_with('…') && width(&cut[0], 12.0, false) <= 110.0);
    }
}
