//! Editions of a publication that is made: as many as it has quarters, each with a section for every category.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use signal::plain::Period;

use crate::histories::{CATEGORIES, Plan, id, last};

/// Writes an edition for every quarter.
pub fn write(plan: &Plan, root: &Path) -> io::Result<()> {
    let folder = root.join("content/editions");
    fs::create_dir_all(&folder)?;
    for period in plan.first().through(last()) {
        fs::write(folder.join(format!("{}.md", period.slug())), edition(plan, period))?;
    }
    Ok(())
}

/// Some thousand words with two hundred figures and a dozen charts. A figure may have no value in a quarter, so only
/// levels are bound.
fn edition(plan: &Plan, period: Period) -> String {
    let mut text = format!(
        "---\ntitle: What happened in {period}\nsummary: A sentence about the quarter.\npublished_on: {}\n---\n\n{{{{ \
         corpus().contributors }}}} people wrote {{{{ corpus().commits }}}} commits.\n",
        period.start()
    );
    for category in 0..CATEGORIES.min(plan.repos) {
        let slug = format!("category-{category:02}");
        let _ = write!(text, "\n## Something moves in {category} {{#{slug}}}\n\n");
        for (place, repo) in plan.of_category(category).filter(|repo| repo % 8 != 3).take(6).enumerate() {
            let id = id(repo);
            let words =
                "The words around them are as many as somebody would write who has something to say. ".repeat(2);
            let _ = write!(
                text,
                "{words}It has {{{{ repo(\"{id}\").contributors }}}} people and {{{{ category(\"{slug}\").commits }}}} \
                 commits, of which {{{{ repo(\"{id}\").commits }}}} are its own.\n\n"
            );
            if place == 0 {
                let _ = write!(
                    text,
                    "{{{{ chart(\"trend\", scope=\"category:{slug}\", metric=\"contributors\", title=\"People\", \
                     context=[\"repo:{id}\"]) }}}}\n\n"
                );
            }
        }
    }
    text
}
