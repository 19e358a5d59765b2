//! Whether every address in the finished pages leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::address::{Address, file};
use super::feeds::Letter;
use super::mail::Post;
use super::manuscript::Manuscript;
use super::markup::{Attribute, Element, addresses, elements};
use super::press::Press;
use super::references::Link;
use crate::plain::{Diagnostic, Kind, Place, suggest};

/// A finished page.
#[derive(Clone, Debug)]
pub struct Finished<'a> {
    /// Its address.
    pub address: Address,
    /// What it shows.
    pub html: String,
    /// The links that an editor wrote.
    pub links: Vec<Link>,
    /// The files of its charts, by address.
    pub files: Vec<(String, Vec<u8>)>,
    /// The text that it shows, where there is one.
    pub manuscript: Option<&'a Manuscript>,
    /// What readers of feeds get of it.
    pub letter: Option<Box<Letter>>,
    /// How it is mailed.
    pub post: Option<Box<Post>>,
}

/// What can be linked to.
#[derive(Debug)]
pub struct Targets {
    /// The anchors of each page, by its file.
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// All addresses of pages and files.
    addresses: BTreeSet<String>,
}

impl Targets {
    /// All pages and other files.
    #[must_use]
    pub fn new<'a>(pages: &[Finished<'_>], files: impl Iterator<Item = &'a String>) -> Self {
        let anchors = |page: &Finished<'_>| {
            let ids = elements(&page.html).into_iter().filter_map(|element| element.get("id").map(str::to_owned));
            (page.address.file(), ids.collect())
        };
        let addresses = pages.iter().map(|page| page.address.as_str().to_owned()).chain(files.cloned());
        let anchors: Vec<(String, BTreeSet<String>)> = pages.par_iter().map(anchors).collect();
        Self { anchors: anchors.into_iter().collect(), addresses: addresses.collect() }
    }

    /// Whether a page has an element with this anchor.
    #[must_use]
    pub fn has_anchor(&self, page: &Address, anchor: &str) -> bool {
        self.anchors.get(&page.file()).is_some_and(|anchors| anchors.contains(anchor))
    }

    /// Why an address leads nowhere, and what to write instead.
    #[must_use]
    pub fn missing(&self, from: &Address, address: &str, fragment: Option<&str>) -> Option<(String, String)> {
        if !self.addresses.contains(address) {
            let shown = if address.is_empty() { "the home page".to_owned() } else { format!("`{address}`") };
            // A page's address is its folder, and nobody means the page that they are on.
            let folder = address.strip_suffix("index.html").map_or_else(|| format!("{address}/"), str::to_owned);
            // Who writes the address of a page means no file.
            let is_file = |other: &str| other.rsplit('/').next().is_some_and(|leaf| leaf.contains('.'));
            let is_like = |other: &&str| *other != from.as_str() && (is_file(address) || !is_file(other));
            let others = self.addresses.iter().map(String::as_str).filter(is_like);
            let near = self.addresses.get(&folder).map(String::as_str).or_else(|| suggest::nearest(address, others));
            let hint = match near {
                Some(near) => format!("did you mean `{}`?", from.to(near)),
                None => "addresses are relative to the page, as in `../archive/`".to_owned(),
            };
            return Some((format!("the address leads to {shown}, and nothing is there"), hint));
        }
        let fragment = fragment.filter(|fragment| !fragment.is_empty() && *fragment != "top")?;
        let anchors = self.anchors.get(&file(address))?;
        if anchors.contains(fragment) {
            return None;
        }
        let page = if address.is_empty() { "the home page".to_owned() } else { format!("`{address}`") };
        let hint = suggest::hint(fragment, anchors.iter().map(String::as_str));
        Some((format!("{page} has no anchor `{fragment}`"), hint))
    }

    /// The faults of the links that editors wrote.
    #[must_use]
    pub fn check_links(&self, page: &Finished<'_>) -> Vec<Diagnostic> {
        let fault = |link: &Link| {
            let (message, hint) = self.missing(&page.address, &link.target.address, link.target.fragment.as_deref())?;
            Some(Diagnostic::new(Kind::Reference, message).at(link.place.clone()).hint(hint))
        };
        page.links.iter().filter_map(fault).collect()
    }

    /// The faults of everything else in a finished page.
    #[must_use]
    pub fn check_markup(&self, page: &Finished<'_>, press: &Press) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for element in elements(&page.html) {
            let mut push = |written: &str, resolved: &str, message: String, hint: String| {
                let diagnostic = Diagnostic::new(Kind::Reference, message).hint(hint);
                faults.push(match place(page, press, &[written, resolved]) {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic.in_file(Path::new(&page.address.file())),
                });
            };
            if let Some(id) = element.get("id").filter(|id| !ids.insert((*id).to_owned())) {
                let message = format!("the anchor `{id}` stands twice in a page");
                push(id, id, message, "give one of the elements or headings another".to_owned());
            }
            if element.name == "img" && element.get("alt").is_none() {
                let hint = "add `alt`, empty when the image only decorates".to_owned();
                push(element.source, element.source, "the image has no alternative text".to_owned(), hint);
            }
            for Attribute { name, value, .. } in &element.attributes {
                for written in addresses(name, value).into_iter().map(|range| &value[range]) {
                    if let Some((resolved, message, hint)) = self.fault(page, press, &element, written) {
                        push(written, &resolved, message, hint);
                    }
                }
            }
        }
        faults
    }

    fn fault(
        &self,
        page: &Finished<'_>,
        press: &Press,
        element: &Element<'_>,
        written: &str,
    ) -> Option<(String, String, String)> {
        let kept = || written.to_owned();
        let internal = written.strip_prefix(press.base_url());
        if internal.is_none() && written.starts_with('/') {
            let hint = "write `{{ link(\"…\") }}` or `{{ asset(\"…\") }}` in a template, a relative address in a text";
            return Some((
                kept(),
                format!("`{written}` breaks when the site stands under a sub-path"),
                hint.to_owned(),
            ));
        }
        let scheme =
            written.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '#', '?']));
        match scheme.filter(|_| internal.is_none()) {
            Some("mailto" | "tel") => return None,
            Some("data") if element.name == "img" => return None,
            Some("http" | "https") if is_link(element) => return None,
            Some("http" | "https") => {
                let message = format!("every reader's browser would fetch `{written}` from another host");
                return Some((kept(), message, "put the file into the theme's assets".to_owned()));
            }
            Some(scheme) => {
                let message = format!("`{scheme}:` isn't a kind of address that a page may have");
                return Some((kept(), message, "use https:// or mailto:".to_owned()));
            }
            None => {}
        }
        let (path, fragment) = match internal.unwrap_or(written).split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (internal.unwrap_or(written), None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let address = if internal.is_some() { Some(path.to_owned()) } else { page.address.resolve(path) };
        let Some(address) = address else {
            let hint = "write `{{ link(\"…\") }}` in a template".to_owned();
            return Some((kept(), format!("`{written}` leads out of the site"), hint));
        };
        let (message, hint) = self.missing(&page.address, &address, fragment)?;
        let resolved = fragment.map_or_else(|| address.clone(), |fragment| format!("{address}#{fragment}"));
        Some((resolved, message, hint))
    }
}

/// What following takes a click or a form that somebody filled in, or is only said.
fn is_link(element: &Element<'_>) -> bool {
    let said = ["canonical", "alternate", "license", "me", "author"];
    matches!(element.name.as_ref(), "a" | "form")
        || element.name == "link" && element.get("rel").is_some_and(|rel| said.contains(&rel))
}

/// Where one of the texts stands between quotes: in the page's own text, or in a template.
#[must_use]
pub fn place(page: &Finished<'_>, press: &Press, texts: &[&str]) -> Option<Place> {
    let own = page.manuscript.map(|manuscript| (manuscript.file.as_path(), manuscript.text.as_str()));
    let templates = press.theme().templates.values().map(|template| (template.file.as_path(), template.text.as_str()));
    for (file, source) in own.into_iter().chain(templates) {
        for text in texts {
            for quoted in [format!("\"{text}\""), format!("'{text}'")] {
                if let Some(at) = source.find(&quoted) {
                    return Some(Place::of_bytes(file, source, at + 1..at + 1 + text.len()));
                }
            }
        }
    }
    None
}
