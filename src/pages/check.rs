//! Whether every address in the finished pages leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

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
    /// The anchors in it.
    pub anchors: Arc<BTreeSet<String>>,
    /// Where its addresses lead, once nothing was found wrong with them.
    pub clean: Clean,
}

/// An address within the site, and an anchor there.
type Lead = (String, Option<String>);

/// The leads of a page in which nothing was wrong: as long as something is where they lead, nothing is.
pub type Clean = Arc<OnceLock<BTreeSet<Lead>>>;

/// The anchors of a page.
#[must_use]
pub fn anchors(html: &str) -> BTreeSet<String> {
    elements(html).into_iter().filter_map(|element| element.get("id").map(str::to_owned)).collect()
}

/// What can be linked to.
#[derive(Debug)]
pub struct Targets {
    /// The anchors of each page, by its file.
    anchors: BTreeMap<String, Arc<BTreeSet<String>>>,
    /// All addresses of pages and files.
    addresses: BTreeSet<String>,
}

impl Targets {
    /// All pages and other files.
    #[must_use]
    pub fn new<'a>(pages: &[Finished<'_>], files: impl Iterator<Item = &'a String>) -> Self {
        let anchors = pages.iter().map(|page| (page.address.file(), Arc::clone(&page.anchors))).collect();
        let addresses = pages.iter().map(|page| page.address.as_str().to_owned()).chain(files.cloned());
        Self { anchors, addresses: addresses.collect() }
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

    /// The faults of everything else in a finished page. One in which nothing was wrong before is asked again only
    /// where it leads.
    #[must_use]
    pub fn check_again(&self, page: &Finished<'_>, press: &Press) -> Vec<Diagnostic> {
        let leads_on = |(address, fragment): &Lead| self.missing(&page.address, address, fragment.as_deref()).is_none();
        if page.clean.get().is_some_and(|leads| leads.iter().all(leads_on)) {
            return Vec::new();
        }
        let mut leads = BTreeSet::new();
        let faults = self.check_markup(page, press, &mut leads);
        if faults.is_empty() {
            page.clean.get_or_init(|| leads);
        }
        faults
    }

    fn check_markup(&self, page: &Finished<'_>, press: &Press, leads: &mut BTreeSet<Lead>) -> Vec<Diagnostic> {
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
                    if let Some((resolved, message, hint)) = self.fault(page, press, &element, written, leads) {
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
        leads: &mut BTreeSet<Lead>,
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
        let Some((message, hint)) = self.missing(&page.address, &address, fragment) else {
            leads.insert((address, fragment.map(str::to_owned)));
            return None;
        };
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

/// Where one of the texts stands as an address is written: between quotes, else in parentheses or bare, in the page's own
/// text or in a template.
#[must_use]
pub fn place(page: &Finished<'_>, press: &Press, texts: &[&str]) -> Option<Place> {
    const AROUND: [(&str, &str); 4] = [("\"", "\""), ("'", "'"), ("(", ")"), ("=", "")];
    let own = page.manuscript.map(|manuscript| (manuscript.file.as_path(), manuscript.text.as_str()));
    let templates = press.theme().templates.values().map(|template| (template.file.as_path(), template.text.as_str()));
    let sources: Vec<(&Path, &str)> = own.into_iter().chain(templates).collect();
    AROUND.iter().find_map(|(before, after)| {
        sources.iter().find_map(|(file, source)| {
            texts.iter().find_map(|text| {
                let at = source.find(&format!("{before}{text}{after}"))? + before.len();
                Some(Place::of_bytes(file, source, at..at + text.len()))
            })
        })
    })
}
