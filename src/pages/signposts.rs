//! What search engines and other machines ask for: a list of all pages, and what they may read.

use super::address::Address;
use super::chart::files::File;
use super::feeds::legible;
use super::wording::escaped;
use crate::plain::Day;

/// The list of pages, where everybody looks for it.
pub const SITEMAP: &str = "sitemap.xml";
/// What machines may read. A publication that has its own puts it under `content/files/`.
pub const ROBOTS: &str = "robots.txt";

/// The list of pages, each with the day on which it changed last.
#[must_use]
pub fn sitemap(base_url: &str, pages: &[(&Address, Day)]) -> File {
    let page = |(address, day): &(&Address, Day)| {
        let url = escaped(&legible(&format!("{base_url}{}", address.as_str())));
        format!("<url><loc>{url}</loc><lastmod>{day}</lastmod></url>\n")
    };
    let pages: String = pages.iter().map(page).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{pages}</urlset>\n"
    );
    (SITEMAP.to_owned(), text.into_bytes())
}

/// Everything may be read, and the list is there.
#[must_use]
pub fn robots(base_url: &str) -> File {
    (ROBOTS.to_owned(), format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}{SITEMAP}\n").into_bytes())
}
