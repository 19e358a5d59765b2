//! What an editor says to the check: `<!-- about: repo:jax -->`, `<!-- waive: source:levels-2024 -->`.

use std::ops::Range;

use crate::metrics::Scope;
use crate::pages::ground::{Complaint, Ground};

/// A comment that the check reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comment {
    /// What the text is about.
    About(Scope),
    /// That a source vouches for the figures of the sentence: its id.
    Waive(String),
}

/// The comments in a piece of HTML, in bytes.
pub fn comments(html: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + html[from..].find("<!--")?;
        let end = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
        from = end;
        Some(start..end)
    })
}

/// What a comment says; nothing where it is for other editors.
pub fn read(comment: &str, ground: &Ground) -> Result<Option<Comment>, Complaint> {
    let inner = comment.trim_start_matches("<!--").trim_end_matches("-->").trim();
    let Some((word, rest)) = inner.split_once(':') else { return Ok(None) };
    let rest = rest.trim();
    match word.trim() {
        "about" => Ok(Some(Comment::About(ground.scope(rest)?))),
        "waive" => {
            let id = rest.split_whitespace().next().and_then(|word| word.strip_prefix("source:")).unwrap_or_default();
            if id.is_empty() {
                let hint = "name an entry of data/sources.yaml, as in `<!-- waive: source:levels-2024 -->`";
                return Err(Complaint::content("a waiver names the source of its figure", hint));
            }
            Ok(Some(Comment::Waive(id.to_owned())))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::fixture;

    #[test]
    fn comments_speak_to_the_check_or_to_editors() {
        let ground = fixture::ground();
        let said = |text: &str| read(text, &ground);
        assert_eq!(said("<!-- about: category:kernels -->"), Ok(Some(Comment::About(fixture::kernels()))));
        assert_eq!(said("<!--waive: source:levels-2024 pay-->"), Ok(Some(Comment::Waive("levels-2024".to_owned()))));
        assert_eq!(said("<!-- Is this so? Ask: him -->"), Ok(None));
        assert!(said("<!-- about: repo:nobody -->").is_err());
        assert!(said("<!-- waive: it is late -->").is_err());
        let html = "<!-- a -->\n<!-- b -->";
        assert_eq!(comments(html).map(|range| &html[range]).collect::<Vec<_>>(), ["<!-- a -->", "<!-- b -->"]);
    }
}
