//! How many lines two texts tell apart.

use imara_diff::sources::byte_lines;
use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token};

/// As it stands in the file.
pub const NAME: &str = "myers (imara-diff), as git's default";

/// A NUL among so many first bytes means that a file isn't text; git's own rule.
pub const LOOKED_AT: usize = 8000;

/// So few lines that only one text has never make git pass over a line that is frequent in both: it takes more than three
/// for each of two. And in so few lines it finds a shortest way, of which there is one number, before it guesses.
const FEW: usize = 6;
const SHORT: usize = 400;

/// How many lines can be told from each other by a few of their bytes.
const MARKS: usize = 1024;

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
    let mut input = numbered(old_middle, new_middle);
    // Lines are numbered as they come, so that what the new text has in common has one of the first numbers.
    let of_old = input.before.iter().map(|line| line.0 + 1).max().unwrap_or(0);
    let mut is_shared = vec![false; of_old as usize];
    let mut only_new = 0;
    for line in &input.after {
        is_shared.get_mut(line.0 as usize).map_or_else(|| only_new += 1, |is_shared| *is_shared = true);
    }
    if only_new == input.after.len() {
        return (lines(new_middle), lines(old_middle));
    }
    let only_old = input.before.iter().filter(|line| !is_shared[line.0 as usize]).count();
    let mut diff = Diff::default();
    if only_old.max(only_new) <= FEW && input.before.len() + input.after.len() <= SHORT {
        diff.compute_with(Algorithm::Myers, &input.before, &input.after, input.interner.num_tokens());
        return (diff.count_additions(), diff.count_removals());
    }
    let around = around(&mut input.interner, &[&old[..start], &old[old.len() - end..]]);
    let whole = |middle: &[Token]| [&around[..], middle].concat();
    diff.compute_with(Algorithm::Myers, &whole(&input.before), &whole(&input.after), input.interner.num_tokens());
    (diff.count_additions(), diff.count_removals())
}

/// The lines of both texts as numbers, in the order in which they come. Most lines of the new text follow in the old one
/// too on the line before them, so that they are compared and not looked up.
fn numbered<'a>(old: &'a [u8], new: &'a [u8]) -> InternedInput<&'a [u8]> {
    let mut input = InternedInput::default();
    input.reserve_for_token_source(&byte_lines(old), &byte_lines(new));
    input.update_before(byte_lines(old));
    // Where a line stands that stands once: the others say nothing about what follows.
    let mut places = vec![None; input.interner.num_tokens() as usize];
    let mut is_known = vec![false; places.len()];
    for (at, line) in input.before.iter().map(|line| line.0 as usize).enumerate() {
        places[line] = (!std::mem::replace(&mut is_known[line], true)).then_some(at);
    }
    let (mut rest, mut next) = (new, 0);
    while !rest.is_empty() {
        let is_next = |token: &Token| {
            let line = input.interner[*token];
            rest.starts_with(line) && (line.ends_with(b"\n") || line.len() == rest.len())
        };
        let token = if let Some(token) = input.before.get(next).copied().filter(is_next) {
            next += 1;
            token
        } else {
            let line = byte_lines(rest).next().expect("there are bytes left");
            let token = input.interner.intern(line);
            next = places.get(token.0 as usize).copied().flatten().map_or(next, |at: usize| at + 1);
            token
        };
        rest = &rest[input.interner[token].len()..];
        input.after.push(token);
    }
    input
}

/// What stands around the middle of both texts, for a line each: how the middle is searched depends on how often its own
/// lines stand there, and on how many lines there are. All that surely aren't in the middle are alike.
fn around<'a>(middle: &mut Interner<&'a [u8]>, texts: &[&'a [u8]; 2]) -> Vec<Token> {
    // Nearly none are in it, which a look at a few bytes tells.
    let mut is_known = [false; MARKS];
    let mark = |line: &[u8]| {
        let bytes = [line[0], line[line.len() / 2], line[line.len() - line.len().min(2)]];
        bytes.into_iter().fold(line.len(), |mark, byte| mark * 31 + usize::from(byte)) % MARKS
    };
    for number in 0..middle.num_tokens() {
        is_known[mark(middle[Token(number)])] = true;
    }
    // No line is empty: it has its end.
    let other = middle.intern(&[]);
    let mut number = |line: &'a [u8]| if is_known[mark(line)] { middle.intern(line) } else { other };
    texts.iter().flat_map(|text| byte_lines(text)).map(&mut number).collect()
}

fn lines(text: &[u8]) -> u32 {
    // A byte counts up to 255, and many bytes are added up at once.
    let ends = text.chunks(255).map(|part| part.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>());
    let ends: usize = ends.map(usize::from).sum();
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

/// Bytes are compared in so large parts, then in smaller ones: most texts differ in a few bytes of many.
const STEPS: [usize; 3] = [4096, 256, 32];

/// How many bytes both begin with.
#[must_use]
pub fn common(old: &[u8], new: &[u8]) -> usize {
    let mut at = 0;
    for step in STEPS {
        let parts = old[at..].chunks_exact(step).zip(new[at..].chunks_exact(step));
        at += parts.take_while(|(old, new)| old == new).count() * step;
    }
    at + old[at..].iter().zip(&new[at..]).take_while(|(old, new)| old == new).count()
}

/// How many bytes both end with.
fn common_end(mut old: &[u8], mut new: &[u8]) -> usize {
    let whole = old.len();
    for step in STEPS {
        let parts = old.rchunks_exact(step).zip(new.rchunks_exact(step));
        let same = parts.take_while(|(old, new)| old == new).count() * step;
        (old, new) = (&old[..old.len() - same], &new[..new.len() - same]);
    }
    whole - old.len() + old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count()
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
            let numbered = numbered(&old, &new);
            prop_assert_eq!((&numbered.before, &numbered.after), (&input.before, &input.after));
            let diff = Diff::compute(Algorithm::Myers, &input);
            prop_assert_eq!(count(&old, &new), (diff.count_additions(), diff.count_removals()));
        }

        #[test]
        fn nor_where_lines_are_frequent(
            around in 0_usize..80,
            middle in proptest::collection::vec((0_u8..40, 0_u8..4), 0..60),
            edits in proptest::collection::vec((0_usize..60, 0_u8..60), 0..14),
        ) {
            // Some lines stand everywhere, some are rare, and edits bring new ones.
            let line = |number: u8| if number < 20 { "}\n".to_owned() } else { format!("line {number}\n") };
            let mut old: Vec<String> = middle.iter().map(|&(number, more)| line(number).repeat(usize::from(more))).collect();
            let mut new = old.clone();
            for (at, number) in edits {
                match number % 3 {
                    0 => new.insert(at % (new.len() + 1), line(number)),
                    1 => old.insert(at % (old.len() + 1), line(number)),
                    _ => drop(new.get_mut(at).map(|text| *text = line(number))),
                }
            }
            let text = |lines: &[String]| format!("{0}{1}{0}", "}\nline 21\n".repeat(around), lines.concat()).into_bytes();
            let (old, new) = (text(&old), text(&new));
            let input = InternedInput::new(byte_lines(&old[..]), byte_lines(&new[..]));
            let numbered = numbered(&old, &new);
            prop_assert_eq!((&numbered.before, &numbered.after), (&input.before, &input.after));
            let diff = Diff::compute(Algorithm::Myers, &input);
            prop_assert_eq!(count(&old, &new), (diff.count_additions(), diff.count_removals()));
        }
    }
}
