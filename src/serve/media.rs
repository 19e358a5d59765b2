//! What a browser is told that a file is.

const PLAIN: &str = "text/plain; charset=utf-8";

/// By the ending of the name.
const TYPES: [(&str, &str); 22] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("eml", "message/rfc822"),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", PLAIN),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml; charset=utf-8"),
    ("yaml", PLAIN),
];

/// A page.
pub const HTML: &str = "text/html; charset=utf-8";

/// The content type of a file, by its name.
#[must_use]
pub fn of(path: &str) -> &'static str {
    let leaf = path.rsplit('/').next().unwrap_or(path);
    let ending = leaf.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let known = TYPES.iter().find(|(known, _)| *known == ending);
    known.map_or("application/octet-stream", |(_, media)| media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ending_decides() {
        assert_eq!(of("2026-q2/index.html"), HTML);
        assert_eq!(of("assets/style.1f2e3d4c5b.CSS"), "text/css; charset=utf-8");
        assert_eq!(of("files/a.tar.gz"), "application/octet-stream");
        assert_eq!(of("files.html/LICENCE"), "application/octet-stream");
    }
}
