//! What is put into served pages, and never into files: a script that makes the page anew when the site is.

/// Where the script is; no page of a site has an address that begins with a dot.
pub const ADDRESS: &str = "/.signal/live.js";

/// Where it is told that the site was made anew.
pub const EVENTS: &str = "/.signal/events";

/// The script.
pub const SCRIPT: &str = include_str!("live.js");

/// A page with the script at its end, which is told what it shows.
#[must_use]
pub fn inject(html: &str, number: u64) -> String {
    let element = format!("<script src=\"{ADDRESS}\" data-shown=\"{number}\" data-events=\"{EVENTS}\"></script>");
    let at = html.rfind("</body>").unwrap_or(html.len());
    [&html[..at], &element, &html[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_last_in_the_page() {
        let element = "<script src=\"/.signal/live.js\" data-shown=\"7\" data-events=\"/.signal/events\"></script>";
        assert_eq!(inject("<body>x</body></html>", 7), format!("<body>x{element}</body></html>"));
        assert_eq!(inject("a fragment", 7), format!("a fragment{element}"));
    }
}
