//! Addresses within the site: `""` is the home page, `2026-q2/` a page, `data/figures.csv` a file.

/// The address of a page, relative to the site's root, without a slash in front.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// From an address relative to the site's root.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address, relative to the site's root.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a server answers with.
    #[must_use]
    pub fn file(&self) -> String {
        file(&self.0)
    }

    /// From this page to an address relative to the site's root: `../archive/`.
    #[must_use]
    pub fn to(&self, other: &str) -> String {
        let cut = other.find(['#', '?']).unwrap_or(other.len());
        let (path, rest) = other.split_at(cut);
        if path == self.0 && !rest.is_empty() {
            return rest.to_owned();
        }
        let (folders, _) = split(&self.0);
        let (other_folders, leaf) = split(path);
        let common = folders.iter().zip(&other_folders).take_while(|(a, b)| a == b).count();
        let mut steps = vec![".."; folders.len() - common];
        steps.extend(&other_folders[common..]);
        let way = joined(&steps);
        match (way.as_str(), leaf) {
            ("", "") => format!("./{rest}"),
            _ => format!("{way}{leaf}{rest}"),
        }
    }

    /// Where a relative address on this page leads (`../archive/` to `archive/`), or nothing when it leaves the site.
    #[must_use]
    pub fn resolve(&self, relative: &str) -> Option<String> {
        if relative.is_empty() {
            return Some(self.0.clone());
        }
        let (mut folders, _) = split(&self.0);
        let mut leaf = "";
        let mut steps = relative.split('/').peekable();
        while let Some(step) = steps.next() {
            match step {
                "." => {}
                ".." => {
                    folders.pop()?;
                }
                _ if steps.peek().is_none() => leaf = step,
                _ => folders.push(step),
            }
        }
        Some(joined(&folders) + leaf)
    }
}

/// The file that stands for an address.
#[must_use]
pub fn file(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() }
}

/// Letters, digits, `-`, `_` and `.`: what needs no escaping in any address.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn joined(folders: &[&str]) -> String {
    folders.iter().flat_map(|folder| [*folder, "/"]).collect()
}

fn split(path: &str) -> (Vec<&str>, &str) {
    let mut folders: Vec<&str> = path.split('/').collect();
    let leaf = folders.pop().unwrap_or_default();
    (folders, leaf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_lead_there_and_back() {
        let pages = ["", "archive/", "2026-q2/", "404.html", "data/figures.csv", "a/b/", "a/c/"];
        for from in pages {
            for to in pages {
                let relative = Address::new(from).to(to);
                assert!(!relative.starts_with('/'), "{from} to {to}: {relative}");
                assert_eq!(Address::new(from).resolve(&relative).as_deref(), Some(to), "{from} to {to}: {relative}");
            }
        }
        assert_eq!(Address::new("2026-q2/").to("archive/#2025"), "../archive/#2025");
        assert_eq!(Address::new("2026-q2/").to("2026-q2/#kernels"), "#kernels");
        assert_eq!(Address::new("2026-q2/").to("2026-q2/"), "./");
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        assert_eq!(Address::new("2026-q2/").resolve("../../etc/"), None);
        assert_eq!(Address::new("").resolve("../"), None);
        assert_eq!(Address::new("a/b/").resolve("../../c").as_deref(), Some("c"));
        assert_eq!(Address::new("a/b/").resolve("..").as_deref(), Some("a/"));
    }
}
