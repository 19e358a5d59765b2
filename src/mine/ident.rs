//! An author or committer field, read as git reads it: leniently.

/// The parts of a field such as `Ada <ada@example.org> 1700000000 +0100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ident<'a> {
    /// The name, without the blanks around it.
    pub name: &'a [u8],
    /// The address, as it stands between the brackets.
    pub address: &'a [u8],
    /// Seconds since the epoch; 0 when there is no date that can be read.
    pub seconds: i64,
}

impl<'a> Ident<'a> {
    /// Splits a field. The name ends before the first `<`, the address at the next `>`, the date follows the last `>`.
    #[must_use]
    pub fn parse(field: &'a [u8]) -> Self {
        let Some(open) = field.iter().position(|&byte| byte == b'<') else {
            return Self { name: field.trim_ascii(), address: b"", seconds: 0 };
        };
        let name = field[..open].trim_ascii();
        let rest = &field[open + 1..];
        let close = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
        let address = rest[..close].trim_ascii();
        let date = rest.iter().rposition(|&byte| byte == b'>').map_or(&b""[..], |last| &rest[last + 1..]);
        Self { name, address, seconds: seconds(date.trim_ascii_start()) }
    }
}

/// The number at the beginning, clamped to what fits.
fn seconds(text: &[u8]) -> i64 {
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let size = digits[..end]
        .iter()
        .fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    if negative { -size } else { size }
}

/// A text of a commit as characters: UTF-8, or byte by byte as Latin-1, so that different bytes stay different.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(field: &str) -> (String, String, i64) {
        let ident = Ident::parse(field.as_bytes());
        (decode(ident.name), decode(ident.address), ident.seconds)
    }

    #[test]
    fn broken_fields_are_read_as_git_reads_them() {
        let read = |name: &str, address: &str, seconds| (name.to_owned(), address.to_owned(), seconds);
        assert_eq!(parts("Ada <a@x> 1700000000 +0100"), read("Ada", "a@x", 1_700_000_000));
        assert_eq!(parts(" <a@x> 5 +9999"), read("", "a@x", 5));
        assert_eq!(parts("Ada <> 5 +0000"), read("Ada", "", 5));
        assert_eq!(parts("a@x <Ada> 5 +0000"), read("a@x", "Ada", 5));
        assert_eq!(parts("Ada <a@x> <a@x>> 5 +0000"), read("Ada", "a@x", 5));
        assert_eq!(parts("Ada <a@x>"), read("Ada", "a@x", 0));
        assert_eq!(parts("Ada <a@x> -86400 +0000"), read("Ada", "a@x", -86_400));
        assert_eq!(parts("Ada <a@x> 99999999999999999999 +0000"), read("Ada", "a@x", i64::MAX));
        assert_eq!(parts("nobody"), read("nobody", "", 0));
        assert_eq!(parts("A | \"B\" <a|b@x> 7 +0000"), read("A | \"B\"", "a|b@x", 7));
    }

    #[test]
    fn names_that_are_not_utf_8_stay_apart() {
        assert_eq!(decode(b"M\xfcller"), "Müller");
        assert_ne!(decode(b"M\xfcller"), decode(b"M\xf6ller"));
    }
}
