//! Under which path a site is served: that of its own address, so that a link which breaks there breaks here.

/// A path that begins and ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount(String);

impl Default for Mount {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl Mount {
    /// The path of an address such as `https://example.org/signal`.
    #[must_use]
    pub fn of(base_url: &str) -> Self {
        let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let parts = rest.split('/').skip(1).filter(|part| !part.is_empty());
        Self(parts.fold("/".to_owned(), |path, part| format!("{path}{part}/")))
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a path asks for, relative to the site's root; nothing when it lies elsewhere.
    #[must_use]
    pub fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_stands_where_its_address_says() {
        for (url, path) in [
            ("https://example.org", "/"),
            ("https://example.org/", "/"),
            ("https://example.org/signal", "/signal/"),
            ("https://example.org:8080/a//b/?x#y", "/a/b/"),
            ("", "/"),
        ] {
            assert_eq!(Mount::of(url).as_str(), path, "{url}");
        }
        let mount = Mount::of("https://example.org/signal/");
        assert_eq!(mount.inside("/signal/archive/"), Some("archive/"));
        assert_eq!(mount.inside("/signal/"), Some(""));
        assert_eq!(mount.inside("/signal"), None);
        assert_eq!(mount.inside("/signals/"), None);
    }
}
