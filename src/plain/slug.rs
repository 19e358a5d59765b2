//! From a name or a title to what stands for it in addresses, files and expressions.

/// Small letters and digits, other runs of signs as one `-`, apostrophes as nothing: `Hugging Face` is `hugging-face`.
///
/// Empty when there is no letter or digit.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, expected) in [
            ("Hugging Face", "hugging-face"),
            ("  AT&T, Inc. ", "at-t-inc"),
            ("ML 2", "ml-2"),
            ("…", ""),
            ("What’s Moving: GPU & more!", "whats-moving-gpu-more"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
