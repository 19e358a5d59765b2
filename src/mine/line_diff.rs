//! How many lines two texts tell apart.

use imara_diff::sources::byte_lines;
use imara_diff::{Algorithm, Diff, InternedInput};

/// As it stands in the file.
pub const NAME: &str = "myers (imara-diff), as git's default";

/// A NUL among so many first bytes means that a file isn't text; git's own rule.
pub const LOOKED_AT: usize = 8000;

/// Whether bytes are text.
#[must_use]
pub fn is_text(bytes: &[u8]) -> bool {
    !bytes[..bytes.len().min(LOOKED_AT)].contains(&0)
}

/// The lines added and removed between two texts.
#[must_use]
pub fn count(old: &[u8], new: &[u8]) -> (u32, u32) {
    let (start, end) = common_ends(old, new);
    let (old_middle, new_middle) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    if old_middle.is_empty() || new_middle.is_empty() {
        return (lines(new_middle), lines(old_middle));
    }
    // Of the whole texts: how git searches the middle depends on how often its lines stand in all of them.
    let input = InternedInput::new(byte_lines(old), byte_lines(new));
    let diff = Diff::compute(Algorithm::Myers, &input);
    (diff.count_additions(), diff.count_removals())
}

fn lines(text: &[u8]) -> u32 {
    let ends = text.iter().map(|&byte| usize::from(byte == b'\n')).sum::<usize>();
    let rest = usize::from(text.last().is_some_and(|&byte| byte != b'\n'));
    u32::try_from(ends + rest).unwrap_or(u32::MAX)
}

/// The bytes of the whole lines that both begin and end with: most edits are small.
fn common_ends(old: &[u8], new: &[u8]) -> (usize, usize) {
    let same = common(old, new);
    let start = old[..same].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let (old, new) = (&old[start..], &new[start..]);
    let same = common_end(old, new);
    // A line begins where nothing or a line's end stands before it.
    let begins = |text: &[u8], at: usize| at == 0 || text[at - 1] == b'\n';
    let (old_at, new_at) = (old.len() - same, new.len() - same);
    if begins(old, old_at) && begins(new, new_at) {
        return (start, same);
    }
    let first_end = old[old_at..].iter().position(|&byte| byte == b'\n');
    (start, first_end.map_or(0, |at| same - at - 1))
}

const STEP: usize = 64;

fn common(old: &[u8], new: &[u8]) -> usize {
    let whole = old.chunks(STEP).zip(new.chunks(STEP)).take_while(|(a, b)| a == b && a.len() == STEP).count() * STEP;
    whole + old[whole..].iter().zip(&new[whole..]).take_while(|(a, b)| a == b).count()
}

fn common_end(old: &[u8], new: &[u8]) -> usize {
    let whole = old.rchunks(STEP).zip(new.rchunks(STEP)).take_while(|(a, b)| a == b && a.len() == STEP).count() * STEP;
    let (old, new) = (&old[..old.len() - whole], &new[..new.len() - whole]);
    whole + old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_counted_with_their_ends() {
        let count = |old: &str, new: &str| count(old.as_bytes(), new.as_bytes());
        assert_eq!(count("", ""), (0, 0));
        assert_eq!(count("", "a"), (1, 0));
        assert_eq!(count("a\nb\n", ""), (0, 2));
        assert_eq!(count("a", "a\n"), (1, 1));
        assert_eq!(count("a\n", "a\r\n"), (1, 1));
        assert_eq!(count("x\n", "a\nx\n"), (1, 0));
        assert_eq!(count("ax\n", "a\nx\n"), (2, 1));
        assert_eq!(count("a\nb\nc\n", "a\nc\n"), (0, 1));
        assert_eq!(count("a\na\n", "a\na\na\n"), (1, 0));
        assert_eq!(count("a\nb\nc", "a\nx\nc"), (1, 1));
    }

    #[test]
    fn a_nul_near_the_beginning_is_no_text() {
        let mut bytes = vec![b'a'; 9000];
        assert!(is_text(&bytes) && is_text(b""));
        bytes[8000] = 0;
        assert!(is_text(&bytes));
        bytes[7999] = 0;
        assert!(!is_text(&bytes));
    }

    proptest! {
        #[test]
        fn short_cuts_change_no_number(old in "[abc\n]{0,60}", new in "[abc\n]{0,60}", around in "[ab\n]{0,200}") {
            let text = |middle: &str| format!("{around}{middle}{around}").into_bytes();
            let (old, new) = (text(&old), text(&new));
            let input = InternedInput::new(byte_lines(&old), byte_lines(&new));
            let diff = Diff::compute(Algorithm::Myers, &input);
            prop_assert_eq!(count(&old, &new), (diff.count_additions(), diff.count_removals()));
        }
    }
}
