//! The page that is shown in place of every other while something is wrong.

use std::fmt::Write as _;
use std::path::Path;

use super::excerpt::Excerpt;
use crate::pages::wording::escaped;
use crate::plain::diagnostic::printable;
use crate::plain::{Diagnostic, Faults};

const STYLE: &str = include_str!("poster.css");

/// A whole page with every fault: what is wrong, where, and what to do. `root` is where the files are.
#[must_use]
pub fn page(root: &Path, faults: &Faults) -> String {
    let count = faults.iter().count();
    let title = if count == 1 { "Something is wrong".to_owned() } else { format!("{count} things are wrong") };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\" data-fault>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title} · signal serve</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>The site can’t be made. This page goes when what is wrong is \
         mended.</p>\n"
    );
    faults.iter().for_each(|fault| section(&mut html, root, fault));
    html + "</main>\n</body>\n</html>\n"
}

fn section(html: &mut String, root: &Path, fault: &Diagnostic) {
    let shown = |text: &str| escaped(&printable(text));
    let file = |file: &Path| shown(&file.to_string_lossy());
    // Writing to memory can't fail.
    let _ = write!(html, "<section class=\"fault\">\n<h2>{}</h2>\n", shown(&fault.message));
    if let Some(place) = &fault.place {
        let (file, line, column) = (file(&place.file), place.line, place.column);
        let _ = writeln!(html, "<p class=\"place\">{file}:{line}:{column}</p>");
        let excerpt = Excerpt::of(root, place);
        html.push_str("<pre>");
        for (number, line) in &excerpt.lines {
            let [before, meant, after] = excerpt.parted(*number, line).map(shown);
            let meant = match (*number == excerpt.line, meant.as_str()) {
                (false, _) => String::new(),
                // What is missing at the end of a line has no character to mark.
                (true, "") => "<mark> </mark>".to_owned(),
                (true, meant) => format!("<mark>{meant}</mark>"),
            };
            let class = if *number == excerpt.line { " class=\"meant\"" } else { "" };
            // Each is a block, so that no line feed stands between them.
            let _ = write!(html, "<span{class}><b>{number}</b>{before}{meant}{after}</span>");
        }
        html.push_str("</pre>\n");
    } else if let Some(path) = &fault.file {
        let _ = writeln!(html, "<p class=\"place\">{}</p>", file(path));
    }
    if let Some(hint) = &fault.hint {
        let _ = writeln!(html, "<p class=\"hint\">{}</p>", shown(hint));
    }
    html.push_str("</section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::diagnostic::Collector;
    use crate::plain::{Kind, Place};

    #[test]
    fn every_fault_stands_in_the_page_and_nothing_in_it_is_markup() {
        let folder = tempfile::tempdir().unwrap();
        let text = "one\ntwo <script>x</script>\nthree\n";
        std::fs::write(folder.path().join("a&b.md"), text).unwrap();
        let place = Place::of_bytes(Path::new("a&b.md"), text, 8..16);
        let mut faults = Collector::default();
        faults.push(Diagnostic::new(Kind::Content, "`<script>` is \u{1b}no word").at(place).hint("write <b> & \"c\""));
        faults.push(Diagnostic::new(Kind::Missing, "it is gone").in_file(Path::new("data/<x>.yaml")));
        let html = page(folder.path(), &faults.finish(()).unwrap_err());
        insta::assert_snapshot!(html.split_once("<body>").unwrap().1);
    }
}
