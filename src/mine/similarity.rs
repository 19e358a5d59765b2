//! How alike two files are, reckoned as git does: by the bytes of the pieces that both hold.
//!
//! A piece is a line, or 64 bytes of one that is longer.

/// The score of files that are the same.
pub const SAME: u64 = 60_000;

/// From this score on a removed and an added file are one that was renamed: 50 %.
pub const ALIKE: u64 = SAME / 2;

/// Where both bear a name that no other candidate bears, this score settles it before all are tried: 75 %.
pub const ALIKE_BY_NAME: u64 = ALIKE + ALIKE / 2;

/// A longer line is cut into pieces of so many bytes.
pub const LONGEST_PIECE: u32 = 64;

/// The pieces of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// Its bytes.
    size: u64,
    /// The hash of each distinct piece, sorted, with the bytes that all of its like take up.
    pieces: Vec<(u32, u32)>,
}

impl Pieces {
    /// Cuts a file. In text the carriage return before a line feed is passed over.
    #[must_use]
    pub fn of(bytes: &[u8], is_text: bool) -> Self {
        let mut pieces: Vec<(u32, u32)> = Vec::with_capacity(bytes.len() / 32);
        let (mut hash, mut length) = (0_u32, 0_u32);
        for (at, &byte) in bytes.iter().enumerate() {
            if is_text && byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            hash = (hash.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9E37_79B1);
            length += 1;
            if length == LONGEST_PIECE || byte == b'\n' {
                pieces.push((hash, length));
                (hash, length) = (0, 0);
            }
        }
        if length > 0 {
            pieces.push((hash, length));
        }
        pieces.sort_unstable_by_key(|&(hash, _)| hash);
        pieces.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 = if is_same { kept.1.saturating_add(next.1) } else { kept.1 };
            is_same
        });
        Self { size: bytes.len() as u64, pieces }
    }

    /// From 0 to `SAME`: the bytes that `new` has from `self`, in parts of the larger of the two; 0 when their
    /// sizes alone rule `least` out.
    #[must_use]
    pub fn score(&self, new: &Self, least: u64) -> u64 {
        let (smaller, larger) = (self.size.min(new.size), self.size.max(new.size));
        if new.size == 0 || larger * (SAME - least) < (larger - smaller) * SAME {
            return 0;
        }
        let (mut mine, mut theirs) = (self.pieces.iter().peekable(), new.pieces.iter().peekable());
        let mut common = 0;
        while let (Some(one), Some(other)) = (mine.peek(), theirs.peek()) {
            match one.0.cmp(&other.0) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    common += u64::from(one.1.min(other.1));
                    mine.next();
                    theirs.next();
                }
            }
        }
        common * SAME / larger
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_bytes_is_half_of_the_score() {
        let pieces = |text: &str| Pieces::of(text.as_bytes(), true);
        assert_eq!(pieces("a\nb\nc\nd\n").score(&pieces("c\nd\nx\ny\n"), ALIKE), ALIKE);
        assert_eq!(pieces("a\nb\n").score(&pieces("b\r\na\n"), ALIKE), 4 * SAME / 5);
        assert_eq!(pieces("a\na\na\n").score(&pieces("a\nb\nc\n"), ALIKE), SAME / 3);
        assert_eq!(pieces("a\n").score(&pieces("a\nb\nc\n"), ALIKE), 0);
        assert_eq!(pieces("").score(&pieces(""), ALIKE), 0);
        let long = "x".repeat(640);
        assert_eq!(pieces(&long).score(&pieces(&long), ALIKE), SAME);
    }
}
