//! Whether every address in the feeds leads somewhere, from wherever it is read.

use crate::pages::absolute::is_absolute;
use crate::pages::check::{Finished, Targets, place};
use crate::pages::markup::{addresses, elements};
use crate::pages::press::Press;
use crate::plain::{Diagnostic, Kind};

/// Attributes with an address that nothing makes absolute, since hardly anybody writes them.
const RARE: [&str; 5] = ["background", "codebase", "longdesc", "ping", "usemap"];

/// The faults of what a page sends to the feeds.
#[must_use]
pub fn strays(targets: &Targets, page: &Finished<'_>, press: &Press) -> Vec<Diagnostic> {
    let Some(letter) = &page.letter else { return Vec::new() };
    let mut faults = Vec::new();
    if !is_absolute(press.base_url()) {
        let message = format!("feeds have relative addresses, since the site's own is `{}`", press.base_url());
        faults.push(Diagnostic::new(Kind::Reference, message).hint("write `base_url: https://…`"));
        return faults;
    }
    for element in elements(&letter.html) {
        for attribute in &element.attributes {
            let mut written = addresses(&attribute.name, &attribute.value);
            if RARE.contains(&attribute.name.as_ref()) {
                written.push(0..attribute.value.len());
            }
            for written in written.into_iter().map(|range| &attribute.value[range]) {
                if let Some((message, hint)) = stray(targets, page, press, written) {
                    let diagnostic = Diagnostic::new(Kind::Reference, message).hint(hint);
                    faults.push(match (place(page, press, &[written]), page.manuscript) {
                        (Some(place), _) => diagnostic.at(place),
                        (None, Some(manuscript)) => diagnostic.in_file(&manuscript.file),
                        (None, None) => diagnostic,
                    });
                }
            }
        }
    }
    faults
}

/// What is wrong with an address in a feed, and what to do.
fn stray(targets: &Targets, page: &Finished<'_>, press: &Press, written: &str) -> Option<(String, String)> {
    if !is_absolute(written) {
        let message = format!("the feeds have the relative address `{written}`, which leads nowhere from there");
        return Some((message, format!("write it in full, `{}…`, or leave it out", press.base_url())));
    }
    let own = written.strip_prefix(press.base_url())?;
    let (path, fragment) = own.split_once('#').map_or((own, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or_default();
    let (message, hint) = targets.missing(&page.address, path, fragment)?;
    Some((format!("in the feeds, {message}"), hint))
}
