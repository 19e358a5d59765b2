//! Addresses that an editor wrote, and where they have to lead.

use super::address::Address;
use crate::plain::Place;

/// A link or an image within the site, by an editor.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Where it stands.
    pub place: Place,
}

/// A place within the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The address, relative to the site's root.
    pub address: String,
    /// The anchor.
    pub fragment: Option<String>,
}

impl Target {
    /// The address with its anchor, relative to the site's root.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.fragment {
            Some(fragment) => format!("{}#{fragment}", self.address),
            None => self.address.clone(),
        }
    }
}

/// Where an address on a page leads: within the site, or to another host (`None`); else a message and a hint.
pub fn read(written: &str, page: &Address, is_image: bool) -> Result<Option<Target>, (String, String)> {
    let fault = |message: String, hint: &str| Err((message, hint.to_owned()));
    if written.is_empty() {
        return fault("the link leads nowhere".to_owned(), "write an address between the round brackets");
    }
    if written.starts_with("//") {
        return fault(format!("`{written}` doesn't say how to fetch it"), "begin it with https://");
    }
    if let Some(path) = written.strip_prefix('/') {
        let message = format!("`{written}` breaks when the site stands under a sub-path");
        return fault(message, &format!("write it relative to this page: `{}`", page.to(path)));
    }
    let scheme = written.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme =
        |text: &&str| text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.contains(['/', '#', '?']);
    match scheme.filter(is_scheme).map(str::to_lowercase).as_deref() {
        Some("http" | "https") if is_image => {
            let message = "the image would be fetched from another host by every reader".to_owned();
            return fault(message, "save it under content/files/ and write `../files/…`");
        }
        Some("http" | "https") => return Ok(None),
        Some("mailto") if !is_image => return Ok(None),
        Some(other) => {
            return fault(
                format!("`{other}:` isn't a kind of address that a page may have"),
                "use https:// or mailto:",
            );
        }
        None => {}
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (written, None),
    };
    let Some(address) = page.resolve(path) else {
        let message = format!("`{written}` leads out of the site");
        return fault(message, &format!("the home page is `{}` from here", page.to("")));
    };
    Ok(Some(Target { address, fragment }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_edition(written: &str) -> Result<Option<String>, String> {
        let target = read(written, &Address::new("2026-q2/"), false).map_err(|(message, _)| message)?;
        Ok(target.map(|target| target.written()))
    }

    #[test]
    fn addresses_within_the_site_are_resolved() {
        assert_eq!(on_edition("../archive/").unwrap().as_deref(), Some("archive/"));
        assert_eq!(on_edition("#kernels").unwrap().as_deref(), Some("2026-q2/#kernels"));
        assert_eq!(on_edition("../2026-q1/#kernels").unwrap().as_deref(), Some("2026-q1/#kernels"));
        assert_eq!(on_edition("../").unwrap().as_deref(), Some(""));
        assert_eq!(on_edition("https://example.com/a:b").unwrap(), None);
        assert_eq!(on_edition("mailto:desk@example.com").unwrap(), None);
    }

    #[test]
    fn addresses_that_cannot_work_are_refused() {
        for wrong in ["/archive/", "//example.com/x", "javascript:alert(1)", "../../x", "", "data:text/html,x"] {
            assert!(on_edition(wrong).is_err(), "{wrong}");
        }
        let image = read("https://example.com/a.png", &Address::new(""), true);
        assert!(image.unwrap_err().0.contains("another host"));
    }
}
